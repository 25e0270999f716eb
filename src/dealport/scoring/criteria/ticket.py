"""The criterion of ticket: whether the investor's cheque meets the ask."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dealport.market.asks import ask_of
from dealport.model import Investor, Startup
from dealport.scoring.columns.arrays import Ints, Mask
from dealport.scoring.columns.sides import InvestorColumns
from dealport.scoring.criteria.criterion import REAL_LISTS, Criterion
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


# Nothing known; a ticket that meets the ask; one whose nearer end is too small or large; the same of an estimated ask.
_KEYS = ("", "reason.ticket", "reason.ticket_share", "reason.ticket_estimated", "reason.ticket_share_estimated")


def _reasons(facts: PairFacts) -> Filled:
    """How the ticket meets the ask, with both in US dollars: nearly every ask and ticket make another sentence."""
    meets, estimated = facts.gain == 1, facts.of_startup(_is_estimated)
    is_estimated = np.array(estimated.values, dtype=bool)[estimated.codes]
    keys = facts.is_known * (2 - meets + 2 * is_estimated).astype(np.int64)
    return Filled(
        Coded(keys, _KEYS),
        {"ask": facts.of_startup(_ask), "ticket": facts.of_investor(_ticket), "share": _shares(facts, meets)},
    )


def _shares(facts: PairFacts, meets: Mask) -> Coded[str]:
    """(p,) how much of the ask the nearer end of the ticket is, as "6 %"; "" where it meets the ask."""
    ask, ticket = _ends(facts.of_startup(ask_of)), _ends(facts.of_investor(_ticket_usd))
    is_small = ticket[:, 1] < ask[:, 0]
    share = np.where(is_small, ticket[:, 1] / np.maximum(ask[:, 0], 1), ticket[:, 0] / np.maximum(ask[:, 1], 1))
    thousandths, codes = np.unique(np.where(meets, -1, np.rint(1000 * share).astype(np.int64)), return_inverse=True)
    return Coded(codes.ravel(), [_percent(one) if one >= 0 else "" for one in thousandths.tolist()])


def _ends(ranges: Coded[tuple[float, float] | None]) -> NDArray[np.float64]:
    """(p, 2) both ends in US dollars, 1 where unknown."""
    return np.array([ends or (1.0, 1.0) for ends in ranges.values], dtype=np.float64).reshape(-1, 2)[ranges.codes]


def _percent(thousandths: int) -> str:
    """60 as "6 %", 4 as "0.4 %"."""
    return f"{thousandths / 10:.0f} %" if thousandths >= 10 else f"{thousandths / 10:.1f} %"


def _is_estimated(startup: Startup) -> bool:
    return startup.raising_usd is None


def _ask(startup: Startup) -> str:
    ends = ask_of(startup)
    return dollars(ends) if ends else ""


def _ticket_usd(investor: Investor) -> tuple[float, float] | None:
    return investor.ticket_usd


def _ticket(investor: Investor) -> str:
    return dollars(investor.ticket_usd) if investor.ticket_usd else ""


TICKET = Criterion(
    name="ticket",
    weight=20.0,  # with the stage, whether a deal can come of a talk
    expected=(470,),
    reads=(("ask",),),
    value=(
        "1 where the ticket meets 20-100 % of the ask (2-100 % for one that does not lead), 0 at a factor of ten; "
        "amounts within 2 % of each other are one; an ask that is not stated is taken as 2.5 times what was raised so "
        "far, else as the usual round of its stage"
    ),
    formula=ticket_fit,
    reasons=_reasons,
    measured=REAL_LISTS,
)
