"""One table from raw rows to profiles or deals, with the account of each row: taken, merged or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from msgspec import Struct, field

from dealport.model import Origin, Problem, Row
from dealport.reading.columns.field_names import OWN_OUTPUT
from dealport.reading.rows.people import TakenRow, merge_people
from dealport.reading.rows.refusals import Refusal, kinds_of, refused_as_fields, refused_as_rows
from dealport.reading.rows.row_blocks import BlockFields, block_in_country, read_block
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables.accounts import CellTexts, Refused, TableAccount
from dealport.reading.tables.cell_columns import ColumnRows, as_columns, make_records
from dealport.reading.tables.contents import RawTable, SortedRows, problem_at

_ABOVE = Refusal("", "stands above the header row", way="shared")


class RowAccount(Struct):
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

    def turn_away(self, line: int, why: Refusal) -> None:
        """Refuse a row: with a fault of its own, or as one of those that share a warning."""
        origin = self.refuse(line, why.message, is_mendable=why.is_mendable)
        if why.way == "shared":
            self.counted[why.name, why.message] += 1
            self.first_lines.setdefault((why.name, why.message), line)
        else:
            found = self.untold if why.way == "untold" else self.problems
            found.append(problem_at(origin, why.name, why.message, why.cure))

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
        account.turn_away(line, _ABOVE)
    _take_rows(account, as_columns(rows).widened(len(layout.headers)), ragged=raw.ragged, typed=raw.typed)
    for line, message, cure in raw.broken:
        account.turn_away(line, Refusal("", message, cure))
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


def _take_rows(account: RowAccount, rows: ColumnRows, *, ragged: bool, typed: bool) -> None:
    """Take the rows that are profiles or deals, turn away the others; `rows` are as wide as the header."""
    layout = account.layout
    refused = refused_as_rows(rows, layout, ragged=ragged)
    kinds: dict[str, list[int]] = {}
    for row, kind in enumerate(kinds_of(rows, layout, refused)):
        if isinstance(kind, Refusal):
            refused.setdefault(row, kind)
        elif row not in refused:
            kinds.setdefault(kind, []).append(row)
    taken: dict[int, TakenRow] = {}
    for kind, picked in kinds.items():
        block = read_block(rows if len(picked) == len(rows) else rows.picked(picked), layout.steps[kind], kind)
        turned_away = refused_as_fields(block, kind, layout, typed=typed)
        refused |= {picked[index]: why for index, why in turned_away.items()}
        block = block_in_country(block, layout.country, kind)
        for index, row in enumerate(picked):
            if index not in turned_away:
                taken[row] = TakenRow(kind, BlockFields(block, index), rows.lines[row])
    account.taken = list(taken.values()) if len(kinds) < 2 else [taken[row] for row in sorted(taken)]
    for row in sorted(refused):
        account.turn_away(rows.lines[row], refused[row])


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
