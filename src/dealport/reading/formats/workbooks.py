"""Workbooks (.xlsx): every visible sheet as a table, every cell as text, after a look for zip bombs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from copy import copy
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dealport.model import Origin, Problem
from dealport.reading.columns.column_problems import column_letter
from dealport.reading.columns.field_names import OWN_OUTPUT
from dealport.reading.tables.cell_columns import hold_rows
from dealport.reading.tables.contents import Contents, RawTable, UnreadableError
from dealport.reading.tables.limits import (
    CELLS_MAX,
    UNPACKED_BYTES_MAX,
    UNPACKED_MEMBERS_MAX,
    UNPACKED_RATIO_FREE_BYTES,
    UNPACKED_RATIO_MAX,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook, SheetMetadata

_CHUNK_BYTES = 1 << 20
_DECIMALS = 9  # of a number: .1 + .2 is .3 to whoever looks at it
_START, _FEBRUARY = date(1899, 12, 31), timedelta(days=60)
_EARLIEST, _LATEST = date.min - _START, date.max - _START  # of times whose day Python knows
# What `writing` writes as the category of a shortlist, plan or check, whose headings are in five languages.
_OWN_CATEGORY = re.compile(rb"<cp:category>Dealport (?:shortlist|plan|check)</cp:category>")
_PROPERTIES = "docProps/core.xml"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of .xlsx files with a password
_WIDE_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{2,4})\d""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)""")
_CELL_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{1,4}(\d{6,})""")


def read_workbook_contents(data: bytes, path: str) -> Contents:
    """The rows of every visible sheet; hidden rows are read.

    Raises:
        UnreadableError: no workbook, a password, or one that would unpack to more than the limits.
    """
    check_unpacked_size(data)
    if _is_own_output(data):
        return Contents(problems=(Problem(Origin(path).place(), "", *OWN_OUTPUT, "warning"),))
    from python_calamine import CalamineError, CalamineWorkbook

    tables: list[RawTable] = []
    problems: list[Problem] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            contents = _read_sheet(book, sheet, path)
            tables += contents.tables
            problems += contents.problems
    except CalamineError as error:
        raise UnreadableError("is no workbook that can be read", "save it as .xlsx again") from error
    except OverflowError as error:  # calamine makes a timedelta of [h]:mm, and 5,000,000,000 days are none
        raise UnreadableError(
            "a cell with the format of a time holds a number too large for it", "format the cell as a number"
        ) from error
    return Contents(problems=tuple(problems), tables=tuple(tables))


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


def _is_own_output(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return _PROPERTIES in book.namelist() and bool(_OWN_CATEGORY.search(book.read(_PROPERTIES)))


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


def _read_sheet(book: CalamineWorkbook, about: SheetMetadata, path: str) -> Contents:
    from python_calamine import SheetVisibleEnum

    sheet = book.get_sheet_by_name(about.name)
    if about.visible != SheetVisibleEnum.Visible:
        if not sheet.height:
            return Contents()
        message = "the sheet is hidden: left out"
        problem = Problem(Origin(path, sheet=about.name).place(), "", message, "show it to have it read", "warning")
        return Contents(problems=(problem,))
    first_row, first_column = sheet.start or (0, 0)
    rows = (list(map(_text, row)) for row in sheet.to_python())
    filled = hold_rows(
        (line, row)
        for line, row in enumerate(rows, start=first_row + 1)
        if any(cell and not cell.isspace() for cell in row)
    )
    if not filled:
        return Contents()
    letters = tuple(column_letter(first_column + place) for place in range(sheet.width))
    return Contents(tables=(RawTable(filled, sheet=about.name, letters=letters),))


def _text(cell: object) -> str | None:
    """A cell as text: 5 and not 5.0, a day with its midnight, a time on the day that Excel counts from."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, timedelta) and not _EARLIEST < cell < _LATEST:  # an amount with the format of a time
        cell = cell / timedelta(days=1)
    if isinstance(cell, int | float):
        return f"{cell:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    if isinstance(cell, timedelta):  # Excel holds 1900 for a leap year, and counts from a day later before its March
        moment = datetime.combine(_START if cell < _FEBRUARY else _START - timedelta(days=1), time()) + cell
    elif isinstance(cell, time):
        moment = datetime.combine(_START, cell)
    elif isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime.combine(cell, time())
    else:
        return None
    return moment.isoformat(" ", "milliseconds" if moment.microsecond else "seconds")
