"""The pass over all pairs on a Dask cluster: a few partitions of startups, merged as they come; the same bytes."""

from __future__ import annotations

import logging
import queue
import re
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from dealport.model import RequestError, UsageError
from dealport.scoring.columns.sides import InvestorColumns
from dealport.scoring.criteria.fits import LAST_RESORT
from dealport.scoring.engine.best import Advance, EngineName, best_keys, nobody, quicker_engine
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.scoring.engine.keys import NOBODY, BestKeys, best_of
from dealport.scoring.ranking import Ranker

if TYPE_CHECKING:
    from distributed import Client, Future

NOBODY_LEFT = "--cluster: the last worker is gone (start more, then run it again)"
LOCAL = "local:"
ANY_PORT = "127.0.0.1:0"  # of the scheduler's own page: two runs at once would both ask for 8787
MOST_LOCAL = 256  # processes, each with a Python of its own
ADDRESS = re.compile(r"(tcp|tls)://\S+:\d+")
PATIENCE_SECONDS = 10
WATCH_SECONDS = 2  # between looks whether any worker is left
PARTS_A_WORKER = 4  # so that a worker that dies, or is slow, costs a part and not its half of the market
MOST_PART_BYTES = 8_000_000  # of a part's columns: the scheduler holds them until it is done


