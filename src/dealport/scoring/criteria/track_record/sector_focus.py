"""The criterion of sector focus: whether an investor's deals were in what the startup does."""

from __future__ import annotations

import numpy as np

from dealport.model import Startup
from dealport.scoring.columns.arrays import Mask
from dealport.scoring.criteria.criterion import FITTED, Criterion
from dealport.scoring.criteria.fits import MILLION, Fit
from dealport.scoring.criteria.layouts import PairLayout, record_of, round_of
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.criteria.stated.sectors import tversky
from dealport.scoring.shortlist import Sentence


def sector_focus(pairs: PairLayout) -> tuple[Fit, ...]:
    """Half is how much of what the startup does the investor has backed, half how closely its deals point that way.

    Tversky's index with the sectors of its deals, and the cosine of both sides' sectors weighted by information.
    """
    startups, record, mine = pairs.startups, record_of(pairs), round_of(pairs).focus
    my_mass, their_mass = pairs.mine(startups.sector_mass), pairs.theirs(record.mass)
    dealt = pairs.common(startups.levels, record.levels, startups.information)
    gain, whole = tversky(dealt, my_mass, their_mass)
    held: Mask = (my_mass > 0) & (their_mass > 0)
    cosine = pairs.common(mine, record.focus)
    known: Mask = pairs.mine(round_of(pairs).has_focus) & pairs.theirs(record.holds)
    return Fit(gain, whole, held), Fit(np.minimum(cosine, MILLION), MILLION, known)


def _sentence(case: Case) -> Sentence | None:
    """The startup's sectors that its deals hold."""
    sectors = case.portfolios.sectors(case.startup, case.investor) if case.portfolios else ()
    return Sentence("reason.sector_focus", {"sectors": ("sector", *sectors)}) if sectors else None


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_startup(sectors_without_parents).codes, facts.i


def sectors_without_parents(startup: Startup) -> frozenset[str]:
    """The sectors it states, without their parents."""
    return frozenset(mention.sector for mention in startup.sectors if mention.how == "stated")


SECTOR_FOCUS = Criterion(
    name="sector_focus",
    weight=2.239,
    expected=(25, 62),
    reads=(("levels", "sector_mass"), ("record.focus",)),
    value="half: overlap with the sectors of its deals; half: the cosine of both",
    formula=sector_focus,
    reasons=by_cause(_sentence, _causes),
    weighed=FITTED,
)
