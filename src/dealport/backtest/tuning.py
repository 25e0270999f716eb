"""Weights fitted on past choices: a conditional logit, non-negative, held near weights known before.

An investor that came is the choice among those that might have: its chance is exp(w . x) over the sum of all (McFadden
1974). Weights are at least 0, since every criterion speaks for a pair. The weights known before count as some choices
more: a small file moves them little, a large one overrules them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.backtest.choices import Choices
from dealport.model import RequestError

Floats = NDArray[np.float64]

# Half of it times the squared distances from the weights known before (without any, from 0) is taken off. With some
# thousand choices it moves weights by a few percent; a criterion that tells no candidates apart stays where it was.
RIDGE = 1.0
# Below this the others of a choice are too like one another for it to say anything.
FEWEST_CHOICES = 30
# The largest weight in the units of the logit when known weights are scaled to the choices, and how often the range is
# halved: to the last digit.
LARGEST_SCALED, SCALE_STEPS = 64.0, 60


class Fitted(Struct, frozen=True):
    """One criterion.

    Attributes:
        weight: In the units of the logit. error: Its standard error; NaN where the weight is held at 0.
        means: The mean of each half over the pairs where it is known; NaN where it never is.
        gain: How much likelier, in nats a choice, the choices are with it than without, all else as it is.
    """

    criterion: str
    weight: float
    error: float
    means: tuple[float, ...]
    gain: float


class Tuning(Struct, frozen=True):
    """Weights and how sure they are.

    Attributes:
        n_choices: What they rest on; `n_prior`: as how many more the weights known before count.
        likelihood: Mean log of the chance given to the choices made, in nats; `even`: with all weights 0.
    """

    fitted: tuple[Fitted, ...]
    n_choices: int
    n_prior: int
    likelihood: float
    even: float

    def points(self, total: float) -> Mapping[str, float]:
        """The weights scaled to a sum, rounded to thousandths."""
        every = sum(one.weight for one in self.fitted)
        return {one.criterion: round(total * one.weight / every, 3) if every else 0.0 for one in self.fitted}


def require_scipy() -> None:
    """Raise RequestError where the extra is not installed: before the long work."""
    if find_spec("scipy") is None:
        raise RequestError("tune needs scipy: install it with pip install '.[tune]'")


class _Prior(Struct, frozen=True):
    """What is taken off: half of (w - centre) . strength . (w - centre).

    Attributes:
        centre: (c,) in the units of the logit. strength: (c, c).
    """

    centre: Floats
    strength: Floats

    @classmethod
    def of(cls, known: Mapping[str, float], n_known: int, choices: Choices) -> _Prior:
        """Weights in points, worth so many choices like those at hand: that many times what one tells (Fisher 1922)."""
        ridge = RIDGE * np.eye(len(choices.criteria))
        if not n_known:
            return cls(np.zeros(len(ridge)), ridge)
        points = np.array([known[name] for name in choices.criteria])
        centre = _scale(points, choices) * points
        return cls(centre, ridge + n_known / len(choices.chosen) * _curvature(centre, choices))

    def penalty(self, weights: Floats) -> tuple[float, Floats]:
        """What is taken off, and its slope by each weight."""
        slope: Floats = self.strength @ (weights - self.centre)
        return float(0.5 * (weights - self.centre) @ slope), slope


def fit_weights(choices: Choices, known: Mapping[str, float] = {}, *, n_known: int = 0) -> Tuning:
    """The weights under which the choices made are likeliest, where those known before count as `n_known` choices more.

    `known`: in points, only their ratios count; their size in the units of the logit is that which suits the choices.

    Raises:
        RequestError: There are too few choices.
    """
    if len(choices.chosen) < FEWEST_CHOICES:
        raise RequestError(
            f"only {len(choices.chosen)} new pairs abroad to learn from; {FEWEST_CHOICES} are the least "
            "(a later --since or more deals may help)"
        )
    prior = _Prior.of(known, n_known, choices)
    weights = _minimise(choices, prior)
    loss, _ = _loss(weights, choices)
    n = len(choices.chosen)
    errors = _errors(weights, choices, prior)
    gains = [(_loss(np.where(np.arange(len(weights)) == c, 0, weights), choices)[0] - loss) / n
             for c in range(len(weights))]  # fmt: skip
    even, _ = _loss(np.zeros(len(weights)), choices)
    fitted = tuple(
        Fitted(name, float(weight), float(error), means, float(gain))
        for name, weight, error, means, gain in zip(
            choices.criteria, weights, errors, choices.means, gains, strict=True
        )
    )
    return Tuning(fitted, n, n_known, -loss / n, -even / n)


def _minimise(choices: Choices, prior: _Prior) -> Floats:
    from scipy.optimize import minimize

    def taken(weights: Floats) -> tuple[float, Floats]:
        (loss, slope), (penalty, pull) = _loss(weights, choices), prior.penalty(weights)
        return loss + penalty, slope + pull

    found = minimize(
        taken,
        np.where(prior.centre.any(), prior.centre, 1.0),
        jac=True,
        bounds=[(0, None)] * len(prior.centre),
        method="L-BFGS-B",
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-8},
    )
    weights: Floats = found.x
    return weights


def _scale(points: Floats, choices: Choices) -> float:
    """The factor of these weights under which the choices are likeliest: where the slope turns, by halving."""
    low, high = 0.0, LARGEST_SCALED / max(float(points.max(initial=0.0)), 1e-9)
    for _ in range(SCALE_STEPS):
        middle = (low + high) / 2
        falls = float(_loss(middle * points, choices)[1] @ points) < 0
        low, high = (middle, high) if falls else (low, middle)
    return low


def _chances(weights: Floats, choices: Choices) -> tuple[Floats, Floats, Floats]:
    """(n,) log of the chance of the choice, (n,) its chance and (n, o) that of each other."""
    w = weights.astype(np.float32)
    own = (choices.chosen @ w).astype(np.float64)
    rest = np.where(choices.filled, choices.others @ w, -np.inf).astype(np.float64)
    top = np.maximum(own, rest.max(axis=1, initial=-np.inf))
    mine, theirs = np.exp(own - top), np.exp(rest - top[:, None])
    total = mine + theirs.sum(axis=1)
    return own - top - np.log(total), mine / total, theirs / total[:, None]


def _loss(weights: Floats, choices: Choices) -> tuple[float, Floats]:
    """Minus the log likelihood, and its slope by each weight."""
    logs, mine, theirs = _chances(weights, choices)
    expected = choices.chosen * mine[:, None] + np.einsum("no,noc->nc", theirs.astype(np.float32), choices.others)
    slope: Floats = (expected - choices.chosen).sum(axis=0, dtype=np.float64)
    return float(-logs.sum()), slope


def _curvature(weights: Floats, choices: Choices) -> Floats:
    """(c, c) of minus the log likelihood: what the choices tell of the weights (Fisher's information)."""
    _, mine, theirs = _chances(weights, choices)
    theirs = theirs.astype(np.float32)
    mean = choices.chosen * mine[:, None] + np.einsum("no,noc->nc", theirs, choices.others)
    squares = np.einsum("n,nc,nd->cd", mine, choices.chosen, choices.chosen)
    for start in range(0, len(theirs), 256):
        part = slice(start, start + 256)
        scaled = choices.others[part] * theirs[part, :, None]
        squares += np.einsum("noc,nod->cd", scaled, choices.others[part], optimize=True)
    curvature: Floats = squares - mean.T @ mean
    return curvature


def _errors(weights: Floats, choices: Choices, prior: _Prior) -> Floats:
    """Standard errors from the curvature at the optimum, over the weights that are not held at 0."""
    curvature = _curvature(weights, choices) + prior.strength
    free = weights > 0
    errors = np.full(len(weights), np.nan)
    errors[free] = np.sqrt(np.diag(np.linalg.inv(curvature[np.ix_(free, free)])))
    return errors
