"""The table of criteria, in the order of their columns: what both sides say, then what investors did.

The criteria of the track record are in force where the market knows deals; elsewhere their weight is spread.
"""

from __future__ import annotations

from collections.abc import Mapping

from dealport.market.market import Market
from dealport.scoring.columns import Mask
from dealport.scoring.criteria import STATED_CRITERIA, STATED_NEUTRAL, Criterion, sector_overlap
from dealport.scoring.fits import Fit
from dealport.scoring.layouts import Pairs
from dealport.scoring.track import TRACK_CRITERIA, TRACK_NEUTRAL, sector_focus

Fits = tuple[Fit, ...]

CRITERIA: Mapping[str, Criterion] = {**STATED_CRITERIA, **TRACK_CRITERIA}
NEUTRAL: Mapping[str, tuple[int, ...]] = {**STATED_NEUTRAL, **TRACK_NEUTRAL}


# What of a startup each half asks for, as columns of `StartupColumns`: startups that are alike in it get the same
# points from an investor.
READS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "sectors": (("levels", "agnostic"),),
    "stage": (("stage",),),
    "ticket": (("ask",),),
    "geography": (("country",), ("wish",)),
    "complement": (("seeks",), ("offers",)),
    "country_deals": (("country",),),
    "abroad_deals": ((),),
    "abroad_breadth": ((),),
    "recent_deals": ((), ()),
    "round_sizes": (("record.size",), ("record.size",)),
    "usual_range": (("record.size",),),
    "startup_ages": (("record.age", "stage"),),
    "warm_path": (("record.backers",),),
    "compatriots": (("record.compatriots",),),
    "city_deals": (("record.city",),),
    "alone": (("record.is_backed",),),
    "sector_focus": (("levels",), ("record.focus",)),
}


def criteria_of(market: Market) -> tuple[str, ...]:
    """The names of the criteria in force."""
    knows_deals = any(deal.made_on < market.as_of for deal in market.deals)
    return tuple(CRITERIA) if knows_deals else tuple(STATED_CRITERIA)


def have_common_sector(pairs: Pairs, fits: Mapping[str, Fits] = {}) -> Mask:
    """(s, i) whether a sector, parents too, is in common: with what the investor says, or with what its deals show.

    `fits`: what the criteria gave already.
    """
    stated = fits.get("sectors") or sector_overlap(pairs)
    common: Mask = stated[0].gain > 0
    if pairs.investors.record is not None:
        dealt = fits.get("sector_focus") or sector_focus(pairs)
        common = common | (dealt[0].gain > 0)
    return common
