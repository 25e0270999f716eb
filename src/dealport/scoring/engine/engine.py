"""From columns to blocks of scored pairs: a rectangle of the market at a time, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import Deal
from dealport.scoring.columns.arrays import Ints, Mask, Numbers
from dealport.scoring.columns.sides import Axes, InvestorColumns, Past, StartupColumns
from dealport.scoring.criteria.fits import LAST_RESORT, in_units, units_of
from dealport.scoring.criteria.gates import LAST_RESORTS, NamedPairs, closed_gates, first_closed, outside_countries
from dealport.scoring.criteria.layouts import Grid, Lines, PairLayout
from dealport.scoring.criteria.table import CRITERIA, TRACK_CRITERIA, Fits, criteria_of, have_common_ground
from dealport.scoring.criteria.weights import Weights
from dealport.scoring.encoding import investor_columns, startup_columns

# Pairs in a block: a dozen arrays of 8 bytes a pair stay within a few MB, near the processor.
BLOCK_PAIRS = 1 << 17
LINES = 1 << 15  # pairs one by one at a time


class Half(Struct, frozen=True):
    """One half of a criterion, or the whole of one that has no halves."""

    criterion: str
    place: int
    share_steps: int
    neutral: int


class ScoredBlock(Struct, frozen=True):
    """Scores of a rectangle of pairs.

    Attributes:
        points_units: (halves, s, i) in units of 0.00001 point, what a last resort leaves of them.
        known: (halves, s, i) whether both sides say something.
        standing: (s, i) what pairs are ranked by, see `fits`.
        first_gate: (s, i) 0 where every gate is open, else 1 + the gate's index.
    """

    points_units: Numbers
    known: Mask
    standing: Numbers
    first_gate: NDArray[np.uint8]

    @property
    def score_units(self) -> NDArray[np.int64]:
        """(s, i) the sum of the points."""
        return units_of(self.standing).astype(np.int64)


class ScoredLines(Struct, frozen=True):
    """Scores of pairs one by one.

    Attributes:
        points_steps: (halves, p) in steps of 0.0001 point, as the criteria give them.
        known: (halves, p) whether both sides say something.
        resorts: (p, 2) whether each of `LAST_RESORTS` holds.
    """

    points_steps: Numbers
    known: Mask
    resorts: Mask


class Engine(Struct, frozen=True):
    """A market ready to be scored.

    Attributes:
        halves: In the order of the criteria table; their shares sum to exactly 100 points.
        countries: (m,) codes of the columns' axis of countries; the first is "", unknown.
        past: The deals it knows; None without any.
    """

    startups: StartupColumns
    investors: InvestorColumns
    named: NamedPairs
    halves: tuple[Half, ...]
    countries: tuple[str, ...] = ("",)
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
            investors=investor_columns(
                market.investors,
                axes,
                deal_countries=deal_countries(market.deals),
                past=past,
                only_stated_countries=weights.only_stated_countries,
            ),
            named=NamedPairs.of(market.startups, market.investors),
            halves=split_halves(weights.share_steps(criteria)),
            countries=axes.countries,
            past=past,
        )

    def only(self, rows: Ints, columns: Ints) -> Self:
        """The engine of some startup rows and investor rows, both ascending."""
        if len(rows) == len(self.startups) and len(columns) == len(self.investors):
            return self
        startups, investors = self.startups.take(rows), self.investors.take(columns)
        return replace(self, startups=startups, investors=investors, named=self.named.only(rows, columns))

    def score_lines(self, rows: Ints, columns: Ints) -> ScoredLines:
        """Pairs one by one, (p,) rows of both sides. Gates are not asked."""
        points = np.empty((len(self.halves), len(rows)), dtype=np.float32)
        known, resorts = np.empty(points.shape, dtype=bool), np.empty((len(rows), len(LAST_RESORTS)), dtype=bool)
        for start in range(0, len(rows), LINES):
            part = slice(start, start + LINES)
            pairs = Lines(self.startups, self.investors, rows[part], columns[part])
            fits = self._fits(pairs)
            for index, half in enumerate(self.halves):
                fit = fits[half.criterion][half.place]
                points[index, part] = fit.points_steps(half.share_steps, half.neutral)
                known[index, part] = fit.known
            resorts[part, 0], resorts[part, 1] = ~have_common_ground(pairs, fits), outside_countries(pairs)
        return ScoredLines(points, known, resorts)

    def score(self, rows: Ints, columns: Ints) -> ScoredBlock:
        """The pairs of some startup rows and investor rows, both ascending."""
        return self._score(self.startups.take(rows), self.investors.take(columns), rows, columns)

    def _score(self, startups: StartupColumns, investors: InvestorColumns, rows: Ints, columns: Ints) -> ScoredBlock:
        pairs = Grid(startups, investors)
        fits = self._fits(pairs)
        shape = (len(self.halves), len(rows), len(columns))
        points, known = np.empty(shape, dtype=np.float32), np.empty(shape, dtype=bool)
        is_last_resort = ~have_common_ground(pairs, fits) | outside_countries(pairs)
        for index, half in enumerate(self.halves):
            fit = fits[half.criterion][half.place]
            points[index] = fit.points_steps(half.share_steps, half.neutral)
            known[index] = fit.known
        standing = points.sum(axis=0) + np.float32(LAST_RESORT) * is_last_resort
        first_gate = self._first_gate(pairs, rows, columns, fits)
        return ScoredBlock(in_units(points, is_last_resort), known, standing, first_gate)

    def _fits(self, pairs: PairLayout) -> dict[str, Fits]:
        """What each criterion in force gives."""
        return {name: CRITERIA[name].formula(pairs) for name in dict.fromkeys(half.criterion for half in self.halves)}

    def first_gate(self, rows: Ints, columns: Ints) -> NDArray[np.uint8]:
        """(s, i) of some startup rows and investor rows, both ascending: see `ScoredBlock.first_gate`."""
        return self._first_gate(Grid(self.startups.take(rows), self.investors.take(columns)), rows, columns)

    def _first_gate(self, pairs: Grid, rows: Ints, columns: Ints, fits: Mapping[str, Fits] = {}) -> NDArray[np.uint8]:
        common = have_common_ground(pairs, fits)
        sides = pairs.startups, pairs.investors
        return first_closed(closed_gates(*sides, common=common, named=self.named, rows=rows, columns=columns))

    @staticmethod
    def parts(n: int, n_others: int) -> list[slice]:
        """`n` rows cut so that each part with all the others is one block."""
        step = max(1, BLOCK_PAIRS // max(1, n_others))
        return [slice(start, start + step) for start in range(0, n, step)]

    def blocks(self, rows: Ints, columns: Ints) -> Iterator[tuple[Ints, ScoredBlock]]:
        """The rectangle of these rows and columns, startups a few at a time.

        The next block is scored in a second thread while the caller works on this one (numpy lets go of the
        interpreter); they come in order, and at most two are held.
        """
        investors = self.investors.take(columns)

        def score(part: slice) -> tuple[Ints, ScoredBlock]:
            return rows[part], self._score(self.startups.take(rows[part]), investors, rows[part], columns)

        with ThreadPoolExecutor(max_workers=1) as ahead:
            coming: Future[tuple[Ints, ScoredBlock]] | None = None
            for part in self.parts(len(rows), len(columns)):
                following = ahead.submit(score, part)
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
        neutrals = CRITERIA[criterion].expected
        for place, neutral in enumerate(neutrals):
            part = (share + len(neutrals) - 1 - place) // len(neutrals)
            halves.append(Half(criterion, place, part, neutral))
    return tuple(halves)


def whole_market(n: int) -> Ints:
    """Every row."""
    return np.arange(n, dtype=np.int32)


def chosen(flags: Sequence[bool]) -> Ints:
    """The rows that are flagged, ascending."""
    return np.flatnonzero(np.array(flags, dtype=bool)).astype(np.int32)
