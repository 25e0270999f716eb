"""Metrics and ranks: worked by hand, held to properties, and beside NIST's trec_eval."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dealport.backtest.metrics import HITS_WITHIN, METRICS, RECALLED_WITHIN, metric_values, ranks_of

N_CANDIDATES = 120
TREC_NAMES = {
    "hit@1": "success_1",
    "hit@10": "success_10",
    "hit@20": "success_20",
    "hit@50": "success_50",
    "recall@20": "recall_20",
    "recall@100": "recall_100",
    "mrr": "recip_rank",
    "ndcg@20": "ndcg_cut_20",
}

ranks_of_a_query = st.lists(st.integers(1, N_CANDIDATES), min_size=1, max_size=30, unique=True)
ranks_of_queries = st.lists(ranks_of_a_query, min_size=1, max_size=12)


@st.composite
def questions(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[np.bool_], list[list[int]]]:
    """Scores full of ties, who may be chosen, and answers among those."""
    n_queries, n_columns = draw(st.integers(1, 6)), draw(st.integers(1, 9))
    cells = n_queries * n_columns
    scores = np.array(draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=cells, max_size=cells)))
    open_to = np.array(draw(st.lists(st.booleans(), min_size=cells, max_size=cells)))
    shape = (n_queries, n_columns)
    candidates = open_to.reshape(shape)
    candidates[:, draw(st.integers(0, n_columns - 1))] = True
    answers = [
        draw(st.lists(st.sampled_from(np.flatnonzero(row).tolist()), min_size=1, unique=True)) for row in candidates
    ]
    return scores.reshape(shape), candidates, answers


def slow_ranks(
    scores: NDArray[np.float64], candidates: NDArray[np.bool_], answers: list[list[int]]
) -> list[tuple[int, ...]]:
    """The plain twin: sort every list, look where the answers stand."""
    ranks = []
    for row, is_candidate, own in zip(scores.tolist(), candidates.tolist(), answers, strict=True):
        columns = [column for column in range(len(row)) if is_candidate[column]]
        ordered = sorted(columns, key=lambda column: (-row[column], column))
        ranks.append(tuple(ordered.index(answer) + 1 for answer in own))
    return ranks


# Two queries: the first has answers at ranks 2 and 30, the second one answer at rank 1.
HAND = [[30, 2], [1]]


@pytest.mark.parametrize(
    ("metric", "first", "second"),
    [
        ("hit@1", 0.0, 1.0),  # 2 > 1
        ("hit@10", 1.0, 1.0),  # 2 <= 10
        ("hit@20", 1.0, 1.0),
        ("hit@50", 1.0, 1.0),
        ("recall@20", 1 / 2, 1.0),  # 2 of {2, 30}
        ("recall@100", 1.0, 1.0),  # both
        ("mrr", 1 / 2, 1.0),  # the better of 1/2 and 1/30
        # Gained: 1/log2(3) = .63093; 30 is beyond 20. Two answers can gain 1/log2(2) + 1/log2(3) = 1.63093.
        ("ndcg@20", 0.63093 / 1.63093, 1.0),
    ],
)
def test_every_metric_agrees_with_a_calculation_by_hand(metric: str, first: float, second: float) -> None:
    values = metric_values(HAND)

    assert values[metric].tolist() == pytest.approx([first, second], abs=1e-5)


def test_more_answers_than_the_list_is_long_can_still_be_perfect() -> None:
    values = metric_values([list(range(1, 26))])

    assert values["ndcg@20"][0] == 1.0
    assert values["recall@20"][0] == 20 / 25


def test_no_query_gives_no_value() -> None:
    values = metric_values([])

    assert tuple(values) == METRICS
    assert all(len(one) == 0 for one in values.values())


@given(ranks_of_queries)
def test_metrics_are_shares_under_their_names_in_order(ranks: list[list[int]]) -> None:
    values = metric_values(ranks)

    assert tuple(values) == METRICS
    for one in values.values():
        assert one.shape == (len(ranks),)
        assert ((one >= 0) & (one <= 1)).all()


@given(ranks_of_queries)
def test_a_longer_list_never_finds_less(ranks: list[list[int]]) -> None:
    values = metric_values(ranks)

    hits = [values[f"hit@{k}"] for k in HITS_WITHIN]
    recalls = [values[f"recall@{k}"] for k in RECALLED_WITHIN]
    for shorter, longer in [*pairwise(hits), *pairwise(recalls)]:
        assert (shorter <= longer).all()


@given(ranks_of_queries, st.randoms(use_true_random=False))
def test_queries_and_answers_in_another_order_have_the_same_values(ranks: list[list[int]], random: object) -> None:
    order = list(range(len(ranks)))
    random.shuffle(order)  # type: ignore[attr-defined]

    values, shuffled = metric_values(ranks), metric_values([sorted(ranks[place]) for place in order])

    for metric in METRICS:
        assert shuffled[metric].tolist() == pytest.approx(values[metric][order].tolist(), abs=1e-12)


@given(ranks_of_queries)
def test_trec_eval_finds_the_same_values(ranks: list[list[int]]) -> None:
    # What the reference reads: for each query who is an answer, and everybody's score, falling with the rank.
    answers = {str(query): {str(rank): 1 for rank in own} for query, own in enumerate(ranks)}
    scores = {query: {str(rank): float(-rank) for rank in range(1, N_CANDIDATES + 1)} for query in answers}
    measures = {"success.1,10,20,50", "recall.20,100", "recip_rank", "ndcg_cut.20"}

    reference = pytrec_eval.RelevanceEvaluator(answers, measures).evaluate(scores)

    for metric, values in metric_values(ranks).items():
        expected = [reference[query][TREC_NAMES[metric]] for query in answers]
        assert values.tolist() == pytest.approx(expected, abs=1e-9)


def test_a_tie_goes_to_the_earlier_column_and_who_may_not_be_chosen_takes_no_rank() -> None:
    # Column 0 scores best but is barred; 1, 2 and 3 tie behind column 4.
    scores = np.array([[9.0, 5.0, 5.0, 5.0, 7.0]])
    candidates = np.array([[False, True, True, True, True]])

    ranks = ranks_of(scores, candidates, [[3, 1, 4]])

    assert ranks == [(4, 2, 1)]


@given(questions())
def test_ranks_are_those_of_sorted_lists(
    question: tuple[NDArray[np.float64], NDArray[np.bool_], list[list[int]]],
) -> None:
    scores, candidates, answers = question

    ranks = ranks_of(scores, candidates, answers)

    assert ranks == slow_ranks(scores, candidates, answers)


@pytest.mark.parametrize("pairs_per_block", [1, 2, 7])
def test_the_size_of_a_block_changes_nothing(pairs_per_block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    scores, candidates = random.integers(0, 4, (9, 30)).astype(float), np.ones((9, 30), dtype=bool)
    answers = [random.choice(30, size=1 + place % 3, replace=False).tolist() for place in range(9)]
    whole = ranks_of(scores, candidates, answers)

    monkeypatch.setattr("dealport.backtest.metrics.PAIRS_PER_BLOCK", pairs_per_block)

    assert ranks_of(scores, candidates, answers) == whole
