"""What typed languages mean."""

from __future__ import annotations

from collections import defaultdict

import pytest

from dealport.words.languages import resolve_language
from dealport.words.normalising import compact
from dealport.words.shipped import read_list, split_bars


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["ko", "KO", "kor", "KR", "Korean", "한국어", "韩语", "韓語", "韓国語", "Koreanisch", "coréen"], "ko"),
        (
            ["en", "eng", "English", "영어", "英语", "英語", "anglais", "en-US", "English (fluent)", "영어(비즈니스)"],
            "en",
        ),
        (["zh", "Chinese", "Mandarin", "中文", "普通话", "國語", "중국어", "zh-Hant-TW", "zh_CN", "北京語"], "zh"),
        (["Cantonese", "yue", "粤语", "廣東話", "광둥어", "広東語"], "yue"),
        (["ja", "JP", "Japanese", "일본어", "日语", "日本語", "Japanese - native", "Japanese: business level"], "ja"),
        (["vi", "Vietnamese", "베트남어", "越南语", "tiếng Việt"], "vi"),
        (["ar", "Arabic", "아랍어", "阿拉伯语", "العربية"], "ar"),
        (["de", "German", "Deutsch", "독일어", "德语", "ドイツ語"], "de"),
        (["fr", "French", "français", "불어", "法语"], "fr"),
        (["th", "Thai", "태국어", "泰语"], "th"),
        (["id", "Bahasa Indonesia", "인도네시아어"], "id"),
        (["uk", "Ukrainian"], "uk"),
        (["pt-BR", "Portuguese"], "pt"),
    ],
)
def test_languages_are_understood(words: list[str], code: str) -> None:
    assert [word for word in words if resolve_language(word) != code] == []


@pytest.mark.parametrize("word", ["", "Klingon", "Python", "fluent", "xx", "xx-YY", "-", "Korean startups"])
def test_what_is_no_language_is_not_guessed(word: str) -> None:
    assert resolve_language(word) == ""


def test_no_word_means_two_languages() -> None:
    meant = defaultdict(set)
    for row in read_list("languages.csv"):
        for word in split_bars(row["words"]):
            meant[compact(word)].add(row["code"])

    assert {word: sorted(codes) for word, codes in meant.items() if len(codes) > 1} == {}
