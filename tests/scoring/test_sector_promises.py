"""What users are promised of sectors: to say more never harms where it is true."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import How, Profile, SectorMention
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.stated.sectors import AGNOSTIC, LEAST_SHARED, sector_overlap
from dealport.scoring.criteria.stated.sectors import SECTORS as SECTORS_CRITERION
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from tests.scoring.random_markets import GRAPH, SECTORS, markets

SECTORS_ALONE = Weights({**dict.fromkeys(ALL_WEIGHTS, 0.0), "sectors": 1.0})
SIDES = ("startups", "investors")
SILENT = SECTORS_CRITERION.expected[0]
TELLING = sorted(one for one in set(SECTORS) if GRAPH.information(one) and GRAPH.sectors[one].facet != "umbrella")

Mentions = tuple[SectorMention, ...]
Change = Callable[[Profile], Mentions]

told: st.SearchStrategy[How] = st.sampled_from(["listed", "inferred", "derived"])


def thousandths(market: Market) -> NDArray[np.float64]:
    """(s, i) what each pair has of a thousand for its sectors."""
    engine = Engine.of(replace(market, deals=()), SECTORS_ALONE)
    block = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors)))
    return block.score_units.astype(np.float64) / 1e4


def changed(market: Market, side: str, change: Change) -> Market:
    """The market with everybody on one side changed."""
    if side == "startups":
        return replace(market, startups=tuple(replace(one, sectors=change(one)) for one in market.startups))
    return replace(market, investors=tuple(replace(one, sectors=change(one)) for one in market.investors))


def states(profile: Profile, sector: str) -> bool:
    """In full, not as a member of an umbrella word, nor as a startup's mere means."""
    return any(one.sector == sector and one.how == "stated" and not one.is_means for one in profile.sectors)


def stating(sector: str) -> Change:
    """One sector more, stated."""

    def change(profile: Profile) -> Mentions:
        others = tuple(one for one in profile.sectors if one.sector != sector)  # a sector stands once
        return profile.sectors if states(profile, sector) else (SectorMention(sector, "word"), *others)

    return change


@settings(max_examples=60)
@given(market=markets(), sector=st.sampled_from(TELLING))
def test_an_investor_that_states_one_sector_more_loses_nothing_with_startups_that_state_it(
    market: Market, sector: str
) -> None:
    before, after = thousandths(market), thousandths(changed(market, "investors", stating(sector)))

    rows = [states(one, sector) for one in market.startups]
    assert (after >= before)[rows].all()


@settings(max_examples=60)
@given(market=markets(), sector=st.sampled_from(TELLING))
def test_a_startup_that_states_one_sector_more_loses_nothing_with_investors_that_state_it(
    market: Market, sector: str
) -> None:
    before, after = thousandths(market), thousandths(changed(market, "startups", stating(sector)))

    columns = [states(one, sector) for one in market.investors]
    assert (after >= before)[:, columns].all()


def telling(mentions: list[SectorMention]) -> Change:
    """More said in the text of whoever states a sector."""

    def change(profile: Profile) -> Mentions:
        if not any(states(profile, one) for one in TELLING):
            return profile.sectors
        known = {one.sector for one in profile.sectors}
        return (*profile.sectors, *(one for one in mentions if one.sector not in known))

    return change


@pytest.mark.parametrize("side", SIDES)
@settings(max_examples=60)
@given(
    market=markets(),
    mentions=st.lists(st.builds(SectorMention, st.sampled_from(TELLING), st.just("word"), told), max_size=4),
)
def test_describing_what_is_stated_in_more_words_lowers_no_pair(
    side: str, market: Market, mentions: list[SectorMention]
) -> None:
    before, after = thousandths(market), thousandths(changed(market, side, telling(mentions)))

    assert (after >= before).all()


@settings(max_examples=60)
@given(markets())
def test_a_sector_that_both_state_gives_more_than_an_open_side_and_that_more_than_a_silent_one(market: Market) -> None:
    engine = Engine.of(replace(market, deals=()), SECTORS_ALONE)
    (fit,) = sector_overlap(Grid(engine.startups, engine.investors))
    found = np.where(fit.known, 1000 * fit.gain / fit.whole, SILENT)

    for s, startup in enumerate(market.startups):
        for i, investor in enumerate(market.investors):
            if any(states(startup, one) and states(investor, one) for one in TELLING):
                assert found[s, i] >= LEAST_SHARED > AGNOSTIC
            elif startup.agnostic or investor.agnostic:
                assert found[s, i] >= AGNOSTIC > SILENT
            elif not startup.sectors or not investor.sectors:
                assert found[s, i] == SILENT
