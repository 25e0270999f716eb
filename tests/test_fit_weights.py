"""The weights are fitted on judged pairs: the arithmetic on a few pairs worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dealport.market.markets import Market
from dealport.model import Investor, SectorMention, Startup
from dealport.scoring.criteria.table import STATED_CRITERIA
from dealport.scoring.criteria.weights import DEFAULT_WEIGHTS
from dealport.words.sectors.graph import load_graph
from tests.fit_weights import (
    Array,
    Judged,
    by_investor,
    by_startup,
    fit,
    folds,
    judged_pairs,
    measure,
    read_grades,
    report,
)

EQUAL = {"stage": 10.0, "ticket": 10.0}


def judged(*, stage: list[list[float]], ticket: list[list[float]], grades: list[list[float]]) -> Judged:
    """Two criteria, every gate open, no last resort."""
    shown = np.array(grades)
    return _judged({"stage": np.array(stage), "ticket": np.array(ticket)}, shown)


def _judged(values: dict[str, Array], grades: Array) -> Judged:
    return Judged(values, np.ones(grades.shape, dtype=bool), np.zeros(grades.shape, dtype=bool), grades)


def random_pairs(n_startups: int, n_investors: int) -> Judged:
    """Grades that follow the stage, and a ticket that is noise."""
    random = np.random.default_rng(1)
    stage, ticket = random.random((2, n_startups, n_investors)).round(1)
    return _judged({"stage": stage, "ticket": ticket}, np.clip(5 * stage - 2, 0, 3).round())


def test_the_gain_is_2_to_the_grade_less_1_and_later_places_count_less() -> None:
    pairs = judged(stage=[[0.9, 0.5, 0.1]], ticket=[[0.5, 0.5, 0.5]], grades=[[1.0, 3.0, 0.0]])

    figures = measure(pairs, EQUAL)

    assert figures.ndcg[0] == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))


def test_precise_is_a_mean_grade_of_one_and_a_half_and_silly_none_by_both() -> None:
    pairs = judged(stage=[[0.9, 0.8, 0.7, 0.6]], ticket=[[0.5] * 4], grades=[[1.5, 1.0, 0.0, 0.5]])

    figures = measure(pairs, EQUAL)

    assert figures.precision[0] == 1 / 5  # of five places, were they filled or not
    assert figures.silly[0] == 1 / 4  # of those proposed


def test_a_pair_with_a_closed_gate_is_not_proposed_and_missed_all_the_same() -> None:
    pairs = judged(stage=[[0.9, 0.5]], ticket=[[0.5, 0.5]], grades=[[3.0, 0.0]])
    closed = replace(pairs, is_open=np.array([[False, True]]))

    figures = measure(closed, EQUAL)

    assert (figures.ndcg[0], figures.precision[0], figures.silly[0]) == (0, 0, 1)


def test_a_last_resort_stands_behind_all_others() -> None:
    pairs = judged(stage=[[0.9, 0.5]], ticket=[[0.5, 0.5]], grades=[[3.0, 1.0]])

    figures = measure(replace(pairs, is_last_resort=np.array([[True, False]])), EQUAL)

    assert figures.ndcg[0] == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))


def test_of_equal_scores_the_first_id_stands_first() -> None:
    pairs = judged(stage=[[0.5, 0.5]], ticket=[[0.5, 0.5]], grades=[[0.0, 3.0]])

    assert measure(pairs, EQUAL).ndcg[0] == pytest.approx(1 / math.log2(3))


def test_a_startup_that_nobody_fits_counts_in_no_mean_of_ndcg() -> None:
    pairs = judged(stage=[[0.9], [0.9]], ticket=[[0.5], [0.5]], grades=[[3.0], [0.0]])

    assert str(measure(pairs, EQUAL)).startswith("nDCG@10 1.000")


def test_the_fit_gives_weight_to_what_the_grades_follow_in_whole_steps() -> None:
    pairs = random_pairs(10, 40)

    fitted = fit([pairs], EQUAL)

    assert fitted["stage"] / fitted["ticket"] > 2
    assert all(weight % 2 == 0 and weight >= 2 for weight in fitted.values())
    assert np.mean(measure(pairs, fitted).ndcg) > np.mean(measure(pairs, EQUAL).ndcg)


def test_what_changes_nothing_keeps_its_weight() -> None:
    pairs = judged(stage=[[0.9, 0.1]], ticket=[[0.5, 0.5]], grades=[[3.0, 0.0]])

    assert fit([pairs], EQUAL) == EQUAL


def test_folds_hold_everybody_once_and_are_always_the_same() -> None:
    parts = folds(23)

    assert sorted(np.concatenate(parts).tolist()) == list(range(23))
    assert {len(part) for part in parts} == {4, 5}
    assert [part.tolist() for part in parts] == [part.tolist() for part in folds(23)]


def test_each_fifth_is_measured_with_weights_that_have_not_seen_it() -> None:
    pairs = random_pairs(10, 40)
    held_out = folds(10)[0]
    others = np.setdiff1d(np.arange(10), held_out)
    turned = replace(pairs, grades=pairs.grades.copy())
    turned.grades[held_out] = 3 - turned.grades[held_out]

    (first, _), *_ = by_startup(turned, EQUAL)

    assert first == fit([pairs.part(rows=others)], EQUAL)


def test_investors_are_ranked_among_those_of_their_fifth() -> None:
    pairs = random_pairs(6, 20)

    sizes = [figures.ndcg.shape for _, figures in by_investor(pairs, EQUAL)]
    among = measure(pairs.part(columns=folds(20)[0]), EQUAL)

    assert sizes == [(6,)] * 5
    assert np.mean(among.silly) > 0  # four of them: the first five are all there are


def test_a_market_and_its_grades_become_values_of_every_stated_criterion(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("startup_id,investor_id,grade_a,grade_b\ns0,i1,2,1\n")
    steel = (SectorMention("steel", "steel"),)
    startups = (Startup(id="s0", name="S", country="KR", sectors=steel, stage="seed"),)
    investors = tuple(
        Investor(id=f"i{row}", name=f"I{row}", country=country, sectors=steel, type="VC")
        for row, country in enumerate(["KR", "CN"])
    )

    pairs = judged_pairs(
        Market(startups, investors, (), date(2026, 1, 7), load_graph()), read_grades(tmp_path / "g.csv")
    )

    assert list(pairs.values) == list(STATED_CRITERIA)
    assert pairs.is_open.tolist() == [[False, True]]
    assert pairs.grades.tolist() == [[0.0, 1.5]]
    assert pairs.values["sectors"].tolist() == [[1.0, 1.0]]
    assert pairs.values["kind"].tolist() == [[1.0, 1.0]]
    assert pairs.values["stage"][0, 0] == STATED_CRITERIA["stage"].expected[0] / 1000


def test_the_report_says_the_weights_in_force_and_every_fold() -> None:
    lines = list(report(random_pairs(10, 40), EQUAL))

    assert lines[0].endswith("stage 10 ticket 10")
    assert len(lines) == 2 + 1 + 5 + 2 + 1 + 5
    assert DEFAULT_WEIGHTS.keys() == STATED_CRITERIA.keys()
