"""The criterion of kind: whether an investor of its kind does rounds of the startup's stage."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.criteria.criterion import JUDGED, REAL_LISTS, Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.shortlist import Sentence
from dealport.words.investor_kinds import resolve_investor_kinds

# Thousandths by stage, in the order of the ladder: pre-seed, seed, pre-A, A, A+, B, B+, C, D+, growth, pre-IPO, public.
# An angel does not lead a series C, a buyout fund no seed round; a VC is at home in most rounds. Who has other ends
# besides a return (a corporate, a family, a government) is a little less sure at any.
KIND_GAIN: Mapping[str, tuple[int, ...]] = {
    "angel": (1000, 1000, 800, 500, 400, 200, 100, 0, 0, 0, 0, 0),
    "accelerator": (1000, 800, 500, 200, 100, 0, 0, 0, 0, 0, 0, 0),
    "seed-fund": (1000, 1000, 1000, 700, 500, 300, 200, 0, 0, 0, 0, 0),
    "vc": (800, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 900, 800, 300),
    "corporate": (300, 600, 700, 800, 800, 900, 900, 900, 900, 900, 800, 500),
    "family-office": (500, 700, 700, 700, 700, 700, 700, 700, 700, 700, 700, 500),
    "private-equity": (0, 0, 50, 150, 250, 400, 550, 750, 900, 1000, 1000, 700),
    "institution": (50, 100, 150, 250, 350, 500, 600, 750, 850, 1000, 1000, 900),
    "public": (600, 700, 700, 700, 700, 700, 700, 700, 700, 700, 600, 400),
}
UNUSUAL, USUAL = 0.4, 0.8  # below and from here a kind seldom or often does such a round
GENERALIST = 800  # in the mean of all stages: that a VC does a series B is no news


def kind_fit(pairs: PairLayout) -> tuple[Fit, ...]:
    """Whether an investor of its kind does such rounds: an angel early ones, private equity late ones, a VC most.

    Of a startup whose stage is unknown, the mean over all stages. Shapes (s,), (i, stages + 1) give (s, i).
    """
    gains = pairs.investors.kind_gain
    gain = pairs.their_gain(gains, pairs.startups.stage)  # unknown is -1: the last column
    return (thousandth_fit(gain, gain >= 0),)


def kind_gains(kind: str) -> list[int]:
    """Thousandths for each stage of the ladder, then their mean; the best of the kinds typed, UNKNOWN without any."""
    rows = [KIND_GAIN[one] for one in resolve_investor_kinds(kind)]
    if not rows:
        return [UNKNOWN] * (len(KIND_GAIN["vc"]) + 1)
    best = [max(gains) for gains in zip(*rows, strict=True)]
    return [*best, round(sum(best) / len(best))]


def _sentence(case: Case) -> Sentence | None:
    """A kind that does such rounds and not most, or seldom does them; else nothing to say."""
    gain = round(case.gain, 3)  # it comes from whole steps
    is_usual = gain >= USUAL and kind_gains(case.investor.type)[-1] < GENERALIST
    if not case.startup.stage or not (is_usual or gain < UNUSUAL):
        return None
    kinds = ("investor_kind", *sorted(resolve_investor_kinds(case.investor.type)))
    key = "reason.kind" if is_usual else "reason.kind_unusual"
    return Sentence(key, {"stage": ("stage", case.startup.stage), "kinds": kinds})


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_startup(_stage).codes, facts.of_investor(_type).codes


_stage, _type = attrgetter("stage"), attrgetter("type")

KIND = Criterion(
    name="kind",
    weight=6.0,  # it says part of what stage and ticket say
    expected=(710,),
    reads=(("stage",),),
    value=(
        "whether an investor of its kind does such rounds: an angel .5 at series A, .2 at B, 0 at C; a VC 1 from seed "
        "to D; where the stage is unknown, the mean of all"
    ),
    formula=kind_fit,
    reasons=by_cause(_sentence, _causes),
    weighed=JUDGED,
    measured=REAL_LISTS,
)
