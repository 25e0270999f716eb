"""Places in time: which pair could meet in which slot at which tables, given what is taken already."""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct

from dealport.meetings.day.aims import count_meetings, most_meetings
from dealport.meetings.day.arcs import Arcs
from dealport.meetings.day.days import ANY, Day, Ints, Mask


class Places(Struct, frozen=True, eq=False):
    """Ways to meet at a time, x of them.

    Attributes:
        pair, route, slot: (x,) numbers; the slot is the first of those the meeting takes.
        group: (x,) number of the group of tables, for a meeting to which it matters; else ANY.
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
        return cls(*(np.empty(0, np.int64) for _ in cls.__struct_fields__))

    def also(self, others: Places) -> Places:
        """These and others, by slot, then pair."""
        pair, route, slot, group = (
            np.concatenate([getattr(self, name), getattr(others, name)]) for name in self.__struct_fields__
        )
        order = np.lexsort((pair, slot))
        return Places(pair[order], route[order], slot[order], group[order])


class Tables(Struct, frozen=True, eq=False):
    """Tables in groups, for meetings of two slots and those with a table of their own; any other takes what is left.

    Those of a group are to be had in the same slots, and one that is locked is a group of its own: so whatever fits
    into its group in each slot, and into all tables together, can be seated.

    Attributes:
        group: (b,) number of each table's group.
        counts: (g, t) tables of a group that are to be had.
    """

    group: Ints
    counts: Ints

    @classmethod
    def of(cls, day: Day) -> Self:
        """The groups of a day."""
        locked = day.pairs.locked_table[day.pairs.locked_table != ANY]
        own = np.zeros(day.tables.shape[1], np.int64)
        own[locked] = 1 + locked
        _, group = np.unique(np.column_stack([own, day.tables.T]), axis=0, return_inverse=True)
        counts = np.zeros((int(group.max(initial=-1)) + 1, day.n_slots), np.int64)
        np.add.at(counts, group.ravel(), day.tables.T.astype(np.int64))
        return cls(group.ravel(), counts)

    def group_of(self, day: Day, pair: Ints, table: Ints) -> Ints:
        """(m,) the group of each meeting of a pair at a table, where it matters."""
        matters = (day.pairs.n_slots[pair] > 1) | (day.pairs.locked_table[pair] != ANY)
        return np.where(matters, self.group[table], ANY)


class Room(Struct, frozen=True, eq=False):
    """What is left of a day beside the meetings that stay.

    Attributes:
        tables: The groups of tables of the day.
        free: (n, t) who is there and has no meeting.
        free_tables: (t,) tables left; in_groups: (g, t) those of a group, but for meetings to which it does not matter.
        interpreters: (l, t) interpreters left.
        most: (n,) meetings each participant may still have; n_meetings: (n,) those it has.
    """

    tables: Tables
    free: Mask
    free_tables: Ints
    in_groups: Ints
    interpreters: Ints
    most: Ints
    n_meetings: Ints

    @classmethod
    def beside(cls, day: Day, tables: Tables, held: Places) -> Self:
        """What the meetings held leave."""
        pairs, free = day.pairs, day.present.copy()
        free_tables, in_groups, interpreters = day.tables.sum(axis=1), tables.counts.copy(), day.interpreters.copy()
        for slot, which in taken_slots(day, held):
            pair, route = held.pair[which], held.route[which]
            free[pairs.startup[pair], slot] = free[pairs.investor[pair], slot] = False
            group = held.group[which]
            np.subtract.at(free_tables, slot, 1)
            np.subtract.at(in_groups, (group[group != ANY], slot[group != ANY]), 1)
            np.subtract.at(interpreters, (route[route != ANY], slot[route != ANY]), 1)
        n_meetings = count_meetings(day, held.pair)
        return cls(tables, free, free_tables, in_groups, interpreters, most_meetings(day) - n_meetings, n_meetings)


def taken_slots(day: Day, held: Places) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The first slots of all meetings, and the second ones of those that take two; each with the meetings' numbers."""
    twice = np.flatnonzero(day.pairs.n_slots[held.pair] > 1)
    return (held.slot, np.arange(len(held))), (held.slot[twice] + 1, twice)


def possible_places(day: Day, chosen: Ints, slots: Ints, room: Room) -> Places:
    """Every place of the `chosen` pairs that begins in one of the slots and collides with nothing that stays."""
    pairs = day.pairs
    arcs = Arcs.of(pairs.take(chosen))
    arcs = Arcs(chosen[arcs.pair], arcs.route)
    twice, fixed, table = pairs.n_slots[arcs.pair] > 1, pairs.locked_slot[arcs.pair], pairs.locked_table[arcs.pair]
    matters = twice | (table != ANY)
    parts = [Places.none()]
    for slot in slots.tolist():
        fits = _fits(day, arcs, slot, room) & ((fixed == ANY) | (fixed == slot))
        if twice.any():
            fits[twice] &= bool(day.follows[slot]) and _fits(day, arcs.take(twice), slot + 1, room)
        parts.append(_places(arcs, np.flatnonzero(fits & ~matters), slot, ANY))
        for group in range(len(room.in_groups)) if (fits & matters).any() else ():
            if room.in_groups[group, slot] > 0:
                takes = fits & matters & ((table == ANY) | (room.tables.group[table] == group))
                takes &= ~twice | (room.in_groups[group, min(slot + 1, day.n_slots - 1)] > 0)
                parts.append(_places(arcs, np.flatnonzero(takes), slot, group))
    return Places(*(np.concatenate([getattr(one, name) for one in parts]) for name in Places.__struct_fields__))


def _places(arcs: Arcs, here: Ints, slot: int, group: int) -> Places:
    """Some of the ways to meet, in a slot and a group of tables."""
    return Places(arcs.pair[here], arcs.route[here], np.full(len(here), slot), np.full(len(here), group))


def _fits(day: Day, arcs: Arcs, slot: int, room: Room) -> Mask:
    """(a,) whether both are free in a slot, and a table, and an interpreter where one is needed."""
    pairs = day.pairs
    fits: Mask = room.free[pairs.startup[arcs.pair], slot] & room.free[pairs.investor[arcs.pair], slot]
    fits &= room.free_tables[slot] > 0
    if len(room.interpreters):
        fits &= (arcs.route == ANY) | (room.interpreters[arcs.route, slot] > 0)
    return fits
