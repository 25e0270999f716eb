"""Cutting the market for the block kernel: investors into tiles, startups into classes of those that are alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.columns import StartupColumns

# Investors in a tile: with 64 startups, half a dozen arrays of pairs stay within a processor's second cache (2 MB).
TILE_WIDTH = 1024
NARROWEST = 32  # a market of a few investors is one tile, not wider than need be


@dataclass(frozen=True, slots=True)
class Tiles:
    """Columns of n investors cut into `count` tiles of `width`, the last one filled up."""

    n: int
    width: int

    @classmethod
    def of(cls, n: int) -> Self:
        """Tiles for n investors, not much wider than they are many."""
        width = NARROWEST
        while width < min(n, TILE_WIDTH):
            width *= 2
        return cls(n, width)

    @property
    def count(self) -> int:
        """How many tiles there are, at least one."""
        return max(1, -(-self.n // self.width))

    def cut(self, columns: NDArray[Any], fill: float = 0.0) -> NDArray[np.float32]:
        """(..., i) gives (t, ..., w) in single precision."""
        tiles = np.empty((self.count, *columns.shape[:-1], self.width), dtype=np.float32)
        tiles[-1] = fill
        for tile, part in zip(tiles, self.slices(), strict=True):
            tile[..., : part.stop - part.start] = columns[..., part]
        return tiles

    def slices(self) -> list[slice]:
        """The investors of each tile."""
        return [slice(place * self.width, min(self.n, (place + 1) * self.width)) for place in range(self.count)]


@dataclass(frozen=True, slots=True)
class Classes:
    """Startups that are alike in some columns.

    Attributes:
        codes: (s,) the class of each.
        first: (x,) the first startup of each class.
    """

    codes: NDArray[np.intp]
    first: NDArray[np.intp]

    @classmethod
    def of(cls, startups: StartupColumns, reads: Sequence[str]) -> Self:
        """By the columns named, ``record.size`` for one of the record."""
        found = cls(np.zeros(len(startups), dtype=np.intp), np.zeros(min(1, len(startups)), dtype=np.intp))
        for name in reads:
            found = found.joined(cls._of_column(attrgetter(name)(startups)))
        return found

    @classmethod
    def of_flags(cls, flags: NDArray[np.bool_]) -> Self:
        """By one flag."""
        return cls._of_column(flags)

    @classmethod
    def _of_column(cls, column: NDArray[Any]) -> Self:
        rows = np.ascontiguousarray(column.reshape(len(column), math.prod(column.shape[1:])))
        if not rows.size:  # nothing to differ in
            return cls(np.zeros(len(rows), dtype=np.intp), np.zeros(min(1, len(rows)), dtype=np.intp))
        if rows.shape[1] > 1:  # rows as one value each, compared byte by byte
            rows = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1])))
        _, first, codes = np.unique(rows.ravel(), return_index=True, return_inverse=True)
        return cls(codes.ravel(), first)

    def joined(self, other: Classes) -> Self:
        """Startups alike in both."""
        both = self.codes * max(1, len(other.first)) + other.codes
        _, first, codes = np.unique(both, return_index=True, return_inverse=True)
        return type(self)(codes.ravel(), first)
