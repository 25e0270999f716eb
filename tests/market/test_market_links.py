"""Names that profiles and deals give each other: who is meant, who already backs whom, and who is named twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.market.identity.duplicates import website_host
from dealport.market.identity.naming import SideNames
from dealport.market.markets import Market
from dealport.model import Row, Startup

Build = Callable[..., Market]
MakeRow = Callable[..., Row]


def told(market: Market) -> list[tuple[str, str]]:
    return [(problem.severity, str(problem)) for problem in market.problems]


def test_wishes_are_understood_by_id_name_and_alias_and_keep_their_order(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(
        startup(wants=["Tide Fund", "harbor-id", "하버"], avoids=["REEF"]),
        investor(line=2, id="harbor-id", name="Harbor", aliases=["하버"]),
        investor(line=3, id="t", name="Tide Fund"),
        investor(line=4, id="r", name="Reef", avoids="Lumen"),
    )

    assert told(market) == []
    assert market.startups[0].wants == ("t", "harbor-id")
    assert market.startups[0].avoids == {"r"}
    assert [one.avoids for one in market.investors] == [frozenset(), {"lumen"}, frozenset()]


def test_a_name_that_is_nobody_here_is_a_warning(build: Build, startup: MakeRow) -> None:
    market = build(startup(wants=["Qqqq Zzzz"], avoids=["Xxxx Wwww"]))

    assert told(market) == [
        ("warning", "market.toml:1: avoids[1]: nobody on the other side is called 'Xxxx Wwww'"),
        ("warning", "market.toml:1: wants[1]: nobody on the other side is called 'Qqqq Zzzz'"),
    ]
    assert market.startups[0].misread == ()


def test_a_slip_in_a_name_is_taken_and_told(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(startup(avoids=["Harbr Ventures"]), investor(line=2, name="Harbor Ventures"))

    assert market.startups[0].avoids == {"harbor-ventures"}
    message = "avoids[1]: 'Harbr Ventures' is read as 'Harbor Ventures' (harbor-ventures)"
    assert told(market) == [("warning", f"market.toml:1: {message}")]


def test_a_name_to_avoid_that_may_be_several_is_a_fault_and_marks_the_profile(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(
        startup(avoids=["Harbar Ventures"], wants=["Harbar Ventures"]),
        investor(line=2, id="a", name="Harbor Ventures"),
        investor(line=3, id="b", name="Harber Ventures"),
    )

    message = "'Harbar Ventures' may be 'Harbor Ventures' (a) or 'Harber Ventures' (b) (write the id)"
    assert told(market) == [
        ("fault", f"market.toml:1: avoids[1]: {message}"),
        ("warning", f"market.toml:1: wants[1]: {message}"),
    ]
    assert market.startups[0].misread == ("Harbar Ventures",)
    assert market.startups[0].avoids == frozenset()
    assert market.startups[0].wants == ()


def test_backers_portfolios_and_deals_all_tell_who_already_backs(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    market = build(
        startup(backers=["Harbor", "Somebody else"]),
        investor(line=2),
        investor(line=3, name="Tide", portfolio=["lumen"]),
        investor(line=4, name="Reef"),
        investor(line=5, name="Shoal"),
        deals=[deal(investor="Reef")],
    )

    assert market.startups[0].backed_by == {"harbor", "tide", "reef"}
    assert market.startups[0].backers == ("Harbor", "Somebody else")


def test_a_name_that_is_nearly_a_backers_is_no_backer(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(startup(backers=["Harper"]), investor(line=2))

    assert market.startups[0].backed_by == frozenset()


def test_a_deal_is_joined_to_profiles_and_takes_their_countries(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    row = deal(round="seed", amount="$3000000", startup_sectors="robotics", investor_country="HK")

    market = build(startup(), investor(line=2), deals=[row])

    made = market.deals[0]
    assert (made.startup_id, made.investor_id) == ("lumen", "harbor")
    assert (made.startup_country, made.investor_country) == ("KR", "HK")
    assert (made.stage, made.amount_usd, made.made_on) == ("seed", 3_000_000, date(2025, 6, 30))
    assert market.problems == ()


def test_a_deal_of_strangers_is_kept_without_ids(build: Build, deal: MakeRow) -> None:
    market = build(deals=[deal(startup_id="nobody")])

    assert [(one.startup_id, one.investor_id, one.startup) for one in market.deals] == [("", "", "Lumen")]


def test_an_id_tells_who_made_a_deal_and_a_country_helps(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    market = build(
        startup(id="a"),
        startup(line=2, id="b", country="JP"),
        investor(line=3),
        deals=[
            deal(startup_country="JP"),
            deal(line=2, startup_id="a", startup="Someone"),
            deal(line=3, date="2025-01-01"),
        ],
    )

    assert [one.startup_id for one in market.deals] == ["a", "b", "a"]


def test_several_investors_in_a_row_are_several_deals_in_order(build: Build, deal: MakeRow) -> None:
    market = build(deals=[deal(line=1, investor="Tide; Reef"), deal(line=2, date="2024-01-01")])

    assert [(one.made_on.year, one.investor) for one in market.deals] == [
        (2024, "Harbor"),
        (2025, "Reef"),
        (2025, "Tide"),
    ]


def test_the_same_deal_told_twice_is_one_with_a_warning(build: Build, deal: MakeRow) -> None:
    market = build(deals=[deal(line=2, investor="Tide; Tide"), deal(line=3, investor="Tide"), deal(line=4)])

    assert [one.investor for one in market.deals] == ["Harbor", "Tide"]
    assert [problem.place for problem in market.problems] == ["deals.csv:3"]
    assert market.problems[0].message == "the same deal as at deals.csv:2: counted once"


def test_a_bad_row_of_deals_is_a_fault_and_left_out(build: Build, deal: MakeRow) -> None:
    market = build(
        deals=[
            deal(line=1, date="soon"),
            deal(line=2, startup="\x07"),
            deal(line=3, investor=["\x07"]),
            deal(line=4, date=None),
            deal(line=5, startup=9),
            deal(line=6, round="zzzz", amount="zzzz"),
        ],
        files=["deals.csv"],
    )

    faults = [(one.place, one.field) for one in market.problems if one.severity == "fault"]
    warnings = [(one.place, one.field) for one in market.problems if one.severity == "warning"]
    assert faults == [
        ("deals.csv:1", "date"), ("deals.csv:2", "startup"), ("deals.csv:3", "investor"), ("deals.csv:4", "date"),
        ("deals.csv:5", "startup"),
    ]  # fmt: skip
    assert warnings == [("deals.csv:2", "startup"), ("deals.csv:6", "amount"), ("deals.csv:6", "round")]
    assert [(one.stage, one.amount_usd) for one in market.deals] == [("", None)]


def test_deals_after_the_day_asked_for_are_not_looked_at(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    market = build(startup(), investor(line=2), deals=[deal(date="2025-06-30")], as_of=date(2025, 1, 1))

    assert market.deals == ()
    assert market.startups[0].backed_by == frozenset()
    assert [message for _, message in told(market)] == [
        "deals.csv:1: date: 1 deals after 2025-01-01 were not looked at"
    ]


def test_likely_duplicates_are_told_with_both_places(build: Build, startup: MakeRow) -> None:
    market = build(
        startup(line=1, id="a", name="Lumen", aliases=["루멘"]),
        startup(line=5, id="b", name="루멘"),
        startup(line=9, id="c", name="Brightline", website="https://www.lumen.example/en"),
        startup(line=12, id="d", name="Clear", website="lumen.example"),
        startup(line=15, id="e", name="Alone", website="https://linkedin.com/company/alone"),
        startup(line=18, id="f", name="Other", website="https://linkedin.com/company/other"),
    )

    assert told(market) == [
        (
            "warning",
            "market.toml:5: name: '루멘' may be the same startup as 'Lumen' (market.toml:1) (keep one of them)",
        ),
        (
            "warning",
            "market.toml:12: name: 'Clear' may be the same startup as 'Brightline' (market.toml:9) (keep one of them)",
        ),
    ]
    assert market.possible_duplicates == {("startup", "a"), ("startup", "b"), ("startup", "c"), ("startup", "d")}


def test_a_startup_and_an_investor_may_share_a_name(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(startup(name="Harbor"), investor(line=2, name="Harbor"))

    assert market.problems == ()
    assert market.possible_duplicates == frozenset()


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.Lumen.example/en?x=1", "lumen.example"),
        ("lumen.example.", "lumen.example"),
        ("http://user@lumen.example:8080", "lumen.example"),
        ("https://naver.com/lumen", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_a_website_is_told_by_its_host(website: str, host: str) -> None:
    assert website_host(website) == host


@given(st.lists(st.text(min_size=1, max_size=8), max_size=8, unique=True))
def test_every_profile_is_found_by_its_own_id(names: list[str]) -> None:
    index = SideNames([Startup(id=name, name=f"{name} x") for name in names])

    assert all(index.exactly(name) == (name,) for name in names)
