"""The table of criteria, in the order of their columns: what both sides say, then what investors did.

The criteria of the track record are in force where the market knows deals; elsewhere their weight is spread.
"""

from __future__ import annotations

from collections.abc import Mapping

from dealport.market.market import Market
from dealport.scoring.columns import InvestorColumns, Mask, StartupColumns
from dealport.scoring.criteria import STATED_CRITERIA, STATED_NEUTRAL, Criterion, sector_overlap
from dealport.scoring.fits import Fit
from dealport.scoring.track import TRACK_CRITERIA, TRACK_NEUTRAL, sector_focus

Fits = tuple[Fit, ...]

CRITERIA: Mapping[str, Criterion] = {**STATED_CRITERIA, **TRACK_CRITERIA}
NEUTRAL: Mapping[str, tuple[int, ...]] = {**STATED_NEUTRAL, **TRACK_NEUTRAL}


def criteria_of(market: Market) -> tuple[str, ...]:
    """The names of the criteria in force."""
    knows_deals = any(deal.made_on < market.as_of for deal in market.deals)
    return tuple(CRITERIA) if knows_deals else tuple(STATED_CRITERIA)


def have_common_sector(startups: StartupColumns, investors: InvestorColumns, fits: Mapping[str, Fits] = {}) -> Mask:
    """(s, i) whether a sector, parents too, is in common: with what the investor says, or with what its deals show.

    `fits`: what the criteria gave already.
    """
    stated = fits.get("sectors") or sector_overlap(startups, investors)
    common: Mask = stated[0].gain > 0
    if investors.record is not None:
        dealt = fits.get("sector_focus") or sector_focus(startups, investors)
        common = common | (dealt[0].gain > 0)
    return common
