"""Random plans in which everything fits together, with whatever a name, an id or a table may be called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import (
    AskedBy,
    Attendee,
    Blocked,
    Cause,
    Change,
    Figures,
    Meeting,
    Plan,
    Short,
    Unmet,
    WhatIf,
)
from dealport.meetings.event.events import Event, Interpreters, Key, Lock, Slot
from dealport.model import Kind

ZONES = ("Asia/Seoul", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC")
NAMES = st.text(max_size=12)
IDS = st.text(min_size=1, max_size=12)
UNITS = st.integers(0, 10**13)
COUNTS = st.integers(0, 1000)
SHARES = st.floats(0, 1)
LANGUAGES = st.lists(st.sampled_from(["en", "ko", "zh", "ja", "vi", "yue"]), max_size=2, unique=True).map(tuple)
COUNTRIES = st.sampled_from(["KR", "CN", "TW", "JP", "SG", ""])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to six slots, three tables and four participants a side."""
    event = draw(_events())
    n_slots = len(event.slots)
    absences = st.frozensets(st.integers(0, n_slots - 1))
    startups = [
        draw(_attendees(("startup", id_), absences)) for id_ in sorted(draw(st.sets(IDS, min_size=1, max_size=4)))
    ]
    investors = [
        draw(_attendees(("investor", id_), absences)) for id_ in sorted(draw(st.sets(IDS, min_size=1, max_size=4)))
    ]
    meetings = draw(_meetings(event, startups, investors))
    n_kept = draw(st.integers(0, len(meetings)))
    kept = meetings[:n_kept]
    dropped = tuple(_at_old_time(one, event) if draw(st.booleans()) else one for one in meetings[n_kept:])
    keys = [one.key for one in (*startups, *investors)]
    changes = [Change("added", None, one) for one in kept[:1]] + [Change("dropped", one, None) for one in dropped]
    levels = draw(st.lists(st.builds(Level, st.sampled_from(["locked", "fewest_2", "score", "odd"]), UNITS, UNITS)))
    levels = [one if one.name == "score" else replace(one, value=one.value % 999, bound=7) for one in levels]
    blocked = st.builds(
        Blocked, st.sampled_from(get_args(Cause)), COUNTS, st.lists(st.integers(0, n_slots - 1)).map(tuple), LANGUAGES
    )
    shorts = st.builds(Short, st.sampled_from(keys), COUNTS, COUNTS, st.lists(blocked, max_size=2).map(tuple))
    return Plan(
        event=event,
        attendees=(*startups, *investors),
        meetings=kept,
        levels=tuple(levels),
        figures=draw(_figures()),
        short=tuple(draw(st.lists(shorts, max_size=2))),
        unmet=tuple(draw(st.lists(_unmet(startups, investors), max_size=3))),
        stamped_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 500_000))),
        dropped=dropped,
        changes=tuple(changes),
        what_ifs=tuple(draw(st.lists(st.builds(WhatIf, IDS, COUNTS, COUNTS, st.just(tuple(levels))), max_size=2))),
    )


