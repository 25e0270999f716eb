"""Each reason is what the pair itself says, whoever else is explained with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Investor, Reach, SectorMention, Startup
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.scoring.explaining.pairs import ExplainedPairs, PairExplainer
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.shortlist import Sentence
from dealport.words.investor_kinds import resolve_investor_kinds
from dealport.words.phrases import load_phrases
from tests.scoring.explained_markets import explain_all, pairs_of, reasons_at
from tests.scoring.random_markets import GRAPH, busy_market, markets
from tests.scoring.slow_reasons import EVERY_HOW, SlowReasons, closed
from tests.scoring.test_criteria import HARBOR, LUMEN

UNEVEN = {**ALL_WEIGHTS, "sectors": 7.0, "stage": 0.0, "ticket": 3.0, "complement": 1.0, "alone": 0.0}
BUSY = range(60)


@cache
def explained_busy(seed: int) -> ExplainedPairs:
    """Every pair of a busy market, with the weights to begin with."""
    return explain_all(busy_market(seed))


def faults_of(market: Market, weights: Mapping[str, float], explained: ExplainedPairs) -> list[object]:
    """Whatever is said of a pair that the slow twin does not say, and what it says."""
    twin = SlowReasons(market, dict(weights))
    found: list[object] = []
    for place, startup, investor in pairs_of(market):
        pair, expected = explained.pair(place), twin.explained(startup, investor)
        said = [{part.criterion: part.reason for part in pair.parts}, pair.flags, pair.shared_sectors, pair.unknown]
        wanted = [expected.reasons, expected.flags, expected.shared, expected.unknown]
        found += [(startup.id, investor.id, *both) for both in zip(said, wanted, strict=True) if both[0] != both[1]]
        assert explained.unknown.at(place) == pair.unknown
    return found


@settings(max_examples=60)
@given(markets(most=4), st.sampled_from([ALL_WEIGHTS, UNEVEN]))
def test_every_reason_and_flag_of_random_markets_is_the_slow_twins(
    market: Market, weights: Mapping[str, float]
) -> None:
    found = faults_of(market, weights, explain_all(market, weights))

    assert found == []


@pytest.mark.parametrize("seed", BUSY)
def test_every_reason_and_flag_of_busy_markets_is_the_slow_twins(seed: int) -> None:
    found = faults_of(busy_market(seed), ALL_WEIGHTS, explained_busy(seed))

    assert found == []


@settings(max_examples=30)
@given(markets(most=4), st.integers(0, 2**32))
def test_pairs_explained_together_are_each_explained_as_if_alone(market: Market, seed: int) -> None:
    explainer = PairExplainer.of(market, Engine.of(market, Weights(ALL_WEIGHTS)))
    together = explain_all(market)
    order = np.random.default_rng(seed).permutation(len(together)).astype(np.int32)

    turned = explainer.explain(together.startups[order], together.investors[order], together.ranks[order])
    alone = [
        explainer.explain(
            *(rows[place : place + 1] for rows in (together.startups, together.investors, together.ranks))
        )
        for place in range(len(together))
    ]

    assert [turned.pair(place) for place in range(len(together))] == [alone[place].pair(0) for place in order.tolist()]
    assert [together.pair(place) for place in range(len(together))] == [one.pair(0) for one in alone]


def test_busy_markets_hold_every_reason_and_every_flag() -> None:
    pairs = [explained_busy(seed).pair(place) for seed in BUSY for place in range(36)]

    said = {f"{sentence.key}" for pair in pairs for sentence in pair.reasons}
    raised = {f"flag.{flag}" for pair in pairs for flag in pair.flags}

    assert said | raised == {key for key in load_phrases() if key.startswith(("reason.", "flag."))}


@pytest.mark.parametrize("seed", BUSY)
def test_a_sentence_names_only_what_the_profiles_hold(seed: int) -> None:
    explained = explained_busy(seed)

    for place, startup, investor in pairs_of(busy_market(seed)):
        stated = startup.seeks & investor.offers | investor.seeks & startup.offers
        held: dict[str, set[str]] = {
            "sector": closed(startup, GRAPH, EVERY_HOW),
            "country": {startup.country, investor.country} - {""},
            "capability": set(stated),
            "stage": {startup.stage, *investor.stages},
            "investor_kind": set(resolve_investor_kinds(investor.type)),
        }
        for sentence in explained.pair(place).reasons:
            for name, (kind, *ids) in labelled(sentence):
                if sentence.key == "reason.neighbours" and name == "investor_sectors":
                    assert ids[0] in closed(investor, GRAPH, EVERY_HOW)
                elif sentence.key != "reason.invests_everywhere":
                    assert held[kind].issuperset(ids), sentence


def labelled(sentence: Sentence) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, value) for name, value in sentence.arguments.items() if isinstance(value, tuple)]


# One field of LUMEN or HARBOR at a time. LUMEN raises 20 million as series B in KR and wants CN; HARBOR is in CN.


def said(criterion: str, startup: Startup = LUMEN, investor: Investor = HARBOR) -> Sentence | None:
    """Why the pair has the points of a criterion."""
    return reasons_at(explain_all(Market((startup,), (investor,), (), date(2026, 1, 7), GRAPH)), 0)[criterion]


def key(criterion: str, startup: Startup = LUMEN, investor: Investor = HARBOR) -> str:
    sentence = said(criterion, startup, investor)
    return sentence.key.removeprefix("reason.") if sentence else ""


@pytest.mark.parametrize(
    ("ticket", "lead", "expected"),
    [
        ((4e6, 4e6), None, "ticket"),  # 20 % of the ask
        ((3.8e6, 3.8e6), None, "ticket_share"),
        ((1e6, 20e6), None, "ticket"),
        ((20.9e6, 50e6), None, "ticket_share"),  # amounts within 2 % of each other are one
        ((0.4e6, 0.4e6), False, "ticket"),  # 2 % of it, for one that does not lead
        ((0.38e6, 0.38e6), False, "ticket_share"),
        ((0.4e6, 0.4e6), True, "ticket_share"),  # a tenth of what would do
        ((200e6, 300e6), None, "ticket_share"),
    ],
)
def test_a_ticket_fits_the_ask_or_its_reason_tells_its_share_of_it(
    ticket: tuple[float, float], lead: bool | None, expected: str
) -> None:
    investor = replace(HARBOR, ticket_usd=ticket, lead=lead)

    assert key("ticket", investor=investor) == expected
    assert key("ticket", replace(LUMEN, raising_usd=None), investor) == f"{expected}_estimated"  # 20 million too


def test_a_tickets_reason_tells_both_amounts() -> None:
    assert said("ticket") == Sentence("reason.ticket", {"ask": "USD 20M", "ticket": "USD 5M-10M"})


@pytest.mark.parametrize(
    ("ticket", "share"),
    [
        ((1e5, 1.2e6), "6 %"),  # its larger end is the nearer one
        ((5e7, 9e7), "250 %"),  # the smaller one here
        ((1e4, 8e4), "0.4 %"),
    ],
)
def test_a_ticket_that_does_not_fit_is_told_as_the_share_that_comes_nearest(
    ticket: tuple[float, float], share: str
) -> None:
    found = said("ticket", investor=replace(HARBOR, ticket_usd=ticket))

    assert found is not None
    assert (found.arguments["share"], found.arguments["ask"]) == (share, "USD 20M")


def test_the_reason_of_an_estimated_ask_tells_the_estimate() -> None:
    raised = replace(LUMEN, raising_usd=None, total_raised_usd=(1e6, 1.4e6))

    found = said("ticket", raised, replace(HARBOR, ticket_usd=(5e4, 5e4)))

    assert found == Sentence(
        "reason.ticket_share_estimated", {"share": "2 %", "ask": "USD 2.5M-3.5M", "ticket": "USD 50k"}
    )


@pytest.mark.parametrize("n", [1, 2, 17, 190, 240])
def test_a_country_named_among_many_is_told_as_named(n: int) -> None:
    named = Reach(frozenset(["KR", *(f"X{row}" for row in range(n - 1))]))

    assert key("geography", replace(LUMEN, markets=None), replace(HARBOR, invests_in=named)) == "invests_in"


@pytest.mark.parametrize("n", [1, 2, 17, 60])
def test_a_country_of_a_large_region_is_told_as_of_the_region(n: int) -> None:
    wide = Reach(regional=frozenset(["KR", *(f"X{row}" for row in range(n - 1))]))

    assert key("geography", replace(LUMEN, markets=None), replace(HARBOR, invests_in=wide)) == "invests_in_region"


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ({"series-b", "seed"}, "stage"),
        ({"series-a-plus"}, "stage_near"),
        ({"seed"}, "stage_near"),  # two rounds away
        ({"pre-seed"}, ""),
        (set(), ""),
    ],
)
def test_a_stage_is_the_investors_or_near_as_its_reason_says(stages: set[str], expected: str) -> None:
    assert key("stage", investor=replace(HARBOR, stages=frozenset(stages))) == expected


def test_the_surest_tie_of_two_countries_is_the_reason() -> None:
    ties: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("must_invest", {}, {"must_invest_in": Reach(frozenset({"KR"}))}),
        ("invests_in", {}, {"invests_in": Reach(frozenset({"KR"}), frozenset({"KR"}), everywhere=True)}),
        ("wants_market", {}, {"invests_in": Reach(frozenset(), frozenset({"KR"}), everywhere=True)}),
        ("invests_in_region", {"markets": Reach(frozenset(), frozenset({"CN"}))}, {}),
        ("wants_region", {}, {"invests_in": Reach(everywhere=True)}),
        ("invests_everywhere", {"markets": Reach(frozenset({"US"}))}, {}),
        ("", {}, {"invests_in": Reach(frozenset({"US"}))}),
    ]
    startup, investor, found = LUMEN, HARBOR, []

    for _, my_change, their_change in ties:  # each takes the tie before away
        investor = replace(investor, **{"must_invest_in": None, **their_change})
        startup = replace(startup, **my_change)
        found.append(key("geography", startup, investor))

    assert found == [expected for expected, _, _ in ties]


def test_a_mandate_for_the_world_says_nothing_of_an_unknown_country() -> None:
    obliged = replace(HARBOR, must_invest_in=Reach(everywhere=True))

    assert key("geography", replace(LUMEN, country=""), obliged) == "wants_market"
    assert key("geography", LUMEN, obliged) == "must_invest"


@pytest.mark.parametrize(
    ("stage", "typed", "expected"),
    [
        ("seed", "Solo angel", "kind"),
        ("series-a", "Solo angel", ""),  # neither often nor seldom
        ("series-c", "Solo angel", "kind_unusual"),
        ("series-c", "VC", ""),  # who does most rounds is no news
        ("growth", "PE fund", "kind"),
        ("seed", "PE fund", "kind_unusual"),
        ("", "VC", ""),  # nobody knows which round
        ("seed", "Other", ""),
    ],
)
def test_a_kind_of_investor_is_told_where_it_does_few_rounds_and_this_one_or_seldom_does_this_one(
    stage: str, typed: str, expected: str
) -> None:
    assert key("kind", replace(LUMEN, stage=stage), replace(HARBOR, type=typed)) == expected


@pytest.mark.parametrize(("largest", "expected"), [(9e4, "capacity_small"), (1e5, ""), (4e7, ""), (5e7, "capacity")])
def test_capacity_is_told_where_the_largest_ticket_is_small_or_large(largest: float, expected: str) -> None:
    assert key("capacity", investor=replace(HARBOR, ticket_usd=(1e4, largest))) == expected


@pytest.mark.parametrize(
    ("startup", "investor", "expected"),
    [
        (LUMEN, HARBOR, {"capabilities": ("capability", "distribution"), "back": ("capability", "precision")}),
        (replace(LUMEN, offers=frozenset()), HARBOR, {"capabilities": ("capability", "distribution")}),
        (replace(LUMEN, seeks=frozenset()), HARBOR, {"capabilities": ("capability", "precision")}),
        (LUMEN, replace(HARBOR, offers=frozenset({"scale"}), seeks=frozenset({"scale"})), None),
    ],
)
def test_needs_are_met_from_the_side_that_meets_them(
    startup: Startup, investor: Investor, expected: Mapping[str, tuple[str, ...]] | None
) -> None:
    found = said("complement", startup, investor)

    assert (found and found.arguments) == expected


def test_needs_met_from_one_side_say_from_which() -> None:
    assert key("complement") == "needs_met_both"
    assert key("complement", replace(LUMEN, offers=frozenset())) == "needs_met"
    assert key("complement", replace(LUMEN, seeks=frozenset())) == "needs_met_back"


def test_a_sector_that_one_side_does_not_state_is_told_as_inferred_from_its_word() -> None:
    wanted = replace(HARBOR, sectors=(SectorMention("ai-cancer-dx", "tumour readers", "inferred"),))

    found = said("sectors", investor=wanted)

    assert found is not None
    assert (found.key, found.arguments["word"]) == ("reason.sectors_inferred", "tumour readers")


def test_at_most_three_sectors_in_common_are_named_the_most_telling_first() -> None:
    four = tuple(SectorMention(name, name) for name in ("steel", "battery", "semi-memory", "robot-humanoid"))

    found = said("sectors", replace(LUMEN, sectors=four), replace(HARBOR, sectors=four))

    assert found is not None
    by_information = sorted((one.sector for one in four), key=lambda one: (-GRAPH.information(one), one))
    assert found.arguments["sectors"] == ("sector", *by_information[:3])


def test_a_criterion_of_no_weight_has_no_reason() -> None:
    market = Market((LUMEN,), (HARBOR,), (), date(2026, 1, 7), GRAPH)

    assert reasons_at(explain_all(market, UNEVEN), 0)["stage"] is None


@pytest.mark.parametrize("side", ["startups", "investors", "both"])
def test_a_market_with_nobody_on_a_side_has_nobody_to_explain(side: str) -> None:
    market = busy_market(1)
    nobody: dict[str, Any] = {name: () for name in ("startups", "investors") if side in (name, "both")}

    explained = explain_all(replace(market, **nobody))

    assert len(explained) == 0
    assert (
        rank_market(replace(market, **nobody), Weights(ALL_WEIGHTS), everybody(**nobody), k=3)
        .shortlist("startup")
        .n_pairs
        == 0
    )


def everybody(*, startups: object = None, investors: object = None) -> RowSelection:
    """All six rows of each side of a busy market, none of a side that is nobody."""
    return RowSelection(whole_market(6 if startups is None else 0), whole_market(6 if investors is None else 0))
