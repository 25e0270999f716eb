"""One pass over all blocks of a market, by as many workers as the machine has processors."""

from __future__ import annotations

import os
import platform
import signal
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dealport.model import RequestError
from dealport.scoring.blocks import Engine
from dealport.scoring.keeping import NOBODY, Keys, Pool, shared
from dealport.scoring.kernel import Kernel, Worker

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext
    from multiprocessing.process import BaseProcess

FEWEST_PAIRS = 1 << 22  # below this, forking takes longer than the pass
POLL_SECONDS = 0.1  # between two looks at how far the workers are: the bar moves ten times a second

Advance = Callable[[float, int], None]  # is told the share done, 0-1, and of how many pairs


def nobody(share: float, n: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class BestKeys:
    """The best pairs of both directions as packed keys (`keeping`): (s, k) and (i, k), k at most the other side's n."""

    of_startups: Keys
    of_investors: Keys


@dataclass(frozen=True, slots=True)
class _Pass:
    """What workers share: the blocks, where they come to lie, and which is the next."""

    kernel: Kernel
    pool: Pool
    of_startups: Keys
    blocks: list[NDArray[np.intp]]
    next_block: NDArray[np.int64]
    n_done: NDArray[np.int64]
    lock: AbstractContextManager[Any]

    def work(self, least_units: int, advance: Advance) -> None:
        """Take block after block until none is left."""
        worker = Worker(self.kernel, k=self.of_startups.shape[1], least_units=least_units)
        while (place := self._take()) < len(self.blocks):
            block = self.blocks[place]
            self.of_startups[block] = worker.run(block, self.pool)
            with self.lock:
                self.n_done[0] += 1
            advance(self.share_done, self.n_pairs)

    def _take(self) -> int:
        with self.lock:
            self.next_block[0] += 1
            return int(self.next_block[0]) - 1

    @property
    def n_pairs(self) -> int:
        """Of the whole market."""
        return len(self.kernel.engine.startups) * len(self.kernel.engine.investors)

    @property
    def share_done(self) -> float:
        """0-1."""
        return float(self.n_done[0]) / max(1, len(self.blocks))


def best_keys(
    engine: Engine,
    *,
    k: int,
    least_units: int = 0,
    n_workers: int = 0,
    advance: Advance = nobody,
) -> BestKeys:
    """The best k of every startup and investor of the engine among open pairs of at least a score.

    Workers (0: as many as there are processors), blocks and their order change nothing in the result.

    Raises:
        RequestError: A worker was killed, as by a machine that ran out of memory.
    """
    from threadpoolctl import threadpool_limits

    n_startups, n_investors = len(engine.startups), len(engine.investors)
    if n_startups * n_investors < FEWEST_PAIRS or platform.system() != "Linux":  # elsewhere forking is not safe
        n_workers = 1
    n_workers = n_workers or len(os.sched_getaffinity(0))
    k_startups, k_investors = max(1, min(k, n_investors)), max(1, min(k, n_startups))
    fork = _fork_context() if n_workers > 1 else None
    kernel = Kernel.of(engine)
    tiles, blocks = kernel.terms.tiles, kernel.blocks()
    one = _Pass(
        kernel=kernel,
        pool=Pool.of(
            tiles.count * tiles.width, k_investors, least_units + 1, lock=fork.Lock() if fork else nullcontext()
        ),
        of_startups=shared((n_startups, k_startups), np.int64, NOBODY),
        blocks=blocks,
        next_block=shared((1,), np.int64, 0),
        n_done=shared((1,), np.int64, 0),
        lock=fork.Lock() if fork else nullcontext(),
    )
    with threadpool_limits(1, "blas"):
        if fork:
            _work_together(one, fork, n_workers, least_units, advance)
        else:
            one.work(least_units, advance)
    of_investors = np.empty((n_investors, k_investors), dtype=np.int64)
    of_investors[kernel.column] = one.pool.best()[:n_investors]
    return BestKeys(one.of_startups, of_investors)


def _fork_context() -> ForkContext:
    from multiprocessing import get_context  # 10 ms that a small market does not pay

    return get_context("fork")


def _work_together(one: _Pass, fork: ForkContext, n_workers: int, least_units: int, advance: Advance) -> None:
    """Let workers do the pass: forked, because threads would wait for Python's one lock between short operations.

    They share the columns as they lie in memory, and end with this process, however it ends.
    """
    from multiprocessing.connection import wait

    workers = [
        fork.Process(target=_work_alone, args=(one, least_units, os.getpid()), daemon=True) for _ in range(n_workers)
    ]
    try:
        with warnings.catch_warnings():
            # Forking a process with threads is dangerous where the child goes on to use what they held: it does not.
            warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
            for worker in workers:
                worker.start()
        while running := [worker.sentinel for worker in workers if worker.is_alive()]:
            wait(running, POLL_SECONDS)
            advance(one.share_done, one.n_pairs)
            _require_alive(workers)
        _require_alive(workers)
    except OSError as error:
        raise RequestError(f"can't start a worker: {error.strerror} (is there enough memory?)") from error
    finally:
        for worker in workers:
            if worker.pid:
                worker.kill()
                worker.join()


def _require_alive(workers: Sequence[BaseProcess]) -> None:
    codes = [worker.exitcode or 0 for worker in workers]
    if any(code < 0 for code in codes):
        raise RequestError("a worker was killed before it was done: is there enough memory?")
    if any(codes):
        raise RuntimeError("a worker failed; its traceback stands above")


def _work_alone(one: _Pass, least_units: int, parent: int) -> None:
    """A worker's life: it ends with the process that forked it, also where that was killed."""

    def look_up(share: float, n: int) -> None:  # noqa: ARG001 - it has nobody to tell
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that forked it tells it to end
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        one.work(least_units, look_up)
    except MemoryError:
        os.kill(os.getpid(), signal.SIGKILL)  # as the system would have done a little later
