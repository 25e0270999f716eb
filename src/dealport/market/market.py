"""The checked market: what every floor above looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dealport.model import Deal, Investor, Kind, Problem, Startup

if TYPE_CHECKING:
    from dealport.words.sectors import SectorGraph


@dataclass(frozen=True, slots=True)
class Market:
    """All profiles that could be taken, and every problem found on the way.

    Attributes:
        startups: In the order of their ids.
        investors: In the order of their ids.
        deals: Until `as_of`, in the order of their dates, then names.
        as_of: The day money is valued at.
        problems: The files' too, in the order of the files, then of lines.
        n_left_out: How many profiles (or files' records) had such faults that they are not in the market.
        possible_duplicates: Side and id of each profile that another of its side may repeat.
    """

    startups: tuple[Startup, ...]
    investors: tuple[Investor, ...]
    deals: tuple[Deal, ...]
    as_of: date
    graph: SectorGraph = field(repr=False)
    problems: tuple[Problem, ...] = ()
    n_left_out: int = 0
    possible_duplicates: frozenset[tuple[Kind, str]] = frozenset()
