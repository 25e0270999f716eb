"""Made-up markets as columns, in a second or two at 70,000 x 25,000: what `markets.make_rows` draws, without the rows.

Words are put through the real columns once each (a profile a sector, a set of stages, a set of places), and the rows of
the market are drawn from those: whatever the columns mean tomorrow, these mean too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any, Self

import numpy as np
from msgspec import Struct
from msgspec.structs import fields, replace
from numpy.typing import NDArray

from dealport.model import Investor, SectorMention, Startup
from dealport.scoring.columns.arrays import Mask
from dealport.scoring.columns.sides import Axes, InvestorColumns, StartupColumns
from dealport.scoring.criteria.gates import NamedPairs
from dealport.scoring.criteria.table import STATED_CRITERIA
from dealport.scoring.criteria.weights import DEFAULT_WEIGHTS, Weights
from dealport.scoring.encoding import investor_columns, startup_columns
from dealport.scoring.engine.engine import Engine, split_halves
from dealport.words.capabilities import CAPABILITIES, resolve_capability
from dealport.words.funding.stages import resolve_stages
from dealport.words.places.place_words import resolve_reach
from dealport.words.sectors.graph import SectorGraph, load_graph
from tests.bench.markets import ABILITIES, COUNTRIES, KINDS, STAGES

# As `make_rows` has them; its "" names no place, but takes one's turn.
INVESTS_IN = ("Asia", "global", "Southeast Asia", "KR", "CN", "US", "Europe")
MARKETS = ("CN", "KR", "US", "Southeast Asia", "global")
SILENT_SHARE = 1 / 7
# `make_rows` excludes nothing; here one investor in twenty excludes a sector and one in twenty a country, since these
# gates would else cost nothing.
EXCLUDING_SHARE = 1 / 20

Places = NDArray[np.intp]


class Columns(Struct, frozen=True):
    """Both sides of a market, all that the stated score needs."""

    startups: StartupColumns
    investors: InvestorColumns

    def engine(self) -> Engine:
        """Ready to score with the weights to begin with, no deals."""
        shares = Weights(DEFAULT_WEIGHTS).share_steps(STATED_CRITERIA)
        return Engine(self.startups, self.investors, NamedPairs.of([], []), split_halves(shares), past=None)

    def take(self, rows: Places, columns: Places) -> Self:
        """Some startups and some investors, also more than once."""
        return replace(
            self,
            startups=self.startups.take(rows.astype(np.int32)),
            investors=self.investors.take(columns.astype(np.int32)),
        )

    def save(self, folder: Path) -> None:
        """One .npy file a column."""
        for side, kept in (("startups", self.startups), ("investors", self.investors)):
            (folder / side).mkdir(parents=True)
            for field in fields(kept):
                column = getattr(kept, field.name)
                if column is not None:
                    np.save(folder / side / f"{field.name}.npy", column)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote."""
        sides = [
            {file.stem: np.load(file) for file in sorted((folder / side).iterdir())}
            for side in ("startups", "investors")
        ]
        return cls(StartupColumns(**sides[0]), InvestorColumns(**sides[1]))


def draw_columns(n_startups: int, n_investors: int, *, seed: int = 7, silent_share: float = SILENT_SHARE) -> Columns:
    """A market of any size; of `silent_share` 1 nobody states anything but a country."""
    graph = load_graph()
    axes = Axes.of([Startup(id=code, name=code, country=code) for code in COUNTRIES], graph)
    return Columns(
        _draw_startups(_Draw.of(n_startups, seed, silent_share, axes), axes),
        _draw_investors(_Draw.of(n_investors, seed + 1, silent_share, axes), axes),
    )


def draw_alike(n_startups: int, n_investors: int, *, seed: int = 7) -> Columns:
    """Startups all the same and investors all the same, every gate open: nothing but ties."""
    some = draw_columns(50, 50, seed=seed)
    everybody = np.arange(50, dtype=np.int32)
    row, column = np.argwhere(some.engine().score(everybody, everybody).first_gate == 0)[0]
    return some.take(np.full(n_startups, row), np.full(n_investors, column))


