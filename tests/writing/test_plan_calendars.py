"""The calendars: read back, and imported into a calendar that knows events by their UID."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.plans import Meeting, Plan, ends_at, starts_at
from dealport.writing.plans.plan_agendas import agenda_of, other_of
from dealport.writing.plans.plan_calendars import calendars, event_mark
from dealport.writing.plans.plan_names import calendar_name
from dealport.writing.plans.plan_zones import zone_component
from tests.writing.made_plan import DAY, make_event, make_meetings, make_plan, make_slots
from tests.writing.random_plans import plans


def read(content: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def calendar_of(plan: Plan, side: str, name: str) -> icalendar.Calendar:
    return read(dict(calendars(plan))[f"{side}-{name}.ics"])


@dataclass
class Store:
    """A calendar as people have it: an event is known by its UID, and only news about it is taken."""

    events: dict[str, icalendar.Event] = field(default_factory=dict)
    known: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def take(self, content: bytes) -> None:
        for event in read(content).events:
            uid, revision = str(event["UID"]), (event.sequence, event.DTSTAMP)
            if revision < self.known.get(uid, (-1, revision[1])):
                continue
            self.known[uid] = revision
            if event["STATUS"] == "CANCELLED":
                self.events.pop(uid, None)
            else:
                self.events[uid] = event

    @property
    def starts(self) -> dict[str, str]:
        """UID to when and where."""
        return {uid: f"{event.start:%H:%M} {event['LOCATION']}" for uid, event in self.events.items()}


def test_a_calendar_holds_what_calendars_need() -> None:
    calendar = calendar_of(make_plan(), "startup", "lumen")

    event = calendar.events[0]

    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == ("PUBLISH", "2.0")
    assert str(event["UID"]) == "a1@dealport"
    assert event.start == datetime(2026, 1, 7, 10, tzinfo=ZoneInfo("Asia/Seoul"))
    assert event.end - event.start == timedelta(minutes=20)
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Asia/Seoul"
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime(2026, 1, 7, 0, 30, tzinfo=UTC)
    assert (event.sequence, str(event["STATUS"]), str(event["TRANSP"])) == (0, "CONFIRMED", "OPAQUE")
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Asia/Seoul"]


def test_labels_are_in_the_participants_own_language() -> None:
    plan = make_plan()

    korean, chinese, english = (
        calendar_of(plan, *who).events[0]
        for who in (("startup", "lumen"), ("investor", "harbor"), ("investor", "crimson"))
    )

    assert str(korean["SUMMARY"]) == "상담: 海港创投"
    assert str(chinese["SUMMARY"]) == "洽谈：루멘 진단"
    assert str(chinese["LOCATION"]) == "1号桌"
    assert str(english["SUMMARY"]).startswith("Meeting: =HYPERLINK")
    assert str(korean["DESCRIPTION"]).splitlines()[1:] == ["국가: CN", "통역: 한국어–중국어 1", "서로 만남을 희망"]


def test_a_meeting_over_two_slots_is_one_event() -> None:
    event = calendar_of(make_plan(), "investor", "sakura").events[0]

    assert event.end - event.start == timedelta(minutes=40)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert list(calendars(make_plan())) == list(calendars(make_plan()))


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    for _, content in calendars(make_plan()):
        lines = content.split(b"\r\n")

        assert all(len(line) <= 75 for line in lines)
        assert b"\n" not in b"".join(lines)


def test_only_who_has_a_meeting_or_lost_one_has_a_calendar() -> None:
    names = [name for name, _ in calendars(make_plan())]

    assert "startup-minus.ics" in names  # lost the only one it had
    assert not {"investor-gone.ics", "investor-jade.ics"} & set(names)


def test_a_calendar_of_one_event_names_no_calendar_for_outlook_to_open_beside() -> None:
    plan = make_plan()

    assert "X-WR-RELCALID" not in calendar_of(plan, "investor", "harbor")
    assert "X-WR-RELCALID" in calendar_of(plan, "startup", "lumen")


def test_nobody_is_invented_as_organiser() -> None:
    assert not [content for _, content in calendars(make_plan()) if b"ORGANIZER" in content or b"ATTENDEE" in content]


def test_who_lost_a_meeting_and_is_no_longer_listed_still_hears_of_it() -> None:
    plan = make_plan()
    plan = replace(plan, attendees=tuple(one for one in plan.attendees if one.key != ("startup", "minus")))

    event = calendar_of(plan, "startup", "minus").events[0]

    assert (str(event["STATUS"]), str(event["SUMMARY"])) == ("CANCELLED", "Cancelled: さくらキャピタル")


def changed(plan: Plan) -> Plan:
    """One meeting moved, one at another table, one dropped, one new; the others as they were."""
    first, second, third, fourth = make_meetings()
    return replace(
        plan,
        stamped_at=plan.stamped_at + timedelta(hours=1),
        meetings=(
            first,
            replace(second, slots=(2,), sequence=second.sequence + 1),
            replace(third, table="2", sequence=third.sequence + 1),
            Meeting("new@dealport", ("lumen", "crimson"), (5,), "1", "", 1, "", False),
        ),
        dropped=(*plan.dropped, replace(fourth, sequence=fourth.sequence + 1)),
    )


def test_an_import_of_the_changed_plan_replaces_moves_and_removes_and_adds_nothing_twice() -> None:
    before, after = dict(calendars(make_plan())), dict(calendars(changed(make_plan())))
    crimson, lumen = Store(), Store()

    for store, name in ((crimson, "investor-crimson.ics"), (lumen, "startup-lumen.ics")):
        store.take(before[name])
        store.take(after[name])

    assert crimson.starts == {"b2@dealport": "10:40 Table 2", "new@dealport": "12:10 Table 1"}
    assert lumen.starts == {
        "a1@dealport": "10:00 1번 테이블",
        "c3@dealport": "11:30 2번 테이블",
        "new@dealport": "12:10 1번 테이블",
    }


def test_importing_twice_changes_nothing_and_an_old_file_does_not_come_back() -> None:
    before, after = dict(calendars(make_plan())), dict(calendars(changed(make_plan())))
    store, name = Store(), "investor-crimson.ics"

    for content in (before[name], after[name], after[name]):
        store.take(content)
    once = store.starts
    store.take(before[name])

    assert store.starts == once


@given(plans())
def test_every_calendar_reads_back_as_the_plan_says(plan: Plan) -> None:
    read_back, agenda = {name: read(content) for name, content in calendars(plan)}, agenda_of(plan)

    for key, own in agenda.meetings.items():
        events = {str(event["UID"]): event for event in read_back[calendar_name(key)].events}
        assert len(events) == len(own) + len(agenda.dropped.get(key, ()))
        for meeting in own:
            event = events[meeting.uid]
            assert (event.start, event.end) == (starts_at(plan.event, meeting), ends_at(plan.event, meeting))
            assert event.sequence == meeting.sequence
            assert str(event["SUMMARY"]).endswith(agenda.name(other_of(meeting, key)))


DAYS = ("2026-01-07", "2026-03-29", "2026-03-30", "2026-07-01", "2026-10-25", "2026-11-01", "2026-02-20")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", [*ZONES, "America/Sao_Paulo", "Asia/Tehran"])
def test_the_zone_gives_the_right_time_where_its_name_is_unknown(name: str, day: str) -> None:
    zone, noon = ZoneInfo(name), datetime.fromisoformat(f"{day}T12:00+00:00")

    taken_along = zone_component(name, noon.date()).to_tz(lookup_tzid=False)

    for hour in range(-30, 31):
        moment = noon + timedelta(hours=hour)
        assert moment.astimezone(taken_along).utcoffset() == moment.astimezone(zone).utcoffset()


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2035, 12, 31)))
def test_the_zone_is_right_on_any_day(name: str, day: date) -> None:
    zone, noon = ZoneInfo(name), datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    taken_along = zone_component(name, day).to_tz(lookup_tzid=False)

    assert noon.astimezone(taken_along).utcoffset() == noon.astimezone(zone).utcoffset()


@pytest.mark.parametrize(
    ("name", "rules"), [("Europe/Berlin", {"BYDAY=-1SU"}), ("America/New_York", {"BYDAY=2SU", "BYDAY=1SU"})]
)
def test_outlook_finds_the_yearly_rules_it_asks_for(name: str, rules: set[str]) -> None:
    zone = zone_component(name, date(2026, 6, 10))

    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    told = zone.to_ical().decode()
    assert {part for part in re.split(r"[;\r]", told) if part.startswith("BYDAY")} == rules


def test_a_morning_on_which_the_clocks_change_has_the_right_times() -> None:
    zone = ZoneInfo("Europe/Berlin")
    event = replace(
        make_event(), time_zone="Europe/Berlin", day=date(2026, 3, 29), slots=make_slots(date(2026, 3, 29), zone)
    )

    start = calendar_of(replace(make_plan(), event=event), "startup", "lumen").events[0].start

    assert start == datetime(2026, 3, 29, 8, tzinfo=UTC)


def test_an_event_in_utc_needs_no_zone() -> None:
    event = replace(make_event(), time_zone="UTC", slots=make_slots(zone=ZoneInfo("UTC")))

    content = dict(calendars(replace(make_plan(), event=event)))["startup-lumen.ics"]

    assert b"DTSTART:20260107T100000Z" in content
    assert b"VTIMEZONE" not in content


def test_calendars_of_two_days_are_told_apart() -> None:
    assert event_mark(make_event()) != event_mark(replace(make_event(), day=DAY + timedelta(days=1)))
