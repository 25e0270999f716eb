"""One calendar a participant, to send by e-mail: what is imported again replaces what was, and the dropped go away.

A meeting keeps its UID from plan to plan and raises its SEQUENCE with every change, so that calendars take a file for
news about events they have. A dropped meeting stays in the file as ``STATUS:CANCELLED``: Google and Apple take it out,
and a calendar that keeps it shows by its title that it is off. There is no ORGANIZER: we know no address of the
organiser's, and with one Outlook asks to accept or decline what was only published. X-WR-RELCALID makes Outlook replace
the calendar that it opened before; it is for files of several events only.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING

from dealport.meetings.day.plans import Meeting, Plan, ends_at, starts_at
from dealport.meetings.event.events import Event, Key
from dealport.words.phrases import phrase
from dealport.writing.plans.plan_agendas import Agenda, agenda_of, other_of, scheduled
from dealport.writing.plans.plan_names import calendar_name
from dealport.writing.plans.plan_words import heading, interpreter_label, line, table_label
from dealport.writing.plans.plan_zones import is_utc, zone_component
from dealport.writing.safety import safe_line

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Dealport//Meeting plan//EN"
EVENT_MARK = "X-DEALPORT-EVENT"
_NAMESPACE = uuid.UUID("6f1d2a0e-5c0b-5d6e-9a53-6b8f0a7f2c11")  # ours, drawn once


def calendars(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """File name and content of the calendar of each participant with a meeting, or a dropped one."""
    agenda, zone = agenda_of(plan), None
    if not is_utc(plan.event.time_zone):
        zone = zone_component(plan.event.time_zone, plan.event.day)
    for key in scheduled(agenda):
        yield calendar_name(key), calendar_bytes(plan, agenda, key, zone)


def calendar_bytes(plan: Plan, agenda: Agenda, key: Key, zone: icalendar.Timezone | None) -> bytes:
    """A participant's meetings by time, then the dropped ones, in the language of its labels."""
    import icalendar

    event, language = plan.event, agenda.language(key)
    events = [_event(one, key, plan, agenda, language, is_off=False) for one in agenda.meetings.get(key, ())]
    events += [_event(one, key, plan, agenda, language, is_off=True) for one in agenda.dropped.get(key, ())]
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add(EVENT_MARK, event_mark(event))
    if len(events) > 1:
        calendar.add("x-wr-relcalid", _drawn(event_mark(event), *key))
        calendar.add("x-wr-calname", safe_line(event.name))
        calendar.add("x-wr-timezone", event.time_zone)
    if zone is not None:
        calendar.add_component(zone)
    for one in events:
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def event_mark(event: Event) -> str:
    """What tells this event's calendars from those of another."""
    return _drawn(event.name, event.day.isoformat())


def _drawn(*parts: str) -> str:
    """A UUID that is always the same for the same texts."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts).encode("utf-8", "backslashreplace").decode()))


def _event(meeting: Meeting, key: Key, plan: Plan, agenda: Agenda, language: str, *, is_off: bool) -> icalendar.Event:
    import icalendar

    event, stamp = icalendar.Event(), plan.stamped_at.astimezone(UTC)
    other = agenda.name(other_of(meeting, key))
    title = phrase("plan.calendar.cancelled" if is_off else "plan.calendar.meeting", language, name=other)
    event.add("uid", safe_line(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", starts_at(plan.event, meeting))
    event.add("dtend", ends_at(plan.event, meeting))
    event.add("summary", title, parameters={"LANGUAGE": language})
    event.add("location", table_label(meeting.table, language))
    event.add("description", _description(meeting, key, plan, agenda, language))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "FREE" if is_off else "BUSY")
    return event


def _description(meeting: Meeting, key: Key, plan: Plan, agenda: Agenda, language: str) -> str:
    """The event, the other's country, the interpreter, and whether both asked, a line each."""
    lines = [safe_line(plan.event.name)]
    if country := agenda.country(other_of(meeting, key)):
        lines.append(line(heading("country", language), country, language))
    if meeting.interpreter:
        lines.append(line(heading("interpreter", language), interpreter_label(meeting.interpreter, language), language))
    if meeting.asked_by == "both":
        lines.append(phrase("plan.card.mutual", language))
    return "\n".join(lines)
