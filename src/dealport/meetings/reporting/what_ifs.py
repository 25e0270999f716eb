"""What one more table, slot or interpreter would buy: the day planned again with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec.structs import replace

from dealport.meetings.day.aims import count_meetings
from dealport.meetings.day.days import Day, Ints, Level, Mask, Timetable
from dealport.meetings.day.open_pairs import Sides, are_free_to_meet, needs_interpreter, served_by
from dealport.meetings.day.plans import WhatIf
from dealport.meetings.day.preparing import Prepared, with_event
from dealport.meetings.event.events import Event, Interpreters, Slot
from dealport.meetings.planning_day import plan_day

Planner = Callable[[Prepared], Timetable]

# Pairs of languages that nobody interprets are asked about if they are among those that open the most pairs: each
# takes as long as the plan itself.
MOST_NEW_KINDS = 3


def plan_afresh(prepared: Prepared) -> Timetable:
    """The plan of a day that no plan was made for."""
    return plan_day(prepared.day)


def what_ifs(
    prepared: Prepared,
    timetable: Timetable,
    plan: Planner = plan_afresh,
    *,
    advance: Callable[[float], None] = lambda _: None,
) -> tuple[WhatIf, ...]:
    """One more table in every slot; one more slot at the day's end; one more interpreter of each kind, all day.

    `timetable`: that of the day as it is; `plan` is how it was made. Kinds are those of the event, and of those that
    it lacks the few that would open the most pairs. `advance` is told the share done.
    """
    events = [*_events(prepared)]
    told = []
    for place, (more, event) in enumerate(events, start=1):
        after = with_event(prepared, event)
        found = plan(after)
        own = {one.name: one for one in found.levels}
        levels = tuple(own.get(one.name, one) for one in timetable.levels)
        if _values(levels) < _values(timetable.levels):  # nobody need use what there is more of
            after, found, levels = prepared, timetable, timetable.levels
        told.append(WhatIf(more, len(found), _with_fewest(after.day, found), levels))
        advance(place / len(events))
    return tuple(told)


def _values(levels: tuple[Level, ...]) -> tuple[int, ...]:
    return tuple(one.value for one in levels)


def _with_fewest(day: Day, timetable: Timetable) -> int:
    """How many of those attending have as many meetings as they should."""
    is_there: Mask = np.any(day.present, axis=1)
    return int((is_there & (count_meetings(day, timetable.pair) >= day.fewest)).sum())


def _events(prepared: Prepared) -> Iterator[tuple[str, Event]]:
    """What there is one more of, and the event with it."""
    event = prepared.event
    yield "table", replace(event, tables=(*event.tables, _new_table(event)))
    yield "slot", _with_slot(event)
    kinds = {one.languages: one for one in event.interpreters}
    none = (0,) * len(event.slots)
    for languages in sorted({*kinds, *_lacking_kinds(prepared)}):
        had = kinds.get(languages, Interpreters(languages, none))
        one_more = replace(had, counts=tuple(count + 1 for count in had.counts))
        after = {**kinds, languages: one_more}
        yield one_more.name, replace(event, interpreters=tuple(after[key] for key in sorted(after)))


def _new_table(event: Event) -> str:
    """A name that no table has."""
    return max(event.tables, key=len, default="") + "+"


def _with_slot(event: Event) -> Event:
    """One more slot right after the last, as long: whoever is there at any time is there, and all of the last slot."""
    last, n = event.slots[-1], len(event.slots)
    after = Slot(last.ends_at, last.ends_at + (last.ends_at - last.starts_at))
    away = {key: slots | {n} if len(slots) == n else slots for key, slots in event.absent.items()}
    return replace(
        event,
        slots=(*event.slots, after),
        closed=event.closed | {(n, table) for slot, table in event.closed if slot == n - 1},
        absent=away,
        interpreters=tuple(replace(one, counts=(*one.counts, one.counts[-1])) for one in event.interpreters),
    )


def _lacking_kinds(prepared: Prepared) -> list[tuple[str, str]]:
    """Pairs of languages without interpreters that would open the most pairs, most first; ties by name."""
    event, day = prepared.event, prepared.day
    sides = Sides(prepared.attendees, day.n_startups, day.present)
    lacking = needs_interpreter(sides) & are_free_to_meet(event, sides, prepared.first_gate)
    for kind in event.interpreters:
        lacking &= ~served_by(sides, kind.languages)
    codes = sorted({code for one in prepared.attendees for code in one.languages})
    startups, investors = (side.astype(np.int64) for side in sides.spoken(codes))
    counts: Ints = startups.T @ lacking.astype(np.int64) @ investors
    counts += counts.T
    found = [(-int(counts[one, other]), codes[one], codes[other]) for one, other in np.argwhere(np.triu(counts, 1))]
    return [(one, other) for _, one, other in sorted(found)[:MOST_NEW_KINDS]]
