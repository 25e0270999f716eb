"""What spellings share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.words.normalising import (
    clean,
    fold,
    fold_all,
    has_cjk,
    has_han,
    has_hangul,
    has_kana,
    has_latin,
    lookup_keys,
    squeeze,
)

ODD = st.text(st.sampled_from("aAnNdD&-_. ·・ＡＢ％半導體바ﾛﾎﾞ()（）/,、\u200b\n\r\t'İß"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Med-Tech", "medtech"),
        ("med tech", "medtech"),
        ("A.I.", "ai"),
        ("ＡＩ", "ai"),
        ("ﾛﾎﾞｯﾄ", "ロボット"),
        ("Oil and Gas", "oil&gas"),
        ("oil-and-gas", "oil&gas"),
        ("oil & gas", "oil&gas"),
        ("R&D", "r&d"),
        ("인공 지능", "인공지능"),
        ("コンピューター・ビジョン", "コンピュータービジョン"),
        ("#FinTech", "fintech"),
        ("Sandbox", "sandbox"),
        ("brain–computer", "braincomputer"),
    ],
)
def test_spellings_of_one_word_have_one_key(typed: str, key: str) -> None:
    assert squeeze(fold(typed)) == key


def test_fold_keeps_words_apart_and_traditional_characters() -> None:
    assert fold("Smart-Home  IoT") == "smart home iot"
    assert fold("半導體") == "半導體"


@given(st.lists(st.one_of(ODD, st.text(max_size=8)), max_size=6))
def test_keys_of_many_words_are_the_keys_of_each(words: list[str]) -> None:
    words = [" ".join(word.split()) for word in words]

    assert lookup_keys(words) == [squeeze(fold(word)) for word in words]


@given(st.text(st.sampled_from("aAnN&-_. ·・ＡＢ％半導體바()（）/,\n\t'"), max_size=12))
def test_folding_a_folded_word_changes_nothing(word: str) -> None:
    folded = fold(clean(word))

    assert fold(folded) == folded


@given(st.text(max_size=60))
def test_clean_text_has_no_control_characters_and_stays_clean(text: str) -> None:
    safe = clean(text)

    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in safe)
    assert clean(safe) == safe


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("plain", "plain"),
        ("two  spaces ", "two spaces"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07rest", "rest"),
        ("no\u00a0break\u3000wide", "no break wide"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("line\nend\ttab", "line end tab"),
        ("\u202eright", "right"),
        ("e\u0301", "é"),
        ("\x9b31mred", "red"),
        ("bell\x07", "bell"),
    ],
)
def test_what_a_terminal_would_act_on_is_removed(typed: str, safe: str) -> None:
    assert clean(typed) == safe


def test_scripts_are_told_apart() -> None:
    assert has_han("半導体")
    assert not has_han("반도체")
    assert has_hangul("AI 반도체")
    assert not has_hangul("半导体")
    assert has_kana("ロボット")
    assert not has_kana("机器人")
    assert has_cjk("ai반도체")
    assert not has_cjk("ai")
    assert has_latin("ai반도체")
    assert not has_latin("2차전지")


@given(st.lists(st.one_of(ODD, st.text(max_size=12)), max_size=6))
def test_folding_many_words_at_once_folds_each(words: list[str]) -> None:
    assert fold_all(words) == [fold(word) for word in words]
