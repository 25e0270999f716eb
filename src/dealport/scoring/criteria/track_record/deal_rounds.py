"""The criteria of which rounds an investor joined: their sizes, the startups' ages, alone or with others."""

from __future__ import annotations

import math

import numpy as np

from dealport.model import Startup
from dealport.scoring.columns.arrays import Ints, Mask
from dealport.scoring.criteria.criterion import FITTED, Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout, record_of, round_of
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause, if_often, is_often
from dealport.scoring.criteria.track_record.deal_places import FEWEST_NAMED
from dealport.scoring.shortlist import Sentence
from dealport.words.funding.money_ranges import dollars

# log10 in thousandths of the bounds' middles: a class of sizes stands for one ask within an investor's usual range.
SIZE_MIDDLES = np.array([4540, 5040, 5540, 6040, 6540, 7040, 7540, 8040], dtype=np.int32)
FEWEST_ROUNDS = 3  # before "often" is said


def round_sizes(pairs: PairLayout) -> tuple[Fit, ...]:
    """How much more often than others the investor joins rounds of the size asked for: half at large, half abroad."""
    record = record_of(pairs)
    return *_by_size(record.sizes, pairs), *_by_size(record.sizes_abroad, pairs)


def usual_range(pairs: PairLayout) -> tuple[Fit, ...]:
    """Whether the ask lies where most of its rounds did: 1 within the middle 80 %, falling to 0 at a factor of ten."""
    usual, size = record_of(pairs).usual, round_of(pairs).size
    ask = pairs.mine(SIZE_MIDDLES[size])  # unknown is -1: the last, masked below
    gap = np.maximum(pairs.theirs(usual[:, 0]) - ask, ask - pairs.theirs(usual[:, 1]))
    known: Mask = np.logical_and(pairs.mine(size) >= 0, pairs.theirs(usual[:, 1]) > 0)
    return (thousandth_fit(1000 - np.clip(gap, 0, 1000), known),)


def startup_ages(pairs: PairLayout) -> tuple[Fit, ...]:
    """How much more often than others the investor enters startups of this age.

    By its round where the startup's age is not known.
    """
    record, age, stage = record_of(pairs), round_of(pairs).age, pairs.startups.stage
    by_age, by_stage = pairs.their_gain(record.ages, age), pairs.their_gain(record.stages, stage)
    gains: Ints = np.where(pairs.mine(age) >= 0, by_age, by_stage)
    has_either = pairs.mine(np.maximum(age, stage)) >= 0
    return (thousandth_fit(gains, has_either & pairs.theirs(record.known)),)


def round_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """Half is how many rounds at the startup’s stage the investor has joined, half how much more often than others."""
    record, stage = record_of(pairs), pairs.startups.stage
    known = (pairs.mine(stage) >= 0) & pairs.theirs(record.known)
    return tuple(thousandth_fit(pairs.their_gain(table, stage), known) for table in (record.rounds, record.stages))


def alone(pairs: PairLayout) -> tuple[Fit, ...]:
    """How often the investor is the only one in a round: it counts where a startup has no backers yet."""
    record = record_of(pairs)
    is_first = ~round_of(pairs).is_backed
    return (thousandth_fit(pairs.mine(is_first) * pairs.theirs(record.alone), pairs.theirs(record.known)),)


def _by_size(gains: Ints, pairs: PairLayout) -> tuple[Fit, ...]:
    """(i, classes) gains by the class of the ask; unknown where it is -1."""
    size = round_of(pairs).size
    known: Mask = (pairs.mine(size) >= 0) & pairs.theirs(record_of(pairs).known)
    return (thousandth_fit(pairs.their_gain(gains, size), known),)


def _usual_sentence(case: Case) -> Sentence | None:
    """The range, where the whole ask lies within it: the value goes by the middle of the ask's class alone."""
    row = case.portfolios.row(case.investor.id) if case.portfolios else -1
    if case.portfolios is None or case.gain < 1 or row < 0:
        return None
    low, high = case.portfolios.past.record.usual[row].tolist()
    least, most = _ask_ends(case.startup)
    if least < low or most > high:
        return None
    return Sentence("reason.usual_range", {"range": dollars((10 ** (low / 1000), 10 ** (high / 1000)))})


def _usual_causes(facts: PairFacts) -> tuple[Codes, ...]:
    record, asks = facts.of_market.investors.record, facts.of_startup(_ask_ends)
    if record is None:
        return (facts.i,)
    usual, ask = record.usual[facts.i], np.array(asks.values, dtype=np.int32).reshape(-1, 2)[asks.codes]
    is_within = (usual[:, 0] <= ask[:, 0]) & (ask[:, 1] <= usual[:, 1])
    return ((facts.gain >= 1) & is_within).astype(np.int64), facts.i


def _ask_ends(startup: Startup) -> tuple[int, int]:
    """Both ends, log10 of US dollars in thousandths, as those of a usual range; (0, 0) unknown."""
    least, most = (round(1000 * math.log10(max(end, 1.0))) for end in startup.raising_usd or (1.0, 1.0))
    return least, most


def _rounds_sentence(case: Case) -> Sentence | None:
    entries, stage = case.portfolios.entries(case.investor.id) if case.portfolios else (), case.startup.stage
    n = sum(entry.stage == stage for entry in entries)
    return Sentence("reason.round_deals", {"n": str(n), "stage": ("stage", stage)}) if n >= FEWEST_NAMED else None


def _rounds_causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_market.startups.stage[facts.s], facts.i


def _alone_sentence(case: Case) -> Sentence | None:
    n = len(case.portfolios.entries(case.investor.id)) if case.portfolios else 0
    return Sentence("reason.alone", {}) if is_often(np.array(case.gain)) and n >= FEWEST_ROUNDS else None


def _alone_causes(facts: PairFacts) -> tuple[Codes, ...]:
    return is_often(facts.gain).astype(np.int64), facts.i


ROUND_SIZES = Criterion(
    name="round_sizes",
    weight=1.394,
    expected=(481, 490),
    reads=(("record.size",), ("record.size",)),
    value="how much more often than others it joins rounds of this size; half at large, half abroad",
    formula=round_sizes,
    reasons=if_often("reason.round_sizes"),
    weighed=FITTED,
)
USUAL_RANGE = Criterion(
    name="usual_range",
    weight=1.407,
    expected=(450,),
    reads=(("record.size",),),
    value="1 where the ask lies in the middle 80 % of its rounds, 0 at a factor of ten",
    formula=usual_range,
    reasons=by_cause(_usual_sentence, _usual_causes),
    weighed=FITTED,
)
STARTUP_AGES = Criterion(
    name="startup_ages",
    weight=0.825,
    expected=(481,),
    reads=(("record.age", "stage"),),
    value="how much more often than others it enters startups of this age (or at this round)",
    formula=startup_ages,
    reasons=if_often("reason.startup_ages"),
    weighed=FITTED,
)
ROUND_DEALS = Criterion(
    name="round_deals",
    weight=0.779,
    expected=(34, 474),
    reads=(("stage",), ("stage",)),
    value="half: rounds of this stage it joined, decayed, on a log scale full at 60; half: how much more than others",
    formula=round_deals,
    reasons=by_cause(_rounds_sentence, _rounds_causes),
    weighed=FITTED,
)
ALONE = Criterion(
    name="alone",
    weight=1.031,
    expected=(492,),
    reads=(("record.is_backed",),),
    value="how often it is the only investor, where the startup has no backer yet",
    formula=alone,
    reasons=by_cause(_alone_sentence, _alone_causes),
    weighed=FITTED,
)
