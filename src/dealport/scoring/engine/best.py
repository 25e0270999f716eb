"""One pass over all pairs of a market, on threads, by the engine that is quicker there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from threading import Event
from typing import Literal, Protocol

import numpy as np

from dealport.scoring.criteria.fits import LAST_RESORT
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import NOBODY, BestKeys, Keys, ListSizes, best_of
from dealport.scoring.engine.plain import plain_workers
from dealport.scoring.engine.terms import LAST_RESORTS_ONLY, OPEN, Terms

FAST_PAIRS = 100_000_000  # from here on the compiled engine saves a second or more, and numba takes half of one to load
FAST_KEPT = 512  # its lists are kept sorted: longer ones take it longer than numpy
FEWEST_PAIRS = 1 << 20  # below this a second thread takes longer to start than it saves
POLL_SECONDS = 0.1  # between two looks at how far it is: the bar moves ten times a second
COMPILING = "compiling the fast engine, once"

EngineName = Literal["plain", "compiled"]


class Advance(Protocol):
    """Is told how far the work is."""

    def __call__(self, share: float, n: int = 0, doing: str = "") -> None:
        """The share done, 0-1, and of how many; and what else is done first, where that takes long."""
        ...


def nobody(share: float, n: int = 0, doing: str = "") -> None:
    """Nobody watches."""


class Worker(Protocol):
    """What a thread does."""

    @property
    def terms(self) -> Terms:
        """What it adds up."""
        ...

    @property
    def block_rows(self) -> int:
        """How many startups it likes to score together."""
        ...

    def run(self, block: slice, hope: int, kept: Keys) -> Keys:
        """(b, k) keys of the startups at these places of the terms' order, in tiles with this hope; `kept` before.

        Those of investors are kept.
        """
        ...

    def best(self) -> Keys:
        """(t * w, k) keys of the investors."""
        ...


def best_keys(
    engine: Engine,
    *,
    k: int,
    least: int = LAST_RESORT,
    advance: Advance = nobody,
    n_threads: int = 0,
    using: EngineName | None = None,
) -> BestKeys:
    """The best k of every startup and investor of the engine among open pairs of at least a standing.

    Threads (0: as many as there are processors) and the kind of engine (None: the quicker) change nothing in it.
    """
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    n_pairs = n_startups * n_investors
    limits = ListSizes(max(1, min(k, n_investors)), max(1, min(k, n_startups)), least)
    n_threads = n_threads or (len(os.sched_getaffinity(0)) if n_pairs >= FEWEST_PAIRS else 1)
    with _one_blas_thread() if n_pairs >= FEWEST_PAIRS else nullcontext():
        workers: Sequence[Worker]
        try:
            if (using or quicker_engine(n_pairs, k)) == "plain":
                workers = plain_workers(engine, limits, n_threads)
            else:
                from dealport.scoring.engine.compiled import compiled_workers

                workers = compiled_workers(engine, limits, n_threads, lambda: advance(0.0, n_pairs, COMPILING))
        except ImportError:  # numba is there, but not for this numpy
            if using:
                raise
            workers = plain_workers(engine, limits, n_threads)
        return _best_of(workers, limits, n_pairs, advance)


def _one_blas_thread() -> AbstractContextManager[object]:
    """Matrix products on one thread each: every processor has one of ours. It takes 10 ms to load."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1, "blas")
    return limits


def has_fast() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("numba") is not None


def quicker_engine(n_pairs: int, k: int) -> EngineName:
    """The quicker engine of those that are here."""
    return "compiled" if is_fast_worth(n_pairs, k) and has_fast() else "plain"


def is_fast_worth(n_pairs: int, k: int) -> bool:
    """Whether the compiled engine is the quicker one, loading it included."""
    return n_pairs >= FAST_PAIRS and k <= FAST_KEPT


def _best_of(workers: Sequence[Worker], limits: ListSizes, n_pairs: int, advance: Advance) -> BestKeys:
    """What the workers find together, each with the next block while any is left.

    Last resorts come when all else is done: by then lists are full, and few ask for them.
    """
    terms = workers[0].terms
    of_startups = np.full((len(terms.order), limits.k_startups), NOBODY)
    blocks = terms.blocks(workers[0].block_rows)
    done, stop = list[slice](), Event()

    def work(worker: Worker, left: Iterator[slice], hope: int) -> None:
        try:
            for block in left:
                if stop.is_set():
                    break
                rows = terms.order[block]
                of_startups[rows] = worker.run(block, hope, of_startups[rows])
                done.append(block)
        except BaseException:
            stop.set()  # the others need not go on
            raise

    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            for hope in (OPEN, LAST_RESORTS_ONLY):
                left = iter(blocks)
                working = [threads.submit(work, worker, left, hope) for worker in workers]
                while wait(working, POLL_SECONDS).not_done:
                    advance(min(1.0, len(done) / len(blocks)), n_pairs)
                for one in working:
                    one.result()
        finally:
            stop.set()  # whoever is stopped waits for no more than a block
    advance(1.0, n_pairs)
    theirs = best_of(np.concatenate([worker.best() for worker in workers], axis=1), limits.k_investors)
    of_investors = np.empty((len(terms.column), limits.k_investors), dtype=np.int64)
    of_investors[terms.column] = theirs[: len(terms.column)]
    return BestKeys(of_startups, of_investors)
