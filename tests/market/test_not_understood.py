"""A profile keeps every word that leads to nothing, and the words behind what it excludes and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.market.market_building import build_market
from dealport.model import Exclusion
from dealport.reading.paths import read_paths
from dealport.reading.tables import cell_columns as columns
from tests.market.test_columns_and_rows import plain_tables, write_csv

if TYPE_CHECKING:
    from dealport.model import Kind
    from tests.market.conftest import Build, MakeRow


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"country": "Qwertia"}, ("country", "Qwertia")),
        ({"sectors": ["AI", "qwertology"]}, ("sectors[2]", "qwertology")),
        ({"sectors": ["AI, qwertology"]}, ("sectors[1]", "qwertology")),
        ({"stage": "Round Q!"}, ("stage", "Round Q!")),
        ({"last_round": "Round Q!"}, ("last_round", "Round Q!")),
        ({"raising": "lots"}, ("raising", "lots")),
        ({"markets": ["CN", "Lemuria"]}, ("markets[2]", "Lemuria")),
        ({"seeks": ["magic"]}, ("seeks[1]", "magic")),
        ({"offers": ["data", "magic"]}, ("offers[2]", "magic")),
        ({"languages": ["klingon"]}, ("languages[1]", "klingon")),
        ({"as_of": "yesterday"}, ("as_of", "yesterday")),
        ({"founded": "soon"}, ("founded", "soon")),
        ({"wants": ["Nobody Capital"]}, ("wants[1]", "Nobody Capital")),
        ({"avoids": ["Nobody Capital"]}, ("avoids[1]", "Nobody Capital")),
    ],
)
def test_a_word_of_a_startup_that_leads_to_nothing_is_kept_with_its_field(
    build: Build, startup: MakeRow, fields: dict[str, object], lost: tuple[str, str]
) -> None:
    market = build(startup(**fields))

    assert market.startups[0].not_understood == (lost,)


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"stages": ["Seed", "Round Q!"]}, ("stages[2]", "Round Q!")),
        ({"stages": ["Round Q!"]}, ("stages", "Round Q!")),
        ({"ticket": "big money"}, ("ticket", "big money")),
        ({"lead": "perhaps"}, ("lead", "perhaps")),
        ({"invests_in": ["Lemuria"]}, ("invests_in[1]", "Lemuria")),
        ({"must_invest_in": ["Lemuria"]}, ("must_invest_in[1]", "Lemuria")),
        ({"excludes": ["gambling", "qwertology"]}, ("excludes[2]", "qwertology")),
        ({"excludes": ["AI qwertology"]}, ("excludes[1]", "AI qwertology")),
    ],
)
def test_a_word_of_an_investor_that_leads_to_nothing_is_kept_with_its_field(
    build: Build, investor: MakeRow, fields: dict[str, object], lost: tuple[str, str]
) -> None:
    market = build(investor(**fields))

    assert market.investors[0].not_understood == (lost,)


def test_a_profile_whose_words_are_all_understood_keeps_none(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["AI", "fintec"], stage="Seed", raising="undisclosed", seeks=["data"]))

    assert market.startups[0].not_understood == ()


def test_words_of_joined_rows_are_kept_once_by_their_place_in_the_united_list(build: Build, startup: MakeRow) -> None:
    market = build(
        startup(path="a.csv", sectors=["AI", "qwertology"]), startup(path="b.csv", sectors=["QWERTOLOGY", "magick"])
    )

    assert market.startups[0].not_understood == (("sectors[2]", "qwertology"), ("sectors[3]", "magick"))
    assert [one.word for one in market.typed.profiles.doubts("startup", "lumen")] == ["qwertology", "magick"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=plain_tables(), side=st.sampled_from(["startup", "investor"]), many=st.sampled_from([1, 10**9]))
def test_no_word_that_a_problem_calls_unknown_is_forgotten(
    tmp_path: Path, rows: list[list[str]], side: Kind, many: int
) -> None:
    write_csv(tmp_path / "table.csv", rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "MANY_ROWS", many)
        market = build_market(read_paths([tmp_path / "table.csv"], side=side))

    everyone = (*market.startups, *market.investors)
    lost = {(one.origin.place(), *words) for one in everyone for words in one.not_understood}
    told = {
        (one.place, one.field, one.word)
        for one in market.problems
        if one.message.startswith(("unknown ", "neither yes")) and not one.message.startswith("unknown field")
    }
    joined = {one.origin.place() for one in market.merged}
    refused = {row.origin.place() for row, _ in market.refused}
    assert {one for one in told if one[0] not in joined | refused} <= lost


@pytest.mark.parametrize("many", [1, 10**9])
def test_regions_doubts_and_exclusions_are_the_same_as_columns_and_row_by_row(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "MANY_ROWS", many)
    write_csv(
        tmp_path / "investors.csv",
        [
            ["id", "name", "country", "invests_in", "excludes", "offers", "ticket"],
            ["a", "Aster", "KR", "Southeast Asia; KR; Europe (ex UK); global", "gambling; US", "data", "5억원"],
            ["b", "Birch", "KR", "동남아시아", "", "data; magic", "big money"],
        ],
    )

    market = build_market(read_paths([tmp_path / "investors.csv"]))

    aster, birch = market.investors
    assert aster.invests_in is not None
    assert aster.invests_in.regions == ("Southeast Asia", "Europe (ex UK)")
    assert aster.invests_in.countries == {"KR"}
    assert aster.invests_in.everywhere
    assert aster.exclusions == (Exclusion("gambling", "gambling", "stated"),)
    assert aster.excluded_sectors == {"gambling"}
    assert aster.excluded_countries == {"US"}
    assert birch.invests_in is not None
    assert birch.invests_in.regions == ("동남아시아",)
    assert birch.not_understood == (("offers[2]", "magic"), ("ticket", "big money"))
    doubts = market.typed.profiles.doubts
    assert [len(doubts("investor", one.id)) for one in market.investors] == [0, 2]
    assert market.typed.profiles.word("investor", "a", "ticket") == "5억원"
    assert market.typed.profiles.word("investor", "nobody", "ticket") == ""


def test_an_exclusion_keeps_the_word_that_made_it_and_says_if_it_is_stated_or_a_rule(
    build: Build, investor: MakeRow
) -> None:
    market = build(investor(excludes=["gambling"], description="We back software. No crypto."))

    told = {(one.word, one.how) for one in market.investors[0].exclusions}
    assert told == {("gambling", "stated"), ("crypto", "rule")}
    assert {one.sector for one in market.investors[0].exclusions} == market.investors[0].excluded_sectors


def test_two_regions_of_other_names_are_one_reach(build: Build, startup: MakeRow) -> None:
    market = build(startup(markets=["ASEAN"]), startup(line=2, name="Tide", markets=["아세안"]))

    one, other = market.startups
    assert one.markets == other.markets
    assert [startup.markets.regions for startup in market.startups if startup.markets] == [("ASEAN",), ("아세안",)]
