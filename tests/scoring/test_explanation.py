"""One pair, whole: the gates, the rank and the differences that `explain` shows."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Investor, Startup
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.columns.sides import Past
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import whole_market
from dealport.scoring.explaining.differences import differences
from dealport.scoring.explaining.explanation import Explanation, explain_rows
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.shortlist import Sentence
from tests.scoring.explained_markets import explain_all
from tests.scoring.random_markets import GRAPH, busy_market
from tests.scoring.slow_reasons import SlowReasons
from tests.scoring.slow_twin import closed_gates, track_of

WEIGHTS = Weights(ALL_WEIGHTS)
SEEDS = range(4)


@cache
def explanations(seed: int) -> tuple[Explanation, ...]:
    """Of the pairs of one startup with every investor of a busy market."""
    return tuple(explain_rows(busy_market(seed), WEIGHTS, seed, column) for column in range(6))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_gate_is_told_open_or_closed_as_the_slow_twin_finds_it(seed: int) -> None:
    market = busy_market(seed)

    for one in explanations(seed):
        closed = closed_gates(one.startup, one.investor, market.graph, market.deals, track_of(market))
        assert [finding.gate for finding in one.gates] == list(GATES)
        assert [finding.gate for finding in one.gates if not finding.passed] == closed
        assert [finding.sentence for finding in one.gates if finding.sentence] == [
            Sentence(f"gate.{gate}", {}) for gate in closed
        ]
        assert (one.pair is None) == bool(closed)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_explained_pair_is_that_of_the_ranking_with_its_rank(seed: int) -> None:
    everybody = RowSelection(whole_market(6), whole_market(6))
    shortlist = rank_market(busy_market(seed), WEIGHTS, everybody, k=100).shortlist("startup")
    ranked = {pair.investor.id: pair for pair in shortlist.participants[seed].pairs}

    found = {one.investor.id: one.pair for one in explanations(seed) if one.pair}

    assert found == ranked


def test_of_equal_scores_the_first_id_ranks_first() -> None:
    market = busy_market(5)
    twins = replace(
        market, investors=tuple(replace(market.investors[0], id=f"j{row}", country="CN") for row in range(3))
    )
    twins = replace(twins, startups=(replace(market.startups[0], country="KR", avoids=frozenset()),))

    ranks = [one.pair and one.pair.rank for one in (explain_rows(twins, WEIGHTS, 0, row) for row in range(3))]

    assert ranks == [1, 2, 3]


@pytest.mark.parametrize("seed", range(30))
def test_an_investors_deals_differ_from_what_it_says_as_the_slow_twin_finds(seed: int) -> None:
    market = busy_market(seed)
    portfolios = Portfolios(Past.of(market.deals, market.as_of, market.graph), market.graph)
    twin = SlowReasons(market, dict(ALL_WEIGHTS))

    for investor in market.investors:
        assert list(differences(investor, portfolios)) == twin.differences(investor)


def test_an_explanation_tells_where_deals_differ_from_what_is_said() -> None:
    told = {one.investor.id: one.differences for seed in SEEDS for one in explanations(seed) if one.differences}

    assert told
    assert all(
        bool(one.differences) == ("says_otherwise" in one.pair.flags)
        for seed in SEEDS
        for one in explanations(seed)
        if one.pair
    )


def test_an_explanation_helps_with_every_criterion_in_force() -> None:
    with_deals = busy_market(5)
    without = replace(with_deals, deals=())

    helped, fewer = (list(explain_rows(market, WEIGHTS, 0, 0).criteria_help) for market in (with_deals, without))

    assert helped == list(CRITERIA)
    assert fewer == ["sectors", "stage", "ticket", "kind", "capacity", "geography", "complement"]


@pytest.mark.parametrize(("with_deals", "score"), [(False, 4.316), (True, 4.04655)])
def test_a_pair_that_says_nothing_keeps_a_tenth_of_what_is_expected(with_deals: bool, score: float) -> None:
    silent = Startup(id="s", name="S", country="KR"), Investor(id="i", name="I", country="CN")
    deals = busy_market(5).deals if with_deals else ()

    pair = explain_all(Market((silent[0],), (silent[1],), deals, date(2026, 1, 7), GRAPH)).pair(0)

    assert pair.score == score
    assert pair.confidence == 0
    assert pair.reasons == ()
