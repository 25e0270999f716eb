from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.backtest.metrics import metric_values
from dealport.backtest.report import MOST_COUNTRY_PAIRS, Report, Slice, hit_curve, make_report, unbeaten
from tests.backtest.reports import QUERIES, RANKS, RUN, query, small_report


def slice_of(report: Report, name: str) -> Slice:
    return next(one for one in report.slices if one.name == name)


def mean(one: Slice, metric: str, ranker: str = "Dealport") -> float:
    return one.figures[ranker][metric].mean


def test_the_report_counts_queries_pairs_and_investors() -> None:
    report = small_report()

    assert (report.n_queries, report.n_pairs, report.n_candidates) == (3, 6, 500)
    assert report.rankers == ("Dealport", "popularity")
    assert [one.name for one in report.slices] == ["all", "warm", "cold", "Asia", "without Start-Up Chile, Wayra"]


def test_all_holds_the_mean_of_every_query() -> None:
    everything = slice_of(small_report(), "all")

    # Best ranks 2, 1, 3 and, by popularity, 8, 2, 1.
    assert (everything.n_queries, everything.n_pairs) == (3, 6)
    assert mean(everything, "mrr") == pytest.approx((1 / 2 + 1 + 1 / 3) / 3)
    assert mean(everything, "mrr", "popularity") == pytest.approx((1 / 8 + 1 / 2 + 1) / 3)


def test_a_difference_is_the_first_ranker_minus_the_other() -> None:
    everything = slice_of(small_report(), "all")

    assert list(everything.differences) == ["popularity"]
    difference = everything.differences["popularity"]["mrr"]
    assert difference.mean == pytest.approx(mean(everything, "mrr") - mean(everything, "mrr", "popularity"))
    assert difference.low <= difference.mean <= difference.high


def test_warm_and_cold_part_the_queries() -> None:
    report = small_report()

    warm, cold = slice_of(report, "warm"), slice_of(report, "cold")

    assert (warm.n_queries, cold.n_queries) == (2, 1)
    assert mean(cold, "mrr") == 1.0


def test_asia_keeps_the_answers_with_a_side_there_at_their_ranks() -> None:
    asia = slice_of(small_report(), "Asia")

    # ant is in KR: both answers; bee: only the one in CN, rank 1; cat: none, so the query goes.
    assert (asia.n_queries, asia.n_pairs) == (2, 3)
    assert mean(asia, "mrr") == pytest.approx((1 / 2 + 1) / 2)
    assert mean(asia, "recall@20") == pytest.approx((1 / 2 + 1) / 2)
    assert mean(asia, "mrr", "popularity") == pytest.approx((1 / 8 + 1 / 60) / 2)


def test_without_drops_whole_queries_that_have_such_an_answer() -> None:
    rest = slice_of(small_report(), "without Start-Up Chile, Wayra")

    assert (rest.n_queries, rest.n_pairs) == (2, 4)


def test_nobody_left_out_gives_no_slice_without() -> None:
    report = make_report(RUN, QUERIES, RANKS)

    assert [one.name for one in report.slices] == ["all", "warm", "cold", "Asia"]


def test_a_country_pair_needs_thirty_queries_and_holds_only_its_own_answers() -> None:
    often = [query(f"s{place}", "KR", ("harbor", "US"), ("jetty", "SG")) for place in range(30)]
    seldom = [query(f"t{place}", "CN", ("harbor", "US")) for place in range(29)]
    queries = [*often, *seldom]

    report = make_report(RUN, queries, {"Dealport": [(1, 5)] * 30 + [(1,)] * 29})

    assert [one.name for one in report.slices] == ["all", "warm", "Asia", "KR-SG", "KR-US"]
    pair = slice_of(report, "KR-SG")
    assert (pair.n_queries, pair.n_pairs) == (30, 30)
    assert mean(pair, "mrr") == pytest.approx(1 / 5)


def test_the_best_of_the_others_is_named_where_it_is_not_surely_beaten() -> None:
    queries = [query(f"s{place}", "KR", ("harbor", "US")) for place in range(40)]
    ranks = {"Dealport": [(1,)] * 40, "popularity": [(2,)] * 40, "random": [(9,)] * 40}

    report = make_report(RUN, queries, ranks)

    assert unbeaten(report) == {"hit@10": "popularity"}  # both found all; by MRR it is 1 against .5 in every query


def test_of_too_few_startups_no_ranker_is_called_the_better() -> None:
    report = make_report(RUN, [query("ant", "KR", ("harbor", "US"))], {"Dealport": [(9,)], "popularity": [(1,)]})

    assert unbeaten(report) == {}


def test_a_report_on_one_ranker_has_nobody_to_beat() -> None:
    queries = [query(f"s{place}", "KR", ("harbor", "US")) for place in range(40)]

    assert unbeaten(make_report(RUN, queries, {"Dealport": [(1,)] * 40})) == {}


def test_an_unknown_country_makes_no_pair() -> None:
    queries = [query(f"s{place}", "", ("harbor", "US")) for place in range(40)]

    report = make_report(RUN, queries, {"Dealport": [(1,)] * 40})

    assert [one.name for one in report.slices] == ["all", "warm"]


def test_of_many_country_pairs_the_most_frequent_have_a_slice() -> None:
    codes = [f"A{letter}" for letter in "ABCDEFGHIJKL"]
    queries = [query(f"{code}{n}", code, ("harbor", "US")) for code in codes for n in range(30 + (code == "AL"))]

    report = make_report(RUN, queries, {"Dealport": [(1,)] * len(queries)})

    pairs = [one.name for one in report.slices if "-" in one.name]
    assert pairs == ["AL-US", *(f"{code}-US" for code in codes[: MOST_COUNTRY_PAIRS - 1])]


def test_the_hit_curve_of_two_queries_by_hand() -> None:
    # Best ranks 3 and 1: half are found within 1 and 2, all from 3 on.
    assert hit_curve([(9, 3), (1,)], 5) == (0.5, 0.5, 1.0, 1.0, 1.0)


@given(st.lists(st.lists(st.integers(1, 150), min_size=1, max_size=5), min_size=1, max_size=20))
def test_the_hit_curve_rises_through_the_hits_of_the_metrics(ranks: list[list[int]]) -> None:
    curve = hit_curve(ranks)

    assert len(curve) == 100
    assert list(curve) == sorted(curve)
    for k in (1, 10, 20, 50):
        assert curve[k - 1] == pytest.approx(metric_values(ranks)[f"hit@{k}"].mean())
