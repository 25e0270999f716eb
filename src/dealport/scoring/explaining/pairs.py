"""Pairs explained: points, what is known, sectors in common, reasons and flags, for any number of pairs at once.

A sentence is made once for all pairs that share its cause and referred to by a code. Axes: p pairs, c criteria.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.criteria.fits import LAST_RESORT_PART, any_in, in_units
from dealport.scoring.criteria.reasons import Coded, MarketFacts, PairFacts, Reasons
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.engine.engine import Engine, ScoredLines
from dealport.scoring.explaining.common_sectors import CommonSectors
from dealport.scoring.explaining.flags import FlaggedProfiles, marked_names
from dealport.scoring.shortlist import Pair, Part


class CriterionShare(Struct, frozen=True):
    """A criterion's share of 100 points, and where its halves stand among those of the engine."""

    name: str
    share_steps: int
    halves: tuple[int, ...]
    half_share_steps: tuple[int, ...]


class ExplainedPairs(Struct, frozen=True):
    """Some pairs and all there is to say about them, in the order they were asked for.

    Attributes:
        startups, investors: (p,) rows of the market. ranks: (p,) 1 for the best of its participant.
        points, known: (c, p) whole units: what each criterion gives, a tenth of it in a last resort, and the part of
            its share that is known.
        shared: Sectors in common, the most telling first.
        unknown: Criteria that rest on an expected value, wholly or in part. flags: Their names, sorted.
        reasons: For each criterion.
    """

    market: Market
    criteria: tuple[CriterionShare, ...]
    startups: Ints
    investors: Ints
    ranks: Ints
    points: NDArray[np.int64]
    known: NDArray[np.int64]
    shared: Coded[tuple[str, ...]]
    unknown: Coded[tuple[str, ...]]
    flags: Coded[tuple[str, ...]]
    reasons: tuple[Reasons, ...]

    def __len__(self) -> int:
        return len(self.startups)

    @property
    def order(self) -> NDArray[np.int64]:
        """(c, p) the criteria of each pair, most points first, then in the order of the table."""
        return np.argsort(-self.points, axis=0, kind="stable")

    def pair(self, place: int) -> Pair:
        """One of them as a record."""
        parts = self.parts(place)
        return Pair(
            startup=self.market.startups[self.startups[place]],
            investor=self.market.investors[self.investors[place]],
            rank=int(self.ranks[place]),
            score_units=sum(part.points_units for part in parts),
            parts=parts,
            shared_sectors=self.shared.at(place),
            flags=self.flags.at(place),
        )

    def parts(self, place: int) -> tuple[Part, ...]:
        """The criteria of one of them."""
        points, known = self.points[:, place].tolist(), self.known[:, place].tolist()
        return tuple(
            Part(one.name, points[row], one.share_steps * LAST_RESORT_PART, known[row], self.reasons[row].at(place))
            for row, one in enumerate(self.criteria)
        )


class PairExplainer(Struct, frozen=True):
    """Explains any pairs of a market, those that a gate takes too.

    Attributes:
        criteria: In the order of their table.
        portfolios: None where no deals are known.
    """

    engine: Engine
    criteria: tuple[CriterionShare, ...]
    portfolios: Portfolios | None
    facts: MarketFacts
    sectors: CommonSectors
    profiles: FlaggedProfiles

    @classmethod
    def of(cls, market: Market, engine: Engine) -> Self:
        """For a market and its engine."""
        portfolios = Portfolios(engine.past, market.graph) if engine.past else None
        return cls(
            engine=engine,
            criteria=_shares(engine),
            portfolios=portfolios,
            facts=MarketFacts(market, engine.startups, engine.investors, portfolios),
            sectors=CommonSectors.of(market),
            profiles=FlaggedProfiles.of(market, engine.startups.country, engine.countries, portfolios),
        )

    def explain(self, startups: Ints, investors: Ints, ranks: Ints) -> ExplainedPairs:
        """(p,) rows of the market's startups and investors, pair by pair."""
        s, i = startups.astype(np.int64), investors.astype(np.int64)
        lines = self.engine.score_lines(startups, investors)
        points, known = self._totals(lines)
        shared, is_stated = self.sectors.shared(s, i)
        has_any = np.array([bool(sectors) for sectors in shared.values], dtype=bool)[shared.codes]
        whole = sum(one.share_steps for one in self.criteria)
        return ExplainedPairs(
            market=self.facts.market,
            criteria=self.criteria,
            startups=startups,
            investors=investors,
            ranks=ranks,
            points=in_units(points, any_in(lines.resorts)),
            known=known * LAST_RESORT_PART,
            shared=shared,
            unknown=self._unknown(known),
            flags=self.profiles.flags(
                s, i, confidence=known.sum(axis=0) / whole, is_inferred=has_any & ~is_stated, resorts=lines.resorts
            ),
            reasons=tuple(
                CRITERIA[one.name].reasons(
                    PairFacts(
                        self.facts, s, i, points[row] / max(1, one.share_steps), known[row] > 0, shared, is_stated
                    )
                )
                for row, one in enumerate(self.criteria)
            ),
        )

    def _totals(self, lines: ScoredLines) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(c, p) twice: points and known shares of the criteria, in steps."""
        gained = [lines.points_steps[list(one.halves)].sum(axis=0) for one in self.criteria]
        shares = [np.tensordot(one.half_share_steps, lines.known[list(one.halves)], axes=1) for one in self.criteria]
        return np.stack(gained).astype(np.int64), np.stack(shares).astype(np.int64)

    def _unknown(self, known: NDArray[np.int64]) -> Coded[tuple[str, ...]]:
        shares = np.array([one.share_steps for one in self.criteria])
        return marked_names((known < shares[:, None]).T, [one.name for one in self.criteria])


def _shares(engine: Engine) -> tuple[CriterionShare, ...]:
    """The criteria of the engine's halves."""
    halves = engine.halves
    criteria = []
    for name in dict.fromkeys(half.criterion for half in halves):
        places = tuple(place for place, half in enumerate(halves) if half.criterion == name)
        shares = tuple(halves[place].share_steps for place in places)
        criteria.append(CriterionShare(name, sum(shares), places, shares))
    return tuple(criteria)
