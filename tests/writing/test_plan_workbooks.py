"""The plan's workbook as other programs read it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from dealport.meetings.day.plans import Plan
from dealport.model import LANGUAGES
from dealport.writing.plans.plan_workbook import plan_workbook
from tests.writing.made_plan import make_plan
from tests.writing.random_plans import plans

SHEETS = ["Timetable", "By participant", "Unmet wishes", "Too few meetings", "Changes", "Interpreters", "Key figures"]


def open_plan(plan: Plan, language: str = "en") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, language)))


def rows_of(name: str) -> list[tuple[object, ...]]:
    return list(open_plan(make_plan())[name].iter_rows(min_row=2, values_only=True))


def test_the_sheets_are_all_there() -> None:
    assert open_plan(make_plan()).sheetnames == SHEETS


def test_sheets_of_what_there_is_none_of_are_left_out() -> None:
    plan = replace(make_plan(), changes=(), meetings=(make_plan().meetings[1],))

    assert open_plan(plan).sheetnames == [name for name in SHEETS if name not in ("Changes", "Interpreters")]


def test_the_grid_has_a_row_a_slot_and_a_column_a_table() -> None:
    sheet = open_plan(make_plan())["Timetable"]

    assert [cell.value for cell in sheet[4]] == ["Time", "Table 1", "Table 2", "VIP room"]
    times = [sheet.cell(row, 1).value for row in range(5, 12)]
    assert times == ["10:00–10:20", "10:20–10:40", "10:40–11:00", None, "11:30–11:50", "11:50–12:10", "12:10–12:30"]
    assert sheet["B5"].value == "루멘 진단\n海港创投\n★◆ Korean–Chinese 1"
    assert sheet["D9"].value == "\u200fشركة النور\nCrimson Capital\n▲"
    assert sheet.freeze_panes == "B5"


def test_a_meeting_over_two_slots_is_one_cell_and_a_closed_table_is_striped() -> None:
    sheet = open_plan(make_plan())["Timetable"]

    assert [str(one) for one in sheet.merged_cells.ranges] == ["B9:B10"]
    assert sheet["B9"].value.startswith("루멘 진단\nさくらキャピタル")
    assert sheet["D5"].fill.patternType == "lightUp"
    assert sheet["C5"].fill.patternType is None


def test_it_prints_on_landscape_pages_with_the_heading_on_each() -> None:
    for sheet in open_plan(make_plan()).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_everybody_has_a_list_by_time() -> None:
    rows = rows_of("By participant")

    lumen = [row[3:] for row in rows if row[1] == "루멘 진단"]

    assert lumen == [
        ("10:00–10:20", "海港创投", "CN", "Table 1", "Korean–Chinese 1", "both", "yes"),
        ("11:30–12:10", "さくらキャピタル", "JP", "Table 1", "Japanese–Korean 1", "startup", None),
    ]
    assert ("investor", "玉山創投", "TW", *[None] * 7) in rows


def test_unmet_wishes_have_their_cause() -> None:
    rows = rows_of("Unmet wishes")

    assert [row[3:] for row in rows] == [
        (1, "They met before"),
        (2, "No interpreter"),
        (1, "One of them excludes a sector of the other"),
    ]


def test_the_short_are_told_what_stood_in_the_way() -> None:
    row = rows_of("Too few meetings")[0]

    assert row[3:] == (
        0,
        2,
        "No interpreter [Japanese–Korean, 10:00–11:00, 11:50–12:10] (possible partners: 2); "
        "Has as many meetings as allowed (possible partners: 1); Nobody may meet them",
    )


def test_changes_tell_before_and_now() -> None:
    rows = rows_of("Changes")

    assert [(row[0], *row[3:]) for row in rows] == [
        ("moved", "12:10–12:30, VIP room", "11:30–11:50, VIP room"),
        ("dropped", "10:40–11:00, Table 2, Japanese–Korean 1", None),
        ("added", None, "10:20–10:40, Table 2"),
    ]


def test_the_rota_is_by_interpreter() -> None:
    assert [row[:3] for row in rows_of("Interpreters")] == [
        ("Japanese–Korean 1", "11:30–12:10", "Table 1"),
        ("Korean–Chinese 1", "10:00–10:20", "Table 1"),
    ]


def test_figures_stand_beside_their_bounds() -> None:
    sheet = open_plan(make_plan())["Key figures"]

    rows = {row[0]: row[1:4] for row in sheet.iter_rows(values_only=True)}

    assert rows["Participants with 1 or more meetings"] == (6, 7, 6 / 7)
    assert rows["Total score, bonus included"] == (268.37346, 270, 268.37346 / 270)
    assert rows["Total score against its bound without fairness"] == (268.37346, 280, 268.37346 / 280)
    assert rows["With at least one meeting"] == (6, 8, 0.75)
    assert rows["One more table"] == (5, 2, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_headings(language: str) -> None:
    book = open_plan(make_plan(), language)

    assert len(set(book.sheetnames)) == 7
    assert language == "en" or not set(book.sheetnames) & set(SHEETS)


def test_nothing_becomes_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(plan_workbook(make_plan()))) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]

    assert not [text for text in texts if "<f>" in text or "<hyperlink" in text]


def test_the_same_plan_gives_the_same_bytes_dated_by_itself() -> None:
    book = open_plan(make_plan())

    assert plan_workbook(make_plan()) == plan_workbook(make_plan())
    assert book.properties.created.isoformat() == "2026-01-07T09:30:00"
    assert book.properties.category == "Dealport plan"


@given(plans())
@settings(max_examples=25)
def test_every_plan_makes_a_workbook_that_opens(plan: Plan) -> None:
    sheet = open_plan(plan).worksheets[0]

    shown = sum(1 for row in sheet.iter_rows(min_row=5, min_col=2) for cell in row if cell.value)
    assert shown == len(plan.meetings)


@pytest.mark.needs("soffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(plan_workbook(make_plan(), "ko"))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"

    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)

    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
