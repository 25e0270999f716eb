"""What the score promises, on the sample market."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Investor, Startup
from dealport.scoring.criteria.criterion import SAMPLE_MEAN
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.stories.ranking_story import find_shortlist, load_market
from dealport.stories.request import Request
from tests.measure_expected import measure_expected
from tests.scoring import slow_twin

PROFILES = Path(__file__).parent.parent / "profiles"
REAL = {"lunit", "mind-ai", "cnse", "minimax", "brainco", "cmb-international"}
WEIGHTS = Weights(ALL_WEIGHTS)
ON_LISTS = ("sectors", "stage", "ticket", "kind", "capacity", "geography")  # measured on real lists
EXPECTED = {name: criterion.expected for name, criterion in CRITERIA.items()}


@pytest.fixture(scope="module")
def market() -> Market:
    return load_market([PROFILES])


def test_the_engine_agrees_with_the_slow_twin_on_every_pair_of_the_sample_market(market: Market) -> None:
    engine, track = Engine.of(market, WEIGHTS), slow_twin.track_of(market)

    block = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors)))

    for s, startup in enumerate(market.startups):
        for i, investor in enumerate(market.investors):
            total, _ = slow_twin.score(
                startup, investor, market.graph, ALL_WEIGHTS, EXPECTED, deals=market.deals, track=track
            )
            assert block.score_units[s, i] == total
            gate = slow_twin.gate(startup, investor, market.graph, market.deals, track)
            assert ("", *GATES)[block.first_gate[s, i]] == gate


def test_what_no_real_list_tells_is_expected_as_in_the_sample_market(market: Market) -> None:
    measured = measure_expected(market, open_only=True)
    of_the_sample = [name for name, criterion in CRITERIA.items() if criterion.measured == SAMPLE_MEAN]

    assert of_the_sample == [name for name in CRITERIA if name not in ON_LISTS]
    for criterion in of_the_sample:
        assert EXPECTED[criterion] == pytest.approx(measured[criterion], abs=10), criterion


def test_each_of_the_summits_organisations_stands_in_the_shortlist() -> None:
    for by in ("startup", "investor"):
        shortlist = find_shortlist([PROFILES], Request(by=by, k=10)).shortlist
        pairs = [pair for one in shortlist.participants for pair in one.pairs]
        listed = {pair.startup.id for pair in pairs} | {pair.investor.id for pair in pairs}
        assert listed >= REAL


def in_the_top_quarter(scores: list[float], gates: list[int], row: int) -> bool | None:
    """Whether the row is among the best quarter of a list; None where it is not in it."""
    if gates[row]:
        return None
    listed = sorted((score for score, gate in zip(scores, gates, strict=True) if not gate), reverse=True)
    return scores[row] >= listed[max(0, (len(listed) + 3) // 4 - 1)]


def test_silence_does_not_pay(market: Market) -> None:
    silent_startups = [Startup(id=f"zz-{code}", name="Silent", country=code) for code in ("KR", "CN", "JP", "US")]
    silent_investors = [Investor(id=f"zz-{code}", name="Silent", country=code) for code in ("KR", "CN", "JP", "US")]
    joined = replace(
        market,
        startups=(*market.startups, *silent_startups),
        investors=(*market.investors, *silent_investors),
    )
    n, m = len(joined.startups), len(joined.investors)

    block = Engine.of(joined, WEIGHTS).score(whole_market(n), whole_market(m))

    scores, gates = block.score_units.tolist(), block.first_gate.tolist()
    columns, column_gates = block.score_units.T.tolist(), block.first_gate.T.tolist()
    for offset in (1, 2, 3, 4):
        as_investor = [in_the_top_quarter(scores[s], gates[s], m - offset) for s in range(n - 4)]
        as_startup = [in_the_top_quarter(columns[i], column_gates[i], n - offset) for i in range(m - 4)]
        for findings in (as_investor, as_startup):
            told = [finding for finding in findings if finding is not None]
            assert len(told) > 5
            assert sum(told) < len(told) / 4


def test_every_criterion_says_something_in_the_sample_market() -> None:
    shortlist = find_shortlist([PROFILES], Request()).shortlist

    for name in CRITERIA:
        parts = [part for one in shortlist.participants for pair in one.pairs for part in pair.parts]
        assert any(part.criterion == name and part.reason for part in parts)
