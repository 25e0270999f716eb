"""The criterion of sectors: how much of what the startup is the investor wants."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from operator import attrgetter

import numpy as np

from dealport.model import Investor, Profile
from dealport.scoring.columns.arrays import Numbers
from dealport.scoring.criteria.criterion import JUDGED, REAL_LISTS, Criterion
from dealport.scoring.criteria.fits import THOUSAND, Fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors.graph import SectorGraph

# Tversky's index: common / (common + a x startup-only + b x investor-only), a = .8, b = .1, in tenths; b and 1 - a - b
# are one tenth each, and stand in the formula as the 1 they are. An investor is hardly punished for wanting other
# things too: on 55,000 real deals a = b = 1 gave an AUC of .655, .8 and .1 gave .722.
STARTUP_ONLY_TENTHS = 8
# Means of six pairs of real lists lie between .21 and .45: less than any, so that silence outdoes no sector in common.
EXPECTED = 200
# In thousandths: any sector in common gives at least so much, and one that takes any sector a little less. On the
# judged pairs (see the README) .4 and .38, with members of umbrella words at .1, gave an nDCG@10 of .699; .3, .28 and
# .3 gave .682. In five folds by startup .700 against .677, by investor .774 against .761.
LEAST_SHARED, AGNOSTIC = 400, 380
# Values below .02 give nothing: from there each doubling is worth as much as the one before.
NOTHING = 0.02
# (1001,) what each thousandth of Tversky's index is worth.
WORTH: Numbers = np.array(
    [0] + [max(LEAST_SHARED, round(1000 * (1 - math.log(t / 1000) / math.log(NOTHING)))) for t in range(1, 1001)],
    dtype=np.float32,
)
MOST_SECTORS_NAMED = 3
UNINFERRED = ("stated", "umbrella", "with")


def sector_overlap(pairs: PairLayout) -> tuple[Fit, ...]:
    """How much of what the startup is the investor wants: sectors in common, each weighted by how telling it is.

    A sector brings its parents; sharing "brain-computer interface" counts for more than sharing "software". Inferred
    sectors count half, a value-chain neighbour .3, a member of an umbrella word .1. With S, I the sectors of both sides
    and IC the information content: common / (common + .8 x S-only + .1 x I-only) (Tversky 1977; Resnik 1995; Pesquita
    2008 for the weighting by IC). What a startup has and is not held to is no part of S but where it is in common:
    then it counts as if it were stated. The index is rounded up to thousandths, then put on a logarithmic scale
    (`WORTH`). A side that takes any sector gives at least `AGNOSTIC`, whatever the other says. Shapes (s, n), (i, n)
    give (s, i).
    """
    startups, investors = pairs.startups, pairs.investors
    common = pairs.common(startups.levels, investors.levels, startups.information)
    my_mass, their_mass = pairs.mine(startups.sector_mass), pairs.theirs(investors.sector_mass)
    own = my_mass
    if startups.free.any():
        own = my_mass + pairs.common(startups.free, investors.levels, startups.information)
    gain, whole = tversky(common, own, their_mass)
    worth = WORTH[np.ceil(gain / whole * THOUSAND).astype(np.int16)]
    agnostic = pairs.mine(startups.agnostic) | pairs.theirs(investors.agnostic)
    known = agnostic | ((my_mass > 0) & (their_mass > 0))
    return (Fit(np.maximum(worth, agnostic * np.float32(AGNOSTIC)), THOUSAND, known),)


def tversky(common: Numbers, my_mass: Numbers, their_mass: Numbers) -> tuple[Numbers, Numbers]:
    """Numerator and denominator of Tversky's index, ten times over, from what is common and what each side has.

    With masses ten times the information: 10 c / (c + 8 mine + theirs), in this order, 1 at most: the technology that a
    startup's field is done with may be common, though no part of its mass. Whole numbers, exact up to 2^24.
    """
    whole = common + np.maximum(their_mass, np.float32(1))
    whole += np.float32(STARTUP_ONLY_TENTHS) * my_mass
    return np.minimum(np.float32(10) * common, whole), whole


def _sentence(case: Case) -> Sentence | None:
    """The sectors in common with the inferred marked, or the layers of one value chain that meet."""
    if not case.shared:
        return _neighbours(case)
    names = ("sector", *case.shared[:MOST_SECTORS_NAMED])
    if not case.is_stated:
        for side in (case.startup, case.investor):
            for mention in side.sectors:
                if mention.how not in UNINFERRED and case.shared[0] in closure_of(side, case.graph)([mention.sector]):
                    return Sentence("reason.sectors_inferred", {"sectors": names, "word": mention.word})
    return Sentence("reason.sectors", {"sectors": names})


def _neighbours(case: Case) -> Sentence | None:
    """The first of the startup's sectors that stands beside one of the investor's in a value chain."""
    for mine in case.startup.sectors:
        near = case.graph.closure([mine.sector])
        for theirs in case.investor.sectors:
            if theirs.how == "stated" and near & case.graph.sectors[theirs.sector].neighbours:
                sides = {"startup_sectors": ("sector", mine.sector), "investor_sectors": ("sector", theirs.sector)}
                return Sentence("reason.neighbours", sides)
    return None


def closure_of(profile: Profile, graph: SectorGraph) -> Callable[[Iterable[str]], frozenset[str]]:
    """How the sectors of a profile are closed upwards: what an investor's are done with is not wanted by itself."""
    return graph.wanted_closure if isinstance(profile, Investor) else graph.closure


def _causes(facts: PairFacts) -> tuple[Codes, ...]:
    """What both state is told by the sectors alone; what is inferred or near needs the words of both sides."""
    mine, theirs = facts.of_startup(_mentions).codes, facts.of_investor(_mentions).codes
    return facts.shared.codes, np.where(facts.is_stated, -1, mine), np.where(facts.is_stated, -1, theirs)


_mentions = attrgetter("sectors")

SECTORS = Criterion(
    name="sectors",
    weight=26.0,  # sectors decide whether a talk makes sense at all
    expected=(EXPECTED,),
    reads=(("levels", "free", "sector_mass", "agnostic"),),
    value=(
        "how much of what the startup is the investor wants, on a logarithmic scale: at least .4 with a sector in "
        "common, at least .38 where a side takes any sector"
    ),
    formula=sector_overlap,
    reasons=by_cause(_sentence, _causes),
    weighed=JUDGED,
    measured=REAL_LISTS,
)