@contextmanager
def ranker_on(address: str) -> Iterator[Ranker]:
    """The pass on a cluster: ``tcp://host:8786`` of a scheduler, or ``local:4`` for four workers on this machine.

    Raises:
        UsageError: Not a number of workers after ``local:``, or the extra `cluster` is not installed.
        RequestError: Nobody answers there, or the work fails for good.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError("--cluster needs more packages: pip install 'dealport[cluster]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of every worker that comes and goes
    if address.startswith(LOCAL):
        n_workers = _n_workers(address)
        with (
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=n_workers,
                threads_per_worker=1,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": ANY_PORT},
                silence_logs=logging.CRITICAL,
            ) as workers,
            Client(workers) as client,  # type: ignore[no-untyped-call]
        ):
            yield partial(best_keys_on, client)
        return
    if not ADDRESS.fullmatch(address):
        raise UsageError(f"--cluster {address}: write tcp://host:8786, or local:4 for four workers on this machine")
    with _connected(address) as client:
        yield partial(best_keys_on, client)


def _connected(address: str) -> Client:
    """A client of the scheduler there.

    Raises:
        RequestError: None answers. A server of another kind may send anything, or nothing: for that one the connection
            is made in a thread of its own, which is given up.
    """
    from distributed import Client

    made: queue.Queue[Client | Exception] = queue.Queue()

    def connect() -> None:
        try:
            made.put(Client(address, timeout=PATIENCE_SECONDS))  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody answered
            made.put(error)

    Thread(target=connect, daemon=True).start()
    try:
        answer: Client | Exception | None = made.get(timeout=PATIENCE_SECONDS + 2)
    except queue.Empty:
        answer = None
    if answer is None or isinstance(answer, Exception):
        cure = "is `dask scheduler` running there, and the address as it prints it?"
        raise RequestError(
            f"--cluster {address}: no scheduler answers within {PATIENCE_SECONDS} s ({cure})"
        ) from answer
    return answer


def best_keys_on(
    client: Client,
    engine: Engine,
    *,
    k: int,
    least: int = LAST_RESORT,
    advance: Advance = nobody,
    using: EngineName | None = None,
) -> BestKeys:
    """As `engine.best.best_keys`, the startups cut into parts; the investors are sent once to each worker.

    A worker that dies has its part done by another. Each takes the engine that is the quicker one for the whole market,
    of those that it has, or the one asked for.

    Raises:
        RequestError: There are no workers, or a part fails wherever it is tried.
    """
    n_workers = len(client.scheduler_info(n_workers=-1)["workers"])
    if not n_workers:
        raise RequestError("--cluster: the scheduler has no workers (start some with `dask worker ADDRESS`)")
    investors = client.scatter(engine.investors, broadcast=True, hash=False)  # type: ignore[no-untyped-call]
    starts: dict[Future[Any], slice] = {}
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    merged = BestKeys(
        np.full((n_startups, max(1, min(k, n_investors))), NOBODY),
        np.full((n_investors, max(1, min(k, n_startups))), NOBODY),
    )
    n_done = 0
    try:
        for part in _parts(engine, n_workers):
            some = _part_of(engine, part)
            how = {"k": k, "least": least, "n_startups": n_startups, "using": using}
            starts[client.submit(_rank_part, some, investors, **how, pure=False)] = part
        while starts:
            for future in _done(client, list(starts)):
                part = starts.pop(future)
                merged = merge_part(merged, _result_of(future), part)
                future.release()  # type: ignore[no-untyped-call]
                n_done += part.stop - part.start
                advance(n_done / n_startups, n_startups * n_investors)
    finally:
        client.cancel([*starts, investors])  # type: ignore[no-untyped-call]
    return merged


def _done(client: Client, futures: list[Future[Any]]) -> list[Future[Any]]:
    """Those that are done, once any is.

    Raises:
        RequestError: No worker is left to do them.
    """
    from distributed import wait

    while True:
        try:
            return list(wait(futures, timeout=WATCH_SECONDS, return_when="FIRST_COMPLETED").done)  # type: ignore[no-untyped-call]
        except TimeoutError:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                raise RequestError(NOBODY_LEFT) from None
        except CancelledError as error:  # the investors went with the last worker that had them
            raise RequestError(NOBODY_LEFT) from error


def _result_of(future: Future[Any]) -> BestKeys:
    """What a part gave; whatever a worker raises has come from another machine, and is told in one line."""
    try:
        best: BestKeys = future.result()
    except Exception as error:
        raise RequestError(f"--cluster: {_cause(error)}") from error
    return best


def merge_part(merged: BestKeys, best: BestKeys, part: slice) -> BestKeys:
    """The best of what is merged already and of one part, whose keys count its own startups from 0."""
    of_startups = merged.of_startups.copy()
    of_startups[part] = best.of_startups
    theirs = np.where(best.of_investors == NOBODY, NOBODY, best.of_investors + part.start)
    both = np.concatenate([merged.of_investors, theirs], axis=1)
    return BestKeys(of_startups, best_of(both, merged.of_investors.shape[1]))


def cut_startups(n: int, n_parts: int) -> list[slice]:
    """Parts of nearly one size; none is empty."""
    bounds = np.linspace(0, n, min(n, n_parts) + 1).astype(int).tolist()
    return [slice(start, stop) for start, stop in pairwise(bounds)]


def _n_workers(address: str) -> int:
    count = address.removeprefix(LOCAL)
    if not count.isascii() or not count.isdigit() or not 0 < int(count) <= MOST_LOCAL:
        raise UsageError(f"--cluster {address}: write local:4 for four workers on this machine, {MOST_LOCAL} at most")
    return int(count)


def _parts(engine: Engine, n_workers: int) -> list[slice]:
    """Rows of startups, some parts for each worker, none too large to lie with the scheduler."""
    n = len(engine.startups)
    row_bytes = engine.startups.levels.shape[1] * 2 + engine.startups.wish.shape[1] * 2 + 200
    n_parts = max(n_workers * PARTS_A_WORKER, -(-n * row_bytes // MOST_PART_BYTES))
    return cut_startups(n, n_parts)


def _part_of(engine: Engine, part: slice) -> Engine:
    """The engine of some startups, and of no investors yet."""
    rows = whole_market(len(engine.startups))[part]
    named = engine.named.only(rows, whole_market(len(engine.investors)))
    nobody_yet = replace(engine.investors.take(slice(0, 0)), record=None)
    return replace(engine, startups=engine.startups.take(part), investors=nobody_yet, named=named, past=None)


def _rank_part(
    part: Engine, investors: InvestorColumns, *, k: int, least: int, n_startups: int, using: EngineName | None
) -> BestKeys:
    """What a worker does, of a market of so many startups."""
    using = using or quicker_engine(n_startups * len(investors), k)
    return best_keys(replace(part, investors=investors), k=k, least=least, n_threads=1, using=using)


def _cause(error: Exception) -> str:
    """What went wrong, and the cure where it is a usual one."""
    if isinstance(error, ModuleNotFoundError):
        return f"a worker lacks {error.name} (install the same dealport on every worker)"
    return f"the workers could not finish ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''})"
