"""Rows in memory -> a market, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

import pytest

from dealport.market.market_building import build_market
from dealport.market.markets import Market
from dealport.model import Origin, Problem, Row
from dealport.reading.paths import Reading
from tests.words.conftest import run_cases

__all__ = ["run_cases"]

MakeRow = Callable[..., Row]


class Build(Protocol):
    def __call__(
        self,
        *rows: Row,
        deals: Sequence[Row] = (),
        problems: Sequence[Problem] = (),
        files: Sequence[str] = ("market.toml",),
        as_of: date | None = None,
    ) -> Market: ...


@pytest.fixture
def startup() -> MakeRow:
    """A row of a startup called Lumen in Korea; arguments are fields, `line` and `path` say where it stands."""
    return _row_maker("startup", "Lumen", "KR")


@pytest.fixture
def investor() -> MakeRow:
    """A row of an investor called Harbor in China."""
    return _row_maker("investor", "Harbor", "CN")


@pytest.fixture
def deal() -> MakeRow:
    """A row of a deal of Lumen with Harbor."""

    def make(line: int = 1, path: str = "deals.csv", **fields: object) -> Row:
        filled = {"date": "2025-06-30", "startup": "Lumen", "investor": "Harbor", **fields}
        return Row("", "", filled, Origin(path, line))

    return make


@pytest.fixture
def build() -> Build:
    """`build_market` over rows."""

    def build(
        *rows: Row,
        deals: Sequence[Row] = (),
        problems: Sequence[Problem] = (),
        files: Sequence[str] = ("market.toml",),
        as_of: date | None = None,
    ) -> Market:
        reading = Reading(rows=rows, deals=tuple(deals), problems=tuple(problems), files=tuple(files))
        return build_market(reading, as_of=as_of)

    return build


def _row_maker(kind: str, name: str, country: str) -> MakeRow:
    def make(line: int = 1, path: str = "market.toml", stem: str = "", kind: str = kind, **fields: object) -> Row:
        return Row(kind, stem, {"name": name, "country": country, **fields}, Origin(path, line))

    return make
