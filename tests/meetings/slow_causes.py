"""Why a pair does not meet, asked slot by slot in plain Python."""

from __future__ import annotations

from collections import Counter

from dealport.meetings.day.days import ANY, Day, Timetable
from dealport.meetings.day.plans import Cause
from tests.meetings.checking import meetings_of


def slow_cause(day: Day, timetable: Timetable, pair: int) -> tuple[Cause, set[int]]:
    """The cause, and the slots in which tables or interpreters are lacking."""
    held = meetings_of(day, timetable)
    who = int(day.pairs.startup[pair]), int(day.pairs.investor[pair])
    is_away = any(not day.present[one].any() for one in who)
    if not is_away and any(sum(one in other.who for other in held) >= most(day, one) for one in who):
        return "full", set()
    there = [slots for slots in _ways(day, pair) if all(day.present[one, slot] for one in who for slot in slots)]
    if not there:
        return "absent", set()
    busy = {(one, slot) for other in held for one in other.who for slot in other.slots}
    free = [slots for slots in there if not any((one, slot) in busy for one in who for slot in slots)]
    if not free:
        return "busy", set()
    return _scarce(day, timetable, pair, free)


def _scarce(day: Day, timetable: Timetable, pair: int, free: list[tuple[int, ...]]) -> tuple[Cause, set[int]]:
    """Of the times at which both are free, what is lacking."""
    unserved = {slots: lacking for slots in free if (lacking := _no_interpreter(day, timetable, pair, slots))}
    unseated = {slots: lacking for slots in free if (lacking := _no_table(day, timetable, pair, slots))}
    if any(slots not in unserved and slots not in unseated for slots in free):
        return "outweighed", set()
    if unserved:
        return "no_interpreter", set().union(*unserved.values())
    return "no_table", set().union(*unseated.values())


def most(day: Day, person: int) -> int:
    """Meetings one may have: the locked ones in any case."""
    locked = [
        person in (day.pairs.startup[pair], day.pairs.investor[pair])
        for pair in range(len(day.pairs))
        if day.pairs.is_locked[pair]
    ]
    return max(int(day.most[person]), sum(locked))


def _ways(day: Day, pair: int) -> list[tuple[int, ...]]:
    """The slots of each time at which the pair could meet."""
    length, locked = int(day.pairs.n_slots[pair]), int(day.pairs.locked_slot[pair])
    return [
        tuple(range(slot, slot + length))
        for slot in range(day.n_slots)
        if locked in (ANY, slot) and (length == 1 or day.follows[slot])
    ]


def _no_interpreter(day: Day, timetable: Timetable, pair: int, slots: tuple[int, ...]) -> set[int]:
    """The slots without one, where no kind is to be had in all of them; all where each has one, of other kinds."""
    kinds = [kind for kind in range(len(day.interpreters)) if day.pairs.routes[pair, kind]]
    at_work = Counter((one.route, slot) for one in meetings_of(day, timetable) for slot in one.slots)
    has = {slot: {kind for kind in kinds if day.interpreters[kind, slot] > at_work[kind, slot]} for slot in slots}
    if not kinds or set.intersection(*has.values()):
        return set()
    return {slot for slot in slots if not has[slot]} or set(slots)


def _no_table(day: Day, timetable: Timetable, pair: int, slots: tuple[int, ...]) -> set[int]:
    """The slots without a table, likewise."""
    taken = {(slot, one.table) for one in meetings_of(day, timetable) for slot in one.slots}
    fixed = int(day.pairs.locked_table[pair])
    tables = range(day.tables.shape[1]) if fixed == ANY else [fixed]
    has = {slot: {one for one in tables if day.tables[slot, one] and (slot, one) not in taken} for slot in slots}
    if set.intersection(*has.values()):
        return set()
    return {slot for slot in slots if not has[slot]} or set(slots)
