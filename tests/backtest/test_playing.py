"""A backtest knows nothing of the day and after, gives exact lists, and beats chance on deals with habits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from dealport.backtest.metrics import metric_values
from dealport.backtest.playing import DEALPORT, LISTED, ReadyPeriod, play
from dealport.backtest.questions import ask, periods, usable_deals
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA, TRACK_CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import whole_market
from dealport.stories.backtest_story import Deals, read_usable_deals
from tests.backtest.made_deals import deals_csv

SINCE, UNTIL = date(2023, 1, 1), date(2024, 12, 31)
WEIGHTS = Weights(ALL_WEIGHTS)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Deals:
    path = tmp_path_factory.mktemp("deals") / "deals.csv"
    path.write_text(deals_csv(), encoding="utf-8")
    return read_usable_deals(path)


def stage_of(read: Deals) -> ReadyPeriod:
    (period,) = periods(SINCE, UNTIL)
    return ReadyPeriod.of(ask(read.usable, period), read.graph, WEIGHTS)


def test_deals_on_the_day_and_after_change_no_value(read: Deals) -> None:
    deals = read.usable
    before = tuple(deal for deal in deals if deal.made_on < SINCE)
    changed = tuple(
        replace(deal, startup_country="GB", startup_city="Elsewhere", startup_sectors=("steel",), amount_usd=1.0)
        for deal in deals
        if deal.made_on >= SINCE
    )
    whole = stage_of(read)
    others = [
        ReadyPeriod.of(replace(whole.asked, deals=usable_deals(one)), read.graph, WEIGHTS)
        for one in (before, tuple(deal for deal in (*before, *changed) if deal.made_on < SINCE))
    ]

    for other in others:
        assert other.investors == whole.investors
        rows, columns = whole_market(len(whole.asked.questions)), whole_market(len(whole.investors))
        ours, theirs = whole.engine.score(rows, columns), other.engine.score(rows, columns)
        assert (ours.points_units == theirs.points_units).all()
        assert (ours.known == theirs.known).all()


def test_the_record_of_a_market_is_of_deals_before_its_day(read: Deals) -> None:
    from dealport.scoring.columns.sides import Past

    later = replace(read.usable[-1], made_on=SINCE, investor_key="i00", amount_usd=5e8)
    early = tuple(deal for deal in read.usable if deal.made_on < SINCE)

    with_later, without = (Past.of(deals, SINCE, read.graph) for deals in ((*early, later), early))

    for name in without.record.__struct_fields__:
        if name not in ("partners", "cities"):
            assert (getattr(with_later.record, name) == getattr(without.record, name)).all()


def test_lists_hold_the_best_in_order_and_mark_what_happened(read: Deals) -> None:
    played = play(read.usable, list(periods(SINCE, UNTIL)), read.graph, WEIGHTS, with_rows=True)

    by_query: dict[str, list[tuple[int, str, float, int]]] = {}
    for startup, rank, investor, score, hit, _ in played.rows:
        by_query.setdefault(startup, []).append((rank, investor, score, hit))
    for query, ranks in zip(played.queries, played.ranks[DEALPORT], strict=True):
        listed = by_query[query.startup]
        assert [rank for rank, *_ in listed] == list(range(1, min(LISTED, query.n_candidates) + 1))
        assert [(-score, investor) for _, investor, score, _ in listed] == sorted(
            (-score, investor) for _, investor, score, _ in listed
        )
        hits = {investor: rank for rank, investor, _, hit in listed if hit}
        assert hits == dict(zip(query.answers, ranks, strict=True))


def test_habits_are_found_far_above_chance_and_above_popularity(read: Deals) -> None:
    played = play(read.usable, list(periods(SINCE, UNTIL)), read.graph, WEIGHTS)

    found = {name: metric_values(ranks)["hit@10"].mean() for name, ranks in played.ranks.items()}

    assert found[DEALPORT] > found["random"] + 0.15
    assert found[DEALPORT] > found["popularity"]


def test_every_criterion_of_the_track_record_varies_between_candidates(read: Deals) -> None:
    stage = stage_of(read)
    startups, investors = stage.engine.startups, stage.engine.investors

    constant = [
        name
        for name in TRACK_CRITERIA
        if all(np.ptp(fit.gain / fit.whole) == 0 for fit in CRITERIA[name].formula(Grid(startups, investors)))
    ]

    assert constant == []


def test_with_refreshing_a_query_is_a_startup_in_a_quarter(read: Deals) -> None:
    deals = read.usable

    frozen = play(deals, list(periods(SINCE, UNTIL)), read.graph, WEIGHTS, baselines=False)
    fresh = play(deals, list(periods(SINCE, UNTIL, refresh="quarter")), read.graph, WEIGHTS, baselines=False)

    assert len({query.as_of for query in frozen.queries}) == 1
    assert len(fresh.queries) >= len(frozen.queries)
    assert all(query.as_of.month in (1, 4, 7, 10) and query.as_of.day == 1 for query in fresh.queries)
