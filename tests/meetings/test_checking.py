"""The checker of timetables: it finds nothing wrong with a legal one, and each kind of breakage."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day, Ints, Level, Mask, Pairs, Timetable
from tests.meetings.checking import broken, level_values
from tests.meetings.house import House
from tests.meetings.random_days import days


def ints(*values: int) -> Ints:
    return np.array(values, np.int64)


# Startups 0 and 1, investors 2 and 3; slots 0 and 1 follow on each other, then comes lunch, then slot 2.
DAY = Day(
    n_startups=2,
    present=np.ones((4, 3), bool),
    most=ints(2, 2, 2, 2),
    fewest=ints(1, 2, 0, 2),
    tables=np.ones((3, 2), bool),
    interpreters=np.ones((2, 3), np.int64),
    follows=np.array([True, False, False]),
    pairs=Pairs(
        startup=ints(0, 0, 1, 1),
        investor=ints(2, 3, 2, 3),
        score_units=ints(50, 60, 70, 80),
        startup_rank=ints(1, 2, 0, 0),
        investor_rank=ints(1, 0, 12, 0),
        n_slots=ints(1, 1, 2, 1),
        needs_interpreter=np.array([False, True, False, False]),
        routes=np.array([[False, False], [True, False], [False, False], [False, False]]),
        is_locked=np.array([True, False, False, False]),
        locked_slot=ints(2, ANY, ANY, ANY),
        locked_table=ints(0, ANY, ANY, ANY),
    ),
)
BONUS = ints(0, 5, 0, 0)
LEGAL = ((1, 0, 1, 0), (2, 0, 0, ANY), (0, 2, 0, ANY), (3, 2, 1, ANY))  # pair, slot, table, route


def timetable(*meetings: tuple[int, int, int, int], levels: tuple[Level, ...] = ()) -> Timetable:
    rows = np.array(meetings, np.int64).reshape(-1, 4)
    return Timetable(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], levels)


def changed(mask: Mask, place: int | tuple[int, int], *, value: bool) -> Mask:
    after = mask.copy()
    after[place] = value
    return after


def levels_of(day: Day, *meetings: tuple[int, int, int, int]) -> tuple[Level, ...]:
    values = level_values(day, [pair for pair, *_ in meetings], BONUS)
    return tuple(Level(name, value, value) for name, value in values.items())


def test_a_legal_timetable_has_nothing_broken() -> None:
    legal = timetable(*LEGAL, levels=levels_of(DAY, *LEGAL))

    assert broken(DAY, legal, BONUS) == []


@pytest.mark.parametrize(
    ("meetings", "sentence"),
    [
        ([(1, 0, 1, 0), (2, 0, 0, ANY), (0, 2, 0, ANY), (0, 2, 0, ANY)], "pair 0 meets 2 times"),
        ([(2, 0, 0, ANY), (0, 2, 0, ANY), (1, 2, 1, 0)], "participant 0 has 2 meetings in slot 2"),
        ([(2, 0, 0, ANY), (3, 1, 1, ANY)], "participant 1 has 2 meetings in slot 1"),
        ([(1, 0, 0, 0), (2, 0, 0, ANY)], "table 0 holds 2 meetings in slot 0"),
        ([(2, 1, 0, ANY)], "pair 2 meets over the break after slot 1"),
        ([(2, 2, 0, ANY)], "no slot 2 on this day"),
        ([(3, 0, 0, 1)], "pair 3 has an interpreter without need"),
        ([(1, 0, 0, ANY)], "pair 1 lacks an interpreter"),
        ([(1, 0, 0, 1)], "pair 1 has an interpreter that can't serve it"),
        ([(0, 1, 0, ANY)], "pair 0 is locked to slot 2, not 1"),
        ([(0, 2, 1, ANY)], "pair 0 is locked to table 0, not 1"),
        ([(4, 0, 0, ANY)], "no pair 4 on this day"),
        ([(ANY, 0, 0, ANY)], "no pair -1 on this day"),
        ([(3, 0, 2, ANY)], "no table 2 on this day"),
        ([(1, 0, 0, 2)], "no kind 2 of interpreters on this day"),
        ([(3, 2, 1, ANY), (0, 2, 0, ANY)], "meetings are not by slot, then pair"),
        ([(0, 2, 0, ANY), (1, 0, 1, 0)], "meetings are not by slot, then pair"),
    ],
)
def test_a_timetable_against_the_rules_is_noticed(meetings: list[tuple[int, int, int, int]], sentence: str) -> None:
    wrong = broken(DAY, timetable(*meetings))

    assert any(sentence in one for one in wrong), wrong


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (replace(DAY, present=changed(DAY.present, (0, 2), value=False)), "participant 0 is away in slot 2 of pair 0"),
        (replace(DAY, present=changed(DAY.present, (1, 1), value=False)), "participant 1 is away in slot 1 of pair 2"),
        (replace(DAY, most=ints(1, 2, 2, 2)), "participant 0 has 2 meetings, most 1, locked 1"),
        (replace(DAY, tables=changed(DAY.tables, (2, 1), value=False)), "table 1 is not to be had in slot 2"),
        (replace(DAY, tables=changed(DAY.tables, (1, 0), value=False)), "table 0 is not to be had in slot 1"),
        (replace(DAY, follows=np.zeros(3, bool)), "pair 2 meets over the break after slot 0"),
        (replace(DAY, interpreters=DAY.interpreters * 0), "1 interpreters of kind 0 in slot 0, there are 0"),
    ],
)
def test_a_day_that_does_not_allow_the_timetable_is_noticed(day: Day, sentence: str) -> None:
    wrong = broken(day, timetable(*LEGAL))

    assert wrong == [sentence]


def test_columns_of_different_lengths_are_noticed() -> None:
    whole = timetable(*LEGAL)

    assert broken(DAY, replace(whole, slot=whole.slot[:-1])) == ["columns of different lengths [3, 4]"]


def test_a_double_keeps_an_interpreter_busy_in_both_slots() -> None:
    pairs = DAY.pairs
    needs, routes = changed(pairs.needs_interpreter, 2, value=True), changed(pairs.routes, (2, 0), value=True)
    day = replace(DAY, pairs=replace(pairs, needs_interpreter=needs, routes=routes))

    wrong = broken(day, timetable((2, 0, 0, 0), (1, 1, 1, 0)))

    assert wrong == ["2 interpreters of kind 0 in slot 1, there are 1"]


def test_whoever_has_more_locked_pairs_than_the_most_may_have_those_and_no_more() -> None:
    two_locked = replace(DAY.pairs, is_locked=np.array([True, True, False, False]))
    day = replace(DAY, pairs=two_locked, most=ints(1, 2, 2, 2))

    assert broken(day, timetable(*LEGAL)) == []
    assert broken(replace(day, most=ints(1, 2, 2, 1)), timetable(*LEGAL)) == [
        "participant 3 has 2 meetings, most 1, locked 1"
    ]


def test_a_locked_pair_that_nobody_can_interpret_for_meets_without() -> None:
    nobody, needs = np.zeros((4, 2), bool), np.array([True, True, False, False])
    day = replace(DAY, pairs=replace(DAY.pairs, routes=nobody, needs_interpreter=needs))

    wrong = broken(day, timetable((1, 0, 0, ANY), (0, 2, 0, ANY)))

    assert wrong == ["pair 1 lacks an interpreter"]


def test_levels_are_counted_by_hand() -> None:
    met = [0, 1, 2]

    assert level_values(DAY, met, BONUS) == {
        "locked": 1, "mutual": 1, "fewest_1": 3, "fewest_2": 0, "investor_wishes": 2, "startup_wishes": 2, "score": 185,
    }  # fmt: skip
    ranked = level_values(replace(DAY, order="ranked"), met, BONUS)
    assert ranked["ranked_wishes"] == (10 + 10) + (9 + 0) + (0 + 1)
    assert level_values(replace(DAY, order="score"), met, BONUS) == {
        "locked": 1, "fewest_1": 3, "fewest_2": 0, "score": 180,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda levels: levels[1:], "should be ['locked', 'mutual'"),
        (lambda levels: (*levels[:-1], replace(levels[-1], value=259)), "level score says 259, counted 265"),
        (lambda levels: (*levels[:-1], replace(levels[-1], bound=264)), "level score passes its bound: 265 > 264"),
    ],
)
def test_wrong_levels_are_noticed(change: Callable[[tuple[Level, ...]], tuple[Level, ...]], sentence: str) -> None:
    levels = change(levels_of(DAY, *LEGAL))

    wrong = broken(DAY, timetable(*LEGAL, levels=levels), BONUS)

    assert any(sentence in one for one in wrong), wrong


@given(days())
def test_a_day_filled_meeting_by_meeting_has_nothing_broken(day: Day) -> None:
    house = House(day)
    for pair in range(len(day.pairs)):
        house.place(pair)

    assert broken(day, house.timetable()) == []


@given(days())
def test_random_days_keep_what_the_record_of_a_day_says(day: Day) -> None:
    locked = day.pairs.is_locked
    served = day.pairs.routes.any(axis=1)

    assert (day.pairs.locked_slot[~locked] == ANY).all()
    assert (served == day.pairs.needs_interpreter)[~locked].all()
