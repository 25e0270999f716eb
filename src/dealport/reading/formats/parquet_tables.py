"""Tables: the rows of Parquet files, whose columns have names and types of their own."""

from __future__ import annotations

import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from dealport.reading.tables.cell_columns import Column, ColumnRows, are_many
from dealport.reading.tables.contents import Contents, RawTable, UnreadableError
from dealport.reading.tables.limits import CELLS_MAX

if TYPE_CHECKING:
    from arro3.core import Array, ChunkedArray, Table

# Rows decoded at a time: few enough that reading stops soon after the limit, many enough to cost nothing.
_ROWS_AT_A_TIME = 1 << 16
# Decodes standard input up to a number of cells, and prints how many there are. Of 1,500 files with a few bytes
# changed some made the native reader end its process, so it tries each file in a process that it may end: .05 s.
_TRIAL = f"""
import sys
sys.path[:] = sys.argv[2:]
import arro3.io
n = 0
for batch in arro3.io.read_parquet(sys.stdin.buffer.read(), batch_size={_ROWS_AT_A_TIME}):
    n += batch.num_rows * max(1, batch.num_columns)
    if n > int(sys.argv[1]):
        break
    for column in batch.columns:
        if "Utf8" not in str(column.type):
            column.to_pylist()
print(n)
"""


def read_parquet_contents(data: bytes, path: str) -> Contents:  # noqa: ARG001 -- as every reader
    """The rows of a Parquet file, the names of its columns first.

    Raises:
        UnreadableError: it is no Parquet file, or holds too many cells.
    """
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise UnreadableError("is no Parquet file", "write it again")
    if _count_cells(data) > CELLS_MAX:
        raise UnreadableError(f"holds more than {CELLS_MAX:,} cells", "split it into smaller files")
    import arro3.io

    table = arro3.io.read_parquet(data, batch_size=_ROWS_AT_A_TIME).read_all()
    return Contents(tables=(RawTable(_table_rows(table), typed=True),))


def _count_cells(data: bytes) -> int:
    """How many cells a file holds, or some number past the limit; found out in a process of its own."""
    command = [sys.executable, "-I", "-S", "-c", _TRIAL, str(CELLS_MAX), *sys.path]
    trial = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603 -- our own program
    if trial.returncode or not trial.stdout.strip().isdigit():
        raise UnreadableError("is no Parquet file that can be read", "write it again")
    return int(trial.stdout)


def _table_rows(table: Table) -> Sequence[tuple[int, Sequence[Any]]]:
    """The names of the columns as line 0, then each row that is not blank."""
    names, n_rows = table.column_names, table.num_rows
    if not are_many(n_rows):
        cells = [column.to_pylist() for column in table.columns]
        rows: Iterable[tuple[Any, ...]] = zip(*cells, strict=True) if cells else ()
        below = [(line, row) for line, row in enumerate(rows, start=1) if not all(map(_is_blank, row))]
        return [(0, names), *below]
    held = [_held_column(name, column) for name, column in zip(names, table.columns, strict=True)]
    blank = set(range(1, n_rows + 1))
    for column in held:
        if not blank:  # nearly always after the first column
            break
        blank.intersection_update(column.rows_where(_is_blank))
    rows_held = ColumnRows(array("i", range(n_rows + 1)), tuple(held))
    return rows_held.picked([row for row in range(n_rows + 1) if row not in blank]) if blank else rows_held


def _held_column(name: str, column: ChunkedArray) -> Column:
    """A column below its name; only texts are held once each: 1 and True are the same to Python."""
    from arro3.core import DataType

    kind = column.type
    if not _is_text(kind.value_type if DataType.is_dictionary(kind) else kind):
        cells = [name, *chain.from_iterable(chunk.to_pylist() for chunk in column.chunks)]
        return Column(cells, array("i", range(len(cells))))
    place: dict[str | None, int] = {name: 0}
    codes = array("i", [0])
    for chunk in column.chunks:
        codes.extend(_codes(chunk, place))
    return Column(list(place), codes)


def _is_text(kind: Any) -> bool:  # noqa: ANN401 -- a type of Arrow's, or None
    from arro3.core import DataType

    tests = (DataType.is_string, DataType.is_large_string, DataType.is_string_view)
    return kind is not None and any(test(kind) for test in tests)


def _codes(chunk: Array, place: dict[str | None, int]) -> Iterator[int]:
    """The places of a chunk's texts, which are added to those known: only distinct texts become Python's own."""
    from arro3.core import DataType, dictionary_dictionary, dictionary_indices

    coded = (
        chunk if DataType.is_dictionary(chunk.type) else chunk.cast(DataType.dictionary(DataType.int32(), chunk.type))
    )
    places = [place.setdefault(text, len(place)) for text in dictionary_dictionary(coded).to_pylist()]
    indices = dictionary_indices(coded)
    if not indices.null_count:
        return map(places.__getitem__, indices.to_pylist())
    silent = place.setdefault(None, len(place))
    return (silent if index is None else places[index] for index in indices.to_pylist())


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
