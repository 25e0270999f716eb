"""The shape of ``plan.json``, checked field by field: types only; what fields say of each other is `plan_checks`'s.

Every field must be there, so that a misspelled one is told; further fields are left alone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from dealport.meetings.day.plans import AskedBy, Cause, ChangeKind
from dealport.meetings.event.events import Order
from dealport.model import Kind
from dealport.scoring.shortlist import UNITS_PER_POINT

MOST_POINTS = 1e9  # of a score: five decimals of a greater number are no longer exact
FIRST_YEAR, LAST_YEAR = 1900, 9000  # of a time: nearer to either end other zones and days around it are out of reach
MOST = 1_000_000  # of anything that is counted


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("must be a time like 2026-01-07T10:20:00+09:00")  # noqa: TRY004 - pydantic takes ValueError
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("must be a time with its offset, like 2026-01-07T10:20:00+09:00")
    return moment


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise ValueError("must be a day like 2026-01-07")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_POINTS:
        raise ValueError("must be a number")
    return float(value)


def _units(value: float) -> int:
    return round(value * UNITS_PER_POINT)


Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Count = Annotated[StrictInt, Field(ge=0, le=MOST)]
Rank = Annotated[StrictInt, Field(ge=1, le=MOST)]
Number = Annotated[float, BeforeValidator(_number)]
Points = Annotated[float, BeforeValidator(_number), AfterValidator(_units)]  # read as units
Name = Annotated[StrictStr, Field(min_length=1)]


class Shape(BaseModel):
    """What every part has in common."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class IdShape(Shape):
    """A participant whose side is known."""

    id: Name


class KeyShape(Shape):
    """A participant."""

    side: Kind
    id: Name


class PairShape(Shape):
    """A startup and an investor."""

    startup: IdShape
    investor: IdShape


class OwnShape(KeyShape):
    """A participant's own number of meetings."""

    meetings: Count


class AbsentShape(KeyShape):
    """When a participant is away."""

    slots: tuple[Count, ...]


class SlotShape(Shape):
    """A slot."""

    starts_at: Moment
    ends_at: Moment


class ClosedShape(Shape):
    """A table that is not to be had in a slot."""

    slot: Count
    table: StrictStr


class InterpretersShape(Shape):
    """Interpreters of two languages."""

    languages: tuple[Name, Name]
    counts: tuple[Count, ...]


class LockShape(PairShape):
    """A meeting fixed by hand."""

    slot: Count | None
    table: StrictStr


class EventShape(Shape):
    """The day and its rules."""

    name: StrictStr
    day: Day
    time_zone: Name
    order: Order
    slots: tuple[SlotShape, ...]
    tables: tuple[Name, ...]
    closed: tuple[ClosedShape, ...]
    fewest: Count
    most: Count | None
    own_fewest: tuple[OwnShape, ...]
    own_most: tuple[OwnShape, ...]
    absent: tuple[AbsentShape, ...]
    interpreters: tuple[InterpretersShape, ...]
    locked: tuple[LockShape, ...]
    met: tuple[PairShape, ...]
    doubles: tuple[PairShape, ...]
    languages: tuple[StrictStr, ...]


class AttendeeShape(KeyShape):
    """A participant of the day."""

    name: StrictStr
    country: StrictStr
    languages: tuple[StrictStr, ...]
    fewest: Count
    most: Count
    absent: tuple[Count, ...]


class MeetingShape(PairShape):
    """A meeting."""

    uid: Name
    slots: tuple[Count, ...] = Field(max_length=2)
    starts_at: Moment
    ends_at: Moment
    table: StrictStr
    interpreter: StrictStr
    score: Points
    asked_by: AskedBy
    locked: StrictBool
    sequence: Count


class LevelShape(Shape):
    """An aim of the selection."""

    name: Name
    value: Number
    bound: Number


class FiguresShape(Shape):
    """How good the plan is."""

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

    cause: Cause
    n_partners: Count
    slots: tuple[Count, ...]
    names: tuple[StrictStr, ...]


class ShortShape(KeyShape):
    """A participant with too few meetings."""

    n_meetings: Count
    fewest: Count
    causes: tuple[BlockedShape, ...]


class UnmetShape(Shape):
    """A wish that was not met."""

    asking: KeyShape
    asked: KeyShape
    rank: Rank
    cause: Cause
    gate: StrictStr


class ChangeShape(Shape):
    """What became of a meeting."""

    kind: ChangeKind
    before: MeetingShape | None
    after: MeetingShape | None


class WhatIfShape(Shape):
    """What one more of something would buy."""

    more: Name
    n_meetings: Count
    n_with_fewest: Count
    levels: tuple[LevelShape, ...]


class PlanShape(Shape):
    """The whole file."""

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
