"""One organisation told in several tables becomes one profile, and every row is accounted for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.market.market_building import build_market
from dealport.model import Origin, Row
from dealport.reading.paths import Reading

if TYPE_CHECKING:
    from tests.market.conftest import Build, MakeRow

A, B = "a.csv", "b.csv"


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ({"name": "Lumen"}, {"name": "Lumen Co., Ltd."}, "name"),
        ({"name": "루멘 (Lumen)"}, {"name": "LUMEN"}, "name"),
        ({"name": "Lumen", "aliases": ["루멘"]}, {"name": "주식회사 루멘"}, "name"),
        ({"name": "豐田科技", "country": "CN"}, {"name": "丰田科技有限公司", "country": "中国"}, "name"),
        ({"name": "Lumen"}, {"name": "Lumen", "country": ""}, "name"),
        (
            {"name": "Lumen Dx", "website": "https://lumen.example"},
            {"name": "루멘", "website": "www.lumen.example/ko"},
            "website",
        ),
        ({"name": "Lumen", "id": "7"}, {"name": "Lumen AI", "id": "7"}, "id"),
    ],
)
def test_the_same_organisation_in_two_files_is_joined(
    build: Build, startup: MakeRow, first: dict[str, object], second: dict[str, object], how: str
) -> None:
    market = build(startup(path=A, **first), startup(path=B, **second))

    assert len(market.startups) == 1
    assert [one.how for one in market.merged] == [how]
    assert market.startups[0].country
    assert [problem for problem in market.problems if problem.severity == "fault"] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"name": "Lumen", "country": "KR"}, {"name": "Lumen", "country": "JP", "id": "lumen-jp"}),
        ({"name": "Lumen", "website": "linkedin.com/lumen"}, {"name": "Brightline", "website": "linkedin.com/b"}),
        ({"name": "Lumen", "website": "lumen.example"}, {"name": "Brightline", "website": "lumen.example"}),
        ({"name": "Lumen", "stem": "lumen"}, {"name": "Lumen", "stem": "lumen-old"}),
        (
            {"name": "Lumen", "website": "lumen.example"},
            {"name": "Lumen", "website": "l.example", "country": "", "id": "x"},
        ),
    ],
)
def test_what_is_not_surely_one_stays_two(
    build: Build, startup: MakeRow, first: dict[str, object], second: dict[str, object]
) -> None:
    market = build(startup(path=A, **first), startup(path=B, **second))

    assert len(market.startups) == 2
    assert market.merged == ()


def test_one_id_for_two_names_is_a_fault_and_the_row_is_refused(build: Build, startup: MakeRow) -> None:
    market = build(startup(path=A, id="1"), startup(path=B, id="1", name="Quite Another"))

    assert [row.origin.path for row, _ in market.refused] == [B]
    assert "is the id of 'Lumen' too" in market.refused[0][1]
    assert (market.account.n_rows, market.account.n_profiles, market.account.n_refused) == (2, 1, 1)


def test_a_row_that_repeats_another_of_its_table_is_counted_once(build: Build, startup: MakeRow) -> None:
    market = build(startup(line=2, path=A), startup(line=3, path=A))

    assert [one.how for one in market.merged] == ["repeated"]
    assert [problem.severity for problem in market.problems] == ["warning"]


def test_the_newer_is_taken_and_blanks_are_filled_and_lists_united(build: Build, startup: MakeRow) -> None:
    old = startup(
        path=A,
        name="Lumen",
        sectors=["AI"],
        raising="USD 1M",
        stage="Seed",
        as_of="2024-01-01",
        website="lumen.example",
    )
    new = startup(path=B, name="Lumen Inc.", sectors=["ai", "Robotics"], raising="USD 2M", as_of="2025-01-01")

    market = build(old, new, files=(A, B))

    one = market.startups[0]
    assert (one.id, one.name, one.aliases) == ("lumen", "Lumen Inc.", ("Lumen",))
    assert one.raising_usd == (2_000_000, 2_000_000)
    assert (one.stage, one.website, one.as_of) == ("seed", "lumen.example", date(2025, 1, 1))
    assert market.typed.profiles["startup", "lumen"].sectors == ("ai", "Robotics")
    assert [str(problem) for problem in market.problems] == [
        "a.csv: raising: 'USD 1M' here, 'USD 2M' at b.csv: the newer is taken"
        " (make them agree, or give the right one a newer as_of)"
    ] or market.problems[0].place.startswith(A)


def test_of_two_descriptions_of_one_day_the_longer_is_taken(build: Build, investor: MakeRow) -> None:
    market = build(investor(path=A, description="Short."), investor(path=B, description="A longer description."))

    assert market.investors[0].description == "A longer description."


def test_an_id_that_was_joined_away_still_means_its_profile(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(
        investor(path=A, id="x-1"), investor(path=B, id="y-9"), startup(path=A, line=9, name="Lumen", wants=["y-9"])
    )

    assert market.startups[0].wants == ("x-1",)
    assert market.problems == ()


NAMES = st.sampled_from(["Lumen", "루멘", "Lumen Inc.", "Harbor", "港明", "", "Tide"])
COUNTRIES = st.sampled_from(["KR", "CN", "", "한국", "Nowhere"])


@given(
    st.lists(
        st.tuples(NAMES, COUNTRIES, st.sampled_from([A, B, "c.csv"]), st.sampled_from(["", "1", "2"])), max_size=12
    )
)
def test_rows_in_are_profiles_out_and_rows_merged_and_rows_refused(told: list[tuple[str, str, str, str]]) -> None:
    rows = tuple(
        Row("startup", "", {"name": name, "country": country, "id": own}, Origin(path, line))
        for line, (name, country, path, own) in enumerate(told, start=1)
    )

    market = build_market(Reading(rows=rows, files=(A, B, "c.csv")))

    account = market.account
    assert account.n_rows == len(rows) == account.n_profiles + account.n_merged + account.n_refused
    assert account.n_profiles == len(market.startups)
    assert account.n_refused == len(market.refused) == market.n_left_out
    assert all(reason for _, reason in market.refused)
    assert market == build_market(Reading(rows=rows[::-1], files=(A, B, "c.csv")))
