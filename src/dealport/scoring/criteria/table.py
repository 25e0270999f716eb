"""The table of criteria, in the order of their columns: what both sides say, then what investors did.

The criteria of the track record are in force where the market knows deals; elsewhere their weight is spread.
"""

from __future__ import annotations

from collections.abc import Mapping

from dealport.market.markets import Market
from dealport.scoring.columns.arrays import Mask
from dealport.scoring.criteria.criterion import Criterion
from dealport.scoring.criteria.fits import Fit
from dealport.scoring.criteria.layouts import PairLayout
from dealport.scoring.criteria.stated.complement import COMPLEMENT
from dealport.scoring.criteria.stated.geography import GEOGRAPHY
from dealport.scoring.criteria.stated.kind import KIND
from dealport.scoring.criteria.stated.sectors import SECTORS, sector_overlap
from dealport.scoring.criteria.stated.stage import STAGE
from dealport.scoring.criteria.stated.ticket import CAPACITY, TICKET
from dealport.scoring.criteria.track_record.backers import COMPATRIOTS, WARM_PATH
from dealport.scoring.criteria.track_record.deal_places import (
    ABROAD_BREADTH,
    ABROAD_DEALS,
    CITY_DEALS,
    COUNTRY_DEALS,
    RECENT_DEALS,
)
from dealport.scoring.criteria.track_record.deal_rounds import (
    ALONE,
    ROUND_DEALS,
    ROUND_SIZES,
    STARTUP_AGES,
    USUAL_RANGE,
)
from dealport.scoring.criteria.track_record.sector_deals import SECTOR_DEALS
from dealport.scoring.criteria.track_record.sector_focus import SECTOR_FOCUS, sector_focus

Fits = tuple[Fit, ...]


def _by_name(*criteria: Criterion) -> Mapping[str, Criterion]:
    return {criterion.name: criterion for criterion in criteria}


STATED_CRITERIA = _by_name(SECTORS, STAGE, TICKET, KIND, CAPACITY, GEOGRAPHY, COMPLEMENT)
# Their weights together are 20 to the 100 of what is stated: what a participant says of itself decides whom it meets,
# and with 60 an investor without deals stood in the first quarter of 14 of 32 lists of the sample market.
TRACK_CRITERIA = _by_name(
    COUNTRY_DEALS,
    ABROAD_DEALS,
    ABROAD_BREADTH,
    RECENT_DEALS,
    ROUND_SIZES,
    USUAL_RANGE,
    STARTUP_AGES,
    WARM_PATH,
    COMPATRIOTS,
    CITY_DEALS,
    ALONE,
    SECTOR_FOCUS,
    SECTOR_DEALS,
    ROUND_DEALS,
)
CRITERIA: Mapping[str, Criterion] = {**STATED_CRITERIA, **TRACK_CRITERIA}


def criteria_of(market: Market) -> tuple[str, ...]:
    """The names of the criteria in force."""
    knows_deals = any(deal.made_on < market.as_of for deal in market.deals)
    return tuple(CRITERIA) if knows_deals else tuple(STATED_CRITERIA)


def have_common_ground(pairs: PairLayout, fits: Mapping[str, Fits] = {}) -> Mask:
    """Whether a sector, parents too, is in common, or a side takes any: for pairs in whatever layout.

    What its deals show counts as what the investor says. One that says nothing, and is known by its deals alone, has
    ruled nothing out: of 55,000 real deals one in four was outside what the investor had done before. `fits`: what the
    criteria gave already.
    """
    stated = fits.get("sectors") or sector_overlap(pairs)
    common: Mask = stated[0].gain > 0
    if pairs.investors.record is not None:
        dealt = fits.get("sector_focus") or sector_focus(pairs)
        common = common | (dealt[0].gain > 0) | pairs.theirs(pairs.investors.known_by_deals)
    return common
