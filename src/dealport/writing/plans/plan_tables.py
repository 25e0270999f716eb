"""A plan as tables: its meetings as rows, and what the sheets of the workbook hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dealport.meetings.day.plans import Meeting, Plan, ends_at, keys_of, starts_at
from dealport.meetings.event.events import Key
from dealport.scoring.shortlist import UNITS_PER_POINT
from dealport.words.phrases import phrase
from dealport.writing.flat_tables import Cell, ColumnKind, Table, TableColumn
from dealport.writing.plans.plan_agendas import Agenda, agenda_of, meeting_time_text, other_of
from dealport.writing.plans.plan_words import (
    asked_by_label,
    change_label,
    heading,
    interpreter_label,
    joined_causes,
    table_label,
    unmet_text,
)
from dealport.writing.safety import safe_line

KINDS: Mapping[str, ColumnKind] = {
    "score": "points",
    "rank": "whole",
    "n_meetings": "whole",
    "fewest": "whole",
    "sequence": "whole",
}
FLAT = (
    *("date", "start", "end", "table", "startup_id", "startup", "startup_country"),
    *("investor_id", "investor", "investor_country", "interpreter", "score", "asked_by", "locked", "uid", "sequence"),
)


def meetings_table(plan: Plan) -> Table:
    """``plan.csv``: one row a meeting, in the plan's order; the same in every language.

    ``asked_by`` is ``startup``, ``investor``, ``both`` or empty; ``locked`` is ``yes`` or empty; times are the event's.
    """
    agenda = agenda_of(plan)
    return Table(
        columns=tuple(TableColumn(name, KINDS.get(name, "text")) for name in FLAT),
        rows=[_flat_row(meeting, plan, agenda) for meeting in plan.meetings],
    )


def participants_table(plan: Plan, agenda: Agenda, language: str) -> Table:
    """Each participant's meetings by time; whoever has none has a row without one."""
    names = ("side", "participant", "participant_country", "time", "with", "with_country", "table")
    rows: list[tuple[Cell, ...]] = []
    for key in agenda.attendees:
        who = (phrase(f"side.{key[0]}", language), agenda.name(key), agenda.country(key))
        own = agenda.meetings.get(key, ())
        rows += [(*who, *_row_with(one, key, plan, agenda, language)) for one in own]
        if not own:
            rows.append((*who, *[None] * 7))
    return _table("by_participant", (*names, "interpreter", "asked_by", "locked"), rows, language)


def unmet_table(plan: Plan, agenda: Agenda, language: str) -> Table:
    """Wishes that were not met, in the plan's order, and why."""
    rows = [
        (
            phrase(f"side.{wish.asking[0]}", language),
            agenda.name(wish.asking),
            agenda.name(wish.asked),
            wish.rank,
            unmet_text(wish, language),
        )
        for wish in plan.unmet
    ]
    return _table("unmet", ("side", "asking", "asked", "rank", "cause"), rows, language)


def short_table(plan: Plan, agenda: Agenda, language: str) -> Table:
    """Participants with fewer meetings than they should have, and what stood in the way."""
    rows = [
        (
            phrase(f"side.{short.key[0]}", language),
            agenda.name(short.key),
            agenda.country(short.key),
            short.n_meetings,
            short.fewest,
            joined_causes(short.causes, plan.event, language),
        )
        for short in plan.short
    ]
    names = ("side", "participant", "participant_country", "n_meetings", "fewest", "causes")
    return _table("short", names, rows, language)


def changes_table(plan: Plan, agenda: Agenda, language: str) -> Table:
    """What became of each meeting since the plan before."""
    rows: list[tuple[Cell, ...]] = []
    for change in plan.changes:
        meeting = change.after or change.before
        if meeting is not None:
            startup, investor = keys_of(meeting.pair)
            before, after = (_where(one, plan, language) for one in (change.before, change.after))
            rows.append((change_label(change, language), agenda.name(startup), agenda.name(investor), before, after))
    return _table("changes", ("change", "startup", "investor", "before", "after"), rows, language)


def interpreters_table(plan: Plan, agenda: Agenda, language: str) -> Table:
    """Each interpreter's rota."""
    rows = []
    for meeting in sorted(plan.meetings, key=lambda one: (_natural(one.interpreter), one.slots)):
        if meeting.interpreter:
            startup, investor = keys_of(meeting.pair)
            rows.append(
                (
                    interpreter_label(meeting.interpreter, language),
                    meeting_time_text(plan.event, meeting),
                    table_label(meeting.table, language),
                    agenda.name(startup),
                    agenda.name(investor),
                )
            )
    return _table("interpreters", ("interpreter", "time", "table", "startup", "investor"), rows, language)


def _flat_row(meeting: Meeting, plan: Plan, agenda: Agenda) -> tuple[Cell, ...]:
    begin, end = starts_at(plan.event, meeting), ends_at(plan.event, meeting)
    startup, investor = keys_of(meeting.pair)
    return (
        begin.date().isoformat(),
        f"{begin:%H:%M}",
        f"{end:%H:%M}",
        safe_line(meeting.table),
        *(safe_line(startup[1]), agenda.name(startup), agenda.country(startup)),
        *(safe_line(investor[1]), agenda.name(investor), agenda.country(investor)),
        safe_line(meeting.interpreter),
        meeting.score_units / UNITS_PER_POINT,
        meeting.asked_by,
        "yes" if meeting.is_locked else "",
        safe_line(meeting.uid),
        meeting.sequence,
    )


def _row_with(meeting: Meeting, key: Key, plan: Plan, agenda: Agenda, language: str) -> tuple[Cell, ...]:
    """A meeting as one of the two sees it."""
    other = other_of(meeting, key)
    return (
        meeting_time_text(plan.event, meeting),
        agenda.name(other),
        agenda.country(other),
        table_label(meeting.table, language),
        interpreter_label(meeting.interpreter, language),
        asked_by_label(meeting.asked_by, language),
        phrase("screen.yes", language) if meeting.is_locked else None,
    )


def _where(meeting: Meeting | None, plan: Plan, language: str) -> str:
    """``10:20–10:40, Table 3, Korean–Chinese 1``."""
    if meeting is None:
        return ""
    parts = meeting_time_text(plan.event, meeting), table_label(meeting.table, language)
    return ", ".join(filter(None, (*parts, interpreter_label(meeting.interpreter, language))))


def _table(sheet: str, names: Iterable[str], rows: Iterable[tuple[Cell, ...]], language: str) -> Table:
    columns = tuple(TableColumn(name, KINDS.get(name, "text"), heading(name, language)) for name in names)
    return Table(columns, list(rows), phrase(f"plan.sheet.{sheet}", language))


def _natural(interpreter: str) -> tuple[str, int, str]:
    """``ko-zh 2`` before ``ko-zh 10``."""
    name, _, number = interpreter.rpartition(" ")
    return name, int(number) if number.isdecimal() and len(number) < 10 else 0, number
