"""Shortlists as workbooks: by startup, by investor, who was left without and why, data quality."""

from __future__ import annotations

import io
from collections.abc import Sequence

from dealport.model import Problem
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.shortlists import left_without_table, problems_table, shortlist_table
from dealport.writing.sheets import OPTIONS, midnight, sheet_formats, write_sheet

CATEGORY = "Dealport shortlist"  # by which `reading.formats.workbooks` knows one lying among profiles


def workbook_bytes(
    shortlist: Shortlist,
    graph: SectorLabels,
    language: str = "en",
    *,
    other: Shortlist | None = None,
    problems: Sequence[Problem] = (),
) -> bytes:
    """The workbook; `other` is the same market ranked by the other side, without it its sheet is left out.

    The same input gives the same bytes: the date of creation is the shortlist's own.
    """
    import xlsxwriter

    ranked = sorted([ranking for ranking in (shortlist, other) if ranking], key=lambda ranking: ranking.by != "startup")
    tables = [shortlist_table(ranking, graph, language) for ranking in ranked]
    tables += [left_without_table(ranked, language), problems_table(problems, language)]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        workbook.set_properties({"created": midnight(shortlist.as_of), "author": "Dealport", "category": CATEGORY})
        formats = sheet_formats(workbook)
        for table in tables:
            write_sheet(workbook, table, formats)
        workbook.worksheets()[[ranking.by for ranking in ranked].index(shortlist.by)].activate()
    return stream.getvalue()
