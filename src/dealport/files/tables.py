"""Tables: CSV and Parquet to records, and what a header row means, for workbooks too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dealport.files.contents import Contents, Group, Record, UnreadableError
from dealport.files.decoding import decode, first_nul_line
from dealport.files.fields import DEAL_FIELDS, LIST_FIELDS, PROFILE_FIELDS, field_of_header, split_list
from dealport.files.limits import CELLS_MAX
from dealport.files.values import plain_value
from dealport.model import Origin, Problem

_DELIMITERS = ",;\t"
# Our own writer puts an apostrophe before these, so that a spreadsheet takes no name for a formula.
_FORMULA_MARKS = frozenset("=+-@\t\r")


@dataclass(frozen=True)  # without slots, for the cached property
class Header:
    """What the columns of a table mean.

    Attributes:
        fields: Field name of each column; "" for a column that is left out.
    """

    fields: tuple[str, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Field name of each column and whether it holds lists."""
        return tuple((name, name in LIST_FIELDS) for name in self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are read, in the order of the columns."""
        return tuple(name for name in self.fields if name)


def read_header(cells: Sequence[str], origin: Origin) -> Header:
    """Fields of a header row; a field that stands twice is read from its first column."""
    fields: list[str] = []
    problems = []
    for cell in cells:
        name = field_of_header(cell)
        if name and name in fields:
            known = name in PROFILE_FIELDS or name in DEAL_FIELDS
            problems.append(
                Problem(
                    origin.place(),
                    name,
                    f"two columns mean {name!r}: only the first is read",
                    "rename or remove one",
                    "fault" if known else "warning",
                )
            )
            name = ""
        fields.append(name)
    return Header(tuple(fields), tuple(problems))


def read_cells(cells: Sequence[str | None], header: Header) -> dict[str, object]:
    """The fields of one row of text cells; blank cells are absent, lists are split at ``;`` or ``|``."""
    fields: dict[str, object] = {}
    for (name, is_list), cell in zip(header.columns, cells, strict=False):
        if not cell or not name or cell.isspace():
            continue
        if not is_list:
            fields[name] = cell
        elif parts := split_list(cell):
            fields[name] = parts
    return fields


def nameless_columns(header: Sequence[str], row: Sequence[str | None]) -> list[int]:
    """Columns, from 0, in which a row has a value but the header has no name."""
    named = len(header)
    return [i for i, cell in enumerate(row) if cell and not cell.isspace() and (i >= named or not header[i].strip())]


def read_csv_contents(data: bytes, path: str) -> Contents:
    """The rows of a CSV file; a row that can't be read is a fault and the rest is read.

    Raises:
        UnreadableError: the encoding, NULs, or a header that can't be read.
    """
    text = decode(data)
    nul = first_nul_line(text)
    if nul:
        raise UnreadableError("holds a NUL: it is no text file", "save it as CSV UTF-8", nul)
    records: list[Record] = []
    problems: list[Problem] = []
    columns: list[str] = []
    nameless: set[int] = set()
    header: Header | None = None
    header_origin = Origin(path)
    full = True
    n_refused = 0
    has_apostrophes = "'" in text
    for line, cells, error in _csv_rows(text):
        if header is None:
            if error:
                raise UnreadableError(*error, line)
            if not any(cell.strip() for cell in cells):
                continue
            columns = [_without_apostrophe(cell) for cell in cells]
            header_origin = Origin(path, line)
            header = read_header(columns, header_origin)
            full = all(cell.strip() for cell in columns)
            continue
        stray = nameless_columns(columns, cells) if not full or len(cells) > len(columns) else []
        overflow = _too_many_cells(stray[-1] + 1, len(columns)) if stray and stray[-1] >= len(columns) else None
        if fault := error or overflow:
            problems.append(UnreadableError(*fault, line).problem(path))
            n_refused += 1
            continue
        nameless.update(stray)
        if has_apostrophes:
            cells = [_without_apostrophe(cell) for cell in cells]  # noqa: PLW2901 -- the cells as they were before
        fields = read_cells(cells, header)
        if fields:
            records.append(Record(fields, line))
    if header is None:
        return Contents()
    problems = [*header.problems, *nameless_warnings(nameless, [header_origin.place()] * len(columns)), *problems]
    return Contents((Group(tuple(records), headers=header.names, plain_text=True),), tuple(problems), n_refused)


def nameless_warnings(columns: Iterable[int], places: Sequence[str]) -> list[Problem]:
    """A warning for each column, from 0, that has values but no name; `places` are those of the header's cells."""
    return [
        Problem(places[i], "", f"column {column_letter(i)} has no name: its cells were left out", "name it", "warning")
        for i in sorted(columns)
    ]


def column_letter(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


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

    Only the header line is looked at: the delimiter that gives the most known fields, then the most cells. Excel's own
    ``sep=;`` line is obeyed.
    """
    first, newline, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if newline and told.startswith("sep=") and told[4:5] in {",", ";"} and len(told) == 5:
        return 1, told[4], rest
    if newline and first.strip('\r\n"').casefold() == "sep=\t":
        return 1, "\t", rest
    line = next((line for line in io.StringIO(text, newline="") if line.strip(" \t\r\n,;")), "")

    def fit(delimiter: str) -> tuple[int, int, int]:
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:  # a header cell past the limit of the csv module; reading it says so
            cells = []
        known = sum(field_of_header(c) in PROFILE_FIELDS or field_of_header(c) in DEAL_FIELDS for c in cells)
        return known, len(cells), -_DELIMITERS.index(delimiter)

    return 0, max(_DELIMITERS, key=fit), text


def _too_many_cells(n_cells: int, n_columns: int) -> tuple[str, str]:
    return (
        f"the row has {n_cells} cells, the header only {n_columns}",
        'put a cell with the delimiter in it in "quotes"',
    )


def _without_apostrophe(cell: str) -> str:
    """The cell without the apostrophe our own writer put there; ``''=x`` was written for ``'=x``."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in _FORMULA_MARKS else cell


def read_parquet_contents(data: bytes, path: str) -> Contents:
    """The rows of a Parquet file; lists may be columns of lists, or texts with ``;`` or ``|``.

    Raises:
        UnreadableError: it is no Parquet file, or holds too many cells.
    """
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise UnreadableError("is no Parquet file", "write it again")
    import polars

    try:
        frame = polars.scan_parquet(io.BytesIO(data))
        columns = frame.collect_schema().names()
        n_rows = int(frame.select(polars.len()).collect().item())
        if n_rows * max(1, len(columns)) > CELLS_MAX:
            raise UnreadableError(f"holds more than {CELLS_MAX:,} cells", "split it into smaller files")
        rows = frame.collect().rows()
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError, ValueError) as error:
        raise UnreadableError("is no Parquet file that can be read", "write it again") from error
    header = read_header(columns, Origin(path))
    records = []
    for line, row in enumerate(rows, start=1):
        fields = _typed_fields(row, header)
        if fields:
            records.append(Record(fields, line))
    return Contents((Group(tuple(records), headers=header.names),), header.problems)


def _typed_fields(row: Sequence[object], header: Header) -> dict[str, object]:
    fields = {}
    for name, value in zip(header.fields, row, strict=True):
        if not name or value is None or (isinstance(value, str) and not value.strip()):
            continue
        split = isinstance(value, str) and name in LIST_FIELDS
        fields[name] = split_list(str(value)) if split else plain_value(value)
    return fields
