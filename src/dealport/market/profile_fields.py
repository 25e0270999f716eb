"""What a profile or a deal may hold as it is typed: names, types and limits of the fields; no word is understood yet.

The classes here are read three times: by `market.validating` for every row, by `market.checked_fields` to say what is
wrong with one, and by `market.schema` for editors. Only the latter two load pydantic, which takes 85 ms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from dealport.market.declaring import Fields, field
from dealport.reading.columns.blanks import is_nothing

# A profile that claims more sectors than this claims nothing; the sample market's longest list has 6.
MAX_SECTOR_WORDS = 200

# One slip of the pen ("2206-01-07") must not become the day the whole market is valued at.
YEARS = range(1900, 2101)
# A firm may be older than any day that matters here; a year alone says when it was founded.
OLD_YEARS = range(1800, 1900)

_LIST_MARKS = re.compile(r"[;|；｜、\n]")
_DATE = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일.]?(?:[T\s].*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_NAMED_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+)?{_MONTH}[\s-]+(?:(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?P<first>\d{1,2})\s*(?P<mark>[./-])\s*(?P<second>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4})\.?")
_YEAR_OR_MONTH = re.compile(r"(\d{4})\s*년?年?(?:[-/.\s]\s*(\d{1,2})\s*월?月?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


def split_words(value: object) -> object:
    """A single text as the list a table's cell would be: ``AI; 로봇 | 電池`` gives three words.

    Blanks are dropped, and what says nothing ("-", 未透露).
    """
    if isinstance(value, str):
        value = _LIST_MARKS.split(value)
    if not isinstance(value, list | tuple):
        return value
    return tuple([part for part in value if (_says_something(part) if isinstance(part, str) else part is not None)])


def _says_something(word: str) -> bool:
    return bool(word.strip()) and not is_nothing(word, "name")  # the field is not known here: "none" may be a name


def parse_date(value: object) -> date | None:
    """The day that a date or a text means (``2026-01-07``, ``2026년 1월 7일``, ``May 1, 2024``); None: not understood.

    "May 2024" is its middle, "13.04.2025" is European, "5/13/2025" American; "5/4/2025" may be either: not understood.
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    text = str(value).strip()
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        return _plausible(date(*(map(int, found.groups()) if found else _foreign_date(text))))
    except ValueError:
        return None


def _foreign_date(text: str) -> tuple[int, int, int]:
    """Year, month and day of a date that begins with neither; raises ValueError where that is no date or unclear."""
    if found := _NAMED_MONTH.fullmatch(text):
        day, month, year = found["day"] or found["day_behind"], found["month"], found["year"]
        return int(year), _MONTHS.index(month[:3].casefold()) + 1, int(day or 15)
    found = _FIGURES.fullmatch(text)
    if not found:
        raise ValueError(text)
    first, second, year = (int(part) for part in (found["first"], found["second"], found["year"]))
    if found["mark"] == "." or first > 12:
        return year, second, first
    if second > 12:
        return year, first, second
    raise ValueError(text)


def parse_rough_day(value: object) -> date | None:
    """A day that may be told by its year alone (its middle) or month (its 15th); None: not understood."""
    found = _YEAR_OR_MONTH.fullmatch(str(value).strip())
    if not found:
        return parse_date(value)
    if not found[2] and int(found[1]) in OLD_YEARS:
        return date(int(found[1]), 7, 1)
    month = int(found[2]) if found[2] else 7
    return _plausible(date(int(found[1]), month, 15 if found[2] else 1)) if 1 <= month <= 12 else None


def _plausible(day: date) -> date | None:
    return day if day.year in YEARS else None


def as_text(value: object) -> str:
    """A text that can be written; raises ValueError for anything else, as all types of fields do."""
    if type(value) is not str:
        raise ValueError("wants a text")
    value.encode("utf-8")  # half a surrogate pair, as JSON may hold: its error is a ValueError
    return value


def as_words(value: object) -> tuple[str, ...]:
    """A list of texts, or one text that holds several."""
    words = split_words(value)
    if not isinstance(words, tuple):
        raise ValueError("wants a list of words")  # noqa: TRY004 - what is wrong with a value is a ValueError
    return tuple(map(as_text, words))


def as_amount(value: object) -> str | float:
    """A figure, or words for one or for a range."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("wants an amount of money")  # noqa: TRY004
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("wants a finite amount of money")
    return value


def as_yes_or_no(value: object) -> bool | str:
    """True, false, or a word for either."""
    if not isinstance(value, bool | str):
        raise ValueError("wants true or false")  # noqa: TRY004
    return value


def as_day(value: object) -> date | str:
    """A date, or words that are none."""
    if not isinstance(value, str | date):
        raise ValueError("wants a date")  # noqa: TRY004
    return parse_date(value) or str(value)


def as_rough_day(value: object) -> date | str:
    """A date or a year, or words that are none."""
    if isinstance(value, bool) or not isinstance(value, str | date | int | float):
        raise ValueError("wants a date or a year")  # noqa: TRY004
    value = int(value) if isinstance(value, float) and value.is_integer() else value
    return parse_rough_day(value) or str(value)


def id_as_text(value: object) -> object:
    """An id that was typed as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = str
