"""The rows that were not taken, in the shape of the table they come from, with the reason in a last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.model import Origin, Row
from dealport.reading.tables.accounts import Refused
from dealport.writing.profiles.profile_files import csv_text, workbook_of
from dealport.writing.profiles.profile_records import why_no_deal
from dealport.writing.safety import safe_line
from dealport.writing.whole_files import write_whole

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.reading.paths import Reading
    from dealport.reading.tables.accounts import TableAccount

REASON = "reason"
"""The last column's header; `reading` leaves such a column out when the mended rows are read."""


class RefusedTable(Struct, frozen=True):
    """The rows of one table that were not taken.

    Attributes:
        rows: As long as `headers`, which end with `REASON`.
        above: The banners that stand above the headers: they may say in what the amounts are.
    """

    source: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[tuple[str, ...], ...] = ()


def refused_tables(reading: Reading, market: Market) -> list[RefusedTable]:
    """One for each table with rows to mend that the files or the market left out, rows in the order of their lines."""
    by_table: dict[int, list[tuple[int, Sequence[str], str]]] = {}
    for one in (*reading.refused, *late_refusals(reading, market)):
        if one.is_mendable:
            by_table.setdefault(one.table, []).append((one.origin.line, one.cells, one.reason))
    return [_table(reading.tables[index], sorted(by_table[index])) for index in sorted(by_table)]


def late_refusals(reading: Reading, market: Market) -> list[Refused]:
    """The rows of tables that the files took and the market did not: two of one id, a deal without a day."""
    typed = {row.origin for _, row in market.typed.deals}
    deals = [(row, why_no_deal(fields)) for fields, row in market.typed.deals]
    deals += [(row, _first_fault(row, market)) for row in reading.deals if row.origin not in typed]
    late = []
    for row, reason in (*market.refused, *((row, why) for row, why in deals if why)):
        index = _index_of(row.origin, reading.tables)
        if index >= 0:
            table = reading.tables[index]
            cells = table.cells.get(row.origin.line) or _cells_of(row, table)
            late.append(Refused(tuple(cells), reason, row.origin, index))
    return late


def errors_paths(out: Path, tables: Sequence[RefusedTable]) -> list[Path]:
    """Where each goes: beside `out`, ``<out>-errors.csv``, as a workbook where it came from one; numbered from two.

    ``a.csv`` and ``a.xlsx`` don't share one: where the suffixes differ the name tells both, ``a-xlsx-errors.csv``.
    """
    paths = []
    for number, table in enumerate(tables, start=1):
        suffix = ".xlsx" if table.source.lower().endswith(".xlsx") else ".csv"
        end = "-errors" if number == 1 else f"-errors-{number}"
        told = f"-{out.suffix[1:].lower()}" if out.suffix and out.suffix.lower() != suffix else ""
        paths.append(out.with_name(f"{out.stem if out.suffix else out.name}{told}{end}{suffix}"))
    return paths


def write_refused(tables: Sequence[RefusedTable], paths: Sequence[Path], *, force: bool) -> None:
    """Write each table to its path; raises as `write_whole` does."""
    for table, path in zip(tables, paths, strict=True):
        lines = (*table.above, table.headers, *table.rows)
        first, rest = lines[0], lines[1:]
        if path.suffix == ".xlsx":
            content = workbook_of({table.sheet or "Sheet1": (first, rest)})
        else:
            content = csv_text(first, rest).encode()
        with write_whole(path, force=force) as stream:
            stream.write(content)


def _table(account: TableAccount, found: Sequence[tuple[int, Sequence[str], str]]) -> RefusedTable:
    """The table's own headers, as many unnamed ones as its longest row needs, the side where only others tell it.

    A table that was an errors file before keeps one column of reasons.
    """
    headers = account.headers[:-1] if account.headers[-1:] == (REASON,) else account.headers
    had_reasons = len(headers) < len(account.headers)
    width = max([len(headers), *(len(cells) - had_reasons for _, cells, _ in found)])
    side = ("kind",) if account.told_side and not any(use.field == "kind" for use in account.columns) else ()
    rows = [
        (*cells[: len(headers)], *([""] * (len(headers) - len(cells))), *cells[len(account.headers) :])
        for _, cells, _ in found
    ]
    return RefusedTable(
        account.path,
        account.sheet,
        (*headers, *([""] * (width - len(headers))), *side, REASON),
        tuple(
            (*row, *([""] * (width - len(row))), *(account.told_side for _ in side), safe_line(reason))
            for row, (_, _, reason) in zip(rows, found, strict=True)
        ),
        account.above,
    )


def _index_of(origin: Origin, tables: Sequence[TableAccount]) -> int:
    """Which table a row stands in: of several in one sheet the last whose header is above it; -1 where none."""
    found = [
        (table.header_line, index)
        for index, table in enumerate(tables)
        if (table.path, table.sheet) == (origin.path, origin.sheet) and origin.line in table.cells
    ]
    return max(found, default=(0, -1))[1]


def _first_fault(row: Row, market: Market) -> str:
    """What the market says of a row of deals that it took no further than its types."""
    places = {row.origin.place(name) for name in ("", *row.fields)}
    faults = (one for one in market.problems if one.severity == "fault" and one.place in places)
    return next((f"{one.field}: {one.message}" if one.field else one.message for one in faults), "not taken")


def _cells_of(row: Row, account: TableAccount) -> tuple[str, ...]:
    """The cells from which a row's fields were read; those of a column that was left out are blank."""
    left: Mapping[str, object] = row.fields
    return tuple(_cell(left.get(column.field, "")) if column.field else "" for column in account.columns)


def _cell(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
