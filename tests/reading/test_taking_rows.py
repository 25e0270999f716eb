"""Rows that are taken in columns give what each gives by itself: fields, refusals with their reasons, problems."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.model import Kind
from dealport.reading.paths import read_paths
from dealport.reading.rows import sorting
from dealport.reading.rows.row_account import take_table
from dealport.reading.rows.table_layouts import Layout
from dealport.reading.tables import cell_columns
from dealport.reading.tables.contents import RawTable, SortedRows
from tests.reading.row_by_row import take_slowly

HEADERS = (
    "name", "kind", "country", "sectors", "city", "raising", "Ticket min", "Ticket max", "Currency", "stage",
    "Investor",
    "Company name", "Industry", "Location", "Description", "Contact Name", "Deal Date", "startup", "date", "qwert", "",
)  # fmt: skip
TEXTS = (
    "", " ", "-", "Lumen", "루멘", "name", "startup", "Investor", "press", "who?", "deal", "KR", "Seoul", "AI; 로봇",
    "100000", "5", "EUR", "Seed", "Total", "Source: us", "https://lumen.example", "VC", "a, b",
)  # fmt: skip
TABLES = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=7).flatmap(
    lambda header: st.lists(
        st.one_of(st.just(header), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=9)), max_size=14
    ).map(lambda rows: [header, *rows])
)


def taken_tables(path: Path, side: Kind | None) -> list[tuple[RawTable, Layout, SortedRows]]:
    """Each table of a file whose rows are taken, and what came of them."""
    found: list[tuple[RawTable, Layout, SortedRows]] = []

    def take(raw: RawTable, layout: Layout) -> SortedRows:
        found.append((raw, layout, take_table(raw, layout)))
        return found[-1][2]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "take_table", take)
        read_paths([path], side=side)
    return found


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


@pytest.mark.parametrize("many", [1, 500])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, side=st.sampled_from([None, "startup", "investor"]), name=st.sampled_from(["table", "deals"]))
def test_rows_taken_in_columns_are_those_taken_one_by_one(
    tmp_path: Path, rows: list[list[str]], side: Kind | None, name: str, many: int
) -> None:
    path = tmp_path / f"{name}.csv"
    write_csv(path, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cell_columns, "MANY_ROWS", many)
        found = taken_tables(path, side)

    for raw, layout, taken in found:
        slow = take_slowly(raw, layout)
        fast = [*taken.rows, *taken.deals, *taken.requests, *taken.events]
        assert sorted((row.origin.line, dict(row.fields)) for row in fast) == [
            (row.line, dict(row.fields)) for row in sorted(slow.taken, key=lambda row: row.line)
        ]
        assert [row.kind for row in taken.rows] == [
            row.kind for row in slow.taken if row.kind in {"startup", "investor"}
        ]
        assert [(one.origin.line, one.reason, one.is_mendable) for one in taken.refused] == sorted(
            slow.refused, key=lambda one: one[0]
        )
        others = taken.problems[len(layout.problems) + len(slow.shared) :]
        whole = len(slow.untold) == taken.tables[0].n_rows  # said once, of the whole table
        assert others == (*slow.problems, *(slow.untold if not whole else others[len(slow.problems) :]))
        warnings = taken.problems[len(layout.problems) :][: len(slow.shared)]
        assert [one.field for one in warnings] == [name for name, _ in slow.shared]
        assert all(
            problem.message.startswith(message) for problem, (_, message) in zip(warnings, slow.shared, strict=True)
        )
