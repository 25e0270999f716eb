"""What `check` found, as a workbook for an evening's work: faults, every cell with its reading, likely duplicates."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.market.identity.duplicates import LikePair, like_pairs
from dealport.market.identity.naming import SideNames
from dealport.market.problems import place_order
from dealport.model import Investor, Kind, Problem, Startup
from dealport.words.phrases import load_phrases, phrase
from dealport.writing.flat_tables import Cell, Table, TableColumn
from dealport.writing.phrasing import joined
from dealport.writing.profiles.readings import (
    NEXT_ROUND,
    STATED,
    FieldReading,
    ReadLine,
    field_label,
    field_readings,
    how_label,
)
from dealport.writing.safety import safe_line
from dealport.writing.sheets import OPTIONS, midnight, sheet_formats, write_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from dealport.market.markets import Market

SUFFIX = ".xlsx"
CATEGORY = "Dealport check"  # by which `reading.formats.workbooks` knows one lying among profiles
MOST_ROWS = 100_000
"""Rows of a sheet: nobody looks through more, and a workbook of them takes long to open. The most doubtful are kept."""
LONGEST_RAW = 600  # characters of a description: more makes rows too tall to look through
# Names and days: there is nothing to look through, unless something is to be said of them.
_AS_TYPED = frozenset({"backers", "portfolio", "founded", "as_of"})
_NEEDS_NO_LABEL = frozenset({"", STATED, "inferred", NEXT_ROUND})
SURE = 3  # behind not understood, doubtful and inferred


class Checked(Struct, frozen=True):
    """How many rows the sheets of a workbook hold, and how many readings it has no room for."""

    n_problems: int
    n_readings: int
    n_duplicates: int
    n_left_out: int = 0


def write_check(market: Market, path: Path, *, language: str = "en", force: bool = False) -> Checked:
    """Write the workbook of a market; raises as `write_whole` does. The same market gives the same bytes."""
    import xlsxwriter

    from dealport.writing.whole_files import write_whole

    readings, n_left_out = readings_table(market, language)
    tables = [problems_sheet(market.problems, language), readings, duplicates_table(market, language)]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        workbook.set_properties({"created": midnight(market.as_of), "author": "Dealport", "category": CATEGORY})
        formats = sheet_formats(workbook)
        for table in tables:
            sheet = write_sheet(workbook, table, formats)
        verdicts = [phrase(f"check.verdict.{one}", language) for one in ("same", "different")]
        last = max(len(tables[-1].rows), 1), len(tables[-1].columns) - 1
        sheet.data_validation(1, last[1], *last, {"validate": "list", "source": verdicts})
    with write_whole(path, force=force) as out:
        out.write(stream.getvalue())
    n_problems, n_readings, n_duplicates = (len(table.rows) for table in tables)
    return Checked(n_problems, n_readings, n_duplicates, n_left_out)


def problems_sheet(problems: Sequence[Problem], language: str = "en") -> Table:
    """Faults and warnings in the order of the files: place, field, message, cure, severity."""
    rows = [
        (
            *map(safe_line, (one.place, field_label(one.field, language), one.message, one.cure)),
            phrase(f"severity.{one.severity}", language),
        )
        for one in problems[:MOST_ROWS]
    ]
    return _table("problems", ("place", "field", "message", "cure", "severity"), rows, language)


def readings_table(market: Market, language: str = "en") -> tuple[Table, int]:
    """One row a filled field: what is not understood first, then what is doubtful, each in the order of the places.

    Gives the table, and how many rows at its end were left out.
    """
    counted = count()
    every = (row for row, _ in zip(_reading_rows(market, language), counted, strict=False))
    rows = [row for _, row in nsmallest(MOST_ROWS, every, key=lambda row: row[0])]
    columns = ("place", "profile", "field", "typed", "reading", "doubt")
    return _table("readings", columns, rows, language), next(counted) - len(rows)


def duplicates_table(market: Market, language: str = "en") -> Table:
    """The pairs that may be one, startups first, with an empty column to say whether they are."""
    sides: dict[Kind, Sequence[Startup | Investor]] = {"startup": market.startups, "investor": market.investors}
    rows: list[tuple[Cell, ...]] = [
        (
            phrase(f"side.{kind}", language),
            *map(safe_line, (pair.first.name, pair.first.id, pair.first.origin.place())),
            *map(safe_line, (pair.later.name, pair.later.id, pair.later.origin.place())),
            _alike(pair, language),
            "",
        )
        for kind, profiles in sides.items()
        for pair in like_pairs(profiles, SideNames(profiles))
    ]
    names = ("side", "first", "first_id", "first_place", "second", "second_id", "second_place", "alike", "verdict")
    return _table("duplicates", names, rows[:MOST_ROWS], language)


_Order = tuple[int, tuple[int, str, str, int, str], int]


def _reading_rows(market: Market, language: str) -> Iterator[tuple[_Order, tuple[Cell, ...]]]:
    """Each row behind what it is sorted by: the doubt, the place, the field's turn."""
    everyone: tuple[Startup | Investor, ...] = (*market.startups, *market.investors)
    for profile in everyone:
        kind: Kind = "startup" if isinstance(profile, Startup) else "investor"
        typed = market.typed.profiles[kind, profile.id]
        doubts = _doubts_by_field(market.typed.profiles.doubts(kind, profile.id))
        unknown = {_field_of(name) for name, _ in profile.not_understood}
        for turn, reading in enumerate(field_readings(profile, typed, market.graph, language)):
            has_words = reading.field not in _AS_TYPED or any(line.how for line in reading.lines)
            if not reading.typed or not (has_words or reading.field in doubts):
                continue
            place, meaning = profile.origin.place(reading.field), _meaning(reading, language)
            is_inferred = any(line.how not in ("", STATED) for line in reading.lines) and reading.field == "description"
            told = [*doubts.get(reading.field, ()), *([phrase("check.inferred", language)] if is_inferred else [])]
            rank = 0 if reading.field in unknown else 1 if reading.field in doubts else 2 if is_inferred else SURE
            if reading.field == "description" and not meaning:
                meaning = phrase("show.nothing_more", language)
            raw = _cut(reading.typed) if reading.field == "description" else reading.typed
            cells = (place, profile.name, field_label(reading.field, language), raw, meaning, "; ".join(told))
            yield (rank, place_order(place, {}), turn), tuple(map(safe_line, cells))


