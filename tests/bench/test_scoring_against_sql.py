"""The whole score in both directions, beside the same in SQL."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from tests.bench.columns import draw_columns
from tests.bench.ours import KEPT, best, words
from tests.bench.queries import Query
from tests.bench.timing import OURS, Benchmark, interleaved, ratio, record

SIZE = (5_000, 2_000)


def test_the_whole_score_takes_a_small_fraction_of_a_duckdb_query(benchmark: Benchmark) -> None:
    market = draw_columns(*SIZE)
    engine = market.engine()
    query = Query.of(market, k=KEPT)
    found, ours = query.run(), best(engine)
    for side, n, mine in (("startup", SIZE[0], ours.of_startups), ("investor", SIZE[1], ours.of_investors)):
        lines = found["side"] == side
        for column, table in (("other", mine.places), ("standing", mine.standing)):
            told = np.where(mine.places >= 0, table, -1)
            np.testing.assert_array_equal(_table(n, *(found[one][lines] for one in ("owner", "rank", column))), told)

    seconds = interleaved(benchmark, partial(best, engine), query=query.run)

    peer = "DuckDB, 2 threads, the same lists"
    record(benchmark, ratio(f"scoring {words(SIZE)}", peer, seconds[OURS], seconds["query"], must_be=0.05, aim=0.035))


def _table(n: int, owner: NDArray[np.int32], rank: NDArray[np.int64], column: NDArray[np.int32]) -> NDArray[np.int64]:
    """(n, k) the column by owner and rank, -1 where there is nothing."""
    table = np.full((n, KEPT), -1)
    table[owner, rank - 1] = column
    return table
