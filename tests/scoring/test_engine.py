"""The engine gives what the plain score gives, on every pair, in any block, in both directions."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Kind
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine import engine as scored
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.shortlist import Shortlist
from tests.scoring import slow_twin
from tests.scoring.random_markets import busy_market, markets

WEIGHTS = Weights(ALL_WEIGHTS)
EXPECTED = {name: criterion.expected for name, criterion in CRITERIA.items()}
UNEVEN = Weights(
    {**ALL_WEIGHTS, "sectors": 7.0, "stage": 0.0, "ticket": 3.0, "geography": 1.0, "complement": 1.0, "alone": 0.0}
)

# With half of all points each, the last digits of their values show.
FOCUSED = Weights(
    {**dict.fromkeys(ALL_WEIGHTS, 0.0), "sectors": 0.001, "sector_focus": 50.0, "sector_deals": 50.0, "warm_path": 50.0}
)


def rank(market: Market, *, by: Kind = "startup", k: int = 10, weights: Weights = WEIGHTS) -> Shortlist:
    everybody = RowSelection(whole_market(len(market.startups)), whole_market(len(market.investors)))
    return rank_market(market, weights, everybody, k=k).shortlist(by)


def plain_ranking(market: Market, weights: Weights, by: Kind, k: int) -> dict[str, list[tuple[str, int]]]:
    """Participant id to its best (other id, score), from the slow twin alone."""
    track = slow_twin.track_of(market)
    lists: dict[str, list[tuple[bool, int, str]]] = {}
    for one in market.startups if by == "startup" else market.investors:
        lists[one.id] = []
    for startup in market.startups:
        for investor in market.investors:
            if not slow_twin.gate(startup, investor, market.graph, market.deals, track):
                total, _ = slow_twin.score(
                    startup, investor, market.graph, weights.by_criterion, EXPECTED, deals=market.deals, track=track
                )
                mine, other = (startup.id, investor.id) if by == "startup" else (investor.id, startup.id)
                is_last = bool(slow_twin.last_resorts(startup, investor, market.graph, market.deals, track))
                lists[mine].append((is_last, -total, other))
    return {name: [(other, -total) for _, total, other in sorted(pairs)[:k]] for name, pairs in lists.items()}


def engine_ranking(shortlist: Shortlist) -> dict[str, list[tuple[str, int]]]:
    return {
        participant.profile.id: [
            (pair.investor.id if shortlist.by == "startup" else pair.startup.id, pair.score_units)
            for pair in participant.pairs
        ]
        for participant in shortlist.participants
    }


@settings(max_examples=80)
@given(markets(), st.sampled_from([WEIGHTS, UNEVEN, FOCUSED]))
def test_the_engine_agrees_with_the_slow_twin_on_every_pair_of_random_markets(market: Market, weights: Weights) -> None:
    engine, track = Engine.of(market, weights), slow_twin.track_of(market)

    block = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors)))

    for s, startup in enumerate(market.startups):
        for i, investor in enumerate(market.investors):
            total, points = slow_twin.score(
                startup, investor, market.graph, weights.by_criterion, EXPECTED, deals=market.deals, track=track
            )
            gate = slow_twin.gate(startup, investor, market.graph, market.deals, track)
            by_criterion = dict.fromkeys(points, 0)
            for half, gained in zip(engine.halves, block.points_units[:, s, i].tolist(), strict=True):
                by_criterion[half.criterion] += int(gained)
            assert by_criterion == points
            assert block.score_units[s, i] == total
            assert ("", *GATES)[block.first_gate[s, i]] == gate


@settings(max_examples=60)
@given(markets(), st.sampled_from(["startup", "investor"]), st.integers(1, 4))
def test_the_best_few_are_exact_with_ties_by_id_in_both_directions(market: Market, by: Kind, k: int) -> None:
    shortlist = rank(market, by=by, k=k)

    assert engine_ranking(shortlist) == plain_ranking(market, WEIGHTS, by, k)


@settings(max_examples=60)
@given(markets())
def test_the_size_of_the_blocks_changes_nothing(market: Market) -> None:
    whole = rank(market)
    size = scored.BLOCK_PAIRS

    try:
        scored.BLOCK_PAIRS = 1
        cut = rank(market)
    finally:
        scored.BLOCK_PAIRS = size

    assert cut == whole


@settings(max_examples=60)
@given(markets())
def test_points_add_up_to_the_score_exactly(market: Market) -> None:
    pairs = [pair for one in rank(market).participants for pair in one.pairs]

    for pair in pairs:
        assert sum(part.points_units for part in pair.parts) == pair.score_units
        assert sum(part.share_units for part in pair.parts) == 10_000_000
        assert all(0 <= part.points_units <= part.share_units for part in pair.parts)
        assert 0 <= pair.confidence <= 1


@settings(max_examples=60)
@given(markets(), st.sampled_from(["startup", "investor"]))
def test_same_country_pairs_are_never_proposed(market: Market, by: Kind) -> None:
    pairs = [pair for one in rank(market, by=by).participants for pair in one.pairs]

    assert all(pair.startup.country != pair.investor.country for pair in pairs)
    assert all(pair.startup.country and pair.investor.country for pair in pairs)


@settings(max_examples=60)
@given(markets(), markets(most=2))
def test_an_unrelated_participant_changes_no_other_pair(market: Market, strangers: Market) -> None:
    joined = replace(
        market,
        startups=market.startups + tuple(replace(one, id=f"t{one.id}") for one in strangers.startups),
        investors=market.investors + tuple(replace(one, id=f"t{one.id}") for one in strangers.investors),
    )

    before = Engine.of(market, WEIGHTS).score(*_everybody(market))
    after = Engine.of(joined, WEIGHTS).score(*_everybody(market))

    assert (before.score_units == after.score_units).all()
    assert (before.first_gate == after.first_gate).all()


def _everybody(market: Market) -> tuple[np.ndarray, np.ndarray]:
    return whole_market(len(market.startups)), whole_market(len(market.investors))


@settings(max_examples=60)
@given(markets())
def test_swapping_two_countries_changes_nothing_but_their_codes(market: Market) -> None:
    swap = {"KR": "CN", "CN": "KR"}

    def turn(codes: frozenset[str]) -> frozenset[str]:
        return frozenset(swap.get(code, code) for code in codes)

    def turn_reach(reach: object) -> object:
        from dealport.model import Reach

        if not isinstance(reach, Reach):
            return None
        return Reach(turn(reach.countries), turn(reach.regional), reach.everywhere, reach.only)

    swapped = replace(
        market,
        startups=tuple(
            replace(one, country=swap.get(one.country, one.country), markets=turn_reach(one.markets))
            for one in market.startups
        ),
        investors=tuple(
            replace(
                one,
                country=swap.get(one.country, one.country),
                excluded_countries=turn(one.excluded_countries),
                invests_in=turn_reach(one.invests_in),
                must_invest_in=turn_reach(one.must_invest_in),
            )
            for one in market.investors
        ),
        deals=tuple(
            replace(
                deal,
                startup_country=swap.get(deal.startup_country, deal.startup_country),
                investor_country=swap.get(deal.investor_country, deal.investor_country),
            )
            for deal in market.deals
        ),
    )

    before = Engine.of(market, WEIGHTS).score(*_everybody(market))
    after = Engine.of(swapped, WEIGHTS).score(*_everybody(swapped))

    assert (before.points_units == after.points_units).all()
    assert (before.first_gate == after.first_gate).all()


@settings(max_examples=60)
@given(markets())
def test_gates_and_lists_account_for_every_pair(market: Market) -> None:
    shortlist = rank(market, k=100)

    n_kept = sum(len(one.pairs) for one in shortlist.participants)
    assert n_kept + sum(shortlist.gates.values()) == shortlist.n_pairs
    for one in shortlist.participants:
        assert bool(one.gates) != bool(one.pairs)
        assert sum(one.gates.values()) in (0, len(market.investors))


@settings(max_examples=30)
@given(markets(), st.sampled_from(["startup", "investor"]))
def test_each_gate_counts_the_pairs_it_takes_first(market: Market, by: Kind) -> None:
    track = slow_twin.track_of(market)
    both = [(startup, investor) for startup in market.startups for investor in market.investors]
    firsts = [
        ((startup.id if by == "startup" else investor.id), gate)
        for startup, investor in both
        if (gate := slow_twin.gate(startup, investor, market.graph, market.deals, track))
    ]

    shortlist = rank(market, by=by)

    assert shortlist.gates == Counter(gate for _, gate in firsts)
    assert list(shortlist.gates.items()) == sorted(shortlist.gates.items(), key=lambda one: (-one[1], one[0]))
    for one in shortlist.participants:
        own = Counter(gate for name, gate in firsts if name == one.profile.id)
        assert one.gates == ({} if one.pairs else own)
        assert list(one.gates.items()) == sorted(one.gates.items(), key=lambda gate: (-gate[1], GATES.index(gate[0])))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("weights", [WEIGHTS, FOCUSED], ids=["usual", "focused"])
def test_the_engine_agrees_with_the_slow_twin_on_every_pair_of_busy_markets(seed: int, weights: Weights) -> None:
    market = busy_market(seed)
    track = slow_twin.track_of(market)

    block = Engine.of(market, weights).score(*_everybody(market))

    assert block.score_units.tolist() == [
        [
            slow_twin.score(
                startup, investor, market.graph, weights.by_criterion, EXPECTED, deals=market.deals, track=track
            )[0]
            for investor in market.investors
        ]
        for startup in market.startups
    ]
