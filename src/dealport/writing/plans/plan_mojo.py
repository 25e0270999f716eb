"""The meetings as Meeting Mojo's "meeting import" takes them, by the e-mail addresses of both sides.

Its help page names column 1 (the booker's address), 2 (the requestee's) and 5, ``meeting_point``; between them stand
day and time of meetings whose time is settled. The names and the form of those two are ours: compare the template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from dealport.meetings.day.plans import Meeting, Plan, keys_of
from dealport.meetings.event.events import Key
from dealport.writing.csv_files import csv_bytes
from dealport.writing.flat_tables import Cell, Table, TableColumn
from dealport.writing.plans.plan_agendas import agenda_of
from dealport.writing.safety import safe_line

COLUMNS = ("booker_email", "requestee_email", "date", "time", "meeting_point")
LONGEST_CONTACT = 500  # characters that are looked through
# An address inside a contact like "Kim Min-su <kim@lumen.example>, +82 10 1234 5678". It begins with a letter or a
# figure, so that no spreadsheet takes it for a formula.
_EMAIL = re.compile(r"[^\W_][\w.!#$%&'*+/=?^`{|}~-]*@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")


class MojoImport(Struct, frozen=True):
    """The file, and who is missing from it.

    Attributes:
        content: UTF-8 CSV with a header.
        without_email: Names of those with meetings whose contact holds no address, or one that another participant
            has too: startups, then investors, each by id.
        n_left_out: Meetings that are missing for that reason.
    """

    content: bytes
    without_email: tuple[str, ...]
    n_left_out: int


def mojo_import(plan: Plan) -> MojoImport:
    """A row for each slot of each meeting whose two sides have an address.

    Booker is who asked for the meeting; where both did, or nobody, the investor, as in the order of precedence. A
    meeting over two slots has a row for each, since Meeting Mojo books slot by slot.
    """
    emails, agenda = _emails(plan), agenda_of(plan)
    rows: list[tuple[Cell, ...]] = []
    n_left_out = 0
    for meeting in plan.meetings:
        booker, requestee = (emails.get(key, "") for key in _booker_first(meeting))
        if not booker or not requestee:
            n_left_out += 1
            continue
        for slot in meeting.slots:
            begin = plan.event.slots[slot].starts_at
            rows.append((booker, requestee, begin.date().isoformat(), f"{begin:%H:%M}", safe_line(meeting.table)))
    content = csv_bytes(Table(tuple(map(TableColumn, COLUMNS)), rows))
    without = tuple(agenda.name(key) for key in agenda.attendees if key in agenda.meetings and not emails[key])
    return MojoImport(content, without, n_left_out)


def email_of(contact: str) -> str:
    """The first e-mail address in a contact; "" where there is none."""
    found = _EMAIL.search(safe_line(contact)[:LONGEST_CONTACT])
    return found.group() if found else ""


def _emails(plan: Plan) -> Mapping[Key, str]:
    """Each participant's own address; "" for one that several have, since Meeting Mojo tells people apart by it."""
    emails = {one.key: email_of(one.contact) for one in plan.attendees}
    uses = Counter(email.casefold() for email in emails.values())
    return {key: email if uses[email.casefold()] == 1 else "" for key, email in emails.items()}


def _booker_first(meeting: Meeting) -> tuple[Key, Key]:
    startup, investor = keys_of(meeting.pair)
    return (startup, investor) if meeting.asked_by == "startup" else (investor, startup)
