"""Fits the weights of what both sides state on judged pairs: python tests/fit_weights.py MARKET GRADES.

MARKET is a folder as `dealport match` reads it, GRADES a CSV with startup_id, investor_id, grade_a and grade_b: what
two assessors gave each pair, 0-3; a pair that is not listed has 0 by both. Printed are nDCG@10 (gain 2^grade - 1 of the
mean grade), precision@5 (mean grade of 1.5 or more) and the share of the first five that both graded 0,

- for the shipped weights and for those fitted on all pairs,
- and for weights fitted on four fifths of the startups and measured on the others; likewise of the investors, where the
  ranking is among the investors of each fifth.

Fitted is one number a criterion, in steps of 2, by going to the best step of any one as long as one gains.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import STATED_CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, DEFAULT_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.stories.ranking_story import load_market

Array = NDArray[Any]
WeightOf = Mapping[str, float]

FOLDS, SEED = 5, 0
STEP, LEAST, MOST = 2.0, 2.0, 60.0
LEAST_GAIN = 0.002  # of nDCG: a tenth of what the folds differ by; with less, weights follow single pairs
FIRST, FIRST_FEW, GOOD = 10, 5, 1.5
DISCOUNTS = 1 / np.log2(np.arange(FIRST) + 2)


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs with what each criterion gives them and what the assessors did.

    Attributes:
        values: Criterion to (s, i) its value between 0 and 1, what is expected where it is unknown.
        is_open: (s, i) whether every gate is. is_last_resort: (s, i) whether it stands behind all others.
        grades: (s, i) the mean of both assessors.
    """

    values: Mapping[str, Array]
    is_open: Array
    is_last_resort: Array
    grades: Array

    def part(self, *, rows: Array | slice = slice(None), columns: Array | slice = slice(None)) -> Judged:
        """Some startups, or some investors."""
        values = {name: value[rows][:, columns] for name, value in self.values.items()}
        others = (self.is_open, self.is_last_resort, self.grades)
        return Judged(values, *(table[rows][:, columns] for table in others))


@dataclass(frozen=True, slots=True)
class Figures:
    """(s,) nDCG@10, precision@5 and the share that is silly in the first five; NaN of startups nobody fits."""

    ndcg: Array
    precision: Array
    silly: Array

    def __str__(self) -> str:
        means = [float(np.nanmean(column)) for column in (self.ndcg, self.precision, self.silly)]
        return "nDCG@10 {:.3f}  precision@5 {:.3f}  silly@5 {:.3f}".format(*means)


def judged_pairs(market: Market, grades: Mapping[tuple[str, str], float]) -> Judged:
    """Every pair of a market."""
    engine = Engine.of(market, Weights(ALL_WEIGHTS))
    block = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors)))
    values = {}
    for name, criterion in STATED_CRITERIA.items():
        fits = criterion.formula(Grid(engine.startups, engine.investors))
        halves = [
            np.where(fit.known, fit.gain / fit.whole, expected / 1000)
            for fit, expected in zip(fits, criterion.expected, strict=True)
        ]
        values[name] = np.mean(halves, axis=0)
    given = [[grades.get((mine.id, theirs.id), 0.0) for theirs in market.investors] for mine in market.startups]
    return Judged(values, block.first_gate == 0, block.standing < 0, np.array(given))


