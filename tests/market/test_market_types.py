"""Types and names of fields: what is a fault, what a warning, what is simply taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.market.market_building import DEFAULT_AS_OF
from dealport.market.markets import Market
from dealport.market.profile_fields import parse_date, split_words
from dealport.model import Row

Build = Callable[..., Market]
MakeRow = Callable[..., Row]


def test_a_wrong_type_is_a_fault_that_tells_place_and_cure_and_leaves_the_profile_out(
    build: Build, startup: MakeRow
) -> None:
    market = build(startup(line=7, name="Lumen", sectors=["AI", 5], stage=3))

    told = [str(problem) for problem in market.problems]
    assert told == [
        'market.toml:7: sectors[2]: wants a text, not 5 (write it as sectors = ["AI cancer diagnostics", "의료영상"])',
        'market.toml:7: stage: wants a text, not 3 (write it as stage = "Series B")',
    ]
    assert all(problem.severity == "fault" for problem in market.problems)
    assert market.startups == ()
    assert market.n_left_out == 1


@pytest.mark.parametrize("amount", [True, ["1"], float("inf"), float("nan"), date(2026, 1, 1)])
def test_an_amount_that_is_no_number_or_text_is_a_fault(build: Build, startup: MakeRow, amount: object) -> None:
    market = build(startup(raising=amount))

    assert [(problem.field, problem.severity) for problem in market.problems] == [("raising", "fault")]
    assert market.startups == ()


def test_a_number_does_for_money(build: Build, investor: MakeRow) -> None:
    market = build(investor(ticket=2_000_000))

    assert market.investors[0].ticket_usd == (2_000_000, 2_000_000)


@pytest.mark.parametrize(
    ("field", "value"), [("lead", 3), ("as_of", 20.5), ("name", ["Harbor"]), ("aliases", {"a": 1})]
)
def test_each_field_has_its_types(build: Build, investor: MakeRow, field: str, value: object) -> None:
    market = build(investor(**{field: value}))

    assert [(problem.field, problem.severity) for problem in market.problems] == [(field, "fault")]


def test_more_than_two_hundred_sector_words_are_a_fault(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["AI"] * 201))

    assert [problem.message for problem in market.problems] == ["201 words; more than 200 say nothing"]
    assert market.n_left_out == 1


def test_two_hundred_sector_words_and_a_long_portfolio_are_taken(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["fintech"] * 200, portfolio=[f"Startup {n}" for n in range(5000)]))

    assert len(market.investors) == 1


def test_a_missing_name_is_a_fault_that_leaves_the_profile_out(build: Build, startup: MakeRow) -> None:
    market = build(startup(name=None), startup(line=2, name="\x1b[2J"))

    assert [(problem.field, problem.message) for problem in market.problems if problem.severity == "fault"] == [
        ("name", "no name"),
        ("name", "no name"),
    ]
    assert market.n_left_out == 2


@pytest.mark.parametrize("name", ["\u0301\u0302", "\u3164\u3164", "\u2800", "\u3164\u0301", "\U000e0041"])
def test_a_name_of_which_nothing_can_be_seen_is_none(build: Build, startup: MakeRow, name: str) -> None:
    market = build(startup(name=name))

    assert market.startups == ()
    assert [problem.severity for problem in market.problems if problem.field == "name"] == ["fault"]


@pytest.mark.parametrize("name", ["7", "☂", "a\u0301", "!", "한", "👨\u200d👩\u200d👧"])
def test_any_letter_figure_or_sign_is_a_name(build: Build, startup: MakeRow, name: str) -> None:
    assert len(build(startup(name=name)).startups) == 1


def test_a_day_of_a_slip_of_the_pen_is_told_and_not_the_market_s(build: Build, startup: MakeRow) -> None:
    market = build(startup(as_of="2206-01-07"), startup(line=2, name="Other", as_of=date(9999, 12, 31)))

    assert market.as_of == DEFAULT_AS_OF
    assert [problem.field for problem in market.problems] == ["as_of", "as_of"]


def test_an_investor_without_a_name_is_left_out_too(build: Build, investor: MakeRow) -> None:
    market = build(investor(name="\x07"))

    assert market.investors == ()
    assert market.n_left_out == 1


def test_an_unknown_field_is_a_warning_with_the_near_one(build: Build, investor: MakeRow) -> None:
    market = build(investor(tikket="USD 1M"))

    assert [str(problem) for problem in market.problems] == [
        "market.toml:1: tikket: unknown field 'tikket' (did you mean 'ticket'?)"
    ]
    assert market.problems[0].severity == "warning"
    assert len(market.investors) == 1


def test_an_unknown_column_is_told_once_a_file_with_a_count(build: Build, startup: MakeRow) -> None:
    rows = [startup(line=line, name=f"Startup {line}", path="market.csv", Umsatz="1") for line in (4, 2, 3)]

    market = build(*rows, files=["market.csv"])

    assert [str(problem) for problem in market.problems] == [
        "market.csv:2: Umsatz: unknown field 'Umsatz', here and 2 more times in this file"
    ]


def test_a_field_of_the_other_side_is_told_as_such(build: Build, startup: MakeRow) -> None:
    market = build(startup(ticket="USD 1M", excludes=["US"]))

    assert {problem.field: problem.message for problem in market.problems} == {
        "ticket": "'ticket' is a field of investors, it counts for nothing here",
        "excludes": "'excludes' is a field of investors, it counts for nothing here",
    }


def test_blank_fields_say_nothing(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors="  ", stage="", raising=None, unknown_thing=" ", ticket=""))

    assert market.problems == ()
    assert market.startups[0].sectors == ()


def test_a_row_that_names_no_side_is_a_fault_told_once_a_file(build: Build, startup: MakeRow) -> None:
    market = build(startup(kind=""), startup(kind="", line=2), startup(kind="fund", line=3), startup(kind="Startups"))

    assert [(problem.place, problem.field, problem.message) for problem in market.problems] == [
        ("market.toml:1", "kind", "it does not say if it is startup or investor, here and 1 more times in this file"),
        ("market.toml:3", "kind", "neither startup nor investor: 'fund'"),
    ]
    assert market.n_left_out == 3
    assert len(market.startups) == 1


def test_a_number_does_for_an_id(build: Build, startup: MakeRow) -> None:
    market = build(startup(id=17))

    assert market.startups[0].id == "17"


def test_a_text_where_a_list_is_wanted_is_split_as_in_tables() -> None:
    words = split_words("AI; 로봇 | 電池、半導体；")

    assert words == ("AI", " 로봇 ", " 電池", "半導体")


def test_blank_words_in_a_list_are_dropped() -> None:
    assert split_words(["AI", None, " ", "fintech"]) == ("AI", "fintech")
    assert split_words(5) == 5


@pytest.mark.parametrize(
    "typed",
    [
        "2026-01-07",
        "2026/1/7",
        "2026. 1. 7.",
        "2026년 1월 7일",
        "2026年1月7日",
        "20260107",
        "2026-01-07T09:00",
        datetime(2026, 1, 7, 9),
    ],
)
def test_a_date_is_read_in_the_forms_people_write(typed: object) -> None:
    assert parse_date(typed) == date(2026, 1, 7)


@pytest.mark.parametrize(
    "typed", ["soon", "2026", "2026-13-01", "7/1/2026", 5, "", "2206-01-07", date(1, 1, 1), datetime(9999, 1, 1)]
)
def test_what_is_no_date_is_not_guessed(typed: object) -> None:
    assert parse_date(typed) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_iso_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
