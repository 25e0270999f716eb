"""The plan of a meeting day as people read it: what every file of it is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dealport.meetings.day.days import Level
from dealport.meetings.event.events import Event, IdPair, Key, Slot

AskedBy = Literal["", "startup", "investor", "both"]
# Why a wish was not met, or a participant has fewer than the fewest. `gate.<name>` phrases tell the gates.
Cause = Literal[
    "gate",  # a gate rules the pair out
    "met_before",
    "absent",  # no slot in which both are there
    "no_candidate",  # nobody may meet them
    "full",  # the other (or they themselves) has as many meetings as it may
    "no_interpreter",
    "no_table",
    "busy",  # both have room, but no slot is free for both
    "outweighed",  # a place was to be had, but not without loss elsewhere
    "last_resort",  # whom they might meet are last resorts, and nobody asks for one
]
ChangeKind = Literal["added", "dropped", "moved", "table", "interpreter"]


class Attendee(Struct, frozen=True):
    """A participant of the day.

    Attributes:
        languages: What it is taken to speak.
        absent: Numbers of the slots in which it is away.
        contact: For the format that needs it alone; never in plan.json.
    """

    key: Key
    name: str
    country: str
    languages: tuple[str, ...]
    fewest: int
    most: int
    absent: frozenset[int] = frozenset()
    contact: str = ""


class Meeting(Struct, frozen=True):
    """One meeting.

    Attributes:
        uid: The same for this pair at this event in every plan.
        slots: Numbers of its slots: one, or two in a row; () where `old_time` says when it was.
        interpreter: ``ko-zh 2``: the second of the Korean-Chinese interpreters; "" where none is needed.
        score_units: In units of 0.00001 point.
        sequence: Raised by one whenever time, table or interpreter changes, or it is dropped; 0 to begin with.
        old_time: When a meeting of an earlier plan was, if these are no slots of the event any more.
    """

    uid: str
    pair: IdPair
    slots: tuple[int, ...]
    table: str
    interpreter: str
    score_units: int
    asked_by: AskedBy
    is_locked: bool
    sequence: int = 0
    old_time: Slot | None = None

    def time(self, event: Event) -> Slot:
        """From its beginning to its end."""
        return self.old_time or Slot(event.slots[self.slots[0]].starts_at, event.slots[self.slots[-1]].ends_at)


class Blocked(Struct, frozen=True):
    """How many possible partners one cause takes from a participant, and in which slots it binds.

    Attributes:
        names: Kinds of interpreters that were lacking, ``ko-zh``; () for other causes.
    """

    cause: Cause
    n_partners: int
    slots: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


class Short(Struct, frozen=True):
    """A participant with fewer meetings than the fewest, and what stood in the way, the most frequent first."""

    key: Key
    n_meetings: int
    fewest: int
    causes: tuple[Blocked, ...]


class Unmet(Struct, frozen=True):
    """A wish that the plan does not meet.

    Attributes:
        rank: Its place in the list of whoever asked, from 1.
        gate: The gate that rules the pair out where `cause` is ``gate``.
    """

    asking: Key
    asked: Key
    rank: int
    cause: Cause
    gate: str = ""


class Change(Struct, frozen=True):
    """What became of a meeting of the plan before; `before` is None where it is new, `after` where it was dropped."""

    kind: ChangeKind
    before: Meeting | None
    after: Meeting | None


class Figures(Struct, frozen=True):
    """How good a plan is.

    Attributes:
        n_served: Participants with at least one meeting; n_attending: those who are there at some time.
        n_with_fewest: Participants with as many as they should have; n_without_candidate: those nobody may meet.
        gini: Inequality of the numbers of meetings of those attending, 0 (all alike) to 1.
        top_wishes_share, top_meetings_share: Of all wishes and all meetings, those of the tenth of the participants
            that is asked most, and meets most, 0-1.
        n_idle_slots: Slots without a meeting between the first and the last of a participant, summed.
        n_table_changes: How often a participant's next meeting is at another table, summed.
        interpreter_hours: Hours that interpreters work.
        n_wishes, n_wishes_met: Wishes, and those with a meeting.
        score_units: Sum of the meetings' scores, no bonus in it.
        fair_bound_units: What no plan that reaches the levels before the score can pass (without time).
        free_bound_units: What no plan can pass that keeps the locked meetings and caps, but asks no fairness.
    """

    n_meetings: int
    n_attending: int
    n_served: int
    n_with_fewest: int
    n_without_candidate: int
    gini: float
    top_wishes_share: float
    top_meetings_share: float
    n_idle_slots: int
    n_table_changes: int
    interpreter_hours: float
    n_wishes: int
    n_wishes_met: int
    score_units: int
    fair_bound_units: int
    free_bound_units: int


class WhatIf(Struct, frozen=True):
    """What one more of something would buy.

    Attributes:
        more: ``table``, ``slot`` or the kind of interpreter, ``ko-zh``.
        levels: The levels of the plan with it, in the order of the plan's own.
    """

    more: str
    n_meetings: int
    n_with_fewest: int
    levels: tuple[Level, ...]


class Plan(Struct, frozen=True):
    """The plan of a meeting day.

    Attributes:
        attendees: Startups, then investors, each by id.
        meetings: By first slot, then table in the order of the event's.
        dropped: Meetings of earlier plans that are no more, as they stood last, their sequence raised; by uid.
        levels: The aims in their order, with value and bound.
        changes: Against the plan before, if there was one; by uid.
        stamped_at: When it counts as made: the event's first moment, or the moment of the change; never the clock.
    """

    event: Event
    attendees: tuple[Attendee, ...]
    meetings: tuple[Meeting, ...]
    levels: tuple[Level, ...]
    figures: Figures
    short: tuple[Short, ...]
    unmet: tuple[Unmet, ...]
    stamped_at: datetime
    dropped: tuple[Meeting, ...] = ()
    changes: tuple[Change, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()


def keys_of(pair: IdPair) -> tuple[Key, Key]:
    """The startup's and the investor's."""
    return ("startup", pair[0]), ("investor", pair[1])


def starts_at(event: Event, meeting: Meeting) -> datetime:
    """When it begins, in the event's zone."""
    return meeting.time(event).starts_at


def ends_at(event: Event, meeting: Meeting) -> datetime:
    """When it ends, in the event's zone."""
    return meeting.time(event).ends_at
