"""The plain engine: blocks of startups meet tiles of investors, in numpy. It asks nobody but the criteria themselves.

Axes: b startups of a block, w investors of a tile, x classes of the block's startups, k kept.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dealport.scoring.columns.arrays import Numbers
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import Keys, ListSizes, Places, Pool, pack
from dealport.scoring.engine.terms import (
    GATED,
    OPEN,
    HalfGroup,
    Terms,
)

BLOCK_ROWS = 256
TILE_WIDTH = 1024  # with so many startups an array of pairs is 1 MB: it stays near the processor
FEWEST_GROUPS = 8  # for each of the k that are kept: few more than k reach the bound then


class Few(Struct, frozen=True):
    """Classes of a block's startups, scored once each.

    Attributes:
        startups: (x,) one of each class.
        lines: (b,) the class of each startup.
    """

    group: HalfGroup
    startups: StartupColumns
    lines: Places

    @classmethod
    def of(cls, group: HalfGroup, startups: StartupColumns, rows: Places) -> Self:
        """The classes of some startups."""
        codes, lines = np.unique(group.classes.codes[rows], return_inverse=True)
        return cls(group, startups.take(group.classes.first[codes]), lines)


def plain_workers(engine: Engine, limits: ListSizes, n: int) -> list[PlainWorker]:
    """Workers for n threads, with the same terms."""
    terms = Terms.of(engine, TILE_WIDTH)
    terms = replace(terms, investors=tuple(map(_by_sector, terms.investors)))
    return [PlainWorker(terms, limits) for _ in range(n)]


def _by_sector(investors: InvestorColumns) -> InvestorColumns:
    """The same with the columns of sectors one behind the other in memory: a block asks for few of them."""
    record = investors.record and replace(
        investors.record,
        levels=np.asfortranarray(investors.record.levels),
        entered=np.asfortranarray(investors.record.entered),
        focus=np.asfortranarray(investors.record.focus),
    )
    return replace(investors, levels=np.asfortranarray(investors.levels), record=record)


class PlainWorker:
    """Scores block after block, and keeps the best of every investor. A thread's own, with arrays used again."""

    def __init__(self, terms: Terms, limits: ListSizes) -> None:
        self.terms, self.limits, self.block_rows, self.hope = terms, limits, BLOCK_ROWS, OPEN
        self.pool = Pool.of(terms.tiles.count * terms.tiles.width, limits.k_investors, limits.least)
        self.column = np.resize(terms.column, (terms.tiles.count, terms.tiles.width))
        self.says_sectors = terms.engine.startups.says_sectors
        self.some_take_any = [bool(some.takes_any_sector.any()) for some in terms.investors]
        self.arrays = np.empty((2, BLOCK_ROWS, terms.tiles.width), dtype=np.float32)

    def run(self, block: slice, hope: int, kept: Keys) -> Keys:
        """See `best.Worker`."""
        terms = self.terms
        rows = terms.order[block]
        mine = Pool.of(len(rows), self.limits.k_startups, self.limits.least)
        mine.settle(kept)
        places = self._places(rows, hope, mine)
        groups = [Few.of(group, terms.engine.startups, rows) for group in (terms.sectors, *terms.others) if places]
        named = terms.named.of_rows(rows)
        for place in places:
            scores = self._score(rows, place, groups)
            lines, columns = named[0], named[1] - place * terms.tiles.width
            here = (columns >= 0) & (columns < terms.tiles.width)
            scores[lines[here], columns[here]] = GATED
            self._keep(scores, rows, place, mine)
        return mine.best()

    def _places(self, rows: Places, hope: int, mine: Pool) -> list[int]:
        """The tiles these startups meet; with last resorts only, those where anybody asks for them."""
        open_tiles = self.terms.tiles_for(rows, OPEN)
        if hope == OPEN:
            return open_tiles
        if hope != self.hope:
            self.pool.settle(self.pool.best())
            self.hope = hope
        others = [place for place in self.terms.tiles_for(rows, hope) if place not in open_tiles]
        return [place for place in others if self._asks_for_last_resorts(rows, place, mine)]

    def _asks_for_last_resorts(self, rows: Places, place: int, mine: Pool) -> bool:
        """Whether a last resort may be among the best of anybody here."""
        width = self.terms.tiles.width
        theirs = self.pool.asked(slice(place * width, (place + 1) * width), int(rows.min()))
        least = theirs.min(initial=np.inf, where=self.terms.takes_last[place])
        may_ask = self.says_sectors[rows] | self.some_take_any[place]
        return bool(min(least, mine.asked(slice(len(rows)), 0).min(initial=np.inf, where=may_ask)) < 0)

    def best(self) -> Keys:
        """(t * w, k) keys of the investors."""
        return self.pool.best()

    def _score(self, rows: Places, place: int, groups: list[Few]) -> Numbers:
        """(b, w) the standings of a tile, below all others where a gate is closed."""
        table, codes = self.terms.points[place], self.terms.codes[rows].T
        scores: Numbers = self.arrays[0, : len(rows)]
        other: Numbers = self.arrays[1, : len(rows)]
        np.take(table, codes[0], axis=0, out=scores, mode="clip")
        for code in codes[1:]:
            scores += np.take(table, code, axis=0, out=other, mode="clip")
        investors = self.terms.investors[place]
        for few in groups:
            points = few.group.points(few.startups, investors)
            scores[:, : len(investors)] += np.take(
                points, few.lines, axis=0, out=other[:, : len(investors)], mode="clip"
            )
        return scores

    def _keep(self, scores: Numbers, rows: Places, place: int, mine: Pool) -> None:
        """Offer what may be among the best of either side."""
        column, width = self.column[place], scores.shape[1]
        everybody, part = slice(len(rows)), slice(place * width, (place + 1) * width)
        asked = mine.asked(everybody, int(column.min()))
        if not mine.counts.any():
            asked = np.maximum(asked, _least_kept(scores, mine.k))
        line, at = np.divmod(np.flatnonzero(scores >= asked[:, None]), width)
        mine.offer(line, pack(scores[line, at], column[at]))
        asked = self.pool.asked(part, int(rows.min()))
        if not self.pool.counts[part].any():
            asked = np.maximum(asked, _least_kept(scores.T, self.pool.k))
        line, at = np.divmod(np.flatnonzero(scores >= asked), width)
        order = np.argsort(at, kind="stable")
        line, at = line[order], at[order]
        self.pool.offer(part.start + at, pack(scores[line, at], rows[line]))


def _least_kept(scores: Numbers, k: int) -> Numbers:
    """(owners, n) give (owners,): a lower bound of the k-th best, the k-th best of the best of groups."""
    best = scores
    while best.shape[1] > FEWEST_GROUPS * k and best.shape[1] % 2 == 0:
        half = best.shape[1] // 2
        best = np.maximum(best[:, :half], best[:, half:])
    n = best.shape[1]
    return np.partition(best, n - k, axis=1)[:, n - k] if k <= n else np.full(len(best), -np.inf, dtype=np.float32)
