"""From profiles to columns: what the criteria read of each participant, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from dealport.market.asks import ask_of
from dealport.model import Investor, Profile, SectorMention, Startup
from dealport.scoring.columns.arrays import Ints, Mask, Numbers, Thousandths
from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.columns.investor_records import InvestorRecord
from dealport.scoring.columns.sector_levels import NEIGHBOUR_TENTHS, STATED, Mentions, Tenths, sector_mass
from dealport.scoring.columns.sides import Axes, InvestorColumns, Past, StartupColumns
from dealport.scoring.columns.startup_records import startup_record
from dealport.scoring.criteria.stated.geography import (
    InvestorPlaces,
    country_interest,
    country_wishes,
    invests_elsewhere,
)
from dealport.scoring.criteria.stated.kind import kind_gains
from dealport.scoring.criteria.stated.stage import stage_gains
from dealport.words.capabilities import CAPABILITIES
from dealport.words.funding.stage_words import LADDER
from dealport.words.sectors.graph import SectorGraph


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
        ask=_log_ranges(ask_of(one) for one in startups),
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
    only_stated_countries: bool = False,
) -> InvestorColumns:
    """One row an investor, in the order given; `deal_countries`: where its deals were, by investor id."""
    been, record = deal_countries, _record_of(investors, past) if past else None
    places = [InvestorPlaces(one.invests_in, one.must_invest_in, been.get(one.id, frozenset())) for one in investors]
    return InvestorColumns(
        **_side(investors, axes, near=_near(investors, axes)),
        record=record,
        stage_gain=_table((one.stages for one in investors), stage_gains, LADDER),
        kind_gain=_table((one.type for one in investors), kind_gains, (*LADDER, "")),
        ticket=_log_ranges(one.ticket_usd for one in investors),
        leads=np.array([one.lead is not False for one in investors], dtype=bool),
        interest=_table(places, lambda one: [country_interest(one, code) for code in axes.countries], axes.countries),
        elsewhere=_table(
            places, lambda one: [invests_elsewhere(one, code) for code in axes.countries], axes.countries
        ).astype(bool),
        keeps_countries=np.array([only_stated_countries or _keeps_countries(one) for one in investors], dtype=bool),
        excluded_country=_marks([one.excluded_countries for one in investors], axes.countries),
        excluded_sector=_marks([one.excluded_sectors for one in investors], axes.sectors),
    )


def _keeps_countries(investor: Investor) -> bool:
    """Whether the countries it says it invests in are a fence: it has a mandate, or says that these are all."""
    return investor.must_invest_in is not None or (investor.invests_in is not None and investor.invests_in.only)


def _record_of(investors: Sequence[Investor], past: Past) -> InvestorRecord:
    """(i,) the record of each investor, by its id."""
    place = {key: row for row, key in enumerate(past.deals.investors)}
    return past.record.of_rows(np.array([place.get(one.id, UNKNOWN) for one in investors], dtype=np.int32))


def _side(
    profiles: Sequence[Startup] | Sequence[Investor],
    axes: Axes,
    *,
    near: Mask | None = None,
) -> dict[str, Any]:
    """The common columns; `near`, of investors, marks neighbours in a value chain, which count low."""
    country = {code: index for index, code in enumerate(axes.countries)}
    closure = axes.graph.closure if near is None else axes.graph.wanted_closure
    mentions = Mentions.of(profiles)
    levels = mentions.levels(axes.sectors, axes.graph, closure)
    held = _held(mentions, levels, axes, of_startups=near is None)
    return {
        "country": np.array([country[profile.country] for profile in profiles], dtype=np.int32),
        "levels": levels if near is None else np.maximum(levels, np.uint8(NEIGHBOUR_TENTHS) * near),
        "sector_mass": sector_mass(held, information_of(axes)),
        **({"free": levels - np.minimum(held, levels)} if near is None else {}),
        "agnostic": np.array([profile.agnostic for profile in profiles], dtype=bool),
        "stated": mentions.only(lambda mention: mention.how in STATED).marks(axes.sectors, closure),
        "seeks": _marks([profile.seeks for profile in profiles], CAPABILITIES),
        "offers": _marks([profile.offers for profile in profiles], CAPABILITIES),
    }


def _held(mentions: Mentions, levels: Tenths, axes: Axes, *, of_startups: bool) -> Tenths:
    """(rows, n) levels of the sectors each is held to: those it states, else all it has.

    What a description says beside stated sectors can be in common, and costs nothing where it is not. The technology
    that a startup's field is done with counts only where there is nothing else: who has no field sells that.
    """

    def of(is_kept: Callable[[SectorMention], bool]) -> Tenths:
        return mentions.only(is_kept).levels(axes.sectors, axes.graph, axes.graph.wanted_closure)

    information = information_of(axes)
    if of_startups:
        levels = _first_known(of(lambda mention: not mention.is_means), levels, information)
    stated = of(lambda mention: mention.how in STATED and not (of_startups and mention.is_means))
    return _first_known(stated, levels, information)


def _first_known(first: Tenths, other: Tenths, information: Numbers) -> Tenths:
    """(rows, n) the first where it says anything, else the other."""
    return np.where((sector_mass(first, information) > 0)[:, None], first, other)


def _near(profiles: Sequence[Investor], axes: Axes) -> Mask:
    """(rows, n) the value-chain neighbours of stated sectors."""
    return _marks([frozenset(_neighbours(profile, axes.graph)) for profile in profiles], axes.sectors)


def information_of(axes: Axes) -> Numbers:
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
