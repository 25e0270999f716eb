"""The criteria of who backs a startup already: investors that invest together, and from the same country."""

from __future__ import annotations

import numpy as np

from dealport.scoring.columns.arrays import Mask
from dealport.scoring.criteria.criterion import FITTED, Criterion
from dealport.scoring.criteria.fits import THOUSAND, Fit, any_in, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout, record_of, round_of
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.shortlist import Sentence


def warm_path(pairs: PairLayout) -> tuple[Fit, ...]:
    """How often the investor has invested together with the startup’s present backers."""
    record, backers = record_of(pairs), round_of(pairs).backers
    warmth = pairs.added(record.partners, backers, record.places)
    known: Mask = any_in(pairs.mine(backers) >= 0) & pairs.theirs(record.known)
    return (Fit(np.minimum(warmth, THOUSAND), THOUSAND, known),)


def compatriots(pairs: PairLayout) -> tuple[Fit, ...]:
    """The share of the startup’s present backers that come from the investor’s country."""
    share = pairs.my_gain(round_of(pairs).compatriots, pairs.investors.country)
    return (thousandth_fit(share, share >= 0),)


def _warm_sentence(case: Case) -> Sentence | None:
    """The backer with the most startups in common."""
    backer, n = case.portfolios.warmest(case.startup, case.investor) if case.portfolios else ("", 0)
    if not n:
        return None
    key = "reason.warm_path" if n > 1 else "reason.warm_path_once"
    return Sentence(key, {"backer": backer, "n": str(n)})


def _pair(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.s, facts.i


def _compatriots_sentence(case: Case) -> Sentence | None:
    if not case.gain:
        return None
    return Sentence("reason.compatriots", {"country": ("country", case.investor.country)})


def _compatriots_causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.gain_steps, facts.of_market.investors.country[facts.i]


WARM_PATH = Criterion(
    name="warm_path",
    weight=2.054,
    expected=(3,),
    reads=(("record.backers",),),
    value="deals together with the startup's backers, against the deals of each",
    formula=warm_path,
    reasons=by_cause(_warm_sentence, _pair),
    weighed=FITTED,
)
COMPATRIOTS = Criterion(
    name="compatriots",
    weight=0.966,
    expected=(15,),
    reads=(("record.compatriots",),),
    value="share of the startup's backers that come from the investor's country",
    formula=compatriots,
    reasons=by_cause(_compatriots_sentence, _compatriots_causes),
    weighed=FITTED,
)
