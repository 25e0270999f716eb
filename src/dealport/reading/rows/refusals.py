"""Which rows of a table are no profile or deal, and why; which kind each of the others is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct

from dealport.reading.columns.column_problems import quoted_short
from dealport.reading.columns.field_names import NO_KIND, kind_of_word
from dealport.reading.columns.synonyms import side_of_word
from dealport.reading.columns.table_sides import SIDES
from dealport.reading.rows.notes import is_note, may_be_note
from dealport.reading.rows.row_blocks import ABSENT, Block
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables.cell_columns import Column, ColumnRows
from dealport.reading.tables.values import fault_of


class Refusal(Struct, frozen=True):
    """Why a row is not taken.

    Attributes:
        way: ``fault``: of this row alone; ``shared``: many rows may have it, one warning in all; ``untold``: what the
            row is, which may be so of the whole table.
        is_mendable: False for a row that was never a profile or deal: a note, the press, the header again.
    """

    name: str
    message: str
    cure: str = ""
    way: Literal["fault", "shared", "untold"] = "fault"
    is_mendable: bool = True


_NO_SIDE = (NO_KIND[0], "say so with --as startup or --as investor, or in a column kind")
_OTHER_TABLE = ("in a table of profiles", "put such rows into a table of their own, as deals.csv or requests.csv")
_NOT_A_KIND = ("is no kind", 'write "startup" or "investor"')
_NO_NAME = Refusal("name", "no name", 'write it as name = "Lumen Diagnostics"')
_EMPTY = Refusal("", "nothing stands in the columns that are read", way="shared")
# Rows that list what a table can't use, and say how often: none of them is a fault of the user's.
_NO_INVESTOR = Refusal("investor", "names no investor", way="shared", is_mendable=False)
_HEADER_AGAIN = Refusal("", "the header row again", way="shared", is_mendable=False)
_NOTE = Refusal("", "a note below the table", way="shared", is_mendable=False)


def refused_as_rows(rows: ColumnRows, layout: Layout, *, ragged: bool) -> dict[int, Refusal]:
    """The rows that are too long, notes or the header again, whatever they hold; `rows` are as wide as the header."""
    width = len(layout.headers)
    refused = {row: _too_long(rows[row][1], width) for row in (_longer(rows, width) if ragged else ())}
    for row in _may_be_notes(rows.columns) if width > 1 else ():
        if is_note(rows[row][1], n_columns=width):
            refused.setdefault(row, _NOTE)
    first = layout.headers[0] if layout.headers else ""
    for row in rows.columns[0].rows_where(lambda cell: bool(cell == first)) if first else ():
        if layout.is_header_again(rows[row][1]):
            refused.setdefault(row, _HEADER_AGAIN)
    return refused


def kinds_of(rows: ColumnRows, layout: Layout, passed: Collection[int]) -> list[str | Refusal]:
    """The kind of each row, or why it has none; rows that are `passed` over are not looked at."""
    if layout.kind:
        return [layout.kind] * len(rows)
    index = layout.kind_at[0]
    if index < 0:
        told: Iterable[str | Refusal] = [layout.hint] * len(rows)
    else:
        told = rows.columns[index].each(lambda cell: _told_kind("" if cell is None else str(cell), layout))
    return [kind or ("" if row in passed else _kind_of_cells(rows[row][1], layout)) for row, kind in enumerate(told)]


def refused_as_fields(block: Block, kind: str, layout: Layout, *, typed: bool) -> dict[int, Refusal]:
    """The rows of a block that have an unusable value, no field at all, or not what each of their kind must have."""
    refused: dict[int, Refusal] = {}
    order = {step.field: place for place, step in reversed(list(enumerate(layout.steps[kind])))}
    names = sorted(block.columns, key=lambda name: order.get(name, len(order))) if typed else []
    for name in names:
        reasons = block.columns[name].each(fault_of_cell)
        for row in reasons.rows_where(bool):
            refused.setdefault(row, Refusal(name, str(reasons[row]), "write a plain value"))
    for row in _without(block, block.columns):
        refused.setdefault(row, _EMPTY)
    if kind in SIDES:
        for row in _without(block, ["name"]):
            refused.setdefault(row, _NO_NAME)
    elif kind == "deal" and layout.is_foreign:
        for row in _without(block, ["investor", "investor_id"]):
            refused.setdefault(row, _NO_INVESTOR)
    return refused


def fault_of_cell(value: object) -> str:
    """Why a value can't be used; "" when it can, and where there is none."""
    return "" if value is ABSENT else fault_of(value)


def _without(block: Block, names: Iterable[str]) -> set[int]:
    """The rows that have none of some fields."""
    rows = set(range(block.n_rows))
    for name in names:
        if name in block.columns and rows:
            rows &= {*block.columns[name].rows_where(lambda value: value is ABSENT)}
    return rows


def _longer(rows: ColumnRows, width: int) -> set[int]:
    """The rows that have a cell with something in it beyond the header."""
    longer = {row for row, cells in rows.odd.items() if _last_filled(cells) >= width}
    return longer.union(*(column.rows_where(_is_filled) for column in rows.columns[width:]))


def _too_long(cells: Sequence[Any], width: int) -> Refusal:
    message = f"the row has {_last_filled(cells) + 1} cells, the header only {width}"
    return Refusal("", message, 'put a cell with the delimiter in it in "quotes"')


def _last_filled(cells: Sequence[Any]) -> int:
    return max((i for i, cell in enumerate(cells) if _is_filled(cell)), default=-1)


def _is_filled(cell: object) -> bool:
    return bool(cell) and not str(cell).isspace()


def _may_be_notes(columns: Sequence[Column]) -> list[int]:
    """The rows whose first cell that is filled may be a note or a total."""
    found: set[int] = set()
    pending: set[int] | None = None  # rows without a cell so far; None: all
    for column in columns:
        blank, notes = set(column.rows_where(lambda cell: not cell)), set(column.rows_where(may_be_note))
        found |= notes if pending is None else notes & pending
        pending = blank if pending is None else blank & pending
        if not pending:
            break
    return sorted(found)


def _told_kind(word: str, layout: Layout) -> str | Refusal:
    """What a row says it is; "" where neither it nor its table does."""
    if not word.strip():
        return layout.hint
    kind = kind_of_word(word) or side_of_word(word)
    if kind == "neither":
        message = f"{quoted_short(word)} is neither startup nor investor"
        return Refusal("kind", message, way="shared", is_mendable=False)
    if kind in layout.steps:
        return kind
    if kind or layout.is_kind_strict:
        what, cure = _OTHER_TABLE if kind else _NOT_A_KIND
        return Refusal("kind", f"{quoted_short(word)} {what}", cure)
    return layout.hint


def _kind_of_cells(cells: Sequence[Any], layout: Layout) -> str | Refusal:
    """The side that a row's other cells tell."""
    kind = layout.side_of_cells(cells) or side_of_word(layout.type_cell(cells))
    if kind in SIDES:
        return kind
    return Refusal("kind", *(_NO_SIDE if layout.is_foreign else NO_KIND), way="untold")
