"""Rows held as columns are the rows that were put in, whatever is asked of them."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from dealport.reading.tables import cell_columns as columns
from dealport.reading.tables.cell_columns import (
    Column,
    ColumnRows,
    Line,
    cells_at,
    combine,
    encode,
    hold_rows,
    make_records,
    rows_with,
)

CELLS = st.lists(st.sampled_from(["AI", "", "로봇", None, "name"]), min_size=1, max_size=4).map(tuple)
ROWS = st.lists(CELLS, min_size=1, max_size=12).map(lambda rows: [(2 * i, cells) for i, cells in enumerate(rows, 1)])


def as_columns(rows: list[Line]) -> ColumnRows:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "MANY_ROWS", 1)
        held = hold_rows(rows)
    assert isinstance(held, ColumnRows)
    return held


@given(rows=ROWS, start=st.integers(-3, 12), stop=st.integers(-3, 12))
def test_rows_held_as_columns_are_read_and_cut_as_a_list_is(rows: list[Line], start: int, stop: int) -> None:
    held = as_columns(rows)

    assert list(held) == rows
    assert [held[index] for index in range(len(held))] == rows
    assert list(held[start:stop]) == rows[start:stop]


@given(rows=ROWS, index=st.integers(0, 4))
def test_one_column_and_the_rows_with_a_word_are_those_of_a_list(rows: list[Line], index: int) -> None:
    held = as_columns(rows)

    assert list(cells_at(held, index)) == list(cells_at(rows, index))
    assert list(rows_with(held, frozenset({"name"}))) == list(rows_with(rows, frozenset({"name"})))


def test_few_rows_are_held_as_a_list() -> None:
    held = hold_rows([(1, ("name",))])

    assert held == [(1, ("name",))]


@given(rows=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("cd"), st.just("e")), max_size=9))
def test_columns_are_combined_row_by_row(rows: list[tuple[str, str, str]]) -> None:
    parts = [
        encode([row[i] for row in rows]) if i < 2 else Column(["e"], array("i", [0] * len(rows))) for i in range(3)
    ]

    assert list(combine(parts)) == rows


def test_each_distinct_value_is_told_once() -> None:
    asked: list[str] = []

    def tell(word: str) -> str:
        asked.append(word)
        return word.lower()

    told = encode(["KR", "CN", "KR"]).each(tell)

    assert list(told) == ["kr", "cn", "kr"]
    assert sorted(asked) == ["CN", "KR"]


class Point(Struct, frozen=True):
    x: int
    y: int = 5


def test_records_made_by_columns_equal_those_made_one_by_one() -> None:
    made = make_records(Point, 2, {"x": [1, 2]})

    assert made == [Point(1), Point(2)]
