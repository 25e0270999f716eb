"""Any day in numbers with an event, names and wishes that give just these numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import combinations, islice
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.meetings.day.days import ANY, Day, Timetable
from dealport.meetings.day.plans import Attendee
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event, IdPair, Interpreters, Key, Lock, Slot
from dealport.scoring.criteria.gates import GATES
from tests.meetings.checking import meetings_of
from tests.meetings.house import House, Place
from tests.meetings.random_days import days

ZONE = "Asia/Shanghai"
DAY = date(2026, 1, 7)
MINUTES, BREAK = 20, 10
LANGUAGES = ("de", "en", "es", "fr", "ja", "ko", "vi", "zh")


def make_prepared(day: Day, name: str = "Day") -> Prepared:
    """The day with ids ``s000``, ``i000``. Of the pairs that may not meet a third each is gated, met before and open.

    A locked pair of an odd startup is gated too, which a lock may be.
    """
    keys = _keys(day)
    gates, met = _ruled_out(day)
    n_investors = len(keys) - day.n_startups
    score_units = np.zeros((day.n_startups, n_investors), np.int64)
    score_units[day.pairs.startup, day.pairs.investor - day.n_startups] = day.pairs.score_units
    absent = {key: frozenset(np.flatnonzero(~there).tolist()) for key, there in zip(keys, day.present, strict=True)}
    return Prepared(
        event=_event(day, name, absent, frozenset((keys[s][1], keys[i][1]) for s, i in met)),
        wishes={key: tuple(keys[other][1] for other in others) for key, others in _wishes(day, keys)},
        attendees=tuple(
            Attendee(key, f"Name of {key[1]}", "KR", ("ko",), int(day.fewest[one]), int(day.most[one]), absent[key])
            for one, key in enumerate(keys)
        ),
        day=day,
        score_units=score_units,
        first_gate=gates,
    )


def make_slots(day: Day) -> tuple[Slot, ...]:
    """Twenty minutes each from nine o'clock, a break after each slot that the next does not follow."""
    begin, slots = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=ZoneInfo(ZONE)), []
    for follows in day.follows.tolist():
        end = begin + timedelta(minutes=MINUTES)
        slots.append(Slot(begin, end))
        begin = end if follows else end + timedelta(minutes=BREAK)
    return tuple(slots)


def _keys(day: Day) -> list[Key]:
    startups: list[Key] = [("startup", f"s{number:03}") for number in range(day.n_startups)]
    investors: list[Key] = [("investor", f"i{number:03}") for number in range(len(day.most) - day.n_startups)]
    return startups + investors


def _event(day: Day, name: str, absent: Mapping[Key, frozenset[int]], met: frozenset[IdPair]) -> Event:
    keys, pairs = _keys(day), day.pairs
    tables = tuple(f"T{number + 1}" for number in range(day.tables.shape[1]))
    ids = [(keys[s][1], keys[i][1]) for s, i in zip(pairs.startup.tolist(), pairs.investor.tolist(), strict=True)]
    kinds = islice(combinations(LANGUAGES, 2), len(day.interpreters))
    return Event(
        name=name,
        day=DAY,
        time_zone=ZONE,
        slots=make_slots(day),
        tables=tables,
        closed=frozenset((slot, tables[table]) for slot, table in np.argwhere(~day.tables).tolist()),
        own_fewest=dict(zip(keys, day.fewest.tolist(), strict=True)),
        own_most=dict(zip(keys, day.most.tolist(), strict=True)),
        absent={key: slots for key, slots in absent.items() if slots},
        interpreters=tuple(
            Interpreters((one, other), tuple(counts.tolist()))
            for (one, other), counts in zip(kinds, day.interpreters, strict=True)
        ),
        locked=tuple(
            Lock(
                ids[pair],
                None if pairs.locked_slot[pair] == ANY else int(pairs.locked_slot[pair]),
                "" if pairs.locked_table[pair] == ANY else tables[int(pairs.locked_table[pair])],
            )
            for pair in np.flatnonzero(pairs.is_locked).tolist()
        ),
        met=met,
        doubles=frozenset(ids[pair] for pair in np.flatnonzero(pairs.n_slots > 1).tolist()),
        order=day.order,
    )


