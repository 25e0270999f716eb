"""The class of a startup's ask and of its age, at the edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.scoring.columns.startup_records import StartupRecord
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine
from dealport.words.sectors.graph import load_graph
from tests.scoring.test_deal_reasons import DAY, DEAL, HARBOR, LUMEN


def record(**changes: object) -> StartupRecord:
    """What LUMEN, changed, brings to a market of one deal."""
    startup = replace(LUMEN, **changes)
    found = Engine.of(Market((startup,), (HARBOR,), (DEAL,), DAY, load_graph()), Weights(ALL_WEIGHTS)).startups.record
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ((0.0, 3e9), 0),  # from one dollar on: 55,000 in the middle
        ((0.0, 4e9), 1),
        ((59_999.0, 59_999.0), 0),
        ((6e4, 6e4), 1),
        ((1e6, 4e6), 4),  # 2 million in the middle, the first of its class
        ((1e6, 3.9e6), 3),
        ((1e8, 1e8), 7),
        (None, -1),
    ],
)
def test_an_ask_is_of_the_class_of_its_geometric_middle(ask: tuple[float, float] | None, expected: int) -> None:
    assert record(raising_usd=ask).size.tolist() == [expected]


@pytest.mark.parametrize(
    ("founded_on", "expected"),
    [
        (DAY - timedelta(days=365), 0),
        (DAY - timedelta(days=366), 1),
        (DAY - timedelta(days=10 * 366), 4),
        (date(2027, 1, 1), 0),  # to be founded
        (None, -1),
    ],
)
def test_an_age_is_of_the_class_of_its_full_years(founded_on: date | None, expected: int) -> None:
    assert record(founded_on=founded_on).age.tolist() == [expected]
