"""The whole score in both directions, beside a loop of numpy vectors and scikit-learn, each for startups' lists only.

Both are linear in startups, and slow: a drawn sample of startups is measured and scaled to all.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tests.bench.columns import draw_columns
from tests.bench.ours import KEPT, LARGE, best, words
from tests.bench.sectors_only import nearest_neighbours
from tests.bench.textbook import GATED, Textbook
from tests.bench.timing import OURS, Benchmark, interleaved, ratio, record

SAMPLE = 2_000


def test_the_whole_score_both_ways_takes_a_fraction_of_a_numpy_loop_one_way(benchmark: Benchmark) -> None:
    market = draw_columns(*LARGE)
    engine = market.engine()
    loop = Textbook.of(engine)
    sample = np.sort(np.random.default_rng(1).choice(LARGE[0], SAMPLE, replace=False)).astype(np.int32)
    highest = loop.best(sample, KEPT)
    highest[highest == GATED] = 0  # behind the last
    np.testing.assert_array_equal(highest, best(engine).of_startups.standing[sample])

    seconds = interleaved(
        benchmark,
        partial(best, engine),
        loop=partial(loop.best, sample, KEPT),
        neighbours=nearest_neighbours(market, sample, k=KEPT),
    )

    what, told = f"scoring {words(LARGE)}", f"startups' lists only ({SAMPLE:,} of them, scaled)"
    whole = LARGE[0] / SAMPLE
    record(
        benchmark,
        ratio(what, f"numpy loop, {told}", seconds[OURS], whole * seconds["loop"], must_be=0.2, aim=0.2),
        ratio(what, f"scikit-learn brute force, sectors only, {told}", seconds[OURS], whole * seconds["neighbours"]),
    )
