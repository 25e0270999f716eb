"""The best few of each owner, kept as packed keys while blocks go by.

A key is (2^24 - score) << 32 | row of the other side: the smaller the better, and ties go to the smaller row, which is
the earlier id. `NOBODY` stands behind the last.
"""

from __future__ import annotations

import math
import mmap
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]

NOBODY = np.iinfo(np.int64).max
MOST_ROOM = 256  # slots beside the k of an owner: more would be memory that hardly saves time
_TOP = 1 << 24


def pack(scores: NDArray[np.float32], rows: NDArray[np.integer]) -> Keys:
    """Keys of scores and rows that broadcast together."""
    return (_TOP - scores.astype(np.int64)) << 32 | rows


def unpack(keys: Keys) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Rows and scores; -1 and 0 for `NOBODY`."""
    held = keys != NOBODY
    rows = np.where(held, keys & 0xFFFFFFFF, -1).astype(np.int32)
    return rows, np.where(held, _TOP - (keys >> 32), 0).astype(np.int32)


def best_of(keys: Keys, k: int) -> Keys:
    """(owners, n) keys give (owners, k), best first; `NOBODY` behind the last."""
    if keys.shape[1] > k:
        keys = np.partition(keys, k - 1, axis=1)[:, :k]
    best = np.full((len(keys), k), NOBODY)
    best[:, : keys.shape[1]] = np.sort(keys, axis=1)
    return best


def shared(shape: tuple[int, ...], dtype: type[Any], fill: int) -> NDArray[Any]:
    """An array that a process shares with those forked from it."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    array = np.frombuffer(mmap.mmap(-1, max(1, size)), dtype=dtype, count=math.prod(shape)).reshape(shape)
    array[...] = fill
    return array


@dataclass(frozen=True, slots=True)
class Pool:
    """The best k of each owner so far, and what another must reach. Its arrays change: workers offer to it in turn.

    Attributes:
        keys: (owners, slots) in no order.
        counts: (owners,) how many slots are taken.
        bound: (owners,) only smaller keys count. One number, so that a worker never reads half of a change.
        lock: Held while the arrays change.
    """

    k: int
    keys: Keys
    counts: NDArray[np.int64]
    bound: Keys
    lock: AbstractContextManager[Any]

    @classmethod
    def of(cls, n: int, k: int, least: int, *, lock: AbstractContextManager[Any]) -> Self:
        """Empty, for n owners, in memory that forked workers share; nothing below the score `least` counts."""
        slots = k + min(k, MOST_ROOM) + 8  # room for newcomers, so that an owner is sorted out only now and then
        return cls(
            k=k,
            keys=shared((n, slots), np.int64, NOBODY),
            counts=shared((n,), np.int64, 0),
            bound=shared((n,), np.int64, (_TOP - least + 1) << 32),
            lock=lock,
        )

    def offer(self, owners: NDArray[np.intp], keys: Keys) -> None:
        """Take in keys of owners, which are ascending; an owner whose slots are full keeps its best k."""
        with self.lock:
            while len(owners):
                starts = np.flatnonzero(np.diff(owners, prepend=-1))
                sizes, who = np.diff(starts, append=len(owners)), owners[starts]
                slots = np.arange(len(owners)) + np.repeat(self.counts[who] - starts, sizes)
                fits = slots < self.keys.shape[1]
                self.keys[owners[fits], slots[fits]] = keys[fits]
                self.counts[who] = np.minimum(self.counts[who] + sizes, self.keys.shape[1])
                self._sort_out(who[np.add.reduceat(~fits, starts) > 0])
                owners, keys = owners[~fits], keys[~fits]

    def _sort_out(self, owners: NDArray[np.int64]) -> None:
        """Keep the best k of owners whose slots are full."""
        best = best_of(self.keys[owners], self.k)
        self.keys[owners] = NOBODY
        self.keys[owners, : self.k] = best
        self.counts[owners] = self.k
        self.bound[owners] = best[:, -1]

    def asked(self, owners: NDArray[np.intp]) -> NDArray[np.float32]:
        """(owners,) the least score with which another may count, by the row; exact below 2^24."""
        return (_TOP - ((self.bound[owners] - 1) >> 32)).astype(np.float32)

    def best(self) -> Keys:
        """(owners, k), best first."""
        return best_of(self.keys, self.k)
