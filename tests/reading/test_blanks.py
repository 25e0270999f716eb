"""Cells that say nothing."""

from __future__ import annotations

import pytest

from dealport.reading.columns.blanks import is_nothing
from dealport.reading.rows.cells import Step, read_row

SAYS_NOTHING = ["-", "—", "–", " - ", "--", "?", "...", "N/A", "n.a.", "undisclosed", "Undisclosed", "(undisclosed)"]
SAYS_NOTHING += [
    "未透露",
    "未披露",
    "不详",
    "不詳",
    "未公開",
    "未公开",
    "保密",
    "비공개",
    "(비공개)",
    "미정",
    "해당 없음",
    "非公開",
    "なし",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_says_nothing_says_nothing_in_every_field(text: str) -> None:
    fields = ["name", "country", "sectors", "stage", "raising", "backers", "portfolio", "investor", "description"]

    assert all(is_nothing(text, field) for field in fields)


@pytest.mark.parametrize("text", ["\x1f/", "\x00n/a", "-\u200b", "\ufeff未透露"])
def test_marks_that_are_not_seen_do_not_make_it_say_something(text: str) -> None:
    assert is_nothing(text, "name")


@pytest.mark.parametrize(
    "text", ["A", "KR", "Seed", "Not available in stores", "None of us", "무신사", "无锡", "-5M", "1-2", "+"]
)
def test_what_only_looks_alike_says_something(text: str) -> None:
    assert not is_nothing(text, "name")
    assert not is_nothing(text, "country")
    assert not is_nothing(text, "backers")


def test_none_is_nobody_but_may_be_a_startup_s_name() -> None:
    assert is_nothing("None", "backers")
    assert is_nothing("unknown", "country")
    assert not is_nothing("Unknown", "name")


def test_namibia_is_a_country_and_na_is_no_amount() -> None:
    assert not is_nothing("NA", "country")
    assert is_nothing("NA", "ticket")


def test_none_of_an_answer_is_an_answer() -> None:
    assert not is_nothing("无", "lead")


def test_a_dash_is_no_backer_and_leaves_the_others() -> None:
    steps = (
        Step(0, "name", "text"),
        Step(1, "backers", "names"),
        Step(2, "country", "text"),
        Step(3, "country", "text"),
    )

    fields = read_row(["Lumen", "Harbor, -, 未透露", "—", "Seoul"], steps)

    assert fields == {"name": "Lumen", "backers": ["Harbor"], "country": "Seoul"}


def test_case_width_and_space_around_change_nothing() -> None:
    assert all(
        is_nothing(text, "stage")
        for text in ("UNDISCLOSED", "ＴＢＤ", "ｎ／ａ", "\u3000-\u3000", "\u00a0n/a", " 未透露 ")
    )
