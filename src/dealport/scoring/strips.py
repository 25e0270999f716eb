"""A strip of startups, ready to be scored against one tile of investors after another.

Axes: b startups of the strip, w investors of a tile, n sector nodes. Everything is whole units in single precision, see
`terms`; `wide` arrays (t, b, w) repeat a column for each startup, since adding arrays of one shape takes a third of the
time that adding a row to each does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.blocks import Engine
from dealport.scoring.columns import StartupColumns
from dealport.scoring.criteria import STARTUP_ONLY_TENTHS
from dealport.scoring.fits import THOUSAND, Numbers
from dealport.scoring.layouts import Grid
from dealport.scoring.measures import CRITERIA
from dealport.scoring.terms import GATED, Overlap, Terms, Ticket

STRIP_ROWS = 64
ABOVE_ALL = np.float32(2**24)  # times any sector in common it is above every score
Places = NDArray[np.intp]
Wide = Mapping[str, Numbers]


def widen(terms: Terms) -> dict[str, Numbers]:
    """Name to (t, b, w): the investors' columns that are met by every startup of a strip."""
    columns = {
        f"mass{index}": overlap.their_mass for index, overlap in enumerate(terms.overlaps) if not overlap.is_cosine
    }
    if terms.ticket:
        columns |= {"reach": terms.ticket.reach, "least": terms.ticket.least}
    return {name: np.repeat(column[:, None], STRIP_ROWS, axis=1) for name, column in columns.items()}


@dataclass(frozen=True, slots=True)
class Factor:
    """One overlap of a strip.

    Attributes:
        mine: (b, used) whole numbers.
        used: (used,) sector nodes that some startup of the strip has.
        my_mass: (b, w) times Tversky's a, the same for every investor.
        open_rows: Startups that leave it open.
    """

    overlap: Overlap
    mine: Numbers
    used: Places
    my_mass: Numbers
    open_rows: Places

    @classmethod
    def of(cls, overlap: Overlap, rows: Places) -> Self:
        """The part of some startups."""
        mine = overlap.mine[rows] * overlap.scale
        used = np.flatnonzero(mine.any(axis=0))
        my_mass = np.float32(STARTUP_ONLY_TENTHS) * overlap.my_mass[rows, None].repeat(overlap.floor.shape[1], axis=1)
        open_rows = np.flatnonzero(overlap.is_open[rows])
        return cls(overlap, np.ascontiguousarray(mine[:, used]), used, my_mass, open_rows)

    def is_blank(self, place: int) -> bool:
        """Whether nobody on one of the sides has any sector: nothing can be in common."""
        return self.overlap.is_blank[place] or not len(self.used)

    def open_points(self, place: int, *, out: Numbers) -> Numbers:
        """(b, w) where nothing is in common: 0, or the neutral points of a side that leaves it open."""
        out[...] = self.overlap.floor[place]
        out[self.open_rows] = self.overlap.neutral
        return out

    def multiply(self, place: int, *, out: Numbers) -> None:
        """(b, w) what both sides have in common: sums of whole numbers below 2^24."""
        np.matmul(self.mine, np.take(self.overlap.theirs[place], self.used, axis=0, mode="clip"), out=out)

    def points(self, common: Numbers, place: int, their_mass: Numbers | None, *, out: Numbers) -> Numbers:
        """(b, w) as `criteria.tversky` and `Fit.points_units` give, operation by operation; `common` is used up."""
        overlap, start = self.overlap, self.overlap.open_from[place]
        if their_mass is None:  # a cosine
            np.minimum(common, overlap.whole, out=common)
            np.divide(common, overlap.whole, out=out)
        else:
            np.multiply(common, np.float32(10), out=out)
            common += their_mass[place, : len(common)]
            common += self.my_mass
            out /= common
            np.minimum(out, 1, out=out)
        out *= overlap.share
        np.rint(out, out=out)
        if start < out.shape[1]:
            np.maximum(out[:, start:], overlap.floor[place, start:], out=out[:, start:])
        if len(self.open_rows):
            out[self.open_rows] = np.maximum(out[self.open_rows], overlap.neutral)
        return out


