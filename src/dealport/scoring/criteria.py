"""The criteria of what both sides say: each a function from pairs to values in [0, 1].

A criterion gives one fit, or two halves that share its weight equally. The first paragraph of a criterion's docstring
is what `dealport explain` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from dealport.scoring.columns import Ints, InvestorColumns, Mask
from dealport.scoring.fits import THOUSAND, Fit, Numbers, thousandth_fit
from dealport.scoring.layouts import Pairs

# Tversky's index: common / (common + a x startup-only + b x investor-only), a = .8, b = .1, in tenths; b and 1 - a - b
# are one tenth each, and stand in the formula as the 1 they are. An investor is hardly punished for wanting other
# things too: on 55,000 real deals a = b = 1 gave an AUC of .655, .8 and .1 gave .722.
STARTUP_ONLY_TENTHS = 8


def sector_overlap(pairs: Pairs) -> tuple[Fit, ...]:
    """How much of what the startup is the investor wants: sectors in common, each weighted by how telling it is.

    A sector brings its parents; sharing "brain-computer interface" counts for more than sharing "software". Inferred
    sectors count half, a value-chain neighbour or a member of an umbrella word .3. With S, I the sectors of both sides
    and IC the information content: common / (common + .8 x S-only + .1 x I-only) (Tversky 1977; Resnik 1995; Pesquita
    2008 for the weighting by IC). Agnostic is at least neutral.
    Shapes (s, n), (i, n) give (s, i).
    """
    startups, investors = pairs.startups, pairs.investors
    common = pairs.common(startups.informed, investors.levels)
    my_mass, their_mass = pairs.mine(startups.sector_mass), pairs.theirs(investors.sector_mass)
    gain, whole = tversky(common, my_mass, their_mass)
    known = (my_mass > 0) & (their_mass > 0)
    agnostic = pairs.mine(startups.agnostic) | pairs.theirs(investors.agnostic)
    if agnostic.any():
        known = known & (~agnostic | (gain / whole > np.float32(STATED_NEUTRAL["sectors"][0]) / THOUSAND))
    return (Fit(gain, whole, known),)


def tversky(common: Numbers, my_mass: Numbers, their_mass: Numbers) -> tuple[Numbers, Numbers]:
    """Numerator and denominator of Tversky's index, ten times over, from what is common and what each side has.

    With masses ten times the information: 10 c / (c + 8 mine + theirs), in this order, 1 at most: the technology that a
    startup's field is done with may be common, though no part of its mass. Whole numbers, exact up to 2^24.
    """
    whole = common + np.maximum(their_mass, np.float32(1))
    whole += np.float32(STARTUP_ONLY_TENTHS) * my_mass
    return np.minimum(np.float32(10) * common, whole), whole


def stage_fit(pairs: Pairs) -> tuple[Fit, ...]:
    """Whether the round being raised is one of the investor's stages: 1, falling with the distance on the ladder.

    Half a round away .8, one .55, one and a half .3, two .15, more 0. Shapes (s,), (i, stages) give (s, i).
    """
    stage, gains = pairs.startups.stage, pairs.investors.stage_gain
    gain = pairs.their_gain(gains, stage)  # unknown is -1: the last stage, masked below
    return (thousandth_fit(gain, (pairs.mine(stage) >= 0) & (pairs.theirs(gains[:, 0]) >= 0)),)


# log10 in hundredths of the smallest share of the ask that a ticket should meet.
LEAD_SHARE = -70  # .2
FOLLOW_SHARE = -170  # .02


def ticket_fit(pairs: Pairs) -> tuple[Fit, ...]:
    """Whether the ticket meets the ask: 1 from 20 % to 100 % of it (from 2 % where the investor does not lead).

    Outside it falls with the gap in log10, to 0 at a factor of ten; a wider ticket never lowers it. Shapes
    (s, 2), (i, 2) give (s, i).
    """
    ask, ticket = pairs.startups.ask, pairs.investors.ticket
    gap = np.maximum(
        pairs.mine(ask[:, 0]) - pairs.theirs(reach_of(pairs.investors)),
        pairs.theirs(ticket[:, 0]) - pairs.mine(ask[:, 1]),
    )
    known: Mask = np.logical_and(pairs.mine(ask[:, 1]) > 0, pairs.theirs(ticket[:, 1]) > 0)
    return (thousandth_fit(1000 - 10 * np.clip(gap, 0, 100), known),)


def reach_of(investors: InvestorColumns) -> Ints:
    """(i,) the largest ask that an investor's largest ticket meets, log10 in hundredths."""
    return investors.ticket[:, 1] - np.where(investors.leads, LEAD_SHARE, FOLLOW_SHARE).astype(np.int32)


def geography(pairs: Pairs) -> tuple[Fit, ...]:
    """Half is the investor's interest in the startup's country, half the startup's wish for the investor's market.

    Interest: 1 where its mandate obliges it, .85 named, .6 by region, .5 where only a deal shows it, .4 global. Wish: 1
    named, .7 by region, .5 global, else 0. Shapes (s, m), (i, m) give two (s, i).
    """
    interest = pairs.their_gain(pairs.investors.interest, pairs.startups.country)
    wish = pairs.my_gain(pairs.startups.wish, pairs.investors.country)
    return thousandth_fit(interest, interest >= 0), thousandth_fit(wish, wish >= 0)


def complement(pairs: Pairs) -> tuple[Fit, ...]:
    """Half is the share of what the startup seeks that the investor offers, half the same the other way round.

    Shapes (s, k), (i, k) give two (s, i).
    """
    startups, investors = pairs.startups, pairs.investors
    there, back = pairs.common(startups.seeks, investors.offers), pairs.common(startups.offers, investors.seeks)
    return (
        _share_met(there, pairs.mine(_counts(startups.seeks)), pairs.theirs(_counts(investors.offers))),
        _share_met(back, pairs.theirs(_counts(investors.seeks)), pairs.mine(_counts(startups.offers))),
    )


def _counts(marks: Mask) -> Numbers:
    counts: Numbers = marks.sum(axis=1, dtype=np.float32)
    return counts


def _share_met(met: Numbers, n_sought: Numbers, n_offered: Numbers) -> Fit:
    """How many of the needs are met, out of how many."""
    return Fit(met, np.maximum(n_sought, np.float32(1)), (n_sought > 0) & (n_offered > 0))


Criterion = Callable[[Pairs], tuple[Fit, ...]]

# In the order of their columns.
STATED_CRITERIA: Mapping[str, Criterion] = {
    "sectors": sector_overlap,
    "stage": stage_fit,
    "ticket": ticket_fit,
    "geography": geography,
    "complement": complement,
}

# Thousandths, a number a half: the mean over the pairs of the sample market that no gate takes, where it is known, so
# that a wholly silent participant scores what an average pair scores (means add up, medians would not). Pairs without a
# common sector count, with 0: the silent are never gated on sectors, and would else be worth more than those who speak.
# Measured with: python tests/measure_neutral.py
STATED_NEUTRAL: Mapping[str, tuple[int, ...]] = {
    "sectors": (168,),
    "stage": (835,),
    "ticket": (885,),
    "geography": (745, 470),
    "complement": (265, 250),
}
