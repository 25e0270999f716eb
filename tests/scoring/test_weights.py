"""Weights: what a user writes, and the shares of 100 points they become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import InputError, Origin
from dealport.scoring.criteria.fits import WHOLE_STEPS
from dealport.scoring.criteria.weights import (
    ALL_WEIGHTS,
    DEFAULT_WEIGHTS,
    TRACK_TOTAL,
    TRACK_WEIGHTS,
    Weights,
    read_weights,
)
from tests.scoring import slow_twin

ORIGIN = Origin("weights.toml", lines={"stage": 3})
numbers = st.floats(0, 1e6, allow_nan=False) | st.integers(0, 100).map(float)


@given(st.lists(numbers, min_size=len(ALL_WEIGHTS), max_size=len(ALL_WEIGHTS)).filter(any))
def test_shares_sum_to_exactly_one_hundred_points(weights: list[float]) -> None:
    by_criterion = dict(zip(ALL_WEIGHTS, weights, strict=True))

    shares = Weights(by_criterion).share_steps(ALL_WEIGHTS)

    assert sum(shares.values()) == WHOLE_STEPS
    assert shares == slow_twin.shares(by_criterion)


def test_the_largest_remainders_get_the_units_left_over_ties_in_order() -> None:
    weights = Weights({"sectors": 1.0, "stage": 1.0, "ticket": 1.0})

    shares = weights.share_steps(("sectors", "stage", "ticket"))

    assert shares == {"sectors": 333_334, "stage": 333_333, "ticket": 333_333}


def test_an_absent_criterion_spreads_its_weight_over_the_others() -> None:
    shares = Weights({"sectors": 40.0, "stage": 10.0, "ticket": 50.0}).share_steps(("sectors", "stage"))

    assert shares == {"sectors": 800_000, "stage": 200_000}


def test_a_weights_file_changes_what_it_names_and_leaves_the_rest() -> None:
    weights = read_weights({"weights": {"sectors": 80}}, ORIGIN)

    assert weights.by_criterion == {**ALL_WEIGHTS, "sectors": 80.0}


def test_a_misspelt_criterion_is_a_fault_with_a_hint() -> None:
    with pytest.raises(InputError) as caught:
        read_weights({"weights": {"sector": 40, "zzz": 1}}, ORIGIN)

    hints = [problem.cure for problem in caught.value.problems]
    assert hints == ["did you mean 'sectors'?", f"one of {', '.join(ALL_WEIGHTS)}"]


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), True, "40", None, [40]])
def test_a_weight_that_is_no_number_of_zero_or_more_is_a_fault(value: object) -> None:
    with pytest.raises(InputError) as caught:
        read_weights({"weights": {"stage": value}}, ORIGIN)

    assert [problem.place for problem in caught.value.problems] == ["weights.toml:3"]


@pytest.mark.parametrize(
    "tables",
    [
        {"weight": {"sectors": 40}},
        {"weights": 40},
        {"weights": dict.fromkeys(ALL_WEIGHTS, 0)},
    ],
)
def test_a_wrong_table_or_nothing_but_zeros_is_a_fault(tables: dict[str, object]) -> None:
    with pytest.raises(InputError):
        read_weights(tables, ORIGIN)


def test_the_track_record_weighs_twenty_beside_a_hundred_of_what_is_stated() -> None:
    assert sum(TRACK_WEIGHTS.values()) == pytest.approx(TRACK_TOTAL, abs=0.005)
    assert sum(DEFAULT_WEIGHTS.values()) == 100
