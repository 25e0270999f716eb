"""``plan.json``, object by object: the one place that says what it holds. A change of shape raises VERSION.

The shapes write a plan, read it back, and give the JSON Schema of ``dealport schema plan``. What fields say of each
other is `plan_checks`'s. Names stand beside ids, and times beside the numbers of slots, for whoever reads the file:
what ids and numbers say counts. A participant's contact is never in it.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool, StrictStr

from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import (
    AskedBy,
    Attendee,
    Blocked,
    Cause,
    Change,
    ChangeKind,
    Figures,
    Meeting,
    Plan,
    Short,
    Unmet,
    WhatIf,
    ends_at,
    starts_at,
)
from dealport.meetings.event.events import Slot
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.writing.plan_json.event_shapes import EventShape, IdShape, KeyShape, Slots
from dealport.writing.plan_json.plan_values import (
    Count,
    Moment,
    Name,
    NamesAndTimes,
    Number,
    Rank,
    Shape,
    WholeOrNot,
)

VERSION = 1
KIND = "plan"


class AttendeeShape(KeyShape):
    """A participant of the day."""

    makes: ClassVar[type[Any]] = Attendee
    name: StrictStr = Field(description="As it is shown.")
    country: StrictStr = Field(description="Its code, like KR; empty: not known.")
    languages: tuple[StrictStr, ...] = Field(description="Codes of what it speaks.")
    fewest: Count = Field(description="Meetings it should have.")
    most: Count = Field(description="Meetings it may have.")
    absent: Slots = Field(description="Numbers of the slots in which it is away.")


class MeetingShape(Shape):
    """A meeting; one that was dropped or changed has no slot where its time is no slot any more."""

    makes: ClassVar[type[Any]] = Meeting
    uid: Name = Field(description="The same for this pair at this event in every plan.")
    startup: IdShape = Field(description="The startup that meets.")
    investor: IdShape = Field(description="The investor that meets.")
    slots: Slots = Field(
        max_length=2, description="Numbers of one slot, or of two in a row; none where its time is no slot any more."
    )
    starts_at: Moment = Field(description="When its first slot starts.")
    ends_at: Moment = Field(description="When its last slot ends.")
    table: StrictStr = Field(description="Name of its table.")
    interpreter: StrictStr = Field(description="Like ko-zh 2, the second of these interpreters; empty: none is needed.")
    score: Number = Field(description="Points, with five decimals.")
    asked_by: AskedBy = Field(description="Who asked for it; empty: nobody.")
    locked: StrictBool = Field(description="Whether it was fixed by hand.")
    sequence: Count = Field(description="Raised whenever time, table or interpreter changes, or it is dropped.")

    @classmethod
    def said(cls, record: Meeting, around: NamesAndTimes) -> dict[str, object]:
        """Of a meeting, with its times."""
        times = {"starts_at": starts_at(around.event, record), "ends_at": ends_at(around.event, record)}
        return {**super().said(record, around), **times}

    def record(self, zone: ZoneInfo) -> Meeting:
        """The meeting; its time is kept where it has no slot."""
        old_time = None if self.slots else Slot(self.starts_at.astimezone(zone), self.ends_at.astimezone(zone))
        return Meeting(**self.values(zone), old_time=old_time)


class LevelShape(Shape):
    """An aim of the selection, and what it can't pass; those of the score are points."""

    name: Name = Field(description="Of the aim.")
    value: WholeOrNot = Field(description="What the plan reaches.")
    bound: WholeOrNot = Field(description="What no plan can pass.")

    @classmethod
    def said(cls, record: Level, around: NamesAndTimes) -> dict[str, object]:  # noqa: ARG003
        """Of an aim."""
        ends = {"value": record.value, "bound": record.bound}
        if record.name == "score":
            return {"name": record.name, **{end: units / UNITS_PER_POINT for end, units in ends.items()}}
        return {"name": record.name, **ends}

    def record(self, zone: ZoneInfo) -> Level:  # noqa: ARG002
        """The aim."""
        scale = UNITS_PER_POINT if self.name == "score" else 1
        return Level(self.name, round(self.value * scale), round(self.bound * scale))


