"""The sectors in common of many pairs at once are those of each pair by itself, worked out in plain Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from dealport.market.markets import Market
from dealport.scoring.explaining.common_sectors import CommonSectors
from tests.scoring.random_markets import markets
from tests.scoring.slow_reasons import both_state, common_sectors


@settings(max_examples=40, deadline=None)
@given(markets())
def test_many_pairs_have_in_common_what_each_has(market: Market) -> None:
    n, m = len(market.startups), len(market.investors)
    s, i = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)

    shared, is_stated = CommonSectors.of(market).shared(s, i)

    for place, (row, column) in enumerate(zip(s.tolist(), i.tolist(), strict=True)):
        startup, investor = market.startups[row], market.investors[column]
        expected = common_sectors(startup, investor, market.graph)
        assert shared.at(place) == expected
        assert is_stated[place] == bool(expected and both_state(startup, investor, market.graph, expected[0]))
