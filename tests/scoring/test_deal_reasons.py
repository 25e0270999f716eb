"""What an investor's deals say for a pair, and where they are not what it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Deal, Investor, Reach, SectorMention, Startup
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.columns.sides import Past
from dealport.scoring.explaining.differences import differences
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors.graph import load_graph
from tests.scoring.explained_markets import explain_all, reasons_at

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


def reason(criterion: str, *deals: Deal, startup: Startup = LUMEN, investor: Investor = HARBOR) -> Sentence | None:
    """Why LUMEN and HARBOR have the points of a criterion, where these deals are known."""
    return reasons_at(explain_all(Market((startup,), (investor,), deals, DAY, load_graph())), 0)[criterion]


def differences_of(investor: Investor, *deals: Deal) -> tuple[Sentence, ...]:
    return differences(investor, Portfolios(Past.of(deals, DAY, load_graph()), load_graph()))


def some_deals(n: int, **changes: object) -> list[Deal]:
    return [replace(DEAL, startup_key=f"s{place}", **changes) for place in range(n)]


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


def test_a_warm_path_of_one_deal_is_told_as_once() -> None:
    with_tide = replace(DEAL, investor="Tide Capital", investor_key="tide", startup_key="s1")

    assert reason("warm_path", *some_deals(4), with_tide) == Sentence(
        "reason.warm_path_once", {"backer": "Tide Capital", "n": "1"}
    )


def test_an_investor_is_no_warm_path_to_itself() -> None:
    backed_by_harbor = replace(LUMEN, backer_keys=("harbor",))

    assert reason("warm_path", *some_deals(4), startup=backed_by_harbor) is None


@pytest.mark.parametrize(
    ("ask", "is_within"),
    [
        ((3e6, 3e6), True),
        ((2.5e6, 4.7e6), True),
        ((2.1e6, 2.1e6), False),  # of the same class of sizes as 3 million
        ((2.1e6, 5.5e6), False),
        ((2.5e6, 5.5e6), False),
        (None, False),
    ],
)
def test_a_usual_range_is_a_reason_only_where_the_ask_lies_in_it(
    ask: tuple[float, float] | None, is_within: bool
) -> None:
    deals = [replace(deal, amount_usd=amount) for deal, amount in zip(some_deals(2), (2.3e6, 5.2e6), strict=True)]

    found = reason("usual_range", *deals, startup=replace(LUMEN, raising_usd=ask))

    # The middle 80 % of two rounds: a tenth of the way inwards on a log scale.
    assert found == (Sentence("reason.usual_range", {"range": "USD 2.49M-4.8M"}) if is_within else None)


def test_startups_with_asks_of_one_class_have_usual_ranges_of_their_own() -> None:
    deals = [replace(deal, amount_usd=amount) for deal, amount in zip(some_deals(2), (2.3e6, 5.2e6), strict=True)]
    inside, outside = replace(LUMEN, raising_usd=(3e6, 3e6)), replace(LUMEN, id="other", raising_usd=(2.1e6, 2.1e6))

    explained = explain_all(Market((inside, outside), (HARBOR,), tuple(deals), DAY, load_graph()))

    assert reasons_at(explained, 0)["usual_range"] is not None
    assert reasons_at(explained, 1)["usual_range"] is None


@pytest.mark.parametrize(("n_large", "is_often"), [(9, False), (8, True)])
def test_often_is_said_from_a_lift_of_half_as_often_again(n_large: int, is_often: bool) -> None:
    # Of HARBOR's 4 rounds 2 are large, of 36 others 9 or 8: smoothed by 3 rounds, lifts of 1.47 and 1.57.
    mine = [replace(deal, amount_usd=3e6 if row < 2 else 1e5) for row, deal in enumerate(some_deals(4))]
    others = [
        replace(deal, investor_key="tide", startup_key=f"t{row}", amount_usd=3e6 if row < n_large else 1e5)
        for row, deal in enumerate(some_deals(36))
    ]

    found = reason("round_sizes", *mine, *others, startup=replace(LUMEN, raising_usd=(3e6, 3e6)))

    assert (found == Sentence("reason.round_sizes", {})) == is_often


@pytest.mark.parametrize(("n_startups", "is_often"), [(2, False), (3, True)])
def test_often_alone_is_said_from_three_startups_on(n_startups: int, is_often: bool) -> None:
    unbacked = replace(LUMEN, backer_keys=())

    found = reason("alone", *some_deals(n_startups), startup=unbacked)

    assert (found is not None) == is_often


def test_alone_is_said_only_where_the_startup_has_no_backer_yet() -> None:
    assert reason("alone", *some_deals(5)) is None


def test_compatriots_are_backers_from_the_investors_country() -> None:
    tide = replace(DEAL, investor="Tide", investor_key="tide", investor_country="SG", startup_key="s1")

    assert reason("compatriots", DEAL, tide) == Sentence("reason.compatriots", {"country": ("country", "SG")})
    assert reason("compatriots", DEAL, replace(tide, investor_country="JP")) is None


def test_a_city_of_the_same_name_in_another_country_is_another_city() -> None:
    assert reason("city_deals", replace(DEAL, startup_country="US"), replace(DEAL, startup_key="there")) == Sentence(
        "reason.city_deal", {"city": "seoul"}
    )
    assert reason("city_deals", DEAL, startup=replace(LUMEN, city="Busan")) is None


def test_two_startups_are_the_fewest_whose_number_is_named() -> None:
    abroad = [replace(DEAL, startup_key=f"s{row}", startup_country=code) for row, code in enumerate(["KR", "JP"])]

    assert [reason(name, *abroad) for name in ("abroad_deals", "abroad_breadth", "recent_deals")] == [
        Sentence(f"reason.{name}", {"n": "2"}) for name in ("abroad_deals", "abroad_breadth", "recent_deals")
    ]
    assert [reason(name, DEAL) for name in ("abroad_deals", "abroad_breadth", "recent_deals")] == [None] * 3


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [(365, ("2", "2")), (366, (None, "2")), (730, (None, "2")), (731, (None, None))],
)
def test_lately_is_a_year_and_abroad_two(days_ago: int, expected: tuple[str | None, str | None]) -> None:
    deals = some_deals(2, made_on=DAY - timedelta(days=days_ago))

    found = [reason(name, *deals) for name in ("recent_deals", "abroad_deals")]

    assert tuple(one and one.arguments["n"] for one in found) == expected


def test_at_most_three_stated_sectors_that_its_deals_hold_are_named_the_most_telling_first() -> None:
    four, graph = ("battery", "semi-memory", "robot-humanoid", "steel"), load_graph()
    does_four = replace(LUMEN, sectors=tuple(SectorMention(name, name) for name in four))
    does_two = replace(LUMEN, sectors=(SectorMention("steel", "steel"), SectorMention("battery", "battery", "listed")))
    deals = some_deals(3, startup_sectors=four)

    found = [reason("sector_focus", *deals, startup=startup) for startup in (does_four, does_two)]

    telling = sorted(four, key=lambda name: (-graph.information(name), name))
    assert found == [
        Sentence("reason.sector_focus", {"sectors": ("sector", *telling[:3])}),
        Sentence("reason.sector_focus", {"sectors": ("sector", "steel")}),
    ]


def test_a_sector_is_held_from_a_deal_a_few_years_back_but_not_for_ever() -> None:
    # A deal counts half after two years; held is .3 of a sector, which one deal is for some two years.
    steel = replace(LUMEN, sectors=(SectorMention("steel", "steel"),))
    lately, once = (
        some_deals(1, startup_sectors=("steel",), made_on=DAY - timedelta(days=days)) for days in (600, 1500)
    )

    assert reason("sector_focus", *lately, startup=steel) == Sentence(
        "reason.sector_focus", {"sectors": ("sector", "steel")}
    )
    assert reason("sector_focus", *once, startup=steel) is None


def test_what_is_not_known_is_no_country_of_a_deal() -> None:
    nowhere = some_deals(3, startup_country="")

    assert reason("country_deals", *nowhere, startup=replace(LUMEN, country="")) is None
    assert reason("abroad_deals", *some_deals(3), investor=replace(HARBOR, country="")) is None
    assert reason("abroad_breadth", *nowhere, DEAL) is None


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


def test_the_sector_named_against_what_it_says_is_where_its_deals_are_most_often() -> None:
    says = replace(HARBOR, sectors=(SectorMention("battery", "batteries"),))
    told = ["steel", "steel", "ai-cancer-dx", "ai-cancer-dx", "ai-cancer-dx", "ev", "ev"]
    deals = [replace(deal, startup_sectors=(name,)) for deal, name in zip(some_deals(7), told, strict=True)]

    (sectors,) = differences_of(says, *deals)

    assert sectors.arguments["derived"] == ("sector", "ai")  # of 3 in 7, health care too: the most, if not most of them


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


def test_deals_in_the_startups_sectors_are_counted_by_the_most_telling_sector_with_more_than_one() -> None:
    both = replace(LUMEN, sectors=tuple(SectorMention(one, one) for one in ("ai", "steel")))
    once = replace(DEAL, startup_key="mill", startup_sectors=("steel",))
    deals = [*some_deals(3, startup_sectors=("ai",)), once]

    assert reason("sector_deals", *deals, startup=both) == Sentence(
        "reason.sector_deals", {"n": "3", "sectors": ("sector", "ai")}
    )
    assert reason("sector_deals", once, startup=both) is None


def test_deals_at_home_are_no_deals_abroad_in_the_sectors() -> None:
    does_ai = replace(LUMEN, sectors=(SectorMention("ai", "ai"),))
    at_home = some_deals(3, startup_country="SG", startup_sectors=("ai",))

    assert reason("sector_deals", *at_home, startup=does_ai) is None


def test_deals_at_the_startups_stage_are_counted() -> None:
    deals = [*some_deals(3), replace(DEAL, startup_key="later", stage="series-c")]
    raising = replace(LUMEN, stage="series-b")

    assert reason("round_deals", *deals, startup=raising) == Sentence(
        "reason.round_deals", {"n": "3", "stage": ("stage", "series-b")}
    )
    assert reason("round_deals", *deals, startup=replace(LUMEN, stage="series-c")) is None
