"""Both sides of a market as columns: one array a field, one row a participant, in the order of the ids.

Axes: s startups, i investors, n sector nodes, k capabilities, m countries.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.model import Deal, Profile
from dealport.scoring.columns.arrays import Ints, Mask, Numbers, Thousandths
from dealport.scoring.columns.deal_columns import DealColumns, day_number
from dealport.scoring.columns.investor_records import InvestorRecord, investor_record
from dealport.scoring.columns.startup_records import StartupRecord
from dealport.words.sectors.graph import SectorGraph


class Axes(Struct, frozen=True):
    """What the columns' second axes mean."""

    sectors: tuple[str, ...]
    countries: tuple[str, ...]  # the first is "", unknown
    graph: SectorGraph

    @classmethod
    def of(cls, profiles: Iterable[Profile], graph: SectorGraph, *, more_countries: Iterable[str] = ()) -> Self:
        """Every sector with information, every country anybody is in; both sorted."""
        countries = sorted({profile.country for profile in profiles} | {"", *more_countries})
        return cls(tuple(sorted(name for name in graph.sectors if graph.information(name))), tuple(countries), graph)


class Side(Struct, frozen=True):
    """Columns that both sides have.

    Attributes:
        country: (rows,) index into the axis of countries; 0 is unknown.
        levels: (rows, n) in tenths, 0-10, closed upwards in the graph; an investor's value-chain neighbours too.
        sector_mass: (rows,) sum of 10 x level x information over the sectors the row is held to: those it states, else
            all it has, without neighbours: what is only near does not make anyone want more. Of a startup, nor does the
            technology that its field is done with: an investor in imaging misses nothing in AI imaging.
        agnostic: (rows,) whether it takes any sector.
        stated: (rows, n) the stated sectors, closed upwards.
        seeks, offers: (rows, k).
    """

    country: Ints
    levels: NDArray[np.uint8]
    sector_mass: Numbers
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
        return tuple(name for name in cls.__struct_fields__ if name != "information")


def _taken(column: Any, rows: slice | NDArray[np.signedinteger[Any]]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Some rows of a column or of a record; None stays."""
    if column is None:
        return None
    return column.take(rows) if isinstance(column, InvestorRecord | StartupRecord) else column[rows]


class StartupColumns(Side, frozen=True):
    """Attributes besides the common ones.

    information: (n,) information content of the axis of sectors, whole numbers.
    free: (s, n) tenths of `levels` that it is not held to: where they are in common, it is.
    stage: (s,) index into `LADDER`, -1 unknown.
    ask: (s, 2) log10 of US dollars in hundredths, (0, 0) unknown: amounts within 2 % of each other are one.
    wish: (s, m) how much it wants each country's market, in thousandths; -1 where it names no market at all.
    record: What the criteria of the track record ask of it; None without deals.
    """

    information: Numbers
    free: NDArray[np.uint8]
    stage: Ints
    ask: Ints
    wish: Thousandths
    record: StartupRecord | None = None

    @property
    def says_sectors(self) -> Mask:
        """(s,) whether anything is known of what it does."""
        return self.agnostic | (self.sector_mass > 0)

    @property
    def informed(self) -> Numbers:
        """(s, n) level x information."""
        return self.levels * self.information


class InvestorColumns(Side, frozen=True):
    """Attributes besides the common ones.

    stage_gain: (i, stages) in thousandths, -1 unknown. ticket: (i, 2) as `ask`.
    kind_gain: (i, stages + 1) likewise, the last where a startup's stage is unknown.
    leads: (i,) False only where it says so.
    interest: (i, m) interest in startups of each country, in thousandths; -1 unknown.
    elsewhere: (i, m) True where its `invests_in` does not hold the country. keeps_countries: (i,) and never will.
    excluded_country: (i, m). excluded_sector: (i, n).
    record: What its deals show; None without deals.
    """

    stage_gain: Thousandths
    kind_gain: Thousandths
    ticket: Ints
    leads: Mask
    interest: Thousandths
    elsewhere: Mask
    keeps_countries: Mask
    excluded_country: Mask
    excluded_sector: Mask
    record: InvestorRecord | None = None

    @property
    def says_sectors(self) -> Mask:
        """(i,) whether anything is known of what it wants."""
        return self.takes_any_sector | (self.sector_mass > 0)

    @property
    def takes_any_sector(self) -> Mask:
        """(i,) whether it says so, or says nothing and is known by its deals."""
        return self.agnostic | self.known_by_deals

    @property
    def known_by_deals(self) -> Mask:
        """(i,) whether it names no sector, and its deals show some."""
        if self.record is None:
            return np.zeros(len(self), dtype=bool)
        known: Mask = (self.sector_mass == 0) & (self.record.mass > 0)
        return known


class Past(Struct, frozen=True):
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
