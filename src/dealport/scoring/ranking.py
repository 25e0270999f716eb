"""From a market to the best few of each participant, both directions of one pass, with points and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import Kind
from dealport.scoring.blocks import Engine
from dealport.scoring.columns import Ints
from dealport.scoring.gates import GATES
from dealport.scoring.keeping import NOBODY, Keys, unpack
from dealport.scoring.pairing import PairMaker
from dealport.scoring.passing import Advance, BestKeys, best_keys, nobody
from dealport.scoring.shortlist import UNITS_PER_POINT, Pair, Participant, Shortlist
from dealport.scoring.weights import Weights

Ranker = Callable[..., BestKeys]  # as `passing.best_keys`


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows take part, ascending, and the least score kept.

    Attributes:
        startups: Rows of the market's startups.
        investors: Rows of the market's investors.
        min_score: 0 to 100.
    """

    startups: Ints
    investors: Ints
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept pairs of one side's participants: by owner in the order of their ids, then by rank. Shapes (p,).

    Attributes:
        startups, investors: Rows of the market.
        rank: 1 for the best.
    """

    startups: Ints
    investors: Ints
    rank: Ints

    def __len__(self) -> int:
        return len(self.rank)


@dataclass(frozen=True)
class Ranked:
    """A market with the best pairs of both sides' participants.

    Attributes:
        keys: Of the selected rows, scores plus 1.
    """

    market: Market
    engine: Engine
    selection: Selection
    keys: BestKeys

    @property
    def criteria(self) -> tuple[str, ...]:
        """Those in force, in the order of their columns."""
        return tuple(dict.fromkeys(half.criterion for half in self.engine.halves))

    def rows(self, by: Kind) -> Ints:
        """The market's rows that are listed."""
        return self.selection.startups if by == "startup" else self.selection.investors

    def kept(self, by: Kind) -> Kept:
        """Every kept pair of one direction."""
        return self._of_startups if by == "startup" else self._of_investors

    @cached_property
    def _of_startups(self) -> Kept:
        return self._unpacked("startup")

    @cached_property
    def _of_investors(self) -> Kept:
        return self._unpacked("investor")

    def _unpacked(self, by: Kind) -> Kept:
        keys: Keys = self.keys.of_startups if by == "startup" else self.keys.of_investors
        owners, ranks = np.nonzero(keys != NOBODY)
        others, _ = unpack(keys[owners, ranks])
        mine, theirs = self.rows(by)[owners], self.rows("investor" if by == "startup" else "startup")[others]
        startups, investors = (mine, theirs) if by == "startup" else (theirs, mine)
        return Kept(startups, investors, (ranks + 1).astype(np.int32))

    def shortlist(self, by: Kind) -> Shortlist:
        """One direction as records, with reasons; counts every closed gate of the market."""
        maker, gates = PairMaker.of(self.market, self.engine), self._gates(by)
        pairs: dict[int, list[Pair]] = {}
        kept = self.kept(by)
        points, known = (
            units.tolist() for units in maker.totals(*self.engine.score_lines(kept.startups, kept.investors))
        )
        rows = zip(kept.startups.tolist(), kept.investors.tolist(), kept.rank.tolist(), points, known, strict=True)
        for startup, investor, rank, units, known_units in rows:
            profiles = self.market.startups[startup], self.market.investors[investor]
            pair = maker.pair(*profiles, rank, units, known_units)
            pairs.setdefault(startup if by == "startup" else investor, []).append(pair)
        totals = _named(gates.sum(axis=0))
        return Shortlist(
            by=by,
            as_of=self.market.as_of,
            participants=tuple(
                Participant(
                    maker.profile(by, row), tuple(pairs.get(row, ())), {} if row in pairs else _named(gates[place])
                )
                for place, row in enumerate(self.rows(by).tolist())
            ),
            gates=dict(sorted(totals.items(), key=lambda gate: (-gate[1], gate[0]))),
            n_pairs=len(self.selection.startups) * len(self.selection.investors),
            criteria=self.criteria,
        )

    def _gates(self, by: Kind) -> NDArray[np.int64]:
        """(owners, gates) how many of each participant's pairs each gate takes first."""
        counts = np.zeros((len(self.rows(by)), len(GATES)), dtype=np.int64)
        for part, first_gate in self._first_gates():
            for gate in range(len(GATES)):
                taken = first_gate == gate + 1
                if by == "startup":
                    counts[part, gate] = taken.sum(axis=1)
                else:
                    counts[:, gate] += taken.sum(axis=0)
        return counts

    def _first_gates(self) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """Startups of the selection, a few at a time, with (s, i) the first gate that is closed."""
        rows, columns = self.selection.startups, self.selection.investors
        for part in self.engine.parts(len(rows), len(columns)):
            yield part, self.engine.first_gate(rows[part], columns)


def rank_market(
    market: Market,
    weights: Weights,
    selection: Selection,
    *,
    k: int,
    rank: Ranker | None = None,
    advance: Advance | None = None,
) -> Ranked:
    """The best `k` pairs of each selected participant of both sides; exact, ties by the other side's id.

    `rank` makes the pass; None: this machine does.
    """
    engine = Engine.of(market, weights)
    least = round(selection.min_score * UNITS_PER_POINT)
    part = engine.only(selection.startups, selection.investors)
    keys = (rank or best_keys)(part, k=k, least_units=least, advance=advance or nobody)
    return Ranked(market, engine, selection, keys)


def _named(counts: NDArray[np.int64]) -> dict[str, int]:
    """Gate name to its count, most first, ties in their order; those that took nothing are left out."""
    pairs = sorted(zip(GATES, counts.tolist(), strict=True), key=lambda pair: -pair[1])
    return {gate: n for gate, n in pairs if n}
