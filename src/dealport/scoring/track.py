"""The criteria of the track record: what an investor did, beside what it says. Absent where no deals are known.

Each is a function from both sides' columns to values in [0, 1]; the first paragraph of its docstring is what `dealport
explain` prints. How deeds become gains stands in `records`; the formulas are those of a study of 55,000 real deals.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.columns import InvestorColumns, StartupColumns
from dealport.scoring.criteria import Criterion, common_information, tversky
from dealport.scoring.fits import Fit, Mask, Numbers, thousandth_fit
from dealport.scoring.histories import Ints
from dealport.scoring.records import InvestorRecord
from dealport.scoring.rounds import StartupRecord

# log10 in thousandths of the bounds' middles: a class of sizes stands for one ask within an investor's usual range.
SIZE_MIDDLES = np.array([4540, 5040, 5540, 6040, 6540, 7040, 7540, 8040], dtype=np.int32)


def country_deals(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How large a share of the investor’s deals abroad is in the startup’s country, smoothed by how much its own country invests there."""  # noqa: E501 - one paragraph, as the phrases have it
    record = _record(investors)
    return (thousandth_fit(record.countries.T[startups.country], _by_investor(record.known, startups)),)


def abroad_deals(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How many startups abroad the investor has entered of late: a deal counts half after two years."""
    return _alike(_record(investors).abroad, startups, investors)


def abroad_breadth(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """In how many foreign countries the investor has deals."""
    return _alike(_record(investors).breadth, startups, investors)


def recent_deals(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Half is how many startups the investor entered in the last year, half how lately it entered one abroad."""
    record = _record(investors)
    return *_alike(record.recent, startups, investors), *_alike(record.latest, startups, investors)


def round_sizes(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How much more often than others the investor joins rounds of the size asked for: half at large, half abroad."""
    record, size = _record(investors), _round(startups).size
    return *_by_class(record.sizes, size, investors), *_by_class(record.sizes_abroad, size, investors)


def usual_range(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Whether the ask lies where most of its rounds did: 1 within the middle 80 %, falling to 0 at a factor of ten."""
    usual, size = _record(investors).usual, _round(startups).size
    ask = SIZE_MIDDLES[size][:, None]  # unknown is -1: the last, masked below
    gap = np.maximum(usual[None, :, 0] - ask, ask - usual[None, :, 1])
    known: Mask = np.logical_and(size[:, None] >= 0, usual[None, :, 1] > 0)
    return (thousandth_fit(1000 - np.clip(gap, 0, 1000), known),)


def startup_ages(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How much more often than others the investor enters startups of this age.

    By its round where the startup's age is not known.
    """
    record, age = _record(investors), _round(startups).age
    gains: Ints = np.where(age[:, None] >= 0, record.ages.T[age], record.stages.T[startups.stage])
    told = np.maximum(age, startups.stage)[:, None] >= 0
    known: Mask = np.logical_and(told, record.known[None, :])
    return (thousandth_fit(gains, known),)


def warm_path(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How often the investor has invested together with the startup’s present backers."""
    record, backers = _record(investors), _round(startups).backers
    used = np.unique(backers[backers >= 0])
    backs = np.zeros((len(startups.ids), len(used)), dtype=np.float32)
    rows, places = np.nonzero(backers >= 0)
    backs[rows, np.searchsorted(used, backers[rows, places])] = 1
    here = np.flatnonzero(record.places >= 0)
    together = record.partners.dense(used, record.partners.n_rows)
    warmth = np.zeros((len(startups.ids), len(record.places)), dtype=np.float32)
    warmth[:, here] = backs @ together[:, record.places[here]]
    known: Mask = np.logical_and(_is_backed(startups)[:, None], record.known[None, :])
    return (Fit(np.minimum(warmth, 1000).astype(np.float64), _THOUSAND, known),)


def compatriots(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """The share of the startup’s present backers that come from the investor’s country."""
    share = _round(startups).compatriots[:, investors.country]
    return (thousandth_fit(share, share >= 0),)


def city_deals(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How many startups in the startup’s city the investor has entered of late."""
    record, city = _record(investors), _round(startups).city
    used = np.unique(city[city >= 0])
    gain = np.zeros((len(city), len(record.places)), dtype=np.int32)
    located, here = np.flatnonzero(city >= 0), np.flatnonzero(record.places >= 0)
    table = record.cities.dense(used, record.partners.n_rows)[:, record.places[here]]
    gain[np.ix_(located, here)] = table[np.searchsorted(used, city[located])]
    known: Mask = np.logical_and(city[:, None] >= 0, record.known[None, :])
    return (thousandth_fit(gain, known),)


def alone(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How often the investor is the only one in a round: it counts where a startup has no backers yet."""
    record = _record(investors)
    is_first = ~_round(startups).is_backed
    return (thousandth_fit(is_first[:, None] * record.alone[None, :], _by_investor(record.known, startups)),)


def sector_focus(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Half is how much of what the startup does the investor has backed, half how closely its deals point that way.

    Tversky's index with the sectors of its deals, and the cosine of both sides' sectors weighted by information.
    """
    record = _record(investors)
    gain, whole = tversky(common_information(startups.informed, record.levels), startups.sector_mass, record.mass)
    held: Mask = np.logical_and(startups.sector_mass[:, None] > 0, record.mass[None, :] > 0)
    mine, theirs = _round(startups).focus, record.focus
    used = np.flatnonzero(mine.any(axis=0))
    cosine = (mine[:, used] @ theirs[:, used].T).astype(np.float64)
    known: Mask = np.logical_and(np.count_nonzero(mine, axis=1)[:, None], record.holds[None, :])
    return Fit(gain, whole, held), Fit(np.minimum(cosine, 1e6), np.full((1, 1), 1e6), known)


_THOUSAND: Numbers = np.full((1, 1), 1000.0)


def _record(investors: InvestorColumns) -> InvestorRecord:
    if investors.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return investors.record


def _round(startups: StartupColumns) -> StartupRecord:
    if startups.record is None:
        raise AssertionError("a criterion of the track record is asked of a market without deals")
    return startups.record


def _is_backed(startups: StartupColumns) -> Mask:
    """(s,) whether any of its backers is known to the deals."""
    backed: Mask = np.any(_round(startups).backers >= 0, axis=1)
    return backed


def _by_investor(known: NDArray[np.bool_], startups: StartupColumns) -> Mask:
    """(s, i) from (i,)."""
    return np.broadcast_to(known[None, :], (len(startups.ids), len(known)))


def _alike(gain: Ints, startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """One gain of each investor, for whatever startup."""
    shape = len(startups.ids), len(gain)
    known = _by_investor(_record(investors).known, startups)
    return (thousandth_fit(np.broadcast_to(gain[None, :], shape), known),)


def _by_class(gains: Ints, classes: Ints, investors: InvestorColumns) -> tuple[Fit, ...]:
    """(i, classes) gains by (s,) the startups' class; unknown where it is -1."""
    known: Mask = np.logical_and(classes[:, None] >= 0, _record(investors).known[None, :])
    return (thousandth_fit(gains.T[classes], known),)


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
