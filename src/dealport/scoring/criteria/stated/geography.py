"""The criterion of geography: whether each side wants the other's country."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from msgspec import Struct

from dealport.model import Investor, Reach
from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.criteria.criterion import JUDGED, REAL_LISTS, Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import Case, Coded, Codes, PairFacts, same_causes
from dealport.scoring.shortlist import Sentence

# Thousandths of an investor's interest in a startup's country, the surest tie first. A country named alone has all of
# `INTEREST_NAMED`; one of so many that they are the world has no more than the world.
INTEREST_OBLIGED = 1000
INTEREST_NAMED = 980
N_COUNTRIES = 190
INTEREST_REGIONAL = 780
INTEREST_BEEN = 700  # it says elsewhere, and yet it did a deal there
INTEREST_EVERYWHERE = 600

# Thousandths of a startup's wish for the market of an investor's country.
WISH_NAMED = 1000
WISH_REGIONAL = 700
WISH_EVERYWHERE = 500


def geography(pairs: PairLayout) -> tuple[Fit, ...]:
    """Half is the investor's interest in the startup's country, half the startup's wish for the investor's market.

    Interest: 1 where its mandate obliges it, .98 where it names the country alone, falling to .6 with the logarithm of
    how many it names, .78 at most by region, .7 where a deal shows it, .6 global. Wish: 1 named, .7 by region, .5
    global, else 0. Shapes (s, m), (i, m) give two (s, i).
    """
    interest = pairs.their_gain(pairs.investors.interest, pairs.startups.country)
    wish = pairs.my_gain(pairs.startups.wish, pairs.investors.country)
    return thousandth_fit(interest, interest >= 0), thousandth_fit(wish, wish >= 0)


class InvestorPlaces(Struct, frozen=True):
    """Where an investor says it invests, where it must, and the countries of its deals."""

    says: Reach | None
    must: Reach | None
    been: frozenset[str]


def country_interest(places: InvestorPlaces, country: str) -> int:
    """Thousandths of interest in startups of `country`, by the surest of its ties to it, or UNKNOWN."""
    reach = places.says
    if country and places.must is not None and country in places.must:
        return INTEREST_OBLIGED
    if not country or not reach:
        return UNKNOWN
    ties = [INTEREST_BEEN * (country in places.been), INTEREST_EVERYWHERE * reach.everywhere]
    if country in reach.countries:
        ties.append(named_among(len(reach.countries)))
    elif country in reach.regional:
        ties.append(min(INTEREST_REGIONAL, named_among(len(reach.countries) + len(reach.regional))))
    return max(ties)


def named_among(n: int) -> int:
    """Interest in one of n countries named, n > 0: who names Korea alone means it more than who names 190."""
    breadth = min(1.0, math.log(n) / math.log(N_COUNTRIES))
    return round(INTEREST_NAMED - (INTEREST_NAMED - INTEREST_EVERYWHERE) * breadth)


def invests_elsewhere(places: InvestorPlaces, country: str) -> bool:
    """Whether what it says leaves the country out, and no deal shows otherwise."""
    return country_interest(places, country) == 0


def country_wishes(markets: Reach | None, countries: Sequence[str]) -> list[int]:
    """Thousandths of wish for the market of each of `countries`; UNKNOWN where no market is named."""
    if not markets:
        return [UNKNOWN] * len(countries)
    far = WISH_EVERYWHERE if markets.everywhere else 0
    return [
        WISH_NAMED if country in markets.countries else WISH_REGIONAL if country in markets.regional else far
        for country in countries
    ]


# The strongest tie of the two countries first, and whose country it names.
_TIES = (
    ("reason.must_invest", "startup"),
    ("reason.invests_in", "startup"),
    ("reason.wants_market", "investor"),
    ("reason.invests_in_region", "startup"),
    ("reason.wants_region", "investor"),
    ("reason.invests_everywhere", "startup"),
)
_MARKET, _MARKET_REGION, _EVERYWHERE, _NO_TIE = 2, 4, 5, len(_TIES)


def _ties(facts: PairFacts) -> Codes:
    """(p,) the place of each pair's tie in the table above."""
    interest = _first_ties(_interest_tie, facts.of_investor(_reaches), facts.of_startup(_country))
    wish = _first_ties(_wish_tie, facts.of_startup(_markets), facts.of_investor(_country))
    return np.minimum(interest, wish)


def _first_ties(tie: Callable[[Any, str], int], side: Coded[Any], country: Coded[str]) -> Codes:
    """(p,) the tie of one side to the other's country, found once for all pairs alike in both."""
    codes, firsts = same_causes([side.codes, country.codes])
    ties: Codes = np.array([tie(side.at(pair), country.at(pair)) for pair in firsts.tolist()], dtype=np.int64)
    return ties[codes]


def _interest_tie(reaches: tuple[Reach | None, Reach | None], country: str) -> int:
    """Of what an investor says and what it must."""
    says, must = (reach or Reach() for reach in reaches)
    holds = (country in must, country in says.countries, False, country in says.regional)
    first = next((tie for tie, is_tied in enumerate(holds) if country and is_tied), _NO_TIE)
    return min(first, _EVERYWHERE) if says.everywhere else first


def _wish_tie(markets: Reach | None, country: str) -> int:
    reach = markets or Reach()
    return _MARKET if country in reach.countries else _MARKET_REGION if country in reach.regional else _NO_TIE


def _reasons(facts: PairFacts) -> Coded[Sentence | None]:
    """The strongest tie of the two countries."""
    ties = np.where(facts.is_known, _ties(facts), _NO_TIE)
    names_startup = np.array([side == "startup" for _, side in _TIES] + [True])[ties]
    home, away = facts.of_market.startups.country[facts.s], facts.of_market.investors.country[facts.i]
    codes, firsts = same_causes([ties, np.where(names_startup, home, away)])
    return Coded(codes, [_sentence(int(ties[pair]), facts.case(pair)) for pair in firsts.tolist()])


def _sentence(tie: int, case: Case) -> Sentence | None:
    if tie == _NO_TIE:
        return None
    key, side = _TIES[tie]
    return Sentence(key, {"country": ("country", (case.startup if side == "startup" else case.investor).country)})


def _reaches(investor: Investor) -> tuple[Reach | None, Reach | None]:
    return investor.invests_in, investor.must_invest_in


_country, _markets = attrgetter("country"), attrgetter("markets")

GEOGRAPHY = Criterion(
    name="geography",
    weight=20.0,  # with the complement, why a talk crosses a border
    expected=(160, 470),
    reads=(("country",), ("wish",)),
    value="half: the investor's interest in the country; half: the startup's wish for its market",
    formula=geography,
    reasons=_reasons,
    weighed=JUDGED,
    measured=REAL_LISTS,
)
