"""Causes, aims, changes and places of a plan in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from dealport.meetings.day.plans import AskedBy, Blocked, Change, Unmet, WhatIf
from dealport.meetings.event.events import Event
from dealport.words.phrases import load_phrases, phrase
from dealport.writing.locales import languages_label
from dealport.writing.phrasing import gate_name, joined
from dealport.writing.plans.plan_agendas import time_text
from dealport.writing.safety import safe_line

FEWEST = "fewest_"


def level_label(name: str, language: str = "en") -> str:
    """``Participants with 3 or more meetings`` for ``fewest_3``; an aim without a phrase gives its name in words."""
    if name.startswith(FEWEST):
        return phrase("level.fewest", language, k=name.removeprefix(FEWEST))
    return _told("level", name, language)


def unmet_text(wish: Unmet, language: str = "en") -> str:
    """Why a wish was not met: the gate's own words where a gate rules the pair out."""
    if wish.cause == "gate" and wish.gate:
        return _told("gate", gate_name(wish.gate), language)
    return _told("cause", wish.cause, language)


def blocked_text(blocked: Blocked, event: Event, language: str = "en") -> str:
    """``No interpreter [Korean–Chinese, 10:20–11:00] (possible partners: 3)``."""
    told = _told("cause", blocked.cause, language)
    details = [languages_label(name, language) for name in blocked.names]
    details += [time_text(event, run) for run in _runs(event, blocked.slots)]
    if details:
        told = f"{told} [{joined(details, language)}]"
    if not blocked.n_partners:
        return told
    return phrase("plan.partners", language, cause=told, n=f"{blocked.n_partners:,}")


def change_label(change: Change, language: str = "en") -> str:
    """``moved``."""
    return phrase(f"change.{change.kind}", language)


def asked_by_label(asked_by: AskedBy, language: str = "en") -> str:
    """``startup``, ``investor``, ``both``; "" where nobody asked."""
    if asked_by == "both":
        return phrase("plan.asked_by.both", language)
    return phrase(f"side.{asked_by}", language) if asked_by else ""


def what_if_label(what_if: WhatIf, language: str = "en") -> str:
    """``One more table``, ``One more interpreter: Korean–Chinese``."""
    if what_if.more in ("table", "slot"):
        return phrase(f"plan.what_if.{what_if.more}", language)
    return phrase("plan.what_if.interpreter", language, languages=languages_label(what_if.more, language))


def interpreter_label(interpreter: str, language: str = "en") -> str:
    """``Korean–Chinese 2`` for ``ko-zh 2``; "" for none."""
    name, _, number = interpreter.rpartition(" ")
    return f"{languages_label(name, language)} {safe_line(number)}" if name else languages_label(interpreter, language)


def table_label(table: str, language: str = "en") -> str:
    """``Table 3`` for a table that is called ``3``; any other name stands as it is."""
    name = safe_line(table)
    return phrase("plan.table", language, number=name) if name.isdecimal() else name


def line(label: str, value: str, language: str = "en") -> str:
    """``Interpreter: Korean–Chinese 2``, with the language's own colon."""
    return phrase("plan.line", language, label=label, value=value)


def heading(name: str, language: str = "en") -> str:
    """Of a column: its own of plans, else the one that shortlists have too."""
    own = f"plan.heading.{name}"
    return phrase(own if own in load_phrases() else f"heading.{name}", language)


def joined_causes(causes: Iterable[Blocked], event: Event, language: str = "en") -> str:
    """All that stood in a participant's way, in the order given."""
    return "; ".join(blocked_text(one, event, language) for one in causes)


def _runs(event: Event, slots: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Slots in groups of such as follow each other without a break."""
    runs: list[tuple[int, ...]] = []
    for slot in sorted(set(slots)):
        last = runs[-1][-1] if runs else None
        if last is not None and slot == last + 1 and event.slots[last].ends_at == event.slots[slot].starts_at:
            runs[-1] = (*runs[-1], slot)
        else:
            runs.append((slot,))
    return runs


def _told(kind: str, name: str, language: str) -> str:
    """A phrase; a name without one in words."""
    key = f"{kind}.{name}"
    return phrase(key, language) if key in load_phrases() else safe_line(name).replace("_", " ")