def read_grades(path: Path) -> dict[tuple[str, str], float]:
    """Startup and investor to the mean of both grades."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["startup_id"], row["investor_id"]): (float(row["grade_a"]) + float(row["grade_b"])) / 2
            for row in csv.DictReader(file)
        }


def measure(judged: Judged, weights: WeightOf) -> Figures:
    """How well the ranking by these weights agrees with the grades; ties by id, as in rankings."""
    total = sum(weights.values())
    score = np.sum([weight / total * judged.values[name] for name, weight in weights.items()], axis=0)
    standing = np.where(judged.is_open, score.round(7) - 2 * judged.is_last_resort, -9.0)
    order = np.argsort(-standing, axis=1, kind="stable")[:, :FIRST]
    is_there = np.take_along_axis(judged.is_open, order, axis=1)
    found = np.take_along_axis(judged.grades, order, axis=1)
    few, n_few = is_there[:, :FIRST_FEW], np.maximum(1, is_there[:, :FIRST_FEW].sum(axis=1))
    best = _discounted(-np.sort(-judged.grades, axis=1)[:, :FIRST])
    with np.errstate(invalid="ignore"):
        ndcg = _discounted(found * is_there) / best
    return Figures(
        ndcg,
        (few & (found[:, :FIRST_FEW] >= GOOD)).sum(axis=1) / FIRST_FEW,
        (few & (found[:, :FIRST_FEW] == 0)).sum(axis=1) / n_few,
    )


def _discounted(grades: Array) -> Array:
    gains: Array = (2**grades - 1) @ DISCOUNTS[: grades.shape[1]]
    return gains


def fit(parts: list[Judged], start: WeightOf) -> dict[str, float]:
    """The weights with which the mean nDCG of the parts is highest, from `start` by single steps."""

    def reached(weights: WeightOf) -> float:
        return float(np.nanmean(np.concatenate([measure(part, weights).ndcg for part in parts])))

    weights, best = dict(start), reached(start)
    while True:
        near = [(reached(one), one) for one in _neighbours(weights)]
        top, found = max(near, key=lambda pair: pair[0])
        if top < best + LEAST_GAIN:
            return weights
        weights, best = found, top


def _neighbours(weights: dict[str, float]) -> Iterator[dict[str, float]]:
    """One criterion a step or a few higher or lower."""
    for name, weight in weights.items():
        for step in (STEP, -STEP, 2 * STEP, -2 * STEP, 4 * STEP, -4 * STEP):
            if LEAST <= weight + step <= MOST:
                yield {**weights, name: weight + step}


def folds(n: int) -> list[Array]:
    """Places 0 to n - 1 in five parts, by chance, always the same."""
    parts = np.random.default_rng(SEED).permutation(n) % FOLDS
    return [np.flatnonzero(parts == fold) for fold in range(FOLDS)]


def joined(figures: list[Figures]) -> Figures:
    """Of several parts, one behind the other."""
    columns = zip(*((one.ndcg, one.precision, one.silly) for one in figures), strict=True)
    return Figures(*(np.concatenate(column) for column in columns))


def by_startup(judged: Judged, start: WeightOf) -> Iterator[tuple[dict[str, float], Figures]]:
    """For each fifth of the startups what the others give, and how well it does on it."""
    n = len(judged.grades)
    for fold in folds(n):
        weights = fit([judged.part(rows=np.setdiff1d(np.arange(n), fold))], start)
        yield weights, measure(judged.part(rows=fold), weights)


def by_investor(judged: Judged, start: WeightOf) -> Iterator[tuple[dict[str, float], Figures]]:
    """Likewise of the investors; fitted, as measured, on rankings among the investors of one fifth."""
    fifths = [judged.part(columns=fold) for fold in folds(judged.grades.shape[1])]
    for place, held_out in enumerate(fifths):
        weights = fit(fifths[:place] + fifths[place + 1 :], start)
        yield weights, measure(held_out, weights)


def report(judged: Judged, start: WeightOf) -> Iterator[str]:
    """What is printed."""
    fitted = fit([judged], start)
    yield f"shipped            {measure(judged, start)}  {_told(start)}"
    yield f"fitted             {measure(judged, fitted)}  {_told(fitted)}"
    yield from _told_folds("startup", list(by_startup(judged, start)))
    fifths = [judged.part(columns=fold) for fold in folds(judged.grades.shape[1])]
    yield f"within fifths of the investors, shipped  {joined([measure(fifth, start) for fifth in fifths])}"
    among = fit(fifths, start)
    yield f"within fifths, fitted on all  {joined([measure(fifth, among) for fifth in fifths])}  {_told(among)}"
    yield from _told_folds("investor", list(by_investor(judged, start)))


def _told_folds(side: str, found: list[tuple[dict[str, float], Figures]]) -> Iterator[str]:
    yield f"folds by {side:<9} {joined([figures for _, figures in found])}"
    for weights, figures in found:
        yield f"  a fifth          {figures}  {_told(weights)}"


def _told(weights: WeightOf) -> str:
    return " ".join(f"{name} {weight:g}" for name, weight in weights.items())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for line in report(judged_pairs(load_market([Path(sys.argv[1])]), read_grades(Path(sys.argv[2]))), DEFAULT_WEIGHTS):
        print(line)  # noqa: T201 - its job
