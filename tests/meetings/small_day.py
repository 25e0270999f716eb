"""A day small enough to look at, and the way to write its timetables down."""

from __future__ import annotations

import numpy as np

from dealport.meetings.day.days import ANY, Day, Ints, Mask, Pairs, Timetable

Row = tuple[int, int, int, int]  # pair, slot, table, kind of interpreter


def ints(*values: int) -> Ints:
    return np.array(values, np.int64)


def flags(*values: int) -> Mask:
    return np.array(values, bool)


def timetable(*rows: Row) -> Timetable:
    """A timetable of these meetings."""
    columns = np.array(sorted(rows, key=lambda row: (row[1], row[0])), np.int64).reshape(-1, 4)
    return Timetable(columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3])


def changed(mask: Mask, place: int | tuple[int, int], value: int) -> Mask:
    """The same but for one place, or one row."""
    after = mask.copy()
    after[place] = value
    return after


# Startups 0 and 1, investors 2, 3 and 4, all pairs: 0 and 2 are pair 0, 1 and 4 pair 5. Slots 0 and 1 follow on each
# other, then comes lunch, then slots 2 and 3 follow. Two tables; startup 1 needs an interpreter, one at a time, for
# investor 4.
SMALL = Day(
    n_startups=2,
    present=np.ones((5, 4), bool),
    most=ints(4, 4, 4, 4, 4),
    fewest=ints(2, 1, 1, 0, 0),
    tables=np.ones((4, 2), bool),
    interpreters=np.ones((1, 4), np.int64),
    follows=flags(1, 0, 1, 0),
    pairs=Pairs(
        startup=ints(0, 0, 0, 1, 1, 1),
        investor=ints(2, 3, 4, 2, 3, 4),
        score_units=ints(10, 20, 30, 40, 50, 60),
        startup_rank=ints(1, 2, 0, 0, 1, 0),
        investor_rank=ints(1, 0, 1, 0, 0, 2),
        n_slots=ints(1, 1, 1, 1, 1, 1),
        needs_interpreter=flags(0, 0, 0, 0, 0, 1),
        routes=np.array([[0], [0], [0], [0], [0], [1]], bool),
        is_locked=flags(0, 0, 0, 0, 0, 0),
        locked_slot=np.full(6, ANY),
        locked_table=np.full(6, ANY),
    ),
)
