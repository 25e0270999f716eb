"""The criterion of stage: whether the round being raised is one the investor does."""

from __future__ import annotations

from operator import attrgetter

from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.criteria.criterion import JUDGED, REAL_LISTS, Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.shortlist import Sentence
from dealport.words.funding.stage_words import LADDER

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
# Thousandths by distance in half rounds. A round away is a talk worth having, two hardly are.
STAGE_GAIN = (1000, 930, 800, 600, 370)


def stage_fit(pairs: PairLayout) -> tuple[Fit, ...]:
    """Whether the round being raised is one of the investor's stages: 1, falling with the distance on the ladder.

    Half a round away .93, one .8, one and a half .6, two .37, more 0. Shapes (s,), (i, stages) give (s, i).
    """
    stage, gains = pairs.startups.stage, pairs.investors.stage_gain
    gain = pairs.their_gain(gains, stage)  # unknown is -1: the last stage, masked below
    return (thousandth_fit(gain, (pairs.mine(stage) >= 0) & (pairs.theirs(gains[:, 0]) >= 0)),)


def stage_gains(stages: frozenset[str]) -> list[int]:
    """Thousandths for each stage of the ladder, by the distance to the nearest of `stages`; UNKNOWN without any."""
    if not stages:
        return [UNKNOWN] * len(LADDER)
    places = [STAGE_POSITION[stage] for stage in stages]
    steps = [min(abs(STAGE_POSITION[stage] - place) for place in places) for stage in LADDER]
    return [STAGE_GAIN[step] if step < len(STAGE_GAIN) else 0 for step in steps]


def _sentence(case: Case) -> Sentence | None:
    """On its ladder, near it, or nothing to say."""
    stage = ("stage", case.startup.stage)
    if case.gain == 1:
        return Sentence("reason.stage", {"stage": stage})
    if case.gain > 0:
        return Sentence("reason.stage_near", {"stage": stage, "stages": ("stage", *sorted(case.investor.stages))})
    return None


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_startup(_stage).codes, facts.of_investor(_stages).codes, facts.gain_steps


_stage, _stages = attrgetter("stage"), attrgetter("stages")

STAGE = Criterion(
    name="stage",
    weight=14.0,  # with ticket, kind and capacity, whether a deal can come of a talk
    expected=(680,),
    reads=(("stage",),),
    value="1 where the round is one of the investor's stages; .93 .8 .6 .37 by half rounds away",
    formula=stage_fit,
    reasons=by_cause(_sentence, _causes),
    weighed=JUDGED,
    measured=REAL_LISTS,
)
