"""Names of languages and days, as each language writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

from dealport.writing.safety import safe_line


def languages_label(name: str, language: str = "en") -> str:
    """``Korean–Chinese`` for ``ko-zh``."""
    known = _language_names(language)
    return "–".join(known.get(code, code) for code in safe_line(name).split("-"))


def day_label(day: date, language: str = "en") -> str:
    """The date as the language writes it, with the day of the week."""
    from babel.dates import format_date

    return format_date(day, "full", locale=_locale_name(language))


@cache
def _language_names(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(_locale_name(language)).languages)


def _locale_name(language: str) -> str:
    return language.replace("-", "_")
