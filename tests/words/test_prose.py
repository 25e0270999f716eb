"""Prose read like a reader: what is wanted, what is ruled out, and whether any sector will do."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dealport
from dealport.model import Kind
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.prose import agnostic
from dealport.words.prose.agnostic import is_agnostic
from dealport.words.prose.prose_reading import MAX_TEXT, ProseReading, read_prose
from dealport.words.prose.sentences import LONGEST, sentences
from dealport.words.sectors.graph import load_graph

RESOLVER = SectorResolver(load_graph())
AGNOSTIC = Path(dealport.__file__).parent / "data" / "sectors" / "agnostic.csv"


def read(text: str, side: Kind = "investor") -> ProseReading:
    return read_prose(text, RESOLVER, side)


def wanted(text: str, side: Kind = "investor") -> set[str]:
    return {one.sector for one in read(text, side).sectors}


def excluded(text: str) -> set[str]:
    return {one.sector for one in read(text).excluded}


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("We back founders building LFP batteries and autonomous driving.", {"battery-lfp", "av"}),
        ("It is what it is.", set()),
        ("의료영상을 분석하는 인공지능을 만듭니다.", {"med-imaging", "ai"}),
        ("로봇에서 반도체까지", {"robotics", "semi"}),
        ("我们专注于机器人和新能源汽车", {"robotics", "nev"}),
        ("我們投資半導體與軟體", {"semi", "software"}),
        ("ロボットと半導体に投資します。", {"robotics", "semi"}),
        ("バイオリンの教室です。", set()),
        ("세미나를 합니다", set()),
        ("Robotics\nSemiconductors", {"robotics", "semi"}),
        ("", set()),
    ],
)
def test_sectors_are_read_in_every_language(text: str, sectors: set[str]) -> None:
    assert wanted(text) == sectors


@pytest.mark.parametrize(
    "text",
    [
        "We like game-changing ideas with skin in the game.",
        "Our pre-seed fund leads rounds beside angel investors.",
        "A venture capital firm with offices in Oslo and a network of mentors.",
        "She was a banker, studied medicine and lives with two cats.",
        "Before joining us he spent ten years in insurance.",
        "We provide mentoring, legal advice and help with hiring.",
        "A novel approach to a healthy ecosystem.",
        "우리는 게임체인저를 찾습니다. 심사역은 은행 출신입니다.",
        "スタートアップのエコシステムを支えます。代表は銀行出身。",
        "我们的团队来自清华大学和多家银行。",
    ],
)
def test_metaphors_rounds_careers_and_help_are_no_sectors(text: str) -> None:
    assert wanted(text) == set()


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("云里科技是一家聊天机器人公司，客户包括银行、保险公司和电网。", {"ai-conv"}),
        ("某科技公司从事激光雷达研发，产品应用于物流、矿山等行业。", {"lidar"}),
        ("산업용 로봇을 개발해 조선소와 병원에 공급합니다.", {"robot-industrial"}),
        ("協働ロボットを開発し、食品メーカーに納入しています。", {"robot-cobot"}),
    ],
)
def test_customers_in_passing_are_not_what_a_startup_does(text: str, sectors: set[str]) -> None:
    assert wanted(text, "startup") == sectors


def test_a_chinese_word_begins_and_ends_where_words_do() -> None:
    assert wanted("我们投资国家电网的供应商") == set()  # 家电, home appliances, stands across two words
    assert wanted("我们投资家电") == {"home-appliances"}


def test_a_plain_word_counts_as_what_is_wanted_and_not_in_passing() -> None:
    assert wanted("We invest in energy.") == {"energy"}
    assert wanted("We invest in people who bring energy to hard problems.") == set()
    assert wanted("Energy, water and food.") == {"energy", "water", "food"}


def test_what_is_listed_or_wanted_is_surer_than_a_lone_word() -> None:
    listed = read("We invest in fintech, biotech and robotics.").sectors
    lone = read("Our office overlooks a robotics lab.").sectors

    assert [one.certainty for one in listed] == ["listed"] * 3
    assert [one.certainty for one in lone] == ["lone"]


def test_wide_words_count_in_a_list_of_what_is_wanted() -> None:
    found = wanted("We invest in Consumer, Enterprise and Fintech.")

    assert found == {"consumer-products", "enterprise-sw", "fintech"}


def test_a_kind_stands_for_its_parents_too() -> None:
    assert wanted("We invest in robotics, above all humanoid robots.") == {"robot-humanoid"}


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("No crypto, no gambling, no B2C.", {"crypto", "gambling", "b2c"}),
        ("Generally we avoid hardware and biotech startups.", {"hardware", "bio"}),
        ("Not interested in: pharma, crypto, hardware, non IT", {"pharma", "crypto", "hardware"}),
        ("We rarely work with regulated verticals, or web3 startups.", {"blockchain"}),
        ("We avoid certain industries, including medtech, biotech and healthcare.", {"medtech", "bio", "healthcare"}),
        ("하드웨어는 저희가 잘 몰라서 투자하지 않습니다.", {"hardware"}),
        ("ゲームは担当ファンドが別にあるため、対象外です。", {"games"}),
        ("不投房地产和游戏", {"realestate", "games"}),
    ],
)
def test_an_exclusion_reaches_its_list(text: str, sectors: set[str]) -> None:
    assert excluded(text) == sectors


@pytest.mark.parametrize(
    "text",
    [
        "We don't care if you raise another round.",
        "We invest in SaaS. We will not lead any deal.",
        "We invest around the globe (with no geo-preferences).",
        "We invest in SaaS startups based outside of Tier 1 markets.",
        "We invest in SaaS, not in services that are not primarily software products.",
        "We are operators, not analysts from the financial market.",
        "Outside of work I can be found running. I avoid nothing.",
        "No fintech fund is like us",
        "No adult content.",
        "Hardware and biotech are not out of scope.",
        "업종에 상관없이 로봇뿐만 아니라 반도체도 봅니다.",
        "ロボットだけでなく半導体にも投資します。",
    ],
)
def test_idioms_exclude_nothing(text: str) -> None:
    assert excluded(text) == set()


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("No hardware.", "rule"),
        ("We rarely invest in hardware.", "preference"),
        ("We rarely do hardware.", "preference"),
        ("We tend not to back hardware.", "preference"),
        ("We usually don't look at hardware.", "preference"),
        ("We never look at hardware.", "rule"),
        ("We won't consider hardware.", "rule"),
        ("Prefer not hardware.", "preference"),
        ("尽量不投硬件", "preference"),
        ("不太考虑硬件", "preference"),
        ("避免投资硬件", "rule"),
        ("ハードウェアにはあまり投資しません", "preference"),
        ("原則としてハードウェアは対象外です", "rule"),
        ("하드웨어는 선호하지 않습니다", "preference"),
        ("하드웨어는 잘 보지 않습니다", "preference"),
    ],
)
def test_a_preference_is_told_from_a_rule(text: str, how: str) -> None:
    found = read(text)

    assert [(one.sector, one.how) for one in found.excluded] == [("hardware", how)]
    assert found.sectors == ()


def test_each_exclusion_is_as_strong_as_the_cue_nearest_before_it() -> None:
    found = read("We don't do gambling or tobacco, rarely hardware.")

    assert [(one.sector, one.how) for one in found.excluded] == [
        ("gambling", "rule"),
        ("tobacco", "rule"),
        ("hardware", "preference"),
    ]


def test_what_is_not_it_is_not_it() -> None:
    assert wanted("We invest in non IT companies and in robotics.") == {"robotics"}


def agnostic_rows() -> list[tuple[str, str]]:
    with AGNOSTIC.open(encoding="utf-8") as file:
        return [(row["pattern"], row["example"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("saying", agnostic.sayings(), ids=lambda saying: saying.traces[0])
@given(data=st.data())
def test_whatever_says_any_sector_holds_a_trace_of_it(saying: agnostic.Saying, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(saying.pattern, re.IGNORECASE)))

    assert saying.is_in(text, agnostic.even(text))


@pytest.mark.parametrize(("pattern", "example"), agnostic_rows())
def test_every_way_to_say_any_sector_is_read(pattern: str, example: str) -> None:
    assert is_agnostic(example), pattern


@pytest.mark.parametrize(
    "text",
    [
        "We are geo-agnostic and stage agnostic.",
        "We are not sector agnostic: AI only",
        "Training and education in all sectors and levels.",
        "A multi-sector fund with three theses.",
        "성별에 상관없이 창업가를 지원합니다.",
        "ステージは問いません。",
        "投资阶段不限。",
    ],
)
def test_agnostic_to_something_else_is_not_agnostic(text: str) -> None:
    assert not read(text).agnostic


def test_an_agnostic_investor_may_have_favourites() -> None:
    found = read("We invest in all sectors, however I focus on fintech.")

    assert found.agnostic
    assert [one.sector for one in found.sectors] == ["fintech"]


def test_a_startup_is_never_agnostic() -> None:
    assert not read("Software for all industries.", "startup").agnostic


def test_text_beyond_the_cap_is_not_read() -> None:
    assert wanted("x " * (MAX_TEXT // 2) + "robotics") == set()


def test_a_sentence_without_end_is_read_in_parts() -> None:
    text = "robotics, " * LONGEST

    parts = list(sentences(text))

    assert max(len(part.text) for part in parts) <= LONGEST
    assert "".join(part.text for part in parts).rstrip() == text.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "We invest in:\n- Fintech\n- Robotics\n\nWe do not invest in:\n- Crypto\n- Gambling",
        "We do not invest in:\n- Crypto\n- Gambling\n\nWe invest in:\n- Fintech\n- Robotics",
        "Focus areas\n1. Fintech\n2. Robotics\nExclusions\n1. Gambling\n2. Crypto",
        "투자 분야\n- 핀테크\n- 로봇\n투자 제외\n- 도박\n- 가상자산",
        "投资方向：\n1、金融科技\n2、机器人\n不投方向：\n1、博彩\n2、加密货币",
        "Not a fit:\n- Crypto\n- Gambling\nWe like:\n- Fintech\n- Robotics",
    ],
)
def test_a_heading_speaks_of_the_list_below_it(text: str) -> None:
    assert excluded(text) == {"crypto", "gambling"}
    assert wanted(text) == {"fintech", "robotics"}


@pytest.mark.parametrize("between", ["", "any ", "more ", "a ", "an ", "the "])
def test_no_reaches_the_very_next_word_alone(between: str) -> None:
    assert excluded(f"We love robotics, no {between}gambling.") == {"gambling"}
    assert excluded(f"We love robotics, no big {between}gambling.") == set()


@pytest.mark.parametrize(("length", "is_heading"), [(30, True), (31, False)])
def test_a_line_of_thirty_characters_may_be_a_heading(length: int, is_heading: bool) -> None:
    line = "Focus areas of ours ".ljust(length, "x")

    text = f"We do not invest in:\n- Crypto\n{line}\n- Robotics"

    assert excluded(text) == ({"crypto"} if is_heading else {"crypto", "robotics"})
    assert wanted(text) == ({"robotics"} if is_heading else set())


@pytest.mark.parametrize("colon", [":", "：", " : "])
@pytest.mark.parametrize(("length", "opens"), [(24, True), (25, False)])
def test_a_colon_opens_exclusions_up_to_24_characters_behind_the_cue(length: int, opens: bool, colon: str) -> None:
    text = f"We avoid {'y' * (length - 1)}{colon}\n- Crypto\n- Gambling"

    assert excluded(text) == ({"crypto", "gambling"} if opens else set())


@pytest.mark.parametrize(
    "text",
    [
        "We never invest in anything but fintech.",
        "We don't invest in anything other than fintech.",
        "Anything outside of fintech is out of scope.",
        "핀테크 외 분야에는 투자하지 않습니다.",
        "フィンテック以外には投資しません。",
        "金融科技以外不投。",
        "We do not shy away from fintech.",
        "We won't say no to fintech.",
        "并非不投金融科技。",
    ],
)
def test_nothing_else_and_double_negation_want_what_they_name(text: str) -> None:
    assert excluded(text) == set()
    assert wanted(text) == {"fintech"}


@pytest.mark.parametrize(
    "text",
    [
        "No crypto, but robotics and fintech yes.",
        "Fintech (no crypto), robotics.",
        "我们不投加密货币，专注于机器人和金融科技。",
        "加密货币一律不投，只投机器人、金融科技。",
        "We no longer invest in crypto; now we back robotics and fintech.",
        "暗号資産には投資せず、ロボットとフィンテックに投資します。",
    ],
)
def test_an_exclusion_ends_where_its_scope_does(text: str) -> None:
    assert excluded(text) == {"crypto"}
    assert wanted(text) == {"robotics", "fintech"}


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("반도체 회사 출신 파트너가 푸드테크에 투자합니다.", {"foodtech"}),
        ("銀行出身のパートナーがロボットに投資します。", {"robotics"}),
    ],
)
def test_a_career_does_not_drown_a_wish(text: str, sectors: set[str]) -> None:
    assert wanted(text) == sectors


def test_a_list_of_exclusions_ends_at_its_full_stop() -> None:
    text = "We do not invest in:\n- crypto\n- gambling.\nWe invest in robotics."

    assert excluded(text) == {"crypto", "gambling"}
    assert wanted(text) == {"robotics"}