class FiguresShape(Shape):
    """How good the plan is."""

    makes: ClassVar[type[Any]] = Figures
    n_meetings: Count = Field(description="Meetings.")
    n_attending: Count = Field(description="Participants who are there in some slot.")
    n_served: Count = Field(description="Participants with at least one meeting.")
    n_with_fewest: Count = Field(description="Participants with as many meetings as they should have.")
    n_without_candidate: Count = Field(description="Participants that nobody may meet.")
    gini: Number = Field(description="How unequal the numbers of meetings are, from 0 (all alike) to 1.")
    top_wishes_share: Number = Field(description="Share of the wishes that goes to the tenth asked most, 0-1.")
    top_meetings_share: Number = Field(description="Share of the meetings that goes to the tenth meeting most, 0-1.")
    n_idle_slots: Count = Field(description="Empty slots between a participant's first and last meeting, of all.")
    n_table_changes: Count = Field(description="How often a next meeting is at another table, of all.")
    interpreter_hours: Number = Field(description="Hours that interpreters work.")
    n_wishes: Count = Field(description="Wishes.")
    n_wishes_met: Count = Field(description="Wishes with a meeting.")
    score: Number = Field(description="Points of all meetings.")
    fair_bound: Number = Field(description="Points that no plan can pass which reaches the aims before the score.")
    free_bound: Number = Field(
        description="Points that no plan can pass which keeps what is locked, but asks no fairness."
    )


class BlockedShape(Shape):
    """What stood in a participant's way."""

    makes: ClassVar[type[Any]] = Blocked
    cause: Cause = Field(description="What stood in the way.")
    n_partners: Count = Field(description="Possible partners that it takes away.")
    slots: Slots = Field(description="Numbers of the slots in which it counts.")
    names: tuple[StrictStr, ...] = Field(description="Interpreters that were lacking, like ko-zh.")


class ShortShape(KeyShape):
    """A participant with too few meetings."""

    makes: ClassVar[type[Any]] = Short
    n_meetings: Count = Field(description="Meetings it has.")
    fewest: Count = Field(description="Meetings it should have.")
    causes: tuple[BlockedShape, ...] = Field(description="What stood in the way, the most frequent first.")


class UnmetShape(Shape):
    """A wish that was not met."""

    makes: ClassVar[type[Any]] = Unmet
    asking: KeyShape = Field(description="Who asked.")
    asked: KeyShape = Field(description="Who was asked for.")
    rank: Rank = Field(description="Place in the list of the asking, from 1.")
    cause: Cause = Field(description="Why it was not met.")
    gate: StrictStr = Field(description="The gate that rules the pair out; empty: another cause.")


class ChangeShape(Shape):
    """What became of a meeting."""

    makes: ClassVar[type[Any]] = Change
    kind: ChangeKind = Field(description="What happened.")
    before: MeetingShape | None = Field(description="The meeting in the plan before; null: it is new.")
    after: MeetingShape | None = Field(description="The meeting in this plan; null: it was dropped.")


class WhatIfShape(Shape):
    """What one more of something would buy."""

    makes: ClassVar[type[Any]] = WhatIf
    more: Name = Field(description="A table, a slot, or interpreters like ko-zh.")
    n_meetings: Count = Field(description="Meetings of the plan with it.")
    n_with_fewest: Count = Field(description="Participants with as many as they should have.")
    levels: tuple[LevelShape, ...] = Field(description="The aims, as in the plan's own levels.")


class PlanShape(Shape):
    """The whole file: who meets whom on a day, what could not be met and why, what changed since the plan before."""

    makes: ClassVar[type[Any]] = Plan
    version: Literal[1] = Field(description="Of this format.")
    kind: Literal["plan"] = Field(description="Of file.")
    stamped_at: Moment = Field(description="When the plan counts as made.")
    event: EventShape
    attendees: tuple[AttendeeShape, ...] = Field(description="Startups, then investors, each by id.")
    meetings: tuple[MeetingShape, ...] = Field(description="By first slot, then table.")
    dropped: tuple[MeetingShape, ...] = Field(description="Meetings of earlier plans that are no more, by uid.")
    levels: tuple[LevelShape, ...] = Field(description="The aims, in their order.")
    figures: FiguresShape
    short: tuple[ShortShape, ...] = Field(description="Who has too few meetings, and why.")
    unmet: tuple[UnmetShape, ...] = Field(description="Wishes that were not met, and why.")
    changes: tuple[ChangeShape, ...] = Field(description="Against the plan before, by uid.")
    what_ifs: tuple[WhatIfShape, ...] = Field(description="What one more of something would buy.")

    @classmethod
    def said(cls, record: Plan, around: NamesAndTimes) -> dict[str, object]:
        """Of a plan."""
        return {"version": VERSION, "kind": KIND, **super().said(record, around)}

    def plan(self) -> Plan:
        """The plan; times are those of its event's zone."""
        plan: Plan = self.record(ZoneInfo(self.event.time_zone))
        return plan
