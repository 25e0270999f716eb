"""What a reason depends on: pairs alike in it are told the same, so that a reason is worded once for all of them.

Axes: p pairs, s startups, i investors, n sector nodes, k capabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.scoring.blocks import Engine

Codes = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Causes:
    """Codes of what profiles say: alike where the fields are.

    Attributes:
        sectors: (s,) of the mentions. wanted: (i,) likewise.
        stages: (i,) of `stages`. everywhere: (i,) whether it invests in all countries.
    """

    engine: Engine
    sectors: Codes
    wanted: Codes
    stages: Codes
    everywhere: Codes

    @classmethod
    def of(cls, market: Market, engine: Engine) -> Self:
        """Of all profiles of the market."""
        startups, investors = market.startups, market.investors
        return cls(
            engine=engine,
            sectors=codes_of(one.sectors for one in startups),
            wanted=codes_of(one.sectors for one in investors),
            stages=codes_of(one.stages for one in investors),
            everywhere=codes_of(bool(one.invests_in and one.invests_in.everywhere) for one in investors),
        )

    def of_criterion(self, criterion: str, s: Codes, i: Codes) -> tuple[Codes, ...]:
        """(p,) columns for the pairs of startup rows and investor rows; those of a criterion not named are the rows."""
        return _CAUSES[criterion](self, s, i) if criterion in _CAUSES else (s, i)


def same_causes(columns: Iterable[Codes]) -> tuple[Codes, Codes]:
    """(p,) codes, alike where all columns are, and the first pair of each code."""
    first, *rest = (column.astype(np.int64) - int(column.min(initial=0)) for column in columns)
    joined = first
    for column in rest:
        joined = np.unique(joined, return_inverse=True)[1].ravel() * (int(column.max(initial=0)) + 1) + column
    _, firsts, codes = np.unique(joined, return_index=True, return_inverse=True)
    return codes.ravel().astype(np.int64), firsts.astype(np.int64)


def packed(marks: NDArray[np.bool_]) -> Codes:
    """(p,) one number for each row of (p, k) marks, k at most 62."""
    return marks @ (np.int64(1) << np.arange(marks.shape[1], dtype=np.int64))


def codes_of(values: Iterable[Hashable]) -> Codes:
    """A number for each value, the same for equal ones, in the order they come."""
    place: dict[Hashable, int] = {}
    return np.fromiter((place.setdefault(value, len(place)) for value in values), dtype=np.int64)


def _geography(causes: Causes, s: Codes, i: Codes) -> tuple[Codes, ...]:
    startups, investors = causes.engine.startups, causes.engine.investors
    home, away = startups.country[s], investors.country[i]
    return home, away, investors.interest[i, home], startups.wish[s, away], causes.everywhere[i]


def _complement(causes: Causes, s: Codes, i: Codes) -> tuple[Codes, ...]:
    startups, investors = causes.engine.startups, causes.engine.investors
    return packed(startups.seeks[s] & investors.offers[i]), packed(investors.seeks[i] & startups.offers[s])


def _city(causes: Causes, s: Codes, i: Codes) -> tuple[Codes, ...]:
    record = causes.engine.startups.record
    return (record.city[s], i) if record is not None else (s, i)


_CAUSES: Mapping[str, Callable[[Causes, Codes, Codes], tuple[Codes, ...]]] = {
    "stage": lambda causes, s, i: (causes.engine.startups.stage[s], causes.stages[i]),
    "geography": _geography,
    "complement": _complement,
    "country_deals": lambda causes, s, i: (causes.engine.startups.country[s], i),
    "abroad_deals": lambda causes, s, i: (i,),  # noqa: ARG005
    "abroad_breadth": lambda causes, s, i: (i,),  # noqa: ARG005
    "recent_deals": lambda causes, s, i: (i,),  # noqa: ARG005
    "usual_range": lambda causes, s, i: (i,),  # noqa: ARG005
    "alone": lambda causes, s, i: (i,),  # noqa: ARG005
    "compatriots": lambda causes, s, i: (causes.engine.investors.country[i],),  # noqa: ARG005
    "city_deals": _city,
}
