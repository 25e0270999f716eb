from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import polars
import pytest

from dealport.reading.paths import Reading

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def parquet(columns: dict[str, list[object]], **schema: polars.DataType) -> bytes:
    data = io.BytesIO()
    polars.DataFrame(columns, schema_overrides=schema).write_parquet(data)
    return data.getvalue()


def test_columns_keep_their_types_and_lists_may_be_texts(market: Write, read: Read) -> None:
    market(
        "startups.parquet",
        parquet(
            {
                "Name": ["Lumen", "Solis"],
                "sectors": [["AI", "x;y"], None],
                "markets": ["CN; JP", " "],
                "as_of": [date(2026, 1, 7), None],
                "raising": [Decimal("2.5"), None],
                "lead": [True, False],
                "opens": [time(9, 30), None],
            }
        ),
    )

    rows = read().rows

    assert [row.fields for row in rows] == [
        {
            "name": "Lumen",
            "sectors": ["AI", "x;y"],
            "markets": ["CN", "JP"],
            "as_of": date(2026, 1, 7),
            "raising": 2.5,
            "lead": True,
            "opens": "09:30:00",
        },
        {"name": "Solis", "lead": False},
    ]
    assert [row.origin.line for row in rows] == [1, 2]


def test_values_no_profile_can_hold_are_faults(market: Write, read: Read) -> None:
    market(
        "startups.parquet",
        parquet({"name": ["A", "B", "C"], "raising": [1.0, float("nan"), None], "x": [None, None, b"y"]}),
    )

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["A"]
    assert [(problem.place, problem.field) for problem in reading.problems] == [
        ("market/startups.parquet:2", "raising"),
        ("market/startups.parquet:3", "x"),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"PAR1PAR1", b"PAR1" + b"x" * 100 + b"PAR1", parquet({"name": ["A"]})[:-9]]
)
def test_what_is_no_parquet_is_a_fault(market: Write, read: Read, data: bytes) -> None:
    market("startups.parquet", data)

    (problem,) = read().problems

    assert "is no Parquet file" in problem.message


def test_a_file_that_ends_the_native_reader_is_a_fault(
    market: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealport.reading.formats.parquet_tables._TRIAL", "import os; os.abort()")
    market("startups.parquet", parquet({"name": ["A"]}))

    (problem,) = read().problems

    assert "is no Parquet file that can be read" in problem.message


def test_more_cells_than_the_limit_are_refused(market: Write, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dealport.reading.formats.parquet_tables.CELLS_MAX", 3)
    market("startups.parquet", parquet({"name": ["A", "B"], "country": ["KR", "KR"]}))

    assert "holds more than 3 cells" in read().problems[0].message


def test_an_empty_parquet_holds_nothing(market: Write, read: Read) -> None:
    market("startups.parquet", parquet({"name": [], "sectors": []}, name=polars.String()))

    assert (read().rows, read().problems) == ((), ())
