"""What was understood of each field, in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.market.markets import Market
from dealport.model import LANGUAGES, Exclusion, How, HowExcluded, Investor, Kind, Reach, SectorMention, Startup
from dealport.stories.ranking_story import read_market
from dealport.words.phrases import load_phrases
from dealport.words.sectors.graph import load_graph
from dealport.writing.profiles.readings import (
    FieldReading,
    exclusion_lines,
    field_label,
    field_readings,
    how_label,
    mention_lines,
    money_text,
    reach_lines,
)

Read = Callable[..., dict[str, FieldReading]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The readings of one profile, by field."""

    def read_profile(text: str, kind: str = "investor", language: str = "en") -> dict[str, FieldReading]:
        path = tmp_path / f"{kind}s" / "one.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        market: Market = read_market([tmp_path])[1]
        everyone: tuple[Startup | Investor, ...] = (*market.startups, *market.investors)
        (one,) = everyone
        side: Kind = "startup" if kind == "startup" else "investor"
        found = field_readings(one, market.typed.profiles[side, one.id], market.graph, language)
        return {reading.field: reading for reading in found}

    return read_profile


def test_blank_fields_are_left_out(read: Read) -> None:
    readings = read('name = "One"\ncountry = "KR"\n')

    assert list(readings) == ["country"]


def test_money_is_told_in_the_currency_typed_and_in_dollars(read: Read) -> None:
    readings = read('name = "One"\ncountry = "CN"\nticket = "1000万~5000万元"\n')

    (line,) = readings["ticket"].lines
    assert line.text.startswith("CNY 10M-50M = USD 1.")
    assert line.words == ("1000万~5000万元",)


def test_excluded_sectors_and_countries_stand_beside_their_words(read: Read) -> None:
    readings = read('name = "One"\ncountry = "KR"\nexcludes = ["gambling", "미국", "qwert", "Japan"]\n')

    told = [(line.text, line.words, line.how) for line in readings["excludes"].lines]
    assert told == [("Gambling and betting", ("gambling",), "stated"), ("JP, US", ("미국", "Japan"), "")]


def test_a_bare_number_is_shown_as_a_person_types_it(read: Read) -> None:
    readings = read('name = "One"\ncountry = "KR"\nticket = 5500000.0\n')

    assert readings["ticket"].typed == "5500000"
    assert [(line.text, line.words) for line in readings["ticket"].lines] == [("USD 5.5M", ("5500000",))]


@pytest.mark.parametrize(
    ("typed", "usd", "told"),
    [
        ("USD 2M", (2e6, 2e6), "USD 2M"),
        (2e6, (2e6, 2e6), "USD 2M"),
        ("up to $500k", (0.0, 5e5), "USD 0-500k"),
        ("1.5조원", (1e9, 1e9), "KRW 1.5T = USD 1B"),
        ("undisclosed", None, ""),
    ],
)
def test_money_text(typed: str | float, usd: tuple[float, float] | None, told: str) -> None:
    assert money_text(typed, usd, "KR") == told


def test_the_next_round_is_told_beside_the_last_one(read: Read) -> None:
    readings = read('name = "One"\ncountry = "KR"\nlast_round = "Series A"\n', "startup")

    told = {name: [(line.text, line.words, line.how) for line in readings[name].lines] for name in readings}
    assert told["last_round"] == [("Series A", ("Series A",), "")]
    assert told["next_round"] == [("Series B", ("Series A",), "next_round")]


def test_sectors_stand_under_the_field_whose_word_gave_them(read: Read) -> None:
    readings = read(
        'name = "One"\ncountry = "KR"\nsectors = ["batteries"]\ndescription = "We also like fintech. No gambling."\n'
    )

    assert [(line.words, line.how) for line in readings["sectors"].lines] == [(("batteries",), "stated")]
    told = [(line.words, line.how) for line in readings["description"].lines]
    assert told == [(("fintech",), "inferred"), (("gambling",), "rule")]


def test_a_word_that_says_any_sector_and_one_that_repeats_are_not_lost(read: Read) -> None:
    agnostic = read('name = "One"\ncountry = "KR"\nsectors = ["섹터무관"]\n')
    twice = read('name = "One"\ncountry = "KR"\nsectors = ["AI", "인공지능"]\n')

    assert [(line.text, line.words) for line in agnostic["sectors"].lines] == [("any sector", ("섹터무관",))]
    assert [line.text for line in twice["sectors"].lines] == ["Artificial intelligence", "nothing read"]


def test_what_was_not_understood_has_its_text_and_no_meaning(read: Read) -> None:
    readings = read('name = "One"\ncountry = "KR"\nstages = ["Round Q!"]\nlead = "perhaps"\n')

    assert [(readings[name].typed, readings[name].lines) for name in ("stages", "lead")] == [
        ("Round Q!", ()),
        ("perhaps", ()),
    ]


def test_one_word_gives_one_line_with_all_its_sectors() -> None:
    graph = load_graph()
    mentions = [SectorMention("ai", "deep tech", "umbrella"), SectorMention("robotics", "deep tech", "umbrella")]

    (line,) = mention_lines(mentions, graph)

    assert (line.text, line.how) == ("Artificial intelligence, Robotics", "umbrella")


def test_a_preference_is_told_from_a_rule() -> None:
    exclusions = [Exclusion("gambling", "betting", "rule"), Exclusion("games", "games", "preference")]

    assert [line.how for line in exclusion_lines(exclusions, load_graph())] == ["rule", "preference"]


def test_regions_are_told_by_their_countries_and_long_ones_by_how_many() -> None:
    codes = frozenset(f"A{letter}" for letter in "ABCDEFGHIJKLMNO")

    lines = reach_lines(Reach(frozenset({"KR"}), codes, regions=("Region",)), ["KR", "Region"])

    assert [(line.text.rpartition(", ")[2], line.words) for line in lines] == [
        ("KR", ("KR",)),
        ("AL and 3 more", ("Region",)),
    ]
    assert [line.text for line in reach_lines(Reach(everywhere=True), ["global"])] == ["everywhere"]
    assert reach_lines(None, []) == []


def test_every_way_has_a_label_and_an_unknown_one_is_called_by_its_name() -> None:
    from typing import get_args

    for how in (*get_args(How), *get_args(HowExcluded)):
        assert f"how.{how}" in load_phrases()
    assert how_label("brand_new") == "brand new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_that_is_read_has_a_heading_in_every_language(language: str) -> None:
    from dealport.market.profile_fields import InvestorFields, StartupFields
    from dealport.words.phrases import phrase

    not_shown = {"id", "name", "aliases", "contact", "email", "website", "sources", "city", "type"}
    fields = {*StartupFields.declared, *InvestorFields.declared, "deals"} - not_shown

    assert all(phrase(f"field.{name}", language) for name in fields)


def test_a_field_is_called_by_its_heading_and_numbered_only_where_several_were_given() -> None:
    from dealport.market.profile_fields import InvestorFields

    fields = {"name": "One", "languages": ["English", "qwert"], "excludes": ["qwert"]}
    typed = InvestorFields(**fields)

    assert field_label("languages[1]", "en", typed) == "Languages (1)"
    assert field_label("excludes[1]", "ko", typed) == "제외"
    assert field_label("sectors[2]", "ja") == "分野（2）"
    assert field_label("website", "en") == "website"
