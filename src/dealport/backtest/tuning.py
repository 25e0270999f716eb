"""Weights fitted on past choices: a conditional logit, non-negative and regularised.

An investor that came is the choice among those that might have: its chance is exp(w . x) over the sum of all (McFadden
1974). Weights are at least 0, since every criterion speaks for a pair; the squares of the weights are held down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from dealport.backtest.choices import Choices
from dealport.model import RequestError

Floats = NDArray[np.float64]

# Half of it times the squares of the weights is taken off: with some thousand choices it moves them by a few percent.
RIDGE = 1.0
# Below this the others of a choice are too like one another for it to say anything.
FEWEST_CHOICES = 30


@dataclass(frozen=True, slots=True)
class Fitted:
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


@dataclass(frozen=True, slots=True)
class Tuning:
    """Weights and how sure they are.

    Attributes:
        n_choices: What they rest on.
        likelihood: Mean log of the chance given to the choices made, in nats; `even`: with all weights 0.
    """

    fitted: tuple[Fitted, ...]
    n_choices: int
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


def fit_weights(choices: Choices) -> Tuning:
    """The weights under which the choices made are likeliest.

    Raises:
        RequestError: There are too few choices.
    """
    if len(choices.chosen) < FEWEST_CHOICES:
        raise RequestError(
            f"only {len(choices.chosen)} new pairs abroad to learn from; {FEWEST_CHOICES} are the least "
            "(a later --since or more deals may help)"
        )
    start = np.ones(len(choices.criteria))
    weights = _minimise(choices, start)
    loss, _ = _loss(weights, choices, ridge=0.0)
    n = len(choices.chosen)
    errors = _errors(weights, choices)
    gains = [(_loss(np.where(np.arange(len(weights)) == c, 0, weights), choices, ridge=0.0)[0] - loss) / n
             for c in range(len(weights))]  # fmt: skip
    even, _ = _loss(np.zeros(len(weights)), choices, ridge=0.0)
    fitted = tuple(
        Fitted(name, float(weight), float(error), means, float(gain))
        for name, weight, error, means, gain in zip(
            choices.criteria, weights, errors, choices.means, gains, strict=True
        )
    )
    return Tuning(fitted, n, -loss / n, -even / n)


def _minimise(choices: Choices, start: Floats) -> Floats:
    from scipy.optimize import minimize

    found = minimize(
        lambda weights: _loss(weights, choices, ridge=RIDGE),
        start,
        jac=True,
        bounds=[(0, None)] * len(start),
        method="L-BFGS-B",
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-8},
    )
    weights: Floats = found.x
    return weights


def _chances(weights: Floats, choices: Choices) -> tuple[Floats, Floats, Floats]:
    """(n,) log of the chance of the choice, (n,) its chance and (n, o) that of each other."""
    w = weights.astype(np.float32)
    own = (choices.chosen @ w).astype(np.float64)
    rest = np.where(choices.filled, choices.others @ w, -np.inf).astype(np.float64)
    top = np.maximum(own, rest.max(axis=1, initial=-np.inf))
    mine, theirs = np.exp(own - top), np.exp(rest - top[:, None])
    total = mine + theirs.sum(axis=1)
    return own - top - np.log(total), mine / total, theirs / total[:, None]


def _loss(weights: Floats, choices: Choices, *, ridge: float) -> tuple[float, Floats]:
    """Minus the log likelihood with the ridge, and its slope by each weight."""
    logs, mine, theirs = _chances(weights, choices)
    expected = choices.chosen * mine[:, None] + np.einsum("no,noc->nc", theirs.astype(np.float32), choices.others)
    slope = (expected - choices.chosen).sum(axis=0, dtype=np.float64) + ridge * weights
    return float(-logs.sum() + 0.5 * ridge * weights @ weights), slope


def _errors(weights: Floats, choices: Choices) -> Floats:
    """Standard errors from the curvature at the optimum, over the weights that are not held at 0."""
    _, mine, theirs = _chances(weights, choices)
    theirs = theirs.astype(np.float32)
    mean = choices.chosen * mine[:, None] + np.einsum("no,noc->nc", theirs, choices.others)
    squares = np.einsum("n,nc,nd->cd", mine, choices.chosen, choices.chosen)
    for start in range(0, len(theirs), 256):
        part = slice(start, start + 256)
        scaled = choices.others[part] * theirs[part, :, None]
        squares += np.einsum("noc,nod->cd", scaled, choices.others[part], optimize=True)
    curvature = squares - mean.T @ mean + RIDGE * np.eye(len(weights))
    free = weights > 0
    errors = np.full(len(weights), np.nan)
    errors[free] = np.sqrt(np.diag(np.linalg.inv(curvature[np.ix_(free, free)])))
    return errors
