"""Past choices to learn from: for each new pair abroad the investor that came, among others that might have.

Axes: n choices, o others, c criteria.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.backtest.playing import ReadyPeriod
from dealport.backtest.questions import Period, ask
from dealport.model import Deal
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.words.sectors.graph import SectorGraph

# Drawn for each startup; ten times as many change the weights by less than their standard error.
OTHERS = 500
SEED = 2012


class Choices(Struct, frozen=True):
    """Values of the criteria, 0-1, neutral where a side is silent.

    Attributes:
        chosen: (n, c) of the investor that came.
        others: (n, o, c) of those that might have; `filled` (n, o) is False for what only fills a row.
        means: Of each half of each criterion over the pairs where it is known; NaN where it never is.
    """

    criteria: tuple[str, ...]
    chosen: NDArray[np.float32]
    others: NDArray[np.float32]
    filled: NDArray[np.bool_]
    means: tuple[tuple[float, ...], ...]


def find_choices(
    deals: Sequence[Deal], every: Iterable[Period], graph: SectorGraph, criteria: Sequence[str]
) -> Choices:
    """The choices made in some periods, each with the knowledge of its day; `deals` are usable, in order."""
    generator = np.random.default_rng(SEED)
    chosen: list[NDArray[np.float32]] = []
    others: list[NDArray[np.float32]] = []
    sums, counts = (np.zeros(sum(len(CRITERIA[name].expected) for name in criteria)) for _ in range(2))
    for period in every:
        asked = ask(deals, period)
        stage = ReadyPeriod.of(asked, graph, Weights(ALL_WEIGHTS))
        place = {key: column for column, key in enumerate(stage.investors)}
        for row, candidates in _candidates(stage):
            answers = np.array([place[key] for key, _ in asked.questions[row].answers], dtype=np.int32)
            drawn = _draw(candidates, answers, generator)
            told, known = halves_of(stage, row, np.concatenate([answers, drawn]), criteria)
            sums += np.where(known, told, 0)[len(answers) :].sum(axis=0)
            counts += known[len(answers) :].sum(axis=0)
            values = _values(told, known, criteria)
            chosen += list(values[: len(answers)])
            others += [values[len(answers) :]] * len(answers)
    padded, filled = _padded(others, len(criteria))
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0).tolist()
    of_criteria = tuple(tuple(means[place] for place in places) for places in _places(criteria))
    return Choices(
        tuple(criteria), np.array(chosen, dtype=np.float32).reshape(-1, len(criteria)), padded, filled, of_criteria
    )


def halves_of(
    stage: ReadyPeriod, row: int, columns: Ints, criteria: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(columns, h) the halves of the criteria of one question's pairs with some investors, and which are known."""
    startups = stage.engine.startups.take(np.array([row], dtype=np.int32))
    investors = stage.engine.investors.take(columns)
    pairs = Grid(startups, investors)
    fits = [fit for name in criteria for fit in CRITERIA[name].formula(pairs)]
    shape = 1, len(columns)
    told = [np.broadcast_to(fit.gain.astype(np.float64) / fit.whole, shape)[0] for fit in fits]
    known = [np.broadcast_to(fit.known, shape)[0] for fit in fits]
    return np.stack(told, axis=1), np.stack(known, axis=1)


def _values(told: NDArray[np.float64], known: NDArray[np.bool_], criteria: Sequence[str]) -> NDArray[np.float32]:
    """(columns, c) the mean of each criterion's halves, neutral where unknown."""
    neutral = np.array([part for name in criteria for part in CRITERIA[name].expected]) / 1000
    filled = np.where(known, told, neutral)
    return np.stack([filled[:, places].mean(axis=1) for places in _places(criteria)], axis=1).astype(np.float32)


def _places(criteria: Sequence[str]) -> list[list[int]]:
    """Where the halves of each criterion stand."""
    ends = list(accumulate((len(CRITERIA[name].expected) for name in criteria), initial=0))
    return [list(range(start, end)) for start, end in pairwise(ends)]


def _padded(others: Sequence[NDArray[np.float32]], n_criteria: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(n, o, c) and (n, o): rows of one length, and which of their places are filled."""
    padded = np.zeros((len(others), OTHERS, n_criteria), dtype=np.float32)
    filled = np.zeros(padded.shape[:2], dtype=bool)
    for row, one in enumerate(others):
        padded[row, : len(one)] = one
        filled[row, : len(one)] = True
    return padded, filled


def _candidates(stage: ReadyPeriod) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Each question's row with (i,) its candidates, as a backtest has them."""
    for rows, block in stage.blocks():
        yield from zip(rows.tolist(), block.first_gate == 0, strict=True)


def _draw(candidates: NDArray[np.bool_], answers: Ints, generator: np.random.Generator) -> Ints:
    """Candidates that did not come, drawn evenly, each at most once."""
    free = np.setdiff1d(np.flatnonzero(candidates), answers).astype(np.int32)
    return np.sort(generator.choice(free, size=min(OTHERS, len(free)), replace=False))
