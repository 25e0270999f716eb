"""A table held as columns gives what the same table gives row by row: the reading, the market and every problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.market.market_building import build_market
from dealport.market.markets import Market
from dealport.model import Kind
from dealport.reading.paths import Reading, read_paths
from dealport.reading.rows.row_blocks import BlockFields
from dealport.reading.tables import cell_columns as columns
from tests.market.test_any_table import HEADERS, TEXTS

NAMES = ["Lumen", "루멘 (Lumen)", "Harbor Capital", "", " ", "\u200b", "Total", "합계", "Source: us", "name"]
# What each field may hold: plain, unclear, misspelled and impossible.
CELLS = {
    "id": ["lumen", "a/b", "x1", "x2", "x3", "Total", ""],
    "name": NAMES,
    "kind": ["startup", "Investor", "스타트업", "press", "", "who?"],
    "country": ["KR", "Korea", "Koera", "", "CN", "\x07KR"],
    "city": ["Seoul", "", "Paris"],
    "sectors": ["AI; 로봇", "fintec", "any", "", "AI, robotics", "; ".join(["AI"] * 201)],
    "seeks": ["scale; data", "magic", ""],
    "offers": ["R&D", ""],
    "languages": ["ko; en", "klingon", ""],
    "stage": ["Seed", "Series Q", ""],
    "last_round": ["Pre-A", "", "?"],
    "raising": ["USD 5M", "300억원", "lots", "5", "", "USD 1-2"],
    "markets": ["CN; global", "domestic", "Atlantis", ""],
    "backers": ["Harbor", "Foo, Inc.; Harbor Capital", ""],
    "founded": ["2019", "45000", "soon", ""],
    "as_of": ["2026-01-07", "2062-01-07", "yesterday", ""],
    "stages": ["Seed; Series A", "growth", "never", ""],
    "ticket": ["USD 250000-2500000", "1~5억원", "nothing", ""],
    "lead": ["true", "follow", "perhaps", ""],
    "invests_in": ["Asia", "domestic; KR", "Mu", ""],
    "excludes": ["gambling", "US", "guns", "AI weapons", ""],
    "portfolio": ["Lumen", ""],
    "wants": ["Lumen", "Harbour Capital", ""],
    "avoids": ["harbor", ""],
    "description": ["Reads mammograms with AI. No crypto.", "a\x07b", ""],
    "website": ["https://lumen.example", ""],
    "ticket size": ["big", ""],
    "Ticket min": ["100000", "-", ""],
    "Ticket max": ["500000", ""],
    "Currency": ["EUR", ""],
}
MESSY = st.lists(st.one_of(st.sampled_from(HEADERS), TEXTS), min_size=1, max_size=6).flatmap(
    lambda header: st.lists(st.lists(TEXTS, min_size=1, max_size=7), max_size=8).map(lambda rows: [header, *rows])
)


@st.composite
def plain_tables(draw: st.DrawFn) -> list[list[str]]:
    """A header and rows of as many cells, among them a name."""
    header = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=8, unique=True))
    header = header if "name" in header else [*header, "name"]
    row = st.tuples(*(st.sampled_from(CELLS[name]) for name in header)).map(list)
    return [header, *draw(st.lists(row, max_size=12))]


def read_both(path: Path, side: Kind | None) -> tuple[tuple[Reading, Market], tuple[Reading, Market]]:
    """As columns, and row by row."""
    found = []
    for many in (1, 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "MANY_ROWS", many)
            reading = read_paths([path], side=side)
        found.append((reading, build_market(reading)))
    return found[0], found[1]


def require_same(path: Path, side: Kind | None) -> None:
    (reading, market), (row_reading, row_market) = read_both(path, side)

    assert reading == row_reading
    assert [dict(table.cells) for table in reading.tables] == [dict(table.cells) for table in row_reading.tables]
    assert market == row_market
    assert dict(market.typed.profiles) == dict(row_market.typed.profiles)
    assert market.typed.deals == row_market.typed.deals


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.one_of(plain_tables(), MESSY), side=st.sampled_from([None, "startup", "investor"]))
def test_a_csv_file_gives_the_same_market_as_columns_and_row_by_row(
    tmp_path: Path, rows: list[list[str]], side: Kind | None
) -> None:
    path = tmp_path / "table.csv"
    write_csv(path, rows)

    require_same(path, side)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=plain_tables(), side=st.sampled_from([None, "startup", "investor"]))
def test_a_workbook_gives_the_same_market_as_columns_and_row_by_row(
    tmp_path: Path, rows: list[list[str]], side: Kind | None
) -> None:
    import xlsxwriter

    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, [cell.replace("\x07", "") for cell in cells])

    require_same(path, side)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=plain_tables(), side=st.sampled_from([None, "startup", "investor"]), data=st.data())
def test_a_parquet_file_gives_the_same_market_as_columns_and_row_by_row(
    tmp_path: Path, rows: list[list[str]], side: Kind | None, data: st.DataObject
) -> None:
    header, *below = rows
    typed: dict[str, st.SearchStrategy[Any]] = {
        "raising": st.floats(width=32),
        "ticket": st.integers(-5, 10**9),
        "lead": st.booleans(),
        "as_of": st.dates(date(1800, 1, 1), date(2200, 1, 1)),
        "founded": st.integers(0, 3000),
        "sectors": st.lists(st.sampled_from(["AI", "fintec", "로봇"]), max_size=3),
        "name": st.integers(0, 3),
    }
    frame: dict[str, list[Any]] = {name: [row[i] for row in below] for i, name in enumerate(header)}
    for name in data.draw(st.sets(st.sampled_from(sorted(typed.keys() & set(header)) or [""]))) - {""}:
        frame[name] = data.draw(st.lists(st.one_of(st.none(), typed[name]), min_size=len(below), max_size=len(below)))
    path = tmp_path / "table.parquet"
    pl.DataFrame(frame).write_parquet(path)

    require_same(path, side)


def test_deals_and_profiles_of_many_rows_are_the_same_as_columns_and_row_by_row(tmp_path: Path) -> None:
    write_csv(tmp_path / "startups.csv", [["name", "country"], *([f"Startup {i % 40}", "KR"] for i in range(50))])
    write_csv(tmp_path / "more.csv", [["kind", "name"], *(["startup", f"startup {i}"] for i in range(60))])
    write_csv(
        tmp_path / "deals.csv",
        [["date", "startup", "investor"], *(["2025-01-07", f"Startup {i}", f"Fund {i % 3}"] for i in range(50))],
    )

    require_same(tmp_path, None)


def test_a_note_below_many_rows_is_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "startups.csv"
    write_csv(path, [["name", "country"], *([f"Startup {i}", "KR"] for i in range(600)), ["Source: us", ""]])

    reading = read_paths([path])

    assert len(reading.rows) == 600
    assert [one.reason for one in reading.refused] == ["a note below the table"]
    assert reading.tables[0].cells[602] == ("Source: us", "")


def test_rows_of_one_text_share_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "startups.csv"
    write_csv(path, [["name", "country", "sectors"], *([f"Startup {i}", "KR", "AI; 로봇"] for i in range(600))])

    reading = read_paths([path])
    market = build_market(reading)

    assert all(isinstance(row.fields, BlockFields) for row in reading.rows)
    assert len({id(one.sectors) for one in market.startups}) == 1
