"""Last resorts: a pair without common ground, or outside the investor's countries, comes when nothing else is left."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Investor, Kind, Reach, SectorMention, Startup
from dealport.scoring.criteria.fits import LAST_RESORT, WHOLE_STEPS, least_standing, units_of
from dealport.scoring.criteria.gates import LAST_RESORTS
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import whole_market
from dealport.scoring.explaining.explanation import explain_rows
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.scoring.shortlist import Pair, Shortlist
from tests.scoring.random_markets import GRAPH, markets

WEIGHTS = Weights(ALL_WEIGHTS)
STEEL = (SectorMention("steel", "steel"),)
CANCER = (SectorMention("ai-cancer-dx", "cancer"),)
KOREA, JAPAN = Reach(frozenset({"KR"})), Reach(frozenset({"JP"}))
MAKER = Startup(id="maker", name="Maker", country="KR", sectors=STEEL)


def investor(name: str, sectors: tuple[SectorMention, ...] = STEEL, **said: object) -> Investor:
    return Investor(id=name, name=name, country="CN", sectors=sectors, **said)  # type: ignore[arg-type]


def rank(market: Market, *, by: Kind = "startup", weights: Weights = WEIGHTS, min_score: float = 0.0) -> Shortlist:
    everybody = whole_market(len(market.startups)), whole_market(len(market.investors))
    return rank_market(market, weights, RowSelection(*everybody, min_score), k=10).shortlist(by)


def proposed(*investors: Investor, weights: Weights = WEIGHTS) -> list[Pair]:
    """Those proposed to the maker of steel, best first."""
    by_id = tuple(sorted(investors, key=lambda one: one.id))
    return list(rank(Market((MAKER,), by_id, (), date(2026, 1, 7), GRAPH), weights=weights).participants[0].pairs)


def is_last_resort(pair: Pair) -> bool:
    return not set(LAST_RESORTS).isdisjoint(pair.flags)


def test_silence_and_another_field_come_behind_whoever_shares_a_sector_or_takes_any() -> None:
    told = {"invests_in": KOREA, "stages": frozenset({"seed"}), "ticket_usd": (1e6, 5e6)}
    pairs = proposed(
        investor("silent", (), **told),
        investor("cancer", CANCER, **told),
        investor("agnostic", (), agnostic=True),
        investor("shares"),
    )

    assert [pair.investor.id for pair in pairs] == ["shares", "agnostic", "silent", "cancer"]
    assert [pair.flags.count("nothing_in_common") for pair in pairs] == [0, 0, 1, 1]


def test_who_names_other_countries_comes_behind_and_is_still_proposed() -> None:
    pairs = proposed(investor("elsewhere", invests_in=JAPAN), investor("open"), investor("here", invests_in=KOREA))

    assert [pair.investor.id for pair in pairs] == ["here", "open", "elsewhere"]
    assert "outside_stated_countries" in pairs[-1].flags


def test_a_last_resort_keeps_a_tenth_of_the_points_and_they_add_up() -> None:
    (here,) = proposed(investor("one", agnostic=True))
    (elsewhere,) = proposed(investor("one", agnostic=True, invests_in=JAPAN))
    points = {part.criterion: part.points_units for part in here.parts}

    kept = {part.criterion: part.points_units for part in elsewhere.parts}

    assert all(10 * kept[name] == points[name] for name in points if name != "geography")
    assert elsewhere.score_units == sum(kept.values())
    assert elsewhere.fit == "weak"


@pytest.mark.parametrize(
    "said",
    [
        {"invests_in": JAPAN, "sectors": CANCER},  # nothing speaks for it
        {"invests_in": JAPAN, "sectors": ()},
        {"invests_in": JAPAN, "must_invest_in": JAPAN},
        {"invests_in": replace(JAPAN, only=True)},
    ],
)
def test_two_last_resorts_in_one_a_mandate_and_only_are_gates(said: dict[str, object]) -> None:
    there = replace(investor("there"), **said)
    market = Market((MAKER,), (there,), (), date(2026, 1, 7), GRAPH)

    assert rank(market).gates == {"invests_elsewhere": 1}
    assert not explain_rows(market, WEIGHTS, 0, 0).pair


def test_with_only_stated_countries_every_list_of_countries_is_a_gate() -> None:
    fenced = Weights(ALL_WEIGHTS, only_stated_countries=True)

    pairs = proposed(investor("elsewhere", invests_in=JAPAN), investor("open"), weights=fenced)

    assert [pair.investor.id for pair in pairs] == ["open"]


@settings(max_examples=60)
@given(market=markets(), by=st.sampled_from(["startup", "investor"]))
def test_every_last_resort_of_a_list_stands_behind_all_other_pairs(market: Market, by: Kind) -> None:
    for participant in rank(market, by=by).participants:
        are_last = [is_last_resort(pair) for pair in participant.pairs]
        assert are_last == sorted(are_last)


@settings(max_examples=60)
@given(market=markets(), min_score=st.sampled_from([0.5, 4.0, 10.0, 10.00001, 40.0]))
def test_a_least_score_leaves_out_exactly_what_is_below_it(market: Market, min_score: float) -> None:
    every, some = rank(market), rank(market, min_score=min_score)

    for all_of, some_of in zip(every.participants, some.participants, strict=True):
        kept = [pair.investor.id for pair in all_of.pairs if pair.score >= min_score]
        assert [pair.investor.id for pair in some_of.pairs] == kept


@given(units=st.integers(0, 10 * WHOLE_STEPS), steps=st.integers(0, WHOLE_STEPS), is_last=st.booleans())
def test_no_pair_with_the_least_score_is_lost(units: int, steps: int, is_last: bool) -> None:
    standing = steps + LAST_RESORT * is_last

    assert units_of(np.array([standing]))[0] == (steps if is_last else 10 * steps)
    assert standing >= least_standing(units) or units_of(np.array([standing]))[0] < units
