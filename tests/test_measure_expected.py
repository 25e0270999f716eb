"""What an unknown half of a criterion counts as is measured on pairs of lists: a small market worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dealport.market.markets import Market
from dealport.model import Investor, Reach, SectorMention, Startup
from dealport.scoring.criteria.stated.sectors import AGNOSTIC, SECTORS
from dealport.words.sectors.graph import load_graph
from tests.measure_expected import measure_expected, read_lists

GRAPH = load_graph()


def startup(row: int, sector: str = "", **fields: object) -> Startup:
    """In Korea, with a sector or none."""
    return Startup(id=f"s{row}", name=f"S{row}", country="KR", sectors=mentions(sector), **fields)  # type: ignore[arg-type]


def investor(row: int, sector: str = "", **fields: object) -> Investor:
    """In China, with a sector or none."""
    return Investor(id=f"i{row}", name=f"I{row}", **{"country": "CN", "sectors": mentions(sector), **fields})  # type: ignore[arg-type]


def mentions(sector: str) -> tuple[SectorMention, ...]:
    return (SectorMention(sector, sector),) if sector else ()


def market_of(startups: list[Startup], investors: list[Investor]) -> Market:
    return Market(tuple(startups), tuple(investors), (), date(2026, 1, 7), GRAPH)


def test_a_half_is_the_mean_over_the_pairs_where_it_is_known() -> None:
    startups = [startup(0, stage="seed"), startup(1, stage="series-a"), startup(2)]
    investors = [investor(0, stages=frozenset({"seed"})), investor(1)]

    measured = measure_expected(market_of(startups, investors))

    assert measured["stage"] == (900,)  # one at the investor's stage, one a round away from it: 1 and .8


def test_a_half_that_is_nowhere_known_has_no_value() -> None:
    measured = measure_expected(market_of([startup(0)], [investor(0)]))

    assert measured["stage"] == (None,)
    assert measured["complement"] == (None, None)


def test_a_pair_without_a_common_sector_counts_as_nothing() -> None:
    steel, ships = investor(0, "steel"), investor(1, "ai-cancer-dx")

    measured = measure_expected(market_of([startup(0, "steel")], [steel, ships]))

    assert measured["sectors"] == (500,)


def test_a_pair_that_invests_elsewhere_or_excludes_the_country_counts_as_no_interest() -> None:
    korea, elsewhere = Reach(frozenset({"KR"})), Reach(frozenset({"JP"}))
    investors = [
        investor(0, invests_in=korea),
        investor(1, invests_in=elsewhere),
        investor(2, invests_in=korea, excluded_countries=frozenset({"KR"})),
        investor(3),
    ]

    measured = measure_expected(market_of([startup(0, markets=Reach(frozenset({"CN"})))], investors))

    assert measured["geography"] == (round(980 / 3), 1000)  # what the startup wishes is not the rule's to take away


def test_pairs_of_one_country_are_not_counted() -> None:
    near = investor(0, country="KR", stages=frozenset({"seed"}))
    far = investor(1, stages=frozenset({"pre-ipo"}))

    assert measure_expected(market_of([startup(0, stage="seed")], [near, far]))["stage"] == (0,)


def test_with_open_gates_only_who_invests_elsewhere_is_not_counted() -> None:
    investors = [investor(0, invests_in=Reach(frozenset({"KR"}))), investor(1, invests_in=Reach(frozenset({"JP"})))]

    measured = measure_expected(market_of([startup(0)], investors), open_only=True)

    assert measured["geography"] == (980, None)


def test_with_open_gates_only_who_shares_no_sector_counts_all_the_same() -> None:
    investors = [investor(0, "steel"), investor(1, "ai-cancer-dx")]

    measured = measure_expected(market_of([startup(0, "steel")], investors), open_only=True)

    assert measured["sectors"] == (500,)


def test_who_says_no_sector_is_expected_to_give_less_than_who_takes_any() -> None:
    (expected,) = SECTORS.expected

    assert expected < AGNOSTIC


def test_two_lists_become_one_market_with_the_country_of_rows_that_name_none(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("name,country,sectors\nLumen,,AI cancer diagnostics\nSolis,JP,Batteries\n")
    (tmp_path / "i.csv").write_text("name,country,sectors\nHarbor,CN,Batteries\n")

    market = read_lists(tmp_path / "s.csv", tmp_path / "i.csv", "KR")

    assert {one.name: one.country for one in market.startups} == {"Lumen": "KR", "Solis": "JP"}
    assert [one.name for one in market.investors] == ["Harbor"]


@pytest.mark.parametrize("n", [1, 3])
def test_how_many_are_silent_changes_no_mean(n: int) -> None:
    speaking = [startup(0, "steel", stage="seed")]
    silent = [startup(row + 1) for row in range(n)]
    investors = [investor(0, "steel", stages=frozenset({"series-a"}))]

    with_silent, without = (measure_expected(market_of(one, investors)) for one in ([*speaking, *silent], speaking))

    assert with_silent == without
