from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.backtest.intervals import N_RESAMPLES, Interval, difference_intervals, mean_intervals

shares = st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.array)


def test_the_same_values_give_the_same_interval_again() -> None:
    values = {"mrr": np.random.default_rng(1).random(50)}

    assert mean_intervals(values) == mean_intervals(values)


def test_values_that_are_all_alike_leave_no_doubt() -> None:
    intervals = mean_intervals({"hit@1": np.full(20, 0.25)})

    assert intervals == {"hit@1": Interval(0.25, 0.25, 0.25)}


@given(shares)
def test_the_mean_lies_between_the_extremes_and_the_ends_in_order(values: np.ndarray) -> None:
    interval = mean_intervals({"mrr": values})["mrr"]

    assert interval.mean == pytest.approx(values.mean())
    assert values.min() - 1e-9 <= interval.low <= interval.high <= values.max() + 1e-9


def test_the_interval_of_a_share_is_about_that_of_the_normal_law() -> None:
    # 400 queries, half of them hit: .5 +- 1.96 x sqrt(.5 x .5 / 400) = .5 +- .049
    values = np.repeat([0.0, 1.0], 200)

    interval = mean_intervals({"hit@10": values})["hit@10"]

    assert interval.low == pytest.approx(0.451, abs=0.006)
    assert interval.high == pytest.approx(0.549, abs=0.006)


def test_columns_are_drawn_alike_whether_together_or_alone() -> None:
    random = np.random.default_rng(2)
    columns = {"hit@1": random.random(30), "mrr": random.random(30)}

    together = mean_intervals(columns)

    for name, values in columns.items():
        alone = mean_intervals({name: values})[name]
        assert (alone.low, alone.high) == pytest.approx((together[name].low, together[name].high), abs=1e-12)


def test_a_difference_is_paired() -> None:
    # Ours is better by exactly .1 on every query: whichever are drawn, the difference is .1.
    theirs = {"mrr": np.linspace(0, 0.9, 25)}
    ours = {"mrr": theirs["mrr"] + 0.1}

    difference = difference_intervals(ours, theirs)["mrr"]

    assert (difference.mean, difference.low, difference.high) == pytest.approx((0.1, 0.1, 0.1))


def test_the_percentiles_are_those_of_a_thousand_plain_draws() -> None:
    # The plain twin: the same seed, draws of the same size, one mean after another.
    from dealport.backtest.intervals import RESAMPLES_PER_BLOCK, SEED

    values = np.random.default_rng(4).random(17)
    random, means = np.random.default_rng(SEED), []
    for _ in range(N_RESAMPLES // RESAMPLES_PER_BLOCK):
        means += [values[drawn].mean() for drawn in random.integers(17, size=(RESAMPLES_PER_BLOCK, 17))]

    interval = mean_intervals({"mrr": values})["mrr"]

    assert len(means) == N_RESAMPLES
    assert (interval.low, interval.high) == pytest.approx(tuple(np.percentile(means, (2.5, 97.5))))
