"""Tables for meetings that have their slots: whoever can stays at the table where the last meeting was."""

from __future__ import annotations

import numpy as np

from dealport.meetings.days import ANY, Day, Ints, Level, Mask, Timetable
from dealport.meetings.places import Places, Tables
from dealport.meetings.solving import Entries, Program


def seat(day: Day, held: Places, levels: tuple[Level, ...]) -> Timetable:
    """The timetable with a table for each meeting, slot after slot.

    In each slot as many participants as possible stay at their last table (proven); the rest take free ones in order.
    """
    order = np.lexsort((held.pair, held.slot))
    held = held.take(order)
    groups = Tables.of(day).group
    table = np.full(len(held), ANY)
    last = np.full(len(day.most), ANY)
    for slot in range(day.n_slots):
        now = np.flatnonzero(held.slot == slot)
        free = day.tables[slot].copy()
        going_on = np.flatnonzero((held.slot == slot - 1) & (day.pairs.n_slots[held.pair] > 1))
        free[table[going_on]] = False
        table[now] = _seat_slot(day, held.take(now), free, groups, last)
        for side in (day.pairs.startup, day.pairs.investor):
            last[side[held.pair[now]]] = table[now]
    return Timetable(held.pair, held.slot, table, held.route, levels)


def _seat_slot(day: Day, here: Places, free: Mask, groups: Ints, last: Ints) -> Ints:
    """A table for each meeting of a slot."""
    pairs = day.pairs
    table = pairs.locked_table[here.pair].copy()
    free[table[table != ANY]] = False
    wishes = [
        (meeting, int(at))
        for meeting, pair in enumerate(here.pair.tolist())
        for at in (last[pairs.startup[pair]], last[pairs.investor[pair]])
        if table[meeting] == ANY and at != ANY and free[at] and groups[at] == here.group[meeting]
    ]
    for meeting, at in _best_matching(wishes):
        table[meeting] = at
        free[at] = False
    for meeting in np.flatnonzero(table == ANY).tolist():
        at = int(np.flatnonzero(free & (groups == here.group[meeting]))[0])
        table[meeting] = at
        free[at] = False
    return table


def _best_matching(wishes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many wishes of meetings for tables as can be met together; one that both participants share counts twice."""
    if not wishes:
        return []
    edges, counts = np.unique(np.array(wishes), axis=0, return_counts=True)
    program = Program()
    program.add_columns(counts.astype(np.float64), np.ones(len(edges)), Entries.joined(()))
    for axis in (0, 1):
        used, row = np.unique(edges[:, axis], return_inverse=True)
        entries = Entries(row, np.arange(len(edges)), np.ones(len(edges)))
        program.add_rows(np.full(len(used), -np.inf), np.ones(len(used)), entries)
    answer = program.solve(whole=np.ones(len(edges), bool))
    return [(int(meeting), int(at)) for meeting, at in edges[answer.values > 0.5]] if answer else []
