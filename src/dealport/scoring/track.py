"""The criteria of the track record: what an investor did, beside what it says. Absent where no deals are known.

Each is a function from pairs to values in [0, 1]; the first paragraph of its docstring is what `dealport
explain` prints. How deeds become gains stands in `records`; the formulas are those of a study of 55,000 real deals.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dealport.scoring.criteria import Criterion, tversky
from dealport.scoring.fits import THOUSAND, Fit, Ints, Mask, Numbers, thousandth_fit
from dealport.scoring.layouts import Pairs
from dealport.scoring.records import InvestorRecord
from dealport.scoring.rounds import StartupRecord

# log10 in thousandths of the bounds' middles: a class of sizes stands for one ask within an investor's usual range.
SIZE_MIDDLES = np.array([4540, 5040, 5540, 6040, 6540, 7040, 7540, 8040], dtype=np.int32)


def country_deals(pairs: Pairs) -> tuple[Fit, ...]:
    """How large a share of the investor’s deals abroad is in the startup’s country, smoothed by how much its own country invests there."""  # noqa: E501 - one paragraph, as the phrases have it
    record = _record(pairs)
    return (thousandth_fit(pairs.their_gain(record.countries, pairs.startups.country), pairs.theirs(record.known)),)


def abroad_deals(pairs: Pairs) -> tuple[Fit, ...]:
    """How many startups abroad the investor has entered of late: a deal counts half after two years."""
    return _alike(_record(pairs).abroad, pairs)


def abroad_breadth(pairs: Pairs) -> tuple[Fit, ...]:
    """In how many foreign countries the investor has deals."""
    return _alike(_record(pairs).breadth, pairs)


def recent_deals(pairs: Pairs) -> tuple[Fit, ...]:
    """Half is how many startups the investor entered in the last year, half how lately it entered one abroad."""
    record = _record(pairs)
    return *_alike(record.recent, pairs), *_alike(record.latest, pairs)


def round_sizes(pairs: Pairs) -> tuple[Fit, ...]:
    """How much more often than others the investor joins rounds of the size asked for: half at large, half abroad."""
    record = _record(pairs)
    return *_by_size(record.sizes, pairs), *_by_size(record.sizes_abroad, pairs)


def usual_range(pairs: Pairs) -> tuple[Fit, ...]:
    """Whether the ask lies where most of its rounds did: 1 within the middle 80 %, falling to 0 at a factor of ten."""
    usual, size = _record(pairs).usual, _round(pairs).size
    ask = pairs.mine(SIZE_MIDDLES[size])  # unknown is -1: the last, masked below
    gap = np.maximum(pairs.theirs(usual[:, 0]) - ask, ask - pairs.theirs(usual[:, 1]))
    known: Mask = np.logical_and(pairs.mine(size) >= 0, pairs.theirs(usual[:, 1]) > 0)
    return (thousandth_fit(1000 - np.clip(gap, 0, 1000), known),)


def startup_ages(pairs: Pairs) -> tuple[Fit, ...]:
    """How much more often than others the investor enters startups of this age.

    By its round where the startup's age is not known.
    """
    record, age, stage = _record(pairs), _round(pairs).age, pairs.startups.stage
    by_age, by_stage = pairs.their_gain(record.ages, age), pairs.their_gain(record.stages, stage)
    gains: Ints = np.where(pairs.mine(age) >= 0, by_age, by_stage)
    told = pairs.mine(np.maximum(age, stage)) >= 0
    return (thousandth_fit(gains, told & pairs.theirs(record.known)),)


def warm_path(pairs: Pairs) -> tuple[Fit, ...]:
    """How often the investor has invested together with the startup’s present backers."""
    record, backers = _record(pairs), _round(pairs).backers
    warmth = pairs.added(record.partners, backers, record.places)
    known: Mask = pairs.mine(_any_in(backers >= 0)) & pairs.theirs(record.known)
    return (Fit(np.minimum(warmth, THOUSAND), THOUSAND, known),)


def compatriots(pairs: Pairs) -> tuple[Fit, ...]:
    """The share of the startup’s present backers that come from the investor’s country."""
    share = pairs.my_gain(_round(pairs).compatriots, pairs.investors.country)
    return (thousandth_fit(share, share >= 0),)


def city_deals(pairs: Pairs) -> tuple[Fit, ...]:
    """How many startups in the startup’s city the investor has entered of late."""
    record, city = _record(pairs), _round(pairs).city
    gain = pairs.added(record.cities, city[:, None], record.places)
    return (Fit(gain, THOUSAND, (pairs.mine(city) >= 0) & pairs.theirs(record.known)),)


def alone(pairs: Pairs) -> tuple[Fit, ...]:
    """How often the investor is the only one in a round: it counts where a startup has no backers yet."""
    record = _record(pairs)
    is_first = ~_round(pairs).is_backed
    return (thousandth_fit(pairs.mine(is_first) * pairs.theirs(record.alone), pairs.theirs(record.known)),)


def sector_focus(pairs: Pairs) -> tuple[Fit, ...]:
    """Half is how much of what the startup does the investor has backed, half how closely its deals point that way.

    Tversky's index with the sectors of its deals, and the cosine of both sides' sectors weighted by information.
    """
    startups, record, mine = pairs.startups, _record(pairs), _round(pairs).focus
    my_mass, their_mass = pairs.mine(startups.sector_mass), pairs.theirs(record.mass)
    gain, whole = tversky(pairs.common(startups.informed, record.levels), my_mass, their_mass)
    held: Mask = (my_mass > 0) & (their_mass > 0)
    cosine = pairs.common(mine, record.focus)
    known: Mask = pairs.mine(_any_in(mine > 0)) & pairs.theirs(record.holds)
    return Fit(gain, whole, held), Fit(np.minimum(cosine, MILLION), MILLION, known)


MILLION: Numbers = np.array(1_000_000, dtype=np.float32)


def _any_in(marks: Mask) -> Mask:
    """(rows,) whether any of a row's marks is set."""
    found: Mask = np.logical_or.reduce(marks, axis=1)
    return found


