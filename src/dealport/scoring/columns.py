"""Profiles as columns: one array a field, one row a participant, in the order of the ids.

Axes: s startups, i investors, n sector nodes, k capabilities, m countries.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dealport.model import Deal, Investor, Profile, Startup
from dealport.scoring.gains import (
    NEIGHBOUR_TENTHS,
    UNKNOWN,
    Places,
    country_interest,
    country_wishes,
    invests_elsewhere,
    stage_gains,
)
from dealport.scoring.histories import UNKNOWN as NO_DEALS
from dealport.scoring.histories import DealColumns, day_number
from dealport.scoring.levels import sector_levels, sector_mass, without_means
from dealport.scoring.records import InvestorRecord, investor_record
from dealport.scoring.rounds import StartupRecord, startup_record
from dealport.words.capabilities import CAPABILITIES
from dealport.words.sectors import SectorGraph
from dealport.words.stage_words import LADDER

Ints = NDArray[np.int32]
Levels = NDArray[np.float32]
Mask = NDArray[np.bool_]
Thousandths = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Axes:
    """What the columns' second axes mean."""

    sectors: tuple[str, ...]
    countries: tuple[str, ...]  # the first is "", unknown
    graph: SectorGraph

    @classmethod
    def of(cls, profiles: Iterable[Profile], graph: SectorGraph, *, more_countries: Iterable[str] = ()) -> Self:
        """Every sector with information, every country anybody is in; both sorted."""
        countries = sorted({profile.country for profile in profiles} | {"", *more_countries})
        return cls(tuple(sorted(name for name in graph.sectors if graph.information(name))), tuple(countries), graph)


@dataclass(frozen=True, slots=True)
class Side:
    """Columns that both sides have.

    Attributes:
        country: (rows,) index into the axis of countries; 0 is unknown.
        levels: (rows, n) in tenths, 0-10, closed upwards in the graph; an investor's value-chain neighbours too.
        sector_mass: (rows,) sum of 10 x level x information over the row's sectors, without neighbours: what is only
            near does not make anyone want more. Of a startup, nor does the technology that its field is done with: an
            investor in imaging misses nothing in AI imaging.
        states_sectors: (rows,) whether it states a market sector or technology and is not agnostic.
        agnostic: (rows,) whether it takes any sector.
        stated: (rows, n) the stated sectors, closed upwards.
        seeks, offers: (rows, k).
    """

    country: Ints
    levels: NDArray[np.uint8]
    sector_mass: Levels
    states_sectors: Mask
    agnostic: Mask
    stated: Mask
    seeks: Mask
    offers: Mask

    def __len__(self) -> int:
        return len(self.country)

    def take(self, rows: slice | NDArray[np.signedinteger[Any]]) -> Self:
        """The same columns for some rows."""
        return replace(self, **{name: _taken(getattr(self, name), rows) for name in self._row_fields()})

    @classmethod
    def _row_fields(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls) if field.name != "information")


