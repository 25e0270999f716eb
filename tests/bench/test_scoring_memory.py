"""How much memory a process of its own takes that loads the columns and scores them."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from time import sleep

import pytest

from dealport.scoring.engine.best import EngineName
from tests.bench.columns import draw_columns
from tests.bench.ours import ENGINES, LARGE, words
from tests.bench.timing import Benchmark, Figure, record

ROOT = Path(__file__).parents[2]
SCORE = """
import sys
from pathlib import Path
from tests.bench.columns import Columns
from tests.bench.ours import best
best(Columns.load(Path(sys.argv[1])).engine(), sys.argv[2])
"""
SECONDS_BETWEEN_LOOKS = 0.01


@pytest.mark.parametrize("using", ENGINES)
@pytest.mark.parametrize(("size", "limits"), [(LARGE, (600, 450)), ((140_000, 50_000), (1_100, 900))])
def test_memory_stays_within_bounds(
    benchmark: Benchmark, tmp_path: Path, size: tuple[int, int], limits: tuple[int, int], using: EngineName
) -> None:
    draw_columns(*size).save(tmp_path)

    peak_mb = benchmark.pedantic(partial(_peak_mb, sys.executable, "-c", SCORE, str(tmp_path), using), rounds=1)

    record(benchmark, Figure(f"memory of scoring {words(size)}, {using}", "", peak_mb, *limits, "MB"))


def _peak_mb(*command: str) -> float:
    """The most that a command has in memory: `ru_maxrss` would begin with what the parent had."""
    peak_kb = 0
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            peak_kb = max(peak_kb, _resident_kb(process.pid))
            sleep(SECONDS_BETWEEN_LOOKS)
    assert process.returncode == 0
    return peak_kb / 1000


def _resident_kb(pid: int) -> int:
    """The most that a process has had in memory since it began to run its command."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:  # it ended
        return 0
    return int(lines.partition("\nVmHWM:")[2].split()[0]) if "\nVmHWM:" in lines else 0
