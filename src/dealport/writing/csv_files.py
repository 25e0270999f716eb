"""Tables as CSV, to a file or a pipe."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import TextIO

from dealport.writing.flat_tables import DECIMALS, Cell, ColumnKind, Table
from dealport.writing.safety import csv_cell

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def write_csv(table: Table, stream: TextIO, *, with_names: bool = True) -> None:
    """Write the table under its columns' names; a text that looks like a formula gets a leading apostrophe."""
    writer = csv.writer(stream, lineterminator="\n")
    if with_names:
        writer.writerow(table.names)
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=True) if table.rows else ()
    writer.writerows(zip(*(map(_Shown(_TEXTS[one.kind]).__getitem__, cells) for one, cells in columns), strict=True))


class _Shown(dict[Cell, str]):
    """The cells of a column as they are shown, each different one worked out once: most come again and again."""

    def __init__(self, text: Callable[[Cell], str]) -> None:
        super().__init__()
        self.text = text

    def __missing__(self, cell: Cell) -> str:
        shown = self[cell] = self.text(cell)
        return shown


def csv_bytes(table: Table, *, excel: bool = False) -> bytes:
    """The table as UTF-8; with `excel` a byte order mark before it."""
    stream = io.StringIO(newline="")
    if excel:
        stream.write(BYTE_ORDER_MARK)
    write_csv(table, stream)
    return stream.getvalue().encode("utf-8")


def _guarded(cell: Cell) -> str:
    """A text; only texts are guarded, since a number can't be a formula."""
    return csv_cell(str(cell)) if cell else ""


def _whole(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _decimal(cell: Cell) -> str:
    """``87.25000``: exact, with every decimal there is."""
    return "" if cell is None else f"{cell:.{DECIMALS}f}"


_TEXTS: Mapping[ColumnKind, Callable[[Cell], str]] = {
    "text": _guarded,
    "whole": _whole,
    "points": _decimal,
    "share": _decimal,
}
