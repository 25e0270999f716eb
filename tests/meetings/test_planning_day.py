"""The planner on whole days: no rule is broken, and small days reach what the exact joint program does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import Day, Pairs, Timetable
from dealport.meetings.planning_day import free_bound, plan_day
from tests.bench.events import Recipe, make_day
from tests.meetings.checking import broken, level_values
from tests.meetings.random_days import days, seeded_day
from tests.meetings.slow_joint import best_levels
from tests.meetings.small_day import SMALL, ints

COLUMNS = ("pair", "slot", "table", "route")


def reached(day: Day, timetable: Timetable) -> dict[str, int]:
    return level_values(day, timetable.pair.tolist(), bonus_units(day))


@settings(max_examples=60)
@given(days())
def test_no_rule_of_any_small_day_is_broken(day: Day) -> None:
    assert broken(day, plan_day(day), bonus_units(day)) == []


@settings(max_examples=60)
@given(days(most_a_side=4, most_slots=4))
def test_any_small_day_reaches_what_the_exact_joint_program_does(day: Day) -> None:
    assert reached(day, plan_day(day)) == best_levels(day, bonus_units(day))


def test_a_small_day_whose_selection_falls_short_is_chosen_in_whole() -> None:
    # The pair with the best score finds no place beside the locked one; the next best does, in the last slot.
    pairs = Pairs(
        startup=ints(0, 0, 1, 1, 2, 2, 3, 3),
        investor=ints(4, 5, 4, 5, 4, 5, 4, 5),
        score_units=ints(0, 3_000_000, 0, 1_000_000, 0, 0, 0, 0),
        startup_rank=np.zeros(8, np.int64),
        investor_rank=np.zeros(8, np.int64),
        n_slots=ints(2, 2, 2, 1, 2, 2, 2, 2),
        needs_interpreter=np.zeros(8, bool),
        routes=np.zeros((8, 0), bool),
        is_locked=np.arange(8) == 5,
        locked_slot=np.where(np.arange(8) == 5, 0, -1),
        locked_table=np.where(np.arange(8) == 5, 0, -1),
    )
    day = Day(
        n_startups=4,
        present=np.ones((6, 3), bool),
        most=ints(1, 1, 1, 1, 1, 2),
        fewest=np.zeros(6, np.int64),
        tables=np.ones((3, 3), bool),
        interpreters=np.zeros((0, 3), np.int64),
        follows=np.array([True, True, False]),
        pairs=pairs,
    )

    planned = plan_day(day)

    assert {3, 5} <= set(planned.pair.tolist())
    assert reached(day, planned) == best_levels(day, bonus_units(day))


@pytest.mark.parametrize(("n", "most_a_side", "most_slots"), [(120, 6, 6), (12, 10, 8)])
def test_seeded_days_reach_what_the_exact_joint_program_does(n: int, most_a_side: int, most_slots: int) -> None:
    for seed in range(n):
        day = seeded_day(seed, most_a_side=most_a_side, most_slots=most_slots)
        timetable = plan_day(day)

        assert broken(day, timetable, bonus_units(day)) == [], seed
        assert reached(day, timetable) == best_levels(day, bonus_units(day)), seed


def test_a_day_planned_twice_is_planned_alike() -> None:
    for seed in range(30):
        one, other = (plan_day(seeded_day(seed)) for _ in range(2))

        assert one.levels == other.levels, seed
        assert all((getattr(one, name) == getattr(other, name)).all() for name in COLUMNS), seed


@pytest.mark.parametrize("recipe", [Recipe(n_locked=3, n_doubles=3), Recipe(most=16, absent_share=0.3, n_doubles=3)])
def test_a_day_of_a_hundred_people_reaches_its_levels(recipe: Recipe) -> None:
    day = make_day(50, 50, recipe, seed=1)

    timetable = plan_day(day)

    assert broken(day, timetable, bonus_units(day)) == []
    before = {level.name: level.bound - level.value for level in timetable.levels if level.name != "score"}
    assert set(before.values()) == {0}, before
    assert timetable.levels[-1].value >= 0.995 * timetable.levels[-1].bound


def test_a_day_that_nobody_may_meet_on_is_empty() -> None:
    empty = replace(SMALL, pairs=SMALL.pairs.take(ints()))

    timetable = plan_day(empty)

    assert len(timetable) == 0
    assert broken(empty, timetable, bonus_units(empty)) == []


def test_a_day_without_slots_tables_or_people_there_is_empty() -> None:
    no_tables = replace(SMALL, tables=np.zeros((4, 0), bool))
    closed = replace(SMALL, tables=np.zeros_like(SMALL.tables))
    away = replace(SMALL, present=np.zeros_like(SMALL.present))
    no_slots = replace(
        SMALL,
        present=np.zeros((5, 0), bool),
        tables=np.zeros((0, 2), bool),
        interpreters=np.zeros((1, 0), np.int64),
        follows=np.zeros(0, bool),
    )

    assert [len(plan_day(day)) for day in (no_tables, closed, away, no_slots)] == [0, 0, 0, 0]


@settings(max_examples=40)
@given(days())
def test_no_plan_passes_the_bound_without_fairness(day: Day) -> None:
    timetable = plan_day(day)

    score = int(day.pairs.score_units[timetable.pair].sum())
    assert score <= free_bound(day)
