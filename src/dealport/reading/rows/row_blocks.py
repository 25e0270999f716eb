"""Rows of one kind in columns of fields: what each distinct cell gives is read once, and its rows share it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from dealport.reading.columns.blanks import is_nothing
from dealport.reading.rows.cells import AMOUNTS, Step, fields_of_row, with_country
from dealport.reading.tables.cell_columns import Column, ColumnRows, combine, hold_values
from dealport.reading.tables.values import plain_value


class _Absent:
    """Stands where a row has no such field."""


ABSENT = _Absent()


class Block(Struct, frozen=True, eq=False):
    """Fields of many rows, by name; `ABSENT` where a row has none."""

    columns: Mapping[str, Column]
    n_rows: int


class BlockFields(Mapping[str, object]):
    """The fields of one row of a block: what its cells give, as a row alone would have it."""

    __slots__ = ("block", "index")

    def __init__(self, block: Block, index: int) -> None:
        self.block = block
        self.index = index

    def __getitem__(self, name: str) -> object:
        value: object = self.block.columns[name][self.index]
        if value is ABSENT:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (name for name, column in self.block.columns.items() if column[self.index] is not ABSENT)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


def read_block(rows: ColumnRows, steps: Sequence[Step], kind: str) -> Block:
    """The fields of rows of one kind, as `fields_of_row` gives them of each."""
    columns: dict[str, Column] = {}
    for group in _groups(steps, kind):
        held = [step for step in group if step.index < len(rows.columns)]
        if len(held) == 1 and held[0].way == "text" and held[0].field != "city":
            columns[held[0].field] = rows.columns[held[0].index].each(partial(_text_of, held[0].field))
        elif held:
            columns |= _read_group(rows, held, kind)
    return Block(columns, len(rows))


def block_of(records: Sequence[Mapping[str, object]]) -> Block:
    """Records as a block; None where one has no such field."""
    names = dict.fromkeys(name for record in records for name in record)
    return Block({name: hold_values(one.get(name) for one in records) for name in names}, len(records))


def block_in_country(block: Block, country: str, kind: str) -> Block:
    """The block with `with_country` for each of its rows."""
    field = next(iter(with_country({}, country, kind)), "")
    if not field or not block.columns:
        return block
    held = block.columns.get(field)
    column = (
        Column([country], array("i", bytes(4 * block.n_rows)))
        if held is None
        else held.each(lambda value: country if value is ABSENT or not value else value)
    )
    return Block({**block.columns, field: column}, block.n_rows)


def _groups(steps: Sequence[Step], kind: str) -> list[list[Step]]:
    """The steps that look at one another: of one field, of amounts and their currency, of a startup's place."""
    groups: dict[str, list[Step]] = {}
    for step in steps:
        key = "amount" if step.field in AMOUNTS or step.way == "currency" else step.field
        key = "country" if kind == "startup" and key == "city" else key
        if key != "kind":
            groups.setdefault(key, []).append(step)
    return list(groups.values())


def _read_group(rows: ColumnRows, steps: Sequence[Step], kind: str) -> dict[str, Column]:
    indices = sorted({step.index for step in steps})
    local = [replace(step, index=indices.index(step.index)) for step in steps]
    read = combine([rows.columns[index] for index in indices]).each(lambda cells: fields_of_row(cells, local, kind))
    names = dict.fromkeys(name for fields in read.values if fields for name in fields)
    return {
        name: Column([fields.get(name, ABSENT) if fields else ABSENT for fields in read.values], read.codes)
        for name in names
    }


def _text_of(field: str, cell: object) -> object:
    if cell is None or (isinstance(cell, str) and (not cell or cell.isspace() or is_nothing(cell, field))):
        return ABSENT
    return plain_value(cell)
