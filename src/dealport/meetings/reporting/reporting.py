"""From a timetable in numbers to the plan that people read."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dealport.meetings.day.days import ANY, NO_WISH, Timetable
from dealport.meetings.day.plans import AskedBy, Meeting, Plan
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event, IdPair
from dealport.meetings.reporting.interpreting import number_interpreters
from dealport.meetings.reporting.plan_totals import figures_of
from dealport.meetings.reporting.shortfalls import find_short
from dealport.meetings.reporting.unmet_wishes import find_unmet

_NAMESPACE = uuid.UUID("2c7b9e14-8d3f-5a61-b0c4-94e57d1a6f38")  # ours, drawn once
ASKED_BY: dict[tuple[bool, bool], AskedBy] = {
    (False, False): "",
    (True, False): "startup",
    (False, True): "investor",
    (True, True): "both",
}


def make_plan(
    prepared: Prepared, timetable: Timetable, *, free_bound_units: int, stamped_at: datetime | None = None
) -> Plan:
    """The plan of a timetable, without a history.

    `free_bound_units`: what no plan can pass that asks no fairness. `stamped_at`: else the first moment of the event's
    day.
    """
    event = prepared.event
    meetings = in_order(number_interpreters(_meetings(prepared, timetable), event), event)
    return Plan(
        event=event,
        attendees=prepared.attendees,
        meetings=meetings,
        levels=timetable.levels,
        figures=figures_of(prepared, timetable, meetings, free_bound_units=free_bound_units),
        short=find_short(prepared, timetable),
        unmet=find_unmet(prepared, timetable),
        stamped_at=in_zone(stamped_at or datetime.combine(event.day, time(), ZoneInfo(event.time_zone)), event),
    )


def uid_of(event: Event, pair: IdPair) -> str:
    """The UID of a pair's meeting: always the same for an event of this name on this day."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps([event.name, event.day.isoformat(), *pair])))


def in_order(meetings: tuple[Meeting, ...], event: Event) -> tuple[Meeting, ...]:
    """By first slot, then table in the order of the event's."""
    place = {name: number for number, name in enumerate(event.tables)}
    return tuple(sorted(meetings, key=lambda one: (one.slots[0], place.get(one.table, len(place)), one.pair)))


def in_zone(moment: datetime, event: Event) -> datetime:
    """A moment as the clocks at the event show it; one that they skip as the one that they show instead."""
    return moment.astimezone(UTC).astimezone(ZoneInfo(event.time_zone))


def _meetings(prepared: Prepared, timetable: Timetable) -> list[Meeting]:
    """Each with the kind of its interpreter."""
    event, pairs = prepared.event, prepared.day.pairs.take(timetable.pair)
    ids = [one.key[1] for one in prepared.attendees]
    kinds = [one.name for one in event.interpreters]
    columns = [pairs.startup, pairs.investor, timetable.slot, pairs.n_slots, timetable.table, timetable.route]
    told = [pairs.score_units, pairs.startup_rank, pairs.investor_rank, pairs.is_locked]
    rows = zip(*(column.tolist() for column in (*columns, *told)), strict=True)
    return [
        Meeting(
            uid=uid_of(event, (ids[startup], ids[investor])),
            pair=(ids[startup], ids[investor]),
            slots=tuple(range(slot, slot + n_slots)),
            table=event.tables[table],
            interpreter="" if route == ANY else kinds[route],
            score_units=score_units,
            asked_by=ASKED_BY[startup_rank != NO_WISH, investor_rank != NO_WISH],
            is_locked=is_locked,
        )
        for startup, investor, slot, n_slots, table, route, score_units, startup_rank, investor_rank, is_locked in rows
    ]
