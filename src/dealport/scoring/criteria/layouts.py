"""How pairs are laid out for a criterion: every startup with every investor, or pairs one by one.

A criterion is written once, in terms of these few operations. Axes: s startups, i investors, p pairs.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Ints, Numbers
from dealport.scoring.columns.deal_sums import Sparse
from dealport.scoring.columns.investor_records import InvestorRecord
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.columns.startup_records import StartupRecord

Array = NDArray[Any]


class PairLayout(Protocol):
    """Both sides' columns and how their rows meet."""

    @property
    def startups(self) -> StartupColumns:
        """The startups' side."""
        ...

    @property
    def investors(self) -> InvestorColumns:
        """The investors' side."""
        ...

    def mine(self, column: Array) -> Array:
        """A startups' column (s, ...), so that it meets `theirs`."""
        ...

    def theirs(self, column: Array) -> Array:
        """An investors' column (i, ...), so that it meets `mine`."""
        ...

    def their_gain(self, table: Array, place: Ints) -> Array:
        """What investors hold (i, m) at each startup's place (s,), 0 <= place < m, or -1 for the last."""
        ...

    def my_gain(self, table: Array, place: Ints) -> Array:
        """What startups hold (s, m) at each investor's place (i,)."""
        ...

    def common(self, mine: Array, theirs: Array, weight: Array | None = None) -> Numbers:
        """Sums over n of (s, n) x (i, n) x weight (n,), whole numbers: exact while the sums stay below 2^24."""
        ...

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """Sums over q of what stands in the startups' rows (s, q) at the investors' column (i,); -1 holds nothing."""
        ...


class Grid(Struct, frozen=True):
    """Every startup with every investor: results are (s, i)."""

    startups: StartupColumns
    investors: InvestorColumns

    def mine(self, column: Array) -> Array:
        """(s, ...) gives (s, 1, ...)."""
        return column[:, None]

    def theirs(self, column: Array) -> Array:
        """(i, ...) gives (1, i, ...)."""
        return column[None, :]

    def their_gain(self, table: Array, place: Ints) -> Array:
        """(i, m) and (s,) give (s, i)."""
        return table.T[place]

    def my_gain(self, table: Array, place: Ints) -> Array:
        """(s, m) and (i,) give (s, i)."""
        return table[:, place]

    def common(self, mine: Array, theirs: Array, weight: Array | None = None) -> Numbers:
        """(s, n) and (i, n) give (s, i); only the sectors some startup has are multiplied."""
        used = np.flatnonzero(mine.any(axis=0))
        held = mine[:, used].astype(np.float32)
        if weight is not None:
            held *= weight[used]
        sums: Numbers = held @ theirs[:, used].astype(np.float32).T
        return sums

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """(s, q) and (i,) give (s, i)."""
        sums = np.zeros((len(rows), len(columns)), dtype=np.float32)
        used = np.flatnonzero(np.bincount(rows[rows >= 0])).astype(np.int32)  # np.unique loads numpy.ma first, 8 ms
        here = np.flatnonzero(columns >= 0)
        holds = np.zeros((len(rows), len(used)), dtype=np.float32)
        owner, place = np.nonzero(rows >= 0)
        np.add.at(holds, (owner, np.searchsorted(used, rows[owner, place])), 1)
        sums[:, here] = holds @ table.dense(used, columns[here])
        return sums


class Lines(Struct, frozen=True):
    """Pairs one by one: results are (p,).

    Attributes:
        rows, columns: (p,) the startup and the investor of each pair.
    """

    startups: StartupColumns
    investors: InvestorColumns
    rows: Ints
    columns: Ints

    def mine(self, column: Array) -> Array:
        """(s, ...) gives (p, ...)."""
        return column[self.rows]

    def theirs(self, column: Array) -> Array:
        """(i, ...) gives (p, ...)."""
        return column[self.columns]

    def their_gain(self, table: Array, place: Ints) -> Array:
        """(i, m) and (s,) give (p,)."""
        return table[self.columns, place[self.rows]]

    def my_gain(self, table: Array, place: Ints) -> Array:
        """(s, m) and (i,) give (p,)."""
        return table[self.rows, place[self.columns]]

    def common(self, mine: Array, theirs: Array, weight: Array | None = None) -> Numbers:
        """(s, n) and (i, n) give (p,); only what the startup of a pair holds is looked at: a few of n."""
        rows, place = np.unique(self.rows, return_inverse=True)
        held = mine[rows]
        owners, nodes = np.nonzero(held)
        values = held[owners, nodes].astype(np.float64) * (1 if weight is None else weight[nodes])
        counts = np.bincount(owners, minlength=len(rows))
        n_each = counts[place]
        pair = np.repeat(np.arange(len(place)), n_each)
        first = np.cumsum(counts) - counts
        at = np.arange(len(pair)) - np.repeat(np.cumsum(n_each) - n_each - first[place], n_each)
        products = values[at] * theirs[self.columns[pair], nodes[at]]
        sums: Numbers = np.bincount(pair, weights=products, minlength=len(place)).astype(np.float32)
        return sums

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """(s, q) and (i,) give (p,)."""
        sums: Numbers = table.at(rows[self.rows], columns[self.columns][:, None]).sum(axis=1, dtype=np.float32)
        return sums


def same_for_all(pairs: PairLayout, values: Ints) -> Array:
    """One value of each investor (i,), whatever the startup."""
    return pairs.mine(pairs.startups.country * 0) + pairs.theirs(values)


def record_of(pairs: PairLayout) -> InvestorRecord:
    """What the investors' deals show."""
    if pairs.investors.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return pairs.investors.record


def round_of(pairs: PairLayout) -> StartupRecord:
    """What the startups bring to the criteria of the track record."""
    if pairs.startups.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return pairs.startups.record
