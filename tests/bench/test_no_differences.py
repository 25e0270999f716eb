"""Ids, order and scores beside plain sorting of every pair, scored by the criteria themselves: no difference.

Both engines, on 1 and 2 threads, on 5 partitions and on a cluster. Another BLAS kernel by hand:
OPENBLAS_CORETYPE=Haswell python -m tests.bench.table no_differences
"""

from __future__ import annotations

import numpy as np
import pytest

from dealport.cluster import cut_startups, merge_part, ranker_on
from dealport.scoring.engine.best import EngineName, best_keys
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.scoring.engine.keys import NOBODY, BestKeys, Keys, best_of, pack
from tests.bench.columns import draw_columns
from tests.bench.ours import ENGINES, KEPT, MIDDLE, words
from tests.bench.timing import Benchmark, Figure, record

SIZES = [(400, 100), (5_000, 2_000), MIDDLE]


def sorted_keys(engine: Engine) -> BestKeys:
    """The best of each by sorting all of its pairs, some startups at a time."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    rows, columns = whole_market(n_startups), whole_market(n_investors)
    of_startups: list[Keys] = []
    of_investors = np.full((n_investors, KEPT), NOBODY, dtype=np.int64)
    for part, block in engine.blocks(rows, columns):
        is_open = block.first_gate == 0
        keys = np.where(is_open, pack(block.standing, columns), NOBODY)
        of_startups.append(best_of(np.sort(keys, axis=1)[:, :KEPT], KEPT))
        theirs = np.where(is_open.T, pack(block.standing.T, part), NOBODY)
        of_investors = np.sort(np.concatenate([of_investors, theirs], axis=1), axis=1)[:, :KEPT]
    return BestKeys(np.concatenate(of_startups), of_investors)


def in_parts(engine: Engine, n_parts: int, using: EngineName) -> BestKeys:
    """As a cluster does it."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    merged = BestKeys(
        np.full((n_startups, KEPT), NOBODY, dtype=np.int64), np.full((n_investors, KEPT), NOBODY, dtype=np.int64)
    )
    everybody = whole_market(n_investors)
    for part in cut_startups(n_startups, n_parts):
        some = engine.only(whole_market(n_startups)[part], everybody)
        merged = merge_part(merged, best_keys(some, k=KEPT, using=using), part)
    return merged


@pytest.mark.parametrize("size", SIZES, ids=words)
def test_nothing_differs_from_plain_sorting(benchmark: Benchmark, size: tuple[int, int]) -> None:
    engine = draw_columns(*size, seed=11).engine()
    expected = sorted_keys(engine)
    ways: dict[str, BestKeys] = {}
    for using in ENGINES:
        for n in (1, 2):
            ways[f"{using} on {n}"] = best_keys(engine, k=KEPT, n_threads=n, using=using)
        ways[f"{using} in 5 parts"] = in_parts(engine, 5, using)
    with ranker_on("local:2") as rank:
        for using in ENGINES:
            ways[f"{using} on a cluster"] = rank(engine, k=KEPT, using=using)

    benchmark.pedantic(lambda: None, rounds=1)
    differences = sum(
        int((mine != theirs).sum())
        for way in ways.values()
        for mine, theirs in ((way.of_startups, expected.of_startups), (way.of_investors, expected.of_investors))
    )

    what = f"differences in ids, order, scores, {words(size)}"
    record(benchmark, Figure(what, f"plain sorting; {', '.join(ways)}", differences, 0, 0, unit=""))
