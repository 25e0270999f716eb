from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from dealport.backtest.metrics import METRICS
from dealport.backtest.playing import RankedRow
from dealport.backtest.tuning import Fitted, Tuning
from dealport.model import RequestError, UsageError
from dealport.writing.backtests.backtests import check_rankings_out, report_json, write_rankings
from dealport.writing.backtests.weights_file import weights_text
from tests.backtest.reports import RUN, small_report

ROWS: list[RankedRow] = [
    ("ant", 1, "harbor", 87.123456, 1, "2012-01-01"),
    ("=bee", 2, "\x1b[31mjetty", 0.5, 0, "2012-01-01"),
]


def test_the_json_tells_what_was_asked_and_how_much_there_was() -> None:
    told = report_json(small_report())

    assert {name: told[name] for name in list(told)[:10]} == {
        "version": 1,
        "since": "2012-01-01",
        "until": "2013-12-31",
        "refresh": "",
        "without": ["Start-Up Chile", "Wayra"],
        "as_of": ["2012-01-01"],
        "n_queries": 3,
        "n_pairs": 6,
        "n_candidates": 500,
        "share_unanswerable": 0.16,
    }
    assert list(told)[10:] == ["slices", "hit_curves"]


def test_the_json_holds_every_figure_with_five_decimals() -> None:
    told = json.loads(json.dumps(report_json(small_report()), allow_nan=False))

    everything = told["slices"][0]
    assert (everything["name"], everything["n_queries"], everything["n_pairs"]) == ("all", 3, 6)
    assert list(everything["rankers"]) == ["Dealport", "popularity"]
    assert tuple(everything["rankers"]["Dealport"]) == METRICS
    assert everything["rankers"]["Dealport"]["mrr"]["mean"] == 0.61111
    assert everything["differences"]["popularity"]["mrr"]["mean"] == 0.06944
    assert [len(curve) for curve in told["hit_curves"].values()] == [100, 100]


def test_names_in_the_json_are_plain() -> None:
    told = report_json(small_report(replace(RUN, without=("Way\x1b[31mra",))))

    assert told["without"] == ["Wayra"]
    assert told["slices"][-1]["name"] == "without Wayra"


def test_rankings_as_csv_have_five_decimals_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"

    write_rankings(iter(ROWS), path)

    assert path.read_text(encoding="utf-8").splitlines() == [
        "startup_id,rank,investor_id,score,hit,as_of",
        "ant,1,harbor,87.12346,1,2012-01-01",
        "'=bee,2,jetty,0.50000,0,2012-01-01",
    ]


def test_rankings_as_parquet_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "rankings.parquet"

    write_rankings(ROWS, path)

    table = pl.read_parquet(path)
    assert table.rows() == [
        ("ant", 1, "harbor", 87.12346, 1, "2012-01-01"),
        ("=bee", 2, "jetty", 0.5, 0, "2012-01-01"),
    ]
    assert table.schema["rank"] == pl.Int64


def test_another_suffix_or_an_existing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match=r"end it in one of \.csv \.parquet"):
        check_rankings_out(tmp_path / "rankings.xlsx")
    with pytest.raises(RequestError, match="--force"):
        write_rankings(ROWS, path)
    assert path.read_text(encoding="utf-8") == "mine"

    write_rankings(ROWS, path, force=True)
    assert path.read_text(encoding="utf-8").startswith("startup_id,")


def test_a_file_of_weights_says_how_sure_each_is_and_which_are_held() -> None:
    fitted = (Fitted("sectors", 1.25, 0.5, (0.4,), 0.0312), Fitted("stage", 0.0, math.nan, (math.nan,), 0.0))

    text = weights_text(Tuning(fitted, 1200, 30, -1.0, -2.0), {"sectors": 40.0, "stage": 0.0}, date(2024, 1, 2))

    assert text.splitlines() == [
        "# Fitted on 1,200 choices of investors abroad before 2024-01-02: each weight, its standard error",
        "# in the units of the logit, and by how many nats a choice is less likely without it.",
        "# The shipped weights counted as 30 choices more.",
        "[weights]",
        "sectors = 40.000  # 1.25 +- 0.50, 0.0312",
        "stage = 0.000  # held at 0",
    ]