@dataclass(frozen=True, slots=True)
class _Draw:
    """One side's dice."""

    n: int
    silent_share: float
    random: np.random.Generator
    sector_order: Places  # the same for markets of all sizes, else a larger one could be a denser one

    @classmethod
    def of(cls, n: int, seed: int, silent_share: float, axes: Axes) -> Self:
        random = np.random.default_rng(seed)
        return cls(n, silent_share, random, random.permutation(len(axes.sectors)))

    def told(self) -> Mask:
        """(n,) who states a field."""
        return self.random.random(self.n) >= self.silent_share

    def marks(self, n_values: int, most: int, *, blanks: int = 0) -> Mask:
        """(n, n_values) up to `most` different values each, of which some may be one of as many `blanks`; or silent."""
        count = np.minimum(self.random.integers(0, most + 1, self.n), n_values + blanks)
        ranks = self.random.random((self.n, n_values + blanks)).argsort(axis=1).argsort(axis=1)
        marks: Mask = (ranks < count[:, None]) & self.told()[:, None]
        return marks[:, :n_values]

    def zipf(self, n_values: int, power: float, shape: tuple[int, ...]) -> Places:
        """Places 0, 1 ... each rarer than the one before."""
        chances = 1 / np.arange(1, n_values + 1) ** power
        return self.random.choice(n_values, size=shape, p=chances / chances.sum())

    def sectors(self, most: int) -> Places:
        """(n, most) one to `most` places on the axis of sectors, then its length for none."""
        n_sectors = len(self.sector_order)
        picks = self.sector_order[self.zipf(n_sectors, 1, (self.n, most))]
        count = self.random.integers(1, most + 1, self.n) * self.told()
        return np.where(np.arange(most) < count[:, None], picks, n_sectors)

    def amounts(self) -> tuple[list[float], Places]:
        """Round thousands of US dollars, as many small as large; (n,) the place of each one's, their number: silent."""
        drawn = np.round(10 ** self.random.uniform(4.5, 7.5, self.n), -3)
        amounts, places = np.unique(drawn, return_inverse=True)
        return amounts.tolist(), np.where(self.told(), places, len(amounts))


def _draw_startups(draw: _Draw, axes: Axes) -> StartupColumns:
    word = partial(Startup, id="", name="")
    of_sector = startup_columns([word(sectors=one) for one in (*_mentions(axes), ())], axes)
    of_markets = startup_columns([word(markets=resolve_reach(some)[0] or None) for some in _subsets(MARKETS)], axes)
    of_stage = startup_columns([word(stage=min(resolve_stages(one) or ())) for one in STAGES] + [word()], axes)
    side = _common(draw, axes, of_sector, most_sectors=3)
    stage = draw.random.integers(0, len(STAGES), draw.n)
    markets = draw.marks(len(MARKETS), 2)
    amounts, amount = draw.amounts()
    of_amount = startup_columns([word(raising_usd=(3 * one, 3 * one)) for one in amounts] + [word()], axes)
    return replace(
        of_sector,
        **side,
        free=np.zeros_like(side["levels"]),
        stage=of_stage.stage[np.where(draw.told(), stage, len(STAGES))],
        ask=of_amount.ask[amount],
        wish=of_markets.wish[_subset_of(markets)],
    )


