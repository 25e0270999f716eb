"""The sectors of profiles as levels: how much of each a side is or wants, closed upwards in the graph.

Axes: n sector nodes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.model import How, Profile, SectorMention
from dealport.scoring.columns.arrays import Ints
from dealport.words.sectors.graph import SectorGraph

# Tenths. A member of an umbrella word ("consumer") is in common at .1, a value-chain neighbour at .3: the summit was
# about other layers of the same industry. What prose names as wanted counts .8, what was inferred from a lone word or
# derived counts half of what was stated; what deals show, by how often and how lately: `investor_records`. A
# technology that an investor wants a field done with is nothing alone: the AI imaging fund is no fund for speech.
LEVEL_TENTHS: dict[How, int] = {
    "stated": 10,
    "umbrella": 1,
    "listed": 8,
    "inferred": 5,
    "derived": 5,
    "dealt": 0,
    "with": 0,
}
NEIGHBOUR_TENTHS = 3

STATED = ("stated", "umbrella")
"""How a profile states a sector itself, in a word for it or over it."""

Tenths = NDArray[np.uint8]
Closure = Callable[[Iterable[str]], frozenset[str]]


def sector_mass(levels: Tenths, information: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows,) sum of 10 x level x information, for levels (rows, n) and information (n,)."""
    mass: NDArray[np.float32] = levels.astype(np.float32) @ information * np.float32(10)
    return mass


class Mentions(Struct, frozen=True):
    """The sectors that profiles mention, m mentions in all: each kind of mention is looked at once.

    Attributes:
        n_rows: Profiles.
        rows: (m,) the profile of each mention.
        kinds: (m,) its place in `different`.
        different: Mentions that differ in sector, in how, or in being a means.
    """

    n_rows: int
    rows: Ints
    kinds: Ints
    different: tuple[SectorMention, ...]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> Self:
        """Of all profiles, in their order."""
        place: dict[tuple[str, How, bool], int] = {}
        different: list[SectorMention] = []
        kinds = array("i")
        for profile in profiles:
            for mention in profile.sectors:
                kind = place.setdefault((mention.sector, mention.how, mention.is_means), len(place))
                if kind == len(different):
                    different.append(mention)
                kinds.append(kind)
        counts = np.fromiter((len(profile.sectors) for profile in profiles), dtype=np.int64, count=len(profiles))
        rows = np.repeat(np.arange(len(profiles), dtype=np.int32), counts)
        return cls(len(profiles), rows, np.array(kinds, dtype=np.int32), tuple(different))

    def only(self, is_kept: Callable[[SectorMention], bool]) -> Self:
        """Those that are kept."""
        kept = self._of_kinds(map(is_kept, self.different), bool)
        return replace(self, rows=self.rows[kept], kinds=self.kinds[kept])

    def levels(self, sectors: Sequence[str], graph: SectorGraph, closure: Closure) -> Tenths:
        """(rows, n) tenths, the highest of each sector's mentions; closed by `closure`."""
        levels = np.zeros((self.n_rows, len(sectors)), dtype=np.uint8)
        tenths = self._of_kinds((_tenths(one, graph) for one in self.different), np.uint8)
        for level in np.flatnonzero(np.bincount(tenths)).tolist():  # np.unique loads numpy.ma; the highest is last
            part = tenths == level
            levels[replace(self, rows=self.rows[part], kinds=self.kinds[part]).places(sectors, closure)] = level
        return levels

    def marks(self, sectors: Sequence[str], closure: Closure) -> NDArray[np.bool_]:
        """(rows, n) whether it is mentioned; closed by `closure`."""
        marks = np.zeros((self.n_rows, len(sectors)), dtype=bool)
        marks[self.places(sectors, closure)] = True
        return marks

    def places(self, sectors: Sequence[str], closure: Closure) -> tuple[Ints, Ints]:
        """Rows and nodes of everything that is mentioned and all above it, in no order."""
        node = {sector: index for index, sector in enumerate(sectors)}
        above = [[node[one] for one in closure([mention.sector]) if one in node] for mention in self.different]
        counts = np.array([*map(len, above), 0], dtype=np.int64)
        nodes = np.array([one for places in above for one in places], dtype=np.int32)
        n_each, first = counts[self.kinds], (np.cumsum(counts) - counts)[self.kinds]
        at = np.arange(n_each.sum()) - np.repeat(np.cumsum(n_each) - n_each - first, n_each)
        return np.repeat(self.rows, n_each), nodes[at]

    def _of_kinds(self, values: Iterable[Any], kind: type[Any]) -> NDArray[Any]:
        """(m,) a value of each kind of mention."""
        return np.array([*values], dtype=kind)[self.kinds] if self.different else np.zeros(0, dtype=kind)


def _tenths(mention: SectorMention, graph: SectorGraph) -> int:
    """An umbrella word is low itself, as its members are."""
    return LEVEL_TENTHS["umbrella" if graph.sectors[mention.sector].facet == "umbrella" else mention.how]
