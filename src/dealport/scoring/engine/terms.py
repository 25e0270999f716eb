"""The score of a market cut into terms that are cheap for a whole tile of pairs: points by class, made by the criteria.

Axes: s startups, i investors, t tiles of investors, w investors in a tile, x classes of startups that are alike in what
criteria read, r regions. Points are whole steps (0.0001 point) in single precision, exact in any order of summation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.scoring.columns.arrays import Mask, Numbers
from dealport.scoring.columns.sides import InvestorColumns, StartupColumns
from dealport.scoring.criteria.fits import LAST_RESORT
from dealport.scoring.criteria.gates import closed_by_country, excluded_sector, outside_countries
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA, Fits, have_common_ground
from dealport.scoring.engine.engine import Engine, Half
from dealport.scoring.engine.keys import Places
from dealport.scoring.engine.tiles import Classes, Tiles

GATED = np.float32(-(2**25))  # below all else, whatever is added; as LAST_RESORT is where it is added twice
OPEN, LAST_RESORTS_ONLY = 2, 1  # 0 is nothing: what a tile has for startups of a region
MOST_CLASSES = 512  # of a table: with more it is hardly less work than the pairs themselves
MOST_JOINED = 256  # classes of a table that is the sum of two: making it costs more than it saves beyond
TABLES_BYTES = 160_000_000  # of all tables
SHUFFLE_SEED = 7  # any will do: the same input must take the same time

COUNTRY = ("country",)
SECTOR_CRITERIA = ("sectors", "sector_focus", "sector_deals")
SECTORS = ("levels", "free", "sector_mass", "stated", "agnostic")
SECTORS_OF_DEALS = ("record.focus",)


class HalfGroup(Struct, frozen=True):
    """Halves of criteria that are scored together, for startups alike in what they read.

    Attributes:
        reads: Columns of startups. By country and by sectors gates are closed too.
    """

    reads: tuple[str, ...]
    halves: tuple[Half, ...]
    classes: Classes

    def joined(self, other: HalfGroup) -> Self:
        """Both, for startups alike in both."""
        classes = self.classes.joined(other.classes.codes)
        return type(self)(self.reads + other.reads, self.halves + other.halves, classes)

    def points(self, startups: StartupColumns, investors: InvestorColumns) -> Numbers:
        """(x, i) steps: what the criteria themselves give, below 0 where a gate is closed or it is a last resort."""
        pairs = Grid(startups, investors)
        fits = {name: CRITERIA[name].formula(pairs) for name in dict.fromkeys(half.criterion for half in self.halves)}
        points = np.zeros((len(startups), len(investors)), dtype=np.float32)
        for half in self.halves:
            points += fits[half.criterion][half.place].points_steps(half.share_steps, half.neutral)
        for closed in self._closed(pairs):
            points += GATED * closed  # a third of the time that writing here and there takes
        for is_last_resort in self._last_resorts(pairs, fits):
            points += np.float32(LAST_RESORT) * is_last_resort
        return points

    def _closed(self, pairs: Grid) -> list[Mask]:
        """(x, i) each: all gates but those of named pairs, and of pairs that are two last resorts in one."""
        closed = list[Mask]()
        if set(COUNTRY) <= set(self.reads):
            closed += closed_by_country(pairs.startups, pairs.investors).values()
        if set(SECTORS) <= set(self.reads):
            closed.append(excluded_sector(pairs.startups, pairs.investors))
        return closed

    def _last_resorts(self, pairs: Grid, fits: Mapping[str, Fits]) -> list[Mask]:
        """(x, i) each: what makes pairs a last resort."""
        found = [outside_countries(pairs)] if set(COUNTRY) <= set(self.reads) else []
        return [*found, ~have_common_ground(pairs, fits)] if set(SECTORS) <= set(self.reads) else found


class Lists(Struct, frozen=True):
    """A list of places for each owner, one behind the other.

    Attributes:
        starts: (owners + 1,) where each list begins in `places`, each ascending.
    """

    starts: Places
    places: Places

    @classmethod
    def of(cls, owners: NDArray[np.integer], places: NDArray[np.integer], n: int) -> Self:
        """Of n owners, from pairs in any order."""
        order = np.lexsort((places, owners))
        return cls(np.searchsorted(owners[order], np.arange(n + 1)), places[order].astype(np.intp))

    @classmethod
    def of_marks(cls, marks: Mask) -> Self:
        """The places of each row's marks."""
        owners, places = np.divmod(np.flatnonzero(marks), max(1, marks.shape[1]))
        return cls(np.searchsorted(owners, np.arange(len(marks) + 1)), places)

    @property
    def owners(self) -> Places:
        """Of each place."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def of_rows(self, rows: Places) -> tuple[Places, Places]:
        """Of some owners: which of them, and the place."""
        held = [self.places[self.starts[row] : self.starts[row + 1]] for row in rows.tolist()]
        return np.repeat(np.arange(len(rows)), [len(one) for one in held]), np.concatenate(held)


class Terms(Struct, frozen=True):
    """A market ready for the pass.

    Attributes:
        engine: Its investors sorted by the regions they leave out.
        investors: Those of each tile.
        column: (i,) where each investor stood before.
        points: (t, x, w) of all tables, one below the other.
        codes: (s, tables) the row of each table that is the startup's.
        sectors: What sectors give, of far too many classes for a table.
        others: Further groups of too many classes.
        named: The investors that a startup names, or that name it, as backer or to be avoided.
        order: (s,) startups, those of one region and with like sectors together.
        region: (s,) code of the startup's region: countries that the same investors leave out.
        hopes: (t, r) whether a tile has any investor for startups of a region, or last resorts at most.
        takes_last: (t, w) who may have pairs outside its countries: it does not keep to them, and says its sectors.
    """

    engine: Engine
    tiles: Tiles
    investors: tuple[InvestorColumns, ...]
    column: Places
    points: Numbers
    codes: Places
    sectors: HalfGroup
    others: tuple[HalfGroup, ...]
    named: Lists
    order: Places
    region: Places
    hopes: NDArray[np.uint8]
    takes_last: Mask

    @classmethod
    def of(cls, engine: Engine, widest: int) -> Self:
        """All startups and investors of the engine, in tiles of at most so many."""
        tiles = Tiles.of(len(engine.investors), widest)
        sectors = _sectors(engine)  # first: sorting startups takes room
        tables, others = _groups(engine, most_rows=TABLES_BYTES // (4 * tiles.count * tiles.width))
        region_of_country, open_regions = _regions(engine)
        column = np.lexsort(open_regions[::-1])
        region = region_of_country[engine.startups.country]
        named, place = np.concatenate([*engine.named.by_gate.values()]), np.argsort(column)
        engine = replace(engine, investors=engine.investors.take(column))
        investors = tuple(engine.investors.take(part) for part in tiles.slices())
        points, codes = _points(engine, tables, investors, tiles)
        takes_last = _take_last_resorts(engine)
        hopes = np.where(open_regions.T[column], OPEN, takes_last[:, None] * LAST_RESORTS_ONLY)
        return cls(
            engine=engine,
            tiles=tiles,
            investors=investors,
            column=column,
            points=points,
            codes=codes,
            sectors=sectors,
            others=others,
            named=Lists.of(named[:, 0], place[named[:, 1]], len(engine.startups)),
            order=np.lexsort((sectors.classes.codes, region)),
            region=region,
            hopes=tiles.cut(hopes, np.uint8).max(axis=2),
            takes_last=tiles.cut(takes_last, np.bool_),
        )

    def blocks(self, n: int) -> list[slice]:
        """Places in `order`, n at a time and shuffled: what an investor's next must reach rises early."""
        starts = np.arange(0, len(self.order), n)
        if len(starts) > 1:  # numpy's generators take 8 ms to load
            starts = np.random.default_rng(SHUFFLE_SEED).permutation(starts)
        return [slice(start, min(start + n, len(self.order))) for start in starts.tolist()]

    def tiles_for(self, block: Places, hope: int) -> list[int]:
        """The tiles of which any of these startups may hope for this and no more."""
        regions = np.flatnonzero(np.bincount(self.region[block]))  # np.unique loads numpy.ma first, 8 ms
        return np.flatnonzero((self.hopes[:, regions] == hope).any(axis=1)).tolist()