def _draw_investors(draw: _Draw, axes: Axes) -> InvestorColumns:
    word = partial(Investor, id="", name="")
    of_sector = investor_columns([word(sectors=one) for one in (*_mentions(axes), ())], axes)
    excluding = [word(excluded_sectors=frozenset({one})) for one in axes.sectors] + [word()]
    abroad = [word(excluded_countries=frozenset({code} - {""})) for code in axes.countries]
    of_stages = investor_columns([word(stages=_stages(some)) for some in _subsets(STAGES)], axes)
    of_kinds = investor_columns([word(type=one) for one in (*KINDS, "")], axes)
    of_places = investor_columns(
        [word(invests_in=resolve_reach(some)[0] or None) for some in _subsets(INVESTS_IN)], axes
    )
    side = _common(draw, axes, of_sector, most_sectors=4)
    stages = _subset_of(draw.marks(len(STAGES), 3))
    places = _subset_of(draw.marks(len(INVESTS_IN), 3, blanks=1))
    amounts, amount = draw.amounts()
    of_amount = investor_columns([word(ticket_usd=(one, 10 * one)) for one in amounts] + [word()], axes)
    excludes = draw.random.random((2, draw.n)) < EXCLUDING_SHARE * (draw.silent_share < 1)
    sectors = np.where(excludes[0], draw.zipf(len(axes.sectors), 1, (draw.n,)), len(axes.sectors))
    countries = np.where(excludes[1], draw.random.integers(1, len(axes.countries), draw.n), 0)
    return replace(
        of_sector,
        **side,
        stage_gain=of_stages.stage_gain[stages],
        kind_gain=of_kinds.kind_gain[np.where(draw.told(), draw.random.integers(0, len(KINDS), draw.n), -1)],
        ticket=of_amount.ticket[amount],
        leads=~(draw.told() & (draw.random.integers(0, 3, draw.n) == 0)),
        interest=of_places.interest[places],
        elsewhere=of_places.elsewhere[places],
        keeps_countries=np.zeros(draw.n, dtype=bool),
        excluded_sector=investor_columns(excluding, axes).excluded_sector[sectors],
        excluded_country=investor_columns(abroad, axes).excluded_country[countries],
    )


def _common(
    draw: _Draw, axes: Axes, of_sector: StartupColumns | InvestorColumns, *, most_sectors: int
) -> dict[str, Any]:
    """The columns of both sides; `of_sector`: a row for each sector on the axis and one for none."""
    country = draw.zipf(len(COUNTRIES), 0.8, (draw.n,))
    picks = draw.sectors(most_sectors)
    ids = [CAPABILITIES.index(resolve_capability(one)) for one in ABILITIES]
    sides = {}
    for name, most in (("seeks", 3), ("offers", 4)):
        marks = np.zeros((draw.n, len(CAPABILITIES)), dtype=getattr(of_sector, name).dtype)
        marks[:, ids] = draw.marks(len(ABILITIES), most)
        sides[name] = marks
    levels, stated = of_sector.levels[picks[:, 0]], of_sector.stated[picks[:, 0]]
    for pick in picks[:, 1:].T:
        levels, stated = np.maximum(levels, of_sector.levels[pick]), stated | of_sector.stated[pick]
    return {
        **sides,
        "country": np.array([axes.countries.index(one) for one in COUNTRIES], dtype=of_sector.country.dtype)[country],
        "levels": levels,
        "sector_mass": _masses(picks, axes).astype(of_sector.sector_mass.dtype),
        "agnostic": np.zeros(draw.n, dtype=bool),
        "stated": stated,
    }


def _masses(picks: Places, axes: Axes) -> NDArray[np.float32]:
    """(n,) 10 x level x information, in whose sums neighbours have no part: startups have none."""
    of_sector = startup_columns([Startup(id="", name="", sectors=one) for one in (*_mentions(axes), ())], axes)
    informed = of_sector.levels * of_sector.information * 10
    step = 4096  # rows of floats at a time
    parts = [informed[picks[start : start + step]].max(axis=1).sum(axis=1) for start in range(0, len(picks), step)]
    return np.concatenate(parts)


def _mentions(axes: Axes) -> list[tuple[SectorMention, ...]]:
    """What a profile that names one sector mentions, for each on the axis: an umbrella's members too."""
    return [_mentions_of(sector, axes.graph) for sector in axes.sectors]


def _mentions_of(sector: str, graph: SectorGraph) -> tuple[SectorMention, ...]:
    members = sorted(graph.sectors[sector].members)
    return (SectorMention(sector, sector), *(SectorMention(member, sector, "umbrella") for member in members))


def _stages(words: Sequence[str]) -> frozenset[str]:
    """As an investor means the words."""
    return frozenset().union(*(resolve_stages(one, of_investor=True) or () for one in words))


def _subsets(values: Sequence[str]) -> list[tuple[str, ...]]:
    """Every set of values; the place of one is its number in binary."""
    n = len(values)
    return [tuple(compress(values, (code >> place & 1 for place in range(n)))) for code in range(1 << n)]


def _subset_of(marks: Mask) -> Places:
    """(n,) the place of each row's marks in `_subsets`."""
    return marks @ (1 << np.arange(marks.shape[1]))
