"""How good a plan is, as rows and as a sheet: its aims with their bounds, its figures, what one more would buy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import Figures, Plan
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.words.phrases import phrase
from dealport.writing.flat_tables import Cell
from dealport.writing.plans.plan_words import heading, level_label, what_if_label
from dealport.writing.sheets import INK, LINE_HEIGHT, PAPER, RULE, write_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NUMBER_FORMATS = {"whole": "#,##0", "points": "#,##0.00000", "ratio": "0.000", "share": "0.0%", "hours": "#,##0.0"}
LABEL_WIDTH, VALUE_WIDTH = 46, 18  # characters

# Label, value, at most possible or None, kind of number: a row of the sheet, and of whatever else shows figures.
FigureRow = tuple[str, float, float | None, str]


def level_rows(levels: Sequence[Level], language: str = "en") -> list[FigureRow]:
    """The aims in their order: what was reached and what no plan can pass; the score in points."""
    return [
        (level_label(one.name, language), _value(one, one.value), _value(one, one.bound), _kind(one)) for one in levels
    ]


def figure_rows(figures: Figures, language: str = "en") -> list[FigureRow]:
    """The figures, each with what bounds it, if anything does."""
    score = figures.score_units / UNITS_PER_POINT
    fair, free = figures.fair_bound_units / UNITS_PER_POINT, figures.free_bound_units / UNITS_PER_POINT
    attending = figures.n_attending
    rows: list[FigureRow] = [
        ("n_attending", attending, None, "whole"),
        ("n_served", figures.n_served, attending, "whole"),
        ("n_with_fewest", figures.n_with_fewest, attending, "whole"),
        ("n_without_candidate", figures.n_without_candidate, None, "whole"),
        ("n_meetings", figures.n_meetings, None, "whole"),
        ("n_wishes", figures.n_wishes, None, "whole"),
        ("n_wishes_met", figures.n_wishes_met, figures.n_wishes, "whole"),
        ("gini", figures.gini, None, "ratio"),
        ("top_wishes_share", figures.top_wishes_share, None, "share"),
        ("top_meetings_share", figures.top_meetings_share, None, "share"),
        ("n_idle_slots", figures.n_idle_slots, None, "whole"),
        ("n_table_changes", figures.n_table_changes, None, "whole"),
        ("interpreter_hours", figures.interpreter_hours, None, "hours"),
        ("score", score, fair, "points"),
        ("free_score", score, free, "points"),
    ]
    return [(phrase(f"figure.{name}", language), value, bound, kind) for name, value, bound, kind in rows]


def write_figures(workbook: Workbook, plan: Plan, language: str) -> None:
    """The sheet: three blocks under each other."""
    sheet = workbook.add_worksheet(phrase("plan.sheet.figures", language))
    formats = _formats(workbook)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, max(5, 2 + len(plan.levels)), VALUE_WIDTH)
    row = 0
    for name, rows in (("level", level_rows(plan.levels, language)), ("figure", figure_rows(plan.figures, language))):
        _write_header(sheet, row, [heading(one, language) for one in (name, "value", "bound", "share")], formats)
        _write_rows(sheet, row + 1, rows, formats)
        row += len(rows) + 2
    if plan.what_ifs:
        _write_what_ifs(sheet, row, plan, formats, language)
    sheet.freeze_panes(0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_rows(sheet: Worksheet, row: int, rows: Sequence[FigureRow], formats: dict[str, Format]) -> None:
    for number, (label, value, bound, kind) in enumerate(rows, start=row):
        sheet.write_string(number, 0, label, formats["text"])
        sheet.write_number(number, 1, value, formats[kind])
        write_cell(sheet, (number, 2), bound, formats[kind])
        write_cell(sheet, (number, 3), value / bound if bound else None, formats["share"])


def _write_what_ifs(sheet: Worksheet, row: int, plan: Plan, formats: dict[str, Format], language: str) -> None:
    """What one more of each would buy: the plan itself first, to compare with."""
    names = [level_label(one.name, language) for one in plan.levels]
    figures = phrase("figure.n_meetings", language), phrase("figure.n_with_fewest", language)
    _write_header(sheet, row, [heading("what_if", language), *figures, *names], formats)
    lines: list[tuple[str, int, int, Sequence[Level]]] = [
        ("–", plan.figures.n_meetings, plan.figures.n_with_fewest, plan.levels)
    ]
    lines += [(what_if_label(one, language), one.n_meetings, one.n_with_fewest, one.levels) for one in plan.what_ifs]
    for number, (label, n_meetings, n_with_fewest, levels) in enumerate(lines, start=row + 1):
        cells: list[tuple[Cell, str]] = [(label, "text"), (n_meetings, "whole"), (n_with_fewest, "whole")]
        cells += [(_value(one, one.value), _kind(one)) for one in levels]
        for column, (cell, kind) in enumerate(cells):
            write_cell(sheet, (number, column), cell, formats[kind])


def _write_header(sheet: Worksheet, row: int, texts: Sequence[str], formats: dict[str, Format]) -> None:
    sheet.set_row(row, 3 * LINE_HEIGHT)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, formats["header" if column == 0 else "numbers"])


def _value(level: Level, number: int) -> float:
    return number / UNITS_PER_POINT if level.name == "score" else number


def _kind(level: Level) -> str:
    return "points" if level.name == "score" else "whole"


def _formats(workbook: Workbook) -> dict[str, Format]:
    cell = {"valign": "vcenter", "bottom": 1, "bottom_color": RULE}
    formats = {kind: workbook.add_format({**cell, "num_format": shown}) for kind, shown in NUMBER_FORMATS.items()}
    text = {**cell, "text_wrap": True, "align": "left", "indent": 1}
    formats["text"] = workbook.add_format(text)
    formats["numbers"] = workbook.add_format(
        {**text, "align": "right", "indent": 0, "bold": True, "font_color": INK, "bg_color": PAPER}
    )
    formats["header"] = workbook.add_format({**text, "bold": True, "font_color": INK, "bg_color": PAPER})
    return formats
