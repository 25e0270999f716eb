"""What one file holds once it is taken apart, before anyone knows which rows are startups: records in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from dealport.model import InputError, Origin, Problem, Row, Severity
from dealport.reading.tables.accounts import Refused, TableAccount


class UnreadableError(InputError):
    """A file, or one line of it, that can't be taken in.

    Attributes:
        message: What is wrong.
        cure: How to mend it.
        line: 1-based line; 0 stands for the whole file.
    """

    def __init__(self, message: str, cure: str = "", line: int = 0) -> None:
        super().__init__(f"{message} ({cure})" if cure else message)
        self.message = message
        self.cure = cure
        self.line = line

    def problem(self, path: str) -> Problem:
        """The fault as `check` lists it."""
        return Problem(Origin(path, self.line).place(), "", self.message, self.cure)


class Record(Struct, frozen=True):
    """One row or object.

    Attributes:
        fields: Field name to raw value; blank cells are absent.
        line: 1-based line or row where it begins; 0 when it is the whole file.
        lines: Field name to 1-based line, where fields have lines of their own.
    """

    fields: dict[str, object]
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)


class Group(Struct, frozen=True):
    """Records that stand together: the ``[[startup]]`` of a file, or the one profile of a file.

    Attributes:
        word: Name of the array, which may tell the kind.
        split_lists: True where a list may be one text with ``;`` or ``|``.
        alone: True when the file is this one record, whose id the file's name gives.
    """

    records: tuple[Record, ...]
    word: str = ""
    split_lists: bool = False
    alone: bool = False


class RawTable(Struct, frozen=True):
    """A table before anyone knows where its header is and what its columns mean.

    Attributes:
        rows: 1-based line and cells of each row that is not blank, banners and header among them; cells are texts,
            but where `typed`.
        broken: Line, message and cure of rows whose cells can't be told apart.
        sheet: Name of the sheet of a workbook, else "".
        letters: Of the columns of a workbook.
        ragged: True where a row may have more cells than the header, as in CSV.
        typed: True where cells are numbers, dates and lists, and the header is the columns' own, as in Parquet.
    """

    rows: Sequence[tuple[int, Sequence[Any]]]
    broken: tuple[tuple[int, str, str], ...] = ()
    sheet: str = ""
    letters: tuple[str, ...] = ()
    ragged: bool = False
    typed: bool = False


class Contents(Struct, frozen=True):
    """All of a file.

    Attributes:
        n_refused: Records that were left out, each with a fault among the problems.
    """

    groups: tuple[Group, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_refused: int = 0
    tables: tuple[RawTable, ...] = ()


class SortedRows(Struct, frozen=True):
    """The rows of one file, or of a part of one, by what they are.

    Attributes:
        n_refused: Records that were left out; rows of tables among them, which stand in `refused` too.
        refused: Their `table` counts within `tables`.
    """

    rows: tuple[Row, ...] = ()
    deals: tuple[Row, ...] = ()
    requests: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_refused: int = 0
    tables: tuple[TableAccount, ...] = ()
    refused: tuple[Refused, ...] = ()


def together(parts: Sequence[SortedRows], problems: Sequence[Problem] = ()) -> SortedRows:
    """Several parts as one, in their order, after some problems."""
    refused: list[Refused] = []
    n_tables = 0
    for part in parts:
        refused += [replace(one, table=one.table + n_tables) for one in part.refused]
        n_tables += len(part.tables)
    return SortedRows(
        rows=tuple(row for part in parts for row in part.rows),
        deals=tuple(row for part in parts for row in part.deals),
        requests=tuple(row for part in parts for row in part.requests),
        events=tuple(row for part in parts for row in part.events),
        problems=(*problems, *(problem for part in parts for problem in part.problems)),
        n_refused=sum(part.n_refused for part in parts),
        tables=tuple(table for part in parts for table in part.tables),
        refused=tuple(refused),
    )


def problem_at(origin: Origin, name: str, message: str, cure: str = "", severity: Severity = "fault") -> Problem:
    """A problem at the place of one field of one origin."""
    return Problem(origin.place(name), name, message, cure, severity)
