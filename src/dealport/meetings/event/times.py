"""Times of a meeting day as people type them: clock times, spans between two of them, the day, its zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dealport.market.problems import did_you_mean, quoted
from dealport.meetings.event.typed_tables import EventTable

# Minutes after midnight of the day, from and until; whatever lies at the end itself is not within.
Span = tuple[int, int]
WHOLE_DAY: Span = (0, 24 * 60)

# A year beyond these is a slip of the pen, as 0206 and 20266.
YEARS = range(2000, 2101)
# What the system adds to the names of IANA, or means "not set".
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
_NEAR_ZONE_PERCENT = 75
_CLOCK = r"(\d{1,2}):(\d{2})(?::00)?"
_CLOCK_TEXT = re.compile(_CLOCK)
_SPAN_TEXT = re.compile(rf"{_CLOCK}\s*(?:[-‐-―~〜]|to|until)\s*{_CLOCK}")
_LIKE = 'write it as "14:20"'
_SPAN_LIKE = 'write it as "13:00-14:00"'


def clock_of(value: object) -> int | None:
    """Minutes after midnight of ``"9:30"`` or a TOML time; ``"24:00"`` is the day's end; None for anything else."""
    if isinstance(value, time) and value == time(value.hour, value.minute):
        return value.hour * 60 + value.minute
    found = _CLOCK_TEXT.fullmatch(_plain(value)) if isinstance(value, str) else None
    return _minutes(found[1], found[2]) if found else None


def span_of(value: object) -> Span | None:
    """The span of ``"13:00-14:00"`` or ``["13:00", "14:00"]``, which may end before it begins; None for no span."""
    if isinstance(value, str):
        found = _SPAN_TEXT.fullmatch(_plain(value))
        ends = [_minutes(found[1], found[2]), _minutes(found[3], found[4])] if found else []
    else:
        ends = [clock_of(one) for one in value] if isinstance(value, list) and len(value) == 2 else []
    return (ends[0], ends[1]) if ends and ends[0] is not None and ends[1] is not None else None


def clock_text(minute: int) -> str:
    """``10:20``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def span_text(span: Span) -> str:
    """``10:20-10:40``."""
    return f"{clock_text(span[0])}-{clock_text(span[1])}"


def read_clock(table: EventTable, key: str) -> int | None:
    """A clock time; None where there is none, with a fault where it is something else."""
    value = table.values.get(key)
    minute = clock_of(value)
    if value is not None and minute is None:
        table.wrong(key, "a time", value, _LIKE)
    return minute


def read_spans(table: EventTable, key: str) -> tuple[Span, ...] | None:
    """A list of spans; None where there is none. ``true`` is all day, two clock times alone are one span."""
    value = table.values.get(key)
    if isinstance(value, bool):
        return (WHOLE_DAY,) if value else ()
    listed = table.listed(key, '["13:00-14:00"]')
    if listed is None:
        return None
    if span_of(listed):
        return _in_order(table, [(key, listed)])
    return _in_order(table, [(f"{key}[{place}]", one) for place, one in enumerate(listed, start=1)])


def _in_order(table: EventTable, typed: Sequence[tuple[str, object]]) -> tuple[Span, ...]:
    spans = []
    for key, value in typed:
        span = span_of(value)
        if span is None:
            table.wrong(key, "a span of time", value, _SPAN_LIKE)
        elif span[0] >= span[1]:
            table.fault(key, f"{span_text(span)} ends before it begins", _SPAN_LIKE)
        else:
            spans.append(span)
    return tuple(spans)


def event_day(table: EventTable) -> date | None:
    """The day; None with a fault where it is missing or none."""
    value = table.values.get("date")
    if value is None:
        table.fault("date", "no date", "write date = 2026-01-07")
        return None
    day = value.date() if isinstance(value, datetime) and value.time() == time() else value
    if isinstance(day, str):
        try:
            day = date.fromisoformat(_plain(day))
        except ValueError:
            day = value
    if isinstance(day, datetime) or not isinstance(day, date) or day.year not in YEARS:
        table.wrong("date", f"a day from {YEARS[0]} to {YEARS[-1]}", value, "write it as date = 2026-01-07")
        return None
    return day


def read_zone(table: EventTable) -> ZoneInfo | None:
    """The time zone; None with a fault where it is missing or no name of IANA."""
    example = '"Asia/Shanghai"'
    if "time_zone" not in table:
        table.fault("time_zone", "no time zone", f"write time_zone = {example}")
        return None
    name = table.text("time_zone", example)
    if not name:
        return None
    try:
        if name in zone_names():
            return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a broken file of the system's
        pass
    cure = did_you_mean(near_zones(name)) or f"an IANA name, as {example}"
    table.fault("time_zone", f"unknown time zone {quoted(name)}", cure)
    return None


@cache
def zone_names() -> frozenset[str]:
    """The names of IANA that are known here, each in the one spelling that every system takes."""
    return frozenset(available_timezones()) - _NO_ZONES


def near_zones(word: str) -> tuple[str, ...]:
    """Zones whose name or city a word is like, best first: ``Asia/Seoul`` for "seoul"."""
    from rapidfuzz import fuzz

    key = _zone_key(word)
    alike: dict[str, float] = {}
    for zone in sorted(zone_names()):
        city = _zone_key(zone.rpartition("/")[2])
        alike[zone] = max(fuzz.ratio(key, _zone_key(zone)), fuzz.ratio(key, city), fuzz.ratio(_city(word), city))
    best = sorted(alike, key=lambda zone: (-alike[zone], zone))
    return tuple(zone for zone in best[:3] if alike[zone] >= max(_NEAR_ZONE_PERCENT, alike[best[0]] - 5))


def clock_fault(day: date, minute: int, zone: ZoneInfo) -> str:
    """Why a clock time is not one moment of a day in a zone: the clocks change; "" where it is one."""
    early, late = moment(day, minute, zone), moment(day, minute, zone).replace(fold=1)
    if early.utcoffset() == late.utcoffset():
        return ""
    is_skipped = (early.utcoffset() or timedelta()) < (late.utcoffset() or timedelta())
    return f"{clock_text(minute)} {'does not exist' if is_skipped else 'comes twice'} on {day} in {zone.key}"


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A clock time of a day as a moment in a zone; ``24:00`` is the next day's first."""
    return datetime.combine(day, time(), zone) + timedelta(minutes=minute)


def _minutes(hours: str, minutes: str) -> int | None:
    minute = int(hours) * 60 + int(minutes)
    return minute if int(minutes) < 60 and minute <= WHOLE_DAY[1] else None


def _plain(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold()


def _zone_key(name: str) -> str:
    return _plain(name).replace("_", " ")


def _city(word: str) -> str:
    return _zone_key(word.rpartition("/")[2])
