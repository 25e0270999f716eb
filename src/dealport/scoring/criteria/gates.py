"""The gates: reasons why a pair is never proposed, or only where nothing better is left, each with a name.

A pair of last resort keeps a tenth of its points. With the shipped weights the worst pair that has something in common,
in a country the investor takes, also has the higher score.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.model import Investor, Startup
from dealport.scoring.columns.arrays import Ints, Mask
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.criteria.layouts import PairLayout

# In the order they are asked: the first that takes a pair is the one counted. Their phrases are `gate.<name>`.
GATES = (
    "same_country",
    "unknown_country",
    "already_backed",
    "avoids",
    "excluded_country",
    "excluded_sector",
    "invests_elsewhere",
)
# Why a pair is a last resort, as flags of these names; what is both is closed, as `invests_elsewhere`.
LAST_RESORTS = ("nothing_in_common", "outside_stated_countries")


class NamedPairs(Struct, frozen=True):
    """Pairs that the profiles name themselves, as rows and columns of the whole market.

    Attributes:
        by_gate: Gate name to (pairs, 2) of startup row and investor row, sorted by startup.
    """

    by_gate: dict[str, Ints]

    @classmethod
    def of(cls, startups: Sequence[Startup], investors: Sequence[Investor]) -> Self:
        """Who already backs whom, and who avoids whom (either way)."""
        row = {one.id: index for index, one in enumerate(startups)}
        column = {one.id: index for index, one in enumerate(investors)}
        backed = {(row[one.id], column[name]) for one in startups for name in one.backed_by if name in column}
        avoided = {(row[one.id], column[name]) for one in startups for name in one.avoids if name in column}
        avoided |= {(row[name], column[one.id]) for one in investors for name in one.avoids if name in row}
        return cls({"already_backed": _sorted_pairs(backed), "avoids": _sorted_pairs(avoided)})

    def only(self, rows: Ints, columns: Ints) -> Self:
        """Those among some rows of both sides, ascending, as places in them."""
        kept = {}
        for gate, pairs in self.by_gate.items():
            (row, row_here), (column, column_here) = _places(rows, pairs[:, 0]), _places(columns, pairs[:, 1])
            kept[gate] = np.stack([row, column], axis=1)[row_here & column_here].astype(np.int32)
        return type(self)(kept)

    def mask(self, gate: str, rows: Ints, columns: Ints) -> Mask:
        """(rows, columns) True for the pairs of this gate."""
        mask = np.zeros((len(rows), len(columns)), dtype=bool)
        pairs = self.by_gate[gate]
        row_places, row_here = _places(rows, pairs[:, 0])
        column_places, column_here = _places(columns, pairs[:, 1])
        here = row_here & column_here
        mask[row_places[here], column_places[here]] = True
        return mask


def closed_gates(
    startups: StartupColumns, investors: InvestorColumns, *, common: Mask, named: NamedPairs, rows: Ints, columns: Ints
) -> dict[str, Mask]:
    """Gate name to (s, i): True where the gate is closed.

    `common`: (s, i) whether the pair is known to have something in common. `rows` and `columns`: which rows of the
    whole market these are, ascending.
    """
    by_country = closed_by_country(startups, investors)
    outside = investors.elsewhere.T[startups.country]
    others = {
        "already_backed": named.mask("already_backed", rows, columns),
        "avoids": named.mask("avoids", rows, columns),
        "excluded_sector": excluded_sector(startups, investors),
        "invests_elsewhere": by_country["invests_elsewhere"] | (outside & ~common),
    }
    return by_country | others


def outside_countries(pairs: PairLayout) -> Mask:
    """Whether the investor names countries, and the startup's is none of them: for pairs in whatever layout."""
    outside: Mask = pairs.their_gain(pairs.investors.elsewhere, pairs.startups.country)
    return outside


def closed_by_country(startups: StartupColumns, investors: InvestorColumns) -> dict[str, Mask]:
    """Gate name to (s, i) for the gates that ask for nothing of a startup but its country."""
    return {
        "same_country": (startups.country[:, None] == investors.country[None, :]) & (startups.country > 0)[:, None],
        "unknown_country": (startups.country == 0)[:, None] | (investors.country == 0)[None, :],
        "excluded_country": investors.excluded_country.T[startups.country],
        "invests_elsewhere": (investors.elsewhere & investors.keeps_countries[:, None]).T[startups.country],
    }


def first_closed(gates: dict[str, Mask]) -> NDArray[np.uint8]:
    """(s, i) 0 where every gate is open, else 1 + the index in GATES of the first that is closed."""
    first = np.zeros(gates[GATES[0]].shape, dtype=np.uint8)
    for index in reversed(range(len(GATES))):
        first[gates[GATES[index]]] = index + 1
    return first


def excluded_sector(startups: StartupColumns, investors: InvestorColumns) -> Mask:
    """(s, i) the startup states a sector, or a kind of it, that the investor excludes."""
    excluding = np.flatnonzero(investors.excluded_sector.any(axis=1))
    closed = np.zeros((len(startups), len(investors)), dtype=bool)
    excluded = investors.excluded_sector[excluding].T.astype(np.float32)
    closed[:, excluding] = startups.stated.astype(np.float32) @ excluded > 0
    return closed


def _sorted_pairs(pairs: set[tuple[int, int]]) -> Ints:
    """(pairs, 2), also when there are none."""
    return np.array(sorted(pairs), dtype=np.int32).reshape(len(pairs), 2)


def _places(ascending: Ints, wanted: Ints) -> tuple[NDArray[np.int64], Mask]:
    """Where each wanted number stands in an ascending array, and whether it stands there at all."""
    places = np.searchsorted(ascending, wanted)
    inside = np.minimum(places, len(ascending) - 1)
    return inside, ascending[inside] == wanted if len(ascending) else np.zeros(len(wanted), dtype=bool)
