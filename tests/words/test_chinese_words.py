"""Chinese words end where jieba cuts; rjieba, which reads the same dictionary, is the twin."""

from __future__ import annotations

from itertools import accumulate

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from dealport.words.prose.chinese_words import word_ends

PIECES = (
    "国家电网",
    "家电",
    "人工智能",
    "医疗",
    "的",
    "龘",
    "𠀀",
    "AI",
    "B2B",
    "T恤",
    "か",
    "한국",
    "，",
    "\r\n",
    " ",
    "-",
    ".",
)
LETTERS = st.sampled_from([*PIECES, *"".join(PIECES)]) | st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国家电网", ["国家电网"]),
        ("买家电", ["买", "家电"]),
        ("一家人工智能公司", ["一家", "人工智能", "公司"]),
        ("面向B2B客户。", ["面向", "B2B", "客户", "。"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_the_likeliest_words(text: str, words: list[str]) -> None:
    assert word_ends(text) == list(accumulate(map(len, words)))


@given(st.lists(LETTERS, max_size=30).map("".join))
def test_words_end_where_rjieba_cuts(text: str) -> None:
    assert word_ends(text) == list(accumulate(map(len, rjieba.cut(text, False))))
