"""Which record is a startup, an investor, a deal, a request or an event, and why one is none of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dealport.files.contents import Contents, Group, Record, problem_at
from dealport.files.fields import (
    LIST_FIELDS,
    OWN_OUTPUT,
    field_of_header,
    is_own_output,
    kind_of_word,
    split_list,
    tell_kind,
    with_field_names,
)
from dealport.files.opening import stem_of
from dealport.files.values import faults_of
from dealport.files.walking import FoundFile
from dealport.model import Origin, Problem, Row

_NO_KIND = (
    "nothing tells whether this is a startup or an investor",
    'write kind = "startup" or "investor", or put the file in a folder startups/ or investors/',
)
_SIDES = ("", "_id")


@dataclass(frozen=True, slots=True)
class SortedRows:
    """The rows of one file by what they are."""

    rows: tuple[Row, ...] = ()
    deals: tuple[Row, ...] = ()
    requests: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_refused: int = 0


def sort_rows(contents: Contents, file: FoundFile) -> SortedRows:
    """The rows of a file.

    The kind is told by, in this order: the record's own ``kind``; the name of its array or sheet; of the file; of the
    folders, innermost first; the fields that only one side has.
    """
    hint = next(filter(None, map(kind_of_word, (stem_of(file.path), *file.folders))), "")
    some_have_names = any("name" in (group.headers or ()) for group in contents.groups)
    sorted_groups = [
        _sort_group(group, file, kind_of_word(group.word) or hint, some_have_names=some_have_names)
        for group in contents.groups
    ]
    return SortedRows(
        rows=tuple(row for group in sorted_groups for row in group.rows),
        deals=tuple(row for group in sorted_groups for row in group.deals),
        requests=tuple(row for group in sorted_groups for row in group.requests),
        events=tuple(row for group in sorted_groups for row in group.events),
        problems=(*contents.problems, *(problem for group in sorted_groups for problem in group.problems)),
        n_refused=contents.n_refused + sum(group.n_refused for group in sorted_groups),
    )


def _sort_group(group: Group, file: FoundFile, hint: str, *, some_have_names: bool) -> SortedRows:
    """The rows of one table or array, whose name, file and folders hint at their kind."""
    here = Origin(file.label, sheet=group.sheet)
    headers = group.headers
    if is_own_output(headers if headers is not None else _first_names(group.records)):
        return SortedRows(problems=(problem_at(here, "", *OWN_OUTPUT, "warning"),))
    hint = hint or _tell_table(headers or _first_names(group.records))
    if headers is not None and "name" not in headers and hint not in {"deal", "request", "event"}:
        return _without_names(group, here, some_have_names=some_have_names)
    hint = hint or tell_kind(headers or ())
    profiles: list[Row] = []
    kinds: dict[str, list[Row]] = {"startup": profiles, "investor": profiles, "deal": [], "request": [], "event": []}
    problems: list[Problem] = []
    unknown: list[Problem] = []
    n_refused = 0
    for record in group.records:
        kind, row, faults = _row_of(record, group, file, hint)
        if faults:
            problems += faults
            n_refused += 1
        elif not kind:
            unknown.append(problem_at(row.origin, "kind", *_NO_KIND))
        else:
            kinds[kind].append(row)
    if headers is not None and len(unknown) == len(group.records) > 0:
        problems.append(problem_at(here, "kind", *_NO_KIND))
    else:
        problems += unknown
    deals, requests, events = (tuple(kinds[kind]) for kind in ("deal", "request", "event"))
    return SortedRows(tuple(profiles), deals, requests, events, tuple(problems), n_refused + len(unknown))


def _row_of(record: Record, group: Group, file: FoundFile, hint: str) -> tuple[str, Row, Sequence[Problem]]:
    """The kind of a record ("" when nothing tells it), its row, and the faults for which it must be left out."""
    fields, lines = record.fields, record.lines
    twice: tuple[str, ...] = ()
    typed = group.headers is None
    if typed and kind_of_word(str(fields.get("kind", ""))) != "event" and hint != "event":
        fields, twice = with_field_names(fields)
        lines = {field_of_header(name): line for name, line in lines.items()}
        if group.split_lists:
            fields = {name: _split(name, value) for name, value in fields.items() if not _is_blank(value)}
    origin = Origin(file.label, record.line, group.sheet, group.columns, lines)
    faults = [problem_at(origin, name, "stands twice, spelled in two ways", "keep one") for name in twice]
    if not group.plain_text:
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


def _without_names(group: Group, here: Origin, *, some_have_names: bool) -> SortedRows:
    """A table without a ``name`` column: a fault, or a warning where it is a sheet of notes beside real ones."""
    if not group.records:
        return SortedRows()
    shown = ", ".join(map(_typed, (group.headers or ())[:6]))
    message = f"no column is called name; there are {shown}"
    if some_have_names:
        return SortedRows(problems=(problem_at(here, "", f"{message}: left out", "", "warning"),))
    problem = problem_at(here, "name", message, "rename the column that holds the names to name")
    return SortedRows(problems=(problem,), n_refused=len(group.records))


def _tell_table(names: Collection[str]) -> str:
    """``deal`` or ``request`` for a table that has no names of its own but those of two sides; else ""."""
    if "name" in names:
        return ""
    if any(f"startup{end}" in names for end in _SIDES) and any(f"investor{end}" in names for end in _SIDES):
        return "deal"
    return "request" if {"from", "to"} <= set(names) else ""


def _first_names(records: Sequence[Record]) -> list[str]:
    return [field_of_header(name) for name in records[0].fields] if records else []


def _split(name: str, value: object) -> object:
    return split_list(value) if isinstance(value, str) and name in LIST_FIELDS else value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _typed(value: object) -> str:
    """What was typed, short and in quotes."""
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
