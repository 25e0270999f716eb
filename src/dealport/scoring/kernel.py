"""The block kernel: the best k of every participant among all cross-border pairs, both directions in one pass, exact.

Pairs are scored a block of startups and a tile of investors at a time, so that memory does not grow with their number.
Axes: s startups, i investors, b startups of a block, t tiles, w investors of a tile, r regions, k kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.blocks import Engine
from dealport.scoring.fits import Numbers
from dealport.scoring.keeping import NOBODY, Keys, Pool, best_of, pack
from dealport.scoring.strips import STRIP_ROWS, Places, Strip, Wide, widen
from dealport.scoring.terms import Terms, make_terms

SHUFFLE_SEED = 7  # any will do: the same input must take the same time
FEWEST_GROUPS = 20  # for each of the k that are kept: few more than k reach the bound then


@dataclass(frozen=True, slots=True)
class Kernel:
    """A market ready for the pass.

    Attributes:
        engine: Its investors sorted: those that state sectors, others, the silent; each by the regions they leave out.
        column: (i,) where each of them stood before.
        named: (pairs, 2) startups and investors one of which names the other as backer or to be avoided.
        order: (s,) startups, those with like sectors together: a block then multiplies few of the sector nodes.
        region: (s,) code of the startup's region: countries that the same investors leave out.
        open_tiles: (t, r) whether a tile has any investor that does not leave out the region.
    """

    engine: Engine
    terms: Terms
    wide: Wide
    column: Places
    named: Places
    order: Places
    region: Places
    open_tiles: NDArray[np.bool_]

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """All startups and investors of the engine."""
        region_of_country, open_regions = _regions(engine)
        is_silent = engine.investors.sector_mass == 0
        column = np.lexsort((*reversed(open_regions), is_silent, ~engine.investors.states_sectors))
        place = np.argsort(column)
        engine = replace(engine, investors=engine.investors.take(column))
        terms = make_terms(engine)
        named = np.concatenate([*engine.named.by_gate.values()])
        region = region_of_country[engine.startups.country]
        return cls(
            engine=engine,
            terms=terms,
            wide=widen(terms),
            column=column,
            named=np.stack([named[:, 0], place[named[:, 1]]], axis=1),
            order=np.lexsort((*_telling_sectors(engine), region, ~engine.startups.states_sectors)),
            region=region,
            open_tiles=terms.tiles.cut(open_regions[:, column]).max(axis=2) > 0,
        )

    def blocks(self) -> list[Places]:
        """The startups of each block, the blocks shuffled: what an investor's next must reach rises early."""
        starts = np.random.default_rng(SHUFFLE_SEED).permutation(np.arange(0, len(self.order), STRIP_ROWS))
        return [self.order[start : start + STRIP_ROWS] for start in starts.tolist()]

    def tiles_for(self, block: Places) -> list[int]:
        """The tiles with an investor that does not leave out all of these startups' countries."""
        return np.flatnonzero(self.open_tiles[:, np.unique(self.region[block])].any(axis=1)).tolist()


def _regions(engine: Engine) -> tuple[Places, NDArray[np.bool_]]:
    """(m,) region of each country, and (r, i) who invests there; the region with the most startups comes first."""
    left_out = engine.investors.elsewhere  # countries excluded one by one would make every country a region
    patterns, region = np.unique(np.packbits(left_out, axis=0), axis=1, return_inverse=True)
    n_startups = np.bincount(region.ravel()[engine.startups.country], minlength=patterns.shape[1])
    by_size = np.argsort(-n_startups, kind="stable")
    open_regions = np.unpackbits(patterns[:, by_size], axis=0, count=len(left_out)).T == 0
    return np.argsort(by_size)[region.ravel()], open_regions


def _telling_sectors(engine: Engine) -> list[Places]:
    """(s,) places of each startup's three most telling sectors, the first last."""
    startups = engine.startups
    held = startups.levels[:, np.argsort(-startups.information, kind="stable")] > 0
    telling = list[Places]()
    for _ in range(3):
        telling.insert(0, held.argmax(axis=1))
        held[np.arange(len(held)), telling[0]] = False
    return telling


