"""One table from raw rows to profiles or deals, with the account of each row: taken, merged or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from dealport.model import Origin, Problem, Row, Severity
from dealport.reading.columns.column_problems import quoted_short
from dealport.reading.columns.field_names import NO_KIND, OWN_OUTPUT, kind_of_word
from dealport.reading.columns.synonyms import side_of_word
from dealport.reading.rows.cells import fields_of_row, with_country
from dealport.reading.rows.notes import is_note
from dealport.reading.rows.people import TakenRow, merge_people
from dealport.reading.rows.plain_rows import plain_indices, plain_kinds
from dealport.reading.rows.row_blocks import BlockFields, block_in_country, read_block
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables.accounts import CellTexts, Refused, TableAccount
from dealport.reading.tables.cell_columns import ColumnRows, make_records
from dealport.reading.tables.contents import RawTable, SortedRows, problem_at
from dealport.reading.tables.values import fault_of

_NO_SIDE = (NO_KIND[0], "say so with --as startup or --as investor, or in a column kind")
_NO_NAME = ("no name", 'write it as name = "Lumen Diagnostics"')
_OTHER_TABLE = ("in a table of profiles", "put such rows into a table of their own, as deals.csv or requests.csv")
# Rows that list what a table can't use, and say how often: none of them is a fault of the user's.
_NO_INVESTOR = "names no investor"
_HEADER_AGAIN = "the header row again"
_NOTE = "a note below the table"
_ABOVE = "stands above the header row"


@dataclass(slots=True)
class RowAccount:
    """What has become of the rows of one table so far."""

    layout: Layout
    cells: Mapping[int, tuple[str, ...]]
    taken: list[TakenRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    untold: list[Problem] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def refuse(self, line: int, reason: str, *, is_mendable: bool = True) -> Origin:
        """Note that a row is not taken; its origin."""
        origin = self.layout.origin(line)
        self.refused.append(Refused(self.cells.get(line, ()), reason, origin, 0, is_mendable))
        return origin

    def fault(self, line: int, name: str, message: str, cure: str = "", severity: Severity = "fault") -> None:
        """Refuse a row for a reason of its own."""
        self.problems.append(problem_at(self.refuse(line, message), name, message, cure, severity))

    def count(self, line: int, name: str, message: str, *, is_mendable: bool = False) -> None:
        """Refuse a row for a reason that many share: one warning in all."""
        self.refuse(line, message, is_mendable=is_mendable)
        self.counted[name, message] += 1
        self.first_lines.setdefault((name, message), line)

    def warnings(self) -> list[Problem]:
        """One for each reason that many rows share."""
        return [
            problem_at(
                self.layout.origin(self.first_lines[name, message]),
                name,
                f"{message}: left out" if count == 1 else f"{message}: {count:,} rows left out, this is the first",
                severity="warning",
            )
            for (name, message), count in self.counted.items()
        ]


def take_table(raw: RawTable, layout: Layout) -> SortedRows:
    """The rows of a table whose header is found and whose columns are mapped."""
    rows, above = layout.rows(raw), layout.rows_above(raw)
    account = RowAccount(layout, CellTexts((above, rows), len(layout.headers)))
    for line, _ in above:
        account.count(line, "", _ABOVE, is_mendable=True)
    if isinstance(rows, ColumnRows):
        _take_columns(account, rows, ragged=raw.ragged, typed=raw.typed)
    else:
        for line, cells in rows:
            _take_row(account, line, cells, ragged=raw.ragged, typed=raw.typed)
    for line, message, cure in raw.broken:
        account.fault(line, "", message, cure)
    n_read = len(account.taken)
    if layout.format.people:
        account.taken, conflicts = merge_people(account.taken, layout)
        account.problems += conflicts
    return _sorted(account, n_read - len(account.taken))


def refuse_table(raw: RawTable, layout: Layout, reason: str) -> SortedRows:
    """The account of a table of which no row can be taken; its one problem is the caller's."""
    account = RowAccount(layout, CellTexts((layout.rows(raw),), len(layout.headers)))
    for line, _ in layout.rows(raw):
        account.refuse(line, reason)
    for line, message, _ in raw.broken:
        account.refuse(line, message)
    return _sorted(account, 0)


def leave_out_own_output(layout: Layout) -> SortedRows:
    """Nothing of a shortlist that Dealport wrote, but a warning."""
    return SortedRows(problems=(problem_at(layout.origin(0), "", *OWN_OUTPUT, "warning"),))


def _take_columns(account: RowAccount, rows: ColumnRows, *, ragged: bool, typed: bool) -> None:
    """Take rows as columns; each that may be other than a plain profile or deal is looked at by itself."""
    kinds = plain_kinds(rows, account.layout, ragged=ragged)
    fields: list[BlockFields | None] = [None] * len(rows)
    for kind in sorted(set(kinds) - {""}):
        picked = [row for row, one in enumerate(kinds) if one == kind]
        block = read_block(rows if len(picked) == len(rows) else rows.picked(picked), account.layout.steps[kind], kind)
        taken = plain_indices(block, kind, len(picked), typed=typed)
        block = block_in_country(block, account.layout.country, kind)
        for index in taken:
            fields[picked[index]] = BlockFields(block, index)
    for row, (line, one) in enumerate(zip(rows.lines, fields, strict=True)):
        if one is None:
            _take_row(account, line, rows[row][1], ragged=ragged, typed=typed)
        else:
            account.taken.append(TakenRow(kinds[row], one, line))


