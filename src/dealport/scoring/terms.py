"""What the block kernel adds up: the score cut into terms that are cheap for a whole tile of pairs.

Axes: s startups, t tiles of investors, w investors in a tile, n sector nodes, x classes of startups. Every number is a
whole number of units (0.00001 point) in single precision, exact in any order of summation (`fits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dealport.scoring.blocks import Engine, Half
from dealport.scoring.columns import InvestorColumns
from dealport.scoring.criteria import reach_of
from dealport.scoring.fits import Numbers, neutral_units
from dealport.scoring.gates import closed_by_country
from dealport.scoring.layouts import Grid
from dealport.scoring.measures import CRITERIA, READS
from dealport.scoring.tiles import Classes, Tiles
from dealport.scoring.track import MILLION

GATED = np.float32(-(2**25))  # below 0 whatever is added
TABLE_BYTES = 48_000_000  # of one table, classes x investors; beyond it criteria are asked for every pair
MOST_JOINED = 256  # classes of a table that is the sum of two: making it costs more than it saves beyond
TABLE_ROWS = 32  # classes scored at a time
NOT_A_COSINE = np.float32(0)
OVERLAPS = frozenset({"sectors", "sector_focus"})


@dataclass(frozen=True, slots=True)
class Table:
    """Points that depend on few values of a startup: a row for each class of startups that are alike there.

    Attributes:
        codes: (s,) class of each startup.
        points: (t, x, w).
    """

    codes: NDArray[np.intp]
    points: Numbers


@dataclass(frozen=True, slots=True)
class Overlap:
    """What multiplies the sectors of both sides: Tversky's index or a cosine.

    Attributes:
        mine: (s, n) whole numbers; times `scale` (n,).
        theirs: (t, n, w) whole numbers.
        my_mass, their_mass: (s,) and (t, w), Tversky's, the latter at least 1; all 0 for a cosine.
        whole: Denominator of a cosine; 0 for Tversky's index.
        floor: (t, w) least points: the neutral ones where an investor leaves it open, else 0.
        open_from: (t,) the first investor of a tile with such a floor.
        is_blank: (t,) whether no investor of the tile has any sector.
        is_open: (s,) startups that leave it open: at least the neutral points from everybody.
    """

    mine: NDArray[Any]
    scale: Numbers
    theirs: Numbers
    my_mass: Numbers
    their_mass: Numbers
    floor: Numbers
    open_from: tuple[int, ...]
    is_blank: tuple[bool, ...]
    is_open: NDArray[np.bool_]
    share: np.float32
    neutral: np.float32
    whole: np.float32 = NOT_A_COSINE

    @property
    def is_cosine(self) -> bool:
        """Whether it has a fixed denominator."""
        return bool(self.whole > 0)


@dataclass(frozen=True, slots=True)
class Ticket:
    """The ticket criterion where asks differ too much for a table; what is unknown gives 0 here and stands in a table.

    Attributes:
        highest, lowest: (s,) the ask's ends in thousandths of log10, 1000 off, so that their gaps are gains.
        reach, least: (t, w) the largest ask that is met and the smallest ticket, likewise.
    """

    highest: Numbers
    lowest: Numbers
    reach: Numbers
    least: Numbers
    share: np.float32


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole score as terms; all that is added for a pair, plus 1, so that an open pair is above 0.

    Attributes:
        overlaps: The first is of stated sectors; the second, where deals are known, of what they show; then a cosine.
        n_stating: (t,) how many investors of a tile, the first ones, are gated without a common sector.
        excluding: (x,) investors that exclude sectors. excluded: (used, x) which of the sectors `excluded_at` (used,).
        grids: Halves with too many classes for a table, scored by the criteria themselves.
    """

    tiles: Tiles
    investors: InvestorColumns
    tables: tuple[Table, ...]
    overlaps: tuple[Overlap, ...]
    ticket: Ticket | None
    grids: tuple[Half, ...]
    n_stating: tuple[int, ...]
    excluding: NDArray[np.intp]
    excluded_at: NDArray[np.intp]
    excluded: Numbers

    def investors_of(self, place: int) -> InvestorColumns:
        """The columns of a tile's investors."""
        return self.investors.take(self.tiles.slices()[place])


@dataclass(frozen=True, slots=True)
class _Group:
    """Points of criteria that depend on the same classes of startups: (x, i)."""

    classes: Classes
    points: Numbers

    def joined(self, other: _Group) -> _Group:
        """The sum of both, for startups alike in both."""
        classes = self.classes.joined(other.classes)
        mine, theirs = self.classes.codes[classes.first], other.classes.codes[classes.first]
        return _Group(classes, self.points[mine] + other.points[theirs])


