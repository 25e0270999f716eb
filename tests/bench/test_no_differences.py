"""Ids, order and scores beside plain sorting of every pair, scored by the criteria themselves: no difference.

On 1 and 2 workers and on 1 and 5 partitions. Another BLAS kernel by hand:
OPENBLAS_CORETYPE=Haswell python -m tests.bench.table no_differences
"""

from __future__ import annotations

import numpy as np
import pytest

from dealport.cluster import cut_startups, merge_part
from dealport.scoring.blocks import Engine, whole_market
from dealport.scoring.keeping import NOBODY, Keys, best_of, pack
from dealport.scoring.passing import BestKeys, best_keys
from tests.bench.columns import draw_columns
from tests.bench.ours import KEPT, MIDDLE, words
from tests.bench.timing import Benchmark, Figure, record

SIZES = [(400, 100), (5_000, 2_000), MIDDLE]


def plain_keys(engine: Engine) -> BestKeys:
    """The best of each by sorting all of its pairs, some startups at a time."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    rows, columns = whole_market(n_startups), whole_market(n_investors)
    of_startups: list[Keys] = []
    of_investors = np.full((n_investors, KEPT), NOBODY, dtype=np.int64)
    for part, block in engine.blocks(rows, columns):
        is_open = block.first_gate == 0
        keys = np.where(is_open, pack(block.score_units + 1, columns), NOBODY)
        of_startups.append(best_of(np.sort(keys, axis=1)[:, :KEPT], KEPT))
        theirs = np.where(is_open.T, pack(block.score_units.T + 1, part), NOBODY)
        of_investors = np.sort(np.concatenate([of_investors, theirs], axis=1), axis=1)[:, :KEPT]
    return BestKeys(np.concatenate(of_startups), of_investors)


def in_parts(engine: Engine, n_parts: int) -> BestKeys:
    """As a cluster does it."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    merged = BestKeys(
        np.full((n_startups, KEPT), NOBODY, dtype=np.int64), np.full((n_investors, KEPT), NOBODY, dtype=np.int64)
    )
    everybody = whole_market(n_investors)
    for part in cut_startups(n_startups, n_parts):
        merged = merge_part(merged, best_keys(engine.only(whole_market(n_startups)[part], everybody), k=KEPT), part)
    return merged


@pytest.mark.parametrize("size", SIZES, ids=words)
def test_nothing_differs_from_plain_sorting(benchmark: Benchmark, size: tuple[int, int]) -> None:
    engine = draw_columns(*size, seed=11).engine()
    plain = plain_keys(engine)
    ways = {
        "1 worker": best_keys(engine, k=KEPT, n_workers=1),
        "2 workers": best_keys(engine, k=KEPT, n_workers=2),
        "5 partitions": in_parts(engine, 5),
    }

    benchmark.pedantic(lambda: None, rounds=1)
    differences = sum(
        int((mine != theirs).sum())
        for way in ways.values()
        for mine, theirs in ((way.of_startups, plain.of_startups), (way.of_investors, plain.of_investors))
    )

    what = f"differences in ids, order, scores, {words(size)}"
    record(benchmark, Figure(what, f"plain sorting; {', '.join(ways)}", differences, 0, 0, unit=""))