def _doubts_by_field(problems: Sequence[Problem]) -> dict[str, list[str]]:
    """What was said of each field, with the cure."""
    doubts: dict[str, list[str]] = {}
    for one in problems:
        told = f"{one.message} ({one.cure})" if one.cure else one.message
        doubts.setdefault(_field_of(one.field), []).append(told)
    return doubts


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_RAW else f"{text[: LONGEST_RAW - 1]}…"


def _field_of(name: str) -> str:
    """``sectors`` for ``sectors[2]``."""
    return name.partition("[")[0]


def _meaning(reading: FieldReading, language: str) -> str:
    """What was understood; of several words each with its own."""
    if len(reading.lines) == 1 and reading.field != "description":
        return _line_text(reading.lines[0], language, with_words=False)
    return "; ".join(_line_text(line, language, with_words=True) for line in reading.lines)


def _line_text(line: ReadLine, language: str, *, with_words: bool) -> str:
    """``AI: Artificial intelligence``, with the way where neither the cell nor the doubt tells it."""
    words = f"{joined(line.words, language)}: " if with_words and line.words else ""
    how = f" [{how_label(line.how, language)}]" if line.how not in _NEEDS_NO_LABEL else ""
    return f"{words}{line.text}{how}"


def _alike(pair: LikePair, language: str) -> str:
    shared = [name for name, is_shared in (("name", pair.by_name), ("website", pair.by_website)) if is_shared]
    return joined([phrase(f"check.{name}", language) for name in shared], language)


def _table(sheet: str, names: Sequence[str], rows: Sequence[tuple[Cell, ...]], language: str) -> Table:
    columns = tuple(TableColumn(name, heading=_heading(name, language)) for name in names)
    return Table(columns, rows, phrase(f"check.sheet.{sheet}", language))


def _heading(name: str, language: str) -> str:
    own = f"check.heading.{name}"
    return phrase(own if own in load_phrases() else f"heading.{name}", language)
