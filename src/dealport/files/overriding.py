"""What the user's columns.toml says: which header is which field, for all files or for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dealport.files.fields import DEAL_FIELDS, PROFILE_FIELDS
from dealport.files.synonyms import header_key
from dealport.model import Origin, Problem

_ENDS = frozenset({"ticket_min", "ticket_max", "raising_min", "raising_max", "currency"})
FIELDS = PROFILE_FIELDS | DEAL_FIELDS | _ENDS


def told_columns(settings: Mapping[str, object] | None, name: str) -> dict[str, str]:
    """Field of each header, by `header_key`, for the file of this name: ``[columns]``, then the file's own table."""
    told: dict[str, str] = {}
    own = (settings or {}).get(name)
    for table in (settings, own if isinstance(own, Mapping) else None):
        told |= {header_key(header): field for header, field in _pairs(table) if field in FIELDS or not field}
    return told


def faults_of_columns(settings: Mapping[str, object], origin: Origin) -> list[Problem]:
    """A fault for each field that is none."""
    tables = [settings, *(table for table in settings.values() if isinstance(table, Mapping))]
    return [
        Problem(
            origin.place(),
            "columns",
            f"{header!r} = {field!r}: there is no such field",
            'write a field as name or sectors, or "" to leave the column out',
        )
        for table in tables
        for header, field in _pairs(table)
        if field and field not in FIELDS
    ]


def _pairs(table: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    columns = table.get("columns") if table else None
    if isinstance(columns, Mapping):
        for header, field in columns.items():
            yield str(header), field.strip() if isinstance(field, str) else str(field)
