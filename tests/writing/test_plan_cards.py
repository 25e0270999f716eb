"""The cards: what stands on them, and what a real browser prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from dealport.meetings.day.plans import Attendee
from dealport.model import LANGUAGES
from dealport.writing.plans.plan_agendas import label_language
from dealport.writing.plans.plan_cards import cards_page
from tests.writing.made_plan import make_plan
from tests.writing.test_shared_pages import Outline, browse


def card_of(name: str) -> list[str]:
    """The texts of one card."""
    page = cards_page(make_plan())
    card = next(part for part in page.split("<section") if f">{name}</bdi></h2>" in part.replace("\n", ""))
    return [text for text in Outline("<section" + card).texts if text]


def test_a_card_tells_time_table_whom_country_and_interpreter() -> None:
    texts = card_of("루멘 진단")

    first = texts.index("10:00")
    assert texts[first : first + 6] == ["10:00", "–10:20", "1번 테이블", "海港创投", "서로 만남을 희망", "CN"]
    assert texts[first + 6] == "한국어–중국어 1"
    assert {"시간", "테이블", "상담 상대", "국가", "통역", "2026년 1월 7일 수요일"} <= set(texts)
    assert any("Asia/Seoul" in text for text in texts)


def test_a_card_without_interpreters_has_no_column_for_them() -> None:
    assert "Interpreter" not in card_of("Crimson Capital")


def test_who_has_no_meeting_is_told_so_and_who_is_never_there_has_no_card() -> None:
    assert "目前沒有為您安排洽談。" in card_of("玉山創投")
    assert "Gone Ventures" not in cards_page(make_plan())


def test_each_card_is_in_its_participants_language() -> None:
    page = cards_page(make_plan())

    languages = re.findall(r'class="card" lang="([^"]+)"', page)

    assert languages == ["en", "ko", "ko", "en", "en", "zh", "zh-Hant", "ja"]


@pytest.mark.parametrize(
    ("languages", "country", "expected"),
    [
        (("ko",), "KR", "ko"),
        (("vi", "ja"), "VN", "ja"),
        (("en", "ko"), "KR", "en"),
        (("zh",), "CN", "zh"),
        (("zh",), "SG", "zh"),
        (("zh",), "TW", "zh-Hant"),
        (("yue",), "HK", "zh-Hant"),
        ((), "KR", "ko"),
        ((), "MO", "zh-Hant"),
        (("vi",), "VN", "en"),
        ((), "", "en"),
    ],
)
def test_labels_follow_what_is_spoken_then_the_country(languages: tuple[str, ...], country: str, expected: str) -> None:
    attendee = Attendee(("startup", "x"), "X", country, languages, 1, 1)

    assert label_language(attendee) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_itself_is_in_the_language_asked_for(language: str) -> None:
    assert ("lang", language) in Outline(cards_page(make_plan(), language)).attributes


def test_names_cannot_break_out_of_the_page() -> None:
    outline = Outline(cards_page(make_plan()))

    assert "script" not in outline.tags
    assert "b" not in outline.tags
    assert "<script>alert(1)</script>evil" in outline.texts
    assert not [sign for text in outline.texts for sign in text if sign in "\x1b\u202e"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    outline = Outline(cards_page(make_plan()))

    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert not [
        value for name, value in outline.attributes if name in ("src", "href") and not (value or "").startswith("#")
    ]


def test_a_plan_without_participants_says_so() -> None:
    plan = replace(make_plan(), attendees=(), meetings=(), dropped=(), short=(), unmet=(), changes=())

    assert "This plan has no participants." in cards_page(plan)


@pytest.mark.needs("chromium")
def test_a_browser_prints_a_page_for_each_card(tmp_path: Path) -> None:
    page, printed = tmp_path / "cards.html", tmp_path / "cards.pdf"
    page.write_text(cards_page(make_plan()), encoding="utf-8")

    browse(page, f"--print-to-pdf={printed}")

    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 8


@pytest.mark.needs("chromium")
def test_a_browser_fits_a_card_on_a_telephone(tmp_path: Path) -> None:
    page = tmp_path / "cards.html"
    probe = '<body onload="document.title=document.documentElement.scrollWidth">'
    text = cards_page(make_plan()).replace("<body>", probe)
    page.write_text(text.replace("default-src 'none'; style-src 'unsafe-inline'", ""), encoding="utf-8")

    shown = browse(page, "--window-size=500,900", "--dump-dom").decode()

    width = re.search(r"<title>(\d+)</title>", shown)
    assert width and int(width[1]) <= 500
