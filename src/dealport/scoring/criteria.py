"""The criteria of what both sides say: each a function from their columns to values in [0, 1].

A criterion gives one fit, or two halves that share its weight equally. The first paragraph of a criterion's docstring
is what `dealport explain` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from dealport.scoring.columns import InvestorColumns, Levels, Mask, Side, StartupColumns
from dealport.scoring.fits import Fit, Numbers, thousandth_fit

# Tversky's index: common / (common + a x startup-only + b x investor-only), a = .8, b = .1, in tenths. An investor is
# hardly punished for wanting other things too: on 55,000 real deals a = b = 1 gave an AUC of .655, .8 and .1 gave .722.
STARTUP_ONLY_TENTHS = 8
INVESTOR_ONLY_TENTHS = 1


def sector_overlap(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """How much of what the startup is the investor wants: sectors in common, each weighted by how telling it is.

    A sector brings its parents; sharing "brain-computer interface" counts for more than sharing "software". Inferred
    sectors count half, a value-chain neighbour or a member of an umbrella word .3. With S, I the sectors of both sides
    and IC the information content: common / (common + .8 x S-only + .1 x I-only) (Tversky 1977; Resnik 1995; Pesquita
    2008 for the weighting by IC). Agnostic is at least neutral.
    Shapes (s, n), (i, n) give (s, i).
    """
    gain, whole = tversky(
        common_information(startups.informed, investors.levels), startups.sector_mass, investors.sector_mass
    )
    known = (startups.sector_mass > 0)[:, None] & (investors.sector_mass > 0)[None, :]
    agnostic = startups.agnostic[:, None] | investors.agnostic[None, :]
    if agnostic.any():
        known = known & (~agnostic | (1000 * gain > STATED_NEUTRAL["sectors"][0] * whole))
    return (Fit(gain, whole, known),)


def tversky(common: Levels, startup_mass: Numbers, investor_mass: Numbers) -> tuple[Numbers, Numbers]:
    """(s, i) numerator and denominator of Tversky's index, from what is common and (s,), (i,) what each side has."""
    rest = 10 - STARTUP_ONLY_TENTHS - INVESTOR_ONLY_TENTHS
    shared = common.astype(np.float64)
    whole = rest * shared + STARTUP_ONLY_TENTHS * startup_mass[:, None] + INVESTOR_ONLY_TENTHS * investor_mass[None, :]
    return 10 * shared, np.maximum(whole, 1)


def common_information(informed: Levels, levels: Levels) -> Levels:
    """(s, i) sum over the sectors of level x level x information: whole numbers below 2^24, exact in float32.

    (s, n) level x information of the startups, (i, n) levels of the investors.
    """
    used = np.flatnonzero(informed.any(axis=0))
    common: Levels = informed[:, used] @ levels[:, used].T
    return common


def stage_fit(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Whether the round being raised is one of the investor's stages: 1, falling with the distance on the ladder.

    Half a round away .8, one .55, one and a half .3, two .15, more 0. Shapes (s,), (i, stages) give (s, i).
    """
    gain = investors.stage_gain.T[startups.stage]  # unknown is -1: the last row, masked below
    known = (startups.stage >= 0)[:, None] & (investors.stage_gain[:, 0] >= 0)[None, :]
    return (thousandth_fit(gain, known),)


# log10 in thousandths of the smallest share of the ask that a ticket should meet.
LEAD_SHARE = -699  # .2
FOLLOW_SHARE = -1699  # .02


def ticket_fit(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Whether the ticket meets the ask: 1 from 20 % to 100 % of it (from 2 % where the investor does not lead).

    Outside it falls with the gap in log10, to 0 at a factor of ten; a wider ticket never lowers it. Shapes
    (s, 2), (i, 2) give (s, i).
    """
    ask_low, ask_high = startups.ask[:, 0, None], startups.ask[:, 1, None]
    ticket_low, ticket_high = investors.ticket[None, :, 0], investors.ticket[None, :, 1]
    share = np.where(investors.leads, LEAD_SHARE, FOLLOW_SHARE)[None, :].astype(np.int32)
    gap = np.maximum(ask_low + share - ticket_high, ticket_low - ask_high)
    known: Mask = np.logical_and(ask_high > 0, ticket_high > 0)
    return (thousandth_fit(1000 - np.clip(gap, 0, 1000), known),)


def geography(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Half is the investor's interest in the startup's country, half the startup's wish for the investor's market.

    Interest: 1 where its mandate obliges it, .85 named, .6 by region, .5 where only a deal shows it, .4 global. Wish: 1
    named, .7 by region, .5 global, else 0. Shapes (s, m), (i, m) give two (s, i).
    """
    interest = investors.interest.T[startups.country]
    wish = startups.wish[:, investors.country]
    return thousandth_fit(interest, interest >= 0), thousandth_fit(wish, wish >= 0)


def complement(startups: StartupColumns, investors: InvestorColumns) -> tuple[Fit, ...]:
    """Half is the share of what the startup seeks that the investor offers, half the same the other way round.

    Shapes (s, k), (i, k) give two (s, i).
    """
    there = _needs_met(startups, investors)
    back = _needs_met(investors, startups)
    return there, Fit(back.gain.T, back.whole.T, back.known.T)


def _needs_met(seekers: Side, givers: Side) -> Fit:
    """(seekers, givers) how many of the needs are met, out of how many."""
    gain = seekers.seeks.astype(np.float32) @ givers.offers.T.astype(np.float32)
    n_needs = seekers.seeks.sum(axis=1)[:, None]
    offering: Mask = givers.offers.sum(axis=1) > 0
    known = (n_needs > 0) & offering[None, :]
    return Fit(gain.astype(np.float64), np.maximum(n_needs, 1).astype(np.float64), known)


Criterion = Callable[[StartupColumns, InvestorColumns], tuple[Fit, ...]]

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
