"""What investors' deeds show: the deals of each before a day, as gains in thousandths.

Axes: e entries (an investor's first deal in a startup), b investors of deals, m countries, t cities, n sector nodes.
A deal counts w = .5^(age / 2 years). lg(x, c) = min(1, ln(1 + x) / ln(1 + c)): the first deals say most.
lift = an investor's share of its rounds in a class, smoothed by 3 rounds, against the market's share; a lift of 1 gives
.5, of 8 gives 1. All were compared on 55,000 real deals; half-lives of 1 and 4 years and scales twice as wide changed
less than chance does.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Floats, Ints
from dealport.scoring.columns.deal_columns import UNKNOWN, DealColumns
from dealport.scoring.columns.deal_sums import (
    Sparse,
    entries_of,
    lifts,
    log_gain,
    partners,
    sorted_quantiles,
    sparse,
    sums_by,
    thousandths,
    unit_rows,
)
from dealport.words.funding.stage_words import LADDER

# US dollars between classes of rounds. In few classes: the exact amount gives some accelerators away.
SIZE_BOUNDS = (6e4, 2e5, 6e5, 2e6, 6e6, 2e7, 6e7)
# Years between classes of startups' ages: rounds are too often without a name.
AGE_BOUNDS = (1.0, 2.5, 5.0, 9.0)
N_SIZES, N_AGES = len(SIZE_BOUNDS) + 1, len(AGE_BOUNDS) + 1
HALF_LIFE_DAYS = 730.0
YEAR_DAYS = 365

ABROAD_FULL, BREADTH_FULL, RECENT_FULL, CITY_FULL = 20, 15, 20, 5
# Where a hundred investors have 20 deals abroad, a second scale still tells them apart.
ABROAD_LONG_FULL, ROUND_FULL, SECTOR_FULL = 200, 60, 5
# Entries at the market's rate that an investor is given beside its own.
COUNTRY_SMOOTHING, FLOW_SMOOTHING, ALONE_SMOOTHING = 3.0, 5.0, 2.0
# Codes of ISO 3166-1. Not how many a market has: a stranger from a new country must move nobody's score.
N_COUNTRIES = 249
# The middle 80 % of an investor's rounds are its usual range.
RANGE_QUANTILES = (0.1, 0.9)
# A quarter of all deals together with a startup's backers is as warm as it gets.
WARM_FULL_SHARE = 4.0


# What a record of some investors holds of all.
_OF_ALL = frozenset({"partners", "cities"})


class InvestorRecord(Struct, frozen=True):
    """The deeds of investors, gains in thousandths; a row without deals is all 0 and not `known`.

    Attributes:
        known: (b,) whether it has deals.
        countries: (b, m) share of its entries abroad in each country.
        abroad, abroad_long, breadth, recent, latest, alone: (b,).
        sizes, sizes_abroad: (b, classes of `SIZE_BOUNDS`).
        ages: (b, classes of `AGE_BOUNDS`). stages: (b, stages of `LADDER`).
        rounds: (b, stages of `LADDER`) how many rounds of each it joined.
        usual: (b, 2) ends of its usual range, log10 of US dollars in thousandths; (0, 0) unknown.
        cities: (t, b) for each city, who entered startups there.
        levels: (b, n) in tenths how surely its portfolio holds each sector.
        entered: (b, n) how many startups abroad it entered in each sector, in hundredths of the most that counts.
        holds: (b,) whether its portfolio has any sector.
        mass: (b,) sum of 10 x level x information, see `columns.Side.sector_mass`.
        focus: (b, n) its portfolio by sector and information, of length 1000.
        partners: for each of the deals' investors, who invested with it.
        places: (b,) its row among the deals' investors; -1 where it has none.
    """

    known: NDArray[np.bool_]
    countries: Ints
    abroad: Ints
    abroad_long: Ints
    breadth: Ints
    recent: Ints
    latest: Ints
    alone: Ints
    sizes: Ints
    sizes_abroad: Ints
    ages: Ints
    stages: Ints
    rounds: Ints
    usual: Ints
    cities: Sparse
    levels: NDArray[np.float32]
    entered: NDArray[np.uint8]
    holds: NDArray[np.bool_]
    mass: NDArray[np.float32]
    focus: NDArray[np.float32]
    partners: Sparse
    places: Ints

    def take(self, rows: slice | NDArray[np.signedinteger[Any]]) -> Self:
        """The same for some rows; partners and cities are those of all."""
        names = (name for name in self.__struct_fields__ if name not in _OF_ALL)
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def of_rows(self, places: Ints) -> Self:
        """Rows by their place among the deals' investors, -1 for one without deals: all 0."""
        here = places >= 0
        columns: dict[str, Any] = {}
        for name in self.__struct_fields__:
            held = getattr(self, name)
            if name not in _OF_ALL and name != "places":
                columns[name] = np.zeros((len(places), *held.shape[1:]), dtype=held.dtype)
                columns[name][here] = held[places[here]]
        return replace(self, places=places, **columns)


