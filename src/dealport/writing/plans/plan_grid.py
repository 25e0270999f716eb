"""The timetable as a sheet: a row a slot, a column a table, in each cell who meets."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.meetings.day.plans import Meeting, Plan, keys_of
from dealport.meetings.event.events import Event
from dealport.words.phrases import phrase
from dealport.writing.locales import day_label
from dealport.writing.plans.plan_agendas import Agenda, time_text
from dealport.writing.plans.plan_words import heading, interpreter_label, table_label
from dealport.writing.safety import safe_line, workbook_cell
from dealport.writing.sheets import INK, LINE_HEIGHT, PAPER, RULE, TALLEST, display_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ASKED_MARKS = {"both": "★", "investor": "▲", "startup": "△", "": ""}
LOCKED_MARK = "◆"
TIME_WIDTH, TABLE_WIDTH, CELL_WIDTH = 14, 26, 23  # characters; a cell's text has a little less than its column
TABLES_A_PAGE = 6  # columns of this width that can be read on a landscape A4
HEADER_ROW = 3  # above it the event, its day and what the marks mean
BREAK_HEIGHT = 6  # points of the empty row where two slots don't follow each other
TAKEN, CLOSED = "#F3F8FA", "#C9D1D6"
CLOSED_PATTERN = 14  # thin diagonal stripes


class Formats(Struct, frozen=True):
    """Formats of cells by what is in them."""

    title: Format
    note: Format
    header: Format
    time: Format
    taken: Format
    free: Format
    closed: Format


def write_grid(workbook: Workbook, plan: Plan, agenda: Agenda, language: str) -> None:
    """The sheet; a meeting over two slots is one cell over two rows, a table that is not to be had is striped."""
    sheet = workbook.add_worksheet(phrase("plan.sheet.grid", language))
    formats, event = _formats(workbook), plan.event
    rows = _rows(event)
    texts = {meeting.uid: _cell_text(meeting, agenda, language) for meeting in plan.meetings}
    _write_frame(sheet, event, rows, formats, language)
    _set_heights(sheet, plan, rows, texts)
    columns = {table: number for number, table in enumerate(event.tables, start=1)}
    taken = {(slot, one.table) for one in plan.meetings for slot in one.slots}
    for slot, row in enumerate(rows):
        for table, column in columns.items():
            if (slot, table) not in taken:
                is_closed = (slot, table) in event.closed
                sheet.write_blank(row, column, None, formats.closed if is_closed else formats.free)
    for meeting in plan.meetings:
        first, last, column = rows[meeting.slots[0]], rows[meeting.slots[-1]], columns[meeting.table]
        if last > first:
            sheet.merge_range(first, column, last, column, "", formats.taken)
        sheet.write_string(first, column, workbook_cell(texts[meeting.uid]), formats.taken)
    _set_page(sheet, len(event.tables))


def _rows(event: Event) -> list[int]:
    """The sheet's row of each slot."""
    rows: list[int] = []
    for number, slot in enumerate(event.slots):
        follows = number > 0 and event.slots[number - 1].ends_at == slot.starts_at
        rows.append(rows[-1] + (1 if follows else 2) if rows else HEADER_ROW + 1)
    return rows


def _write_frame(sheet: Worksheet, event: Event, rows: list[int], formats: Formats, language: str) -> None:
    """What stands above and to the left."""
    sheet.set_column(0, 0, TIME_WIDTH)
    sheet.set_column(1, max(len(event.tables), 1), TABLE_WIDTH)
    sheet.write_string(0, 0, workbook_cell(safe_line(event.name)), formats.title)
    sheet.write_string(1, 0, f"{day_label(event.day, language)} · {safe_line(event.time_zone)}", formats.note)
    marks = f"{phrase('plan.marks', language)} · ▨ {phrase('plan.closed', language)}"
    sheet.write_string(2, 0, marks, formats.note)
    sheet.write_string(HEADER_ROW, 0, heading("time", language), formats.header)
    for column, table in enumerate(event.tables, start=1):
        sheet.write_string(HEADER_ROW, column, workbook_cell(table_label(table, language)), formats.header)
    sheet.set_row(0, 24)
    sheet.set_row(HEADER_ROW, 22)
    for number, row in enumerate(rows):
        sheet.write_string(row, 0, time_text(event, (number,)), formats.time)
        if number and row > rows[number - 1] + 1:
            sheet.set_row(row - 1, BREAK_HEIGHT)


def _set_heights(sheet: Worksheet, plan: Plan, rows: list[int], texts: dict[str, str]) -> None:
    """Rows that hold their tallest cell: LibreOffice does not fit rows of a new file by itself."""
    n_lines = [2.0] * len(rows)
    for meeting in plan.meetings:
        needed = sum(ceil(display_width(line) / CELL_WIDTH) or 1 for line in texts[meeting.uid].split("\n"))
        for slot in meeting.slots:
            n_lines[slot] = max(n_lines[slot], needed / len(meeting.slots))
    for row, lines in zip(rows, n_lines, strict=True):
        sheet.set_row(row, min(LINE_HEIGHT * lines + 4, TALLEST))


def _set_page(sheet: Worksheet, n_tables: int) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(max(ceil(n_tables / TABLES_A_PAGE), 1), 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _cell_text(meeting: Meeting, agenda: Agenda, language: str) -> str:
    """Startup, investor, then marks and interpreter, a line each."""
    startup, investor = keys_of(meeting.pair)
    marks = ASKED_MARKS[meeting.asked_by] + (LOCKED_MARK if meeting.is_locked else "")
    last = " ".join(filter(None, (marks, interpreter_label(meeting.interpreter, language))))
    return "\n".join(filter(None, (agenda.name(startup), agenda.name(investor), last)))


def _formats(workbook: Workbook) -> Formats:
    text = {"valign": "vcenter", "align": "left", "text_wrap": True, "indent": 1}
    ruled = {**text, "border": 1, "border_color": RULE}
    head = {"bold": True, "font_color": INK}
    return Formats(
        title=workbook.add_format({**head, "font_size": 14, "valign": "vcenter"}),
        note=workbook.add_format({"font_color": INK}),
        header=workbook.add_format({**ruled, **head, "bg_color": PAPER}),
        time=workbook.add_format({**ruled, **head, "bg_color": PAPER}),
        taken=workbook.add_format({**ruled, "bg_color": TAKEN}),
        free=workbook.add_format(ruled),
        closed=workbook.add_format({**ruled, "pattern": CLOSED_PATTERN, "fg_color": CLOSED, "bg_color": "#FFFFFF"}),
    )
