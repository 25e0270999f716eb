"""`dealport shortlist` from files to files: beside the scoring alone, and beside `dealport --help`."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine
from dealport.stories.ranking_story import load_market
from tests.bench.markets import write_parquet_market, write_toml_market
from tests.bench.ours import KEPT, LARGE, best, words
from tests.bench.timing import OURS, Benchmark, interleaved, ratio, record

SMALL = (400, 100)


def dealport(*arguments: str) -> None:
    """Run a command; it must end well."""
    subprocess.run([sys.executable, "-m", "dealport", *arguments], check=True, capture_output=True)


def shortlist(*arguments: str) -> None:
    """The same for the command that is timed; it writes over what it wrote before."""
    dealport("shortlist", *arguments, "--force", "--quiet")


def test_from_parquet_to_parquet_takes_a_few_times_as_long_as_scoring(benchmark: Benchmark, tmp_path: Path) -> None:
    files = write_parquet_market(tmp_path, *LARGE)
    engine = Engine.of(load_market(files), Weights(ALL_WEIGHTS))
    asked = ("--by", "both", "--top", str(KEPT), "--out", str(tmp_path / "out.parquet"))

    seconds = interleaved(benchmark, partial(shortlist, *map(str, files), *asked), scoring=partial(best, engine))

    what = f"`dealport shortlist`, {words(LARGE)}, Parquet to Parquet, both sides' lists"
    record(benchmark, ratio(what, "scoring alone", seconds[OURS], seconds["scoring"], must_be=4.0, aim=4.0))


def test_a_file_a_profile_takes_a_few_times_as_long_as_help(benchmark: Benchmark, tmp_path: Path) -> None:
    write_toml_market(tmp_path / "market", *SMALL)
    asked = (str(tmp_path / "market"), "--out", str(tmp_path / "out.csv"))

    seconds = interleaved(benchmark, partial(shortlist, *asked), help=partial(dealport, "--help"))

    what = f"`dealport shortlist`, {words(SMALL)}, from a TOML file a profile"
    record(benchmark, ratio(what, "`dealport --help`", seconds[OURS], seconds["help"], must_be=6.0, aim=4.0))
