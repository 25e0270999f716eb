"""A plan as a workbook: the timetable, everyone's list, what could not be met and why, the rota, and the figures."""

from __future__ import annotations

import io

from dealport.meetings.day.plans import Plan
from dealport.writing.plans.plan_agendas import agenda_of
from dealport.writing.plans.plan_figures import write_figures
from dealport.writing.plans.plan_grid import write_grid
from dealport.writing.plans.plan_tables import (
    changes_table,
    interpreters_table,
    participants_table,
    short_table,
    unmet_table,
)
from dealport.writing.sheets import INK, OPTIONS, sheet_formats, write_sheet

CATEGORY = "Dealport plan"  # by which `reading.formats.workbooks` knows one lying among profiles


def plan_workbook(plan: Plan, language: str = "en") -> bytes:
    """The workbook; sheets of changes and interpreters only where there are any.

    The same plan gives the same bytes: the date of creation is the plan's own.
    """
    import xlsxwriter

    agenda = agenda_of(plan)
    tables = [participants_table(plan, agenda, language), unmet_table(plan, agenda, language)]
    tables.append(short_table(plan, agenda, language))
    if plan.changes:
        tables.append(changes_table(plan, agenda, language))
    rota = interpreters_table(plan, agenda, language)
    if rota.rows:
        tables.append(rota)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        created = plan.stamped_at.replace(tzinfo=None, microsecond=0)
        workbook.set_properties({"created": created, "author": "Dealport", "category": CATEGORY})
        formats = sheet_formats(workbook)
        write_grid(workbook, plan, agenda, language)
        new_group = workbook.add_format({"top": 1, "top_color": INK})
        for number, table in enumerate(tables):
            sheet = write_sheet(workbook, table, formats)
            if number == 0:  # a line above each participant
                last = max(len(table.rows), 1), len(table.columns) - 1
                changed = {"type": "formula", "criteria": "=$A2&$B2<>$A1&$B1", "format": new_group}
                sheet.conditional_format(1, 0, *last, changed)
        write_figures(workbook, plan, language)
    return stream.getvalue()
