"""The one schema of everything written as rows: columns with a kind, cells of three types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Cell = str | int | float | None
ColumnKind = Literal["text", "whole", "points", "share"]

DECIMALS = 5  # a score is a whole number of 0.00001 points


class TableColumn(Struct, frozen=True):
    """One column.

    Attributes:
        name: What files call it, in every language.
        kind: ``text``; ``whole`` numbers; ``points`` of 100 and ``share`` of 1, both with five decimals.
        heading: What people read above it in workbooks and pages.
    """

    name: str
    kind: ColumnKind = "text"
    heading: str = ""


class Table(Struct, frozen=True):
    """Rows under columns.

    Attributes:
        rows: Each as long as `columns`; None where a cell is empty. Text is one line without control characters.
        name: What people call the table; the name of its sheet.
    """

    columns: tuple[TableColumn, ...]
    rows: Sequence[tuple[Cell, ...]]
    name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)
