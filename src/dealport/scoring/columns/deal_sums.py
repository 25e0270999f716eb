"""Sums over deals: which are entries, how gains are scaled, lifts against the market, who invests with whom."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Floats, Ints

LIFT_SMOOTHING = 3.0
"""Rounds at the market's rate that an investor is given beside its own."""
MOST_TOGETHER = 300
"""Investors of one startup that are still together in it: more are a crowd, whose pairs grow with its square."""
LIFT_LOG2_RANGE = 3.0
"""A lift of 1/8 gives 0, of 1 half, of 8 all."""


class Sparse(Struct, frozen=True):
    """Rows of few values.

    Attributes:
        starts: (rows + 1,) where each row begins in the other two.
        columns, gains: What stands in a row, columns ascending.
    """

    starts: NDArray[np.int64]
    columns: Ints
    gains: Ints

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1

    def dense(self, rows: Ints, columns: Ints) -> NDArray[np.float32]:
        """(rows, columns) what stands there, as in a full table."""
        width = int(max(self.columns.max(initial=-1), columns.max(initial=-1))) + 1
        table = np.zeros((len(rows), width), dtype=np.float32)
        for place, row in enumerate(rows.tolist()):
            part = slice(self.starts[row], self.starts[row + 1])
            table[place, self.columns[part]] = self.gains[part]
        return table[:, columns]

    def at(self, rows: Ints, columns: Ints) -> NDArray[np.float32]:
        """What stands at places that broadcast together; 0 where a row or column is -1."""
        width = int(self.columns.max(initial=0)) + 2
        owner = np.repeat(np.arange(self.n_rows), np.diff(self.starts))
        held = owner * width + self.columns  # ascending: rows are, and columns within each
        wanted = np.where((rows >= 0) & (columns >= 0) & (columns < width), rows.astype(np.int64) * width + columns, -1)
        place = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
        found = held[place] == wanted if len(held) else np.zeros(wanted.shape, dtype=bool)
        gains = self.gains[place] if len(held) else np.zeros(wanted.shape, dtype=np.int32)
        return np.where(found, gains, 0).astype(np.float32)


def sparse(rows: NDArray[np.int64], columns: Ints, gains: Ints, n_rows: int) -> Sparse:
    """From places and what stands there, in any order; each place once."""
    order = np.lexsort((columns, rows))
    starts = np.searchsorted(rows[order], np.arange(n_rows + 1))
    return Sparse(starts, columns[order].astype(np.int32), gains[order].astype(np.int32))


def thousandths(gain: Floats) -> Ints:
    """Gains as whole thousandths in [0, 1000]."""
    return np.rint(1000 * np.clip(gain, 0, 1)).astype(np.int32)


def unit_rows(rows: Floats) -> NDArray[np.float32]:
    """Each row scaled to a length of 1000, in whole numbers; a row of zeros stays one."""
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = np.rint(1000 * rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def sums_by(places: tuple[Ints, ...], weight: Floats, shape: tuple[int, ...]) -> Floats:
    """Weights added up by their places in a table of this shape."""
    flat = np.ravel_multi_index(places, shape)
    sums: Floats = np.bincount(flat, weights=weight, minlength=math.prod(shape)).astype(np.float64)
    return sums.reshape(shape)


def log_gain(amount: NDArray[Any], full: int) -> Floats:
    """ln(1 + amount) / ln(1 + full), at most 1."""
    gain: Floats = np.minimum(1, np.log1p(amount) / np.log1p(full))
    return gain


def entries_of(startup: Ints, investor: Ints) -> NDArray[np.intp]:
    """The rows that are an investor's first deal in a startup; rows are in the order of their days."""
    pairs = startup.astype(np.int64) * (int(investor.max(initial=0)) + 1) + investor
    _, first = np.unique(pairs, return_index=True)
    return np.sort(first)


def lifts(investor: Ints, classes: Ints, weight: Floats, shape: tuple[int, int]) -> Ints:
    """(b, classes) how much more often than the market an investor's rounds are in a class, in thousandths.

    (log2(share / market's share) + 3) / 6, clipped, the share smoothed towards the market's. A class of -1 is unknown
    and counts nowhere; without any round a lift is 1.
    """
    known = classes >= 0
    sums = sums_by((investor[known], classes[known]), weight[known], shape)
    market = sums.sum(axis=0) + 1e-9
    market /= market.sum()
    share = (sums + LIFT_SMOOTHING * market) / (sums.sum(axis=1, keepdims=True) + LIFT_SMOOTHING)
    return thousandths((np.log2(share / market) + LIFT_LOG2_RANGE) / (2 * LIFT_LOG2_RANGE))


def partners(startup: Ints, investor: Ints, weight: Floats, mass: Floats, *, full_share: float) -> Sparse:
    """For each investor who entered the same startups, and how often: deals together / sqrt(deals x deals), decayed.

    In thousandths of 1 / `full_share`, so that a sum of 1000 is as much as counts.
    """
    crowd = np.bincount(startup) > MOST_TOGETHER if len(startup) else np.zeros(0, dtype=bool)
    together_at_all = ~crowd[startup]
    startup, investor, weight = startup[together_at_all], investor[together_at_all], weight[together_at_all]
    order = np.argsort(startup, kind="stable")
    startup, investor, weight = startup[order], investor[order], weight[order]
    starts = np.flatnonzero(np.diff(startup, prepend=-1))
    sizes = np.diff(np.append(starts, len(startup)))
    # Every ordered pair of entries in one startup: each entry stands as often as its startup has entries.
    repeats = np.repeat(sizes, sizes)
    one = np.repeat(np.arange(len(startup)), repeats)
    offset = np.arange(len(one)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    other = np.repeat(np.repeat(starts, sizes), repeats) + offset
    together = np.sqrt(weight[one] * weight[other])
    apart = one != other
    b = len(mass)
    pairs, places = np.unique(investor[one[apart]].astype(np.int64) * b + investor[other[apart]], return_inverse=True)
    sums = np.bincount(places.ravel(), weights=together[apart], minlength=len(pairs))
    rows, columns = pairs // b, pairs % b
    gains = np.rint(1000 * full_share * sums / np.sqrt(mass[rows] * mass[columns]))
    return Sparse(np.searchsorted(rows, np.arange(b + 1)), columns.astype(np.int32), gains.astype(np.int32))


def sorted_quantiles(values: Floats, starts: NDArray[np.int64], share: float) -> Floats:
    """A quantile of each run of values, which are sorted in it, as numpy's interpolates it; all runs in one go."""
    place = share * (np.diff(starts, append=len(values)) - 1)
    below = np.floor(place).astype(np.int64)
    rest = place - below
    low, high = values[starts + below], values[starts + np.ceil(place).astype(np.int64)]
    found: Floats = np.where(rest < 0.5, low + (high - low) * rest, high - (high - low) * (1 - rest))
    return found
