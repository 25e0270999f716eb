"""Parts of the planner by themselves: the bonus, crowds, waiting, and the door to the solver."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from dealport.meetings.day.bonuses import MOST_BONUS_UNITS, bonus_units
from dealport.meetings.day.days import Day
from dealport.meetings.day.solving import MatrixEntries, Program
from dealport.meetings.planning_day import plan_day
from dealport.meetings.selection.crowding import find_crowds
from dealport.meetings.timetable.tightening import idle_slots, tighten
from dealport.meetings.timetable.time_places import Places, Tables
from tests.bench.events import standard
from tests.meetings.random_days import days, seeded_day


@given(days())
@settings(max_examples=50, deadline=None)
def test_the_bonus_is_from_0_to_5_points_and_none_where_only_the_score_counts(day: Day) -> None:
    bonus = bonus_units(day)

    assert ((bonus >= 0) & (bonus <= MOST_BONUS_UNITS)).all()
    assert not bonus_units(replace(day, order="score")).any()


def test_without_wishes_there_is_no_bonus() -> None:
    day = standard(150, 1)
    nobody = np.zeros(len(day.pairs), np.int64)

    assert bonus_units(day).any()
    assert not bonus_units(replace(day, pairs=replace(day.pairs, startup_rank=nobody, investor_rank=nobody))).any()


@pytest.mark.parametrize("seed", range(40))
def test_a_crowd_is_found_exactly_where_a_set_of_slots_holds_too_much(seed: int) -> None:
    day = seeded_day(seed, most_slots=4)
    generator = np.random.default_rng(seed)
    open_slots = generator.random((len(day.pairs), day.n_slots)) < 0.5
    share = (generator.random(len(day.pairs)) < 0.8).astype(float) * open_slots.any(axis=1)

    crowded = {crowd.who for crowd in find_crowds(day, open_slots, share)}

    assert crowded == {who for who in range(len(day.most)) if is_crowded(day, who, open_slots, share)}


def is_crowded(day: Day, who: int, open_slots: np.ndarray, share: np.ndarray) -> bool:
    """The slow twin: every set of slots."""
    mine = ((day.pairs.startup == who) | (day.pairs.investor == who)) & (share > 0)
    for size in range(day.n_slots + 1):
        for slots in combinations(range(day.n_slots), size):
            others = np.setdiff1d(np.arange(day.n_slots), slots)
            inside = mine & ~open_slots[:, others].any(axis=1)
            if (share * day.pairs.n_slots)[inside].sum() > size + 1e-6:
                return True
    return False


def test_people_wait_less_and_the_same_pairs_meet() -> None:
    day = standard(150, 1)
    planned = plan_day(day)
    tables = Tables.of(day)
    held = Places(planned.pair, planned.route, planned.slot, tables.group_of(day, planned.pair, planned.table))

    again = tighten(day, tables, held)

    assert idle_slots(day, again).sum() <= idle_slots(day, held).sum()
    assert sorted(again.pair.tolist()) == sorted(held.pair.tolist())


def test_the_solver_says_nothing_on_stdout() -> None:
    code = "from dealport.meetings.day.solving import Program; Program().solve(); print('only this')"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "only this\n"


def test_what_can_t_be_met_gives_no_answer_and_what_can_its_best() -> None:
    program = Program()
    program.add_columns(np.array([3.0, 2.0]), np.ones(2), MatrixEntries.joined(()))
    both = MatrixEntries(np.zeros(2, np.int64), np.arange(2), np.ones(2))
    program.add_rows(np.array([-np.inf]), np.array([1.0]), both)

    best = program.solve(whole=np.ones(2, bool))
    program.add_rows(np.array([2.0]), np.array([np.inf]), both)

    assert best is not None
    assert (best.objective, best.values.tolist()) == (3.0, [1.0, 0.0])
    assert program.solve(whole=np.ones(2, bool)) is None
