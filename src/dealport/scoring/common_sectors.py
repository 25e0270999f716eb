"""The sectors that pairs have in common, for many pairs at once: what `reasons.Reasoner.shared_sectors` gives for one.

Axes: p pairs, n sectors that say something, the most telling first, then by id. Sets of sectors are packed, eight to a
byte: 43 bytes each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import Profile
from dealport.scoring.reasons import STATED
from dealport.words.sectors import SectorGraph

Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SectorBits:
    """One side's sectors, closed upwards, (rows, bytes) each; see `reasons.SectorSets`."""

    mentioned: Bits
    named: Bits
    stated: Bits

    @classmethod
    def of(cls, profiles: Sequence[Profile], above: dict[str, NDArray[np.intp]], n: int) -> Self:
        """`above`: places of a sector and all above it."""
        marks = np.zeros((3, len(profiles), n), dtype=bool)
        mentioned, named, stated = marks
        for row, profile in enumerate(profiles):
            for mention in profile.sectors:
                if mention.how == "with":
                    continue
                places = above[mention.sector]
                mentioned[row, places] = True
                if mention.how != "umbrella":
                    named[row, places] = True
                if mention.how in STATED:
                    stated[row, places] = True
        return cls(*(np.packbits(one, axis=1) for one in marks))


@dataclass(frozen=True, slots=True)
class MeetingSectors:
    """What both sides' sectors have in common.

    Attributes:
        order: (n,) sector ids.
        parents: (n, most) places of the sectors right above, -1 behind the last.
    """

    startups: SectorBits
    investors: SectorBits
    order: tuple[str, ...]
    parents: NDArray[np.intp]

    @classmethod
    def of(cls, market: Market) -> Self:
        """Of all profiles of the market."""
        graph = market.graph
        telling = [name for name in graph.sectors if graph.information(name)]
        order = tuple(sorted(telling, key=lambda name: (-graph.information(name), name)))
        sides = ((market.startups, graph.closure), (market.investors, graph.wanted_closure))
        startups, investors = (
            SectorBits.of(side, {name: _places(order, closure([name])) for name in graph.sectors}, len(order))
            for side, closure in sides
        )
        return cls(startups, investors, order, _parents(order, graph))

    def shared(self, s: NDArray[np.integer], i: NDArray[np.integer]) -> tuple[Bits, NDArray[np.bool_]]:
        """(p, bytes) the sectors in common without those above another, and whether both state the most telling."""
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
        return np.packbits(marks, axis=1), is_stated.astype(bool)

    def names(self, shared: bytes) -> tuple[str, ...]:
        """The ids of one packed set, most telling first."""
        places = np.flatnonzero(np.unpackbits(np.frombuffer(shared, dtype=np.uint8), count=len(self.order)))
        return tuple(self.order[place] for place in places.tolist())


def _places(order: Sequence[str], names: frozenset[str]) -> NDArray[np.intp]:
    return np.array([place for place, name in enumerate(order) if name in names], dtype=np.intp)


def _parents(order: Sequence[str], graph: SectorGraph) -> NDArray[np.intp]:
    """Parents of sectors, skipping those that say nothing."""
    place = {name: index for index, name in enumerate(order)}
    above = [[place[one] for one in graph.ancestors(name) if one in place] for name in order]
    table = np.full((len(order), max(map(len, above), default=0)), -1, dtype=np.intp)
    for row, places in enumerate(above):
        table[row, : len(places)] = places
    return table
