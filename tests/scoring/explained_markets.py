"""Every pair of a market explained, as tests ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from dealport.market.markets import Market
from dealport.model import Investor, Startup
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine
from dealport.scoring.explaining.pairs import ExplainedPairs, PairExplainer
from dealport.scoring.shortlist import Sentence


def explain_all(market: Market, weights: Mapping[str, float] = ALL_WEIGHTS) -> ExplainedPairs:
    """Startup by startup, each with every investor."""
    n, m = len(market.startups), len(market.investors)
    s, i = np.repeat(np.arange(n), m).astype(np.int32), np.tile(np.arange(m), n).astype(np.int32)
    return PairExplainer.of(market, Engine.of(market, Weights(weights))).explain(s, i, np.ones(n * m, dtype=np.int32))


def pairs_of(market: Market) -> Iterator[tuple[int, Startup, Investor]]:
    """The place of each pair among all explained, and both sides."""
    both = ((startup, investor) for startup in market.startups for investor in market.investors)
    for place, (startup, investor) in enumerate(both):
        yield place, startup, investor


def reasons_at(explained: ExplainedPairs, place: int) -> dict[str, Sentence | None]:
    """The reason of each criterion of one pair."""
    return {part.criterion: part.reason for part in explained.parts(place)}
