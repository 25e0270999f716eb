"""The criterion of geography: whether each side wants the other's country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dealport.model import Investor, Reach
from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.criteria.criterion import Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import Pairs
from dealport.scoring.criteria.reasons import Case, Coded, Codes, PairFacts, same_causes
from dealport.scoring.shortlist import Sentence

# Thousandths of an investor's interest in a startup's country, the surest tie first.
INTEREST_OBLIGED = 1000
INTEREST_NAMED = 850
INTEREST_REGIONAL = 600
INTEREST_BEEN = 500  # it says elsewhere, and yet it did a deal there
INTEREST_EVERYWHERE = 400

# Thousandths of a startup's wish for the market of an investor's country.
WISH_NAMED = 1000
WISH_REGIONAL = 700
WISH_EVERYWHERE = 500


def geography(pairs: Pairs) -> tuple[Fit, ...]:
    """Half is the investor's interest in the startup's country, half the startup's wish for the investor's market.

    Interest: 1 where its mandate obliges it, .85 named, .6 by region, .5 where only a deal shows it, .4 global. Wish: 1
    named, .7 by region, .5 global, else 0. Shapes (s, m), (i, m) give two (s, i).
    """
    interest = pairs.their_gain(pairs.investors.interest, pairs.startups.country)
    wish = pairs.my_gain(pairs.startups.wish, pairs.investors.country)
    return thousandth_fit(interest, interest >= 0), thousandth_fit(wish, wish >= 0)


@dataclass(frozen=True, slots=True)
class Places:
    """Where an investor says it invests, where it must, and the countries of its deals."""

    says: Reach | None
    must: Reach | None
    been: frozenset[str]


def country_interest(places: Places, country: str) -> int:
    """Thousandths of interest in startups of `country`, or UNKNOWN."""
    reach = places.says
    if country and places.must is not None and country in places.must:
        return INTEREST_OBLIGED
    if not country or not reach:
        return UNKNOWN
    if country in reach.countries:
        return INTEREST_NAMED
    if country in reach.regional:
        return INTEREST_REGIONAL
    if country in places.been:
        return INTEREST_BEEN
    return INTEREST_EVERYWHERE if reach.everywhere else 0


def invests_elsewhere(places: Places, country: str) -> bool:
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
_NO_TIE = len(_TIES)


def _ties(facts: PairFacts) -> Codes:
    """(p,) the place of each pair's tie in the table above."""
    startups, investors = facts.of_market.startups, facts.of_market.investors
    interest = investors.interest[facts.i, startups.country[facts.s]]
    wish = startups.wish[facts.s, investors.country[facts.i]]
    everywhere = facts.of_investor(_invests_everywhere)
    holds = (
        interest == INTEREST_OBLIGED,
        interest == INTEREST_NAMED,
        wish == WISH_NAMED,
        interest == INTEREST_REGIONAL,
        wish == WISH_REGIONAL,
        np.array(everywhere.values, dtype=bool)[everywhere.codes],
    )
    return np.select(holds, list(range(_NO_TIE)), _NO_TIE)


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


def _invests_everywhere(investor: Investor) -> bool:
    return bool(investor.invests_in and investor.invests_in.everywhere)


GEOGRAPHY = Criterion(
    name="geography",
    weight=10.0,  # with the complement, why a talk crosses a border
    expected=(745, 470),
    reads=(("country",), ("wish",)),
    value="half: the investor's interest in the country; half: the startup's wish for its market",
    formula=geography,
    reasons=_reasons,
)
