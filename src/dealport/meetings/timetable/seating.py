"""Tables for meetings that have their slots: whoever can stays at the table where the last meeting was."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from dealport.meetings.day.days import ANY, Day, Ints, Level, Mask, Timetable
from dealport.meetings.day.solving import MatrixEntries, Program
from dealport.meetings.timetable.time_places import Places, Tables

# A meeting that keeps its table is worth more than any number of people who stay at theirs.
AS_BEFORE = 1_000


def seat(
    day: Day, held: Places, levels: tuple[Level, ...], *, fixed: Ints | None = None, before: Ints | None = None
) -> Timetable:
    """The timetable with a table for each meeting, slot after slot.

    In each slot as many meetings as possible keep the table they had (`before`, (m,); ANY: none), then as many
    participants as possible stay at their last one (proven); the rest take free ones in order. `fixed`: (m,) tables
    that are given.
    """
    order = np.lexsort((held.pair, held.slot))
    locked = day.pairs.locked_table[held.pair]
    given = (locked if fixed is None else np.where(fixed == ANY, locked, fixed))[order]
    kept = (np.full(len(held), ANY) if before is None else before)[order]
    held = held.take(order)
    groups = Tables.of(day).group
    table = np.full(len(held), ANY)
    last = np.full(len(day.most), ANY)
    for slot in range(day.n_slots):
        now = np.flatnonzero(held.slot == slot)
        free = day.tables[slot].copy()
        going_on = np.flatnonzero((held.slot == slot - 1) & (day.pairs.n_slots[held.pair] > 1))
        free[table[going_on]] = False
        table[now] = _seat_slot(day, held.take(now), _Wishes(free, groups, last, given[now], kept[now]))
        for side in (day.pairs.startup, day.pairs.investor):
            last[side[held.pair[now]]] = table[now]
    return Timetable(held.pair, held.slot, table, held.route, levels)


class _Wishes(Struct, frozen=True, eq=False):
    """What a slot's tables are chosen by.

    Attributes:
        free: (b,) which are free; groups: (b,) their groups.
        last: (n,) where each participant was last; given, kept: (m,) tables that are given, and those of before.
    """

    free: Mask
    groups: Ints
    last: Ints
    given: Ints
    kept: Ints


def _seat_slot(day: Day, here: Places, wishes: _Wishes) -> Ints:
    """A table for each meeting of a slot."""
    pairs, free, groups = day.pairs, wishes.free, wishes.groups
    table = wishes.given.copy()
    free[table[table != ANY]] = False
    sides = wishes.last[pairs.startup[here.pair]], wishes.last[pairs.investor[here.pair]]
    edges = [
        (meeting, at, worth)
        for tables, worth in ((wishes.kept, AS_BEFORE), *((side, 1) for side in sides))
        for meeting, at in enumerate(tables.tolist())
        if table[meeting] == ANY and at != ANY and free[at] and here.group[meeting] in (ANY, groups[at])
    ]
    particular = here.group != ANY
    for mine in (particular, ~particular):  # those that can't take any table come first
        for meeting, at in _best_matching([edge for edge in edges if mine[edge[0]] and free[edge[1]]]):
            table[meeting] = at
            free[at] = False
        for meeting in np.flatnonzero(mine & (table == ANY)).tolist():
            at = int(np.flatnonzero(free & ((groups == here.group[meeting]) | ~particular[meeting]))[0])
            table[meeting] = at
            free[at] = False
    return table


def _best_matching(wishes: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The wishes of meetings for tables, each with its worth, that are worth most together."""
    if not wishes:
        return []
    told = np.array(wishes)
    edges, row = np.unique(told[:, :2], axis=0, return_inverse=True)
    worth = np.bincount(row.ravel(), told[:, 2])
    program = Program()
    program.add_columns(worth.astype(np.float64), np.ones(len(edges)), MatrixEntries.joined(()))
    for axis in (0, 1):
        used, row = np.unique(edges[:, axis], return_inverse=True)
        entries = MatrixEntries(row, np.arange(len(edges)), np.ones(len(edges)))
        program.add_rows(np.full(len(used), -np.inf), np.ones(len(used)), entries)
    answer = program.solve(whole=np.ones(len(edges), bool))
    return [(int(meeting), int(at)) for meeting, at in edges[answer.values > 0.5]] if answer else []
