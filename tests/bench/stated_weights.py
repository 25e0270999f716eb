"""How the weights of what both sides say do on deals that happened, with the deals hidden from the score.

python tests/bench/stated_weights.py deals.csv 2012-01-01 [2013-12-31]
Every investor is given the profile it would have typed from its earlier deals (sectors, rounds, the range of
their sizes, countries), and every startup what a founder would state; the score sees these profiles and no deal. Prints
hit@10, recall@100 and MRR of the weights to begin with, of equal ones, and of each criterion alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from dealport.backtest.metrics import metric_values, ranks_of
from dealport.backtest.questions import ask, periods
from dealport.market.known_by_deals import investors_of_deals
from dealport.market.markets import Market
from dealport.model import Deal, Investor, Reach, SectorMention
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.weights import DEFAULT_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.stories.backtest_story import read_usable_deals

IGNORED = [1 + GATES.index("invests_elsewhere")]
MOST_SECTORS = 6


def stated(investor: Investor, deals: list[Deal]) -> Investor:
    """The profile as the investor would have typed it."""
    sectors = Counter(sector for deal in deals for sector in deal.startup_sectors)
    amounts = sorted(deal.amount_usd for deal in deals if deal.amount_usd)
    abroad = frozenset(deal.startup_country for deal in deals if deal.startup_country != investor.country)
    return replace(
        investor,
        sectors=tuple(SectorMention(sector, sector) for sector, _ in sectors.most_common(MOST_SECTORS)),
        stages=frozenset(deal.stage for deal in deals if deal.stage),
        ticket_usd=(amounts[len(amounts) // 10], amounts[-1 - len(amounts) // 10]) if amounts else None,
        invests_in=Reach(abroad) if abroad else None,
    )


def main(path: Path, since: date, until: date) -> None:
    """Print one line a set of weights."""
    read = read_usable_deals(path)
    (period,) = periods(since, until)
    asked = ask(read.usable, period)
    of_investor: dict[str, list[Deal]] = {}
    for deal in asked.deals:
        of_investor.setdefault(deal.investor_key, []).append(deal)
    investors = tuple(stated(one, of_investor[one.id]) for one in investors_of_deals(asked.deals))
    rounds = {deal.startup_key: deal.stage for deal in reversed(read.usable) if since <= deal.made_on and deal.stage}
    startups = tuple(replace(one.startup, stage=rounds.get(one.startup.id, "")) for one in asked.questions)
    market = Market(startups, investors, (), since, read.graph)
    place = {one.id: column for column, one in enumerate(investors)}
    answers = [[place[key] for key, _ in question.answers] for question in asked.questions]
    alone = {name: {other: float(other == name) for other in DEFAULT_WEIGHTS} for name in DEFAULT_WEIGHTS}
    sets: dict[str, Mapping[str, float]] = {
        "to begin with": DEFAULT_WEIGHTS,
        "equal": dict.fromkeys(DEFAULT_WEIGHTS, 1.0),
    }
    for name, weights in {**sets, **{f"{name} alone": one for name, one in alone.items()}}.items():
        engine = Engine.of(market, Weights(weights))
        ranks: list[tuple[int, ...]] = []
        everybody = whole_market(len(startups)), whole_market(len(investors))
        for rows, block in engine.blocks(*everybody):
            candidates = (block.first_gate == 0) | np.isin(block.first_gate, IGNORED)
            ranks += ranks_of(block.standing, candidates, [answers[row] for row in rows.tolist()])
        values = {one: float(each.mean()) for one, each in metric_values(ranks).items()}
        told = "  ".join(f"{one} {values[one]:.3f}" for one in ("hit@10", "recall@100", "mrr"))
        print(f"{name:18} {told}")  # noqa: T201 - its job


if __name__ == "__main__":
    last = date.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else date(2013, 12, 31)
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), last)
