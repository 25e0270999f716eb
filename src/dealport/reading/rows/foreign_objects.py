"""JSON arrays in a vendor's own keys: turned into the table that the same rows would be in CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dealport.model import Origin
from dealport.reading.columns.field_names import DEAL_FIELDS, PROFILE_FIELDS, field_of_header
from dealport.reading.columns.mapping import is_known_header, is_name_header
from dealport.reading.columns.synonyms import header_key, header_meaning
from dealport.reading.tables.cell_columns import hold_rows
from dealport.reading.tables.contents import Group, RawTable, Record
from dealport.reading.tables.values import faults_of

# Of an object within a list ("investors": [{"name": "Harbor"}]) the member that names it.
_NAMING = ("name", "title", "label", "value", "text")
# Lists and objects further inside are taken as one text.
_DEPTH_MAX = 3


def foreign_table(group: Group, told: Mapping[str, str]) -> RawTable | None:
    """The records of a JSON array as a table; None where they are in Dealport's own words, or in words nobody knows.

    `told` is the user's columns.toml, by `header_key`.
    """
    if not group.split_lists or not group.records:
        return None
    keys = _keys(record.fields for record in group.records)
    fields = {field_of_header(key) for key in keys}
    is_own = group.alone and "name" in fields
    if is_own or not any(_is_foreign(key, told) for key in keys):
        return None
    broken = {record.line: faults[0] for record in group.records if (faults := faults_of(record, Origin("")))}
    flat = [(record.line, _flat(record, keys)) for record in group.records if record.line not in broken]
    headers = _keys(fields for _, fields in flat)
    rows = [(line, [fields.get(header, "") for header in headers]) for line, fields in flat if any(fields.values())]
    return RawTable(
        hold_rows([(0, headers), *rows]),
        broken=tuple((line, f"{one.field}: {one.message}", one.cure) for line, one in broken.items()),
        typed=True,
    )


def _is_foreign(key: str, told: Mapping[str, str]) -> bool:
    """Whether a key is none of Dealport's fields but known as a vendor's header, or by columns.toml."""
    field = field_of_header(key)
    if field in PROFILE_FIELDS or field in DEAL_FIELDS:
        return False
    meaning = header_meaning(key)
    return header_key(key) in told or (
        meaning is not None and any(not target.startswith("-") for target in meaning.targets.values())
    )


def _keys(objects: Iterator[Mapping[str, object]] | Sequence[Mapping[str, object]]) -> list[str]:
    """Every key once, in the order they come."""
    keys: dict[str, None] = {}
    for one in objects:
        if not one.keys() <= keys.keys():
            keys |= dict.fromkeys(one)
    return list(keys)


def _flat(record: Record, keys: Sequence[str]) -> dict[str, str]:
    """The texts of a record's cells; the members of an object in it have columns of their own."""
    flat: dict[str, str] = {}
    for key, value in record.fields.items():
        if isinstance(value, Mapping):
            for inner, member in value.items():
                flat.setdefault(_inner_header(key, str(inner), keys), _text(member, _DEPTH_MAX))
        else:
            flat[key] = _text(value, _DEPTH_MAX)
    return flat


def _inner_header(key: str, inner: str, keys: Sequence[str]) -> str:
    """``company name`` for the name of a company, ``country`` for that of a location, which has no header itself."""
    both = f"{key} {inner}"
    is_clear = is_known_header(inner) and not is_name_header(inner) and inner not in keys
    return inner if is_clear and not is_known_header(both) else both


def _text(value: object, depth: int) -> str:
    """A value as the cell of a table: lists by ``;``, numbers in full, yes and no."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, Mapping):
        named = next((value[name] for name in _NAMING if value.get(name)), None)
        return _text(list(value.values()) if named is None else named, depth - 1) if depth else ""
    if isinstance(value, list | tuple):
        parts = [_text(part, depth - 1).replace(";", ",") for part in value] if depth else []
        return "; ".join(part for part in parts if part.strip())
    return _plain_text(value)


def _plain_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)