class Worker:
    """Scores blocks in arrays of its own, used again for each: no record.

    scores (t, b, w) of the tiles looked at, best (b, w) of all of them, tops (t, w) of the block, scratch (3, b, w),
    column (t, w) where the investors stood before.
    """

    def __init__(self, kernel: Kernel, *, k: int, least_units: int) -> None:
        tiles = kernel.terms.tiles
        self.kernel, self.k, self.least = kernel, k, np.float32(least_units + 1)
        self.column = np.resize(kernel.column, (tiles.count, tiles.width))
        self.scores = np.empty((tiles.count, STRIP_ROWS, tiles.width), dtype=np.float32)
        self.best = np.empty((STRIP_ROWS, tiles.width), dtype=np.float32)
        self.tops = np.empty((tiles.count, tiles.width), dtype=np.float32)
        self.scratch = np.empty((3, STRIP_ROWS, tiles.width), dtype=np.float32)

    def run(self, block: Places, pool: Pool) -> Keys:
        """(b, k) keys of the block's startups; its investors' go into the pool."""
        kernel, b = self.kernel, len(block)
        tiles = kernel.tiles_for(block)
        if not tiles:
            return np.full((b, self.k), NOBODY)
        strip = Strip.of(kernel.engine, kernel.terms, kernel.wide, kernel.named, block)
        best = self.best[:b]
        for index, place in enumerate(tiles):
            tile = self.scores[index, :b]
            strip.score(place, self.scratch, out=tile)
            np.maximum(best if index else tile, tile, out=best)
            tile.max(axis=0, out=self.tops[index])
        self._offer(block, tiles, pool)
        return _best_of_rows(self.scores, best, self.column[tiles], k=self.k, least=self.least)

    def _offer(self, block: Places, tiles: list[int], pool: Pool) -> None:
        """Give the pool the startups that reach what it asks; only investors whose best does are looked at."""
        width, b = self.scores.shape[2], len(block)
        columns = (np.array(tiles)[:, None] * width + np.arange(width)).ravel()
        asked = pool.asked(columns)
        hit = np.flatnonzero(self.tops[: len(tiles)].ravel() >= asked)
        index, column = np.divmod(hit, width)
        first = index * self.scores[0].size + column
        few, owners = np.take(self.scores, first[:, None] + np.arange(b) * width).ravel(), columns[hit].repeat(b)
        found = np.flatnonzero(few >= asked[hit].repeat(b))
        owners, keys = owners[found], pack(few[found], block[found % b])
        better = keys < pool.bound[owners]
        pool.offer(owners[better], keys[better])


def _best_of_rows(scores: Numbers, best: Numbers, column: Places, *, k: int, least: np.float32) -> Keys:
    """(b, k) the best investors of each startup: keys of scores (>=t, >=b, w), with `best` (b, w) of all t tiles.

    `column`: (t, w) the investors' rows. The k-th best of any groups' best is a lower bound of the k-th best: groups
    that don't reach it are never looked at.
    """
    (n_tiles, width), n_rows, b = column.shape, scores.shape[1], len(best)
    n_groups = width
    while n_groups > FEWEST_GROUPS * k and n_groups % 2 == 0:
        n_groups //= 2
        best = np.maximum(best[:, :n_groups], best[:, n_groups:])
    bound = np.full(b, least)
    if k <= n_groups:
        bound = np.maximum(bound, np.partition(best, -k, axis=1)[:, -k])
    owners, groups = np.divmod(np.flatnonzero(best >= bound[:, None]), n_groups)
    tiles, members = (axis.ravel() for axis in np.mgrid[:n_tiles, 0:width:n_groups])
    found = np.take(scores, (owners * width + groups)[:, None] + (tiles * n_rows * width + members))
    hit, member = np.divmod(np.flatnonzero(found >= bound[owners, None]), len(tiles))
    owners, groups, tiles = owners[hit], groups[hit], tiles[member]
    keys = pack(found[hit, member], column[tiles, groups + members[member]])
    counts = np.bincount(owners, minlength=b)
    table = np.full((b, max(k, int(counts.max(initial=0)))), NOBODY)
    table[owners, np.arange(len(keys)) - (np.cumsum(counts) - counts)[owners]] = keys
    return best_of(table, k)
