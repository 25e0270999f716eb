"""The table of criteria, in the order of their columns: what both sides say, then what investors did.

The criteria of the track record are in force where the market knows deals; elsewhere their weight is spread.
"""

from __future__ import annotations

from collections.abc import Mapping

from dealport.market.market import Market
from dealport.scoring.columns import InvestorColumns, Mask, StartupColumns
from dealport.scoring.criteria import STATED_CRITERIA, STATED_NEUTRAL, Criterion, sector_overlap
from dealport.scoring.track import TRACK_CRITERIA, TRACK_NEUTRAL, sector_focus

CRITERIA: Mapping[str, Criterion] = {**STATED_CRITERIA, **TRACK_CRITERIA}
NEUTRAL: Mapping[str, tuple[int, ...]] = {**STATED_NEUTRAL, **TRACK_NEUTRAL}


def criteria_of(market: Market) -> tuple[str, ...]:
    """The names of the criteria in force."""
    return tuple(CRITERIA) if market.deals else tuple(STATED_CRITERIA)


def have_common_sector(startups: StartupColumns, investors: InvestorColumns) -> Mask:
    """(s, i) whether a sector, parents too, is in common: with what the investor says, or with what its deals show."""
    common: Mask = sector_overlap(startups, investors)[0].gain > 0
    if investors.record is not None:
        common = common | (sector_focus(startups, investors)[0].gain > 0)
    return common