@st.composite
def _events(draw: st.DrawFn) -> Event:
    name = draw(st.sampled_from(ZONES))
    zone = ZoneInfo(name)
    day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=zone).astimezone(UTC)
    slots = []
    for _ in range(draw(st.integers(1, 6))):
        end = moment + timedelta(minutes=draw(st.integers(5, 60)))
        slots.append(Slot(moment.astimezone(zone), end.astimezone(zone)))
        moment = end + timedelta(minutes=draw(st.sampled_from([0, 0, 30])))
    tables = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    some_slots = st.integers(0, len(slots) - 1)
    sides: st.SearchStrategy[Kind] = st.sampled_from(get_args(Kind))
    keys = st.tuples(sides, IDS)
    pairs = st.tuples(IDS, IDS)
    return Event(
        name=draw(NAMES),
        day=day,
        time_zone=name,
        slots=tuple(slots),
        tables=tuple(tables),
        closed=draw(st.frozensets(st.tuples(some_slots, st.sampled_from(tables)), max_size=2)),
        fewest=draw(COUNTS),
        most=draw(st.none() | COUNTS),
        own_fewest=draw(st.dictionaries(keys, COUNTS, max_size=2)),
        own_most=draw(st.dictionaries(keys, COUNTS, max_size=2)),
        absent=draw(st.dictionaries(keys, st.frozensets(some_slots), max_size=2)),
        interpreters=(Interpreters(("ko", "zh"), tuple(range(len(slots)))),),
        locked=tuple(draw(st.lists(st.builds(Lock, pairs, st.none() | some_slots, NAMES), max_size=2))),
        met=draw(st.frozensets(pairs, max_size=2)),
        doubles=draw(st.frozensets(pairs, max_size=2)),
        order=draw(st.sampled_from(["kotra", "ranked", "score"])),
        languages=draw(LANGUAGES),
    )


@st.composite
def _attendees(draw: st.DrawFn, key: Key, absences: st.SearchStrategy[frozenset[int]]) -> Attendee:
    contact = draw(st.sampled_from(["", "a@b.example", "Kim <kim@lumen.example>", "=1@x.example", "nobody"]))
    return Attendee(
        key, draw(NAMES), draw(COUNTRIES), draw(LANGUAGES), draw(COUNTS), draw(COUNTS), draw(absences), contact
    )


@st.composite
def _meetings(
    draw: st.DrawFn, event: Event, startups: list[Attendee], investors: list[Attendee]
) -> tuple[Meeting, ...]:
    """Each pair once, nobody and no table in two places at a time."""
    pairs = [(one.key[1], other.key[1]) for one in startups for other in investors]
    taken: set[tuple[str, str, int]] = set()
    meetings = []
    for number, pair in enumerate(draw(st.permutations(pairs))):
        first = draw(st.integers(0, len(event.slots) - 1))
        is_double = first + 1 < len(event.slots) and draw(st.booleans())
        slots = (first, first + 1) if is_double else (first,)
        table = draw(st.sampled_from(event.tables))
        names = (("startup", pair[0]), ("investor", pair[1]), ("table", table))
        uses = {(kind, name, slot) for kind, name in names for slot in slots}
        if taken & uses:
            continue
        taken |= uses
        asked_by: AskedBy = draw(st.sampled_from(get_args(AskedBy)))
        interpreter = draw(st.sampled_from(["", f"ko-zh {number + 1}"]))
        sequence = draw(st.integers(0, 5))
        uid = f"{number}-{draw(st.text('abc', min_size=1))}@dealport"
        meetings.append(
            Meeting(uid, pair, slots, table, interpreter, draw(UNITS), asked_by, draw(st.booleans()), sequence)
        )
    return tuple(meetings)


def _at_old_time(meeting: Meeting, event: Event) -> Meeting:
    """A meeting whose time is no slot any more."""
    time = meeting.time(event)
    earlier = timedelta(days=1, minutes=5)
    slot = replace(time, starts_at=time.starts_at - earlier, ends_at=time.ends_at - earlier)
    return replace(meeting, slots=(), old_time=slot)


@st.composite
def _unmet(draw: st.DrawFn, startups: list[Attendee], investors: list[Attendee]) -> Unmet:
    keys = [draw(st.sampled_from(startups)).key, draw(st.sampled_from(investors)).key]
    asking, asked = draw(st.permutations(keys))
    return Unmet(asking, asked, draw(st.integers(1, 9)), draw(st.sampled_from(get_args(Cause))), draw(NAMES))


def _figures() -> st.SearchStrategy[Figures]:
    hours = st.floats(0, 500)
    counts, shares, scores = (COUNTS,) * 5, (SHARES,) * 3, (UNITS,) * 3
    return st.builds(Figures, *counts, *shares, COUNTS, COUNTS, hours, COUNTS, COUNTS, *scores)
