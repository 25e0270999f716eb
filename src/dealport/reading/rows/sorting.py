"""Which record is a startup, an investor, a deal, a request or an event, and why one is none of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from dealport.model import Origin, Problem, Row
from dealport.reading.columns.field_names import (
    LIST_FIELDS,
    NO_KIND,
    OWN_OUTPUT,
    field_of_header,
    fold_header,
    is_own_output,
    kind_of_word,
    loose_kind,
    split_list,
    tell_kind,
    with_field_names,
)
from dealport.reading.columns.overrides import told_columns, told_country, told_side
from dealport.reading.columns.table_sides import Hints
from dealport.reading.formats.walking import FoundFile
from dealport.reading.rows.cells import with_country
from dealport.reading.rows.foreign_objects import foreign_table
from dealport.reading.rows.row_account import leave_out_own_output, refuse_table, take_table
from dealport.reading.rows.stacked_tables import split_tables
from dealport.reading.rows.table_layouts import Layout, lay_out
from dealport.reading.tables.contents import Contents, Group, RawTable, Record, SortedRows, problem_at, together
from dealport.reading.tables.opening import stem_of
from dealport.reading.tables.values import faults_of

_SIDES = ("", "_id")


def sort_rows(
    contents: Contents,
    file: FoundFile,
    *,
    side: str = "",
    country: str = "",
    columns: Mapping[str, object] | None = None,
) -> SortedRows:
    """The rows of a file.

    The kind of a record is told by, in this order: its own ``kind``; the name of its array; of the file; of the
    folders, innermost first; the fields that only one side has. That of a table's row: see `table_kind`. `side` and
    `country` are what the user says of tables and JSON arrays, `columns` the user's columns.toml.
    """
    name = file.path.name
    hints = Hints(
        named=kind_of_word(stem_of(file.path)),
        side=side or told_side(columns, name),
        folder=next(filter(None, map(kind_of_word, file.folders)), ""),
        country=country or told_country(columns, name),
    )
    told = told_columns(columns, name)
    parts: list[SortedRows] = []
    tables = [(part, _lay_out(part, file, hints, told)) for raw in contents.tables for part in split_tables(raw)]
    for group in contents.groups:
        own = replace(hints, named=kind_of_word(group.word) or hints.named)
        if (raw := foreign_table(group, told)) is not None:
            tables.append((raw, _lay_out(raw, file, own, told)))
        else:
            parts.append(_sort_group(group, file, own))
    some_have_names = any(_has_names(layout) for _, layout in tables)
    parts += [_take(raw, layout, some_have_names=some_have_names) for raw, layout in tables]
    sorted_rows = together(parts, contents.problems)
    return replace(sorted_rows, n_refused=sorted_rows.n_refused + contents.n_refused)


def _lay_out(raw: RawTable, file: FoundFile, hints: Hints, told: Mapping[str, str]) -> Layout:
    stem = stem_of(file.path)
    named = kind_of_word(raw.sheet) or hints.named
    loose = loose_kind(raw.sheet) or loose_kind(stem)
    return lay_out(raw, file.label, told, replace(hints, named=named, loose=loose))


def _has_names(layout: Layout) -> bool:
    return any(column.target == "name" for columns in layout.columns.values() for column in columns)


def _take(raw: RawTable, layout: Layout, *, some_have_names: bool) -> SortedRows:
    """The rows of one table; none of Dealport's own output, or where no column holds names."""
    if is_own_output({fold_header(cell) for cell in layout.headers}):
        return leave_out_own_output(layout)
    if _has_names(layout) or layout.kind in {"deal", "request", "event"}:
        return take_table(raw, layout)
    here = layout.origin(0)
    if not layout.rows(raw):
        return SortedRows()
    shown = ", ".join(_typed(header) for header in [cell for cell in layout.headers if cell][:6])
    message = f"no column is called name; there are {shown}"
    if some_have_names:
        return SortedRows(problems=(problem_at(here, "", f"{message}: left out", "", "warning"),))
    problem = problem_at(here, "name", message, "rename the column that holds the names to name")
    return replace(refuse_table(raw, layout, "no column holds names"), problems=(problem,))


def _sort_group(group: Group, file: FoundFile, hints: Hints) -> SortedRows:
    """The rows of one array, whose name, file and folders hint at their kind, and the user where it is in JSON."""
    names = [field_of_header(name) for name in group.records[0].fields] if group.records else []
    if is_own_output(names):
        return SortedRows(problems=(problem_at(Origin(file.label), "", *OWN_OUTPUT, "warning"),))
    of_array = group.split_lists and not group.alone
    side = hints.side if of_array and tell_kind(names) in ("", hints.side) else ""
    hint = hints.named or _tell_deals(names) or side or hints.folder
    profiles: list[Row] = []
    kinds: dict[str, list[Row]] = {"startup": profiles, "investor": profiles, "deal": [], "request": [], "event": []}
    problems: list[Problem] = []
    n_refused = 0
    for record in group.records:
        kind, row, faults = _row_of(record, group, file, hint)
        if not kind and not faults:
            faults = [problem_at(row.origin, "kind", *NO_KIND)]
        if faults:
            problems += faults
            n_refused += 1
        else:
            kinds[kind].append(_in_country(row, hints.country, kind) if of_array and hints.country else row)
    deals, requests, events = (tuple(kinds[kind]) for kind in ("deal", "request", "event"))
    return SortedRows(tuple(profiles), deals, requests, events, tuple(problems), n_refused)


def _in_country(row: Row, country: str, kind: str) -> Row:
    return replace(row, fields=with_country(dict(row.fields), country, kind))


def _row_of(record: Record, group: Group, file: FoundFile, hint: str) -> tuple[str, Row, Sequence[Problem]]:
    """The kind of a record ("" when nothing tells it), its row, and the faults for which it must be left out."""
    fields, lines = record.fields, record.lines
    twice: tuple[str, ...] = ()
    if kind_of_word(str(fields.get("kind", ""))) != "event" and hint != "event":
        fields, twice = with_field_names(fields)
        lines = {field_of_header(name): line for name, line in lines.items()}
        if group.split_lists:
            fields = {name: _split(name, value) for name, value in fields.items() if not _is_blank(value)}
    origin = Origin(file.label, record.line, lines=lines)
    faults = [problem_at(origin, name, "stands twice, spelled in two ways", "keep one") for name in twice]
    faults += faults_of(record, origin)
    kind = ""
    if "kind" in fields:
        word = fields["kind"]
        fields = {name: value for name, value in fields.items() if name != "kind"}
        kind = kind_of_word(word) if isinstance(word, str) else ""
        if not kind and not _is_blank(word):
            faults.append(problem_at(origin, "kind", f"{_typed(word)} is no kind", 'write "startup" or "investor"'))
    kind = kind or hint or tell_kind(fields)
    side = kind if kind in {"startup", "investor"} else ""
    return kind, Row(side, stem_of(file.path) if group.alone else "", fields, origin), faults


def _tell_deals(names: Collection[str]) -> str:
    """``deal`` or ``request`` for records that have no names of their own but those of two sides; else ""."""
    if "name" in names:
        return ""
    if any(f"startup{end}" in names for end in _SIDES) and any(f"investor{end}" in names for end in _SIDES):
        return "deal"
    return "request" if {"from", "to"} <= set(names) else ""


def _split(name: str, value: object) -> object:
    return split_list(value) if isinstance(value, str) and name in LIST_FIELDS else value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _typed(value: object) -> str:
    """What was typed, short and in quotes."""
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
