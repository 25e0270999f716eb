"""A plan that another follows at a moment: what has begun binds the day, what is to come may change."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dealport.market.problems import quoted
from dealport.meetings.day.days import ANY, Timetable
from dealport.meetings.day.plans import Meeting, Plan
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event, IdPair
from dealport.meetings.event.times import YEARS, clock_fault, clock_of, moment
from dealport.meetings.replanning.history import brought
from dealport.meetings.replanning.replanning import replan_day
from dealport.meetings.reporting.reporting import in_zone
from dealport.model import UsageError

_AT_LIKE = "write it as 10:40, or as 2026-01-07T10:40"


class Before(Struct, frozen=True):
    """The plan before.

    Attributes:
        at: The moment from which things may change: a meeting that began earlier has begun.
    """

    plan: Plan
    at: datetime

    def bound(self, event: Event) -> Event:
        """The event as far as what has begun binds it.

        A meeting that has begun is as long as it was, and its table is there for it, whatever the event says now. One
        whose time is no slot any more was held all the same: the two have met before.
        """
        held, gone = [one for one in self._begun(event) if one.slots], self.gone_pairs(event)
        more = tuple(sorted({one.table for one in held} - set(event.tables)))
        doubles = {one.pair for one in held if len(one.slots) > 1}
        return replace(
            event,
            tables=(*event.tables, *more),
            closed=event.closed | set(product(range(len(event.slots)), more)),
            doubles=event.doubles - {one.pair for one in held} | doubles,
            met=event.met | gone,
            locked=tuple(one for one in event.locked if one.pair not in gone),
        )

    def begun_pairs(self, event: Event) -> frozenset[IdPair]:
        """Pairs whose meeting has begun, in a slot that there still is."""
        return frozenset(one.pair for one in self._begun(event) if one.slots)

    def gone_pairs(self, event: Event) -> frozenset[IdPair]:
        """Pairs whose meeting has begun, in a slot that there is no more."""
        return frozenset(one.pair for one in self._begun(event) if not one.slots)

    def follow(self, prepared: Prepared) -> Timetable:
        """The timetable of a day that keeps what it can of the plan before."""
        return replan_day(prepared.day, self.timetable(prepared), self.first_to_come(prepared.event))

    def first_to_come(self, event: Event) -> int:
        """Number of the first slot that has not begun; as many as there are slots where all have."""
        return sum(one.starts_at.timestamp() < self.at.timestamp() for one in event.slots)

    def timetable(self, prepared: Prepared) -> Timetable:
        """The plan before as numbers of the day, without the pairs that may not meet any more.

        A meeting to come whose slot is gone stands at a number that no slot has: it can be kept, but not where it was.
        """
        event, day = prepared.event, prepared.day
        ids = [one.key[1] for one in prepared.attendees]
        both = zip(day.pairs.startup.tolist(), day.pairs.investor.tolist(), strict=True)
        number = {(ids[startup], ids[investor]): place for place, (startup, investor) in enumerate(both)}
        begins = {one.starts_at.timestamp(): place for place, one in enumerate(event.slots)}
        tables = {name: place for place, name in enumerate(event.tables)}
        kinds = {one.name: place for place, one in enumerate(event.interpreters)}
        gone = self.gone_pairs(event)
        rows = [
            (
                begins.get(one.time(self.plan.event).starts_at.timestamp(), day.n_slots),
                number[one.pair],
                tables.get(one.table, ANY),
                kinds.get(one.interpreter.rpartition(" ")[0], ANY),
            )
            for one in self.plan.meetings
            if one.pair in number and one.pair not in gone
        ]
        slot, pair, table, route = np.array(sorted(rows), np.int64).reshape(-1, 4).T
        return Timetable(pair, slot, table, route)

    def _begun(self, event: Event) -> list[Meeting]:
        """Meetings of the plan that have begun, in the slots of the event as it is now."""
        told = (brought(one, self.plan.event, event) for one in self.plan.meetings)
        return [one for one in told if one.time(event).starts_at.timestamp() < self.at.timestamp()]


def read_moment(typed: str, event: Event) -> datetime:
    """The moment of ``10:40`` on the event's day, or of a date and time; in the event's zone unless they name another.

    Raises:
        UsageError: It is no moment.
    """
    minute, zone = clock_of(typed), ZoneInfo(event.time_zone)
    if minute is not None:
        if fault := clock_fault(event.day, minute, zone):
            raise UsageError(f"--at {quoted(typed)}: {fault} (write the date, the time and its offset from UTC)")
        return moment(event.day, minute, zone)
    try:
        read = datetime.fromisoformat(typed.strip())
    except ValueError as error:
        raise UsageError(f"--at {quoted(typed)} is no time ({_AT_LIKE})") from error
    if read.year not in YEARS:
        raise UsageError(f"--at {quoted(typed)} is no time from {YEARS[0]} to {YEARS[-1]} ({_AT_LIKE})")
    return in_zone(read if read.tzinfo else read.replace(tzinfo=zone), event)