def _take_last_resorts(engine: Engine) -> Mask:
    """(i,) who may have pairs outside its countries: silence on sectors has nothing in common besides."""
    investors = engine.investors
    return (investors.says_sectors | engine.startups.agnostic.any()) & ~investors.keeps_countries


def _regions(engine: Engine) -> tuple[Places, NDArray[np.bool_]]:
    """(m,) region of each country, and (r, i) who invests there; the region with the most startups comes first."""
    left_out = engine.investors.elsewhere  # countries excluded one by one would make every country a region
    patterns, region = np.unique(np.packbits(left_out, axis=0), axis=1, return_inverse=True)
    n_startups = np.bincount(region.ravel()[engine.startups.country], minlength=patterns.shape[1])
    by_size = np.argsort(-n_startups, kind="stable")
    open_regions = np.unpackbits(patterns[:, by_size], axis=0, count=len(left_out)).T == 0
    return np.argsort(by_size)[region.ravel()], open_regions


def _sectors(engine: Engine) -> HalfGroup:
    """The criteria and gates of sectors."""
    halves = tuple(half for half in engine.halves if half.criterion in SECTOR_CRITERIA)
    reads = SECTORS + (SECTORS_OF_DEALS if engine.startups.record is not None else ())
    return HalfGroup(reads, halves, Classes.of(engine.startups, reads))