def _record(pairs: Pairs) -> InvestorRecord:
    if pairs.investors.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return pairs.investors.record


def _round(pairs: Pairs) -> StartupRecord:
    if pairs.startups.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return pairs.startups.record


def _alike(gain: Ints, pairs: Pairs) -> tuple[Fit, ...]:
    """One gain of each investor, for whatever startup."""
    every = np.zeros(len(pairs.startups), dtype=np.int32)
    return (thousandth_fit(pairs.mine(every) + pairs.theirs(gain), pairs.theirs(_record(pairs).known)),)


def _by_size(gains: Ints, pairs: Pairs) -> tuple[Fit, ...]:
    """(i, classes) gains by the class of the ask; unknown where it is -1."""
    size = _round(pairs).size
    known: Mask = (pairs.mine(size) >= 0) & pairs.theirs(_record(pairs).known)
    return (thousandth_fit(pairs.their_gain(gains, size), known),)


# In the order of their columns.
TRACK_CRITERIA: Mapping[str, Criterion] = {
    "country_deals": country_deals,
    "abroad_deals": abroad_deals,
    "abroad_breadth": abroad_breadth,
    "recent_deals": recent_deals,
    "round_sizes": round_sizes,
    "usual_range": usual_range,
    "startup_ages": startup_ages,
    "warm_path": warm_path,
    "compatriots": compatriots,
    "city_deals": city_deals,
    "alone": alone,
    "sector_focus": sector_focus,
}

# Thousandths, a number a half: the mean over the pairs of the sample market that no gate takes, where it is known, as
# for what both sides say: an investor whose deals nobody told counts as an average one. Measured with:
# python tests/measure_neutral.py
TRACK_NEUTRAL: Mapping[str, tuple[int, ...]] = {
    "country_deals": (582,),
    "abroad_deals": (109,),
    "abroad_breadth": (151,),
    "recent_deals": (100, 405),
    "round_sizes": (481, 490),
    "usual_range": (450,),
    "startup_ages": (481,),
    "warm_path": (3,),
    "compatriots": (15,),
    "city_deals": (30,),
    "alone": (492,),
    "sector_focus": (25, 62),
}