def make_terms(engine: Engine) -> Terms:
    """The engine's score, cut up; its investors that state sectors come first."""
    tiles = Tiles.of(len(engine.investors))
    by_reads: dict[tuple[str, ...], list[Half]] = {("country",): []}  # the gates of countries stand there in any case
    for half in engine.halves:
        if half.criterion not in OVERLAPS:
            by_reads.setdefault(READS[half.criterion][half.place], []).append(half)
    groups, grids, ticket = list[_Group](), list[Half](), None
    most = max(1, TABLE_BYTES // (4 * tiles.count * tiles.width))
    for reads, halves in by_reads.items():
        classes = Classes.of(engine.startups, reads)
        if len(classes.first) <= most or reads == ("country",):  # of which there are few, and gates to be closed
            groups.append(_Group(classes, _points(engine, classes, reads, halves)))
        elif reads == ("ask",):
            ticket, asked = _ticket(engine, halves[0], tiles), Classes.of_flags(engine.startups.ask[:, 1] > 0)
            groups.append(_Group(asked, _points(engine, asked, reads, halves, only_unknown=True)))
        else:
            grids += halves
    excluded = engine.investors.excluded_sector
    excluding, excluded_at = np.flatnonzero(excluded.any(axis=1)), np.flatnonzero(excluded.any(axis=0))
    return Terms(
        tiles=tiles,
        investors=engine.investors,
        tables=tuple(
            Table(group.classes.codes, tiles.cut(group.points, fill=float(GATED)))
            for group in _joined(groups, min(most, MOST_JOINED))
        ),
        overlaps=_overlaps(engine, tiles),
        ticket=ticket,
        grids=tuple(grids),
        n_stating=tuple(tiles.cut(engine.investors.states_sectors).sum(axis=1, dtype=int).tolist()),
        excluding=excluding,
        excluded_at=excluded_at,
        excluded=excluded[np.ix_(excluding, excluded_at)].T.astype(np.float32),
    )


def _joined(groups: Sequence[_Group], most: int) -> list[_Group]:
    """Fewer groups, joined while their classes stay few enough for a table: the largest first, each where it fits."""
    joined: list[_Group] = []
    for group in sorted(groups, key=lambda one: -len(one.classes.first)):
        sizes = [len(one.classes.first) * len(group.classes.first) for one in joined]
        fitting = [place for place, size in enumerate(sizes) if size <= most]
        if fitting:
            place = max(fitting, key=sizes.__getitem__)
            joined[place] = joined[place].joined(group)
        else:
            joined.append(group)
    return joined


def _points(
    engine: Engine, classes: Classes, reads: Sequence[str], halves: Sequence[Half], *, only_unknown: bool = False
) -> Numbers:
    """(x, i) what halves give each class, by the criteria themselves; by country, 1 and the gates of countries too."""
    points = np.zeros((len(classes.first), len(engine.investors)), dtype=np.float32)
    for start in range(0, len(points), TABLE_ROWS):
        part = slice(start, start + TABLE_ROWS)
        pairs = Grid(engine.startups.take(classes.first[part]), engine.investors)
        for half in halves:
            fit = CRITERIA[half.criterion](pairs)[half.place]
            gained = fit.points_units(half.share_units, half.neutral)
            points[part] += np.where(fit.known, np.float32(0), gained) if only_unknown else gained
        if reads == ("country",):
            points[part] += 1
            closed = np.logical_or.reduce(list(closed_by_country(pairs.startups, pairs.investors).values()))
            np.copyto(points[part], GATED, where=closed)
    return points


def _ticket(engine: Engine, half: Half, tiles: Tiles) -> Ticket:
    """Sides that leave it open are put out of reach: their gain is 0."""
    ask, investors = engine.startups.ask.astype(np.float32), engine.investors
    unknown_ask, unknown = ask[:, 1] == 0, investors.ticket[:, 1] == 0
    return Ticket(
        highest=np.where(unknown_ask, np.inf, 10 * ask[:, 0] - 1000).astype(np.float32),
        lowest=np.where(unknown_ask, -np.inf, 10 * ask[:, 1] + 1000).astype(np.float32),
        reach=tiles.cut(np.where(unknown, -np.inf, 10 * reach_of(investors))),
        least=tiles.cut(np.where(unknown, np.inf, 10 * investors.ticket[:, 0])),
        share=np.float32(half.share_units),
    )


def _overlaps(engine: Engine, tiles: Tiles) -> tuple[Overlap, ...]:
    """Stated sectors, then those that deals show, then the cosine of both."""
    startups, investors, record = engine.startups, engine.investors, engine.investors.record
    shares = {(half.criterion, half.place): half for half in engine.halves}

    def overlap(name: str, place: int, **sides: Any) -> Overlap:  # noqa: ANN401 - fields of Overlap
        half, opens = shares[name, place], sides.pop("opens")
        neutral = neutral_units(half.share_units, half.neutral)
        floor = tiles.cut(np.where(opens, neutral, np.float32(0)))
        starts = tuple(np.argmax(np.pad(floor > 0, ((0, 0), (0, 1)), constant_values=True), axis=1).tolist())
        return Overlap(
            floor=floor,
            open_from=starts,
            is_blank=tuple((~sides["theirs"].any(axis=(1, 2))).tolist()),
            share=np.float32(half.share_units),
            neutral=neutral,
            **sides,
        )

    tversky = {"mine": startups.levels, "scale": startups.information, "my_mass": startups.sector_mass}
    silent, no_mass = startups.sector_mass == 0, np.zeros(len(startups), dtype=np.float32)
    stated = overlap(
        "sectors", 0, **tversky,
        theirs=tiles.cut(investors.levels.T), their_mass=tiles.cut(np.maximum(investors.sector_mass, 1), fill=1),
        opens=investors.agnostic | (investors.sector_mass == 0), is_open=startups.agnostic | silent,
    )  # fmt: skip
    if record is None or startups.record is None:
        return (stated,)
    dealt = overlap(
        "sector_focus", 0, **tversky,
        theirs=tiles.cut(record.levels.T), their_mass=tiles.cut(np.maximum(record.mass, 1), fill=1),
        opens=record.mass == 0, is_open=silent,
    )  # fmt: skip
    focus = startups.record.focus
    cosine = overlap(
        "sector_focus", 1, mine=focus, scale=np.ones(focus.shape[1], dtype=np.float32), my_mass=no_mass,
        theirs=tiles.cut(record.focus.T), their_mass=np.zeros((tiles.count, tiles.width), dtype=np.float32),
        opens=~record.holds, is_open=~focus.any(axis=1), whole=np.float32(MILLION),
    )  # fmt: skip
    return stated, dealt, cosine
