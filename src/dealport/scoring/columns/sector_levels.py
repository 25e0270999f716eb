"""The sectors of profiles as levels: how much of each a side is or wants, closed upwards in the graph.

Axes: n sector nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dealport.model import How, Profile, SectorMention
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
AnyProfile = TypeVar("AnyProfile", bound=Profile)


def sector_mass(levels: Tenths, information: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows,) sum of 10 x level x information, for levels (rows, n) and information (n,)."""
    mass: NDArray[np.float32] = levels.astype(np.float32) @ information * np.float32(10)
    return mass


def sector_levels(
    profiles: Sequence[Profile],
    sectors: Sequence[str],
    graph: SectorGraph,
    closure: Callable[[Iterable[str]], frozenset[str]],
) -> tuple[Tenths, NDArray[np.bool_]]:
    """(rows, n) tenths, the highest of each sector's mentions, and whether it is stated; both closed by `closure`."""
    node = {sector: index for index, sector in enumerate(sectors)}
    above = {sector: [node[one] for one in closure([sector]) if one in node] for sector in graph.sectors}
    levels = np.zeros((len(profiles), len(node)), dtype=np.uint8)
    stated = np.zeros(levels.shape, dtype=bool)
    for row, profile in enumerate(profiles):
        mine, named = levels[row], stated[row]
        for mention in sorted(profile.sectors, key=lambda one: _tenths(one, graph)):  # the highest is written last
            mine[above[mention.sector]] = _tenths(mention, graph)
            if mention.how in STATED:
                named[above[mention.sector]] = True
    return levels, stated


def _tenths(mention: SectorMention, graph: SectorGraph) -> int:
    """An umbrella word is low itself, as its members are."""
    return LEVEL_TENTHS["umbrella" if graph.sectors[mention.sector].facet == "umbrella" else mention.how]
