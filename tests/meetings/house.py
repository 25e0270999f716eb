"""What meetings placed leave of people, tables and interpreters: takes one after the other, as staff do by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day, Timetable


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is held."""

    pair: int
    slot: int
    table: int
    route: int


class House:
    """A day that fills up. Sets of slots and of tables are bits of a number: the first is bit 0."""

    def __init__(self, day: Day) -> None:
        """Empty."""
        pairs = day.pairs
        self.day = day
        self.startup, self.investor = pairs.startup.tolist(), pairs.investor.tolist()
        self.n_slots, self.routes = pairs.n_slots.tolist(), pairs.routes.tolist()
        locked = np.concatenate([pairs.startup[pairs.is_locked], pairs.investor[pairs.is_locked]])
        self.meetings_left = np.maximum(day.most, np.bincount(locked, minlength=len(day.most))).tolist()
        self.free = [_bits(row) for row in day.present.tolist()]
        self.tables = [_bits(row) for row in day.tables.tolist()]
        self.interpreters: list[list[int]] = day.interpreters.tolist()
        self.follows = _bits(day.follows.tolist())
        self.places: list[Place] = []

    def place(self, pair: int, slots: Iterable[int] | None = None) -> Place | None:
        """Hold a pair in the first of the slots that has room, at the first table; None where none has."""
        people = self.startup[pair], self.investor[pair]
        fits = self.free[people[0]] & self.free[people[1]]
        if self.n_slots[pair] > 1:
            fits &= (fits >> 1) & self.follows
        if not fits or min(self.meetings_left[person] for person in people) < 1:
            return None
        locked_slot = int(self.day.pairs.locked_slot[pair])
        for slot in (range(self.day.n_slots) if slots is None else slots) if locked_slot == ANY else (locked_slot,):
            if fits >> slot & 1:
                found = self._room(pair, slot)
                if found:
                    return self.hold(found)
        return None

    def _room(self, pair: int, slot: int) -> Place | None:
        """The first table and the first kind of interpreters free in all slots of the meeting."""
        slots = range(slot, slot + self.n_slots[pair])
        tables, locked_table = self.tables[slot], int(self.day.pairs.locked_table[pair])
        for one in slots:
            tables &= self.tables[one]
        if locked_table != ANY:
            tables &= 1 << locked_table
        kinds = [kind for kind, serves in enumerate(self.routes[pair]) if serves] or [ANY]
        routes = [kind for kind in kinds if kind == ANY or all(self.interpreters[kind][one] > 0 for one in slots)]
        if not tables or not routes:
            return None
        return Place(pair, slot, (tables & -tables).bit_length() - 1, routes[0])

    def hold(self, place: Place) -> Place:
        """Hold a meeting, come what may."""
        people = self.startup[place.pair], self.investor[place.pair]
        for person in people:
            self.meetings_left[person] -= 1
        for slot in range(place.slot, place.slot + self.n_slots[place.pair]):
            self.tables[slot] ^= 1 << place.table
            for person in people:
                self.free[person] ^= 1 << slot
            if place.route != ANY:
                self.interpreters[place.route][slot] -= 1
        self.places.append(place)
        return place

    def timetable(self) -> Timetable:
        """All that was placed; without levels."""
        return timetable_of(self.places)


def timetable_of(places: Iterable[Place]) -> Timetable:
    """Meetings in the order of a timetable, without levels."""
    ordered = sorted(places, key=lambda one: (one.slot, one.pair))
    rows = np.array([(one.pair, one.slot, one.table, one.route) for one in ordered], np.int64).reshape(-1, 4)
    return Timetable(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


def with_locks(
    day: Day, wanted: Iterable[int], *, shuffled: Callable[[int], Sequence[int]], chance: Callable[[], float]
) -> Day:
    """Fix those of the wanted pairs that can all be held together: half of them to a slot, as many to a table.

    `shuffled` gives the first n whole numbers in any order, `chance` a number from 0 to 1. Whoever has more locked
    meetings than its most may have those, so the most limits none here.
    """
    pairs = day.pairs
    house = House(replace(day, most=np.full(len(day.most), day.n_slots)))
    places = [place for pair in wanted if (place := house.place(pair, shuffled(day.n_slots)))]
    is_locked, locked_slot, locked_table = pairs.is_locked.copy(), pairs.locked_slot.copy(), pairs.locked_table.copy()
    for place in places:
        is_locked[place.pair] = True
        locked_slot[place.pair] = place.slot if chance() < 0.5 else ANY
        locked_table[place.pair] = place.table if chance() < 0.5 else ANY
    return replace(day, pairs=replace(pairs, is_locked=is_locked, locked_slot=locked_slot, locked_table=locked_table))


def _bits(row: list[bool]) -> int:
    return sum(1 << place for place, is_set in enumerate(row) if is_set)