class Entries(Struct, frozen=True):
    """First deals of investors in startups.

    Attributes:
        startup, investor: (e,) rows. weight: (e,) by age. days_ago: (e,).
        is_abroad: (e,) between two known countries that differ.
    """

    startup: Ints
    investor: Ints
    weight: Floats
    days_ago: Ints
    is_abroad: NDArray[np.bool_]

    @property
    def only_abroad(self) -> Self:
        """Those abroad."""
        return replace(self, **{name: getattr(self, name)[self.is_abroad] for name in self.__struct_fields__})

    @classmethod
    def of(cls, deals: DealColumns, before: int) -> Self:
        """Those of deals all of which were made before a day."""
        rows = entries_of(deals.startup, deals.investor)
        startup, investor = deals.startup[rows], deals.investor[rows]
        home, there = deals.investor_country[investor], deals.startup_country[startup]
        days_ago = before - deals.made_on[rows]
        return cls(startup, investor, _decayed(days_ago), days_ago, (home > 0) & (there > 0) & (home != there))


def investor_record(deals: DealColumns, before: int, information: NDArray[np.float32]) -> InvestorRecord:
    """The record of every investor of the deals, all of which were made before the day `before`.

    `before`: days since 1970-01-01. `information`: (n,) of the deals' sectors.
    """
    entries, b = Entries.of(deals, before), len(deals.investors)
    entered = sums_by((entries.investor,), entries.weight, (b,))
    return InvestorRecord(
        known=entered > 0,
        partners=partners(entries.startup, entries.investor, entries.weight, entered, full_share=WARM_FULL_SHARE),
        places=np.arange(b, dtype=np.int32),
        **_of_places(entries, deals),
        **_of_rounds(deals, before),
        **_of_portfolio(entries, deals, information),
    )


def _of_places(entries: Entries, deals: DealColumns) -> dict[str, Any]:
    """Where it went and how lately: countries, abroad, breadth, recent, latest, cities."""
    b, abroad = len(deals.investors), entries.is_abroad
    startup, investor, weight = entries.startup, entries.investor, entries.weight
    shape = b, len(deals.countries)
    by_country = sums_by((investor[abroad], deals.startup_country[startup[abroad]]), weight[abroad], shape)
    latest = np.zeros(b)
    np.maximum.at(latest, investor[abroad], weight[abroad])
    lately = np.bincount(investor[entries.days_ago <= YEAR_DAYS], minlength=b)
    return {
        "countries": _country_gains(by_country, deals.investor_country),
        "abroad": thousandths(log_gain(by_country.sum(axis=1), ABROAD_FULL)),
        "abroad_long": thousandths(log_gain(by_country.sum(axis=1), ABROAD_LONG_FULL)),
        "breadth": thousandths(log_gain((by_country > 0).sum(axis=1), BREADTH_FULL)),
        "recent": thousandths(log_gain(lately, RECENT_FULL)),
        "latest": thousandths(latest),
        "cities": _in_cities(entries, deals),
    }


