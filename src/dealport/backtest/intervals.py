"""How sure a mean over queries is: a seeded bootstrap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Name = TypeVar("Name", bound=Hashable)

N_RESAMPLES = 1_000
SHARE_INSIDE = 0.95
SEED = 20_120_101  # any would do; a fixed one gives the same bytes again
RESAMPLES_PER_BLOCK = 100  # of 10,000 queries: 16 MB of draws and counts at a time


class Interval(Struct, frozen=True):
    """A mean and the ends of its 95 % interval.

    Attributes:
        mean: Over the queries as they are.
        low: The 2.5th percentile of the means over queries drawn again with replacement; `high` the 97.5th.
    """

    mean: float
    low: float
    high: float


def mean_intervals(values: Mapping[Name, Floats]) -> dict[Name, Interval]:
    """The mean of each column of (q,) values and its percentile interval (Efron 1979); at least one query.

    All columns of a call, and of every call with as many queries, are drawn alike: the difference of two columns, given
    as a column of its own, is a paired one.
    """
    table = np.column_stack(list(values.values()))
    tail = 50 * (1 - SHARE_INSIDE)
    low, high = np.percentile(_resampled_means(table), (tail, 100 - tail), axis=0)
    ends = zip(table.mean(axis=0).tolist(), low.tolist(), high.tolist(), strict=True)
    return {name: Interval(*one) for name, one in zip(values, ends, strict=True)}


def difference_intervals(ours: Mapping[Name, Floats], theirs: Mapping[Name, Floats]) -> dict[Name, Interval]:
    """Ours minus theirs on the same queries, under the names of ours."""
    return mean_intervals({name: value - theirs[name] for name, value in ours.items()})


def _resampled_means(table: Floats) -> Floats:
    """(r, v) means of (q, v) values over r draws of q queries with replacement."""
    n_queries = len(table)
    random = np.random.default_rng(SEED)
    offsets = n_queries * np.arange(RESAMPLES_PER_BLOCK)[:, None]
    blocks = []
    for _ in range(N_RESAMPLES // RESAMPLES_PER_BLOCK):
        drawn = random.integers(n_queries, size=(RESAMPLES_PER_BLOCK, n_queries))
        counts = np.bincount((drawn + offsets).ravel(), minlength=RESAMPLES_PER_BLOCK * n_queries)
        blocks.append(counts.reshape(RESAMPLES_PER_BLOCK, n_queries) @ table / n_queries)
    return np.concatenate(blocks)