@dataclass(frozen=True, slots=True)
class Strip:
    """Startups that are scored together.

    Attributes:
        startups: Their columns, where a criterion has to be asked itself; else None.
        n_stating: How many of them, the first ones, are gated without a sector in common.
        closed: Startup and investor of each pair that a profile's own words close, by investor.
    """

    rows: Places
    terms: Terms
    wide: Wide
    factors: tuple[Factor, ...]
    startups: StartupColumns | None
    n_stating: int
    closed: tuple[Places, Places]

    @classmethod
    def of(cls, engine: Engine, terms: Terms, wide: Wide, named: Places, rows: Places) -> Self:
        """Some startups of the engine, those that state sectors first."""
        return cls(
            rows=rows,
            terms=terms,
            wide=wide,
            factors=tuple(Factor.of(overlap, rows) for overlap in terms.overlaps),
            startups=engine.startups.take(rows) if terms.grids else None,
            n_stating=int(np.count_nonzero(engine.startups.states_sectors[rows])),
            closed=_closed(engine, terms, named, rows),
        )

    def score(self, place: int, scratch: Numbers, *, out: Numbers) -> None:
        """Fill (b, w) with the scores of a tile, plus 1; gated pairs are below 1."""
        self._add_tables(place, scratch, out=out)
        self._add_overlaps(place, scratch, out=out)
        rows, columns = self.closed
        first = place * out.shape[1]
        here = slice(*np.searchsorted(columns, [first, first + out.shape[1]]))
        out[rows[here], columns[here] - first] = GATED

    def _add_tables(self, place: int, scratch: Numbers, *, out: Numbers) -> None:
        """What depends on few values of a startup, the ticket, and what only a criterion itself can tell."""
        other = scratch[0, : len(out)]
        first, *rest = self.terms.tables
        np.take(first.points[place], first.codes[self.rows], axis=0, out=out, mode="clip")
        for table in rest:
            out += np.take(table.points[place], table.codes[self.rows], axis=0, out=other, mode="clip")
        if self.terms.ticket:
            out += _ticket_points(self.terms.ticket, self.rows, place, self.wide, scratch)
        if self.startups is not None:
            investors = self.terms.investors_of(place)
            for half in self.terms.grids:
                fit = CRITERIA[half.criterion](Grid(self.startups, investors))[half.place]
                out[:, : len(investors)] += fit.points_units(half.share_units, half.neutral)

    def _add_overlaps(self, place: int, scratch: Numbers, *, out: Numbers) -> None:
        """What sectors in common give; without any, the pairs of which both sides state some are gated."""
        common, points, limit = scratch[:3, : len(out)]
        for index, factor in enumerate(self.factors):
            if factor.is_blank(place):
                if index == 0:
                    limit.fill(0)
                out += factor.open_points(place, out=points)
                continue
            factor.multiply(place, out=common)
            if index == 0:
                np.multiply(common, ABOVE_ALL, out=limit)
            elif not factor.overlap.is_cosine:  # what deals show in common opens the gate too
                limit += common * ABOVE_ALL
            out += factor.points(common, place, self.wide.get(f"mass{index}"), out=points)
        if n_stating := self.terms.n_stating[place]:  # of most tiles all or none: rows in one piece are far quicker
            limit[:, n_stating:] = ABOVE_ALL
            np.minimum(out[: self.n_stating], limit[: self.n_stating], out=out[: self.n_stating])


def _ticket_points(ticket: Ticket, rows: Places, place: int, wide: Wide, scratch: Numbers) -> Numbers:
    """(b, w) as `criteria.ticket_fit` and `Fit.points_units` give."""
    gain: Numbers = scratch[0, : len(rows)]
    other: Numbers = scratch[1, : len(rows)]
    np.subtract(wide["reach"][place, : len(rows)], ticket.highest[rows, None], out=gain)
    np.subtract(ticket.lowest[rows, None], wide["least"][place, : len(rows)], out=other)
    np.minimum(gain, other, out=gain)
    np.clip(gain, 0, 1000, out=gain)
    gain /= THOUSAND
    gain *= ticket.share
    np.rint(gain, out=gain)
    return gain


def _closed(engine: Engine, terms: Terms, named: Places, rows: Places) -> tuple[Places, Places]:
    """Pairs of backers, of those to be avoided, and of excluded sectors: places in `rows`, and investors."""
    owners, investors = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    if len(named):
        by_row = np.argsort(rows)
        here = named[np.isin(named[:, 0], rows)]
        owners, investors = by_row[np.searchsorted(rows, here[:, 0], sorter=by_row)], here[:, 1]
    if len(terms.excluding):
        stated = engine.startups.stated[np.ix_(rows, terms.excluded_at)]
        used = np.flatnonzero(stated.any(axis=0))
        hits = stated[:, used].astype(np.float32) @ terms.excluded[used] > 0
        places, excluding = np.divmod(np.flatnonzero(hits), len(terms.excluding))
        owners = np.concatenate([owners, places])
        investors = np.concatenate([investors, terms.excluding[excluding]])
    order = np.argsort(investors, kind="stable")
    return owners[order], investors[order]
