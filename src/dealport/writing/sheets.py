"""Sheets of a workbook: header, widths, heights, number formats; user text stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, time
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from dealport.writing.flat_tables import Cell, Table
from dealport.writing.safety import workbook_cell

if TYPE_CHECKING:
    from datetime import date

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
NUMBER_FORMATS = {"whole": "0", "points": "0.0", "share": "0%"}  # shown; the cell holds all five decimals
NARROWEST, WIDEST, WIDEST_PROSE = 6, 36, 64  # characters
PROSE = frozenset({"reasons", "why", "message", "cure", "causes", "typed", "reading", "doubt"})
MARGIN = 3  # characters: the indent and the cell's own edges
RAGGED = 6  # characters: what words that fold leave empty at the end of a line
WIDTH_SAMPLE = 500  # rows that decide a column's width
LINE_HEIGHT = 15  # points
TALLEST = 400  # points; Excel takes 409
FILTER_ARROW = 3  # characters the filter's button hides of a heading
INK, PAPER, RULE, BAR = "#1F3B4D", "#E8EEF1", "#D5DDE2", "#9CC3D5"


def display_width(text: str) -> int:
    """Columns the text takes where East Asian characters take two and combining marks none."""
    return len(text) if text.isascii() else sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    """0, 1 or 2 columns."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def midnight(day: date) -> datetime:
    """The start of the day, as workbooks date themselves."""
    return datetime.combine(day, time())


def sheet_formats(workbook: Workbook) -> dict[str, Format]:
    """Kind of column to cell format, and the header's."""
    cell = {"valign": "vcenter", "bottom": 1, "bottom_color": RULE}
    text = {**cell, "text_wrap": True, "align": "left", "indent": 1}
    formats = {kind: workbook.add_format({**cell, "num_format": shown}) for kind, shown in NUMBER_FORMATS.items()}
    formats["text"] = workbook.add_format(text)
    formats["header"] = workbook.add_format({**text, "bold": True, "font_color": INK, "bg_color": PAPER})
    return formats


def write_sheet(workbook: Workbook, table: Table, formats: dict[str, Format]) -> Worksheet:
    """One sheet: frozen header, filters, widths, number formats, bars under the scores, one page wide in print."""
    sheet = workbook.add_worksheet(table.name)
    last_row, last_column = max(len(table.rows), 1), len(table.columns) - 1
    widths = [_column_width(table, index) for index in range(len(table.columns))]
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, widths[index])
        sheet.write_string(0, index, column.heading, formats["header"])
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, _row_height(row, widths))
        for index, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            write_cell(sheet, (number, index), cell, formats[column.kind])
    sheet.set_row(0, 2 * LINE_HEIGHT + 4)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    if "score" in table.names:
        score = table.names.index("score")
        bar = {"type": "data_bar", "bar_color": BAR, "bar_solid": True, "data_bar_2010": True}
        bounds = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100}
        sheet.conditional_format(1, score, last_row, score, {**bar, **bounds})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def write_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, shown: Format) -> None:
    """Numbers as numbers and texts as texts: never a formula, never a link."""
    if cell is None or cell == "":
        sheet.write_blank(*at, None, shown)
    elif isinstance(cell, str):
        sheet.write_string(*at, workbook_cell(cell), shown)
    else:
        sheet.write_number(*at, cell, shown)


def _column_width(table: Table, index: int) -> int:
    """Wide enough for the first rows' texts and half the heading, which folds; long texts fold too."""
    column = table.columns[index]
    heading = display_width(column.heading)
    needed = max(heading if heading <= 10 else heading // 2 + 1, NARROWEST) + FILTER_ARROW
    if column.kind != "text":
        return needed
    widths = [display_width(str(row[index] or "")) for row in islice(table.rows, WIDTH_SAMPLE)]
    return min(max([needed, *(width + MARGIN for width in widths)]), WIDEST_PROSE if column.name in PROSE else WIDEST)


def _row_height(row: tuple[Cell, ...], widths: Sequence[int]) -> int:
    """Points that hold the row's longest folded text: LibreOffice does not fit rows of a new file by itself."""
    lines = [
        ceil(display_width(cell) / (width - MARGIN - (RAGGED if display_width(cell) > width - MARGIN else 0)))
        for cell, width in zip(row, widths, strict=True)
        if isinstance(cell, str) and cell
    ]
    return min(LINE_HEIGHT * max(lines, default=1), TALLEST)
