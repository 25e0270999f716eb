"""The criteria of ticket and capacity: whether the investor's cheque meets the ask, and how large it can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dealport.market.asks import ask_of
from dealport.model import Investor, Startup
from dealport.scoring.columns.arrays import Ints, Mask
from dealport.scoring.columns.sides import InvestorColumns
from dealport.scoring.criteria.criterion import JUDGED, REAL_LISTS, Criterion
from dealport.scoring.criteria.fits import Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout, same_for_all
from dealport.scoring.criteria.reasons import Coded, Filled, PairFacts
from dealport.words.funding.money_ranges import dollars

# log10 in hundredths of US dollars: a largest ticket of 10,000 has no capacity, one of a million all there is. Beyond,
# more would favour big funds alone: up to 10 million agreed less with the judges than up to one.
NO_CAPACITY, FULL_CAPACITY = 400, 600
# log10 in hundredths of the smallest share of the ask that a ticket should meet.
LEAD_SHARE = -70  # .2
FOLLOW_SHARE = -170  # .02


def ticket_fit(pairs: PairLayout) -> tuple[Fit, ...]:
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


def capacity(pairs: PairLayout) -> tuple[Fit, ...]:
    """How much the investor can do: its largest ticket on a logarithmic scale, from $10,000 to $1 million.

    Shapes (i, 2) give (s, i).
    """
    largest = same_for_all(pairs, pairs.investors.ticket[:, 1])
    gain = (np.clip(largest, NO_CAPACITY, FULL_CAPACITY) - NO_CAPACITY) * (1000 // (FULL_CAPACITY - NO_CAPACITY))
    return (thousandth_fit(gain, largest > 0),)


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


_SMALL = 0.5  # of the capacity: a largest ticket of less than $100,000
LARGE_USD = 5e7  # that a largest ticket is enough for most rounds is no news; that it is enough for any is


def _capacity_reasons(facts: PairFacts) -> Filled:
    """Where the largest ticket is small, or large."""
    is_small, large = facts.is_known & (np.round(facts.gain, 3) < _SMALL), facts.of_investor(_is_large)
    is_large = np.array(large.values, dtype=bool)[large.codes]
    keys = Coded(is_small + 2 * is_large.astype(np.int64), ("", "reason.capacity_small", "reason.capacity"))
    return Filled(keys, {"ticket": facts.of_investor(_ticket)})


def _is_large(investor: Investor) -> bool:
    return investor.ticket_usd is not None and investor.ticket_usd[1] >= LARGE_USD


TICKET = Criterion(
    name="ticket",
    weight=16.0,  # with stage, kind and capacity, whether a deal can come of a talk
    expected=(470,),
    reads=(("ask",),),
    value=(
        "1 where the ticket meets 20-100 % of the ask (2-100 % for one that does not lead), 0 at a factor of ten; "
        "amounts within 2 % of each other are one; an ask that is not stated is taken as 2.5 times what was raised so "
        "far ($0.5M at least), else as the usual round of its stage"
    ),
    formula=ticket_fit,
    reasons=_reasons,
    weighed=JUDGED,
    measured=REAL_LISTS,
)

CAPACITY = Criterion(
    name="capacity",
    weight=10.0,  # fits would give it 20 and more, which favours whoever can write any ticket
    expected=(830,),
    reads=((),),
    value="the investor's largest ticket, on a log scale from $10,000 to full at $1 million",
    formula=capacity,
    reasons=_capacity_reasons,
    weighed=JUDGED,
    measured=REAL_LISTS,
)
