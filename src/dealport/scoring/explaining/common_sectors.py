"""The sectors that pairs have in common: parents count, the most telling come first.

Axes: p pairs, n sectors that say something, the most telling first, then by id. Sets of sectors are packed, eight to a
byte: 43 bytes each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import Profile
from dealport.scoring.columns.sector_levels import STATED, Closure, Mentions
from dealport.scoring.criteria.reasons import Coded
from dealport.words.sectors.graph import SectorGraph

Bits = NDArray[np.uint8]


class SectorBits(Struct, frozen=True):
    """One side's sectors, closed upwards, (rows, bytes) each.

    Attributes:
        mentioned: All of them.
        named: Without those that only an umbrella word holds.
        stated: Those it states, members of its umbrella words too.
    """

    mentioned: Bits
    named: Bits
    stated: Bits

    @classmethod
    def of(cls, profiles: Sequence[Profile], order: Sequence[str], closure: Closure) -> Self:
        """`closure` gives sectors and all above them; of those in `order` each has its place there."""
        mentions = Mentions.of(profiles).only(lambda mention: mention.how != "with")
        named = mentions.only(lambda mention: mention.how != "umbrella")
        stated = mentions.only(lambda mention: mention.how in STATED)
        return cls(*(np.packbits(one.marks(order, closure), axis=1) for one in (mentions, named, stated)))


class CommonSectors(Struct, frozen=True):
    """What both sides' sectors have in common.

    Attributes:
        order: (n,) sector ids.
        parents: (n, most) places of the sectors right above, -1 behind the last.
    """

    startups: SectorBits
    investors: SectorBits
    order: tuple[str, ...]
    parents: NDArray[np.intp]
    _sets: dict[bytes, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, market: Market) -> Self:
        """Of all profiles of the market."""
        graph = market.graph
        telling = [name for name in graph.sectors if graph.information(name)]
        order = tuple(sorted(telling, key=lambda name: (-graph.information(name), name)))
        startups = SectorBits.of(market.startups, order, graph.closure)
        investors = SectorBits.of(market.investors, order, graph.wanted_closure)
        return cls(startups, investors, order, _parents(order, graph))

    def shared(
        self, s: NDArray[np.integer], i: NDArray[np.integer]
    ) -> tuple[Coded[tuple[str, ...]], NDArray[np.bool_]]:
        """(p,) the sectors in common, and whether there are any and both sides state the most telling.

        Ancestors of a shared sector are left out, and so is what only umbrella words of both sides hold.
        """
        mine, theirs = self.startups, self.investors
        common = (mine.mentioned[s] & theirs.named[i]) | (mine.named[s] & theirs.mentioned[i])
        marks = np.unpackbits(common, axis=1, count=len(self.order)).astype(bool)
        pairs, places = np.divmod(np.flatnonzero(marks), len(self.order))
        for parents in self.parents.T:
            above = parents[places]
            marks[pairs[above >= 0], above[above >= 0]] = False
        first = marks.argmax(axis=1)
        both = mine.stated[s] & theirs.stated[i]
        is_stated = (both[np.arange(len(first)), first >> 3] >> (7 - (first & 7))) & 1
        return self._named(np.packbits(marks, axis=1)), is_stated.astype(bool) & marks.any(axis=1)

    def _named(self, bits: Bits) -> Coded[tuple[str, ...]]:
        """(p, bytes) sets of sectors by their ids."""
        whole, n_bytes = bits.tobytes(), bits.shape[1]
        place: dict[bytes, int] = {}
        sets = (whole[start : start + n_bytes] for start in range(0, len(whole), n_bytes))
        codes = np.fromiter((place.setdefault(one, len(place)) for one in sets), dtype=np.int64, count=len(bits))
        return Coded(codes, [self._ids(one) for one in place])

    def _ids(self, packed: bytes) -> tuple[str, ...]:
        """One packed set, most telling first; the same sets come again and again."""
        if packed not in self._sets:
            places = np.flatnonzero(np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=len(self.order)))
            self._sets[packed] = tuple(self.order[place] for place in places.tolist())
        return self._sets[packed]


def _parents(order: Sequence[str], graph: SectorGraph) -> NDArray[np.intp]:
    """Parents of sectors, skipping those that say nothing."""
    place = {name: index for index, name in enumerate(order)}
    above = [[place[one] for one in graph.ancestors(name) if one in place] for name in order]
    table = np.full((len(order), max(map(len, above), default=0)), -1, dtype=np.intp)
    for row, places in enumerate(above):
        table[row, : len(places)] = places
    return table
