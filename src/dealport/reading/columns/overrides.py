"""What the user's columns.toml says, for all files or for one: fields of headers, side and country of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dealport.model import Origin, Problem
from dealport.reading.columns.field_names import DEAL_FIELDS, PROFILE_FIELDS, kind_of_word
from dealport.reading.columns.synonyms import header_key

_ENDS = frozenset({"ticket_min", "ticket_max", "raising_min", "raising_max", "currency"})
_SIDES = ("startup", "investor")
FIELDS = PROFILE_FIELDS | DEAL_FIELDS | _ENDS


def told_columns(settings: Mapping[str, object] | None, name: str) -> dict[str, str]:
    """Field of each header, by `header_key`, for the file of this name: ``[columns]``, then the file's own table."""
    told: dict[str, str] = {}
    own = (settings or {}).get(name)
    for table in (settings, own if isinstance(own, Mapping) else None):
        told |= {header_key(header): field for header, field in _pairs(table) if field in FIELDS or not field}
    return told


def told_side(settings: Mapping[str, object] | None, name: str) -> str:
    """``startup`` or ``investor`` where ``as`` says so of the file of this name, or of all; else ""."""
    side = kind_of_word(_told_text(settings, name, "as"))
    return side if side in _SIDES else ""


def told_country(settings: Mapping[str, object] | None, name: str) -> str:
    """The word for the country of the rows of the file of this name, or of all, that name none; else ""."""
    return _told_text(settings, name, "country")


def _told_text(settings: Mapping[str, object] | None, name: str, key: str) -> str:
    for table in ((settings or {}).get(name), settings):
        value = table.get(key) if isinstance(table, Mapping) else None
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def told_countries(settings: Mapping[str, object]) -> list[str]:
    """Every word that stands for the country of rows, of all files or of one."""
    tables = [settings, *(table for table in settings.values() if isinstance(table, Mapping))]
    return [value for table in tables if isinstance(value := table.get("country"), str) and value.strip()]


def faults_of_columns(settings: Mapping[str, object], origin: Origin) -> list[Problem]:
    """A fault for each field that is none, each side that is none, and a country that is no text."""
    tables = [settings, *(table for table in settings.values() if isinstance(table, Mapping))]
    return [
        *_faults_of_fields(tables, origin),
        *(fault for table in tables for fault in _faults_of_lists(table, origin)),
    ]


def _faults_of_lists(table: Mapping[str, object], origin: Origin) -> Iterator[Problem]:
    side, country = table.get("as", "startup"), table.get("country", "")
    if not isinstance(side, str) or kind_of_word(side) not in _SIDES:
        yield Problem(origin.place("as"), "as", f"{side!r} is no side", 'write as = "startup" or "investor"')
    if not isinstance(country, str):
        yield Problem(origin.place("country"), "country", f"{country!r} is no country", 'write country = "KR"')


def _faults_of_fields(tables: Sequence[Mapping[str, object]], origin: Origin) -> list[Problem]:
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
