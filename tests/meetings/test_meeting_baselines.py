"""What the planner is compared with: legal timetables, a stable choice, and the most investors that can be served."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

from dealport.meetings.day.days import Day
from tests.bench.events import most_served
from tests.bench.meeting_baselines import BASELINES, stable_pairs
from tests.meetings.checking import broken
from tests.meetings.random_days import days, seeded_day


@given(days())
@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_breaks_no_rule(name: str, day: Day) -> None:
    timetable = BASELINES[name](day)

    assert broken(day, timetable) == []


@given(days())
def test_no_two_would_rather_have_each_other_than_what_a_stable_choice_gives(day: Day) -> None:
    pairs, chosen = day.pairs, set(stable_pairs(day).tolist())
    room = np.minimum(day.most, day.present.sum(axis=1))

    def likes(pair: int, rank: int) -> tuple[int, int, int]:
        return (1, -rank, 0) if rank else (0, int(pairs.score_units[pair]), -pair)

    def wants(pair: int, side: str) -> bool:
        """Whether this side of a pair that was not chosen has room for it, or likes it more than one that was."""
        people, ranks = getattr(pairs, side), getattr(pairs, f"{side}_rank")
        mine = [one for one in chosen if people[one] == people[pair]]
        if len(mine) < room[people[pair]]:
            return True
        return any(likes(pair, int(ranks[pair])) > likes(one, int(ranks[one])) for one in mine)

    assert not [pair for pair in set(range(len(pairs))) - chosen if wants(pair, "startup") and wants(pair, "investor")]
    for side in (pairs.startup, pairs.investor):
        assert (np.bincount(side[sorted(chosen)], minlength=len(room)) <= room).all()


def test_the_most_investors_served_is_a_greatest_flow() -> None:
    for seed in range(200):
        day = seeded_day(seed, most_a_side=12)
        pairs, room, n = day.pairs, np.minimum(day.most, day.present.sum(axis=1)), len(day.most)
        capacity = np.zeros((n + 2, n + 2), np.int32)  # then the source and the sink
        capacity[n, day.n_startups : n] = room[day.n_startups :] > 0
        capacity[: day.n_startups, n + 1] = room[: day.n_startups]
        asked = pairs.investor_rank > 0
        capacity[pairs.investor[asked], pairs.startup[asked]] = 1

        assert most_served(day) == maximum_flow(csr_matrix(capacity), n, n + 1).flow_value, seed
