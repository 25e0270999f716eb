"""What a backtest asks: who is a query, what it brings, and what nobody may know."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from dealport.backtest.questions import Period, ask, periods, usable_deals
from dealport.model import Deal

YEAR = Period(date(2024, 1, 1), date(2024, 1, 1), date(2024, 12, 31))
DEAL = Deal(
    made_on=date(2023, 5, 1),
    startup="Lumen",
    investor="Harbor",
    startup_key="lumen",
    investor_key="harbor",
    startup_country="KR",
    investor_country="SG",
    startup_city="Seoul",
    startup_sectors=("ai",),
    founded_on=date(2020, 1, 1),
    amount_usd=3e6,
)


def deal(day: str, **changes: object) -> Deal:
    return replace(DEAL, made_on=date.fromisoformat(day), **changes)


def test_a_query_has_a_new_pair_abroad_with_an_investor_seen_before() -> None:
    asked = ask(
        [
            deal("2023-05-01", startup_key="old"),
            deal("2024-03-01"),
            deal("2024-04-01", investor_key="stranger"),
            deal("2024-05-01", startup_key="home", startup_country="SG"),
        ],
        YEAR,
    )

    (question,) = asked.questions
    assert (question.startup.id, question.answers) == ("lumen", (("harbor", "SG"),))
    assert asked.n_unanswerable == 0


def test_a_startup_whose_new_investors_were_never_seen_before_is_no_query_but_counted() -> None:
    asked = ask([deal("2023-05-01", startup_key="old"), deal("2024-03-01", investor_key="stranger")], YEAR)

    assert (asked.questions, asked.n_unanswerable) == ((), 1)


def test_a_second_round_with_a_present_backer_is_nothing_new() -> None:
    asked = ask([deal("2023-05-01"), deal("2024-03-01")], YEAR)

    assert (asked.questions, asked.n_unanswerable) == ((), 0)


def test_a_query_brings_what_a_founder_would_state_and_its_backers_of_before() -> None:
    asked = ask(
        [
            deal("2023-05-01", startup_key="old"),
            deal("2023-06-01", investor_key="tide", investor_country="KR"),
            deal("2024-03-01", amount_usd=3e6),
            deal("2024-04-01", investor_key="tide2", amount_usd=9e7),
        ],
        YEAR,
    )

    startup = asked.questions[0].startup
    assert (startup.country, startup.city, startup.founded_on) == ("KR", "Seoul", date(2020, 1, 1))
    assert [one.sector for one in startup.sectors] == ["ai"]
    assert startup.backed_by == {"tide"}
    assert startup.raising_usd == (2e6, 6e6)


def test_a_query_says_which_round_it_raises_as_its_first_new_round_was_called() -> None:
    asked = ask(
        [
            deal("2023-05-01", startup_key="old"),
            deal("2024-03-01", stage="series-a"),
            deal("2024-09-01", stage="series-b", investor_key="late"),
        ],
        YEAR,
    )

    assert asked.questions[0].startup.stage == "series-a"


@pytest.mark.parametrize(("amount", "ends"), [(1.0, (2e4, 6e4)), (6e4, (6e4, 2e5)), (9e9, (6e7, 2e8))])
def test_the_ask_is_a_class_and_never_the_amount(amount: float, ends: tuple[float, float]) -> None:
    asked = ask([deal("2023-05-01", startup_key="old"), deal("2024-03-01", amount_usd=amount)], YEAR)

    assert asked.questions[0].startup.raising_usd == ends


def test_deals_without_a_country_on_either_side_are_left_out() -> None:
    deals = [deal("2024-01-01"), deal("2024-01-02", startup_country=""), deal("2024-01-03", investor_country="")]

    assert usable_deals(deals) == (deals[0],)


def test_quarters_follow_the_calendar_without_a_gap() -> None:
    every = list(periods(date(2023, 11, 15), date(2024, 7, 2), refresh="quarter"))

    assert [(str(one.as_of), str(one.last)) for one in every] == [
        ("2023-11-15", "2023-12-31"),
        ("2024-01-01", "2024-03-31"),
        ("2024-04-01", "2024-06-30"),
        ("2024-07-01", "2024-07-02"),
    ]


def test_without_refreshing_there_is_one_period() -> None:
    assert list(periods(date(2024, 1, 1), date(2024, 12, 31))) == [YEAR]


@pytest.mark.parametrize("investor_of_the_larger", ["anchor", "zenith"])
def test_of_two_rounds_on_one_day_a_query_brings_the_larger_whoever_invested(investor_of_the_larger: str) -> None:
    other = {"anchor": "zenith", "zenith": "anchor"}[investor_of_the_larger]
    old = [deal("2023-05-01", startup_key="old", investor_key=key) for key in ("anchor", "zenith")]
    large = deal("2024-03-01", investor_key=investor_of_the_larger, amount_usd=3e7)
    small = deal("2024-03-01", investor_key=other, amount_usd=1e6)

    asked = ask(usable_deals([*old, small, large]), YEAR)

    assert asked.questions[0].startup.raising_usd == (2e7, 6e7)


def test_an_investor_is_abroad_by_the_home_its_deals_told_before() -> None:
    old = deal("2023-05-01", startup_key="old", investor_country="KR")
    new = deal("2024-03-01", investor_country="SG")

    asked = ask(usable_deals([old, new]), YEAR)

    assert (asked.questions, asked.n_unanswerable) == ((), 0)
