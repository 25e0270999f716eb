"""What Excel and a Mac do to lists: days as numbers, numbers then text, hidden rows, blanks that are none."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.model import Kind
from dealport.reading.paths import Reading, read_paths
from dealport.reading.rows.cells import read_day, split_names, with_unit
from tests.reading.sheets import csv_bytes, xlsx_bytes

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def test_numbers_then_text_in_one_column_are_all_kept(market: Write, read: Read) -> None:
    rows: list[list[object]] = [["name", "raising"], *[[f"S{i}", 1399] for i in range(1399)], ["Last", "300억원"]]
    market("startups.xlsx", xlsx_bytes({"L": rows}))

    reading = read()

    assert [row.fields["raising"] for row in reading.rows] == ["1399"] * 1399 + ["300억원"]


def test_days_are_read_as_dates_texts_and_numbers(market: Write, read: Read) -> None:
    days: list[object] = [date(2026, 1, 7), "2026/1/7", 46029, "46029.0", "2026년 1월 7일"]
    market("startups.xlsx", xlsx_bytes({"L": [["name", "as_of"], *([f"S{i}", day] for i, day in enumerate(days))]}))

    found = [row.fields["as_of"] for row in read().rows]

    assert found == ["2026-01-07", "2026/1/7", "2026-01-07", "2026-01-07", "2026년 1월 7일"]


def test_hidden_rows_are_read_and_trailing_blank_ones_are_not(market: Write, read: Read) -> None:
    rows: list[list[object]] = [["name"], ["Lumen"], ["Solis"], [None], ["\xa0"], ["\u3000 "]]
    market("startups.xlsx", xlsx_bytes({"L": rows}, hidden_rows=[3]))

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["Lumen", "Solis"]
    assert (reading.tables[0].n_rows, reading.problems) == (2, ())


def test_formulas_give_the_value_they_had(market: Write, read: Read) -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("Startups")
    sheet.write_row(0, 0, ["name", "raising"])
    sheet.write_formula(1, 0, '=UPPER("lumen")', None, "LUMEN")
    sheet.write_formula(1, 1, "=2*3", None, 6)
    book.close()
    market("x.xlsx", data.getvalue())

    assert read().rows[0].fields == {"name": "LUMEN", "raising": "6"}


def test_every_row_stands_in_the_account_as_it_was(market: Write, read: Read) -> None:
    market("startups.csv", "Company,Country,Note\nLumen,KR\n,CN,x\nSolis,KR,a,b\n")

    reading = read()

    (table,) = reading.tables
    assert table.cells == {2: ("Lumen", "KR", ""), 3: ("", "CN", "x"), 4: ("Solis", "KR", "a", "b")}
    assert [(one.cells, one.reason) for one in reading.refused] == [
        (("", "CN", "x"), "no name"),
        (("Solis", "KR", "a", "b"), "the row has 4 cells, the header only 3"),
    ]
    assert (table.headers, table.n_rows, table.n_taken) == (("Company", "Country", "Note"), 3, 1)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Foo, Inc., Bar Co., Ltd., Baz", ("Foo, Inc.", "Bar Co., Ltd.", "Baz")),
        ("a; b, c", ("a", "b, c")),
        ("红杉中国、高瓴，深创投", ("红杉中国", "高瓴", "深创投")),
        ("Korea, Republic of, Japan", ("Korea, Republic of", "Japan")),
        (" , ", ()),
    ],
)
def test_names_are_split_but_not_at_the_comma_within_one(cell: str, parts: tuple[str, ...]) -> None:
    assert split_names(cell) == parts


def test_a_unit_goes_with_bare_numbers_only() -> None:
    assert [with_unit(cell, "USD {}M") for cell in ("5", "1,399.5", "1-5", "$5m", "５", "n/a")] == [
        "USD 5M",
        "USD 1,399.5M",
        "USD 1-5M",
        "$5m",
        "USD 5M",
        "n/a",
    ]
    assert with_unit("5", "") == "5"


@pytest.mark.parametrize("cell", ["20222", "19999", "20261", "99999"])
def test_a_year_with_a_figure_too_many_is_no_day_that_excel_counts(cell: str) -> None:
    assert read_day(cell) == cell


@given(st.text(max_size=12))
def test_a_day_changes_only_where_excel_counts_it(cell: str) -> None:
    found = read_day(cell)

    assert found == cell.removesuffix(" 00:00:00") or date.fromisoformat(found)


HEADERS = (  # noqa: SIM905 -- a list would take thirty lines
    "name|Company|Investor|Investors|Startup|Country|Sector: AI|Sector|Min ticket|Max ticket|Participation type|"
    "Organization type|First name|Currency|Announced date|Round|kind|id|zzz||기업명|轮次|Stage: Seed|Description|"
    "Thesis|Website|from|to"
).split("|")
CELL = st.one_of(
    st.sampled_from(
        ["", "Yes", "x", "5", "USD 5M", "Startup", "VC", "Press", "a, b", "a; b", "Total", "name", "46029"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)


TABLES = st.tuples(
    st.lists(st.lists(CELL, max_size=3), max_size=2),
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=7),
    st.lists(st.lists(CELL, max_size=8), max_size=6),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(
    table=TABLES,
    name=st.sampled_from(["list", "startups", "investors", "deals"]),
    side=st.sampled_from([None, "startup", "investor"]),
)
def test_any_table_is_read_or_refused_and_no_value_changes(
    tmp_path: Path, table: tuple[list[list[str]], list[str], list[list[str]]], name: str, side: Kind | None
) -> None:
    banner, header, rows = table
    path = tmp_path / f"{name}.csv"
    path.write_bytes(csv_bytes([*banner, header, *rows]))

    reading = read_paths([path], side=side)

    for index, account in enumerate(reading.tables):
        n_refused = sum(one.table == index for one in reading.refused)
        assert account.n_rows == account.n_taken + account.n_merged + n_refused
        assert all(one.reason for one in reading.refused)
    taken = (*reading.rows, *reading.deals, *reading.requests)
    assert len(taken) == sum(account.n_taken for account in reading.tables)
    typed = [cell for account in reading.tables for row in account.cells.values() for cell in row]
    answers = [text.partition(":")[2].strip() for account in reading.tables for text in account.headers]
    for row in taken:
        for field, value in row.fields.items():
            for part in value if isinstance(value, list) else [value]:
                assert is_typed(str(part), field, typed, answers)


def is_typed(part: str, field: str, typed: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether a value stands in the file, alone or put together from what stands there."""
    if any(part in cell for cell in typed) or part in answers:
        return True
    if field in {"date", "as_of"}:
        return date.fromisoformat(part).year > 1950
    pieces = part.replace("from ", "").replace("up to ", "").replace(" - ", "\n").replace(", ", "\n").split("\n")
    return all(any(piece in cell for cell in [*typed, *answers]) for piece in pieces) or field in {"ticket", "raising"}
