"""Columns in place of rows: of each column every distinct cell is held once, and a row is where its cells stand."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any, TypeVar, overload

from msgspec import Struct

Line = tuple[int, Sequence[Any]]
AnyRecord = TypeVar("AnyRecord", bound=Struct)

# Below this a table is kept row by row: columns would be no faster.
MANY_ROWS = 500
# Rows that are taken apart at a time: so many are soon forgotten.
_ROWS_AT_A_TIME = 4096


class _Places(dict[Any, int]):
    """Value to its place among the distinct values, in the order they come."""

    def __missing__(self, value: object) -> int:
        place = self[value] = len(self)
        return place


class Column(Struct, frozen=True, eq=False):
    """A column: `codes` holds for each row the place of its value in `values`, some of which no row may have."""

    values: Sequence[Any]
    codes: array[int]

    def __getitem__(self, row: int) -> Any:  # noqa: ANN401 -- a cell may be anything
        return self.values[self.codes[row]]

    def __iter__(self) -> Iterator[Any]:
        return map(self.values.__getitem__, self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def each(self, tell: Callable[[Any], object]) -> Column:
        """What `tell` says of each cell; it is asked once for each distinct value."""
        told: list[object] = [None] * len(self.values)
        for code in set(self.codes):
            told[code] = tell(self.values[code])
        return Column(told, self.codes)

    def rows_where(self, is_meant: Callable[[Any], bool]) -> Iterator[int]:
        """The rows whose cell is meant, in order; it is asked once for each distinct value."""
        meant = {code for code in set(self.codes) if is_meant(self.values[code])}
        return (row for row, code in enumerate(self.codes) if code in meant) if meant else iter(())

    def picked(self, rows: Sequence[int]) -> Column:
        """The column of these rows alone."""
        return Column(self.values, array("i", map(self.codes.__getitem__, rows)))


def encode(cells: Iterable[Any]) -> Column:
    """The column of some cells; they must be texts or None, since 1 and True would be one."""
    places = _Places()
    codes = array("i", map(places.__getitem__, cells))
    return Column(list(places), codes)


def combine(columns: Sequence[Column]) -> Column:
    """Several columns, at least one, as one of tuples."""
    varying = [column for column in columns if len(column.values) > 1] or list(columns[:1])
    if len(varying) == 1:
        codes, keys = varying[0].codes, [(code,) for code in range(len(varying[0].values))]
    else:
        places = _Places()
        codes, keys = array("i", map(places.__getitem__, zip(*(one.codes for one in varying), strict=True))), [*places]
    places_of = {id(column): [key[i] for key in keys] for i, column in enumerate(varying)}
    parts = [[column.values[place] for place in places_of.get(id(column), (0,) * len(keys))] for column in columns]
    return Column(list(zip(*parts, strict=True)), codes)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnRows(Sequence[Line]):
    """The rows of a large table: line and cells of each, put together when they are asked for.

    Attributes:
        odd: Index to the cells of the few rows that are shorter or longer than the others: kept as they are. The
            columns hold of them what fits, and None where they are too short.
        n_more: Columns at the end that only such rows reach into.
    """

    lines: array[int]
    columns: tuple[Column, ...]
    odd: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    n_more: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> ColumnRows: ...
    def __getitem__(self, index: int | slice) -> Line | ColumnRows:
        if isinstance(index, slice):
            places = range(len(self))[index]
            odd = {places.index(place): cells for place, cells in self.odd.items() if place in places}
            columns = tuple(Column(column.values, column.codes[index]) for column in self.columns)
            return ColumnRows(self.lines[index], columns, odd, self.n_more)
        index = range(len(self))[index]
        cells = self.odd.get(index)
        return self.lines[index], tuple([column[index] for column in self._shared]) if cells is None else cells

    def __iter__(self) -> Iterator[Line]:
        rows: Iterator[Line] = zip(self.lines, zip(*self._shared, strict=True), strict=True)
        if not self.odd:
            return rows
        return (self[index] if index in self.odd else row for index, row in enumerate(rows))

    def picked(self, rows: Sequence[int]) -> ColumnRows:
        """These rows alone, as far as they fit the columns."""
        lines = array("i", map(self.lines.__getitem__, rows))
        return ColumnRows(lines, tuple(column.picked(rows) for column in self.columns))

    def widened(self, width: int) -> ColumnRows:
        """The same with at least so many columns, since a header may be longer than most rows."""
        more = []
        for index in range(len(self.columns), width):
            values: list[Any] = [None]
            codes = array("i", bytes(4 * len(self)))
            for row, cells in self.odd.items():
                if index < len(cells):
                    codes[row] = len(values)
                    values.append(cells[index])
            more.append(Column(values, codes))
        return ColumnRows(self.lines, (*self.columns, *more), self.odd, self.n_more + len(more)) if more else self

    @property
    def _shared(self) -> tuple[Column, ...]:
        """The columns of rows that are not odd."""
        return self.columns[: len(self.columns) - self.n_more]


def make_records(record: type[AnyRecord], n: int, columns: Mapping[str, Iterable[Any]]) -> list[AnyRecord]:
    """`n` records from their attributes in columns; those not named have their default, one for all.

    Made without a name per value: a fifth of the time of calling `record` with names for each.
    """
    names = record.__struct_fields__
    first = record(*[None] * (len(names) - len(record.__struct_defaults__)))  # for its defaults
    return list(map(record, *(columns[name] if name in columns else repeat(getattr(first, name), n) for name in names)))


def are_many(n_rows: int) -> bool:
    """Whether so many rows are held as columns."""
    return n_rows >= MANY_ROWS


def hold_rows(rows: Iterable[Line]) -> Sequence[Line]:
    """Rows of texts: as a list where they are few, else as columns."""
    rows = iter(rows)
    first = list(islice(rows, MANY_ROWS))
    if not are_many(len(first)):
        return first
    width = _width_of(first)
    lines, odd = array("i"), dict[int, Sequence[Any]]()
    places = [_Places() for _ in range(width)]
    codes = [array("i") for _ in range(width)]
    rows = chain(first, rows)
    while some := list(islice(rows, _ROWS_AT_A_TIME)):
        odd |= {len(lines) + i: cells for i, (_, cells) in enumerate(some) if len(cells) != width}
        even = (cells if len(cells) == width else _fitted(cells, width) for _, cells in some)
        for known, held, cells in zip(places, codes, zip(*even, strict=True), strict=True):
            held.extend(map(known.__getitem__, cells))
        lines.extend(line for line, _ in some)
    return ColumnRows(lines, tuple(Column(list(known), held) for known, held in zip(places, codes, strict=True)), odd)


def as_columns(rows: Sequence[Line]) -> ColumnRows:
    """Rows as columns, whatever their cells are."""
    if isinstance(rows, ColumnRows):
        return rows
    width = _width_of(rows) if rows else 1
    fitted = [cells if len(cells) == width else _fitted(cells, width) for _, cells in rows]
    odd = {i: cells for i, (_, cells) in enumerate(rows) if len(cells) != width}
    columns = zip(*fitted, strict=True) if rows else [()] * width
    return ColumnRows(array("i", [line for line, _ in rows]), tuple(map(hold_values, columns)), odd)


def hold_values(values: Iterable[object]) -> Column:
    """Any values as a column: equal texts are held once, any other value each time it stands (1 is not True)."""
    places: dict[object, int] = {}
    held: list[object] = []
    codes = array("i")
    for value in values:
        is_shared = value is None or type(value) is str
        code = places.setdefault(value, len(held)) if is_shared else len(held)
        if code == len(held):
            held.append(value)
        codes.append(code)
    return Column(held, codes)


def _width_of(rows: Sequence[Line]) -> int:
    """How many cells most rows have."""
    lengths = [len(cells) for _, cells in rows]
    return max(1, max(lengths, key=lengths.count))


def _fitted(cells: Sequence[Any], width: int) -> Sequence[Any]:
    return (*cells[:width], *(None,) * (width - len(cells)))


def cells_at(rows: Sequence[Line], index: int) -> Iterator[tuple[int, Any]]:
    """Line and cell of each row in one column; None where a row is too short."""
    if isinstance(rows, ColumnRows) and index < len(rows.columns):
        return zip(rows.lines, rows.columns[index], strict=True)
    return ((line, cells[index] if index < len(cells) else None) for line, cells in rows)


def rows_with(rows: Sequence[Line], words: frozenset[str]) -> Iterator[int]:
    """Indices of the rows in which a cell is one of the words, in order."""
    if not isinstance(rows, ColumnRows):
        return (i for i, (_, cells) in enumerate(rows) if not words.isdisjoint(cells))
    found = {i for i, cells in rows.odd.items() if not words.isdisjoint(cells)}
    for column in rows.columns:
        found.update(column.rows_where(words.__contains__))
    return iter(sorted(found))
