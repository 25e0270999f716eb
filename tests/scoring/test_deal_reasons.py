"""What an investor's deals say for a pair, and where they are not what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from dealport.market.market import Market
from dealport.model import Deal, Investor, Reach, SectorMention, Startup
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.columns.sides import Past
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine
from dealport.scoring.explaining.differences import differences
from dealport.scoring.explaining.pairs import PairExplainer
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors import load_graph

DAY = date(2026, 1, 7)
LUMEN = Startup(id="lumen", name="Lumen", country="KR", city="Seoul", backer_keys=("tide",))
HARBOR = Investor(id="harbor", name="Harbor", country="SG")
DEAL = Deal(
    made_on=DAY - timedelta(days=100),
    startup="Solis",
    investor="Harbor",
    startup_key="solis",
    investor_key="harbor",
    startup_country="KR",
    investor_country="SG",
    startup_city="seoul",
    startup_sectors=("ai-cancer-dx",),
    stage="series-b",
    amount_usd=3e6,
)


def explainer_of(*deals: Deal, investor: Investor = HARBOR) -> PairExplainer:
    market = Market((LUMEN,), (investor,), deals, DAY, load_graph())
    return PairExplainer.of(market, Engine.of(market, Weights(ALL_WEIGHTS)))


def reason(criterion: str, *deals: Deal) -> Sentence | None:
    """Why LUMEN and HARBOR have the points of a criterion, where these deals are known."""
    row = np.zeros(1, dtype=np.int32)
    (part,) = (part for part in explainer_of(*deals).explain(row, row, row + 1).parts(0) if part.criterion == criterion)
    return part.reason


def differences_of(investor: Investor, *deals: Deal) -> tuple[Sentence, ...]:
    return differences(investor, Portfolios(Past.of(deals, DAY, load_graph()), load_graph()))


def some_deals(n: int, **changes: object) -> list[Deal]:
    return [replace(DEAL, startup_key=f"s{place}", **changes) for place in range(n)]  # type: ignore[arg-type]


def test_deals_in_the_startups_country_and_city_are_counted() -> None:
    deals = [*some_deals(3), replace(DEAL, startup_key="far", startup_country="JP", startup_city="Tokyo")]

    assert reason("country_deals", *deals) == Sentence("reason.country_deals", {"n": "3", "country": ("country", "KR")})
    assert reason("city_deals", *deals) == Sentence("reason.city_deals", {"n": "3", "city": "seoul"})


def test_one_deal_is_told_as_one() -> None:
    assert reason("country_deals", DEAL) == Sentence("reason.country_deal", {"country": ("country", "KR")})


def test_the_warm_path_names_the_backer_with_most_deals_together() -> None:
    with_tide = [replace(deal, investor="Tide Capital", investor_key="tide") for deal in some_deals(3)]

    assert reason("warm_path", *some_deals(4), *with_tide) == Sentence(
        "reason.warm_path", {"backer": "Tide Capital", "n": "3"}
    )


def test_a_deal_on_the_day_is_not_known() -> None:
    before = replace(DEAL, startup_key="earlier")

    assert reason("country_deals", before, replace(DEAL, made_on=DAY)) == reason("country_deals", before)


def test_an_investor_that_says_seed_and_does_series_b_is_told_so() -> None:
    says_seed = replace(HARBOR, stages=frozenset({"seed"}))
    deals = [*some_deals(14), replace(DEAL, startup_key="early", stage="seed")]

    assert differences_of(says_seed, *deals) == (
        Sentence(
            "differs.stages", {"stated": ("stage", "seed"), "n": "14", "all": "15", "derived": ("stage", "series-b")}
        ),
    )


def test_sectors_and_countries_that_are_not_what_it_says_are_told_too() -> None:
    says = replace(
        HARBOR, sectors=(SectorMention("battery", "batteries"),), invests_in=Reach(countries=frozenset({"JP"}))
    )

    sectors, countries = differences_of(says, *some_deals(6))

    assert sectors.arguments["stated"] == ("sector", "battery")
    assert countries == Sentence("differs.countries", {"stated": ("country", "JP"), "n": "6", "all": "6"})


def test_few_deals_contradict_nobody() -> None:
    says_seed = replace(HARBOR, stages=frozenset({"seed"}))

    assert differences_of(says_seed, *some_deals(4)) == ()


def test_one_who_does_what_it_says_is_not_contradicted() -> None:
    says_so = replace(
        HARBOR,
        stages=frozenset({"series-b"}),
        sectors=(SectorMention("healthcare", "health"), SectorMention("ai", "AI")),
        invests_in=Reach(everywhere=True),
    )

    assert differences_of(says_so, *some_deals(9)) == ()
