"""The best few of each owner, kept as packed keys while pairs go by.

A key is (2^24 - standing) << 32 | row of the other side: the smaller the better, and ties go to the smaller row, which
is the earlier id. `NOBODY` stands behind the last.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Places = NDArray[np.intp]

NOBODY = np.iinfo(np.int64).max
TOP = 1 << 24  # above every standing
MOST_ROOM = 256  # slots beside the k of an owner: more would be memory that hardly saves time


def pack(standing: NDArray[np.float32], rows: NDArray[np.integer]) -> Keys:
    """Keys of standings and rows that broadcast together."""
    return (TOP - standing.astype(np.int64)) << 32 | rows


def unpack(keys: Keys) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Rows and standings; -1 and 0 for `NOBODY`."""
    held = keys != NOBODY
    rows = np.where(held, keys & 0xFFFFFFFF, -1).astype(np.int32)
    return rows, np.where(held, TOP - (keys >> 32), 0).astype(np.int32)


def best_of(keys: Keys, k: int) -> Keys:
    """(owners, n) keys give (owners, k), best first; `NOBODY` behind the last."""
    if keys.shape[1] > k:
        keys = np.partition(keys, k - 1, axis=1)[:, :k]
    best = np.full((len(keys), k), NOBODY)
    best[:, : keys.shape[1]] = np.sort(keys, axis=1)
    return best


class BestKeys(Struct, frozen=True):
    """The best pairs of both directions: (s, k) and (i, k), k at most the other side's n."""

    of_startups: Keys
    of_investors: Keys


class ListSizes(Struct, frozen=True):
    """How many pairs of a startup and of an investor are kept, at least 1, and the least standing."""

    k_startups: int
    k_investors: int
    least: int


class Pool(Struct, frozen=True):
    """The best k of each owner so far, and what another must reach. Its arrays change.

    Attributes:
        keys: (owners, slots) in no order.
        counts: (owners,) how many slots are taken.
        bound: (owners,) only smaller keys count.
    """

    k: int
    keys: Keys
    counts: Places
    bound: Keys

    @classmethod
    def of(cls, n: int, k: int, least: int) -> Self:
        """Empty, for n owners; nothing below the standing `least` counts."""
        slots = k + min(k, MOST_ROOM) + 8  # room for newcomers, so that an owner is sorted out only now and then
        return cls(k, np.full((n, slots), NOBODY), np.zeros(n, dtype=np.intp), np.full(n, (TOP - least + 1) << 32))

    def asked(self, owners: slice, first: int) -> NDArray[np.float32]:
        """(owners,) what a row of at least `first` needs to count: a tie counts for an earlier row."""
        return (TOP - ((self.bound[owners] - 1 - first) >> 32)).astype(np.float32)

    def offer(self, owners: Places, keys: Keys) -> None:
        """Take in keys of owners, which are ascending; an owner without room for them keeps its best k."""
        counts = keys < self.bound[owners]
        owners, keys = owners[counts], keys[counts]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        who, sizes = owners[starts], np.diff(starts, append=len(owners))
        places = np.arange(len(owners)) - np.repeat(starts, sizes)
        full = self.counts[who] + sizes > self.keys.shape[1]
        held = np.repeat(full, sizes)
        if full.any():
            self._sort_out(who[full], np.repeat(np.arange(full.sum()), sizes[full]), places[held], keys[held])
        owners, places = owners[~held], places[~held]
        self.keys[owners, self.counts[owners] + places] = keys[~held]
        self.counts[who[~full]] += sizes[~full]

    def _sort_out(self, who: Places, lines: Places, places: Places, keys: Keys) -> None:
        """Keep the best k of what these owners have and of more keys, of which line and place in it are given."""
        slots = self.keys.shape[1]
        table = np.full((len(who), slots + int(places.max()) + 1), NOBODY)
        table[:, :slots] = self.keys[who]
        table[lines, slots + places] = keys
        best = best_of(table, self.k)
        self.keys[who] = NOBODY
        self.keys[who, : self.k] = best
        self.counts[who] = self.k
        self.bound[who] = best[:, -1]

    def settle(self, best: Keys) -> None:
        """Hold these (owners, k) alone, best first; what another must reach is known to the last."""
        self.keys[:] = NOBODY
        self.keys[:, : self.k] = best
        self.counts[:] = (best != NOBODY).sum(axis=1)
        self.bound[:] = np.minimum(self.bound, best[:, -1])

    def best(self) -> Keys:
        """(owners, k), best first."""
        return best_of(self.keys, self.k)
