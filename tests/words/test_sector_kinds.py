"""The labelled words of tests/cases/sector_kinds.csv: kinds of 2025-26 as people type them, in five languages.

Written without looking at the word lists, before they were run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.sectors.graph import load_graph
from tests.words.conftest import Judge, Run

RESOLVER = SectorResolver(load_graph())
SCRIPTS = {"Latin": "[A-Za-z]{3}", "Hangul": "[\uac00-\ud7a3]", "Kana": "[\u3041-\u30fa]", "Han": "[\u4e00-\u9fff]"}


def judge(row: dict[str, str]) -> tuple[str, str]:
    return row["relation"], relation(row["word"], row["sector"])


def relation(word: str, sector: str) -> str:
    """How a word stands to a sector: same, narrower (a kind of it), other, or none when it is not understood."""
    found = RESOLVER.resolve(word).sectors
    ids = {one.sector for one in found}
    if not ids:
        return "none"
    if ids == {sector}:
        return "narrower" if any(one.how == "narrower" for one in found) else "same"
    return "narrower" if sector in RESOLVER.graph.closure(ids) else "other"


def test_kinds_are_told_from_their_parents(run_cases: Callable[[str, Judge], Run]) -> None:
    run = run_cases("sector_kinds", judge)

    assert len(run.rows) >= 300
    assert len(run.wrong) <= 0.05 * len(run.rows), run.wrong
    assert "other" not in run.found


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_has_its_cases(script: str, run_cases: Callable[[str, Judge], Run]) -> None:
    run = run_cases("sector_kinds", judge)

    assert sum(bool(re.search(SCRIPTS[script], row["word"])) for row in run.rows) >= 30


def test_most_kinds_have_a_case(run_cases: Callable[[str, Judge], Run]) -> None:
    run = run_cases("sector_kinds", judge)

    assert len(Counter(row["sector"] for row in run.rows)) >= 200


def test_a_kind_says_more_than_its_parent_and_is_found_through_it() -> None:
    graph = RESOLVER.graph

    assert graph.information("car-t") > graph.information("gene-cell")
    assert graph.ancestors("car-t") >= {"gene-cell", "bio", "oncology"}
