"""Timing beside others: each round runs every peer once, then ours, so that what slows the machine slows them all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any, Protocol

RUNS = int(os.environ.get("DEALPORT_BENCH_RUNS", "5"))
OURS = "dealport"


class Benchmark(Protocol):
    """The part of pytest-benchmark's fixture that is used."""

    stats: Any
    extra_info: dict[str, Any]

    def pedantic(self, target: Callable[[], Any], *, setup: Callable[[], None] = ..., rounds: int) -> Any:  # noqa: ANN401
        """Time `target` in each round, after `setup`, which is not timed; give what it gave."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table that the README shows.

    Attributes:
        what, against: Ours and theirs, in words.
        value: How much ours is; at most `must_be` (None: nothing is asked), and `aim` is what we would like.
        unit: Behind the value: "x" for a ratio of medians taken in one run.
        ours, theirs: What the value rests on, as "3.1 s"; "" where there is nothing to compare.
    """

    what: str
    against: str
    value: float
    must_be: float | None = None
    aim: float | None = None
    unit: str = "x"
    ours: str = ""
    theirs: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is what it must be."""
        return self.must_be is None or self.value <= self.must_be


def interleaved(benchmark: Benchmark, ours: Callable[[], object], **peers: Callable[[], object]) -> dict[str, float]:
    """Median seconds of `RUNS` rounds: ours under `OURS`, and each peer."""
    seconds: dict[str, list[float]] = {name: [] for name in peers}

    def run_peers() -> None:
        for name, run in peers.items():
            started = perf_counter()
            run()
            seconds[name].append(perf_counter() - started)

    benchmark.pedantic(ours, setup=run_peers, rounds=RUNS)
    return {OURS: float(benchmark.stats.stats.median)} | {name: median(times) for name, times in seconds.items()}


def ratio(
    what: str, against: str, ours: float, theirs: float, *, must_be: float | None = None, aim: float | None = None
) -> Figure:
    """Seconds of ours by seconds of theirs."""
    return Figure(what, against, ours / theirs, must_be, aim, ours=_seconds(ours), theirs=_seconds(theirs))


def record(benchmark: Benchmark, *figures: Figure) -> None:
    """Put the figures where `table` finds them; what is not as it must be fails the test, after all are put down."""
    benchmark.extra_info["figures"] = [asdict(one) for one in figures]
    assert all(one.kept for one in figures), [one for one in figures if not one.kept]


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f} s" if seconds < 1 else f"{seconds:.1f} s"
