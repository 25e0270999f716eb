"""A real scheduler with real workers gives what one machine gives, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from dealport.cluster import ranker_on
from dealport.model import RequestError, UsageError
from dealport.scoring.engine.best import EngineName, best_keys
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import BestKeys
from tests.bench.columns import draw_columns

ADDRESS = re.compile(r"Scheduler at:\s+(tcp://\S+)")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return draw_columns(3_000, 1_500, seed=5).engine()


@pytest.fixture(scope="module")
def alone(engine: Engine) -> BestKeys:
    return best_keys(engine, k=7, least=200_000)


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    """Whatever is started in it ends with the test."""
    with ExitStack() as stack:
        yield stack


def start(processes: ExitStack, *command: str) -> subprocess.Popen[str]:
    quiet = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=quiet,
    )
    processes.callback(process.wait)
    processes.callback(process.kill)
    if process.stderr:
        processes.callback(process.stderr.close)
    return process


def start_scheduler(processes: ExitStack) -> str:
    """The address it prints."""
    scheduler = start(processes, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    assert scheduler.stderr is not None
    for line in scheduler.stderr:
        if found := ADDRESS.search(line):
            return found[1]
    raise AssertionError("the scheduler ended without an address")


def start_worker(processes: ExitStack, address: str, folder: Path) -> subprocess.Popen[str]:
    worker = start(
        processes, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
        "--local-directory", str(folder),
    )  # fmt: skip
    assert worker.stderr is not None
    for line in worker.stderr:
        if "Registered to" in line:
            return worker
    raise AssertionError("the worker ended before it was registered")


def test_two_workers_give_the_keys_of_one_machine_though_one_is_killed_in_the_middle(
    engine: Engine, alone: BestKeys, processes: ExitStack, tmp_path: Path
) -> None:
    address = start_scheduler(processes)
    workers = [start_worker(processes, address, tmp_path / name) for name in ("one", "two")]
    shares: list[float] = []

    def kill_one(share: float, n: int) -> None:
        if not shares:
            workers[0].send_signal(signal.SIGKILL)
        shares.append(share)

    with ranker_on(address) as rank:
        best = rank(engine, k=7, least=200_000, advance=kill_one)

    assert workers[0].wait() == -signal.SIGKILL
    assert workers[1].poll() is None
    assert len(shares) == 8
    assert shares[-1] == 1
    assert np.array_equal(best.of_startups, alone.of_startups)
    assert np.array_equal(best.of_investors, alone.of_investors)


def test_when_the_last_worker_is_gone_nobody_is_waited_for(
    engine: Engine, processes: ExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealport.cluster.WATCH_SECONDS", 0.5)
    address = start_scheduler(processes)
    worker = start_worker(processes, address, tmp_path / "one")

    def kill_it(share: float, n: int) -> None:
        worker.send_signal(signal.SIGKILL)

    with ranker_on(address) as rank, pytest.raises(RequestError, match="the last worker is gone"):
        rank(engine, k=7, advance=kill_it)


@pytest.mark.parametrize("using", ["plain", "compiled"])
def test_workers_of_this_machine_give_the_same(engine: Engine, alone: BestKeys, using: EngineName) -> None:
    with ranker_on("local:2") as rank:
        best = rank(engine, k=7, least=200_000, using=using)

    assert np.array_equal(best.of_startups, alone.of_startups)
    assert np.array_equal(best.of_investors, alone.of_investors)


def test_a_scheduler_without_workers_is_one_clear_line(engine: Engine, processes: ExitStack) -> None:
    address = start_scheduler(processes)

    with ranker_on(address) as rank, pytest.raises(RequestError, match="the scheduler has no workers"):
        rank(engine, k=7)


def test_a_cluster_that_cannot_be_reached_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dealport.cluster.PATIENCE_SECONDS", 1)

    with (
        pytest.raises(RequestError, match=r"--cluster tcp://127.0.0.1:9: no scheduler answers"),
        ranker_on("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_server_that_is_no_scheduler_and_stays_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dealport.cluster.PATIENCE_SECONDS", 1)

    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(RequestError, match="no scheduler answers"), ranker_on(address):
            pass


@pytest.mark.parametrize("address", ["local:", "local:0", "local:two", "local:-1", "local:99999"])
def test_a_number_of_workers_that_is_none_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="write local:4"), ranker_on(address):
        pass


@pytest.mark.parametrize("address", ["http://x:1", "local", " ", "tcp://", "tcp://127.0.0.1"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="write tcp://host:8786"), ranker_on(address):
        pass


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(UsageError, match=r"pip install 'dealport\[cluster\]'"), ranker_on("local:2"):
        pass
