"""How well a list puts the deals that happened near its top.

Axes: q queries, c candidates (investors, in the order of their keys), p pairs of a query and one of its answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ranks = Sequence[Sequence[int]]
"""For each query the 1-based ranks of its answers, in the order of the answers."""

HITS_WITHIN = (1, 10, 20, 50)
RECALLED_WITHIN = (20, 100)
GAINED_WITHIN = 20
METRICS = ("hit@1", "hit@10", "hit@20", "hit@50", "recall@20", "recall@100", "mrr", "ndcg@20")

PAIRS_PER_BLOCK = 256  # of 6,000 candidates: 12 MB at a time


class Query(Struct, frozen=True):
    """A startup on a day: which investors abroad did it find afterwards?

    Attributes:
        startup: Its key, see `model.Deal`.
        startup_country: Its code; "" when unknown.
        as_of: The day whose knowledge the ranking has.
        answers: Keys of the investors that entered it afterwards; at least one.
        answer_countries: Their codes, in the same order.
        is_warm: Whether it has backers before `as_of`.
        n_candidates: Investors it could be given.
    """

    startup: str
    startup_country: str
    as_of: date
    answers: tuple[str, ...]
    answer_countries: tuple[str, ...]
    is_warm: bool
    n_candidates: int


def metric_values(ranks: Ranks) -> dict[str, Floats]:
    """Each of `METRICS` as (q,) values in [0, 1]; a query has at least one answer.

    hit@k: 1 when an answer is among the first k, else 0. recall@k: share of the answers among the first k. mrr: 1 / the
    best rank. ndcg@20: sum of 1 / log2(1 + rank) over the answers among the first 20, as a share of the most that so
    many answers can reach (Järvelin and Kekäläinen 2002, an answer's gain 1).
    """
    n_answers = np.array([len(one) for one in ranks], dtype=np.int64)
    query = np.repeat(np.arange(len(ranks)), n_answers)
    rank = np.array([place for one in ranks for place in one], dtype=np.int64)
    best = np.array([min(one) for one in ranks], dtype=np.int64)

    def summed(gains: Floats) -> Floats:
        sums: Floats = np.bincount(query, weights=gains, minlength=len(ranks)).astype(np.float64)
        return sums

    values = {f"hit@{k}": (best <= k).astype(np.float64) for k in HITS_WITHIN}
    values |= {f"recall@{k}": summed((rank <= k).astype(np.float64)) / n_answers for k in RECALLED_WITHIN}
    values["mrr"] = 1.0 / best
    discounts = 1.0 / np.log2(1.0 + np.arange(1, GAINED_WITHIN + 1))
    gains = np.where(rank <= GAINED_WITHIN, discounts[np.minimum(rank, GAINED_WITHIN) - 1], 0.0)
    most = np.cumsum(discounts)[np.minimum(n_answers, GAINED_WITHIN) - 1]
    # Summed in another order, a perfect list could come to a hair over 1.
    values["ndcg@20"] = np.minimum(summed(gains) / most, 1.0)
    return values


def ranks_of(scores: NDArray[np.floating], candidates: Mask, answers: Iterable[Sequence[int]]) -> list[tuple[int, ...]]:
    """The 1-based ranks of every query's answers, in the order given: the best score first, ties by the earlier column.

    Scores and candidates are (q, c); `answers` are columns, each a candidate of its query.
    """
    listed = [tuple(one) for one in answers]
    query = np.repeat(np.arange(len(listed)), [len(one) for one in listed])
    column = np.array([place for one in listed for place in one], dtype=np.int64)
    ranks: list[int] = []
    for start in range(0, len(column), PAIRS_PER_BLOCK):
        block = slice(start, start + PAIRS_PER_BLOCK)
        ranks += _ranks_in_rows(scores[query[block]], candidates[query[block]], column[block]).tolist()
    following = iter(ranks)
    return [tuple(next(following) for _ in one) for one in listed]


def _ranks_in_rows(rows: NDArray[np.floating], candidates: Mask, column: NDArray[np.int64]) -> NDArray[np.int64]:
    """(p,) rank of the candidate in `column` of each row of (p, c) scores."""
    own = np.take_along_axis(rows, column[:, None], axis=1)
    is_earlier = np.arange(rows.shape[1])[None, :] < column[:, None]
    is_ahead = (rows > own) | ((rows == own) & is_earlier)
    ranks: NDArray[np.int64] = 1 + np.count_nonzero(is_ahead & candidates, axis=1)
    return ranks
