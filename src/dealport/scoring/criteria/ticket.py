"""The criterion of ticket: whether the investor's cheque meets the ask."""

from __future__ import annotations

import numpy as np

from dealport.model import Investor, Startup
from dealport.scoring.columns.arrays import Ints, Mask
from dealport.scoring.columns.sides import InvestorColumns
from dealport.scoring.criteria.criterion import Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import Pairs
from dealport.scoring.criteria.reasons import Coded, Filled, PairFacts
from dealport.words.money_ranges import dollars

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


# Nothing known, the ticket out of reach, near the ask, and where it meets it.
_KEYS = ("", "reason.ticket_far", "reason.ticket_near", "reason.ticket")


def _reasons(facts: PairFacts) -> Filled:
    """How the ticket meets the ask, with both in US dollars: nearly every ask and ticket make another sentence."""
    keys = Coded(facts.is_known * (1 + (facts.gain > 0) + (facts.gain == 1)).astype(np.int64), _KEYS)
    return Filled(keys, {"ask": facts.of_startup(_ask), "ticket": facts.of_investor(_ticket)})


def _ask(startup: Startup) -> str:
    return dollars(startup.raising_usd) if startup.raising_usd else ""


def _ticket(investor: Investor) -> str:
    return dollars(investor.ticket_usd) if investor.ticket_usd else ""


TICKET = Criterion(
    name="ticket",
    weight=15.0,  # with the stage, whether a deal can come of a talk
    expected=(885,),
    reads=(("ask",),),
    value=(
        "1 where the ticket meets 20-100 % of the ask (2-100 % for one that does not lead), 0 at a factor of ten; "
        "amounts within 2 % of each other are one"
    ),
    formula=ticket_fit,
    reasons=_reasons,
)
