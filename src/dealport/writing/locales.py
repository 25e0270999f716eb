"""Names of languages and days, as each language writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

from dealport.words.phrases import phrase
from dealport.words.shipped import read_list
from dealport.writing.safety import safe_line


def languages_label(name: str, language: str = "en") -> str:
    """``Korean–Chinese`` for ``ko-zh``; a code that is not known stands as it is."""
    known = _language_names(language)
    return "–".join(known.get(code, code) for code in safe_line(name).split("-"))


def day_label(day: date, language: str = "en") -> str:
    """The date as the language writes it, with the day of the week: ``Wednesday, January 7, 2026``."""
    weekday = phrase("day.weekdays", language).split("|")[day.weekday()]
    month = phrase("day.months", language).split("|")[day.month - 1]
    return phrase("day.full", language, year=str(day.year), month=month, day=str(day.day), weekday=weekday)


@cache
def _language_names(language: str) -> dict[str, str]:
    return {row["code"]: row[language] for row in read_list("language_names.csv")}
