"""Which rows of a table in columns are plain profiles or deals; the others are looked at one by one, in `taking`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dealport.reading.columns.field_names import kind_of_word
from dealport.reading.columns.synonyms import side_of_word
from dealport.reading.columns.table_sides import SIDES
from dealport.reading.rows.notes import may_be_note
from dealport.reading.rows.row_blocks import ABSENT, Block
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables.cell_columns import Column, ColumnRows
from dealport.reading.tables.values import fault_of

_TEXT_TYPES = frozenset({str, type(ABSENT), type(None)})


def plain_kinds(rows: ColumnRows, layout: Layout, *, ragged: bool) -> list[str]:
    """The kind of each row, "" where it may be a note, a header, too long, or does not tell its kind plainly."""
    kinds = [layout.kind] * len(rows) if layout.kind else _told_kinds(rows, layout)
    for row in _doubtful(rows, layout, ragged=ragged):
        kinds[row] = ""
    return kinds


def plain_indices(block: Block, kind: str, n_rows: int, *, typed: bool) -> Iterable[int]:
    """The rows of a block that can be taken, in order: no value is faulty, and what a row must have is there."""
    needed = ("name",) if kind in SIDES else ("investor", "startup") if kind == "deal" else ("from", "to")
    if not all(name in block.columns for name in needed):
        return ()
    left_out = {row for name in needed for row in block.columns[name].rows_where(lambda value: value is ABSENT)}
    if typed:
        others = [column for column in block.columns.values() if not _TEXT_TYPES.issuperset(map(type, column.values))]
        left_out |= {row for column in others for row in column.rows_where(_may_be_faulty)}
    return (row for row in range(n_rows) if row not in left_out) if left_out else range(n_rows)


def _told_kinds(rows: ColumnRows, layout: Layout) -> list[str]:
    index = layout.kind_at[0]
    if not 0 <= index < len(rows.columns):
        return [layout.hint if layout.hint in SIDES else ""] * len(rows)
    return list(rows.columns[index].each(lambda cell: _told_kind(cell, layout)))


def _told_kind(cell: object, layout: Layout) -> str:
    word = "" if cell is None else str(cell)
    kind = kind_of_word(word) or side_of_word(word) if word.strip() else layout.hint
    return kind if kind in SIDES else ""


def _doubtful(rows: ColumnRows, layout: Layout, *, ragged: bool) -> set[int]:
    width, first = len(layout.headers), layout.headers[0] if layout.headers else ""
    doubtful = set(rows.odd)
    if ragged:
        doubtful |= {row for column in rows.columns[width:] for row in column.rows_where(bool)}
    if first and rows.columns:
        doubtful |= set(rows.columns[0].rows_where(lambda cell: bool(cell == first)))
    return doubtful | _may_be_notes(rows.columns) if width > 1 else doubtful


def _may_be_notes(columns: Sequence[Column]) -> set[int]:
    """The rows whose first cell that is filled may be a note or a total."""
    found: set[int] = set()
    pending: set[int] | None = None  # rows without a cell so far; None: all
    for column in columns:
        blank, notes = set(column.rows_where(lambda cell: not cell)), set(column.rows_where(may_be_note))
        found |= notes if pending is None else notes & pending
        pending = blank if pending is None else blank & pending
        if not pending:
            break
    return found


def _may_be_faulty(value: object) -> bool:
    """Whether a value of Parquet may be unusable; its texts are UTF-8, so that they never are."""
    if value is ABSENT or isinstance(value, str) or (type(value) is list and all(type(one) is str for one in value)):
        return False
    return bool(fault_of(value))
