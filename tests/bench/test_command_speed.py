"""How fast `--help`, a start and `match` are, as ratios of one run; `shortlist` stands in test_whole_commands.py."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from dealport.cli.app import COMMANDS
from tests.bench.markets import write_market

N_RUNS = 9
SAMPLE = Path(__file__).parents[2] / "profiles"
# What a command of this kind must load: numbers, a command line and tables.
LIBRARIES = "import numpy, typer, rich.table"
# Times these libraries, in processor time. Measured 3.7 on a busy machine; 4.2 while pydantic was loaded; 6.0 before
# modules were loaded where they are used. Wanted is 3.2.
START_LIMIT = 4.8
HELP_LIMIT = 1.3  # times a bare typer application with as many commands
BARE_APP = """
import typer
app = typer.Typer()
for name in range({commands}):
    def command(paths: list[str] = typer.Argument(None), top: int = 3) -> None: "Help."
    app.command(str(name))(command)
app()
"""


def seconds(*command: str) -> float:
    """Processor seconds of one run: other work on the machine does not lengthen them as it does the clock's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_takes_hardly_longer_than_a_bare_apps() -> None:
    bare = BARE_APP.format(commands=len(COMMANDS))

    pairs = [(seconds("-m", "dealport", "--help"), seconds("-c", bare, "--help")) for _ in range(N_RUNS)]

    ours, theirs = (min(side) for side in zip(*pairs, strict=True))
    assert ours <= HELP_LIMIT * theirs, f"{ours / theirs:.2f}"


def test_the_sample_market_is_matched_in_little_more_than_its_libraries_take() -> None:
    pairs = [(seconds("-m", "dealport", "match", str(SAMPLE)), seconds("-c", LIBRARIES)) for _ in range(N_RUNS)]

    ours, theirs = (min(side) for side in zip(*pairs, strict=True))
    assert ours <= START_LIMIT * theirs, f"{ours / theirs:.2f}"


def test_ten_million_pairs_take_at_most_eight_times_as_long_as_four_hundred_by_a_hundred(tmp_path: Path) -> None:
    write_market(tmp_path / "small", 400, 100)
    write_market(tmp_path / "large", 5000, 2000)

    pairs = [
        tuple(seconds("-m", "dealport", "match", str(tmp_path / size)) for size in ("large", "small")) for _ in range(3)
    ]

    large, small = (min(side) for side in zip(*pairs, strict=True))
    assert large <= 8 * small, f"{large / small:.2f}"
