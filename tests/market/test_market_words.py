"""Words of a profile: what is understood, what is told when not, and what becomes of the profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dealport.market.markets import Market
from dealport.market.meaning.market_words import MarketWords
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems, quoted
from dealport.market.profile_fields import parse_date, parse_rough_day
from dealport.model import Origin, Reach, Row
from dealport.words.sectors.graph import load_graph

Build = Callable[..., Market]
MakeRow = Callable[..., Row]


def fields_of(market: Market, severity: str) -> list[str]:
    return [problem.field for problem in market.problems if problem.severity == severity]


def test_every_word_of_a_startup_is_understood(build: Build, startup: MakeRow) -> None:
    row = startup(
        stem="lumen",
        aliases=["루멘 진단"],
        country="대한민국",
        sectors=["fintech"],
        stage="seed",
        raising="$5000000",
        seeks=["distribution"],
        offers=["precision"],
        markets=["CN", "global"],
        languages=["ko", "en", "ko"],
        email="kim@lumen.example",
        website="https://lumen.example",
        as_of="2026-01-05",
    )

    market = build(row)

    lumen = market.startups[0]
    assert market.problems == ()
    assert (lumen.id, lumen.country, lumen.stage) == ("lumen", "KR", "seed")
    assert lumen.raising_usd == (5_000_000, 5_000_000)
    assert lumen.seeks == {"distribution"}
    assert lumen.offers == {"precision"}
    assert lumen.markets == Reach(frozenset({"CN"}), frozenset(), everywhere=True)
    assert lumen.languages == ("ko", "en")
    assert lumen.contact == "kim@lumen.example"
    assert lumen.as_of == market.as_of == date(2026, 1, 5)


def test_every_word_of_an_investor_is_understood(build: Build, investor: MakeRow) -> None:
    row = investor(
        stages=["seed", "series-b"], ticket="$5000000", lead="네", type="VC", invests_in=["KR"], must_invest_in="KR"
    )

    market = build(row)

    harbor = market.investors[0]
    assert market.problems == ()
    assert harbor.stages == {"seed", "series-b"}
    assert harbor.ticket_usd == (5_000_000, 5_000_000)
    assert harbor.lead is True
    assert harbor.type == "VC"
    assert harbor.invests_in == harbor.must_invest_in == Reach(frozenset({"KR"}))


@pytest.mark.parametrize(
    ("typed", "leads"),
    [(True, True), (False, False), ("yes", True), ("No", False), ("是", True), ("아니요", False), ("unknown", None)],
)
def test_lead_is_read_in_every_language(build: Build, investor: MakeRow, typed: object, leads: bool | None) -> None:
    market = build(investor(lead=typed))

    assert market.investors[0].lead is leads
    assert market.problems == ()


def test_words_not_understood_are_warnings_and_leave_the_field_unknown(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(
        startup(
            sectors=["qqqq zzzz"],
            seeks=["zzzz"],
            languages=["zzzz"],
            markets=["Zzzzland"],
            stage="zzzz",
            raising="zzzz",
            as_of="zzzz",
        ),
        investor(line=2, lead="zzzz", stages=["seed", "zzzz"]),
    )

    assert fields_of(market, "fault") == []
    assert fields_of(market, "warning") == [
        "as_of", "languages[1]", "markets[1]", "raising", "sectors[1]", "seeks[1]", "stage", "lead", "stages[2]",
    ]  # fmt: skip
    lumen = market.startups[0]
    assert (lumen.stage, lumen.raising_usd, lumen.markets, lumen.as_of, lumen.seeks) == (
        "",
        None,
        None,
        None,
        frozenset(),
    )
    assert market.investors[0].stages == {"seed"}


def test_a_missing_country_is_a_fault_and_the_profile_stays_for_the_gate_to_show(
    build: Build, startup: MakeRow, investor: MakeRow
) -> None:
    market = build(startup(country=""), investor(line=2, country="Zzzzland"))

    assert [(problem.field, problem.message) for problem in market.problems] == [
        ("country", "no country"),
        ("country", "unknown country 'Zzzzland'"),
    ]
    assert fields_of(market, "fault") == ["country", "country"]
    assert [one.country for one in (*market.startups, *market.investors)] == ["", ""]
    assert market.n_left_out == 0


@pytest.mark.parametrize("field", ["invests_in", "must_invest_in", "excludes"])
def test_a_word_that_a_gate_hangs_on_is_a_fault_when_not_understood_and_marks_the_profile(
    build: Build, investor: MakeRow, field: str
) -> None:
    market = build(investor(**{field: ["KR", "Qqqq zzzz"]}))

    assert fields_of(market, "fault") == [f"{field}[2]"]
    assert "'Qqqq zzzz'" in market.problems[0].message
    assert market.investors[0].misread == ("Qqqq zzzz",)


def test_a_reach_of_which_no_word_is_understood_is_unknown(build: Build, investor: MakeRow) -> None:
    market = build(investor(invests_in=["Qqqq zzzz"]))

    assert market.investors[0].invests_in is None


def test_the_round_after_the_last_one_is_being_raised(build: Build, startup: MakeRow) -> None:
    market = build(startup(last_round="seed"))

    assert market.startups[0].stage == "series-a"


def test_a_stage_that_is_given_counts_more_than_the_last_round(build: Build, startup: MakeRow) -> None:
    market = build(startup(stage="series-b", last_round="seed"))

    assert market.startups[0].stage == "series-b"


def test_control_characters_never_get_into_a_name_and_are_told(build: Build, startup: MakeRow) -> None:
    market = build(startup(name="Lu\x1b[31mmen\x07"))

    assert market.startups[0].name == "Lumen"
    assert fields_of(market, "warning") == ["name"]
    assert not any(mark < " " for mark in str(market.problems[0]))


def test_what_was_typed_is_quoted_on_one_short_line() -> None:
    assert quoted("a\n b") == "'a b'"
    assert quoted("\x1b[2J") == "'\\x1b[2J'"
    assert quoted("x" * 100) == repr("x" * 57 + "...")
    assert len(quoted(["x"] * 100)) == 60


def test_a_near_stage_is_suggested() -> None:
    vocabulary = MarketWords(load_graph(), date(2026, 1, 7))

    assert vocabulary.near_stages("serie-b") != ()
    assert vocabulary.near_stages("zzzz") == ()


def test_undisclosed_money_is_unknown_without_a_warning() -> None:
    problems = Problems()
    known = Understanding(MarketWords(load_graph(), date(2026, 1, 7)), problems, Origin("a.toml"))

    usd = known.usd("raising", " ", "KR")

    assert usd is None
    assert problems.in_order(["a.toml"]) == ()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("May 1, 2024", "2024-05-01"),
        ("1 May 2024", "2024-05-01"),
        ("1st May 2024", "2024-05-01"),
        ("12-Jan-2025", "2025-01-12"),
        ("Jan 2025", "2025-01-15"),
        ("13.04.2025", "2025-04-13"),
        ("4.5.2025", "2025-05-04"),
        ("5/13/2024", "2024-05-13"),
        ("13/5/2024", "2024-05-13"),
        ("5/4/2024", None),
        ("31 Feb 2024", None),
        ("Smarch 1, 2024", None),
    ],
)
def test_days_are_read_as_people_write_them_and_not_where_two_may_be_meant(typed: str, day: str | None) -> None:
    assert str(parse_date(typed)) == str(day)


@pytest.mark.parametrize(("typed", "day"), [("2023-02", "2023-02-15"), ("2023", "2023-07-01"), (2019, "2019-07-01")])
def test_a_deal_may_tell_its_month_or_year_alone(typed: object, day: str) -> None:
    assert str(parse_rough_day(typed)) == day
