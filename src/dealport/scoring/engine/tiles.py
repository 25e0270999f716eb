"""Cutting the market: investors into tiles, startups into classes of those that are alike in what criteria read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.scoring.columns.sides import StartupColumns

NARROWEST = 32  # a market of a few investors is one tile, not wider than need be


class Tiles(Struct, frozen=True):
    """Columns of n investors cut into `count` tiles of `width`, the last one filled up."""

    n: int
    width: int

    @classmethod
    def of(cls, n: int, widest: int) -> Self:
        """Tiles for n investors, not much wider than they are many."""
        width = min(NARROWEST, widest)
        while width < min(n, widest):
            width *= 2
        return cls(n, width)

    @property
    def count(self) -> int:
        """How many tiles there are, at least one."""
        return max(1, -(-self.n // self.width))

    def slices(self) -> list[slice]:
        """The investors of each tile."""
        return [slice(place * self.width, min(self.n, (place + 1) * self.width)) for place in range(self.count)]

    def cut(self, columns: NDArray[Any], dtype: type[np.generic], fill: float = 0) -> NDArray[Any]:
        """(i, ...) gives (t, ..., w)."""
        tiles = np.empty((self.count, *columns.shape[1:], self.width), dtype=dtype)
        tiles[-1] = fill
        for tile, part in zip(tiles, self.slices(), strict=True):
            tile[..., : part.stop - part.start] = np.moveaxis(columns[part], 0, -1)
        return tiles


class Classes(Struct, frozen=True):
    """Startups that are alike in some columns.

    Attributes:
        codes: (s,) the class of each; classes whose first columns begin alike stand together.
        first: (x,) the first startup of each class.
    """

    codes: NDArray[np.intp]
    first: NDArray[np.intp]

    @classmethod
    def of(cls, startups: StartupColumns, reads: Iterable[str]) -> Self:
        """By the columns named, ``record.size`` for one of the record."""
        found = cls(np.zeros(len(startups), dtype=np.intp), np.zeros(min(1, len(startups)), dtype=np.intp))
        for name in reads:
            column = attrgetter(name)(startups)
            rows = column.reshape(len(column), math.prod(column.shape[1:]))
            if rows.size and (rows != rows[0]).any():  # else there is nothing to differ in
                found = found.joined(_values(rows))
        return found

    def joined(self, values: NDArray[Any]) -> Self:
        """Those alike in the values (s,) too."""
        _, mine = np.unique(values, return_inverse=True)
        both = self.codes * len(mine) + mine
        _, first, codes = np.unique(both, return_index=True, return_inverse=True)
        return type(self)(codes, first)


def _values(rows: NDArray[Any]) -> NDArray[Any]:
    """(s, n) gives (s,): rows as one value each, compared byte by byte, what most of them have first."""
    if rows.shape[1] == 1:
        return rows.ravel()
    if rows.dtype == bool:
        rows = np.packbits(rows, axis=1)
    else:
        often = np.argsort(-np.count_nonzero(rows, axis=0), kind="stable")
        rows = np.take(rows, often, axis=1)
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
