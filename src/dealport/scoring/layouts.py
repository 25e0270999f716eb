"""How pairs are laid out for a criterion: every startup with every investor, or pairs one by one.

A criterion is written once, in terms of these few operations. Axes: s startups, i investors, p pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.columns import Ints, InvestorColumns, StartupColumns
from dealport.scoring.fits import Numbers
from dealport.scoring.pooling import Sparse

Array = NDArray[Any]


class Pairs(Protocol):
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

    def common(self, mine: Array, theirs: Array) -> Numbers:
        """Sums over n of (s, n) x (i, n): exact for whole numbers while the sums stay below 2^24."""
        ...

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """Sums over q of what stands in the startups' rows (s, q) at the investors' column (i,); -1 holds nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Grid:
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

    def common(self, mine: Array, theirs: Array) -> Numbers:
        """(s, n) and (i, n) give (s, i); only the sectors some startup has are multiplied."""
        used = np.flatnonzero(mine.any(axis=0))
        sums: Numbers = mine[:, used].astype(np.float32) @ theirs[:, used].astype(np.float32).T
        return sums

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """(s, q) and (i,) give (s, i)."""
        sums = np.zeros((len(rows), len(columns)), dtype=np.float32)
        used, here = np.unique(rows[rows >= 0]), np.flatnonzero(columns >= 0)
        holds = np.zeros((len(rows), len(used)), dtype=np.float32)
        owner, place = np.nonzero(rows >= 0)
        np.add.at(holds, (owner, np.searchsorted(used, rows[owner, place])), 1)
        sums[:, here] = holds @ table.dense(used, columns[here])
        return sums


@dataclass(frozen=True, slots=True)
class Lines:
    """Pairs one by one, the startups and investors of each in the same row: results are (p,)."""

    startups: StartupColumns
    investors: InvestorColumns

    def mine(self, column: Array) -> Array:
        """(p, ...) as it is."""
        return column

    def theirs(self, column: Array) -> Array:
        """(p, ...) as it is."""
        return column

    def their_gain(self, table: Array, place: Ints) -> Array:
        """(p, m) and (p,) give (p,)."""
        return table[np.arange(len(place)), place]

    def my_gain(self, table: Array, place: Ints) -> Array:
        """(p, m) and (p,) give (p,)."""
        return table[np.arange(len(place)), place]

    def common(self, mine: Array, theirs: Array) -> Numbers:
        """(p, n) twice give (p,)."""
        sums: Numbers = np.einsum("pn,pn->p", mine.astype(np.float32), theirs.astype(np.float32))
        return sums

    def added(self, table: Sparse, rows: Ints, columns: Ints) -> Numbers:
        """(p, q) and (p,) give (p,)."""
        sums: Numbers = table.at(rows, columns[:, None]).sum(axis=1, dtype=np.float32)
        return sums
