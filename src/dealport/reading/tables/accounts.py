"""The account of every table that was read: what its columns were taken for, and what became of each of its rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal

from msgspec import Struct

from dealport.model import Origin

HowTaken = Literal["name", "synonym", "fuzzy", "columns.toml", "left out"]


class ColumnUse(Struct, frozen=True):
    """What one column was taken for.

    Attributes:
        header: The header as typed; "" for a column without one.
        field: The field of a profile or deal; "" for a column that was left out.
        how: By the field's own name, a synonym, a likely misspelling, the user's columns.toml; or that it is left out.
    """

    header: str
    field: str
    how: HowTaken


class CellTexts(Mapping[int, tuple[str, ...]]):
    """The cells of each row by its line, as texts, one for each header or more; made when they are asked for."""

    def __init__(self, parts: Sequence[Sequence[tuple[int, Sequence[Any]]]], width: int) -> None:
        """`parts`: lines and cells of rows, lines ascending in each."""
        self._parts = parts
        self._width = width

    def __getitem__(self, line: int) -> tuple[str, ...]:
        for rows in self._parts:
            index = bisect_left(rows, line, key=itemgetter(0))
            if index < len(rows) and rows[index][0] == line:
                return self._texts(rows[index][1])
        raise KeyError(line)

    def __iter__(self) -> Iterator[int]:
        return (line for rows in self._parts for line, _ in rows)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def _texts(self, cells: Sequence[Any]) -> tuple[str, ...]:
        texts = tuple(["" if cell is None else cell if type(cell) is str else str(cell) for cell in cells])
        return texts + ("",) * (self._width - len(texts))


@dataclass(frozen=True, slots=True)
class TableAccount:
    """What became of one table: ``n_rows == n_taken + n_merged + `` the `Refused` that name it.

    Attributes:
        path: The file, as the user named it.
        sheet: The sheet of a workbook, else "".
        format: Name of the known export it is, ``table`` for any other.
        kind: ``startup``, ``investor``, ``deal``, ``request``; "" where each row tells its own, or nothing tells it.
        header_line: 1-based line or row of the (last) header row; 0 where there is none, as in Parquet.
        columns: One for each column, in their order.
        headers: The headers as typed, one for each column.
        n_rows: Rows that are not blank, below the header, and those above it that are no banners.
        n_taken: Rows that became a profile, deal, request or event.
        n_merged: Rows that went into one that was taken: another person of the same organisation.
        cells: 1-based line to the cells of each row as they stand in the file, refused ones too: what a floor above
            needs to hand a row back that it could not take.
        above: The rows of banners above the header.
        told_side: The side that the name, the folder or the user tells, and nothing in the table; else "".
    """

    path: str
    sheet: str
    format: str
    kind: str
    header_line: int
    columns: tuple[ColumnUse, ...]
    headers: tuple[str, ...]
    n_rows: int
    n_taken: int
    n_merged: int = 0
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    above: tuple[tuple[str, ...], ...] = ()
    told_side: str = ""


class Refused(Struct, frozen=True):
    """A row of a table that was not taken.

    Attributes:
        cells: As they stand in the file, one for each header (or more, where the row has too many).
        reason: Why, in a line.
        origin: Its file, sheet and line.
        table: Index of its `TableAccount` in `Reading.tables`.
        is_mendable: False for a row that was never a profile or deal: a note, the press, the header again.
    """

    cells: tuple[str, ...]
    reason: str
    origin: Origin
    table: int
    is_mendable: bool = True
