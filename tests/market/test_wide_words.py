"""Wide words in the fields of profiles: what an investor wants by them, what a startup is, what they exclude."""

from __future__ import annotations

from collections.abc import Callable

from dealport.market.markets import Market
from dealport.model import Row
from dealport.words.sectors.graph import load_graph

Build = Callable[..., Market]
MakeRow = Callable[..., Row]

GRAPH = load_graph()


def how_mentioned(market: Market, sector: str) -> str:
    """How the only profile mentions a sector itself; "" where it does not."""
    profile = [*market.startups, *market.investors][0]
    return next((mention.how for mention in profile.sectors if mention.sector == sector), "")


def test_an_investor_wants_what_its_wide_word_holds(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["Consumer"]))

    assert how_mentioned(market, "consumer-products") == "stated"
    assert how_mentioned(market, "food") == how_mentioned(market, "content") == "umbrella"
    assert market.problems == ()


def test_a_startup_is_the_node_of_its_wide_word_alone(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["Consumer", "企业服务"]))

    assert [mention.sector for mention in market.startups[0].sectors] == ["consumer-products", "enterprise-sw"]


def test_a_list_that_names_one_member_leaves_the_others_at_their_level(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["Consumer", "food"]))

    assert how_mentioned(market, "food") == "stated"
    assert how_mentioned(market, "games") == "umbrella"


def test_a_member_that_the_thesis_names_is_listed(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["Enterprise"], description="We invest in cybersecurity."))

    assert how_mentioned(market, "security") == "listed"
    assert how_mentioned(market, "hrtech") == "umbrella"


def test_free_text_has_no_members(build: Build, investor: MakeRow) -> None:
    market = build(investor(description="We invest in consumer goods and enterprise software."))

    assert how_mentioned(market, "enterprise-sw") == "listed"
    assert how_mentioned(market, "hrtech") == how_mentioned(market, "food") == ""


def test_technology_alone_states_nothing_and_asks_nothing(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["Technology", "기술", "플랫폼"]))

    assert market.investors[0].sectors == ()
    assert market.problems == ()


def test_an_exclusion_by_a_wide_word_excludes_its_certain_members_and_says_so(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["consumer"]))

    assert market.investors[0].excluded_sectors == {"consumer-products", "food", "games", "d2c"}
    assert [(problem.severity, problem.field, problem.message) for problem in market.problems] == [
        (
            "warning",
            "excludes[1]",
            "'consumer' is read as excluding 'Consumer products and brands', 'Direct to consumer', 'Food and beverage'"
            " and 'Games'",
        )
    ]


def test_an_exclusion_by_a_wide_word_spares_what_the_sector_field_states(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["food"], excludes=["consumer"]))

    assert market.investors[0].excluded_sectors == {"consumer-products", "games", "d2c"}


def test_a_wide_word_without_certain_members_excludes_its_node_without_a_word(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["Life sciences"]))

    assert market.investors[0].excluded_sectors == {"bio"}
    assert market.problems == ()


def test_a_word_that_says_nothing_excludes_nothing_and_is_a_fault(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["Technology"]))

    assert market.investors[0].excluded_sectors == frozenset()
    assert market.investors[0].misread == ("Technology",)
    assert [(problem.severity, problem.message) for problem in market.problems] == [
        ("fault", "'Technology' says too little to exclude anything")
    ]


def test_deals_state_the_node_of_a_wide_word_alone(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    market = build(startup(), investor(), deals=[deal(startup_sectors=["Enterprise"])])

    assert market.deals[0].startup_sectors == ("enterprise-sw",)
