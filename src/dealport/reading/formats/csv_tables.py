"""Tables: the rows of CSV files, before anyone knows what their columns mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from dealport.model import Origin, Problem
from dealport.reading.columns.headers import count_known
from dealport.reading.formats.decoding import decode_table, first_nul_line
from dealport.reading.tables.cell_columns import hold_rows
from dealport.reading.tables.contents import Contents, RawTable, UnreadableError

_DELIMITERS = ",;\t|"
# Banners may stand above the header of an export.
_LINES_LOOKED_AT = 20
# Our own writer puts an apostrophe before these, so that a spreadsheet takes no name for a formula.
_FORMULA_MARKS = frozenset("=+-@\t\r")


def read_csv_contents(data: bytes, path: str) -> Contents:
    """The rows of a CSV file; a row that can't be told into cells is kept apart and the rest is read.

    Raises:
        UnreadableError: the encoding, NULs, or a first row that can't be read.
    """
    text, guess = decode_table(data)
    nul = first_nul_line(text)
    if nul:
        raise UnreadableError("holds a NUL: it is no text file", "save it as CSV UTF-8", nul)
    broken: list[tuple[int, str, str]] = []
    rows = hold_rows(_filled_rows(text, broken))
    problems = (_guessed(path, guess),) if guess else ()
    return Contents(problems=problems, tables=(RawTable(rows, tuple(broken), ragged=True),) if rows else ())


def _filled_rows(text: str, broken: list[tuple[int, str, str]]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not blank; those that can't be told into cells are added to `broken`."""
    has_apostrophes = "'" in text
    is_first = True
    for line, cells, error in _csv_rows(text):
        if error and is_first:
            raise UnreadableError(*error, line)
        if error:
            broken.append((line, *error))
        elif any(cell and not cell.isspace() for cell in cells):
            is_first = False
            yield line, [_without_apostrophe(cell) for cell in cells] if has_apostrophes else cells


def _guessed(path: str, encoding: str) -> Problem:
    """The warning for a file that does not say in what it is encoded."""
    message = f"read as {encoding}, which is a guess: look at its names"
    return Problem(Origin(path).place(), "", message, "save it as UTF-8 if they are wrong", "warning")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str], tuple[str, str] | None]]:
    """(first line, cells, message and cure of a fault or None) of each row that is not empty."""
    skipped, delimiter, body = _sniff(text)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], _csv_fault(str(error))
            continue
        if any(cells):
            yield line, cells, None


def _csv_fault(message: str) -> tuple[str, str]:
    if "unexpected end" in message:
        return "a quote is opened here and never closed", 'close it, or write "" for a quote inside a quoted cell'
    if "field limit" in message or "field larger" in message:
        return f"a cell holds more than {csv.field_size_limit():,} characters", "close its quote, or shorten it"
    return f"the quotes don't fit: {message}", 'write "" for a quote inside a quoted cell'


def _sniff(text: str) -> tuple[int, str, str]:
    """Lines skipped, delimiter and the text from the header on.

    The first lines are looked at: the delimiter that gives a line the most known headers, then the most cells; then a
    tab, which nobody types into a cell. Excel's own ``sep=;`` line is obeyed.
    """
    first, newline, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if newline and told.startswith("sep=") and told[4:5] in {",", ";", "|"} and len(told) == 5:
        return 1, told[4], rest
    if newline and first.strip('\r\n"').casefold() == "sep=\t":
        return 1, "\t", rest
    filled = (line for line in io.StringIO(text, newline="") if line.strip(" \t\r\n,;|"))
    lines = list(islice(filled, _LINES_LOOKED_AT))

    def fit(delimiter: str) -> tuple[int, int, int, bool, int]:
        known, n_cells = max((_fit(line, delimiter) for line in lines), default=(0, 0), key=lambda pair: pair[0])
        is_tab = delimiter == "\t" and any("\t" in line for line in lines)
        return known, n_cells, -_count_broken(text, delimiter), is_tab, -_DELIMITERS.index(delimiter)

    return 0, max(_DELIMITERS, key=fit), text


def _count_broken(text: str, delimiter: str) -> int:
    """How many of the first rows can't be told into cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    for _ in range(_LINES_LOOKED_AT):
        try:
            next(reader)
        except StopIteration:
            break
        except csv.Error:
            count += 1
    return count


def _fit(line: str, delimiter: str) -> tuple[int, int]:
    """How many known headers a line holds, and how many cells; of the first line where no line has one."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a header cell past the limit of the csv module; reading it says so
        cells = []
    return count_known(cells), len(cells)


def _without_apostrophe(cell: str) -> str:
    """The cell without the apostrophe our own writer put there; ``''=x`` was written for ``'=x``."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA_MARKS else cell
