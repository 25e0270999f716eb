"""The labelled pairs of tests/cases/sector_pairs.csv: found as labelled, and as in the last committed run.

After a change that is meant, rewrite the last run and read its diff:

    DEALPORT_REWRITE_CASES=1 python -m pytest tests/words/test_sector_pairs.py
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.sectors.graph import load_graph

CASES = Path(__file__).parents[1] / "cases"
PAIRS = CASES / "sector_pairs.csv"
LAST_RUN = CASES / "sector_pairs.run.csv"
REWRITE = "DEALPORT_REWRITE_CASES"


@pytest.fixture(scope="module")
def found() -> list[tuple[str, str, str, str]]:
    """Each pair as (a, b, labelled relation, found relation)."""
    resolver = SectorResolver(load_graph())
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [(row["a"], row["b"], row["relation"], relation(row["a"], row["b"], resolver)) for row in rows]


def relation(a: str, b: str, resolver: SectorResolver) -> str:
    """How two words stand: same, narrower, broader, unrelated, or unresolved when one is not understood."""
    ids_a = {one.sector for one in resolver.resolve(a).sectors}
    ids_b = {one.sector for one in resolver.resolve(b).sectors}
    if not ids_a or not ids_b:
        return "unresolved"
    if ids_a == ids_b:
        return "same"
    if ids_b <= resolver.graph.closure(ids_a):
        return "narrower"
    return "broader" if ids_a <= resolver.graph.closure(ids_b) else "unrelated"


def share_found(found: list[tuple[str, str, str, str]], labelled: str) -> float:
    of_kind = [pair for pair in found if pair[2] == labelled]
    return sum(pair[3] == labelled for pair in of_kind) / len(of_kind)


def test_the_table_is_large_and_a_pair_stands_in_it_once(found: list[tuple[str, str, str, str]]) -> None:
    counts = Counter(pair[2] for pair in found)

    assert len(found) >= 450
    assert counts["unrelated"] >= 130
    assert len({frozenset(pair[:2]) for pair in found}) == len(found)


def test_words_of_one_meaning_are_found_the_same(found: list[tuple[str, str, str, str]]) -> None:
    assert share_found(found, "same") >= 0.95


def test_narrower_words_are_found_in_the_right_direction(found: list[tuple[str, str, str, str]]) -> None:
    assert share_found(found, "narrower") >= 0.90


def test_unrelated_words_are_never_linked(found: list[tuple[str, str, str, str]]) -> None:
    false_links = [pair for pair in found if pair[2] == "unrelated" and pair[3] in {"same", "narrower", "broader"}]

    assert false_links == []


def test_a_change_shows_as_a_diff_of_the_last_run(found: list[tuple[str, str, str, str]]) -> None:
    run = [("a", "b", "relation", "found"), *found]
    if os.environ.get(REWRITE):
        with LAST_RUN.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(run)

    with LAST_RUN.open(encoding="utf-8", newline="") as lines:
        committed = [tuple(row) for row in csv.reader(lines)]

    assert committed == run, f"a pair is found otherwise than committed: read the diff after {REWRITE}=1"
