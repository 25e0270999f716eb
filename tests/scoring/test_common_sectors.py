"""The sectors in common of many pairs at once are those of each pair by itself, worked out in plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from dealport.market.market import Market
from dealport.model import Investor, Profile, Startup
from dealport.scoring.explaining.common_sectors import CommonSectors
from dealport.words.sectors import SectorGraph
from tests.scoring.random_markets import markets
from tests.scoring.slow_twin import above

EVERY_HOW = frozenset({"stated", "umbrella", "listed", "inferred", "derived", "dealt"})


def closed(profile: Profile, graph: SectorGraph, hows: frozenset[str]) -> set[str]:
    wanting = isinstance(profile, Investor)
    mentions = [one.sector for one in profile.sectors if one.how in hows]
    return {one for name in mentions for one in above(name, graph, wanting=wanting)}


def common_one_by_one(startup: Startup, investor: Investor, graph: SectorGraph) -> tuple[str, ...]:
    """The sectors of both that no umbrella word alone holds on both sides, without those above another."""
    mine, theirs = (closed(side, graph, EVERY_HOW) for side in (startup, investor))
    my_named, their_named = (closed(side, graph, EVERY_HOW - {"umbrella"}) for side in (startup, investor))
    common = (mine & their_named) | (my_named & theirs)
    covered = {one for name in common for one in graph.ancestors(name)}
    return tuple(
        sorted(
            (one for one in common - covered if graph.information(one)), key=lambda one: (-graph.information(one), one)
        )
    )


@settings(max_examples=40, deadline=None)
@given(markets())
def test_many_pairs_have_in_common_what_each_has(market: Market) -> None:
    n, m = len(market.startups), len(market.investors)
    s, i = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)

    shared, is_stated = CommonSectors.of(market).shared(s, i)

    for place, (row, column) in enumerate(zip(s.tolist(), i.tolist(), strict=True)):
        startup, investor = market.startups[row], market.investors[column]
        expected = common_one_by_one(startup, investor, market.graph)
        stated = [closed(side, market.graph, frozenset({"stated", "umbrella"})) for side in (startup, investor)]
        assert shared.at(place) == expected
        assert is_stated[place] == bool(expected and all(expected[0] in side for side in stated))
