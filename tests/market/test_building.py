"""The market as a whole: ids, the day, the order of everything, and what profiles lack."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import permutations

import pytest
from msgspec.structs import replace

from dealport.market.market_building import DEFAULT_AS_OF, build_market
from dealport.market.markets import Market
from dealport.market.missing_facts import find_lacks
from dealport.market.problems import place_order
from dealport.market.schema import profile_schema
from dealport.model import Origin, Problem, Row
from dealport.reading.paths import Reading

Build = Callable[..., Market]
MakeRow = Callable[..., Row]

SHARES = {
    "sectors": 400_000,
    "stage": 150_000,
    "ticket": 100_000,
    "kind": 30_000,
    "capacity": 20_000,
    "geography": 100_000,
    "complement": 200_000,
}


def test_an_id_is_the_id_else_the_files_name_else_a_slug_of_the_name(build: Build, startup: MakeRow) -> None:
    market = build(
        startup(id="a-1", stem="lumen"), startup(line=2, stem="루멘"), startup(line=3, name="Bright Line")
    )  # fmt: skip

    assert [one.id for one in market.startups] == ["a-1", "bright-line", "루멘"]


@pytest.mark.parametrize("typed", ["../../etc/passwd", "a/b", "a\\b", ".hidden"])
def test_an_id_that_looks_like_a_path_is_a_fault_and_made_safe(build: Build, startup: MakeRow, typed: str) -> None:
    market = build(startup(id=typed))

    assert [(problem.field, problem.severity) for problem in market.problems] == [("id", "fault")]
    assert "looks like a path" in market.problems[0].message
    assert not set(market.startups[0].id) & set("/\\.")


def test_the_same_id_twice_on_a_side_is_a_fault_and_the_first_stays(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(startup(line=8, country="JP"), startup(line=3), investor(line=9, id="lumen"))

    assert [str(problem) for problem in market.problems if problem.severity == "fault"] == [
        "market.toml:8: id: 'lumen' is the id of 'Lumen' too"
        ' (give one of them an id of its own: id = "..." (the other is at market.toml:3))'
    ]
    assert [one.country for one in market.startups] == ["KR"]
    assert len(market.investors) == 1
    assert market.n_left_out == 1


def test_the_day_is_the_newest_in_the_files(build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow) -> None:
    rows = startup(as_of=date(2025, 3, 1)), investor(line=2, as_of=datetime(2025, 5, 1, 12))

    assert build(*rows).as_of == date(2025, 5, 1)
    assert build(*rows, deals=[deal(date="2025/6/30")]).as_of == date(2025, 6, 30)
    assert build(*rows, as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_the_day_without_any_date_is_the_summits(build: Build, startup: MakeRow) -> None:
    assert build(startup()).as_of == DEFAULT_AS_OF


def test_the_order_of_rows_changes_nothing(build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow) -> None:
    rows = [
        startup(line=1, wants=["Harbor"], sectors=["zzzz"], Umsatz="1"),
        startup(line=2, name="Brightline", website="lumen.example", Umsatz="1"),
        startup(line=3, name="Clear", website="lumen.example"),
        investor(line=4, portfolio=["Lumen", "Clear"], excludes=["Qqqq zzzz"]),
    ]
    deals = [deal(), deal(line=2, startup="Clear")]

    markets = [build(*some, deals=deals[:: 1 if n % 2 else -1]) for n, some in enumerate(permutations(rows))]

    assert all(market == markets[0] for market in markets)


def test_problems_stand_in_the_order_of_the_files_then_of_lines(build: Build, startup: MakeRow) -> None:
    from_files = Problem("b.toml", "", "unreadable")

    market = build(
        startup(line=10, path="a.toml", id="x", stage=1),
        startup(line=9, path="a.toml", id="y", stage=1),
        startup(line=1, path="c.toml", id="z", stage=1),
        problems=[from_files, from_files],
        files=["c.toml", "b.toml", "a.toml"],
    )

    assert [problem.place for problem in market.problems] == ["c.toml:1", "b.toml", "a.toml:9", "a.toml:10"]


def test_places_in_a_workbook_are_ordered_by_sheet_and_row() -> None:
    places = ["m.xlsx:Two!A1", "m.xlsx:One!C10", "m.xlsx:One!B9", "m.xlsx:One", "a:b.toml:3", "m.xlsx"]

    ordered = sorted(places, key=lambda place: place_order(place, {"m.xlsx": 0, "a:b.toml": 1}))

    assert ordered == ["m.xlsx", "m.xlsx:One", "m.xlsx:One!B9", "m.xlsx:One!C10", "m.xlsx:Two!A1", "a:b.toml:3"]


def test_a_fault_in_the_users_own_sectors_names_its_file() -> None:
    sectors = {"sectors": {"own": {"parents": ["nowhere-at-all"]}}}

    market = build_market(Reading(sectors=sectors, sectors_origin=Origin("my/sectors.toml")))

    assert [(problem.place, problem.severity) for problem in market.problems] == [("my/sectors.toml", "fault")]
    assert "nowhere-at-all" in market.problems[0].message
    assert "own" not in market.graph.sectors


def test_records_that_could_not_be_read_count_as_left_out(startup: MakeRow) -> None:
    market = build_market(Reading(rows=(startup(),), n_refused=3))

    assert market.n_left_out == 3


def test_more_deals_may_come_from_beside(startup: MakeRow, investor: MakeRow, deal: MakeRow) -> None:
    market = build_market(Reading(rows=(startup(), investor(line=2))), more_deals=[deal()])

    assert market.startups[0].backed_by == {"harbor"}


def test_an_empty_reading_is_an_empty_market() -> None:
    market = build_market(Reading())

    assert (market.startups, market.investors, market.deals, market.problems) == ((), (), (), ())


def test_what_a_profile_lacks_is_told_with_the_points_that_rest_on_averages(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(
        startup(sectors=["fintech"], stage="seed", raising=1, markets=["CN"], seeks=["scale"], offers=["precision"]),
        startup(line=2, name="Silent"),
        investor(line=3, sectors=["fintech"], stages=["seed"], must_invest_in=["KR"], seeks=["scale"]),
    )

    lacks = find_lacks(market, SHARES)

    assert [(lack.kind, lack.id, lack.fields, lack.points) for lack in lacks] == [
        ("startup", "silent", ("sectors", "stage", "raising", "markets", "seeks", "offers"), 90.0),
        ("investor", "harbor", ("ticket", "type", "offers"), 25.0),
    ]
    assert str(lacks[1].problem()) == "market.toml:3: lacks ticket, type, offers: 25.0 of 100 points are estimates"
    assert lacks[1].problem().severity == "warning"


@pytest.mark.parametrize(
    ("fields", "is_lacking"),
    [
        ({}, True),
        ({"raising": "USD 2M"}, False),
        ({"total_raised": "USD 2M"}, False),
        ({"stage": "seed"}, False),
        ({"last_round": "seed"}, False),  # the next one is being raised
        ({"stage": "IPO"}, True),  # nothing tells how much is raised there
    ],
)
def test_a_startup_lacks_an_ask_only_where_none_can_be_estimated(
    build: Build, startup: MakeRow, fields: dict[str, str], is_lacking: bool
) -> None:
    (lack,) = find_lacks(build(startup(**fields)), SHARES)

    assert ("raising" in lack.fields) == is_lacking


def test_business_models_alone_are_no_sector(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["SaaS"]))
    models = [name for name, sector in market.graph.sectors.items() if sector.facet == "business_model"]
    only_models = replace(market.startups[0].sectors[0], sector=models[0])

    lacks = find_lacks(replace(market, startups=(replace(market.startups[0], sectors=(only_models,)),)), SHARES)

    assert "sectors" in lacks[0].fields


def test_the_schema_describes_every_field_of_both_sides_and_the_lists() -> None:
    schema = profile_schema()

    json.dumps(schema)
    startup, investor = schema["definitions"]["startup"], schema["definitions"]["investor"]
    assert startup["required"] == investor["required"] == ["name", "country"]
    assert {"stage", "raising", "markets", "backers", "kind"} <= startup["properties"].keys()
    assert {"stages", "ticket", "lead", "invests_in", "excludes", "portfolio"} <= investor["properties"].keys()
    assert all("description" in one for one in startup["properties"].values())
    assert startup["properties"]["kind"]["const"] == "startup"
    assert startup["properties"]["sectors"]["anyOf"] == [
        {"type": "string"},
        {"items": {"type": "string"}, "type": "array"},
    ]
    assert [one.get("$ref") for one in schema["anyOf"]] == ["#/definitions/startup", "#/definitions/investor", None]


def test_the_schema_and_the_files_room_know_the_same_fields() -> None:
    from dealport.reading.columns.field_names import INVESTOR_FIELDS, PROFILE_FIELDS, STARTUP_FIELDS

    definitions = profile_schema()["definitions"]

    own = {side: set(definitions[side]["properties"]) for side in definitions}
    assert own["startup"] | own["investor"] == PROFILE_FIELDS
    assert own["startup"] >= STARTUP_FIELDS
    assert own["investor"] >= INVESTOR_FIELDS
