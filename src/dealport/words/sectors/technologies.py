"""Which sectors are technologies that serve many fields, and which are no field to be served: ``technologies.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dealport.words.shipped import read_rows, split_bars


def all_technologies(parents: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The sectors listed as technologies, and kinds of nothing else; `parents` of each sector, without circles."""
    listed = _kinds()
    found: dict[str, bool] = {}

    def visit(name: str) -> bool:
        if name not in found:
            kind = listed.get(name)
            found[name] = kind == "technology" if kind else bool(parents[name]) and all(map(visit, parents[name]))
        return found[name]

    return frozenset(filter(visit, parents))


@cache
def wide_sectors() -> frozenset[str]:
    """Sectors too wide to be what a technology is for: "AI software" is AI."""
    return frozenset(name for name, kind in _kinds().items() if kind == "wide")


@cache
def not_served(technology: str) -> frozenset[str]:
    """The fields to which a technology is no means: a self-driving drone drives no cars."""
    rows = read_rows("technologies.csv")
    return frozenset(field for name, _, fields in rows if name == technology for field in split_bars(fields))


@cache
def _kinds() -> Mapping[str, str]:
    """Sector to its kind: a technology, a field though its parent is one, or too wide."""
    return {sector: kind for sector, kind, _ in read_rows("technologies.csv")}
