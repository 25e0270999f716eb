"""How time grows with pairs, and what ties cost."""

from __future__ import annotations

from functools import partial
from math import log, prod

import pytest

from tests.bench.columns import Columns, draw_alike, draw_columns
from tests.bench.ours import MIDDLE, best, words
from tests.bench.timing import OURS, Benchmark, Figure, interleaved, ratio, record

HUGE = (140_000, 50_000)


def test_time_grows_with_the_number_of_pairs(benchmark: Benchmark) -> None:
    huge, middle = draw_columns(*HUGE).engine(), draw_columns(*MIDDLE).engine()

    seconds = interleaved(benchmark, partial(best, huge), middle=partial(best, middle))

    power = log(seconds[OURS] / seconds["middle"]) / log(prod(HUGE) / prod(MIDDLE))
    times = f"{seconds[OURS]:.1f} s", f"{seconds['middle']:.2f} s"
    record(benchmark, Figure(f"scoring {words(HUGE)}", words(MIDDLE), power, 1.05, 0.95, "power of pairs", *times))


@pytest.mark.parametrize(
    ("name", "market"),
    [("everybody alike", draw_alike), ("nobody says anything", partial(draw_columns, silent_share=1.0))],
)
def test_a_market_of_ties_takes_a_few_times_as_long_as_any_other(
    benchmark: Benchmark, name: str, market: partial[Columns]
) -> None:
    ties, usual = market(*MIDDLE).engine(), draw_columns(*MIDDLE).engine()

    seconds = interleaved(benchmark, partial(best, ties), usual=partial(best, usual))

    what = f"scoring {words(MIDDLE)}, {name}"
    record(benchmark, ratio(what, "the usual market", seconds[OURS], seconds["usual"], must_be=8.0, aim=5.0))