def _groups(engine: Engine, most_rows: int) -> tuple[tuple[HalfGroup, ...], tuple[HalfGroup, ...]]:
    """All other halves: groups that become tables, of so many rows together, and those of too many classes."""
    by_reads: dict[tuple[str, ...], tuple[Half, ...]] = {COUNTRY: ()}  # its gates stand there in any case
    for half in engine.halves:
        if half.criterion not in SECTOR_CRITERIA:
            reads = CRITERIA[half.criterion].reads[half.place]
            by_reads[reads] = (*by_reads.get(reads, ()), half)
    groups = [HalfGroup(reads, halves, Classes.of(engine.startups, reads)) for reads, halves in by_reads.items()]
    tables, others = list[HalfGroup](), list[HalfGroup]()
    for group in sorted(groups, key=lambda one: (one.reads != COUNTRY, len(one.classes.first))):
        n_classes = len(group.classes.first)
        if group.reads == COUNTRY or n_classes <= min(MOST_CLASSES, most_rows):
            tables.append(group)
            most_rows -= n_classes
        else:
            others.append(group)
    return tuple(_joined(tables)), tuple(others)


def _joined(groups: Sequence[HalfGroup]) -> list[HalfGroup]:
    """Fewer groups, joined while their classes stay few enough: the largest first, each where it fits."""
    joined: list[HalfGroup] = []
    for group in sorted(groups, key=lambda one: -len(one.classes.first)):
        sizes = [len(one.classes.first) * len(group.classes.first) for one in joined]
        fitting = [place for place, size in enumerate(sizes) if size <= MOST_JOINED]
        if fitting:
            place = max(fitting, key=sizes.__getitem__)
            joined[place] = joined[place].joined(group)
        else:
            joined.append(group)
    return joined


def _points(
    engine: Engine, groups: Sequence[HalfGroup], investors: Sequence[InvestorColumns], tiles: Tiles
) -> tuple[Numbers, Places]:
    """(t, x, w) the tables of all groups, and (s, groups) the row of each startup."""
    ends = np.cumsum([len(group.classes.first) for group in groups]).tolist()
    points = np.empty((tiles.count, ends[-1], tiles.width), dtype=np.float32)
    points[-1] = GATED
    for group, end in zip(groups, ends, strict=True):
        startups = engine.startups.take(group.classes.first)
        for tile, some in zip(points, investors, strict=True):
            tile[end - len(startups) : end, : len(some)] = group.points(startups, some)
    first_rows = np.array([0, *ends[:-1]])
    return points, np.stack([group.classes.codes for group in groups], axis=1) + first_rows
