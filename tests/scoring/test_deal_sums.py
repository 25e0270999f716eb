"""The sums over deals by hand: a lift, deals together, a log scale, entries."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.scoring.columns.deal_sums import entries_of, lifts, log_gain, partners, sorted_quantiles, thousandths


def ints(*values: int) -> np.typing.NDArray[np.int32]:
    return np.array(values, dtype=np.int32)


def test_a_lift_is_the_smoothed_share_against_the_markets() -> None:
    # Two investors, two classes: the first has 2 rounds of class 0, the second 1 of each. The market: 3/4 and 1/4.
    gains = lifts(ints(0, 0, 1, 1), ints(0, 0, 0, 1), np.ones(4), (2, 2))

    share = (2 + 3 * 0.75) / (2 + 3)
    assert gains[0, 0] == round(1000 * (math.log2(share / 0.75) + 3) / 6)


def test_without_a_round_a_lift_is_one() -> None:
    assert lifts(ints(0), ints(0), np.ones(1), (2, 3))[1].tolist() == [500, 500, 500]


def test_deals_together_are_measured_against_the_deals_of_each() -> None:
    # Startups 0 and 1 were entered by investors 0 and 1, startup 2 by investor 0 alone: 2 / sqrt(3 x 2), four times it.
    together = partners(ints(0, 0, 1, 1, 2), ints(0, 1, 0, 1, 0), np.ones(5), np.array([3.0, 2.0]), full_share=4.0)

    assert together.dense(ints(0, 1), ints(0, 1)).tolist() == [
        [0, round(4000 * 2 / math.sqrt(6))],
        [round(4000 * 2 / math.sqrt(6)), 0],
    ]


def test_what_stands_at_a_place_is_what_a_full_table_holds_there() -> None:
    together = partners(ints(0, 0, 1, 1, 2), ints(0, 1, 0, 1, 0), np.ones(5), np.array([3.0, 2.0]), full_share=4.0)
    rows, columns = ints(0, 1, 1, -1, 0), ints(1, 0, 1, 1, -1)

    table = together.dense(ints(0, 1), ints(0, 1))

    assert together.at(rows, columns).tolist() == [table[0, 1], table[1, 0], table[1, 1], 0, 0]


@pytest.mark.parametrize(("n", "are_together"), [(300, True), (301, False)])
def test_more_than_three_hundred_investors_of_one_startup_are_a_crowd(n: int, are_together: bool) -> None:
    everybody = np.arange(n, dtype=np.int32)

    together = partners(np.zeros(n, dtype=np.int32), everybody, np.ones(n), np.ones(n), full_share=4.0)

    assert (together.at(ints(0, n - 1), ints(n - 1, 0)) > 0).tolist() == [are_together] * 2


def test_only_the_first_deal_of_a_pair_is_an_entry() -> None:
    assert entries_of(ints(5, 5, 5, 6), ints(1, 1, 2, 1)).tolist() == [0, 2, 3]


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 50))
def test_the_log_scale_grows_to_one_and_stays(amounts: list[float], full: int) -> None:
    gains = log_gain(np.array(sorted(amounts)), full)

    assert ((gains >= 0) & (gains <= 1)).all()
    assert (np.diff(gains) >= 0).all()
    assert log_gain(np.array([float(full)]), full)[0] == 1


@given(st.lists(st.floats(-5, 5), min_size=1))
def test_thousandths_are_whole_and_bounded(gains: list[float]) -> None:
    found = thousandths(np.array(gains))

    assert found.dtype == np.int32
    assert found.min() >= 0
    assert found.max() <= 1000


@given(
    st.lists(st.lists(st.floats(0, 12), min_size=1, max_size=9).map(sorted), min_size=1, max_size=5), st.floats(0, 1)
)
def test_a_quantile_of_each_run_is_numpys(runs: list[list[float]], share: float) -> None:
    starts = np.cumsum([0, *map(len, runs)])[:-1]

    found = sorted_quantiles(np.concatenate(runs), starts, share)

    assert found.tolist() == [float(np.quantile(run, share)) for run in runs]
