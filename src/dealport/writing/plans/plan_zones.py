"""An event's time zone as calendars take it along, so that a time is right also where the zone's name is unknown.

Outlook makes of a VTIMEZONE one yearly change to summer time and one back, from their first day and their rule; lists
of days it ignores. So each change of the year is written with the rule that gives it, as in "last Sunday of March".
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = 7

Rule = dict[str, str | int]


class Shift(Struct, frozen=True):
    """A change of the clocks.

    Attributes:
        at: By the clock as it was before.
        before, after: Offsets from UTC.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_summer(self) -> bool:
        """Whether clocks go forward, whatever the law calls it: in Ireland the summer's time is the standard."""
        return self.after > self.before


def is_utc(zone: str) -> bool:
    """Whether the zone is UTC itself, which calendars write with a Z and without a zone."""
    return zone in ("UTC", "Etc/UTC")


def zone_component(name: str, day: date) -> Timezone:
    """The VTIMEZONE, right for every moment of `day` and the days around it."""
    from icalendar import Timezone

    zone = ZoneInfo(name)
    first, last = day - timedelta(days=370), day + timedelta(days=370)
    shifts = _shifts(zone, first, last)
    component = Timezone()
    component.add("tzid", name)
    if not shifts:
        component.add_component(_observance(_constant(zone, first)))
        return component
    for shift, rule in _with_rules(shifts, zone, first, day):
        component.add_component(_observance(shift, rule))
    return component


def _with_rules(shifts: list[Shift], zone: ZoneInfo, first: date, day: date) -> list[tuple[Shift, Rule | None]]:
    """Two yearly shifts with their rules where these give every shift around; else each shift by itself.

    Morocco's clocks follow Ramadan, and a country may give summer time up: no rule fits.
    """
    earliest: dict[tuple[bool, timedelta], Shift] = {}
    for shift in shifts:
        earliest.setdefault((shift.is_summer, shift.after), shift)
    rules = {key: _rule(shift.at) for key, shift in earliest.items()}
    fits = len(earliest) == 2 and all(
        _day_of(rules[shift.is_summer, shift.after], shift.at.year) == shift.at.date() for shift in shifts
    )
    if fits:
        return [(shift, rules[key]) for key, shift in earliest.items()]
    near = [shift for shift in shifts if shift.at.date() <= day + timedelta(days=2)]
    return [(_constant(zone, first), None), *((shift, None) for shift in near)]


def _shifts(zone: ZoneInfo, first: date, last: date) -> list[Shift]:
    """Every change of the offset between two days, found hour by hour in UTC where a day's ends differ."""
    shifts = []
    moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=1)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            shifts.append(_shift(zone, moment, following))
        moment = following
    return shifts


def _shift(zone: ZoneInfo, low: datetime, high: datetime) -> Shift:
    """The change between two moments, to the minute."""
    before = _offset(zone, low)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle -= timedelta(seconds=middle.second)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    local = high.astimezone(zone)
    at = (high + before).replace(tzinfo=None)
    return Shift(at, before, _offset(zone, high), local.tzname() or "")


def _constant(zone: ZoneInfo, first: date) -> Shift:
    """The time that holds at the first day, as a change that changes nothing."""
    moment = datetime(first.year, first.month, first.day, tzinfo=zone)
    offset = moment.utcoffset() or timedelta()
    return Shift(moment.replace(tzinfo=None), offset, offset, moment.tzname() or "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(at: datetime) -> Rule:
    """The rule of a yearly change: ``-1SU`` where it is the last such weekday of its month, else ``2SU``."""
    n_days = calendar.monthrange(at.year, at.month)[1]
    week = -1 if at.day + WEEK > n_days else (at.day - 1) // WEEK + 1
    return {"FREQ": "YEARLY", "BYMONTH": at.month, "BYDAY": f"{week}{WEEKDAYS[at.weekday()]}"}


def _day_of(rule: Rule, year: int) -> date:
    """The day a rule gives in a year."""
    month, week = int(rule["BYMONTH"]), int(str(rule["BYDAY"])[:-2])
    weekday = WEEKDAYS.index(str(rule["BYDAY"])[-2:])
    days = [one for one in calendar.Calendar().itermonthdates(year, month) if one.month == month]
    matching = [one for one in days if one.weekday() == weekday]
    return matching[week if week < 0 else week - 1]


def _observance(shift: Shift, rule: Rule | None = None) -> TimezoneStandard | TimezoneDaylight:
    """A STANDARD or DAYLIGHT part."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if shift.is_summer else TimezoneStandard()
    part.add("dtstart", shift.at)
    part.add("tzoffsetfrom", shift.before)
    part.add("tzoffsetto", shift.after)
    part.add("tzname", shift.name)
    if rule is not None:
        part.add("rrule", rule)
    return part