Words = tuple[str, ...]
Amount = str | float
YesOrNo = bool | str
RoughDay = date | str
Day = date | str

# What takes a value of each type as it was typed; ValueError: it is of another.
TAKEN_AS: Mapping[str, Callable[[object], object]] = {
    "str": as_text,
    "Id": lambda value: as_text(id_as_text(value)),
    "Words": as_words,
    "Amount": as_amount,
    "YesOrNo": as_yes_or_no,
    "RoughDay": as_rough_day,
    "Day": as_day,
}


class ProfileFields(Fields):
    """What startups and investors have in common."""

    id: Id = field("", description="Its id, where the file's name or the name will not do.", examples=["lumen"])
    name: str = field(description="Its name, in its own script.", examples=["Lumen Diagnostics"])
    aliases: Words = field((), description="Other names, in any script.", examples=[["루멘 진단"]])
    country: str = field("", description="Code or name, in any language.", examples=["KR", "대한민국", "韩国"])
    sectors: Words = field(
        (),
        description="What it works on or looks for, in any language.",
        examples=[["AI cancer diagnostics", "의료영상"]],
        max_length=MAX_SECTOR_WORDS,
    )
    seeks: Words = field((), description="What it wants besides money.", examples=[["distribution"]])
    offers: Words = field((), description="What it brings.", examples=[["regulatory experience"]])
    languages: Words = field((), description="Languages it can meet in.", examples=[["ko", "English"]])
    wants: Words = field((), description="Participants it asks to meet, best first.", examples=[["harbor"]])
    avoids: Words = field((), description="Participants it must not meet.", examples=[["harbor"]])
    contact: str = field("", description="Whom to write to; exported only where a format needs it.", examples=["Kim"])
    email: str = field("", description="Where to write to; exported only where a format needs it.", examples=["a@b.kr"])
    description: str = field(
        "", description="Free text; sector words in it count, weighted lower.", examples=["Reads mammograms."]
    )
    website: str = field("", description="Its own site.", examples=["https://lumen.example"])
    sources: Words = field((), description="Where the facts come from.", examples=[["https://lumen.example/about"]])
    as_of: Day = field("", description="The day the facts were true.", examples=["2026-01-07"])


class StartupFields(ProfileFields):
    """One that raises money."""

    stage: str = field("", description="The round being raised.", examples=["Series B", "Pre-A", "天使轮"])
    last_round: str = field(
        "", description="The last round closed: where `stage` is blank the next one is raised.", examples=["Series A"]
    )
    raising: Amount = field("", description="How much: a figure or a range.", examples=["USD 20M", "300억원"])
    total_raised: Amount = field(
        "", description="Raised so far; in its country's currency where none is named.", examples=["120억", "USD 9M"]
    )
    markets: Words = field((), description="Countries and regions it wants to go to.", examples=[["CN", "Gulf"]])
    backers: Words = field((), description="Its present investors.", examples=[["Harbor Ventures"]])
    city: str = field("", description="Its city: counts where deals tell who invests there.", examples=["Seoul"])
    founded: RoughDay = field("", description="When it was founded: a day or a year.", examples=["2019"])


class InvestorFields(ProfileFields):
    """A source of money."""

    stages: Words = field((), description="Rounds it invests in.", examples=[["Seed", "Series A"]])
    ticket: Amount = field("", description="Its cheque: a figure or a range.", examples=["USD 1-5M", "2000万人民币"])
    lead: YesOrNo = field("", description="Whether it leads rounds.", examples=[True, "unknown"])
    type: str = field("", description="Kind of investor.", examples=["VC", "corporate", "angel", "family office"])
    invests_in: Words = field((), description="Countries and regions, or global.", examples=[["KR", "ASEAN"]])
    excludes: Words = field(
        (),
        description="Sectors, countries and regions it must not be paired with.",
        examples=[["gambling", "US"]],
        max_length=MAX_SECTOR_WORDS,
    )
    must_invest_in: Words = field((), description="Countries its mandate obliges it to.", examples=[["KR"]])
    portfolio: Words = field((), description="Startups it backs.", examples=[["Lumen Diagnostics"]])


class DealFields(Fields):
    """One round of one startup with one investor or several."""

    date: RoughDay = field(description="The day it was made.", examples=["2025-06-30"])
    startup: str = field(description="Name or id.", examples=["Lumen Diagnostics"])
    investor: Words = field(description="Name or id; several are several deals.", examples=["Harbor Ventures"])
    startup_id: Id = field("", description="Its profile's id, where known.", examples=["lumen"])
    investor_id: Id = field("", description="Its profile's id, where known.", examples=["harbor"])
    startup_country: str = field("", description="Code or name.", examples=["KR"])
    investor_country: str = field("", description="Code or name.", examples=["CN"])
    round: str = field("", description="The round.", examples=["Series A"])
    amount: Amount = field("", description="Size of the whole round.", examples=["USD 12M"])
    startup_city: str = field("", description="The startup's city.", examples=["Seoul"])
    startup_founded: RoughDay = field("", description="When it was founded: a day or a year.", examples=["2019"])
    startup_sectors: Words = field((), description="What the startup works on.", examples=[["robotics"]])
    investor_sectors: Words = field((), description="What the investor looks for.", examples=[["AI"]])
