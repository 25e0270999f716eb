"""Cells the ranking stands on: total raised, the last round, lists with an unknown word, what says nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from dealport.market.market_building import build_market
from dealport.market.markets import Market
from dealport.model import Origin, Row
from dealport.reading.paths import Reading, read_paths

Build = Callable[..., Market]
MakeRow = Callable[..., Row]


def told(market: Market) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.field, problem.message) for problem in market.problems]


@pytest.mark.parametrize(
    ("typed", "country", "low"),
    [
        ("USD 3M", "KR", 3_000_000),
        ("$3M", "KR", 3_000_000),
        (3_000_000, "US", 3_000_000),
        ("undisclosed", "KR", None),
        ("-", "KR", None),
        ("", "KR", None),
    ],
)
def test_what_a_startup_has_raised_is_kept_in_dollars(
    build: Build, startup: MakeRow, typed: object, country: str, low: float | None
) -> None:
    (one,) = build(startup(total_raised=typed, country=country)).startups

    assert one.total_raised_usd == (None if low is None else (low, low))
    assert one.raising_usd is None


@pytest.mark.parametrize(
    ("typed", "country", "same"),
    [
        (6_400_000_000, "KR", "KRW 6.4bn"),
        ("6400000000", "KR", "64억원"),
        ("1950万", "CN", "CNY 19.5M"),
        ("12M", "GB", "GBP 12M"),
        ("2.5億", "JP", "JPY 250M"),
    ],
)
def test_an_amount_that_names_no_currency_is_in_that_of_the_country(
    build: Build, startup: MakeRow, typed: object, country: str, same: str
) -> None:
    (one,) = build(startup(total_raised=typed, country=country)).startups
    (other,) = build(startup(total_raised=same, country=country)).startups

    assert one.total_raised_usd == other.total_raised_usd
    assert one.total_raised_usd is not None


def test_an_ask_that_names_no_currency_is_in_dollars_as_before(build: Build, startup: MakeRow) -> None:
    (one,) = build(startup(raising="5,000,000", country="KR")).startups

    assert one.raising_usd == (5_000_000, 5_000_000)


def test_the_last_round_is_kept_and_gives_the_next_one(build: Build, startup: MakeRow) -> None:
    (one,) = build(startup(last_round="시리즈 A")).startups

    assert (one.last_round, one.stage) == ("series-a", "series-b")


def test_a_stage_goes_before_the_round_after_the_last(build: Build, startup: MakeRow) -> None:
    (one,) = build(startup(last_round="Seed", stage="Series B")).startups

    assert (one.last_round, one.stage) == ("seed", "series-b")


@pytest.mark.parametrize("fields", [{}, {"last_round": "-"}, {"last_round": "venture"}, {"stage": "Series B"}])
def test_a_last_round_that_nobody_tells_is_unknown(build: Build, startup: MakeRow, fields: Mapping[str, str]) -> None:
    (one,) = build(startup(**fields)).startups

    assert one.last_round == ""


def test_only_the_unknown_stage_of_a_list_is_told(build: Build, investor: MakeRow) -> None:
    market = build(investor(stages=["Seed, Series C, Pony round", "Series+"]))

    assert {"seed", "series-a", "series-c"} <= market.investors[0].stages
    assert told(market) == [("warning", "stages[1]", "unknown stage 'Pony round'")]


def test_only_the_unknown_country_of_a_list_is_told(build: Build, investor: MakeRow) -> None:
    market = build(investor(invests_in=["DRC Congo, Kenya, Narnia"]))

    assert market.investors[0].invests_in is not None
    assert market.investors[0].invests_in.countries == {"CD", "KE"}
    assert market.investors[0].misread == ("Narnia",)
    assert told(market) == [("fault", "invests_in[1]", "unknown country or region 'Narnia'")]


@pytest.mark.parametrize("nothing", ["-", "—", "未透露", "비공개", "undisclosed", "N/A", "不详", "未公開"])
def test_what_says_nothing_is_nothing_in_every_field(build: Build, startup: MakeRow, nothing: str) -> None:
    silent = {"sectors": [nothing], "backers": [nothing, "Harbor"], "languages": nothing, "markets": [nothing]}
    silent |= {"stage": nothing, "last_round": nothing, "raising": nothing, "total_raised": nothing, "city": nothing}

    market = build(startup(**silent))

    assert market.problems == ()
    (one,) = market.startups
    assert one.backers == ("Harbor",)
    assert (one.sectors, one.markets, one.stage, one.raising_usd, one.city) == ((), None, "", None, "")


def test_an_exclusion_of_nothing_excludes_nothing(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["-", "n/a"]))

    assert market.problems == ()
    assert market.investors[0].misread == ()


def test_a_name_of_a_dash_is_no_name(build: Build, startup: MakeRow) -> None:
    market = build(startup(name="-"))

    assert market.startups == ()
    assert [problem.field for problem in market.problems] == ["name"]


def test_a_country_of_a_list_that_is_none_is_a_fault_where_it_is_written() -> None:
    reading = Reading(
        rows=(Row("startup", "", {"name": "Lumen", "country": "KR"}, Origin("a.csv", 2)),),
        columns={"country": "Narnia"},
        columns_origin=Origin("columns.toml", lines={"country": 3}),
    )

    market = build_market(reading)

    assert [(one.place, one.field, one.message) for one in market.problems] == [
        ("columns.toml:3", "country", "unknown country 'Narnia'")
    ]


def as_cell(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def test_the_same_rows_in_json_and_csv_give_the_same_market(tmp_path: Path) -> None:
    records: list[dict[str, object]] = [
        {"companyName": "가람", "category": "로봇, AI", "investmentStage": "series B", "totalInvestment": 853000000},
        {"companyName": "Tide", "category": ["AI", "fintech"], "country": "Japan", "investors": ["Harbor", "-"]},
        {"companyName": "Sol", "category": "", "investmentStage": None, "totalInvestment": "-", "country": "독일"},
    ]
    keys = list(dict.fromkeys(key for record in records for key in record))
    texts = [[as_cell(record.get(key)) for key in keys] for record in records]
    (tmp_path / "a.json").write_text(json.dumps(records), encoding="utf-8")
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([keys, *texts])

    of_json, of_csv = (
        build_market(read_paths([tmp_path / f"a.{end}"], side="startup", country="KR")) for end in ("json", "csv")
    )

    assert [replace(one, origin=Origin("")) for one in of_json.startups] == [
        replace(one, origin=Origin("")) for one in of_csv.startups
    ]
    assert {one.name: one.country for one in of_json.startups} == {"가람": "KR", "Tide": "JP", "Sol": "DE"}
    assert {one.name: one.backers for one in of_json.startups}["Tide"] == ("Harbor",)
