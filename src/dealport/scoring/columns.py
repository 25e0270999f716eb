"""Profiles as columns: one array a field, one row a participant, in the order of the ids.

Axes: s startups, i investors, n sector nodes, k capabilities, m countries.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dealport.model import Deal, Investor, Profile, Startup
from dealport.scoring.gains import (
    LEVEL_TENTHS,
    NEIGHBOUR_TENTHS,
    UNKNOWN,
    country_interest,
    country_wishes,
    stage_gains,
)
from dealport.scoring.histories import UNKNOWN as NO_DEALS
from dealport.scoring.histories import DealColumns, day_number
from dealport.scoring.records import InvestorRecord, investor_record
from dealport.scoring.rounds import StartupRecord, startup_record
from dealport.words.capabilities import CAPABILITIES
from dealport.words.sectors import SectorGraph
from dealport.words.stage_words import LADDER

Ints = NDArray[np.int32]
Levels = NDArray[np.float32]
Mask = NDArray[np.bool_]


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
        levels: (rows, n) in tenths, closed upwards in the graph; an investor's value-chain neighbours too.
        sector_mass: (rows,) sum of 10 x level x information over the row's sectors, without neighbours: what is only
            near does not make anyone want more.
        states_sectors: (rows,) whether it states a market sector or technology and is not agnostic.
        agnostic: (rows,) whether it takes any sector.
        stated: (rows, n) the stated sectors, closed upwards.
        seeks, offers: (rows, k).
    """

    ids: tuple[str, ...]
    country: Ints
    levels: Levels
    sector_mass: NDArray[np.float64]
    states_sectors: Mask
    agnostic: Mask
    stated: Mask
    seeks: Mask
    offers: Mask

    def take(self, rows: slice | Ints) -> Self:
        """The same columns for some rows."""
        ids = self.ids[rows] if isinstance(rows, slice) else tuple(self.ids[row] for row in rows)
        names = (field.name for field in fields(self) if field.name != "ids")
        return type(self)(ids=ids, **{name: _taken(getattr(self, name), rows) for name in names})


def _taken(column: Any, rows: slice | Ints) -> Any:  # noqa: ANN401 - whatever the field holds
    """Some rows of a column or of a record; None stays."""
    if column is None:
        return None
    return column.take(rows) if isinstance(column, InvestorRecord | StartupRecord) else column[rows]


@dataclass(frozen=True, slots=True)
class StartupColumns(Side):
    """Attributes besides the common ones.

    informed: (s, n) level x information.
    stage: (s,) index into `LADDER`, -1 unknown.
    ask: (s, 2) log10 of US dollars in thousandths, (0, 0) unknown.
    wish: (s, m) how much it wants each country's market, in thousandths; -1 where it names no market at all.
    record: What the criteria of the track record ask of it; None without deals.
    """

    informed: Levels
    stage: Ints
    ask: Ints
    wish: Ints
    record: StartupRecord | None = None


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

    stage_gain: Ints
    ticket: Ints
    leads: Mask
    interest: Ints
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
    side = _side(startups, axes)
    informed = side["levels"] * information_of(axes)
    record = None
    if past:
        record = startup_record(startups, past.deals, past.before, informed=informed, countries=investor_countries)
    return StartupColumns(
        **side,
        informed=informed,
        record=record,
        stage=np.array([LADDER.index(one.stage) if one.stage else UNKNOWN for one in startups], dtype=np.int32),
        ask=_log_range(one.raising_usd for one in startups),
        wish=_table((country_wishes(one.markets, axes.countries) for one in startups), len(axes.countries)),
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
    interest, elsewhere = [], []
    for one in investors:
        row = [country_interest(one, country, been.get(one.id, frozenset())) for country in axes.countries]
        interest.append([gain for gain, _ in row])
        elsewhere.append([outside for _, outside in row])
    m = len(axes.countries)
    return InvestorColumns(
        **_side(investors, axes, near=_near(investors, axes)),
        record=record,
        stage_gain=_table((stage_gains(one.stages) for one in investors), len(LADDER)),
        ticket=_log_range(one.ticket_usd for one in investors),
        leads=np.array([one.lead is not False for one in investors], dtype=bool),
        interest=_table(interest, m),
        elsewhere=_table(elsewhere, m).astype(bool),
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
    """The common columns; `near` marks neighbours in a value chain, which count low."""
    node = {sector: index for index, sector in enumerate(axes.sectors)}
    country = {code: index for index, code in enumerate(axes.countries)}
    levels = np.zeros((len(profiles), len(node)), dtype=np.float32)
    stated = np.zeros(levels.shape, dtype=bool)
    for row, profile in enumerate(profiles):
        for sector, tenths in _sector_tenths(profile, axes.graph).items():
            if sector in node:
                levels[row, node[sector]] = tenths
        named = [mention.sector for mention in profile.sectors if mention.how in ("stated", "umbrella")]
        stated[row, [node[sector] for sector in axes.graph.closure(named) if sector in node]] = True
    agnostic = np.array([profile.agnostic for profile in profiles], dtype=bool)
    return {
        "ids": tuple(profile.id for profile in profiles),
        "country": np.array([country[profile.country] for profile in profiles], dtype=np.int32),
        "levels": levels if near is None else np.maximum(levels, np.float32(NEIGHBOUR_TENTHS) * near),
        "sector_mass": levels.astype(np.float64) @ information_of(axes).astype(np.float64) * 10,
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


def _sector_tenths(profile: Profile, graph: SectorGraph) -> dict[str, int]:
    """Sector to its level, closed upwards; the highest level wins."""
    tenths: dict[str, int] = {}
    for mention in profile.sectors:
        umbrella = graph.sectors[mention.sector].facet == "umbrella"  # low itself, as its members are
        level = LEVEL_TENTHS["umbrella" if umbrella else mention.how]
        for sector in graph.closure([mention.sector]):
            tenths[sector] = max(level, tenths.get(sector, 0))
    return tenths


def _neighbours(profile: Profile, graph: SectorGraph) -> set[str]:
    """What stands beside its stated sectors in a value chain."""
    stated = (mention.sector for mention in profile.sectors if mention.how == "stated")
    return set[str]().union(*(graph.sectors[sector].neighbours for sector in stated))


def _log_range(ranges: Iterable[tuple[float, float] | None]) -> Ints:
    """(rows, 2): log10 of both ends in thousandths, at least 1 so that (0, 0) means unknown."""
    rows = [tuple(max(1, round(1000 * math.log10(max(end, 1.0)))) for end in one) if one else (0, 0) for one in ranges]
    return np.array(rows, dtype=np.int32).reshape(len(rows), 2)


def _marks(sets: Sequence[frozenset[str]], axis: tuple[str, ...]) -> Mask:
    """(rows, len(axis)) True where the row's set holds the name."""
    place = {name: index for index, name in enumerate(axis)}
    marks = np.zeros((len(sets), len(axis)), dtype=bool)
    for row, names in enumerate(sets):
        marks[row, [place[name] for name in names if name in place]] = True
    return marks


def _table(rows: Iterable[Sequence[int]], width: int) -> Ints:
    """(rows, width) also when there are no rows."""
    held = list(rows)
    return np.array(held, dtype=np.int32).reshape(len(held), width)
