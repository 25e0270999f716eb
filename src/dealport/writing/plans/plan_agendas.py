"""A plan as its files look at it: each participant's meetings, their names and times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from dealport.meetings.day.plans import Attendee, Meeting, Plan, keys_of
from dealport.meetings.event.events import Event, Key
from dealport.writing.safety import safe_line

# Labels of a participant's own card and calendar are in one of these, by what it speaks and where it is.
LABEL_LANGUAGES = frozenset({"en", "ko", "zh", "zh-Hant", "ja"})
LANGUAGE_OF_COUNTRY = {"KR": "ko", "CN": "zh", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "JP": "ja"}


class Agenda(Struct, frozen=True):
    """Who meets whom.

    Attributes:
        attendees: Every participant of the plan by its key, in the plan's order.
        meetings: Those of each participant, by time; only participants who have any.
        dropped: Those that are no more, likewise.
    """

    attendees: Mapping[Key, Attendee]
    meetings: Mapping[Key, tuple[Meeting, ...]]
    dropped: Mapping[Key, tuple[Meeting, ...]]

    def name(self, key: Key) -> str:
        """The name on one line; whoever the plan does not list is told by its id."""
        found = self.attendees.get(key)
        return safe_line(found.name if found else key[1]) or safe_line(key[1])

    def country(self, key: Key) -> str:
        """The country's code; "" when unknown."""
        found = self.attendees.get(key)
        return safe_line(found.country) if found else ""

    def language(self, key: Key) -> str:
        """The language of a participant's labels."""
        found = self.attendees.get(key)
        return label_language(found) if found else "en"


def agenda_of(plan: Plan) -> Agenda:
    """The plan by participant."""
    return Agenda(
        attendees={one.key: one for one in plan.attendees},
        meetings=_by_participant(plan.meetings, plan.event),
        dropped=_by_participant(plan.dropped, plan.event),
    )


def other_of(meeting: Meeting, key: Key) -> Key:
    """Whom this participant meets."""
    startup, investor = keys_of(meeting.pair)
    return investor if key == startup else startup


def meeting_time_text(event: Event, meeting: Meeting) -> str:
    """``10:20–10:40``, with the date where that is not the event's day any more."""
    time = meeting.time(event)
    day = f"{time.starts_at:%Y-%m-%d} " if time.starts_at.date() != event.day else ""
    return f"{day}{time.starts_at:%H:%M}–{time.ends_at:%H:%M}"


def time_text(event: Event, slots: tuple[int, ...]) -> str:
    """``10:20–10:40``, as the clock on the wall shows."""
    return f"{event.slots[slots[0]].starts_at:%H:%M}–{event.slots[slots[-1]].ends_at:%H:%M}"


def scheduled(agenda: Agenda) -> list[Key]:
    """Whoever has a meeting or a dropped one: in the plan's order, then those that it no longer lists."""
    has = agenda.meetings.keys() | agenda.dropped.keys()
    return [*(key for key in agenda.attendees if key in has), *sorted(has - agenda.attendees.keys())]


def label_language(attendee: Attendee) -> str:
    """The language of a participant's labels: the first it speaks of ours, else its country's, else English.

    Chinese is written in traditional characters where the country does so: a language's code does not tell the script.
    """
    for language in attendee.languages:
        if language == "zh":
            return "zh-Hant" if LANGUAGE_OF_COUNTRY.get(attendee.country) == "zh-Hant" else "zh"
        if language in LABEL_LANGUAGES:
            return language
    return LANGUAGE_OF_COUNTRY.get(attendee.country, "en")


def _by_participant(meetings: Iterable[Meeting], event: Event) -> dict[Key, tuple[Meeting, ...]]:
    found: dict[Key, list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: (one.time(event).starts_at.timestamp(), one.uid)):
        for key in keys_of(meeting.pair):
            found[key].append(meeting)
    return {key: tuple(own) for key, own in found.items()}
