"""Names of languages and days are those of CLDR, which Babel knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date

from dealport.model import LANGUAGES
from dealport.words.shipped import read_list
from dealport.writing.locales import day_label, languages_label


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_is_understood_has_its_name(language: str) -> None:
    codes = [row["code"] for row in read_list("languages.csv")]
    names = Locale.parse(language.replace("-", "_")).languages

    labels = [languages_label(code, language) for code in codes]

    assert len(codes) > 70
    assert labels == [names[code] for code in codes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_is_written_as_the_language_writes_it(language: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]

    labels = [day_label(day, language) for day in days]

    assert labels == [format_date(day, "full", locale=language.replace("-", "_")) for day in days]


def test_a_pair_of_languages_is_joined_and_an_unknown_code_stays() -> None:
    assert languages_label("ko-zh") == "Korean–Chinese"
    assert languages_label("ko-qqq", "ko") == "한국어–qqq"