def _ruled_out(day: Day) -> tuple[NDArray[np.uint8], list[tuple[int, int]]]:
    """(s, i) the first gate of each pair; numbers of those that met before."""
    pairs, n_investors = day.pairs, len(day.most) - day.n_startups
    gates, may_meet = np.zeros((day.n_startups, n_investors), np.uint8), np.zeros((day.n_startups, n_investors), bool)
    may_meet[pairs.startup, pairs.investor - day.n_startups] = True
    s, i = np.nonzero(~may_meet)
    gated = (s + i) % 3 == 0
    gates[s[gated], i[gated]] = 1 + (s + 2 * i)[gated] % len(GATES)
    odd = pairs.is_locked & (pairs.startup % 2 == 1)
    gates[pairs.startup[odd], pairs.investor[odd] - day.n_startups] = 1
    met = (s + i) % 3 == 1
    return gates, list(zip(s[met].tolist(), (i[met] + day.n_startups).tolist(), strict=True))


def _wishes(day: Day, keys: list[Key]) -> Iterator[tuple[Key, list[int]]]:
    """Whom each asks for, best first; where a rank is of no pair of the day, somebody it may not meet."""
    pairs, n = day.pairs, len(keys)
    may_meet: list[set[int]] = [set() for _ in keys]
    ranked: list[dict[int, int]] = [{} for _ in keys]
    for s, i, by_startup, by_investor in zip(
        *(one.tolist() for one in (pairs.startup, pairs.investor, pairs.startup_rank, pairs.investor_rank)), strict=True
    ):
        for asking, asked, rank in ((s, i, by_startup), (i, s, by_investor)):
            may_meet[asking].add(asked)
            if rank:
                ranked[asking][rank] = asked
    for asking, key in enumerate(keys):
        others = range(day.n_startups, n) if asking < day.n_startups else range(day.n_startups)
        strangers = (one for one in others if one not in may_meet[asking])
        own = ranked[asking]
        yield key, [own[rank] if rank in own else next(strangers) for rank in range(1, max(own, default=0) + 1)]


@st.composite
def planned_days(draw: st.DrawFn) -> tuple[Prepared, Timetable]:
    """A small day and any legal timetable of it, good or bad."""
    day = draw(days())
    random = draw(st.randoms(use_true_random=False))
    return make_prepared(day), random_timetable(day, random)


def random_timetable(day: Day, random: Random) -> Timetable:
    """Some of the pairs, one after the other wherever there is room; locked ones first."""
    house, n_pairs = House(day), len(day.pairs)
    order = random.sample(range(n_pairs), n_pairs)
    for pair in sorted(order[: random.randint(0, n_pairs)], key=lambda pair: not day.pairs.is_locked[pair]):
        house.place(pair, random.sample(range(day.n_slots), day.n_slots))
    return with_other_tables(day, house.timetable(), random)


def continued(day: Day, before: Timetable, now: int, random: Random) -> Timetable:
    """A timetable in which all that begins before slot `now` stays, and some of the rest; other meetings are new."""
    house, rows = House(day), zip(before.pair, before.slot, before.table, before.route, strict=True)
    for row in (tuple(map(int, one)) for one in rows):
        if row[1] < now or random.random() < 0.6:
            house.hold(Place(*row))
    held = {one.pair for one in house.places}
    for pair in random.sample(range(len(day.pairs)), len(day.pairs)):
        if pair not in held and random.random() < 0.6:
            slots = [slot for slot in random.sample(range(day.n_slots), day.n_slots) if slot >= now]
            if day.pairs.locked_slot[pair] == ANY or day.pairs.locked_slot[pair] in slots:
                house.place(pair, slots)
    return house.timetable()


def with_other_tables(day: Day, timetable: Timetable, random: Random) -> Timetable:
    """The same meetings, some of them at other tables that are to be had."""
    taken = {(slot, table) for one in meetings_of(day, timetable) for slot in one.slots for table in (one.table,)}
    tables = timetable.table.copy()
    for row, one in enumerate(meetings_of(day, timetable)):
        table = random.randrange(day.tables.shape[1])
        there = {(slot, table) for slot in one.slots}
        is_open = all(day.tables[slot, table] for slot in one.slots) and not there & taken
        if is_open and day.pairs.locked_table[one.pair] == ANY:
            taken = taken - {(slot, one.table) for slot in one.slots} | there
            tables[row] = table
    return replace(timetable, table=tables)
