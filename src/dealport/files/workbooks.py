"""Workbooks (.xlsx): every visible sheet as a table, every cell as text, after a look for zip bombs."""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from dealport.files.contents import Contents, Group, Record, UnreadableError
from dealport.files.fields import DATE_FIELDS, OWN_OUTPUT, kind_of_word
from dealport.files.limits import (
    CELLS_MAX,
    UNPACKED_BYTES_MAX,
    UNPACKED_MEMBERS_MAX,
    UNPACKED_RATIO_FREE_BYTES,
    UNPACKED_RATIO_MAX,
)
from dealport.files.tables import column_letter, nameless_columns, nameless_warnings, read_cells, read_header
from dealport.model import Origin, Problem

if TYPE_CHECKING:
    from fastexcel import ExcelSheet

_CHUNK_BYTES = 1 << 20
# What `sharing.workbooks` writes as the category of a shortlist, whose headings are in five languages.
_OWN_CATEGORY = b"<cp:category>Dealport shortlist</cp:category>"
_PROPERTIES = "docProps/core.xml"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of .xlsx files with a password
_MIDNIGHT = " 00:00:00"
_WIDE_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{2,4})\d""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)""")
_CELL_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{1,4}(\d{6,})""")


def read_workbook_contents(data: bytes, path: str) -> Contents:
    """The rows of every visible sheet.

    Raises:
        UnreadableError: no workbook, a password, or one that would unpack to more than the limits.
    """
    check_unpacked_size(data)
    if _is_own_shortlist(data):
        return Contents(problems=(Problem(Origin(path).place(), "", *OWN_OUTPUT, "warning"),))
    import fastexcel

    # It logs "'chartsheet' not a valid worksheet"; with a handler of its own that does not reach the terminal.
    logging.getLogger("calamine").addHandler(logging.NullHandler())
    groups: list[Group] = []
    problems: list[Problem] = []
    n_refused = 0
    try:
        book = fastexcel.read_excel(data)
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            contents = _read_sheet(sheet, path)
            groups += contents.groups
            problems += contents.problems
            n_refused += contents.n_refused
    except fastexcel.FastExcelError as error:
        raise UnreadableError("is no workbook that can be read", "save it as .xlsx again") from error
    return Contents(tuple(groups), tuple(problems), n_refused)


def check_unpacked_size(data: bytes) -> None:
    """Refuse a workbook that would fill the memory, whatever its headers say: every part is unpacked once and counted.

    Raises:
        UnreadableError: too large, packed too well to be a workbook, or broken.
    """
    if data.startswith(_OLD_OR_LOCKED):
        raise UnreadableError("is locked with a password, or an old .xls", "save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = book.infolist()
            declared = sum(part.file_size for part in parts)
            if declared > UNPACKED_BYTES_MAX or len(parts) > UNPACKED_MEMBERS_MAX:
                raise _bomb(declared)
            total = 0
            for part in parts:
                total += _check_part(book, part, UNPACKED_BYTES_MAX - total)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableError("is no workbook that can be read", "save it as .xlsx again") from error


def _is_own_shortlist(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return _PROPERTIES in book.namelist() and _OWN_CATEGORY in book.read(_PROPERTIES)


def _check_part(book: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """Bytes one part unpacks to; the size its header declares is not believed."""
    unbelieved = copy(part)
    unbelieved.file_size = limit + 1
    is_sheet = "worksheets/" in part.filename.casefold()
    size, columns, rows, tail = 0, set(), 0, b""
    with book.open(unbelieved) as file:
        while chunk := file.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > limit or size > max(UNPACKED_RATIO_FREE_BYTES, part.compress_size * UNPACKED_RATIO_MAX):
                raise _bomb(size)
            if is_sheet:
                piece = tail + chunk
                columns.update(_WIDE_CELL.findall(piece))
                rows = max(rows, _last_row(piece))
                tail = piece[-200:]
    width = max((_column_number(letters) for letters in columns), default=26)
    if rows * width > CELLS_MAX:
        raise UnreadableError(f"a sheet spans more than {CELLS_MAX:,} cells", "delete the far-away cells")
    return size


def _last_row(piece: bytes) -> int:
    # int() of at most 9 figures: a longer number is no row, and past 4,300 figures Python refuses it
    numbers = _ROW.findall(piece)[-1:] + _CELL_ROW.findall(piece)
    return max((int(number[:9]) for number in numbers), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _bomb(size: int) -> UnreadableError:
    return UnreadableError(f"unpacks to {size >> 20} MB or more: that is no list of profiles", "save only the list")


def _read_sheet(sheet: ExcelSheet, path: str) -> Contents:
    if sheet.visible != "visible":
        if not sheet.height:
            return Contents()
        message = "the sheet is hidden: left out"
        problem = Problem(Origin(path, sheet=sheet.name).place(), "", message, "show it to have it read", "warning")
        return Contents(problems=(problem,))
    rows: list[tuple[str | None, ...]] = sheet.to_polars().rows() if sheet.width else []
    first = next((i for i, row in enumerate(rows) if any(cell and cell.strip() for cell in row)), None)
    if first is None:
        return Contents()
    letters = [column_letter(column.absolute_index) for column in sheet.available_columns()]
    return _read_rows(rows, first, letters, path, sheet.name)


def _read_rows(
    rows: Sequence[tuple[str | None, ...]], first: int, letters: Sequence[str], path: str, sheet: str
) -> Contents:
    """The table whose header is row `first`, counted from 0."""
    cells = [cell or "" for cell in rows[first]]
    header = read_header(cells, Origin(path, first + 1, sheet))
    columns = {name: letter for name, letter in zip(header.fields, letters, strict=True) if name}
    records = []
    nameless: set[int] = set()
    has_nameless = any(not cell.strip() for cell in cells)
    for line, row in enumerate(rows[first + 1 :], start=first + 2):
        if has_nameless:
            nameless.update(nameless_columns(cells, row))
        fields = read_cells(row, header)
        for name in DATE_FIELDS & fields.keys():
            fields[name] = str(fields[name]).removesuffix(_MIDNIGHT)  # Excel's dates are moments
        if fields:
            records.append(Record(fields, line))
    places = [f"{path}:{sheet}!{letter}{first + 1}" for letter in letters]
    problems = [*header.problems, *nameless_warnings(nameless, places)]
    word = sheet if kind_of_word(sheet) else ""
    return Contents((Group(tuple(records), word, header.names, sheet, columns, plain_text=True),), tuple(problems))
