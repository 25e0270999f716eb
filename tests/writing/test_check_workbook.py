"""The workbook of `check --out`, as another library reads it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from dealport.market.markets import Market
from dealport.model import LANGUAGES, RequestError
from dealport.reading.paths import read_paths
from dealport.stories.ranking_story import read_market
from dealport.writing.profiles import check_workbook
from dealport.writing.profiles.check_workbook import Checked, duplicates_table, readings_table, write_check

CSV = """name,country,sectors,stage,raising,description,website
Lumen,KR,AI; qwert,Seed,300억원,We read X-rays.,https://lumen.example
=HYPERLINK("http://evil.example"),CN,lithograhpy,Seed,USD 5M,,
Lumen Co.,JP,batteries,Round Q!,,,http://www.lumen.example
"""


@pytest.fixture
def market(tmp_path: Path) -> Market:
    path = tmp_path / "startups.csv"
    path.write_text(CSV.replace('=HYPERLINK("http://evil.example")', '"=HYPERLINK(""http://evil.example"")"'), "utf-8")
    return read_market([path])[1]


def sheets_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_there_are_sheets_of_problems_readings_and_duplicates(market: Market, tmp_path: Path) -> None:
    written = write_check(market, tmp_path / "check.xlsx")

    sheets = sheets_of(tmp_path / "check.xlsx")
    assert list(sheets) == ["Faults and warnings", "Readings", "Likely duplicates"]
    assert [rows[0] for rows in sheets.values()] == [
        ("Place", "Field", "What is wrong", "Cure", "Kind"),
        ("Place", "Profile", "Field", "Typed", "Understood as", "Doubt"),
        (
            *("Side", "First profile", "First id", "First place", "Second profile", "Second id", "Second place"),
            *("Alike in", "Same or different?"),
        ),
    ]
    assert written == Checked(*(len(rows) - 1 for rows in sheets.values()))


def test_the_doubtful_readings_come_first(market: Market) -> None:
    table, left_out = readings_table(market)

    rows = [(row[0].rpartition(":")[2], row[2], row[3], row[4]) for row in table.rows if isinstance(row[0], str)]
    doubts = [str(row[5]).partition(" (")[0] for row in table.rows]
    assert rows[:2] == [
        ("2", "Sectors", "AI; qwert", "Artificial intelligence"),
        ("4", "Raising round", "Round Q!", ""),
    ]
    assert rows[2] == ("3", "Sectors", "lithograhpy", "Lithography")
    assert rows[3] == ("2", "Description", "We read X-rays.", "X-rays: Medical imaging [clear from the text]")
    assert doubts[:4] == [
        "unknown sector word 'qwert'",
        "unknown stage 'Round Q!'",
        "'lithograhpy' is read as 'Lithography'",
        "not stated, inferred from free text",
    ]
    assert not any(doubts[4:])
    assert left_out == 0


def test_money_and_country_are_read_beside_their_cells(market: Market) -> None:
    rows = {(row[1], row[2]): row for row in readings_table(market)[0].rows}

    assert rows["Lumen", "Country"][3:5] == ("KR", "KR South Korea")
    assert str(rows["Lumen", "Raising"][4]).startswith("KRW 30B = USD 2")


def test_likely_duplicates_stand_side_by_side_with_room_for_a_verdict(market: Market, tmp_path: Path) -> None:
    (pair,) = duplicates_table(market).rows

    assert pair[:3] == ("startup", "Lumen", "lumen")
    assert pair[4] == "Lumen Co."
    assert pair[7:] == ("name, website", "")
    write_check(market, tmp_path / "check.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "check.xlsx")["Likely duplicates"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["I2"]


def test_headers_are_frozen_and_filtered_and_texts_are_no_formulas(market: Market, tmp_path: Path) -> None:
    write_check(market, tmp_path / "check.xlsx")

    book = openpyxl.load_workbook(tmp_path / "check.xlsx")
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book.worksheets)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_is_written_in_every_language(market: Market, tmp_path: Path, language: str) -> None:
    write_check(market, tmp_path / "check.xlsx", language=language)

    names = list(sheets_of(tmp_path / "check.xlsx"))
    assert len({*names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_the_same_market_gives_the_same_bytes(market: Market, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_check(market, tmp_path / name)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_exists_is_kept(market: Market, tmp_path: Path) -> None:
    (tmp_path / "check.xlsx").write_text("mine")

    with pytest.raises(RequestError, match="--force"):
        write_check(market, tmp_path / "check.xlsx")

    assert (tmp_path / "check.xlsx").read_text() == "mine"


def test_of_too_many_readings_the_surest_are_left_out(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    n_all = len(readings_table(market)[0].rows)
    monkeypatch.setattr(check_workbook, "MOST_ROWS", 3)

    table, left_out = readings_table(market)

    assert [row[2] for row in table.rows] == ["Sectors", "Raising round", "Sectors"]
    assert left_out == n_all - 3


def test_a_workbook_lying_among_profiles_is_not_read_as_profiles(market: Market, tmp_path: Path) -> None:
    write_check(market, tmp_path / "check.xlsx")

    reading = read_paths([tmp_path / "check.xlsx"])

    assert reading.rows == ()
    assert "Dealport's own output" in reading.problems[0].message


def test_a_description_of_which_nothing_was_read_has_a_row_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "startups.csv"
    path.write_text("name,country,description\nLumen,KR,We were founded by two sisters.\n", "utf-8")

    table, _ = readings_table(read_market([path])[1])

    assert ("Description", "nothing read") in [(row[2], row[4]) for row in table.rows]