def _in_cities(entries: Entries, deals: DealColumns) -> Sparse:
    """(t, b) who entered startups of each city, and how many, decayed."""
    b, city = len(deals.investors), deals.startup_city[entries.startup]
    located = city >= 0
    places = city[located].astype(np.int64) * b + entries.investor[located]
    found, inverse = np.unique(places, return_inverse=True)
    mass = np.bincount(inverse.ravel(), weights=entries.weight[located], minlength=len(found))
    gains = thousandths(log_gain(mass, CITY_FULL))
    return sparse(found // max(b, 1), (found % max(b, 1)).astype(np.int32), gains, len(deals.cities))


def _of_rounds(deals: DealColumns, before: int) -> dict[str, Any]:
    """Which rounds it joined, later ones of the same startup too: sizes, ages, stages, rounds, usual, alone."""
    b, investor, weight = len(deals.investors), deals.investor, _decayed(before - deals.made_on)
    sizes, ages = size_class(deals.amount_usd), age_class(deals.founded_on[deals.startup], deals.made_on)
    home, there = deals.investor_country[investor], deals.startup_country[deals.startup]
    abroad, named = (home > 0) & (there > 0) & (home != there), deals.stage >= 0
    rounds = sums_by((investor[named], deals.stage[named]), weight[named], (b, len(LADDER)))
    return {
        "rounds": thousandths(log_gain(rounds, ROUND_FULL)),
        "sizes": lifts(investor, sizes, weight, (b, N_SIZES)),
        "sizes_abroad": lifts(investor[abroad], sizes[abroad], weight[abroad], (b, N_SIZES)),
        "ages": lifts(investor, ages, weight, (b, N_AGES)),
        "stages": lifts(investor, deals.stage, weight, (b, len(LADDER))),
        "usual": _usual_ranges(deals),
        "alone": _alone_gains(deals, weight),
    }


def _of_portfolio(entries: Entries, deals: DealColumns, information: NDArray[np.float32]) -> dict[str, Any]:
    """What it holds: levels, entered, mass, focus."""
    held, abroad = _portfolio(entries, deals), _portfolio(entries.only_abroad, deals)
    levels = np.rint(10 * (1 - 0.5**held)).astype(np.float32)
    content = information.astype(np.float64)
    focus = unit_rows(held * content)
    return {
        "levels": levels,
        "entered": np.rint(100 * log_gain(abroad, SECTOR_FULL)).astype(np.uint8),
        "holds": focus.any(axis=1),
        "mass": levels @ information * np.float32(10),
        "focus": focus,
    }


def size_class(amounts_usd: Floats) -> Ints:
    """The class of each amount, -1 where it is NaN."""
    classes = np.searchsorted(SIZE_BOUNDS, np.nan_to_num(amounts_usd), side="right")
    return np.where(np.isnan(amounts_usd), UNKNOWN, classes).astype(np.int32)


def age_class(founded_on: Floats, day: Ints | int) -> Ints:
    """The class of each startup's age on a day, -1 where its founding (NaN) is not known; before it counts as 0."""
    years = (day - founded_on) / 365.25
    classes = np.searchsorted(AGE_BOUNDS, np.nan_to_num(years), side="right")
    return np.where(np.isnan(founded_on), UNKNOWN, classes).astype(np.int32)


def _decayed(days_ago: Ints) -> Floats:
    decayed: Floats = 0.5 ** (days_ago / HALF_LIFE_DAYS)
    return decayed


def _country_gains(by_country: Floats, home: Ints) -> Ints:
    """(b, m) 1 + log10(s) / 3, where s is the share of its entries abroad, smoothed by what its own country does.

    A country whose investors have few deals abroad is smoothed by what all do.
    """
    m = by_country.shape[1]
    flow = np.zeros((m, m))
    np.add.at(flow, home, by_country)
    everybody = (flow.sum(axis=0) + 0.5) / (flow.sum() + 0.5 * N_COUNTRIES)
    expected = flow + FLOW_SMOOTHING * everybody
    expected /= flow.sum(axis=1, keepdims=True) + FLOW_SMOOTHING
    own = by_country.sum(axis=1, keepdims=True) + COUNTRY_SMOOTHING
    share = (by_country + COUNTRY_SMOOTHING * expected[home]) / own
    return thousandths(1 + np.log10(share) / 3)


def _alone_gains(deals: DealColumns, weights: Floats) -> Ints:
    """(b,) share of its rounds in which it was the only investor, smoothed."""
    round_of = np.stack([deals.startup, deals.made_on], axis=1)
    _, places, counts = np.unique(round_of, axis=0, return_inverse=True, return_counts=True)
    b = len(deals.investors)
    alone = np.bincount(deals.investor, weights=weights * (counts[places.ravel()] == 1), minlength=b)
    every = np.bincount(deals.investor, weights=weights, minlength=b)
    mean = alone.sum() / max(every.sum(), 1e-12)
    return thousandths((alone + ALONE_SMOOTHING * mean) / (every + ALONE_SMOOTHING))


def _usual_ranges(deals: DealColumns) -> Ints:
    """(b, 2) log10 in thousandths of the quantiles of its rounds' sizes."""
    told = np.flatnonzero(deals.amount_usd > 0)
    usual = np.zeros((len(deals.investors), 2), dtype=np.int32)
    order = np.lexsort((deals.amount_usd[told], deals.investor[told]))
    investor, logs = deals.investor[told][order], np.log10(deals.amount_usd[told][order])
    starts = np.flatnonzero(np.diff(investor, prepend=-1))
    for column, share in enumerate(RANGE_QUANTILES):
        found = sorted_quantiles(logs, starts, share)
        usual[investor[starts], column] = np.maximum(1, np.rint(1000 * found))
    return usual


def _portfolio(entries: Entries, deals: DealColumns) -> Floats:
    """(b, n) weights of its entries by sector."""
    held = np.zeros((len(deals.investors), len(deals.sectors)))
    for start in range(0, len(entries.startup), 1 << 12):  # a slice at a time: entries x sectors stays within 12 MB
        part = slice(start, start + (1 << 12))
        weights = deals.startup_sectors[entries.startup[part]] * entries.weight[part, None]
        np.add.at(held, entries.investor[part], weights)
    return held
