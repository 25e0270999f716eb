"""``plan.json``, object by object: the one place that says what it holds. A change of shape raises VERSION.

The shapes write a plan, read it back, and give the JSON Schema of ``dealport schema plan``. What fields say of each
other is `plan_checks`'s. Names stand beside ids, and times beside the numbers of slots, for whoever reads the file:
what ids and numbers say counts. A participant's contact is never in it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal
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

Points = Annotated[Number, Field(description="Points, with five decimals.")]


class AttendeeShape(KeyShape):
    """A participant of the day."""

    makes: ClassVar[type[Any]] = Attendee
    name: StrictStr
    country: StrictStr
    languages: tuple[StrictStr, ...]
    fewest: Count
    most: Count
    absent: Slots


class MeetingShape(Shape):
    """A meeting; one that was dropped or changed has no slot where its time is no slot any more."""

    makes: ClassVar[type[Any]] = Meeting
    uid: Name
    startup: IdShape
    investor: IdShape
    slots: Annotated[Slots, Field(max_length=2)]
    starts_at: Moment
    ends_at: Moment
    table: StrictStr
    interpreter: StrictStr
    score: Points
    asked_by: AskedBy
    locked: StrictBool
    sequence: Annotated[Count, Field(description="How often calendars were told of a change.")]

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

    name: Name
    value: WholeOrNot
    bound: WholeOrNot

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
    n_meetings: Count
    n_attending: Count
    n_served: Count
    n_with_fewest: Count
    n_without_candidate: Count
    gini: Number
    top_wishes_share: Number
    top_meetings_share: Number
    n_idle_slots: Count
    n_table_changes: Count
    interpreter_hours: Number
    n_wishes: Count
    n_wishes_met: Count
    score: Points
    fair_bound: Points
    free_bound: Points


class BlockedShape(Shape):
    """What stood in a participant's way."""

    makes: ClassVar[type[Any]] = Blocked
    cause: Cause
    n_partners: Count
    slots: Slots
    names: tuple[StrictStr, ...]


class ShortShape(KeyShape):
    """A participant with too few meetings."""

    makes: ClassVar[type[Any]] = Short
    n_meetings: Count
    fewest: Count
    causes: tuple[BlockedShape, ...]


class UnmetShape(Shape):
    """A wish that was not met."""

    makes: ClassVar[type[Any]] = Unmet
    asking: KeyShape
    asked: KeyShape
    rank: Rank
    cause: Cause
    gate: StrictStr


class ChangeShape(Shape):
    """What became of a meeting."""

    makes: ClassVar[type[Any]] = Change
    kind: ChangeKind
    before: MeetingShape | None
    after: MeetingShape | None


class WhatIfShape(Shape):
    """What one more of something would buy."""

    makes: ClassVar[type[Any]] = WhatIf
    more: Name
    n_meetings: Count
    n_with_fewest: Count
    levels: tuple[LevelShape, ...]


class PlanShape(Shape):
    """The whole file: who meets whom on a day, what could not be met and why, what changed since the plan before."""

    makes: ClassVar[type[Any]] = Plan
    version: Literal[1]
    kind: Literal["plan"]
    stamped_at: Moment
    event: EventShape
    attendees: tuple[AttendeeShape, ...]
    meetings: tuple[MeetingShape, ...]
    dropped: tuple[MeetingShape, ...]
    levels: tuple[LevelShape, ...]
    figures: FiguresShape
    short: tuple[ShortShape, ...]
    unmet: tuple[UnmetShape, ...]
    changes: tuple[ChangeShape, ...]
    what_ifs: tuple[WhatIfShape, ...]

    @classmethod
    def said(cls, record: Plan, around: NamesAndTimes) -> dict[str, object]:
        """Of a plan."""
        return {"version": VERSION, "kind": KIND, **super().said(record, around)}

    def plan(self) -> Plan:
        """The plan; times are those of its event's zone."""
        plan: Plan = self.record(ZoneInfo(self.event.time_zone))
        return plan
