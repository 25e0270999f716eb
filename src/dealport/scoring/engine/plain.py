"""The plain engine: blocks of startups meet tiles of investors, in numpy. It asks nobody but the criteria themselves.

Axes: b startups of a block, w investors of a tile, x classes of the block's startups, k kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from dealport.scoring.columns.arrays import Numbers
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import Keys, ListSizes, Places, Pool, pack
from dealport.scoring.engine.terms import GATED, HalfGroup, Terms

BLOCK_ROWS = 256
TILE_WIDTH = 1024  # with so many startups an array of pairs is 1 MB: it stays near the processor
FEWEST_GROUPS = 8  # for each of the k that are kept: few more than k reach the bound then


@dataclass(frozen=True, slots=True)
class Few:
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
        focus=np.asfortranarray(investors.record.focus),
    )
    return replace(investors, levels=np.asfortranarray(investors.levels), record=record)


class PlainWorker:
    """Scores block after block, and keeps the best of every investor. A thread's own, with arrays used again."""

    def __init__(self, terms: Terms, limits: ListSizes) -> None:
        self.terms, self.limits, self.block_rows = terms, limits, BLOCK_ROWS
        self.pool = Pool.of(terms.tiles.count * terms.tiles.width, limits.k_investors, limits.least_units)
        self.column = np.resize(terms.column, (terms.tiles.count, terms.tiles.width))
        self.arrays = np.empty((2, BLOCK_ROWS, terms.tiles.width), dtype=np.float32)

    def run(self, block: slice) -> Keys:
        """(b, k) keys of the startups at these places in the order; their investors' are kept."""
        terms = self.terms
        rows = terms.order[block]
        groups = [Few.of(group, terms.engine.startups, rows) for group in (terms.sectors, *terms.others)]
        named = terms.named.of_rows(rows)
        mine = Pool.of(len(rows), self.limits.k_startups, self.limits.least_units)
        for place in terms.tiles_for(rows):
            scores = self._score(rows, place, groups)
            lines, columns = named[0], named[1] - place * terms.tiles.width
            here = (columns >= 0) & (columns < terms.tiles.width)
            scores[lines[here], columns[here]] = GATED
            self._keep(scores, rows, place, mine)
        return mine.best()

    def best(self) -> Keys:
        """(t * w, k) keys of the investors."""
        return self.pool.best()

    def _score(self, rows: Places, place: int, groups: list[Few]) -> Numbers:
        """(b, w) the scores of a tile, below 0 where a gate is closed."""
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
