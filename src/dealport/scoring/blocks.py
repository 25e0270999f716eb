"""From columns to blocks of scored pairs: a rectangle of the market at a time, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import Deal, Kind
from dealport.scoring.columns import (
    Axes,
    Ints,
    InvestorColumns,
    Mask,
    Past,
    StartupColumns,
    investor_columns,
    startup_columns,
)
from dealport.scoring.fits import Numbers
from dealport.scoring.gates import GATES, NamedPairs, closed_gates, first_closed
from dealport.scoring.measures import CRITERIA, NEUTRAL, criteria_of, have_common_sector
from dealport.scoring.track import TRACK_CRITERIA
from dealport.scoring.weights import Weights

# Pairs in a block: a dozen arrays of 8 bytes a pair stay within a few MB, near the processor.
BLOCK_PAIRS = 1 << 17


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a criterion, or the whole of one that has no halves."""

    criterion: str
    place: int
    share_units: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of a rectangle of pairs.

    Attributes:
        points_units: (halves, s, i) in units of 0.00001 point.
        known: (halves, s, i) whether both sides say something.
        score_units: (s, i) their sum.
        first_gate: (s, i) 0 where every gate is open, else 1 + the gate's index.
    """

    points_units: Numbers
    known: Mask
    score_units: Numbers
    first_gate: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Engine:
    """A market ready to be scored.

    Attributes:
        halves: In the order of the criteria table; their shares sum to exactly 100 points.
        past: The deals it knows; None without any.
    """

    startups: StartupColumns
    investors: InvestorColumns
    named: NamedPairs
    halves: tuple[Half, ...]
    past: Past | None = None

    @classmethod
    def of(cls, market: Market, weights: Weights) -> Self:
        """The columns of the market's profiles, in the order of their ids."""
        past = None
        codes = {one.country for one in (*market.startups, *market.investors)}
        criteria = criteria_of(market)
        if set(criteria) & TRACK_CRITERIA.keys():
            past = Past.of(market.deals, market.as_of, market.graph, more_countries=codes)
        return cls.of_past(market, weights, past, criteria)

    @classmethod
    def of_past(cls, market: Market, weights: Weights, past: Past | None, criteria: Sequence[str]) -> Self:
        """The same with deals that are columns already; their countries hold those of the market."""
        countries = past.deals.countries if past else ()
        axes = Axes.of([*market.startups, *market.investors], market.graph, more_countries=countries)
        homes = _investor_countries(market, past)
        return cls(
            startups=startup_columns(market.startups, axes, past=past, investor_countries=homes),
            investors=investor_columns(market.investors, axes, deal_countries=deal_countries(market.deals), past=past),
            named=NamedPairs.of(market.startups, market.investors),
            halves=split_halves(weights.share_units(criteria)),
            past=past,
        )

    def score(self, rows: Ints, columns: Ints) -> Block:
        """The pairs of some startup rows and investor rows, both ascending."""
        return self._score(self.startups.take(rows), self.investors.take(columns), rows, columns)

    def _score(self, startups: StartupColumns, investors: InvestorColumns, rows: Ints, columns: Ints) -> Block:
        criteria = dict.fromkeys(half.criterion for half in self.halves)
        fits = {name: CRITERIA[name](startups, investors) for name in criteria}
        shape = (len(self.halves), len(rows), len(columns))
        points, known = np.empty(shape), np.empty(shape, dtype=bool)
        for index, half in enumerate(self.halves):
            fit = fits[half.criterion][half.place]
            points[index] = fit.points_units(half.share_units, half.neutral)
            known[index] = fit.known
        common = have_common_sector(startups, investors, fits)
        gates = closed_gates(startups, investors, common=common, named=self.named, rows=rows, columns=columns)
        return Block(points, known, points.sum(axis=0), first_closed(gates))

    def blocks(self, by: Kind, rows: Ints, columns: Ints) -> Iterator[tuple[Ints, Ints, Block]]:
        """The rectangle of these rows and columns, cut along the side `by` so that whole lists lie in one block.

        The next block is scored in a second thread while the caller works on this one (numpy lets go of the
        interpreter); they come in order, and at most two are held.
        """
        along, across = (rows, columns) if by == "startup" else (columns, rows)
        step = max(1, BLOCK_PAIRS // max(1, len(across)))
        startups, investors = self.startups.take(rows), self.investors.take(columns)

        def score(part: slice) -> tuple[Ints, Ints, Block]:
            if by == "startup":
                return rows[part], columns, self._score(startups.take(part), investors, rows[part], columns)
            return rows, columns[part], self._score(startups, investors.take(part), rows, columns[part])

        with ThreadPoolExecutor(max_workers=1) as ahead:
            coming: Future[tuple[Ints, Ints, Block]] | None = None
            for start in range(0, len(along), step):
                following = ahead.submit(score, slice(start, start + step))
                if coming is not None:
                    yield coming.result()
                coming = following
            if coming is not None:
                yield coming.result()


def _investor_countries(market: Market, past: Past | None) -> dict[str, str]:
    """Country of each investor by key, its profile's before that of its deals."""
    if past is None:
        return {}
    places = past.deals.investor_country.tolist()
    told = {key: past.deals.countries[place] for key, place in zip(past.deals.investors, places, strict=True)}
    return told | {one.id: one.country for one in market.investors if one.country}


def deal_countries(deals: Iterable[Deal]) -> dict[str, frozenset[str]]:
    """Investor id to the countries of the startups in its deals."""
    been: dict[str, set[str]] = {}
    for deal in deals:
        if deal.investor_id and deal.startup_country:
            been.setdefault(deal.investor_id, set()).add(deal.startup_country)
    return {investor: frozenset(countries) for investor, countries in been.items()}


def split_halves(shares: dict[str, int]) -> tuple[Half, ...]:
    """A criterion of two halves splits its share equally; an odd unit goes to the first."""
    halves = []
    for criterion, share in shares.items():
        neutrals = NEUTRAL[criterion]
        for place, neutral in enumerate(neutrals):
            part = (share + len(neutrals) - 1 - place) // len(neutrals)
            halves.append(Half(criterion, place, part, neutral))
    return tuple(halves)


def gate_counts(first_gate: NDArray[np.uint8]) -> dict[str, int]:
    """Gate name to the number of pairs it took first, most first, ties in their order."""
    counts = np.bincount(first_gate.ravel(), minlength=len(GATES) + 1)[1:].tolist()
    return {gate: n for n, gate in sorted(zip(counts, GATES, strict=True), key=lambda pair: -pair[0]) if n}


def whole_market(n: int) -> Ints:
    """Every row."""
    return np.arange(n, dtype=np.int32)


def chosen(flags: Sequence[bool]) -> Ints:
    """The rows that are flagged, ascending."""
    return np.flatnonzero(np.array(flags, dtype=bool)).astype(np.int32)
