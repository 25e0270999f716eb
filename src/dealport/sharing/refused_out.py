"""The rows that were not taken, in the shape of the table they come from, with the reason in a last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.model import Row
from dealport.sharing.profile_files import csv_text, workbook_of
from dealport.sharing.profiles_out import why_no_deal
from dealport.sharing.safety import plain
from dealport.sharing.writing import write_whole

if TYPE_CHECKING:
    from dealport.files.accounts import TableAccount
    from dealport.files.reading import Reading
    from dealport.market.market import Market

REASON = "reason"
"""The last column's header; the files room leaves such a column out when the mended rows are read."""


@dataclass(frozen=True, slots=True)
class RefusedTable:
    """The rows of one table that were not taken.

    Attributes:
        rows: As long as `headers`, which end with `REASON`.
    """

    source: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def refused_tables(reading: Reading, market: Market) -> list[RefusedTable]:
    """One for each table with rows that the files or the market left out, rows in the order of their lines."""
    by_table: dict[int, list[tuple[int, Sequence[str], str]]] = {}
    for one in reading.refused:
        by_table.setdefault(one.table, []).append((one.origin.line, one.cells, one.reason))
    places = {(table.path, table.sheet): index for index, table in enumerate(reading.tables)}
    late = [*market.refused, *((row, why) for fields, row in market.typed.deals if (why := why_no_deal(fields)))]
    for row, reason in late:
        index = places.get((row.origin.path, row.origin.sheet))
        if index is not None:
            cells = reading.tables[index].cells.get(row.origin.line) or _cells_of(row, reading.tables[index])
            by_table.setdefault(index, []).append((row.origin.line, cells, reason))
    return [_table(reading.tables[index], sorted(by_table[index])) for index in sorted(by_table)]


def errors_paths(out: Path, tables: Sequence[RefusedTable]) -> list[Path]:
    """Where each goes: beside `out`, ``<out>-errors.csv``, as a workbook where it came from one; numbered from two."""
    paths = []
    for number, table in enumerate(tables, start=1):
        suffix = ".xlsx" if table.source.lower().endswith(".xlsx") else ".csv"
        end = "-errors" if number == 1 else f"-errors-{number}"
        paths.append(out.with_name(f"{out.stem if out.suffix else out.name}{end}{suffix}"))
    return paths


def write_refused(tables: Sequence[RefusedTable], paths: Sequence[Path], *, force: bool) -> None:
    """Write each table to its path; raises as `write_whole` does."""
    for table, path in zip(tables, paths, strict=True):
        if path.suffix == ".xlsx":
            content = workbook_of({table.sheet or "Sheet1": (table.headers, table.rows)})
        else:
            content = csv_text(table.headers, table.rows).encode()
        with write_whole(path, force=force) as stream:
            stream.write(content)


def _table(account: TableAccount, found: Sequence[tuple[int, Sequence[str], str]]) -> RefusedTable:
    """The table's own headers, as many unnamed ones as its longest row needs, and the reasons.

    A table that was an errors file before keeps one column of reasons.
    """
    headers = account.headers[:-1] if account.headers[-1:] == (REASON,) else account.headers
    had_reasons = len(headers) < len(account.headers)
    width = max([len(headers), *(len(cells) - had_reasons for _, cells, _ in found)])
    rows = [
        (*cells[: len(headers)], *([""] * (len(headers) - len(cells))), *cells[len(account.headers) :])
        for _, cells, _ in found
    ]
    return RefusedTable(
        account.path,
        account.sheet,
        (*headers, *([""] * (width - len(headers))), REASON),
        tuple(
            (*row, *([""] * (width - len(row))), plain(reason)) for row, (_, _, reason) in zip(rows, found, strict=True)
        ),
    )


def _cells_of(row: Row, account: TableAccount) -> tuple[str, ...]:
    """The cells from which a row's fields were read; those of a column that was left out are blank."""
    left: Mapping[str, object] = row.fields
    return tuple(_cell(left.get(column.field, "")) if column.field else "" for column in account.columns)


def _cell(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
