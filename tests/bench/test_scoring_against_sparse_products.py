"""The whole score in both directions, beside the fastest known product of the sectors alone, rows only."""

from __future__ import annotations

from functools import partial

import pytest

from dealport.scoring.engine.best import EngineName
from tests.bench.columns import draw_columns
from tests.bench.ours import KEPT, LARGE, MIDDLE, best, words
from tests.bench.sectors_only import sparse_products
from tests.bench.timing import OURS, Benchmark, interleaved, ratio, record

PEER = "sparse_dot_topn, 2 threads, sectors only, startups' lists only"


@pytest.mark.parametrize(
    ("size", "using", "must_be", "aim"),
    [
        (MIDDLE, "plain", 12.0, 6.0),
        (MIDDLE, "compiled", 2.8, 1.6),
        (LARGE, "plain", 12.0, 6.0),
        (LARGE, "compiled", 2.8, 1.6),
    ],
)
def test_the_whole_score_both_ways_takes_a_few_times_as_long_as_sectors_alone_one_way(
    benchmark: Benchmark, size: tuple[int, int], using: EngineName, must_be: float, aim: float
) -> None:
    market = draw_columns(*size)
    best(draw_columns(100, 100).engine(), using)  # loaded, and compiled where it never was

    seconds = interleaved(benchmark, partial(best, market.engine(), using), peer=sparse_products(market, k=KEPT))

    what = f"scoring {words(size)}, {using}"
    record(benchmark, ratio(what, PEER, seconds[OURS], seconds["peer"], must_be=must_be, aim=aim))
