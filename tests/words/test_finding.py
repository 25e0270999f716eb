"""Sector words inside prose, and those a text excludes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.words.finding import MAX_TEXT, FoundText, find_sectors
from dealport.words.resolving import SectorResolver
from dealport.words.sectors import load_graph
from tests.words.slow_finding import slow_find

RESOLVER = SectorResolver(load_graph())


def find(text: str) -> tuple[set[str], set[str]]:
    found = find_sectors(text, RESOLVER)
    return {sector for sector, _ in found.mentions}, {sector for sector, _ in found.excluded}


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("We back founders building LFP batteries and autonomous driving.", {"battery-lfp", "av"}),
        ("It is what it is.", set()),
        ("의료영상을 분석하는 인공지능을 만듭니다.", {"med-imaging", "ai"}),
        ("로봇에서 반도체까지", {"robotics", "semi"}),
        ("반려동물용 로봇의료기기를 개발", {"vet", "robotics", "medtech"}),
        ("我们专注于机器人和新能源汽车", {"robotics", "nev"}),
        ("我們投資半導體與軟體", {"semi", "software"}),
        ("我們做機器人", {"robotics"}),
        ("ロボットと半導体に投資します。", {"robotics", "semi"}),
        ("バイオリンの教室です。", set()),
        ("세미나를 합니다", set()),
        ("Robotics\nSemiconductors", {"robotics", "semi"}),
        ("", set()),
        ("venture capital firm", set()),
    ],
)
def test_sector_words_are_found_in_every_language(text: str, mentioned: set[str]) -> None:
    assert find(text) == (mentioned, set())


@pytest.mark.parametrize(
    ("text", "mentioned", "excluded"),
    [
        ("We do not invest in hardware.", set(), {"hardware"}),
        ("Fintech, except blockchain, games and real estate.", {"fintech"}, {"blockchain", "games", "realestate"}),
        ("We don't back hardware, but we love robotics.", {"robotics"}, {"hardware"}),
        ("Robotics. Not hardware. Semiconductors.", {"robotics", "semi"}, {"hardware"}),
        ("Not only robotics but semiconductors.", {"robotics", "semi"}, set()),
        ("We do not invest in hardware, we love robotics.", {"robotics"}, {"hardware"}),
        ("Excluding hardware. We like games.", {"games"}, {"hardware"}),
        ("하드웨어는 제외합니다.", set(), {"hardware"}),
        ("로봇에 투자하며 하드웨어는 제외", {"robotics"}, {"hardware"}),
        ("블록체인에는 투자하지 않지만 핀테크는 좋아합니다", {"fintech"}, {"blockchain"}),
        ("하드웨어, 블록체인 제외", set(), {"hardware", "blockchain"}),
        ("로봇뿐만 아니라 반도체", {"robotics", "semi"}, set()),
        ("我们投机器人，不投房地产和游戏，但关注医疗健康", {"robotics", "healthcare"}, {"realestate", "games"}),
        ("硬件除外", set(), {"hardware"}),
        ("半导体以外不看", set(), {"semi"}),
        ("不投资硬件", set(), {"hardware"}),
        ("ゲームを除く。ロボットに投資。", {"robotics"}, {"games"}),
        ("ゲームには投資しません", set(), {"games"}),
        ("Robotics is our field and after a very long way of other words nothing is excluded", {"robotics"}, set()),
    ],
)
def test_what_a_text_excludes_is_told_apart(text: str, mentioned: set[str], excluded: set[str]) -> None:
    assert find(text) == (mentioned, excluded)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("There is no better AI investor", {"ai"}),
        ("We are not sector agnostic: AI only", {"ai"}),
        ("No preference between fintech and AI", {"fintech", "ai"}),
        ("We don't just back AI, we back people", {"ai"}),
        ("We do not only back AI", {"ai"}),
        ("No fintech fund is like us", {"fintech"}),
        ("No AI investor knows more founders.", {"ai"}),
        ("We avoid the hype in AI", {"ai"}),
        ("We are no strangers to robotics", {"robotics"}),
        ("我们不仅仅投机器人", {"robotics"}),
        ("로봇에 그치지 않고 반도체까지", {"robotics", "semi"}),
    ],
)
def test_praise_and_wide_interests_exclude_nothing(text: str, mentioned: set[str]) -> None:
    assert find(text) == (mentioned, set())


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("Anything but healthcare", {"healthcare"}),
        ("We back everything except games and blockchain", {"games", "blockchain"}),
        ("No crypto, no games.", {"crypto", "games"}),
        ("No healthcare funds, please", {"healthcare"}),
        ("We do not invest in: games, blockchain", {"games", "blockchain"}),
        ("We avoid AI", {"ai"}),
    ],
)
def test_real_exclusions_stay(text: str, excluded: set[str]) -> None:
    assert find(text) == (set(), excluded)


def test_the_words_are_given_as_they_stand() -> None:
    found = find_sectors("Ｗe build ROBOTS and Robots. 我們做機器人", RESOLVER)

    assert found == FoundText((("robotics", "ROBOTS"), ("robotics", "Robots"), ("robotics", "機器人")), ())


def test_the_longest_word_wins() -> None:
    found = find_sectors("solid-state batteries", RESOLVER)

    assert found.mentions == (("battery-solid", "solid-state batteries"),)


def test_text_beyond_the_cap_is_not_read() -> None:
    assert find("x " * (MAX_TEXT // 2) + "robotics") == (set(), set())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["AI", " ", "로봇", "을", "不投", "機器人", "not ", "ゲーム", ", ", "제외", ". ", "İ", "&"])
    )
)
def test_words_found_stand_in_the_text(parts: list[str]) -> None:
    text = " ".join("".join(parts).split())

    found = find_sectors(text, RESOLVER)

    assert all(words.casefold() in text.casefold() for _, words in found.mentions + found.excluded if "İ" not in text)


KNOWN = sorted(RESOLVER.vocabulary.lexicon)
GLUE = (
    "",
    " ",
    ", ",
    "-",
    " and ",
    "and",
    "의 ",
    " 및 ",
    "와",
    "的",
    "和",
    "・",
    "、",
    "but ",
    "不投",
    "no ",
    "s ",
    "/",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.sampled_from(GLUE), st.booleans()), min_size=1, max_size=6))
def test_looking_in_one_pass_finds_what_trying_every_place_does(parts: list[tuple[str, str, bool]]) -> None:
    words = [(RESOLVER.vocabulary.lexicon.get(key), glue, upper) for key, glue, upper in parts]
    text = "".join((entry.word.upper() if upper else entry.word) + glue for entry, glue, upper in words if entry)

    assert find_sectors(text, RESOLVER) == slow_find(text, RESOLVER)


@pytest.mark.parametrize(
    "text",
    [
        "No adult content.",
        "We do not require hardware prototypes.",
        "Hardware and biotech are not out of scope.",
        "No deal too early: biotech, fintech.",
        "We never invest outside of fintech.",
    ],
)
def test_what_rules_out_no_sector_excludes_none(text: str) -> None:
    assert find(text)[1] == set()
