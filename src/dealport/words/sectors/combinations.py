"""Sectors that parts make together: ``combinations.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from dealport.words.sectors.graph import SectorGraph
from dealport.words.shipped import read_rows

Together = Literal["compound", "list", "tech", "digital", "with"]
"""How words stand together: "AI for drug discovery", "bio/healthcare", "농업 기술" (agritech), "online education".

"with": a field by a technology, which stays beside: "AI for insurance" is insurtech, and AI.
"""


def join(parts: frozenset[str], together: Together) -> frozenset[str]:
    """`parts` with those that make one sector together replaced by it, the largest such set first."""
    for whole, sector in combinations().get(together, ()):
        if whole <= parts:
            parts = (parts - whole) | {sector}
    return parts


def join_compound(parts: frozenset[str], graph: SectorGraph) -> frozenset[str]:
    """`parts` joined as a compound; a kind of a technology keeps its field: "hotel robots" are for hotels."""
    joined = join(parts, "compound")
    by_technology = any(graph.closure([made]) & graph.technologies for made in joined - parts)
    lost = parts - joined - graph.technologies - graph.closure(joined)
    return joined | {one for one in lost if graph.is_field(one)} if by_technology else joined


def join_technologies(parts: frozenset[str], graph: SectorGraph) -> frozenset[str]:
    """`parts` with a field as its kind by technology, where one is beside it: AI for finance is fintech, and AI.

    A row's parts are the technology and the field.
    """
    technologies = graph.closure(parts & graph.technologies)
    for whole, sector in combinations().get("with", ()):
        field = whole - graph.technologies
        if field <= parts and whole - field <= technologies:
            parts = (parts - field) | {sector}
    return parts


@cache
def combinations() -> Mapping[Together, tuple[tuple[frozenset[str], str], ...]]:
    """By how the parts stand together: parts and what they make, most parts first."""
    rows = read_rows("combinations.csv")
    rows.sort(key=lambda row: (-row[0].count("|"), row))
    return {
        kind: tuple((frozenset(parts.split("|")), sector) for parts, sector, together in rows if together == kind)
        for kind in get_args(Together)
    }
