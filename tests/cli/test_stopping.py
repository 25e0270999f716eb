"""Whoever stops a long command is told how far it was, and finds no half file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.markets import write_market

PATIENCE_SECONDS = 60


@pytest.mark.parametrize(
    ("suffix", "sent", "code"),
    [
        ("csv", signal.SIGINT, 130),
        ("jsonl", signal.SIGINT, 130),
        ("parquet", signal.SIGINT, 130),
        ("csv", signal.SIGTERM, 143),
        ("parquet", signal.SIGTERM, 143),
    ],
)
def test_a_command_stopped_while_it_writes_leaves_nothing_behind(
    tmp_path: Path, suffix: str, sent: signal.Signals, code: int
) -> None:
    write_market(tmp_path / "market", 900, 700)
    out = tmp_path / "out" / f"pairs.{suffix}"
    out.parent.mkdir()
    command = [sys.executable, "-m", "dealport", "shortlist", str(tmp_path / "market"), "--by", "both"]
    running = subprocess.Popen(
        [*command, "--top", "700", "--out", str(out)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )

    until = time.monotonic() + PATIENCE_SECONDS
    while not list(out.parent.glob(".dealport-*.part")):
        assert running.poll() is None, "it ended before it began to write"
        assert time.monotonic() < until
        time.sleep(0.01)
    os.killpg(running.pid, sent)
    _, told = running.communicate(timeout=PATIENCE_SECONDS)

    assert running.returncode == code
    assert f"stopped while writing pairs.{suffix}" in told
    assert "no file is left half written" in told
    assert "Traceback" not in told
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_stopped_while_it_ranks_says_how_far_it_was(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    script = (
        "import sys, time, dealport.cli.main as cli, dealport.scoring.engine.plain as plain\n"
        "run = plain.PlainWorker.run\n"
        "def slow(self, *told):\n"
        "    print('ranking', flush=True)\n"
        "    time.sleep(0.5)\n"
        "    return run(self, *told)\n"
        "plain.PlainWorker.run = slow\n"
        "sys.exit(cli.main(sys.argv[1:]))\n"
    )
    write_market(tmp_path / "market", 3000, 20)
    running = subprocess.Popen(
        [sys.executable, "-c", script, "shortlist", str(tmp_path / "market"), "--out", str(tmp_path / "a.csv")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    assert [running.stdout.readline() for _ in range(3)] == ["ranking\n"] * 3  # two blocks are done

    os.killpg(running.pid, sent)
    _, told = running.communicate(timeout=PATIENCE_SECONDS)

    assert running.returncode == code
    assert "stopped while ranking, " in told
    assert " % done" in told
    assert not (tmp_path / "a.csv").exists()
