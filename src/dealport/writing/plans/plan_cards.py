"""A card to print for each participant: its meetings in its own language's labels. No script, no network."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import Any

from dealport.meetings.day.plans import Attendee, Meeting, Plan, ends_at, starts_at
from dealport.meetings.event.events import Key
from dealport.words.phrases import phrase
from dealport.writing.locales import day_label
from dealport.writing.plans.plan_agendas import Agenda, agenda_of, label_language, other_of
from dealport.writing.plans.plan_words import heading, interpreter_label, table_label
from dealport.writing.rankings.pages import script_language
from dealport.writing.safety import safe_line


def cards_page(plan: Plan, language: str = "en") -> str:
    """The page: a sheet of paper for everyone who attends or has a meeting, in the plan's order.

    `language` is of the page's own title and list of names, which are not printed.
    """
    import jinja2

    folder = files("dealport").joinpath("data", "page")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    agenda, n_slots = agenda_of(plan), len(plan.event.slots)
    attending = [one for one in plan.attendees if len(one.absent) < n_slots or one.key in agenda.meetings]
    template = environment.from_string(folder.joinpath("cards.html").read_text(encoding="utf-8"))
    return template.render(
        language=language,
        style=folder.joinpath("cards.css").read_text(encoding="utf-8"),
        say=partial(_say, language),
        event=_named(plan.event.name),
        day=day_label(plan.event.day, language),
        cards=[_card(one, plan, agenda) for one in attending],
    )


def _card(attendee: Attendee, plan: Plan, agenda: Agenda) -> dict[str, Any]:
    """What the template shows of a participant."""
    language = label_language(attendee)
    own = agenda.meetings.get(attendee.key, ())
    return {
        **_named(agenda.name(attendee.key), agenda.country(attendee.key)),
        "language": language,
        "side": phrase(f"side.{attendee.key[0]}", language),
        "say": partial(_say, language),
        "heading": partial(_heading, language),
        "day": day_label(plan.event.day, language),
        "zone": safe_line(plan.event.time_zone),
        "has_interpreters": any(one.interpreter for one in own),
        "meetings": [_meeting(one, attendee.key, plan, agenda, language) for one in own],
    }


def _meeting(meeting: Meeting, key: Key, plan: Plan, agenda: Agenda, language: str) -> dict[str, Any]:
    """What the template shows of a meeting, from the other's name on."""
    other = other_of(meeting, key)
    return {
        **_named(agenda.name(other), agenda.country(other)),
        "starts_at": f"{starts_at(plan.event, meeting):%H:%M}",
        "ends_at": f"{ends_at(plan.event, meeting):%H:%M}",
        "table": table_label(meeting.table, language),
        "interpreter": interpreter_label(meeting.interpreter, language),
        "is_mutual": meeting.asked_by == "both",
    }


def _named(name: str, country: str = "") -> dict[str, Any]:
    """A name with the language of its letters, and its country."""
    return {"name": safe_line(name), "lang": script_language(name, country), "country": country}


def _say(language: str, key: str, **arguments: object) -> str:
    return phrase(key, language, **{name: str(value) for name, value in arguments.items()})


def _heading(language: str, name: str) -> str:
    return heading(name, language)
