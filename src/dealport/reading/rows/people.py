"""Several people of one organisation, a row each, as one participant."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dealport.model import Problem
from dealport.reading.rows.table_layouts import Layout

# What belongs to the person: that of the first stands, and another is no conflict.
_PERSONAL = frozenset({"email", "contact", "languages", "id", "as_of"})


class TakenRow(Struct, frozen=True):
    """One row that can be taken.

    Attributes:
        kind: ``startup``, ``investor``, ``deal``, ``request`` or ``event``.
    """

    kind: str
    fields: Mapping[str, object]
    line: int


def merge_people(rows: Sequence[TakenRow], layout: Layout) -> tuple[list[TakenRow], list[Problem]]:
    """The rows with those of one organisation on one side made one, in the order of the first, and where they differ.

    Lists are joined; of anything else the first that is not blank stands.
    """
    merged: dict[tuple[str, str], tuple[TakenRow, dict[str, object]]] = {}
    problems: list[Problem] = []
    for row in rows:
        key = (row.kind, _name_key(str(row.fields.get("name", ""))))
        if key not in merged:
            fields = dict(row.fields)
            merged[key] = TakenRow(row.kind, fields, row.line), fields
            continue
        first, fields = merged[key]
        for name, value in row.fields.items():
            held = fields.setdefault(name, value)
            if isinstance(held, list) and isinstance(value, list):
                fields[name] = [*held, *(word for word in value if word not in held)]
            elif _name_key(str(held)) != _name_key(str(value)) and name not in _PERSONAL:
                taken, place = (layout.origin(one.line).place(name) for one in (first, row))
                message = f"the same organisation has another {name} at {taken}: that is taken"
                problems.append(Problem(place, name, message, "write the same in both rows", "warning"))
    return [first for first, _ in merged.values()], problems


def _name_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
