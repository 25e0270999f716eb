"""Places in time: which pair could meet in which slot at which tables, given what is taken already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from dealport.meetings.aims import count_meetings, most_meetings
from dealport.meetings.arcs import Arcs
from dealport.meetings.days import ANY, Day, Ints, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Ways to meet at a time, x of them.

    Attributes:
        pair, route, slot: (x,) numbers; the slot is the first of those the meeting takes.
        group: (x,) number of the group of tables.
    """

    pair: Ints
    route: Ints
    slot: Ints
    group: Ints

    def __len__(self) -> int:
        return len(self.pair)

    def take(self, chosen: Ints | Mask) -> Self:
        """Some of them."""
        return type(self)(self.pair[chosen], self.route[chosen], self.slot[chosen], self.group[chosen])

    @classmethod
    def none(cls) -> Self:
        """No place."""
        return cls(*(np.empty(0, np.int64) for _ in cls.__slots__))

    def also(self, others: Places) -> Places:
        """These and others, by slot, then pair."""
        pair, route, slot, group = (
            np.concatenate([getattr(self, name), getattr(others, name)]) for name in self.__slots__
        )
        order = np.lexsort((pair, slot))
        return Places(pair[order], route[order], slot[order], group[order])


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables in groups within which it does not matter who sits where.

    Where a meeting may take two slots, or a table is locked, those of a group are to be had in the same slots, and a
    locked one is a group of its own: then any number that fits into a group in every slot can be seated.

    Attributes:
        group: (b,) number of each table's group.
        counts: (g, t) tables of a group that are to be had.
    """

    group: Ints
    counts: Ints

    @classmethod
    def of(cls, day: Day) -> Self:
        """The groups of a day."""
        pairs, n_tables = day.pairs, day.tables.shape[1]
        locked = pairs.locked_table[pairs.locked_table != ANY]
        if not len(locked) and (pairs.n_slots == 1).all():
            return cls(np.zeros(n_tables, np.int64), day.tables.sum(axis=1)[None, :])
        own = np.zeros(n_tables, np.int64)
        own[locked] = 1 + locked
        _, group = np.unique(np.column_stack([own, day.tables.T]), axis=0, return_inverse=True)
        counts = np.zeros((int(group.max(initial=-1)) + 1, day.n_slots), np.int64)
        np.add.at(counts, group.ravel(), day.tables.T.astype(np.int64))
        return cls(group.ravel(), counts)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What is left of a day beside the meetings that stay.

    Attributes:
        tables: The groups of tables of the day.
        free: (n, t) who is there and has no meeting.
        free_tables: (g, t) tables left; interpreters: (l, t) interpreters left.
        most: (n,) meetings each participant may still have; n_meetings: (n,) those it has.
    """

    tables: Tables
    free: Mask
    free_tables: Ints
    interpreters: Ints
    most: Ints
    n_meetings: Ints

    @classmethod
    def beside(cls, day: Day, tables: Tables, held: Places) -> Self:
        """What the meetings held leave."""
        pairs, free = day.pairs, day.present.copy()
        free_tables, interpreters = tables.counts.copy(), day.interpreters.copy()
        for slot, which in taken_slots(day, held):
            pair, route = held.pair[which], held.route[which]
            free[pairs.startup[pair], slot] = free[pairs.investor[pair], slot] = False
            np.subtract.at(free_tables, (held.group[which], slot), 1)
            np.subtract.at(interpreters, (route[route != ANY], slot[route != ANY]), 1)
        n_meetings = count_meetings(day, held.pair)
        return cls(tables, free, free_tables, interpreters, most_meetings(day) - n_meetings, n_meetings)


def taken_slots(day: Day, held: Places) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The first slots of all meetings, and the second ones of those that take two; each with the meetings' numbers."""
    twice = np.flatnonzero(day.pairs.n_slots[held.pair] > 1)
    return (held.slot, np.arange(len(held))), (held.slot[twice] + 1, twice)


def possible_places(day: Day, chosen: Ints, slots: Ints, room: Room) -> Places:
    """Every place of the `chosen` pairs that begins in one of the slots and collides with nothing that stays."""
    pairs = day.pairs
    arcs = Arcs.of(pairs.take(chosen))
    arcs = Arcs(chosen[arcs.pair], arcs.route)
    twice = pairs.n_slots[arcs.pair] > 1
    parts = [Places.none()]
    for slot in slots.tolist():
        fits = _fits(day, arcs, slot, room)
        if twice.any():
            fits[twice] &= bool(day.follows[slot]) and _fits(day, arcs.take(twice), slot + 1, room)
        fixed = pairs.locked_slot[arcs.pair]
        open_arcs = np.flatnonzero(fits & ((fixed == ANY) | (fixed == slot)))
        for group in np.flatnonzero(room.free_tables[:, slot] > 0).tolist():
            here = open_arcs[_takes(day, arcs.pair[open_arcs], group, slot, room)]
            n = len(here)
            parts.append(Places(arcs.pair[here], arcs.route[here], np.full(n, slot), np.full(n, group)))
    return Places(*(np.concatenate([getattr(one, name) for one in parts]) for name in Places.__slots__))


def _fits(day: Day, arcs: Arcs, slot: int, room: Room) -> Mask:
    """(a,) whether both are free in a slot, and an interpreter where one is needed."""
    pairs = day.pairs
    fits: Mask = room.free[pairs.startup[arcs.pair], slot] & room.free[pairs.investor[arcs.pair], slot]
    if len(room.interpreters):
        fits &= (arcs.route == ANY) | (room.interpreters[arcs.route, slot] > 0)
    return fits


def _takes(day: Day, pair: Ints, group: int, slot: int, room: Room) -> Mask:
    """(a,) whether a group of tables is one for these pairs, for both slots where they take two."""
    table = day.pairs.locked_table[pair]
    takes: Mask = (table == ANY) | (room.tables.group[table] == group)
    if slot + 1 < day.n_slots:
        takes &= (day.pairs.n_slots[pair] == 1) | (room.free_tables[group, slot + 1] > 0)
    return takes
