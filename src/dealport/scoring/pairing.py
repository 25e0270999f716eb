"""From points in arrays to pairs with parts, reasons and flags: for the kept pairs only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import Investor, Kind, Startup
from dealport.scoring.blocks import Engine
from dealport.scoring.deeds import Deeds
from dealport.scoring.reasons import REASONS, Reasoner
from dealport.scoring.shortlist import Pair, Part, Sentence


@dataclass(frozen=True, slots=True)
class CriterionShare:
    """A criterion's share of 100 points, and where its halves stand on the first axis of a block."""

    name: str
    share_units: int
    halves: tuple[int, ...]
    half_share_units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairMaker:
    """Makes the records of pairs.

    Attributes:
        criteria: In the order of their table.
    """

    market: Market
    criteria: tuple[CriterionShare, ...]
    reasoner: Reasoner
    deeds: Deeds | None

    @classmethod
    def of(cls, market: Market, engine: Engine) -> Self:
        """For a market and its engine."""
        halves = engine.halves
        criteria = []
        for name in dict.fromkeys(half.criterion for half in halves):
            places = tuple(place for place, half in enumerate(halves) if half.criterion == name)
            shares = tuple(halves[place].share_units for place in places)
            criteria.append(CriterionShare(name, sum(shares), places, shares))
        deeds = Deeds(engine.past, market.graph) if engine.past else None
        return cls(market, tuple(criteria), Reasoner(market.graph), deeds)

    def profile(self, kind: Kind, row: int) -> Startup | Investor:
        """The profile of a row."""
        return self.market.startups[row] if kind == "startup" else self.market.investors[row]

    def totals(
        self, points_units: NDArray[np.float32], known: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Points and known shares of the criteria in units: (halves, ...) twice gives (..., c) twice."""
        points = [points_units[list(one.halves)].sum(axis=0) for one in self.criteria]
        shares = [np.tensordot(one.half_share_units, known[list(one.halves)], axes=1) for one in self.criteria]
        return np.stack(points, axis=-1).astype(np.int64), np.stack(shares, axis=-1).astype(np.int64)

    def pair(
        self, startup: Startup, investor: Investor, rank: int, points_units: Sequence[int], known_units: Sequence[int]
    ) -> Pair:
        """One pair, from what `totals` gives for it."""
        shared = self.reasoner.shared_sectors(startup, investor)
        return Pair(
            startup=startup,
            investor=investor,
            rank=rank,
            score_units=sum(points_units),
            parts=self.parts(startup, investor, points_units, known_units, shared),
            shared_sectors=shared,
            flags=self.reasoner.flags(
                startup,
                investor,
                shared,
                confidence=sum(known_units) / sum(one.share_units for one in self.criteria),
                duplicates=self.market.possible_duplicates,
                differs=bool(self.deeds and self.deeds.differences(investor)),
            ),
        )

    def parts(
        self,
        startup: Startup,
        investor: Investor,
        points_units: Sequence[int],
        known_units: Sequence[int],
        shared: tuple[str, ...],
    ) -> tuple[Part, ...]:
        """The criteria's parts, in the order of their table."""
        return tuple(
            Part(
                one.name,
                gained,
                one.share_units,
                known,
                self.reason(one, startup, investor, points_units=gained, known_units=known, shared=shared),
            )
            for one, gained, known in zip(self.criteria, points_units, known_units, strict=True)
        )

    def reason(
        self,
        criterion: CriterionShare,
        startup: Startup,
        investor: Investor,
        *,
        points_units: int,
        known_units: int,
        shared: tuple[str, ...],
    ) -> Sentence | None:
        """Why a criterion gives what it gives; None where nothing is known or there is nothing to say."""
        if not known_units:
            return None
        gain = points_units / criterion.share_units
        if criterion.name == "sectors":
            return self.reasoner.sectors(startup, investor, shared)
        if criterion.name in REASONS:
            return REASONS[criterion.name](startup, investor, gain)
        return self.deeds.reason(criterion.name, startup, investor, gain) if self.deeds else None
