"""JSON in a vendor's keys: read as the same rows in CSV would be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.paths import Reading, read_paths

Write = Callable[[str, str | bytes], Path]

# The keys of a vendor nobody knows, with a list, numbers, nothing and a dash in them.
RECORDS = [
    {
        "companyName": "가람테스트",
        "category": "커머스, 푸드",
        "investmentStage": "series B",
        "totalInvestment": 853000000,
    },
    {"companyName": "누리테스트", "category": ["로봇", "AI"], "investmentStage": "", "totalInvestment": "-"},
    {"companyName": "Dara Test", "category": None, "country": "JP", "investmentStage": "seed", "revenue": 1.5},
]
CSV = """companyName,category,investmentStage,totalInvestment,country,revenue
가람테스트,"커머스, 푸드",series B,853000000,,
누리테스트,로봇; AI,,-,,
Dara Test,,seed,,JP,1.5
"""


def fields_of(reading: Reading) -> list[tuple[str, dict[str, object]]]:
    return [(row.kind, dict(row.fields)) for row in reading.rows]


def test_an_array_gives_the_fields_of_the_same_table_in_csv(market: Write) -> None:
    as_json = read_paths([market("list.json", json.dumps(RECORDS, ensure_ascii=False))], side="startup")
    as_csv = read_paths([market("list.csv", CSV)], side="startup")

    assert fields_of(as_json) == fields_of(as_csv)
    assert [row.kind for row in as_json.rows] == ["startup"] * 3
    assert as_json.tables[0].columns == as_csv.tables[0].columns


def test_jsonl_and_an_array_within_an_object_give_the_same(market: Write) -> None:
    lines = "\n".join(json.dumps(record) for record in RECORDS)
    wrapped = {"count": 3, "results": RECORDS}

    of_lines = read_paths([market("a.jsonl", lines)], side="startup")
    of_object = read_paths([market("b.json", json.dumps(wrapped, indent=1))], side="startup")

    assert fields_of(of_lines) == fields_of(of_object)
    assert len(of_lines.rows) == 3


def test_a_record_keeps_its_line(market: Write) -> None:
    reading = read_paths([market("list.json", json.dumps(RECORDS, indent=1))], side="startup")

    assert [row.origin.line for row in reading.rows] == [2, 8, 17]


def test_the_side_is_told_by_columns_that_only_one_side_has(market: Write) -> None:
    records = [{"name": "Harbor", "location": "Singapore", "check_size": "$1M-$5M", "stages": ["Seed", "Series A"]}]

    reading = read_paths([market("vcs.json", json.dumps(records))])

    assert fields_of(reading) == [
        ("investor", {"name": "Harbor", "country": "Singapore", "ticket": "$1M-$5M", "stages": ["Seed", "Series A"]})
    ]


def test_objects_within_have_columns_of_their_own(market: Write) -> None:
    record = {
        "companyName": "Lumen",
        "location": {"city": "Seoul", "country": "KR"},
        "ceo": {"name": "Kim"},
        "investors": [{"name": "Harbor; Sea"}, {"name": "Tide"}],
        "totalInvestment": 3e6,
    }

    reading = read_paths([market("list.json", json.dumps([record]))], side="startup")

    assert fields_of(reading) == [
        (
            "startup",
            {
                "name": "Lumen",
                "city": "Seoul",
                "country": "KR",
                "backers": ["Harbor, Sea", "Tide"],
                "total_raised": "3000000",
            },
        )
    ]


def test_columns_toml_tells_what_a_key_means(market: Write) -> None:
    market("columns.toml", '[columns]\nlabelX = "name"\nfieldY = "sectors"\n')
    market("list.json", json.dumps([{"labelX": "Lumen", "fieldY": "AI", "country": "KR"}]))

    reading = read_paths([Path("market")], side="startup")

    assert fields_of(reading) == [("startup", {"name": "Lumen", "sectors": ["AI"], "country": "KR"})]


def test_an_array_in_dealport_s_own_words_is_read_as_before(market: Write) -> None:
    reading = read_paths([market("list.json", '[{"name": "Lumen", "country": "KR", "raising": 5}]')], side="startup")

    assert fields_of(reading) == [("startup", {"name": "Lumen", "country": "KR", "raising": 5})]
    assert reading.tables == ()


def test_a_value_that_cannot_be_used_refuses_its_record_alone(market: Write) -> None:
    reading = read_paths(
        [market("list.json", '[{"companyName": "A", "stage": NaN},\n{"companyName": "B"}]')], side="startup"
    )

    assert [row.fields["name"] for row in reading.rows] == ["B"]
    assert [problem.place for problem in reading.problems if problem.severity == "fault"] == ["market/list.json:1"]


def test_many_records_are_read_as_few_are(market: Write) -> None:
    records = [{"companyName": f"Startup {n}", "category": "AI", "country": "KR" if n % 2 else ""} for n in range(1200)]

    reading = read_paths([market("list.json", json.dumps(records))], side="startup", country="JP")

    assert [row.fields["country"] for row in reading.rows[:3]] == ["JP", "KR", "JP"]
    assert {tuple(row.fields) for row in reading.rows} == {("name", "sectors", "country")}
    assert len(reading.rows) == 1200


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_a_country_is_given_to_rows_that_name_none(market: Write, suffix: str) -> None:
    path = market(f"list.{suffix}", json.dumps(RECORDS) if suffix == "json" else CSV)

    reading = read_paths([path], side="startup", country="KR")

    assert [row.fields["country"] for row in reading.rows] == ["KR", "KR", "JP"]


def test_a_country_is_given_to_an_array_in_dealport_s_own_words_too(market: Write) -> None:
    path = market(
        "startups.json", '[{"name": "Lumen"}, {"name": "Sol", "country": "CN"}, {"name": "Ori", "country": ""}]'
    )

    reading = read_paths([path], country="KR")

    assert [row.fields["country"] for row in reading.rows] == ["KR", "CN", "KR"]


def test_a_city_tells_the_country_before_the_list_does(market: Write) -> None:
    path = market("list.csv", "name,sectors,city\nLumen,AI,Tokyo\nSol,AI,\n")

    reading = read_paths([path], side="startup", country="KR")

    assert [row.fields["country"] for row in reading.rows] == ["Tokyo", "KR"]


def test_columns_toml_tells_side_and_country_for_all_files_or_one(market: Write) -> None:
    market("columns.toml", 'as = "startup"\ncountry = "Korea"\n\n["funds.csv"]\nas = "investor"\ncountry = "CN"\n')
    market("list.csv", "name,sectors\nLumen,AI\n")
    market("funds.csv", "name,sectors\nHarbor,AI\n")

    reading = read_paths([Path("market")])

    assert [(row.kind, row.fields["country"]) for row in reading.rows] == [("investor", "CN"), ("startup", "Korea")]


def test_the_command_line_goes_before_columns_toml(market: Write) -> None:
    market("columns.toml", 'as = "investor"\ncountry = "CN"\n')
    market("list.csv", "name,sectors\nLumen,AI\n")

    (row,) = read_paths([Path("market")], side="startup", country="KR").rows

    assert (row.kind, row.fields["country"]) == ("startup", "KR")


def test_a_side_that_is_none_in_columns_toml_is_a_fault(market: Write) -> None:
    market("columns.toml", 'as = "friend"\n\n["x.csv"]\ncountry = 7\n')
    market("list.csv", "name,country,kind\nLumen,KR,startup\n")

    reading = read_paths([Path("market")])

    assert [(problem.field, problem.severity) for problem in reading.problems] == [
        ("as", "fault"),
        ("country", "fault"),
    ]


def test_a_deal_without_a_country_is_in_that_of_the_list(market: Write) -> None:
    path = market("deals.csv", "date,startup,investor\n2025-01-01,Lumen,Harbor\n")

    reading = read_paths([path], country="CN")

    assert [row.fields["startup_country"] for row in reading.deals] == ["CN"]
