"""The compiled engine: workers that hand blocks of startups to `loop`. It can be imported without numba."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace

from dealport.scoring.columns.arrays import Numbers
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import NOBODY, TOP, Keys, ListSizes, Places
from dealport.scoring.engine.plain import Few
from dealport.scoring.engine.sheet import ASK, Batch, Sheet
from dealport.scoring.engine.terms import OPEN, HalfGroup, Terms

# Startups meet a tile of investors, then the next: what they look up of the tile stays in the second cache. The more of
# them the better (256: 2.1 ns a pair, 1,024: 1.6, 4,096: 1.3); fewer blocks than this makes are hard to share out.
BLOCK_ROWS = 2048
FEW_ROWS = 128  # where criteria themselves are asked of all investors: 13 MB each at 25,000
TILE_WIDTH = 512  # a multiple of 8
NOTHING = slice(0, 0)


def compiled_workers(engine: Engine, limits: ListSizes, n: int, tell: Callable[[], None]) -> list[CompiledWorker]:
    """Workers for n threads, with the same terms; `tell` is called where the loop has to be compiled first."""
    from dealport.scoring.engine.loop import forget, telling

    terms = Terms.of(engine, TILE_WIDTH)
    sheet = Sheet.of(terms)
    if not _asked_of_criteria(terms):
        terms = _without_investors(terms)
    workers = [CompiledWorker(terms, sheet, limits) for _ in range(n)]
    nobody = np.full((0, limits.k_startups), NOBODY)
    with telling(tell):
        try:
            workers[0].run(NOTHING, OPEN, nobody)
        except OSError:  # the disk is full: what is compiled can't be kept, and is there all the same
            workers[0].run(NOTHING, OPEN, nobody)
        except Exception:  # noqa: BLE001 - what another version of Dealport kept may fail in any way
            forget()
            workers[0].run(NOTHING, OPEN, nobody)
    return workers


def _asked_of_criteria(terms: Terms) -> list[HalfGroup]:
    """The groups for which the loop has neither a table nor a formula."""
    return [group for group in terms.others if group.reads != ASK]


def _without_investors(terms: Terms) -> Terms:
    """The same once all that is asked of investors stands in the sheet: at 25,000 of them 55 MB less."""
    nobody = terms.engine.investors.take(np.zeros(0, dtype=np.intp))  # a copy: a slice would hold on to all
    return replace(terms, engine=replace(terms.engine, investors=nobody), investors=())


class CompiledWorker:
    """Scores block after block, and keeps the best of every investor. A thread's own."""

    def __init__(self, terms: Terms, sheet: Sheet, limits: ListSizes) -> None:
        self.terms, self.sheet, self.limits, self.others = terms, sheet, limits, _asked_of_criteria(terms)
        self.block_rows = FEW_ROWS if self.others else BLOCK_ROWS
        self.limit = (TOP - limits.least + 1) << 32  # no key is as large
        self.theirs = np.full((terms.tiles.count * terms.tiles.width, limits.k_investors), self.limit)

    def run(self, block: slice, hope: int, kept: Keys) -> Keys:
        """See `best.Worker`."""
        from dealport.scoring.engine.loop import run

        rows = self.terms.order[block]
        mine = np.minimum(kept, self.limit)
        first_startup = int(rows.min(initial=NOBODY))
        more = self._more(rows, hope)
        run(self.sheet, Batch(hope, block.start, block.stop, first_startup, *more, mine, self.theirs))
        return np.where(mine < self.limit, mine, NOBODY)

    def _more(self, rows: Places, hope: int) -> tuple[Numbers, Places]:
        """(t, x, w) the points of further groups, by the criteria themselves, and (b, groups) those of each startup."""
        few = [Few.of(group, self.terms.engine.startups, rows) for group in self.others]
        ends = np.cumsum([0, *(len(one.startups) for one in few)])
        points = np.zeros((self.terms.tiles.count, ends[-1], self.terms.tiles.width), dtype=np.float32)
        codes = np.zeros((len(rows), len(few)), dtype=np.intp)
        for index, one in enumerate(few):
            codes[:, index] = ends[index] + one.lines
            for place in self.terms.tiles_for(rows, hope):
                investors = self.terms.investors[place]
                points[place, ends[index] : ends[index + 1], : len(investors)] = one.group.points(
                    one.startups, investors
                )
        return points, codes

    def best(self) -> Keys:
        """(t * w, k) keys of the investors."""
        return np.where(self.theirs < self.limit, self.theirs, NOBODY)
