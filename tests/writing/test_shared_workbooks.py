"""The workbook as other programs read it."""

from __future__ import annotations

import csv
import io
import subprocess
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from dealport.model import LANGUAGES, Problem
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.ranking_workbook import workbook_bytes
from dealport.writing.rankings.shortlists import shortlist_table
from dealport.writing.sheets import display_width


def open_workbook(content: bytes) -> openpyxl.Workbook:
    """The workbook, read by another library."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", ".*extension is not supported"
        )  # openpyxl does not know the bars of Excel 2010
        return openpyxl.load_workbook(io.BytesIO(content))


def test_the_sheets_are_both_rankings_the_left_out_and_the_problems(
    shortlist: Shortlist, other: Shortlist, graph: SectorLabels, problems: list[Problem]
) -> None:
    book = open_workbook(workbook_bytes(shortlist, graph, other=other, problems=problems))

    assert book.sheetnames == ["By startup", "By investor", "Left without", "Data quality"]
    assert [sheet.max_row for sheet in book.worksheets] == [5, 5, 3, 3]


def test_the_sheets_keep_their_order_and_the_asked_one_opens(
    shortlist: Shortlist, other: Shortlist, graph: SectorLabels
) -> None:
    book = open_workbook(workbook_bytes(other, graph, other=shortlist))

    assert book.sheetnames[:2] == ["By startup", "By investor"]
    assert book.active is book["By investor"]


def test_without_the_other_ranking_its_sheet_is_left_out(shortlist: Shortlist, graph: SectorLabels) -> None:
    assert open_workbook(workbook_bytes(shortlist, graph)).sheetnames == ["By startup", "Left without", "Data quality"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_sheets_are_in_the_language(shortlist: Shortlist, graph: SectorLabels, language: str) -> None:
    table = shortlist_table(shortlist, graph, language)

    sheet = open_workbook(workbook_bytes(shortlist, graph, language))[table.name]

    assert [cell.value for cell in sheet[1]] == [column.heading for column in table.columns]


def test_cells_hold_the_values_of_the_table(shortlist: Shortlist, graph: SectorLabels) -> None:
    sheet = open_workbook(workbook_bytes(shortlist, graph))["By startup"]

    rows = list(sheet.iter_rows(min_row=2, values_only=True))

    assert rows == shortlist_table(shortlist, graph).rows


def test_nothing_becomes_a_formula_or_a_link(shortlist: Shortlist, other: Shortlist, graph: SectorLabels) -> None:
    content = workbook_bytes(shortlist, graph, other=other)

    sheet = open_workbook(content)["By startup"]

    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "=cmd|' /C calc'!A0")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert not [text for text in texts if "<f>" in text or "<hyperlink" in text]


def test_header_filters_formats_and_bars_are_set(shortlist: Shortlist, graph: SectorLabels) -> None:
    sheet = open_workbook(workbook_bytes(shortlist, graph))["By startup"]

    (bar,) = (rule for rules in sheet.conditional_formatting for rule in rules.rules)
    ends = [(end.type, end.val) for end in bar.dataBar.cfvo]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:S5"
    assert (sheet["H2"].number_format, sheet["I2"].number_format) == ("0.0", "0%")
    assert (bar.type, ends) == ("dataBar", [("num", 0), ("num", 100)])  # a bar is as long as the score is high


def test_long_texts_fold_in_rows_that_hold_them(shortlist: Shortlist, graph: SectorLabels) -> None:
    sheet = open_workbook(workbook_bytes(shortlist, graph))["By startup"]

    reasons = str(sheet["Q2"].value)

    assert sheet.column_dimensions["Q"].width < len(reasons)
    assert sheet.row_dimensions[2].height >= 15 * len(reasons) / sheet.column_dimensions["Q"].width


def test_the_same_input_gives_the_same_bytes(shortlist: Shortlist, graph: SectorLabels) -> None:
    assert workbook_bytes(shortlist, graph) == workbook_bytes(shortlist, graph)
    assert open_workbook(workbook_bytes(shortlist, graph)).properties.created.isoformat() == "2026-01-07T00:00:00"


def test_a_cell_without_a_value_is_blank(shortlist: Shortlist, graph: SectorLabels) -> None:
    longer = replace(shortlist, criteria=(*shortlist.criteria, "deals_nearby"))

    sheet = open_workbook(workbook_bytes(longer, graph))["By startup"]

    assert sheet["P1"].value == "Points: Deals nearby"
    assert sheet["P2"].value is None


def test_an_empty_shortlist_is_still_a_workbook(nobody: Shortlist, graph: SectorLabels) -> None:
    assert open_workbook(workbook_bytes(nobody, graph))["By startup"].max_row == 1


@pytest.mark.parametrize(("text", "width"), [("Lumen", 5), ("루멘", 4), ("海港创投", 8), ("é", 1), ("e\u0301", 1)])
def test_east_asian_characters_take_two_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.needs("soffice")
def test_libreoffice_opens_the_workbook(
    shortlist: Shortlist, other: Shortlist, graph: SectorLabels, problems: list[Problem], tmp_path: Path
) -> None:
    book = tmp_path / "shortlist.xlsx"
    book.write_bytes(workbook_bytes(shortlist, graph, "ko", other=other, problems=problems))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    # Comma, quote, UTF-8, from row 1, every sheet (-1) to a file of its own.
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

    command = ["soffice", "--headless", profile, "--convert-to", as_csv, "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    sheets = sorted(path.name for path in tmp_path.glob("*.csv"))
    rows = list(csv.reader((tmp_path / "shortlist-스타트업별.csv").read_text(encoding="utf-8").splitlines()))
    assert len(sheets) == 4
    assert rows[0][1] == "스타트업"
    assert [row[1] for row in rows[1:]] == ["=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "루멘 진단", "루멘 진단"]
    assert rows[3][7] == "87.09997"


def test_columns_are_as_wide_as_their_texts_and_half_their_folded_heading(
    shortlist: Shortlist, graph: SectorLabels
) -> None:
    sheet = open_workbook(workbook_bytes(shortlist, graph))["By startup"]

    widths = {str(cell.value): round(sheet.column_dimensions[cell.column_letter].width) for cell in sheet[1]}

    assert widths == {
        "Startup id": 20,
        "Startup": 22,
        "Startup’s country": 13,
        "Rank": 10,
        "Investor id": 11,
        "Investor": 19,
        "Investor’s country": 14,
        "Score": 10,
        "Confidence": 14,
        "Shared sectors": 23,
        "Points: Sectors": 12,
        "Points: Stage": 11,
        "Points: Ticket": 12,
        "Points: Geography": 13,
        "Points: Needs met": 13,
        "Unknown": 11,
        "Reasons": 65,
        "Flags": 31,
        "Fit": 12,
    }
