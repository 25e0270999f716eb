"""The sectors in common of many pairs at once are those of each pair by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from dealport.market.market import Market
from dealport.scoring.common_sectors import MeetingSectors
from dealport.scoring.reasons import Reasoner
from tests.scoring.random_markets import markets


@settings(max_examples=40, deadline=None)
@given(markets())
def test_many_pairs_have_in_common_what_each_has(market: Market) -> None:
    sectors, reasoner = MeetingSectors.of(market), Reasoner(market.graph)
    n, m = len(market.startups), len(market.investors)
    s, i = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)

    shared, _ = sectors.shared(s, i)

    for place, (row, column) in enumerate(zip(s.tolist(), i.tolist(), strict=True)):
        one_by_one = reasoner.shared_sectors(market.startups[row], market.investors[column])
        assert sectors.names(shared[place].tobytes()) == one_by_one
