"""From blocks to the best few of each participant, both directions, ties by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import Kind
from dealport.scoring.blocks import Block, Engine, gate_counts
from dealport.scoring.columns import Ints
from dealport.scoring.pairing import PairMaker
from dealport.scoring.shortlist import UNITS_PER_POINT, Participant, Shortlist
from dealport.scoring.weights import Weights

# More groups make the bound tighter and the maxima dearer: at 8, some 1.1 k keys of a row are left to sort.
GROUPS_PER_KEPT = 8


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


def rank_market(market: Market, weights: Weights, selection: Selection, *, by: Kind, k: int) -> Shortlist:
    """The best `k` pairs of each selected participant of the side `by`; exact, ties by the other side's id."""
    engine = Engine.of(market, weights)
    maker = PairMaker.of(market, engine)
    participants: list[Participant] = []
    gates: Counter[str] = Counter()
    least = round(selection.min_score * UNITS_PER_POINT)
    for rows, columns, block in engine.blocks(by, selection.startups, selection.investors):
        gates.update(gate_counts(block.first_gate))
        participants += _participants(block, rows, columns, maker, by=by, k=k, least=least)
    return Shortlist(
        by=by,
        as_of=market.as_of,
        participants=tuple(participants),
        gates=dict(sorted(gates.items(), key=lambda gate: (-gate[1], gate[0]))),
        n_pairs=len(selection.startups) * len(selection.investors),
        criteria=tuple(dict.fromkeys(half.criterion for half in engine.halves)),
    )


def _participants(
    block: Block, rows: Ints, columns: Ints, maker: PairMaker, *, by: Kind, k: int, least: int
) -> Iterator[Participant]:
    """The block's lists, one a participant of the side `by`."""
    turned = _Turned.of(block, by)
    along, across = (rows, columns) if by == "startup" else (columns, rows)
    kept = top_places(turned.keys(least), k)
    kept_points = np.take_along_axis(turned.points, kept[None], axis=2)
    kept_known = np.take_along_axis(turned.known, kept[None], axis=2)
    points, known = (units.tolist() for units in maker.totals(kept_points, kept_known))
    others = across[kept].tolist() if len(across) else kept.tolist()
    n_kept = (kept >= 0).sum(axis=1).tolist()
    for place, row in enumerate(along.tolist()):
        pairs = []
        for rank in range(n_kept[place]):
            startup, investor = (row, others[place][rank]) if by == "startup" else (others[place][rank], row)
            profiles = maker.market.startups[startup], maker.market.investors[investor]
            pairs.append(maker.pair(*profiles, rank + 1, points[place][rank], known[place][rank]))
        gates = {} if pairs else gate_counts(turned.first_gate[place])
        yield Participant(maker.profile(by, row), tuple(pairs), gates)


@dataclass(frozen=True, slots=True)
class _Turned:
    """A block with the listed side on the first axis: (p, o) participants x others."""

    points: NDArray[np.float64]
    known: NDArray[np.bool_]
    scores: NDArray[np.float64]
    first_gate: NDArray[np.uint8]

    @classmethod
    def of(cls, block: Block, by: Kind) -> Self:
        """The block as it is for startups, turned over for investors."""
        if by == "startup":
            return cls(block.points_units, block.known, block.score_units, block.first_gate)
        swap = (0, 2, 1)
        return cls(
            block.points_units.transpose(swap), block.known.transpose(swap), block.score_units.T, block.first_gate.T
        )

    def keys(self, least: int) -> NDArray[np.int64]:
        """(p, o) score, then the earlier id: larger is better; -1 where gated or below the least score."""
        n_others = self.scores.shape[1]
        keys: NDArray[np.int64] = self.scores.astype(np.int64) * n_others + np.arange(n_others - 1, -1, -1)
        keys[(self.first_gate > 0) | (self.scores < least)] = -1
        return keys


def top_places(keys: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """(p, min(k, o)) places of the largest keys of each row, largest first; -1 where the key is negative.

    Keys of a row are distinct unless negative, so the order is exact. The k-th best of the maxima of any groups is a
    lower bound of the k-th best: what reaches it is sorted, the rest never.
    """
    n_rows, n_others = keys.shape
    kept = min(k, n_others)
    best = np.full((n_rows, kept), -1, dtype=np.int64)
    if not best.size:
        return best
    n_groups = min(n_others, GROUPS_PER_KEPT * kept)
    grouped = keys[:, : n_others // n_groups * n_groups].reshape(n_rows, -1, n_groups)
    bound = np.partition(grouped.max(axis=1), n_groups - kept, axis=1)[:, n_groups - kept]
    rows, places = np.nonzero(keys >= np.maximum(bound, 0)[:, None])
    order = np.lexsort((-keys[rows, places], rows))
    rows, places = rows[order], places[order]
    ranks = np.arange(len(rows)) - np.searchsorted(rows, rows)
    inside = ranks < kept
    best[rows[inside], ranks[inside]] = places[inside]
    return best
