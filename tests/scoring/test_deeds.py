"""What an investor's deals say for a pair, and where they are not what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dealport.model import Deal, Investor, Reach, SectorMention, Startup
from dealport.scoring.columns import Past
from dealport.scoring.deeds import Deeds
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


def deeds_of(*deals: Deal) -> Deeds:
    return Deeds(Past.of(deals, DAY, load_graph()), load_graph())


def some_deals(n: int, **changes: object) -> list[Deal]:
    return [replace(DEAL, startup_key=f"s{place}", **changes) for place in range(n)]  # type: ignore[arg-type]


def test_deals_in_the_startups_country_and_city_are_counted() -> None:
    deeds = deeds_of(*some_deals(3), replace(DEAL, startup_key="far", startup_country="JP", startup_city="Tokyo"))

    assert deeds.reason("country_deals", LUMEN, HARBOR, 0.5) == Sentence(
        "reason.country_deals", {"n": "3", "country": ("country", "KR")}
    )
    assert deeds.reason("city_deals", LUMEN, HARBOR, 0.5) == Sentence("reason.city_deals", {"n": "3", "city": "seoul"})


def test_one_deal_is_told_as_one() -> None:
    told = deeds_of(DEAL).reason("country_deals", LUMEN, HARBOR, 0.5)

    assert told == Sentence("reason.country_deal", {"country": ("country", "KR")})


def test_the_warm_path_names_the_backer_with_most_deals_together() -> None:
    with_tide = [replace(deal, investor="Tide Capital", investor_key="tide") for deal in some_deals(3)]

    told = deeds_of(*some_deals(4), *with_tide).reason("warm_path", LUMEN, HARBOR, 0.5)

    assert told == Sentence("reason.warm_path", {"backer": "Tide Capital", "n": "3"})


def test_a_deal_on_the_day_is_not_known() -> None:
    deeds = deeds_of(replace(DEAL, made_on=DAY))

    assert deeds.entries("harbor") == ()
    assert deeds.reason("country_deals", LUMEN, HARBOR, 0.5) is None


def test_an_investor_that_says_seed_and_does_series_b_is_told_so() -> None:
    says_seed = replace(HARBOR, stages=frozenset({"seed"}))
    deals = [*some_deals(14), replace(DEAL, startup_key="early", stage="seed")]

    assert deeds_of(*deals).differences(says_seed) == (
        Sentence(
            "differs.stages", {"stated": ("stage", "seed"), "n": "14", "all": "15", "derived": ("stage", "series-b")}
        ),
    )


def test_sectors_and_countries_that_are_not_what_it_says_are_told_too() -> None:
    says = replace(
        HARBOR, sectors=(SectorMention("battery", "batteries"),), invests_in=Reach(countries=frozenset({"JP"}))
    )

    sectors, countries = deeds_of(*some_deals(6)).differences(says)

    assert sectors.arguments["stated"] == ("sector", "battery")
    assert countries == Sentence("differs.countries", {"stated": ("country", "JP"), "n": "6", "all": "6"})


def test_few_deals_contradict_nobody() -> None:
    says_seed = replace(HARBOR, stages=frozenset({"seed"}))

    assert deeds_of(*some_deals(4)).differences(says_seed) == ()


def test_one_who_does_what_it_says_is_not_contradicted() -> None:
    says_so = replace(
        HARBOR,
        stages=frozenset({"series-b"}),
        sectors=(SectorMention("healthcare", "health"), SectorMention("ai", "AI")),
        invests_in=Reach(everywhere=True),
    )

    assert deeds_of(*some_deals(9)).differences(says_so) == ()
