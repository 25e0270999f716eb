"""The criterion of complement: what each side brings that the other seeks."""

from __future__ import annotations

import numpy as np

from dealport.scoring.columns.arrays import Mask, Numbers
from dealport.scoring.criteria.criterion import Criterion
from dealport.scoring.criteria.fits import Fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause, packed
from dealport.scoring.shortlist import Sentence


def complement(pairs: PairLayout) -> tuple[Fit, ...]:
    """Half is the share of what the startup seeks that the investor offers, half the same the other way round.

    Shapes (s, k), (i, k) give two (s, i).
    """
    startups, investors = pairs.startups, pairs.investors
    there, back = pairs.common(startups.seeks, investors.offers), pairs.common(startups.offers, investors.seeks)
    return (
        _share_met(there, _counts(pairs.mine(startups.seeks)), _counts(pairs.theirs(investors.offers))),
        _share_met(back, _counts(pairs.theirs(investors.seeks)), _counts(pairs.mine(startups.offers))),
    )


def _counts(marks: Mask) -> Numbers:
    counts: Numbers = marks.sum(axis=-1, dtype=np.float32)
    return counts


def _share_met(met: Numbers, n_sought: Numbers, n_offered: Numbers) -> Fit:
    """How many of the needs are met, out of how many."""
    return Fit(met, np.maximum(n_sought, np.float32(1)), (n_sought > 0) & (n_offered > 0))


def _sentence(case: Case) -> Sentence | None:
    """What each side brings that the other seeks."""
    startup, investor = case.startup, case.investor
    there = ("capability", *sorted(startup.seeks & investor.offers))
    back = ("capability", *sorted(investor.seeks & startup.offers))
    if len(there) > 1 and len(back) > 1:
        return Sentence("reason.needs_met_both", {"capabilities": there, "back": back})
    if len(there) > 1:
        return Sentence("reason.needs_met", {"capabilities": there})
    return Sentence("reason.needs_met_back", {"capabilities": back}) if len(back) > 1 else None


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    startups, investors, s, i = facts.of_market.startups, facts.of_market.investors, facts.s, facts.i
    return packed(startups.seeks[s] & investors.offers[i]), packed(investors.seeks[i] & startups.offers[s])


COMPLEMENT = Criterion(
    name="complement",
    weight=8.0,  # with geography, why a talk crosses a border
    expected=(265, 250),
    reads=(("seeks",), ("offers",)),
    value="half: the startup's needs the investor meets; half: the other way round",
    formula=complement,
    reasons=by_cause(_sentence, _causes),
)
