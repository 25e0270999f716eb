"""Rows typed and understood in columns give what each gives by itself, with every problem at its own place."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.market.meaning.market_words import MarketWords
from dealport.market.meaning.understood_rows import understand_rows
from dealport.market.problems import Problems, faults_in_a_line
from dealport.market.profile_fields import InvestorFields, StartupFields
from dealport.market.validating import MODELS, type_rows
from dealport.model import Investor, Kind, Origin, Row, Startup
from dealport.words.sectors.graph import load_graph
from tests.market.row_by_row import read_slowly
from tests.market.test_columns_and_rows import CELLS

# What no cell of a table holds, but TOML, JSON and Parquet do.
ODD: tuple[Any, ...] = (
    None,
    5,
    5.5,
    True,
    False,
    float("nan"),
    date(2025, 1, 7),
    ["AI", 3],
    ["AI", "로봇"],
    ["qwert", ""],
    {"a": 1},
    [[]],
)
NAMES = sorted({*StartupFields.declared, *InvestorFields.declared} - {"contact", "email"})


@cache
def market_words() -> MarketWords:
    return MarketWords(load_graph(), date(2026, 1, 7))


@st.composite
def some_rows(draw: st.DrawFn) -> tuple[Kind, list[Row]]:
    """Rows of one side; a few values, so that several rows share them."""
    kind: Kind = draw(st.sampled_from(["startup", "investor"]))
    names = [name for name in NAMES if name in MODELS[kind].declared]
    rows = []
    for line in range(draw(st.integers(1, 6))):
        fields: dict[str, Any] = {"name": draw(st.sampled_from(["Lumen", "Harbor", "\u115f", 3]))}
        for name in draw(st.lists(st.sampled_from(names), max_size=8)):
            fields[name] = draw(st.sampled_from([*CELLS.get(name, ["", "a"]), *ODD]))
        stem = draw(st.sampled_from(["", "lumen"]))
        lines = {"sectors": 100 + line} if draw(st.booleans()) else {}
        rows.append(Row(kind, stem, fields, Origin("a.toml", line + 1, lines=lines)))
    return kind, rows


@settings(max_examples=300, deadline=None)
@given(sides=some_rows())
def test_rows_in_columns_give_what_each_gives_by_itself(sides: tuple[Kind, list[Row]]) -> None:
    kind, rows = sides
    record = cast("type[Startup]", Startup if kind == "startup" else Investor)
    slow = [read_slowly(row, MODELS[kind], market_words()) for row in rows]
    problems = Problems()

    typed, refused = type_rows(rows, MODELS[kind], problems)
    understood = list(understand_rows(record, typed, market_words()))

    untyped = [(row, one) for row, one in zip(rows, slow, strict=True) if one.fields is None]
    assert [one.fields for one in typed] == [one.fields for one in slow if one.fields is not None]
    assert refused == [(row, faults_in_a_line(one.problems)) for row, one in untyped]
    assert problems.since(0) == tuple(problem for _, one in untyped for problem in one.problems)
    assert [profile if profile.name else None for profile, _ in understood] == [
        one.profile for one in slow if one.fields is not None
    ]
    assert [doubts for _, doubts in understood] == [one.problems for one in slow if one.fields is not None]
