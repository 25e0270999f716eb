"""The criterion of deals in the sectors: how much an investor does abroad in what the startup does."""

from __future__ import annotations

import numpy as np

from dealport.scoring.columns.arrays import Mask, Numbers
from dealport.scoring.criteria.criterion import FITTED, Criterion
from dealport.scoring.criteria.fits import Fit
from dealport.scoring.criteria.layouts import PairLayout, record_of
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.criteria.track_record.deal_places import FEWEST_NAMED, is_abroad
from dealport.scoring.criteria.track_record.sector_focus import sectors_without_parents
from dealport.scoring.shortlist import Sentence

# Masses are ten times level x information, and what an investor does is told in hundredths.
WHOLE_PER_MASS = np.float32(10)


def sector_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """How many startups abroad in the startup’s sectors the investor has entered of late.

    Each sector has a log scale of its own, full at 5; the value is their mean by level and information. Sectors that
    are no part of the startup's mass may add to it, up to 1.
    """
    startups, record = pairs.startups, record_of(pairs)
    gain = pairs.common(startups.levels, record.entered, startups.information)
    whole = pairs.mine(whole_of(startups.sector_mass))
    known: Mask = pairs.mine(startups.sector_mass > 0) & pairs.theirs(record.holds)
    return (Fit(np.minimum(gain, whole), whole, known),)


def whole_of(sector_mass: Numbers) -> Numbers:
    """What startups' sectors come to where each is full; without sectors 1, which divides."""
    whole: Numbers = np.maximum(WHOLE_PER_MASS * sector_mass, np.float32(1))
    return whole


def _sentence(case: Case) -> Sentence | None:
    """The most telling of the startup's stated sectors in which it entered more than one startup abroad."""
    if case.portfolios is None:
        return None
    deals, entries = case.portfolios.past.deals, case.portfolios.entries(case.investor.id)
    held = [set(deals.sectors_of(entry.startup)) for entry in entries if is_abroad(entry, case.investor)]
    for sector in sorted(sectors_without_parents(case.startup), key=lambda one: (-case.graph.information(one), one)):
        n = sum(sector in sectors for sectors in held)
        if n >= FEWEST_NAMED:
            return Sentence("reason.sector_deals", {"n": str(n), "sectors": ("sector", sector)})
    return None


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_startup(sectors_without_parents).codes, facts.i


SECTOR_DEALS = Criterion(
    name="sector_deals",
    weight=0.388,
    expected=(8,),
    reads=(("levels", "sector_mass"),),
    value="startups abroad it entered in each of the startup's sectors, decayed, on a log scale full at 5; their mean",
    formula=sector_deals,
    reasons=by_cause(_sentence, _causes),
    weighed=FITTED,
)
