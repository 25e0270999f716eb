"""The slow twin of taking a table's rows: a row at a time, as `reading` did before it took columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dealport.model import Problem
from dealport.reading.columns.column_problems import quoted_short
from dealport.reading.columns.field_names import NO_KIND, kind_of_word
from dealport.reading.columns.synonyms import side_of_word
from dealport.reading.rows.cells import fields_of_row, with_country
from dealport.reading.rows.notes import is_note
from dealport.reading.rows.people import TakenRow, merge_people
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables.contents import RawTable, problem_at
from dealport.reading.tables.values import fault_of


@dataclass
class SlowAccount:
    """What became of the rows: those taken, those refused by line with the reason and whether it can be mended."""

    layout: Layout
    taken: list[TakenRow] = field(default_factory=list)
    refused: list[tuple[int, str, bool]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    untold: list[Problem] = field(default_factory=list)
    shared: Counter[tuple[str, str]] = field(default_factory=Counter)

    def fault(self, line: int, name: str, message: str, cure: str = "") -> None:
        self.refused.append((line, message, True))
        self.problems.append(problem_at(self.layout.origin(line), name, message, cure))

    def count(self, line: int, name: str, message: str, *, is_mendable: bool = False) -> None:
        self.refused.append((line, message, is_mendable))
        self.shared[name, message] += 1


def take_slowly(raw: RawTable, layout: Layout) -> SlowAccount:
    account = SlowAccount(layout)
    for line, _ in layout.rows_above(raw):
        account.count(line, "", "stands above the header row", is_mendable=True)
    for line, cells in layout.rows(raw):
        _take_row(account, line, cells, raw)
    for line, message, cure in raw.broken:
        account.fault(line, "", message, cure)
    if layout.format.people:
        account.taken, conflicts = merge_people(account.taken, layout)
        account.problems += conflicts
    return account


def _take_row(account: SlowAccount, line: int, cells: Sequence[Any], raw: RawTable) -> None:
    layout = account.layout
    last = max((i for i, cell in enumerate(cells) if cell and not str(cell).isspace()), default=-1)
    if raw.ragged and last >= len(layout.headers):
        message = f"the row has {last + 1} cells, the header only {len(layout.headers)}"
        account.fault(line, "", message, 'put a cell with the delimiter in it in "quotes"')
        return
    if is_note(cells, n_columns=len(layout.headers)):
        account.count(line, "", "a note below the table")
        return
    if layout.is_header_again(cells):
        account.count(line, "", "the header row again")
        return
    kind = layout.kind or _own_kind(account, line, cells)
    if not kind:
        return
    fields = fields_of_row(cells, layout.steps[kind], kind)
    faults = [(name, reason) for name, value in fields.items() if (reason := fault_of(value))] if raw.typed else []
    if faults:
        account.fault(line, *faults[0], "write a plain value")
    elif not fields:
        account.count(line, "", "nothing stands in the columns that are read", is_mendable=True)
    elif kind in {"startup", "investor"} and "name" not in fields:
        account.fault(line, "name", "no name", 'write it as name = "Lumen Diagnostics"')
    elif kind == "deal" and layout.is_foreign and not fields.keys() & {"investor", "investor_id"}:
        account.count(line, "investor", "names no investor")
    else:
        account.taken.append(TakenRow(kind, with_country(fields, layout.country, kind), line))


def _own_kind(account: SlowAccount, line: int, cells: Sequence[Any]) -> str:
    layout = account.layout
    place = layout.kind_at[0]
    word = str(cells[place] or "") if 0 <= place < len(cells) else ""
    if word.strip():
        kind = kind_of_word(word) or side_of_word(word)
        if kind == "neither":
            account.count(line, "kind", f"{quoted_short(word)} is neither startup nor investor")
            return ""
        if kind in layout.steps:
            return kind
        if kind or layout.is_kind_strict:
            other = ("in a table of profiles", "put such rows into a table of their own, as deals.csv or requests.csv")
            what, cure = other if kind else ("is no kind", 'write "startup" or "investor"')
            account.fault(line, "kind", f"{quoted_short(word)} {what}", cure)
            return ""
    kind = layout.hint or layout.side_of_cells(cells)
    by_type = "" if kind else side_of_word(layout.type_cell(cells))
    if kind or by_type in {"startup", "investor"}:
        return kind or by_type
    foreign = (NO_KIND[0], "say so with --as startup or --as investor, or in a column kind")
    message, cure = foreign if layout.is_foreign else NO_KIND
    account.refused.append((line, message, True))
    account.untold.append(problem_at(layout.origin(line), "kind", message, cure))
    return ""
