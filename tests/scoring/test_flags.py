"""What deserves a second look: each flag exactly where it is promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Deal, Investor, Reach, SectorMention, Startup
from dealport.scoring.criteria.weights import ALL_WEIGHTS
from tests.scoring.explained_markets import explain_all
from tests.scoring.random_markets import GRAPH
from tests.scoring.test_criteria import HARBOR, LUMEN
from tests.scoring.test_deal_reasons import DAY, some_deals

SILENT = dict.fromkeys(ALL_WEIGHTS, 0.0)
STARTUP = replace(LUMEN, id="lumen")
INVESTOR = replace(HARBOR, id="harbor")


def flags(
    startup: Startup = STARTUP,
    investor: Investor = INVESTOR,
    *,
    weights: Mapping[str, float] = ALL_WEIGHTS,
    deals: tuple[Deal, ...] = (),
    others: tuple[Startup, ...] = (),
) -> tuple[str, ...]:
    """The flags of a pair, in a market with others or without."""
    market = Market((startup, *others), (investor,), deals, DAY, GRAPH)
    return explain_all(market, weights).flags.at(0)


def test_a_pair_that_says_all_and_asks_for_nothing_has_no_flag() -> None:
    assert flags() == ()


@pytest.mark.parametrize(
    ("asks", "asked", "expected"),
    [
        (("harbor",), (), ("asked_by_startup",)),
        ((), ("lumen",), ("asked_by_investor",)),
        (("harbor",), ("lumen",), ("mutual_wish",)),
        (("tide",), ("solis",), ()),  # others, nobody here
    ],
)
def test_a_wish_is_the_startups_the_investors_or_mutual(
    asks: tuple[str, ...], asked: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert flags(replace(STARTUP, wants=asks), replace(INVESTOR, wants=asked)) == expected


def test_a_wish_for_one_is_no_wish_for_another() -> None:
    other = replace(STARTUP, id="solis", wants=("harbor",))

    assert flags(others=(other,)) == ()


@pytest.mark.parametrize(
    ("known", "unknown", "is_flagged"), [(1.0, 1.0, False), (0.9999, 1.0, True), (1.0, 0.9999, False)]
)
def test_confidence_is_low_only_below_half(known: float, unknown: float, is_flagged: bool) -> None:
    weights = {**SILENT, "stage": known, "ticket": unknown}

    found = flags(investor=replace(INVESTOR, ticket_usd=None), weights=weights)

    assert ("low_confidence" in found) == is_flagged


def test_half_a_criterion_counts_half_for_confidence() -> None:
    one_way = replace(STARTUP, offers=frozenset())

    assert "low_confidence" not in flags(one_way, weights={**SILENT, "complement": 1.0})
    assert "low_confidence" in flags(
        one_way, weights={**SILENT, "complement": 1.0, "ticket": 0.1}, investor=replace(INVESTOR, ticket_usd=None)
    )


def test_an_exclusion_misread_on_either_side_is_flagged() -> None:
    assert flags(replace(STARTUP, misread=("qwert",))) == ("misread_exclusion",)
    assert flags(investor=replace(INVESTOR, misread=("qwert",))) == ("misread_exclusion",)
    assert flags(others=(replace(STARTUP, id="solis", misread=("qwert",)),)) == ()


@pytest.mark.parametrize(
    ("country", "must", "expected"),
    [
        ("KR", Reach(frozenset({"KR"})), ("must_invest",)),
        ("KR", Reach(frozenset(), frozenset({"KR"})), ("must_invest",)),
        ("KR", Reach(everywhere=True), ("must_invest",)),
        ("KR", Reach(frozenset({"JP"})), ()),
        ("", Reach(everywhere=True), ()),  # nobody knows where it is
        ("KR", None, ()),
    ],
)
def test_a_mandate_is_flagged_where_it_holds_the_startups_country(
    country: str, must: Reach | None, expected: tuple[str, ...]
) -> None:
    assert flags(replace(STARTUP, country=country), replace(INVESTOR, must_invest_in=must)) == expected


@pytest.mark.parametrize("repeated", [("startup", "lumen"), ("investor", "harbor")])
def test_a_profile_that_may_be_there_twice_flags_its_pairs(repeated: tuple[str, str]) -> None:
    market = Market((STARTUP,), (INVESTOR,), (), DAY, GRAPH, possible_duplicates=frozenset({repeated}))  # type: ignore[arg-type]

    assert explain_all(market).flags.at(0) == ("possible_duplicate",)


def test_a_startup_of_the_same_id_as_a_repeated_investor_is_not_flagged() -> None:
    market = Market((STARTUP,), (INVESTOR,), (), DAY, GRAPH, possible_duplicates=frozenset({("investor", "lumen")}))

    assert explain_all(market).flags.at(0) == ()


@pytest.mark.parametrize(
    ("how", "expected"),
    [("stated", ()), ("inferred", ("inferred_sectors",)), ("listed", ("inferred_sectors",))],
)
def test_sectors_in_common_that_one_side_does_not_state_are_flagged(how: str, expected: tuple[str, ...]) -> None:
    wanted = replace(INVESTOR, sectors=(SectorMention("ai-cancer-dx", "cancer", how),))  # type: ignore[arg-type]

    assert flags(investor=wanted) == expected


@pytest.mark.parametrize("sectors", [(), (SectorMention("steel", "steel", "inferred"),)])
def test_where_nothing_is_known_in_common_that_is_said(sectors: tuple[SectorMention, ...]) -> None:
    assert flags(investor=replace(INVESTOR, sectors=sectors)) == ("nothing_in_common",)


def test_who_takes_any_sector_has_something_in_common() -> None:
    assert flags(investor=replace(INVESTOR, sectors=(), agnostic=True)) == ()


def test_a_country_that_the_investor_does_not_name_is_flagged() -> None:
    assert flags(investor=replace(INVESTOR, invests_in=Reach(frozenset({"JP"})))) == ("outside_stated_countries",)
    assert flags(investor=replace(INVESTOR, invests_in=Reach(frozenset({"JP", "KR"})))) == ()


@pytest.mark.parametrize(
    ("n_as_said", "n_other", "is_flagged"), [(2, 4, True), (3, 4, False), (0, 4, False), (0, 5, True)]
)
def test_an_investor_says_otherwise_from_five_deals_with_two_thirds_elsewhere(
    n_as_said: int, n_other: int, is_flagged: bool
) -> None:
    says_seed = replace(INVESTOR, stages=frozenset({"seed"}), sectors=(), invests_in=None)
    deals = some_deals(n_as_said + n_other)
    deals = [replace(deal, stage="seed") if row < n_as_said else deal for row, deal in enumerate(deals)]

    assert ("says_otherwise" in flags(investor=says_seed, deals=tuple(deals))) == is_flagged


def test_deals_of_the_day_itself_do_not_make_it_say_otherwise() -> None:
    says_seed = replace(INVESTOR, stages=frozenset({"seed"}), sectors=(), invests_in=None)
    known = replace(some_deals(1)[0], startup_key="earlier")

    assert "says_otherwise" not in flags(investor=says_seed, deals=(known, *some_deals(9, made_on=date(2026, 1, 7))))