def _taken(column: Any, rows: slice | NDArray[np.signedinteger[Any]]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Some rows of a column or of a record; None stays."""
    if column is None:
        return None
    return column.take(rows) if isinstance(column, InvestorRecord | StartupRecord) else column[rows]


@dataclass(frozen=True, slots=True)
class StartupColumns(Side):
    """Attributes besides the common ones.

    information: (n,) information content of the axis of sectors, whole numbers.
    stage: (s,) index into `LADDER`, -1 unknown.
    ask: (s, 2) log10 of US dollars in hundredths, (0, 0) unknown: amounts within 2 % of each other are one.
    wish: (s, m) how much it wants each country's market, in thousandths; -1 where it names no market at all.
    record: What the criteria of the track record ask of it; None without deals.
    """

    information: Levels
    stage: Ints
    ask: Ints
    wish: Thousandths
    record: StartupRecord | None = None

    @property
    def informed(self) -> Levels:
        """(s, n) level x information."""
        return self.levels * self.information


@dataclass(frozen=True, slots=True)
class InvestorColumns(Side):
    """Attributes besides the common ones.

    stage_gain: (i, stages) in thousandths, -1 unknown. ticket: (i, 2) as `ask`.
    leads: (i,) False only where it says so.
    interest: (i, m) interest in startups of each country, in thousandths; -1 unknown.
    elsewhere: (i, m) True where its `invests_in` does not hold the country.
    excluded_country: (i, m). excluded_sector: (i, n).
    record: What its deals show; None without deals.
    """

    stage_gain: Thousandths
    ticket: Ints
    leads: Mask
    interest: Thousandths
    elsewhere: Mask
    excluded_country: Mask
    excluded_sector: Mask
    record: InvestorRecord | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """The deals before a day, ready for the columns of both sides.

    Attributes:
        deals: Made before `before` (days since 1970-01-01), all of them: nothing later is known.
        record: (b,) of all investors of the deals.
    """

    deals: DealColumns
    before: int
    record: InvestorRecord

    @classmethod
    def of(cls, deals: Iterable[Deal], day: date, graph: SectorGraph, *, more_countries: Iterable[str] = ()) -> Self:
        """What is known on a day: deals made on it or later are left out."""
        before = day_number(day)
        columns = DealColumns.of((deal for deal in deals if deal.made_on < day), graph, more_countries=more_countries)
        information = np.array([graph.information(sector) for sector in columns.sectors], dtype=np.float32)
        return cls(columns, before, investor_record(columns, before, information))


def startup_columns(
    startups: Sequence[Startup], axes: Axes, *, past: Past | None = None, investor_countries: Mapping[str, str] = {}
) -> StartupColumns:
    """One row a startup, in the order given; `investor_countries`: country of each investor by key."""
    side, information = _side(startups, axes), information_of(axes)
    record = None
    if past:
        informed = side["levels"] * information
        record = startup_record(startups, past.deals, past.before, informed=informed, countries=investor_countries)
    return StartupColumns(
        **side,
        information=information,
        record=record,
        stage=np.array([LADDER.index(one.stage) if one.stage else UNKNOWN for one in startups], dtype=np.int32),
        ask=_log_ranges(one.raising_usd for one in startups),
        wish=_table(
            (one.markets for one in startups), lambda markets: country_wishes(markets, axes.countries), axes.countries
        ),
    )


def investor_columns(
    investors: Sequence[Investor],
    axes: Axes,
    *,
    deal_countries: Mapping[str, frozenset[str]] = {},
    past: Past | None = None,
) -> InvestorColumns:
    """One row an investor, in the order given; `deal_countries`: where its deals were, by investor id."""
    been, record = deal_countries, _record_of(investors, past) if past else None
    places = [Places(one.invests_in, one.must_invest_in, been.get(one.id, frozenset())) for one in investors]
    return InvestorColumns(
        **_side(investors, axes, near=_near(investors, axes)),
        record=record,
        stage_gain=_table((one.stages for one in investors), stage_gains, LADDER),
        ticket=_log_ranges(one.ticket_usd for one in investors),
        leads=np.array([one.lead is not False for one in investors], dtype=bool),
        interest=_table(places, lambda one: [country_interest(one, code) for code in axes.countries], axes.countries),
        elsewhere=_table(
            places, lambda one: [invests_elsewhere(one, code) for code in axes.countries], axes.countries
        ).astype(bool),
        excluded_country=_marks([one.excluded_countries for one in investors], axes.countries),
        excluded_sector=_marks([one.excluded_sectors for one in investors], axes.sectors),
    )


def _record_of(investors: Sequence[Investor], past: Past) -> InvestorRecord:
    """(i,) the record of each investor, by its id."""
    place = {key: row for row, key in enumerate(past.deals.investors)}
    return past.record.of_rows(np.array([place.get(one.id, NO_DEALS) for one in investors], dtype=np.int32))


def _side(
    profiles: Sequence[Startup] | Sequence[Investor],
    axes: Axes,
    *,
    near: Mask | None = None,
) -> dict[str, Any]:
    """The common columns; `near`, of investors, marks neighbours in a value chain, which count low."""
    country = {code: index for index, code in enumerate(axes.countries)}
    wanted = axes.graph.wanted_closure
    closure = axes.graph.closure if near is None else wanted
    levels, stated = sector_levels(profiles, axes.sectors, axes.graph, closure)
    mass = sector_mass(levels, information_of(axes))
    if near is None:
        without = [without_means(one) for one in profiles]
        own = sector_mass(sector_levels(without, axes.sectors, axes.graph, wanted)[0], information_of(axes))
        mass = np.where(own > 0, own, mass)  # who has nothing but a technology sells that
    agnostic = np.array([profile.agnostic for profile in profiles], dtype=bool)
    return {
        "country": np.array([country[profile.country] for profile in profiles], dtype=np.int32),
        "levels": levels if near is None else np.maximum(levels, np.uint8(NEIGHBOUR_TENTHS) * near),
        "sector_mass": mass,
        "states_sectors": stated.any(axis=1) & ~agnostic,
        "agnostic": agnostic,
        "stated": stated,
        "seeks": _marks([profile.seeks for profile in profiles], CAPABILITIES),
        "offers": _marks([profile.offers for profile in profiles], CAPABILITIES),
    }


def _near(profiles: Sequence[Investor], axes: Axes) -> Mask:
    """(rows, n) the value-chain neighbours of stated sectors."""
    return _marks([frozenset(_neighbours(profile, axes.graph)) for profile in profiles], axes.sectors)


def information_of(axes: Axes) -> Levels:
    """(n,) information content of the axis of sectors, whole numbers."""
    return np.array([axes.graph.information(sector) for sector in axes.sectors], dtype=np.float32)


def _neighbours(profile: Profile, graph: SectorGraph) -> set[str]:
    """What stands beside its stated sectors in a value chain."""
    stated = (mention.sector for mention in profile.sectors if mention.how == "stated")
    return set[str]().union(*(graph.sectors[sector].neighbours for sector in stated))


def _log_ranges(ranges: Iterable[tuple[float, float] | None]) -> Ints:
    """(rows, 2): log10 of both ends in hundredths, at least 1 so that (0, 0) means unknown."""
    return _table(ranges, _log_range, ("low", "high")).astype(np.int32)


def _log_range(ends: tuple[float, float] | None) -> Sequence[int]:
    return [max(1, round(100 * math.log10(max(end, 1.0)))) for end in ends] if ends else (0, 0)


def _marks(sets: Sequence[frozenset[str]], axis: tuple[str, ...]) -> Mask:
    """(rows, len(axis)) True where the row's set holds the name."""
    return _table(sets, lambda names: [name in names for name in axis], axis).astype(bool)


def _table(keys: Iterable[Hashable], make: Callable[[Any], Sequence[int]], axis: Sequence[str]) -> Thousandths:
    """(rows, len(axis)) what `make` gives for each key, made once for each that differs."""
    place: dict[Hashable, int] = {}
    rows = np.fromiter((place.setdefault(key, len(place)) for key in keys), dtype=np.intp)
    return np.array([make(key) for key in place], dtype=np.int16).reshape(len(place), len(axis))[rows]