def _take_row(account: RowAccount, line: int, cells: Sequence[Any], *, ragged: bool, typed: bool) -> None:
    layout = account.layout
    if ragged and len(cells) > len(layout.headers) and (last := _last_filled(cells)) >= len(layout.headers):
        message = f"the row has {last + 1} cells, the header only {len(layout.headers)}"
        account.fault(line, "", message, 'put a cell with the delimiter in it in "quotes"')
        return
    if is_note(cells, n_columns=len(layout.headers)):
        account.count(line, "", _NOTE)
        return
    if layout.is_header_again(cells):
        account.count(line, "", _HEADER_AGAIN)
        return
    kind = layout.kind or _own_kind(account, line, cells)
    if not kind:
        return
    fields = fields_of_row(cells, layout.steps[kind], kind)
    if typed and (faults := [(name, reason) for name, value in fields.items() if (reason := fault_of(value))]):
        account.fault(line, *faults[0], "write a plain value")
    elif not fields:
        account.count(line, "", "nothing stands in the columns that are read", is_mendable=True)
    elif kind in {"startup", "investor"} and "name" not in fields:
        account.fault(line, "name", *_NO_NAME)
    elif kind == "deal" and layout.is_foreign and "investor" not in fields and "investor_id" not in fields:
        account.count(line, "investor", _NO_INVESTOR)
    else:
        account.taken.append(TakenRow(kind, with_country(fields, layout.country, kind), line))


def _own_kind(account: RowAccount, line: int, cells: Sequence[Any]) -> str:
    """The side that a row tells, else what its table hints at; "" for a row that is refused for it."""
    layout = account.layout
    word = layout.kind_cell(cells)
    if word.strip():
        kind = kind_of_word(word) or side_of_word(word)
        if kind == "neither":
            account.count(line, "kind", f"{quoted_short(word)} is neither startup nor investor")
            return ""
        if kind in layout.steps:
            return kind
        if kind or layout.is_kind_strict:
            told = _OTHER_TABLE if kind else ("is no kind", 'write "startup" or "investor"')
            account.fault(line, "kind", f"{quoted_short(word)} {told[0]}", told[1])
            return ""
    kind = layout.hint or layout.side_of_cells(cells)
    if kind:
        return kind
    by_type = side_of_word(layout.type_cell(cells))
    if by_type in {"startup", "investor"}:
        return by_type
    message, cure = _NO_SIDE if layout.is_foreign else NO_KIND
    account.untold.append(problem_at(account.refuse(line, message), "kind", message, cure))
    return ""


def _sorted(account: RowAccount, n_merged: int) -> SortedRows:
    layout = account.layout
    rows: list[Row] = []
    kinds: dict[str, list[Row]] = {"startup": rows, "investor": rows, "deal": [], "request": [], "event": []}
    for one, row in zip(account.taken, _rows_of(account.taken, layout), strict=True):
        kinds[one.kind].append(row)
    n_rows = len(account.taken) + n_merged + len(account.refused)
    if n_rows and len(account.untold) == n_rows:
        first = account.untold[0]
        account.untold = [problem_at(layout.origin(0), "kind", first.message, first.cure)]
    table = TableAccount(
        path=layout.path,
        sheet=layout.sheet,
        format=layout.format.name,
        kind=layout.kind or layout.hint,
        header_line=layout.header_line,
        columns=layout.uses(),
        headers=layout.headers,
        n_rows=n_rows,
        n_taken=len(account.taken),
        n_merged=n_merged,
        cells=account.cells,
        above=layout.above,
        told_side=layout.told_side,
    )
    problems = (*layout.problems, *account.warnings(), *account.problems, *account.untold)
    deals, requests, events = (tuple(kinds[kind]) for kind in ("deal", "request", "event"))
    refused = tuple(sorted(account.refused, key=lambda one: one.origin.line))
    return SortedRows(tuple(rows), deals, requests, events, problems, len(refused), (table,), refused)


def _rows_of(taken: Sequence[TakenRow], layout: Layout) -> list[Row]:
    n = len(taken)
    origin = layout.origin(0)
    place: dict[str, Iterable[object]] = {"line": (one.line for one in taken)}
    place |= {"path": repeat(origin.path), "sheet": repeat(origin.sheet), "columns": repeat(origin.columns)}
    origins = make_records(Origin, n, place)
    sides = (one.kind if one.kind in {"startup", "investor"} else "" for one in taken)
    return make_records(
        Row, n, {"kind": sides, "stem": repeat(""), "fields": (one.fields for one in taken), "origin": origins}
    )


def _last_filled(cells: Sequence[Any]) -> int:
    return max((i for i, cell in enumerate(cells) if cell and not str(cell).isspace()), default=-1)
