"""Deals as columns: one row a deal, in the order of their days, with what is known of both sides.

Axes: d deals, a startups of deals, b investors of deals, m countries, t cities, n sector nodes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.model import Deal
from dealport.scoring.columns.arrays import Floats, Ints
from dealport.words.funding.stage_words import LADDER
from dealport.words.normalising import compact
from dealport.words.sectors.graph import SectorGraph

UNKNOWN = -1
_EPOCH = date(1970, 1, 1)


def city_key(country: str, city: str) -> str:
    """``KR/seoul``: spellings of one city are one, cities of one name in two countries are two; "" unknown."""
    key = compact(city)
    return f"{country}/{key}" if key else ""


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


class DealColumns(Struct, frozen=True):
    """What is known of past deals. To know nothing of a day and after, make it of the deals before that day.

    Attributes:
        made_on: (d,) days since 1970-01-01, ascending.
        startup: (d,) row of the startup. investor: (d,) row of the investor.
        investor_names: (b) as typed. city_names: (t) as typed.
        amount_usd: (d,) size of the whole round; NaN unknown.
        stage: (d,) index into `LADDER`; -1 unknown.
        startups: (a) keys, see `Deal`. investors: (b) keys.
        countries: (m) codes, sorted; the first is "", unknown. cities: (t) ``KR/Seoul``, sorted.
        sectors: (n) ids of the sectors that say something, sorted.
        startup_country: (a,) index into `countries`; investor_country: (b,) likewise.
        startup_city: (a,) index into `cities`, -1 unknown.
        founded_on: (a,) days since 1970-01-01; NaN unknown.
        startup_sectors: (a, n) the stated sectors, closed upwards.
    """

    made_on: Ints
    startup: Ints
    investor: Ints
    amount_usd: Floats
    stage: Ints
    startups: tuple[str, ...]
    investors: tuple[str, ...]
    investor_names: tuple[str, ...]
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    city_names: tuple[str, ...]
    sectors: tuple[str, ...]
    startup_country: Ints
    investor_country: Ints
    startup_city: Ints
    founded_on: Floats
    startup_sectors: NDArray[np.bool_]

    @classmethod
    def of(cls, deals: Iterable[Deal], graph: SectorGraph, *, more_countries: Iterable[str] = ()) -> Self:
        """The deals in any order; `more_countries` are on the axis too.

        What is told of a startup or investor in several deals is taken from the earliest that tells it.
        """
        ordered = sorted(deals, key=lambda deal: (deal.made_on, deal.startup_key, deal.investor_key))
        startups = {key: row for row, key in enumerate(sorted({deal.startup_key for deal in ordered}))}
        investors = {key: row for row, key in enumerate(sorted({deal.investor_key for deal in ordered}))}
        codes = {deal.startup_country for deal in ordered} | {deal.investor_country for deal in ordered}
        countries = {code: place for place, code in enumerate(sorted(codes | {"", *more_countries}))}
        city_names: dict[str, str] = {}
        for deal in ordered:
            if key := city_key(deal.startup_country, deal.startup_city):
                city_names.setdefault(key, deal.startup_city)
        cities = {key: place for place, key in enumerate(sorted(city_names))}
        rows = _ints(startups[deal.startup_key] for deal in ordered)
        made_on = _ints(day_number(deal.made_on) for deal in ordered)
        investor = _ints(investors[deal.investor_key] for deal in ordered)
        first = _First(rows, len(startups))
        founded, sectors = first.told([deal.founded_on for deal in ordered]), _axis(graph)
        return cls(
            made_on=made_on,
            startup=rows,
            investor=investor,
            amount_usd=np.array([deal.amount_usd or np.nan for deal in ordered], dtype=np.float64),
            stage=_ints(LADDER.index(deal.stage) if deal.stage else UNKNOWN for deal in ordered),
            startups=tuple(startups),
            investors=tuple(investors),
            investor_names=tuple(_First(investor, len(investors)).told([deal.investor for deal in ordered])),
            countries=tuple(countries),
            cities=tuple(cities),
            city_names=tuple(city_names[key] for key in cities),
            sectors=sectors,
            startup_country=_placed(first.told([deal.startup_country for deal in ordered]), countries, 0),
            investor_country=_placed(
                _First(investor, len(investors)).told([deal.investor_country for deal in ordered]), countries, 0
            ),
            startup_city=_placed(
                first.told([city_key(deal.startup_country, deal.startup_city) for deal in ordered]), cities, UNKNOWN
            ),
            founded_on=np.array([np.nan if day is None else day_number(day) for day in founded], dtype=np.float64),
            startup_sectors=_marked(first.told([deal.startup_sectors for deal in ordered]), sectors, graph),
        )

    def startup_row(self, key: str) -> int:
        """The row of a startup; -1 where no deal is its."""
        return _row_of(self.startups, key)

    def investor_name(self, key: str) -> str:
        """What an investor is called; its key where no deal is its."""
        row = _row_of(self.investors, key)
        return self.investor_names[row] if row >= 0 else key

    def backers_of(self, startup: str) -> frozenset[str]:
        """Keys of a startup's investors."""
        rows = set(self.investor[self.startup == self.startup_row(startup)].tolist())
        return frozenset(self.investors[row] for row in rows)

    def city_of(self, country: str, city: str) -> int:
        """The place of a city among `cities`; -1 where no deal is there."""
        return _row_of(self.cities, city_key(country, city))

    def sectors_of(self, startup: int) -> tuple[str, ...]:
        """Sectors of a row, closed upwards."""
        return tuple(self.sectors[place] for place in np.flatnonzero(self.startup_sectors[startup]).tolist())


class _First(Struct, frozen=True):
    """Who each deal is about: (d,) rows of `n` startups or investors, the deals in the order of their days."""

    rows: Ints
    n: int

    def told(self, values: Sequence[Any]) -> list[Any]:
        """(n,) of each the earliest value that is not blank; None where all are."""
        first: list[Any] = [None] * self.n
        for row, value in zip(self.rows.tolist(), values, strict=True):
            if value and first[row] is None:
                first[row] = value
        return first


def _row_of(ascending: Sequence[str], key: str) -> int:
    place = bisect_left(ascending, key)
    return place if place < len(ascending) and ascending[place] == key else UNKNOWN


def _axis(graph: SectorGraph) -> tuple[str, ...]:
    return tuple(sorted(name for name in graph.sectors if graph.information(name)))


def _placed(values: Sequence[str | None], axis: dict[str, int], unknown: int) -> Ints:
    return _ints(axis[value] if value else unknown for value in values)


def _marked(told: Sequence[tuple[str, ...] | None], sectors: tuple[str, ...], graph: SectorGraph) -> NDArray[np.bool_]:
    """(rows, n) the sectors told, closed upwards."""
    node = {sector: place for place, sector in enumerate(sectors)}
    marks = np.zeros((len(told), len(sectors)), dtype=bool)
    closed: dict[tuple[str, ...], list[int]] = {}
    for row, stated in enumerate(told):
        if stated:
            if stated not in closed:
                closed[stated] = [node[name] for name in graph.closure(stated) if name in node]
            marks[row, closed[stated]] = True
    return marks


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)
