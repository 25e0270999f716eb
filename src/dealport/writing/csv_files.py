"""Tables as CSV, to a file or a pipe."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from dealport.writing.flat_tables import DECIMALS, Cell, ColumnKind, Table
from dealport.writing.safety import csv_cell

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def write_csv(table: Table, stream: TextIO) -> None:
    """Write the table under its columns' names; a text that looks like a formula gets a leading apostrophe."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.names)
    shown = [_TEXTS[column.kind] for column in table.columns]
    writer.writerows([text(cell) for text, cell in zip(shown, row, strict=True)] for row in table.rows)


def csv_texts(cells: Iterable[Cell], kind: ColumnKind) -> list[str]:
    """Cells of one column as `write_csv` shows them, not yet in quotes."""
    return list(map(_TEXTS[kind], cells))


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
