"""One event file that the user names: of whatever name, wherever it lies, whether or not it says what it is."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from dealport.model import InputError, Row, UsageError
from dealport.reading.formats.json_files import read_json_contents
from dealport.reading.formats.toml_files import read_toml_contents
from dealport.reading.formats.walking import find_files
from dealport.reading.rows.sorting import sort_rows
from dealport.reading.tables.contents import UnreadableError
from dealport.reading.tables.limits import TEXT_BYTES_MAX
from dealport.reading.tables.opening import read_bytes, shown

# An event has tables in it, so that a row of a spreadsheet is none, whatever the sheet is called.
SUFFIXES = frozenset({".toml", ".json"})


def is_event_file(path: str) -> bool:
    """Whether an event can be read from a file of this name."""
    return Path(path).suffix.casefold() in SUFFIXES


def read_event_file(path: Path) -> Row:
    """The one event of a file; it need not say ``kind = "event"``.

    Raises:
        UsageError: There is no such file, or it is no TOML or JSON.
        InputError: It can't be read, or holds no event, or several.
    """
    label = shown(path)
    if not os.path.lexists(path):
        raise UsageError(f"{label}: no such file")
    if not is_event_file(label):
        raise UsageError(f"{label}: an event is a file ending in .toml or .json (`dealport new event NAME` writes one)")
    found, problems = find_files([path])
    if [one.path for one in found] != [path]:
        raise InputError(f"{label}: this event can't be read", problems)
    file = replace(found[0], folders=("event",))
    read = read_json_contents if path.suffix.casefold() == ".json" else read_toml_contents
    try:
        rows = sort_rows(read(read_bytes(path, limit=TEXT_BYTES_MAX), label), file)
    except UnreadableError as error:
        raise InputError(f"{label}: this event can't be read", [error.problem(label)]) from error
    faults = [problem for problem in rows.problems if problem.severity == "fault"]
    if len(rows.events) != 1 or faults:
        told = "this event can't be read" if faults else f"{len(rows.events) or 'no'} events in it, where one is wanted"
        raise InputError(f"{label}: {told}", faults)
    return rows.events[0]
