"""From a market to the best few of each participant, both directions of one pass, with points and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import Investor, Kind, Startup
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.criteria.fits import least_standing, units_of
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.weights import Weights
from dealport.scoring.engine.best import Advance, best_keys, nobody
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import NOBODY, BestKeys, Keys, unpack
from dealport.scoring.explaining.pairs import ExplainedPairs, PairExplainer
from dealport.scoring.shortlist import UNITS_PER_POINT, Pair, Participant, Shortlist

CHUNK = 1 << 15  # pairs explained at a time

Ranker = Callable[..., BestKeys]  # as `engine.best.best_keys`


class RowSelection(Struct, frozen=True):
    """Which rows take part, ascending, and the least score kept.

    Attributes:
        startups: Rows of the market's startups.
        investors: Rows of the market's investors.
        min_score: 0 to 100.
    """

    startups: Ints
    investors: Ints
    min_score: float = 0.0

    @property
    def least_units(self) -> int:
        """The least score in units."""
        return round(self.min_score * UNITS_PER_POINT)


class Kept(Struct, frozen=True):
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


class Ranked(Struct, frozen=True, dict=True):
    """A market with the best pairs of both sides' participants.

    Attributes:
        keys: Of the selected rows.
    """

    market: Market
    engine: Engine
    selection: RowSelection
    keys: BestKeys

    @property
    def n_pairs(self) -> int:
        """How many pairs were scored."""
        return len(self.selection.startups) * len(self.selection.investors)

    @property
    def k(self) -> int:
        """How many pairs of a participant are kept at most, and there are."""
        return max(int(keys.shape[1]) for keys in (self.keys.of_startups, self.keys.of_investors))

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
        others, standing = unpack(keys)
        owners, ranks = np.nonzero((keys != NOBODY) & (units_of(standing) >= self.selection.least_units))
        others = others[owners, ranks]
        mine, theirs = self.rows(by)[owners], self.rows("investor" if by == "startup" else "startup")[others]
        startups, investors = (mine, theirs) if by == "startup" else (theirs, mine)
        return Kept(startups, investors, (ranks + 1).astype(np.int32))

    def explained(self, by: Kind) -> Iterator[ExplainedPairs]:
        """One direction's kept pairs, in their order, some thousands at a time."""
        kept, explainer = self.kept(by), self._explainer
        for start in range(0, len(kept), CHUNK):
            part = slice(start, start + CHUNK)
            yield explainer.explain(kept.startups[part], kept.investors[part], kept.rank[part])

    @cached_property
    def _explainer(self) -> PairExplainer:
        return PairExplainer.of(self.market, self.engine)

    def shortlist(self, by: Kind) -> Shortlist:
        """One direction as records, with reasons; counts every closed gate of the market."""
        gates, pairs = self._gates(by), dict[int, list[Pair]]()
        for explained in self.explained(by):
            owners = explained.startups if by == "startup" else explained.investors
            for place, owner in enumerate(owners.tolist()):
                pairs.setdefault(owner, []).append(explained.pair(place))
        profiles: Sequence[Startup | Investor] = self.market.startups if by == "startup" else self.market.investors
        totals = _named(gates.sum(axis=0))
        return Shortlist(
            by=by,
            as_of=self.market.as_of,
            participants=tuple(
                Participant(profiles[row], tuple(pairs.get(row, ())), {} if row in pairs else _named(gates[place]))
                for place, row in enumerate(self.rows(by).tolist())
            ),
            gates=dict(sorted(totals.items(), key=lambda gate: (-gate[1], gate[0]))),
            n_pairs=self.n_pairs,
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
    selection: RowSelection,
    *,
    k: int,
    rank: Ranker | None = None,
    advance: Advance | None = None,
) -> Ranked:
    """The best `k` pairs of each selected participant of both sides; exact, ties by the other side's id.

    `rank` makes the pass; None: this machine does.
    """
    engine = Engine.of(market, weights)
    part = engine.only(selection.startups, selection.investors)
    keys = (rank or best_keys)(part, k=k, least=least_standing(selection.least_units), advance=advance or nobody)
    return Ranked(market, engine, selection, keys)


def _named(counts: NDArray[np.int64]) -> dict[str, int]:
    """Gate name to its count, most first, ties in their order; those that took nothing are left out."""
    pairs = sorted(zip(GATES, counts.tolist(), strict=True), key=lambda pair: -pair[1])
    return {gate: n for gate, n in pairs if n}
