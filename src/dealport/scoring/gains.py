"""What one thing said in a profile is worth, in whole numbers: levels of sectors, rounds apart, ties to countries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealport.model import How, Reach
from dealport.words.stage_words import LADDER

UNKNOWN = -1
"""Stands for a gain where a profile says nothing."""

# Tenths. A member of an umbrella word or a value-chain neighbour is in common at .3: the summit was about other layers
# of the same industry. What prose names as wanted counts .8, what was inferred from a lone word or derived counts half
# of what was stated; what deals show, by how often and how lately: `records.InvestorRecord.levels`. A technology that
# an investor wants a field done with is nothing alone: the AI imaging fund is no fund for speech.
LEVEL_TENTHS: dict[How, int] = {
    "stated": 10,
    "umbrella": 3,
    "listed": 8,
    "inferred": 5,
    "derived": 5,
    "dealt": 0,
    "with": 0,
}
NEIGHBOUR_TENTHS = 3

# Position on the ladder in half rounds: from seed to series A are two steps with pre-A between.
STAGE_POSITION = {
    "pre-seed": 0,
    "seed": 2,
    "pre-a": 3,
    "series-a": 4,
    "series-a-plus": 5,
    "series-b": 6,
    "series-b-plus": 7,
    "series-c": 8,
    "series-d-plus": 10,
    "growth": 11,
    "pre-ipo": 12,
    "public": 14,
}
# Thousandths by distance in half rounds. A round away is a talk worth having, two are not.
STAGE_GAIN = (1000, 800, 550, 300, 150)

# Thousandths of an investor's interest in a startup's country, the surest tie first: see `criteria.geography`.
INTEREST_OBLIGED = 1000
INTEREST_NAMED = 850
INTEREST_REGIONAL = 600
INTEREST_BEEN = 500  # it says elsewhere, and yet it did a deal there
INTEREST_EVERYWHERE = 400

# Thousandths of a startup's wish for the market of an investor's country.
WISH_NAMED = 1000
WISH_REGIONAL = 700
WISH_EVERYWHERE = 500


def stage_gains(stages: frozenset[str]) -> list[int]:
    """Thousandths for each stage of the ladder, by the distance to the nearest of `stages`; UNKNOWN without any."""
    if not stages:
        return [UNKNOWN] * len(LADDER)
    places = [STAGE_POSITION[stage] for stage in stages]
    steps = [min(abs(STAGE_POSITION[stage] - place) for place in places) for stage in LADDER]
    return [STAGE_GAIN[step] if step < len(STAGE_GAIN) else 0 for step in steps]


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
