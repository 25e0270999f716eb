"""Which rows the options of a ranking leave."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.market.participants import FoundParticipant
from dealport.model import Kind, SectorMention, UsageError
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import whole_market
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.selecting import only, select_rows
from tests.scoring.random_markets import GRAPH, busy_market, markets
from tests.scoring.test_criteria import HARBOR, LUMEN, named

MARKET = Market(
    startups=(
        replace(LUMEN, id="a", country="KR", sectors=named("ai-cancer-dx")),
        replace(LUMEN, id="b", country="JP", sectors=named("battery", "steel")),
        replace(LUMEN, id="c", country="KR", sectors=(SectorMention("ai", "AI", "inferred"),)),
        replace(LUMEN, id="d", country="", sectors=()),
    ),
    investors=(replace(HARBOR, id="x", country="CN"), replace(HARBOR, id="y", country="SG")),
    deals=(),
    as_of=date(2026, 1, 7),
    graph=GRAPH,
)


def rows(*, home: str = "", away: str = "", sector: str = "") -> tuple[str, str]:
    selection = select_rows(MARKET, from_country=home, to_country=away, sector=sector, min_score=3.0)
    return (
        "".join(MARKET.startups[row].id for row in selection.startups),
        "".join(MARKET.investors[row].id for row in selection.investors),
    )


def test_without_options_everybody_takes_part() -> None:
    assert rows() == ("abcd", "xy")
    assert select_rows(MARKET, from_country="", to_country="", sector="", min_score=3.0).min_score == 3.0


def test_countries_choose_startups_by_from_and_investors_by_to() -> None:
    assert rows(home="Korea") == ("ac", "xy")
    assert rows(away="SG") == ("abcd", "y")


def test_a_sector_chooses_startups_in_it_and_in_its_kinds() -> None:
    assert rows(sector="AI") == ("ac", "xy")
    assert rows(sector="ai-cancer-dx") == ("a", "xy")
    assert rows(sector="battery") == ("b", "xy")
    assert rows(home="KR", sector="battery") == ("", "xy")


def test_an_umbrella_word_chooses_its_members() -> None:
    umbrella = next(one for one in GRAPH.sectors.values() if one.facet == "umbrella" and "battery" in one.members)

    assert "b" in rows(sector=umbrella.id)[0]


@pytest.mark.parametrize(
    ("option", "word", "message"),
    [
        ("from_country", "Koreaa", "--from: unknown country 'Koreaa' (did you mean"),
        ("to_country", "qqqqqq", "--to: unknown country 'qqqqqq'"),
        ("sector", "batery tecnologi", "--sector: unknown sector word"),
    ],
)
def test_a_word_that_is_not_understood_is_the_users_fault(option: str, word: str, message: str) -> None:
    options = {"from_country": "", "to_country": "", "sector": "", option: word}

    with pytest.raises(UsageError) as raised:
        select_rows(MARKET, **options, min_score=0.0)

    assert str(raised.value).startswith(message)


def test_one_participant_is_alone_on_its_own_side_whatever_the_filters_said() -> None:
    selection = select_rows(MARKET, from_country="JP", to_country="SG", sector="", min_score=1.0)

    startup, investor = (
        only(selection, FoundParticipant("startup", 0, MARKET.startups[0])),
        only(selection, FoundParticipant("investor", 0, MARKET.investors[0])),
    )

    assert (startup.startups.tolist(), startup.investors.tolist()) == ([0], [1])
    assert (investor.startups.tolist(), investor.investors.tolist()) == ([1], [0])
    assert startup.min_score == 1.0


@pytest.mark.parametrize("seed", range(3))
def test_the_least_score_keeps_exactly_the_pairs_that_reach_it(seed: int) -> None:
    market, weights = busy_market(seed), Weights(ALL_WEIGHTS)
    everybody = RowSelection(whole_market(6), whole_market(6))
    every = [
        pair
        for one in rank_market(market, weights, everybody, k=9).shortlist("startup").participants
        for pair in one.pairs
    ]
    least = float(np.median([pair.score for pair in every])) if len(every) % 2 else every[0].score

    kept = rank_market(market, weights, replace(everybody, min_score=least), k=9).shortlist("startup")

    found = [pair.score_units for one in kept.participants for pair in one.pairs]
    assert sorted(found) == sorted(pair.score_units for pair in every if pair.score >= least)


@settings(max_examples=30)
@given(markets(), st.integers(0, 2**12 - 1), st.sampled_from(["startup", "investor"]))
def test_a_selection_is_ranked_as_the_whole_market_without_the_others(market: Market, chosen: int, by: Kind) -> None:
    weights, n, m = Weights(ALL_WEIGHTS), len(market.startups), len(market.investors)
    rows_here = [row for row in range(n) if chosen >> row & 1]
    columns_here = [column for column in range(m) if chosen >> 6 + column & 1]
    here = {market.startups[row].id for row in rows_here} | {market.investors[column].id for column in columns_here}
    some = RowSelection(np.array(rows_here, dtype=np.int32), np.array(columns_here, dtype=np.int32))

    selected = rank_market(market, weights, some, k=9).shortlist(by)
    whole = rank_market(market, weights, RowSelection(whole_market(n), whole_market(m)), k=9).shortlist(by)

    expected = [
        [
            (pair.startup.id, pair.investor.id, pair.score_units)
            for pair in one.pairs
            if {pair.startup.id, pair.investor.id} <= here
        ]
        for one in whole.participants
        if one.profile.id in here
    ]
    found = [
        [(pair.startup.id, pair.investor.id, pair.score_units) for pair in one.pairs] for one in selected.participants
    ]
    assert found == expected
    assert selected.n_pairs == len(rows_here) * len(columns_here)
