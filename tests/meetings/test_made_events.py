"""The made-up events that the planner is measured on are as scarce as the issue asks, and their figures are right."""

from __future__ import annotations

import numpy as np
import pytest

from dealport.meetings.day.days import ANY, Day
from tests.bench.events import disturbed, investor_day, most_served, standard, stress
from tests.bench.meeting_baselines import greedy_by_score
from tests.bench.meeting_figures import gini, may_meet, meetings_of_each, outcome
from tests.meetings.checking import level_values
from tests.meetings.house import House


def caps(day: Day) -> int:
    """Meetings that the caps would allow."""
    room = np.minimum(day.most, day.present.sum(axis=1))
    return int(min(room[: day.n_startups].sum(), room[day.n_startups :].sum()))


@pytest.mark.parametrize(("day", "absent_share"), [(standard(400, 1), 0.1), (stress(400, 1), 0.3)])
def test_an_event_is_as_scarce_as_it_should_be(day: Day, absent_share: float) -> None:
    need = day.pairs.needs_interpreter.mean()

    assert 1 - day.present.mean() == pytest.approx(absent_share, abs=0.001)
    assert day.tables.sum() == pytest.approx(0.6 * caps(day), rel=0.02)
    assert 0.4 < need < 0.6
    assert day.interpreters.sum() == pytest.approx(0.5 * need * caps(day), rel=0.15)
    assert len(day.pairs) / (200 * 200) == pytest.approx(0.405, abs=0.001)


def test_an_event_is_the_same_for_the_same_seed() -> None:
    one, same, other = standard(150, 1), standard(150, 1), standard(150, 2)

    assert (one.pairs.score_units == same.pairs.score_units).all()
    assert (one.present == same.present).all()
    assert (one.present != other.present).any()


def test_pairs_are_by_startup_then_investor_and_both_ask() -> None:
    pairs = standard(150, 1).pairs

    places = list(zip(pairs.startup.tolist(), pairs.investor.tolist(), strict=True))
    assert places == sorted(set(places))
    assert (pairs.investor >= 75).all()
    for side, rank in ((pairs.startup, pairs.startup_rank), (pairs.investor, pairs.investor_rank)):
        wishes = np.bincount(side[rank > 0])
        assert wishes.max() <= 12
        assert wishes[wishes > 0].min() >= 3
    assert pairs.score_units.min() > 1_500_000
    assert pairs.score_units.max() <= 9_600_000


def test_all_locked_meetings_of_an_event_can_be_held() -> None:
    day = stress(150, 3)
    house, pairs = House(day), day.pairs

    is_held = [
        house.place(pair) is not None for pair in np.flatnonzero(pairs.is_locked & (pairs.locked_slot != ANY)).tolist()
    ]

    assert len(is_held) > 0
    assert all(is_held)


def test_the_investor_day_has_its_yardstick_shape() -> None:
    day = investor_day(1)
    wished = np.bincount(day.pairs.startup[day.pairs.investor_rank > 0], minlength=90)
    per_investor = np.bincount(day.pairs.investor[day.pairs.investor_rank > 0])[90:]

    assert np.sort(wished)[-9:].sum() / wished.sum() == pytest.approx(0.6, abs=0.02)
    assert per_investor.min() >= 12
    assert most_served(day) == 270


def test_a_disturbed_day_loses_people_a_table_and_an_interpreter_from_now_on() -> None:
    day = standard(150, 1)
    after = disturbed(day, greedy_by_score(day), 1)

    left = day.present & ~after.day.present
    assert left.any(axis=1).sum() <= 8
    assert not left[:, : after.now].any()
    assert (day.tables & ~after.day.tables).sum() == 16 - after.now
    assert (day.interpreters - after.day.interpreters).sum() == 16 - after.now
    assert after.day.pairs is day.pairs


def test_figures_are_counted_from_the_meetings() -> None:
    day = standard(150, 1)
    timetable = greedy_by_score(day)

    one = outcome(day, greedy_by_score, tells_levels=False)

    n_meetings = meetings_of_each(day, timetable.pair)
    assert one.broken == []
    assert one.n_meetings == len(timetable) == n_meetings.sum() / 2
    assert one.values == level_values(day, timetable.pair.tolist(), np.zeros(len(day.pairs), np.int64)) | {
        "score": one.values["score"]
    }
    assert one.fewest_share == one.values["fewest_3"] / may_meet(day).sum()


def test_gini_is_worked_by_hand() -> None:
    assert gini(np.array([3, 3, 3])) == 0
    assert gini(np.array([0, 0, 0, 4])) == 0.75
    assert gini(np.array([1, 2, 3])) == pytest.approx(2 / 9)
    assert gini(np.zeros(3, np.int64)) == 0
