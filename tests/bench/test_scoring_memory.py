"""How much memory a process of its own takes, with its workers, that loads the columns and scores them."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from tests.bench.columns import draw_columns
from tests.bench.ours import LARGE, words
from tests.bench.timing import Benchmark, Figure, record

ROOT = Path(__file__).parents[2]
SCORE = """
import sys
from pathlib import Path
from tests.bench.columns import Columns
from tests.bench.ours import best
best(Columns.load(Path(sys.argv[1])).engine())
"""
SECONDS_BETWEEN_LOOKS = 0.01


@pytest.mark.parametrize(("size", "most_mb"), [(LARGE, 600), ((140_000, 50_000), 1_100)])
def test_memory_stays_within_bounds(benchmark: Benchmark, tmp_path: Path, size: tuple[int, int], most_mb: int) -> None:
    draw_columns(*size).save(tmp_path)

    peak_mb = benchmark.pedantic(partial(_peak_mb, sys.executable, "-c", SCORE, str(tmp_path)), rounds=1)

    record(benchmark, Figure(f"memory of scoring {words(size)}", "", peak_mb, most_mb, most_mb, "MB"))


def _peak_mb(*command: str) -> float:
    """The most that a command and its workers have in memory together, pages they share counted once.

    `ru_maxrss` would count those pages for each worker, and begin with what the parent had.
    """
    peak_kb = 0
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            peak_kb = max(peak_kb, sum(_shared_out_kb(pid) for pid in _family(process.pid)))
            sleep(SECONDS_BETWEEN_LOOKS)
    assert process.returncode == 0
    return peak_kb / 1000


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:  # it ended
        return []
    return [pid, *(one for child in children.split() for one in _family(int(child)))]


def _shared_out_kb(pid: int) -> int:
    """Resident memory of a process, each page divided by how many share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(lines.partition("\nPss:")[2].split()[0]) if "\nPss:" in lines else 0
