"""What an investor does abroad in the startup's sectors, and at its stage: more of it is never less."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Deal, Investor, SectorMention, Startup
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine
from dealport.words.sectors.graph import load_graph

GRAPH = load_graph()
DAY = date(2026, 1, 7)
LUMEN = Startup(id="lumen", name="Lumen", country="KR", stage="seed", sectors=(SectorMention("ai", "ai"),))
HARBOR = Investor(id="harbor", name="Harbor", country="SG")
DEAL = Deal(
    made_on=DAY - timedelta(days=1),
    startup="Solis",
    investor="Harbor",
    startup_key="solis",
    investor_key="harbor",
    startup_country="KR",
    investor_country="SG",
    startup_sectors=("ai",),
    stage="seed",
)
SECTORS = ("ai", "steel", "mobility", "games", "finance")


def value(criterion: str, *deals: Deal, startup: Startup = LUMEN, half: int = 0) -> Fraction | None:
    """What one half of a criterion gives the pair; None where it is unknown."""
    engine = Engine.of(Market((startup,), (HARBOR,), deals, DAY, GRAPH), Weights(ALL_WEIGHTS))
    fit = CRITERIA[criterion].formula(Grid(engine.startups, engine.investors))[half]
    known, gain, whole = (column.ravel()[0] for column in (fit.known, fit.gain, fit.whole))
    return Fraction(int(gain), int(whole)) if known else None


def deals(n: int, **changes: object) -> list[Deal]:
    return [replace(DEAL, startup_key=f"s{place}", **changes) for place in range(n)]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SECTORS), max_size=8), st.sampled_from(SECTORS), st.sets(st.sampled_from(SECTORS)))
def test_one_more_startup_abroad_never_lowers_what_an_investor_does_in_any_field(
    done: list[str], more: str, does: set[str]
) -> None:
    startup = replace(LUMEN, sectors=tuple(SectorMention(one, one) for one in sorted({"ai", *does})))
    known = [*deals(1), *(replace(DEAL, startup_key=f"d{n}", startup_sectors=(one,)) for n, one in enumerate(done))]

    before = value("sector_deals", *known, startup=startup)
    after = value("sector_deals", *known, replace(DEAL, startup_key="more", startup_sectors=(more,)), startup=startup)

    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 1


def test_how_much_counts_where_how_large_a_part_is_the_same() -> None:
    one, five = value("sector_deals", *deals(1)), value("sector_deals", *deals(5))

    assert one is not None
    assert five is not None
    assert float(one) == pytest.approx(0.39, abs=0.01)  # ln 2 / ln 6
    assert float(five) == pytest.approx(1.0, abs=0.01)


def test_deals_at_home_are_known_but_count_for_nothing() -> None:
    assert value("sector_deals", *deals(5, startup_country="SG")) == 0


def test_without_sectors_on_either_side_it_is_unknown() -> None:
    assert value("sector_deals", *deals(5), startup=replace(LUMEN, sectors=())) is None
    assert value("sector_deals", *deals(5, startup_sectors=())) is None


def test_rounds_at_the_startups_stage_are_counted_and_compared() -> None:
    few, many = (value("round_deals", *deals(n)) for n in (1, 30))

    assert few is not None
    assert many is not None
    assert few < many < 1
    assert value("round_deals", *deals(3), startup=replace(LUMEN, stage="series-b")) == 0
    assert value("round_deals", *deals(3), startup=replace(LUMEN, stage="")) is None


@pytest.mark.parametrize("half", [0, 1])
def test_a_hundred_startups_abroad_are_told_from_twenty_by_the_longer_scale_alone(half: int) -> None:
    twenty, hundred = (value("abroad_deals", *deals(n), half=half) for n in (21, 100))

    assert twenty is not None
    assert hundred is not None
    assert (twenty < hundred) == (half == 1)
