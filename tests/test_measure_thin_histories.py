"""The script that measures tuning on thin histories, on made-up deals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dealport.stories.backtest_story import read_usable_deals
from tests.backtest.made_deals import deals_csv, made_rows
from tests.measure_thin_histories import SHIPPED, cut, measure

SINCE = date(2023, 1, 1)


def test_a_cut_keeps_all_deals_of_the_startups_it_keeps_and_is_always_the_same(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(deals_csv(), encoding="utf-8")
    deals = read_usable_deals(tmp_path / "deals.csv").usable

    kept = cut(deals, 0.5, 1)

    startups = {deal.startup_key for deal in kept}
    assert kept == cut(deals, 0.5, 1) != cut(deals, 0.5, 2)
    assert kept == tuple(deal for deal in deals if deal.startup_key in startups)
    assert 0 < len(startups) < len({deal.startup_key for deal in deals})


def test_every_cut_is_measured_with_shipped_and_tuned_weights_beside_the_simple_rankers(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(deals_csv(made_rows(600)), encoding="utf-8")

    (found,) = measure(path, SINCE, [0, 1000], 1)

    assert list(found)[:2] == ["choices", SHIPPED]
    assert {"tuned, prior 0", "tuned, prior 1,000", "popular in the country"} <= set(found)
    assert all(0 <= value <= 1 for name, value in found.items() if name != "choices")
