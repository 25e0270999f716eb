"""Backtests for programs: the report as JSON, and every query's list as rows. A change of shape raises VERSION."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealport.model import UsageError
from dealport.writing.flat_tables import DECIMALS, Table, TableColumn
from dealport.writing.safety import safe_line
from dealport.writing.whole_files import check_free, write_whole

if TYPE_CHECKING:
    from dealport.backtest.intervals import Interval
    from dealport.backtest.playing import RankedRow
    from dealport.backtest.report import Figures, Report, Slice

VERSION = 1
SUFFIXES = (".csv", ".parquet")
COLUMNS = (
    TableColumn("startup_id"),
    TableColumn("rank", "whole"),
    TableColumn("investor_id"),
    TableColumn("score", "points"),
    TableColumn("hit", "whole"),
    TableColumn("as_of"),
)

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """What ``backtest --json`` prints.

    ``{"version": 1, "since", "until", "refresh", "without": [], "as_of": [], "n_queries", "n_pairs", "n_candidates",
    "share_unanswerable", "slices": [{"name", "n_queries", "n_pairs", "rankers": {ranker: {metric: {"mean", "low",
    "high"}}}, "differences": {ranker: the same}}], "hit_curves": {ranker: [share for k = 1, 2 ...]}}``. A difference is
    the first ranker's figure minus this one's.
    """
    run = report.run
    return {
        "version": VERSION,
        "since": run.since.isoformat(),
        "until": run.until.isoformat(),
        "refresh": run.refresh,
        "without": [safe_line(name) for name in run.without],
        "as_of": [day.isoformat() for day in run.as_of],
        "n_queries": report.n_queries,
        "n_pairs": report.n_pairs,
        "n_candidates": report.n_candidates,
        "share_unanswerable": round(run.share_unanswerable, DECIMALS),
        "slices": [_slice_json(one) for one in report.slices],
        "hit_curves": {
            ranker: [round(share, DECIMALS) for share in curve] for ranker, curve in report.hit_curves.items()
        },
    }


def check_rankings_out(path: Path, *, force: bool = False) -> None:
    """Raise UsageError for a suffix that is none of ours, RequestError for a file that exists: before the long work."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: can't tell the format from its name; end it in one of {' '.join(SUFFIXES)}")
    check_free(path, force=force)


def write_rankings(rows: Iterable[RankedRow], path: Path, *, force: bool = False) -> None:
    """Write every query's list in the format of the path's suffix; raises as `check_rankings_out` and `write_whole`."""
    from dealport.writing.csv_files import csv_bytes
    from dealport.writing.parquet import parquet_bytes

    check_rankings_out(path, force=force)
    table = Table(
        COLUMNS,
        [
            (safe_line(startup), rank, safe_line(investor), round(score, DECIMALS), hit, as_of)
            for startup, rank, investor, score, hit, as_of in rows
        ],
    )
    content = csv_bytes(table) if path.suffix.lower() == ".csv" else parquet_bytes(table)
    with write_whole(path, force=force) as stream:
        stream.write(content)


def _slice_json(one: Slice) -> Json:
    """A part of the queries."""
    return {
        "name": safe_line(one.name),
        "n_queries": one.n_queries,
        "n_pairs": one.n_pairs,
        "rankers": _rankers_json(one.figures),
        "differences": _rankers_json(one.differences),
    }


def _rankers_json(figures: Mapping[str, Figures]) -> Json:
    return {
        ranker: {metric: _interval_json(interval) for metric, interval in own.items()}
        for ranker, own in figures.items()
    }


def _interval_json(interval: Interval) -> Json:
    return {
        "mean": round(interval.mean, DECIMALS),
        "low": round(interval.low, DECIMALS),
        "high": round(interval.high, DECIMALS),
    }
