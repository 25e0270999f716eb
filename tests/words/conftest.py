"""Labelled cases: tables in tests/cases, each with its last run committed beside it.

A run file holds what the words mean today, case by case, so that a change shows as a diff of words. Running the tests
with DEALPORT_REWRITE_CASES=1 writes it anew.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"

Judge = Callable[[dict[str, str]], tuple[str, str]]
"""A case to what it is labelled as and what it means today."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a table.

    Attributes:
        rows: The cases.
        expected: What each is labelled as.
        found: What each means today.
        wrong: Cases where the two differ, to be shown.
    """

    rows: Sequence[dict[str, str]]
    expected: Sequence[str]
    found: Sequence[str]

    @property
    def wrong(self) -> list[str]:
        triples = zip(self.rows, self.expected, self.found, strict=True)
        return [f"{list(row.values())}: {wanted!r}, not {got!r}" for row, wanted, got in triples if wanted != got]


@pytest.fixture
def run_cases() -> Callable[[str, Judge], Run]:
    """Runs a table by name, and holds it against the last run."""

    def run(name: str, judge: Judge) -> Run:
        with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        judged = [judge(row) for row in rows]
        made = Run(rows, [wanted for wanted, _ in judged], [got for _, got in judged])
        _hold_against_last_run(name, made)
        return made

    return run


def _hold_against_last_run(name: str, made: Run) -> None:
    path = CASES / f"{name}.run.csv"
    lines = [["right", "meaning", *made.rows[0]]]
    for row, wanted, got in zip(made.rows, made.expected, made.found, strict=True):
        lines.append(["yes" if wanted == got else "NO", got, *row.values()])
    if os.environ.get("DEALPORT_REWRITE_CASES") == "1":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
    with path.open(encoding="utf-8", newline="") as file:
        last = list(csv.reader(file))
    assert [line for line in lines if line not in last] == [], "rerun with DEALPORT_REWRITE_CASES=1 and read the diff"
    assert len(lines) == len(last)
