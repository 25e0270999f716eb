"""Weights are fitted where choices show them, never negative, and sure where there is much to learn from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dealport.backtest.choices import Choices
from dealport.backtest.tuning import FEWEST_CHOICES, _loss, fit_weights
from dealport.model import RequestError


def made_choices(weights: list[float], *, n: int = 800, seed: int = 3) -> Choices:
    """Choices made by a conditional logit with these weights, of one among 21."""
    generator = np.random.default_rng(seed)
    values = generator.random((n, 21, len(weights)))
    chances = np.exp(values @ np.array(weights))
    picked = [generator.choice(21, p=row / row.sum()) for row in chances]
    chosen = values[np.arange(n), picked].astype(np.float32)
    others = np.array([np.delete(row, one, axis=0) for row, one in zip(values, picked, strict=True)], dtype=np.float32)
    names = tuple(f"c{place}" for place in range(len(weights)))
    return Choices(names, chosen, others, np.ones(others.shape[:2], dtype=bool), ((0.5,),) * len(weights))


def test_the_weights_that_made_the_choices_are_found_within_their_errors() -> None:
    tuning = fit_weights(made_choices([4.0, 2.0, 0.0]))

    for one, true in zip(tuning.fitted, (4.0, 2.0, 0.0), strict=True):
        error = one.error if not math.isnan(one.error) else 0.2
        assert abs(one.weight - true) < 4 * error
    assert tuning.likelihood > tuning.even == pytest.approx(-math.log(21), abs=1e-6)


def test_a_criterion_that_speaks_against_is_held_at_zero() -> None:
    tuning = fit_weights(made_choices([3.0, -3.0]))

    assert tuning.fitted[1].weight == 0
    assert math.isnan(tuning.fitted[1].error)


def test_the_slope_is_that_of_the_loss() -> None:
    choices, weights = made_choices([1.0, 2.0], n=60), np.array([0.7, 1.3])

    _, slope = _loss(weights, choices)

    for place in range(2):
        step = np.zeros(2)
        step[place] = 1e-2
        above, below = (_loss(weights + sign * step, choices)[0] for sign in (1, -1))
        assert slope[place] == pytest.approx((above - below) / 2e-2, rel=1e-2, abs=1e-2)


def test_points_share_out_a_total_in_the_proportions_of_the_weights() -> None:
    tuning = fit_weights(made_choices([3.0, 1.0]))

    points = tuning.points(20)

    assert sum(points.values()) == pytest.approx(20, abs=0.01)
    assert points["c0"] / points["c1"] == pytest.approx(tuning.fitted[0].weight / tuning.fitted[1].weight, rel=1e-2)


def test_what_fills_a_row_counts_for_nothing() -> None:
    choices = made_choices([2.0, 1.0], n=100)
    padded = np.concatenate([choices.others, np.full((100, 5, 2), 9.0, dtype=np.float32)], axis=1)
    filled = np.concatenate([choices.filled, np.zeros((100, 5), dtype=bool)], axis=1)

    plain, longer = (
        fit_weights(one) for one in (choices, Choices(choices.criteria, choices.chosen, padded, filled, choices.means))
    )

    assert [one.weight for one in longer.fitted] == pytest.approx([one.weight for one in plain.fitted], rel=1e-4)


def test_too_few_choices_teach_nothing() -> None:
    with pytest.raises(RequestError, match=f"only {FEWEST_CHOICES - 1}"):
        fit_weights(made_choices([1.0], n=FEWEST_CHOICES - 1))


def test_few_choices_hardly_move_the_weights_known_before() -> None:
    misleading = made_choices([0.0, 4.0], n=57)

    free = fit_weights(misleading).points(20)
    held = fit_weights(misleading, {"c0": 3.0, "c1": 1.0}, n_known=1000).points(20)

    assert free["c0"] < free["c1"]
    assert held["c0"] > held["c1"]


def test_many_choices_overrule_the_weights_known_before() -> None:
    tuning = fit_weights(made_choices([1.0, 4.0], n=3000), {"c0": 3.0, "c1": 1.0}, n_known=100)

    assert tuning.points(20)["c0"] < tuning.points(20)["c1"]
    assert (tuning.n_choices, tuning.n_prior) == (3000, 100)


def test_known_weights_count_by_their_ratios_alone() -> None:
    choices = made_choices([2.0, 3.0], n=200)

    one, ten = (fit_weights(choices, {"c0": size, "c1": 2 * size}, n_known=500).points(20) for size in (1.0, 10.0))

    assert one == pytest.approx(ten, abs=0.01)


def test_known_weights_that_are_right_are_kept() -> None:
    known = {"c0": 8.0, "c1": 12.0}

    tuned = fit_weights(made_choices([2.0, 3.0]), known, n_known=1000).points(20)

    assert tuned == pytest.approx(known, rel=0.05)


def test_a_criterion_that_tells_no_investors_apart_keeps_its_weight() -> None:
    choices = made_choices([2.0, 3.0], n=300)
    alike = (np.concatenate([one, np.full((*one.shape[:-1], 1), 0.7, dtype=np.float32)], axis=-1)
             for one in (choices.chosen, choices.others))  # fmt: skip
    chosen, others = alike
    with_third = Choices(("c0", "c1", "c2"), chosen, others, choices.filled, ((0.5,),) * 3)
    known = {"c0": 2.0, "c1": 3.0, "c2": 5.0}

    tuned = fit_weights(with_third, known, n_known=100).points(10)

    assert tuned["c2"] == pytest.approx(5.0, rel=0.05)
    assert tuned["c0"] == pytest.approx(2.0, rel=0.15)
