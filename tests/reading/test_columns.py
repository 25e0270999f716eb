"""Where headers stand and what they are taken for."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from dealport.reading.columns.exports import TABLE, recognise
from dealport.reading.columns.headers import find_header
from dealport.reading.columns.mapping import map_columns
from dealport.reading.columns.overrides import FIELDS
from dealport.reading.columns.synonyms import header_key, header_unit, load_meanings, read_columns_data, side_of_word
from dealport.reading.paths import Reading, read_paths
from dealport.reading.tables.accounts import ColumnUse
from tests.reading.sheets import xlsx_bytes

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]

LANGUAGES = ["en", "ko", "zh", "zh_hant", "ja", "es", "pt", "fr", "de", "ru"]


def targets(headers: str, kind: str = "investor") -> list[str]:
    return [column.target for column in map_columns(headers.split(","), kind, {})]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_target_of_the_data_is_a_field(language: str) -> None:
    rows = list(csv.DictReader(read_columns_data(f"headers_{language}.csv").splitlines()))

    found = {row[side].strip("!~") for row in rows for side in ("startup", "investor", "deal")}

    assert {target for target in found if not target.startswith("-")} <= FIELDS
    assert {row["tells"].rstrip("?") for row in rows} <= {"", "startup", "investor"}
    assert all(None not in row and "" not in row["header"].split("|") for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_header_stands_in_two_rows_of_one_language(language: str) -> None:
    rows = csv.DictReader(read_columns_data(f"headers_{language}.csv").splitlines())
    keys = [{header_key(header) for header in row["header"].split("|")} for row in rows]

    twice = {key for one, other in combinations(keys, 2) for key in one & other}

    assert twice == set()


def test_all_languages_together_know_more_than_a_thousand_headers() -> None:
    assert len(load_meanings()) > 1000


@pytest.mark.parametrize(
    ("header", "kind", "target"),
    [
        ("ORGANIZATION_NAME", "startup", "name"),
        ("Ｏrganization  Name *", "startup", "name"),
        ("투자단계", "startup", "last_round"),
        ("투자단계", "investor", "stages"),
        ("投資階段", "investor", "stages"),
        ("投資ステージ", "investor", "stages"),
        ("Stage", "investor", "stages"),
        ("stage", "startup", "stage"),
        ("raising (USD m)", "startup", "raising"),
        ("Ticket size - min", "investor", "ticket_min"),
        ("Max ticket", "investor", "ticket_max"),
        ("Total raised", "startup", "total_raised"),
        ("Investors", "startup", "backers"),
        ("Investors", "investor", "name"),
        ("Sector: AI", "investor", "sectors"),
        ("Sectors [AI]", "startup", "sectors"),
        ("Favourite colour", "startup", ""),
    ],
)
def test_a_header_means_a_field_of_its_side(header: str, kind: str, target: str) -> None:
    assert targets(header, kind) == [target]


def test_a_plain_name_beside_a_company_name_is_a_person() -> None:
    assert targets("Name,Company name,Country") == ["contact", "name", "country"]
    assert targets("Name,Company name,Contact person") == ["", "name", "contact"]


def test_headers_of_an_organisation_in_mac_hangul_are_known(market: Write, read: Read) -> None:
    decomposed = "\u1100\u1175\u110b\u1165\u11b8\u1106\u1167\u11bc"  # 기업명
    market("startups.csv", f"{decomposed},국가\n루멘,KR\n")

    assert read().rows[0].fields == {"name": "루멘", "country": "KR"}


def test_a_likely_slip_is_taken_and_told(market: Write, read: Read) -> None:
    market("startups.csv", "Organizaton name,Headquarters locaton,Industry\nLumen,Seoul,AI\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Lumen", "country": "Seoul", "sectors": ["AI"]}
    assert [use.how for use in reading.tables[0].columns] == ["fuzzy", "fuzzy", "synonym"]
    assert [problem.severity for problem in reading.problems] == ["warning", "warning"]
    assert "'Organizaton name' was taken for 'Organization name'" in reading.problems[0].message


def test_a_slip_never_takes_the_place_of_a_column_that_is_there(market: Write, read: Read) -> None:
    market("startups.csv", "Organization name,Organizaton name\nLumen,x\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Lumen"}
    assert "a column left out: 'Organizaton name'" in reading.problems[0].message


def test_what_nobody_knows_is_listed_once_for_a_vendors_table(market: Write, read: Read) -> None:
    market("startups.csv", "Company,Country,Favourite colour,Lucky number,CEO\nLumen,KR,red,7,Kim\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Lumen", "country": "KR"}
    assert [problem.message for problem in reading.problems] == [
        "2 columns left out: 'Favourite colour', 'Lucky number'"
    ]
    assert reading.tables[0].columns[2] == ColumnUse("Favourite colour", "", "left out")


def test_columns_toml_overrides_for_all_files_and_for_one(market: Write, read: Read) -> None:
    market("columns.toml", '[columns]\n"Colour" = "sectors"\nCEO = "contact"\n["b.csv".columns]\ncolour = ""\n')
    for name in "ab":
        market(f"{name}.csv", "Startup name,COLOUR,ceo\nLumen,red,Kim\n")

    reading = read()

    assert [row.fields for row in reading.rows] == [
        {"name": "Lumen", "sectors": ["red"], "contact": "Kim"},
        {"name": "Lumen", "contact": "Kim"},
    ]
    assert [table.columns[1].how for table in reading.tables] == ["columns.toml", "left out"]
    assert reading.problems == ()


def test_a_field_that_is_none_in_columns_toml_is_a_fault(market: Write, read: Read) -> None:
    market("columns.toml", '[columns]\nCEO = "boss"\n')
    market("a.csv", "Startup name,CEO\nLumen,Kim\n")

    reading = read()

    assert [str(problem) for problem in reading.problems if problem.severity == "fault"] == [
        "market/columns.toml: columns: 'CEO' = 'boss': there is no such field "
        '(write a field as name or sectors, or "" to leave the column out)'
    ]


def test_banners_above_the_header_are_passed_over(market: Write, read: Read) -> None:
    banner = "Summit 2026;;\nExported on, 7 January, by: Kim;2026-01-07;\n\n"
    market("list.csv", banner + "Startup name;Country;Ask (in millions)\nLumen;KR;5\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Lumen", "country": "KR", "raising": "USD 5M"}
    assert (reading.tables[0].header_line, reading.rows[0].origin.line) == (4, 5)


def test_a_header_in_one_column_below_a_title_is_found(market: Write, read: Read) -> None:
    market("startups.csv", "Summit 2026\n기업명\n루멘\n")

    assert [row.fields for row in read().rows] == [{"name": "루멘"}]


def test_merged_cells_over_a_second_header_row_are_joined(market: Write, read: Read) -> None:
    rows: list[list[object]] = [
        ["Investors of 2026"],
        ["Investor name", "Country", "Ticket size (USD m)", None, "Sector", None, None],
        [None, None, "Min", "Max", "AI", "Robotics", "Bio"],
        ["Harbor", "SG", 1, 5, "x", None, "x"],
    ]
    market("list.xlsx", xlsx_bytes({"L": rows}))

    reading = read()

    assert reading.problems == ()
    assert reading.rows[0].fields == {
        "name": "Harbor",
        "country": "SG",
        "ticket": "USD 1M - USD 5M",
        "sectors": ["AI", "Bio"],
    }
    assert (reading.tables[0].header_line, reading.tables[0].n_rows) == (3, 1)


def test_groups_above_the_header_tell_like_names_apart(market: Write, read: Read) -> None:
    rows: list[list[object]] = [
        ["Company", None, "Contact", None],
        ["Name", "Country", "Name", "Email"],
        ["Lumen", "KR", "Kim", "kim@lumen.example"],
    ]
    market("startups.xlsx", xlsx_bytes({"L": rows}))

    (row,) = read().rows

    assert row.fields == {"name": "Lumen", "country": "KR", "contact": "Kim", "email": "kim@lumen.example"}


def test_a_row_of_unnamed_cells_is_no_second_header() -> None:
    found = find_header([(1, ["name", "", ""]), (2, ["", "a", "b"]), (3, ["A", "x", "y"])])

    assert (found.cells, found.start) == (("name", "", ""), 1)


def test_the_header_repeated_on_each_page_is_no_row(market: Write, read: Read) -> None:
    market("startups.csv", "Company,Country\nLumen,KR\nCompany,Country\nSolis,KR\n")

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["Lumen", "Solis"]
    assert [one.reason for one in reading.refused] == ["the header row again"]


def test_a_deal_list_of_no_known_export_is_told_by_its_columns(market: Write, read: Read) -> None:
    market("list.csv", 'Company,Investors,Announced date,Round,Amount\nLumen,"Harbor, Tide",2024-05-01,Seed,USD 1M\n')

    (deal,) = read().deals

    assert (deal.fields["startup"], deal.fields["investor"], deal.fields["amount"]) == (
        "Lumen",
        ["Harbor", "Tide"],
        "USD 1M",
    )


def test_a_currency_column_goes_with_bare_numbers_only(market: Write, read: Read) -> None:
    market("investors.csv", "Investor,Currency,Min ticket,Max ticket\nA,EUR,10000,20000\nB,EUR,,$5m\nC,KRW,5,\n")

    assert [row.fields["ticket"] for row in read().rows] == ["EUR 10000-20000", "up to $5m", "from KRW 5"]


def test_units_stand_in_brackets_in_five_languages() -> None:
    assert [header_unit(f"x ({unit})") for unit in ("USD m", "단위: 백만원", "万元", "百万円", "")] == [
        "USD {}M",
        "KRW {}M",
        "{}万人民币",
        "JPY {}M",
        "",
    ]


def test_sides_are_told_by_words_that_agree() -> None:
    assert side_of_word("Venture Capital (VC)") == "investor"
    assert side_of_word("Startup / Investor") == ""
    assert side_of_word("액셀러레이터") == "investor"
    assert side_of_word("Speaker") == "neither"
    assert side_of_word("") == ""
    assert side_of_word("Investor; Mentor") == "investor"


@pytest.mark.parametrize(
    ("word", "side"),
    [
        ("Startup looking for funding", "startup"),
        ("Public Investor", "investor"),
        ("Founder", "startup"),
        ("Corporate VC", "investor"),
        ("Startup pitch", "startup"),
    ],
)
def test_the_kinds_of_a_participant_at_an_event_are_known(word: str, side: str) -> None:
    assert side_of_word(word) == side


def test_a_vendors_own_id_is_left_out_without_a_word(market: Write, read: Read) -> None:
    market("investors.csv", "Investors,Investor ID,HQ Location\nHarbor,1-2,Singapore\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Harbor", "country": "Singapore"}
    assert reading.problems == ()


def test_a_startups_city_tells_its_country_where_no_column_does(market: Write, read: Read) -> None:
    market("startups.csv", "name,city,country\nLumen,Seoul,\nSolis,Pune,SG\n")

    assert [(row.fields["city"], row.fields["country"]) for row in read().rows] == [("Seoul", "Seoul"), ("Pune", "SG")]


def test_a_table_of_no_known_headers_is_no_known_export() -> None:
    assert recognise(["a", "b"]) is TABLE


def test_each_row_tells_its_side_by_the_columns_it_fills(market: Write, read: Read) -> None:
    market("all.csv", "Company,Ticket size,Last round\nHarbor,USD 1M,\nLumen,,Seed\nBoth,USD 1M,Seed\n")

    reading = read()

    assert [(row.kind, row.fields["name"]) for row in reading.rows] == [("investor", "Harbor"), ("startup", "Lumen")]
    assert reading.n_refused == 1


def test_a_table_that_no_column_of_names_has_is_refused_row_by_row(market: Write) -> None:
    path = market("startups.csv", "Thing,country\nA,KR\nB,KR\n")

    reading = read_paths([path])

    assert [(one.cells, one.reason) for one in reading.refused] == [
        (("A", "KR"), "no column holds names"),
        (("B", "KR"), "no column holds names"),
    ]
    assert reading.tables[0].n_rows == 2
