"""Tables: whoever can stays where the last meeting was, on either side; a meeting keeps its table before all that."""

from __future__ import annotations

import numpy as np
import pytest

from dealport.meetings.day.days import ANY
from dealport.meetings.timetable.seating import seat
from dealport.meetings.timetable.time_places import Places
from tests.meetings.small_day import SMALL, ints

# Pair 0 is startup 0 and investor 2, pair 1 startup 0 and investor 3, pair 3 startup 1 and investor 2.


def table_of_the_second(second: int, *, before: int = ANY) -> int:
    """Where a pair meets after pair 0 met at table 1."""
    held = Places(ints(0, second), ints(ANY, ANY), ints(0, 1), ints(ANY, ANY))
    timetable = seat(SMALL, held, (), fixed=ints(1, ANY), before=ints(ANY, before))
    return int(timetable.table[1])


@pytest.mark.parametrize("pair", [1, 3], ids=["the startup", "the investor"])
def test_whoever_met_before_stays_at_its_table(pair: int) -> None:
    assert table_of_the_second(pair) == 1


def test_a_meeting_keeps_the_table_it_had_though_somebody_has_to_move() -> None:
    assert table_of_the_second(3, before=0) == 0


def test_whoever_has_not_met_takes_the_first_free_table() -> None:
    assert table_of_the_second(4) == 0


def test_a_table_that_is_given_is_taken_from_those_who_would_stay() -> None:
    held = Places(ints(0, 1, 3), np.full(3, ANY), ints(0, 1, 1), np.full(3, ANY))

    timetable = seat(SMALL, held, (), fixed=ints(1, ANY, 1))

    assert timetable.table.tolist() == [1, 0, 1]
