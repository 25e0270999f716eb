"""The whole score in both directions, beside the fastest known product of the sectors alone, rows only."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bench.columns import draw_columns
from tests.bench.ours import KEPT, LARGE, MIDDLE, best, words
from tests.bench.sectors_only import sparse_products
from tests.bench.timing import OURS, Benchmark, interleaved, ratio, record


@pytest.mark.parametrize(("size", "must_be", "aim"), [(MIDDLE, 4.0, 3.0), (LARGE, 3.5, 2.0)])
def test_the_whole_score_both_ways_takes_a_few_times_as_long_as_sectors_alone_one_way(
    benchmark: Benchmark, size: tuple[int, int], must_be: float, aim: float
) -> None:
    market = draw_columns(*size)

    seconds = interleaved(benchmark, partial(best, market.engine()), peer=sparse_products(market, k=KEPT))

    peer = "sparse_dot_topn, 2 threads, sectors only, startups' lists only"
    record(benchmark, ratio(f"scoring {words(size)}", peer, seconds[OURS], seconds["peer"], must_be=must_be, aim=aim))
