"""One command for all figures of speed and memory: runs the benches of scoring, writes the table that the README shows.

python -m tests.bench.table [--date 2026-11-25] [--runs 5] [--out FILE] [QUESTION ...]
A question is the name of a file here without "test_"; all of them when left out. What the peers need:
pip install '.[bench]'.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.timing import Figure

HERE = Path(__file__).parent
QUESTIONS = (
    "scoring_against_sparse_products",
    "scoring_against_textbook",
    "scoring_against_sql",
    "scoring_growth",
    "scoring_memory",
    "whole_commands",
    "no_differences",
)
PACKAGES = ("numpy", "sparse-dot-topn", "scipy", "scikit-learn", "duckdb", "polars")
# Those of the suite measure coverage and run on both cores.
PYTEST = ("-m", "pytest", "-o", "addopts=", "--import-mode=importlib", "-p", "no:xdist", "-q")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the questions and write the table; pytest's exit code."""
    asked = _asked(arguments)
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        files = [str(HERE / f"test_{one}.py") for one in asked.questions or QUESTIONS]
        environment = os.environ | {"DEALPORT_BENCH_RUNS": str(asked.runs)}
        command = [sys.executable, *PYTEST, f"--benchmark-json={told}", *files]
        code = subprocess.run(command, check=False, cwd=HERE.parents[1], env=environment, stdout=sys.stderr).returncode
        if not told.exists():  # nothing was timed; pytest said why
            return code
        table = table_of(json.loads(told.read_bytes()), date=asked.date, runs=asked.runs)
    if asked.out:
        asked.out.write_text(table, encoding="utf-8")
    print(table)  # noqa: T201 - its job
    return code


def table_of(told: Mapping[str, Any], *, date: str, runs: int) -> str:
    """Markdown from what pytest-benchmark wrote: a line of where and when, then a row a figure."""
    cpu, python = told["machine_info"]["cpu"], told["machine_info"]["python_version"]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        f"{date}, {cpu['brand_raw']}, {cpu['count']} cores; Python {python}, {packages}.",
        f"Medians of {runs} rounds, in each of which ours and theirs took turns.",
        "",
        "| what | against | ours | theirs | figure | must be at most | aim |",
        "|---|---|---|---|---|---|---|",
    ]
    figures = (Figure(**figure) for one in told["benchmarks"] for figure in one["extra_info"].get("figures", ()))
    return "\n".join([*lines, *map(_row, figures)]) + "\n"


def _row(figure: Figure) -> str:
    value = f"{_number(figure.value)} {figure.unit}"
    limits = ("" if one is None else f"{one:g}" for one in (figure.must_be, figure.aim))
    cells = (figure.what, figure.against, figure.ours, figure.theirs, value if figure.kept else f"**{value}**", *limits)
    return "| " + " | ".join(cells) + " |"


def _number(value: float) -> str:
    """Two digits behind the point that count."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", choices=[*QUESTIONS, []], metavar="QUESTION")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="day to write; else today")
    parser.add_argument("--runs", type=int, default=5, help="rounds a question")
    parser.add_argument("--out", type=Path, help="file for the table, beside stdout")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
