"""Paths to rows: every file read by its suffix, its records sorted into profiles, deals, requests and events."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from dealport.model import Kind, Origin, Problem, Row
from dealport.reading.columns.overrides import faults_of_columns
from dealport.reading.formats.decoding import decode
from dealport.reading.formats.toml_files import (
    Settings,
    parse_toml,
    read_toml_contents,
    settings_faults,
    settings_origin,
)
from dealport.reading.formats.walking import FoundFile, find_files
from dealport.reading.rows.sorting import sort_rows
from dealport.reading.tables.accounts import Refused, TableAccount
from dealport.reading.tables.contents import Contents, SortedRows, UnreadableError, together
from dealport.reading.tables.limits import TABLE_BYTES_MAX, TEXT_BYTES_MAX
from dealport.reading.tables.opening import read_bytes

_SETTINGS = ("weights", "sectors", "columns")
# About 15,000 rows; fewer are looked through in 0.02 s.
_MANY_OBJECTS = 100_000


class Reading(Struct, frozen=True):
    """All that lies under some paths.

    Attributes:
        rows: Profiles, by file and line; `Row.kind` is always told, `Row.fields` holds no ``kind``.
        weights: The table of weights.toml; None when there is none. `sectors` and `columns` likewise.
        problems: Every fault and warning, in the order of the files.
        files: Every file read, as the user would type it.
        n_refused: Records that were left out, each with a fault among the problems; a file that can't be read at all
            counts as one.
        tables: The account of each table (CSV, sheet, Parquet), in the order of the files.
        refused: Every row of a table that was not taken; each is counted in `n_refused` too.
    """

    rows: tuple[Row, ...] = ()
    deals: tuple[Row, ...] = ()
    requests: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    weights: Mapping[str, object] | None = None
    weights_origin: Origin | None = None
    sectors: Mapping[str, object] | None = None
    sectors_origin: Origin | None = None
    columns: Mapping[str, object] | None = None
    columns_origin: Origin | None = None
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    n_refused: int = 0
    tables: tuple[TableAccount, ...] = ()
    refused: tuple[Refused, ...] = ()


def read_paths(paths: Sequence[Path], *, side: Kind | None = None, country: str = "") -> Reading:
    """Everything under the paths; what can't be read is a problem, and an empty folder gives no rows.

    `side` is what every profile of a table is, where the row does not tell its own; `country` that of rows that name
    none.

    Raises:
        UsageError: a path that is not there.
    """
    found, problems = find_files(paths)
    settings, settings_problems = _read_settings([file for file in found if _settings_name(file)])
    weights, sectors, columns = (settings.get(name) for name in _SETTINGS)
    told = columns.table if columns else None
    with garbage_left_alone():
        parts = [_read_file(file, side or "", country, told) for file in found if not _settings_name(file)]
        read = together(parts, [*problems, *settings_problems])
    return Reading(
        rows=read.rows,
        deals=read.deals,
        requests=read.requests,
        events=read.events,
        weights=weights.table if weights else None,
        weights_origin=weights.origin if weights else None,
        sectors=sectors.table if sectors else None,
        sectors_origin=sectors.origin if sectors else None,
        columns=told,
        columns_origin=columns.origin if columns else None,
        problems=read.problems,
        files=tuple(file.label for file in found),
        n_refused=read.n_refused,
        tables=read.tables,
        refused=read.refused,
    )


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """No collector while rows are made: nothing of them is garbage, and looking takes half the time of 70,000 rows.

    So many are kept out of its sight afterwards too: they stay to the end, and each look would take 0.2 s.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > _MANY_OBJECTS:
                gc.freeze()
            gc.enable()


def _settings_name(file: FoundFile) -> str:
    """``weights``, ``sectors`` or ``columns`` for such a file; else ""."""
    name = file.path.name.casefold()
    return next((setting for setting in _SETTINGS if name == f"{setting}.toml"), "")


def _read_settings(files: Sequence[FoundFile]) -> tuple[dict[str, Settings], list[Problem]]:
    settings: dict[str, Settings] = {}
    problems: list[Problem] = []
    for file in files:
        name = _settings_name(file)
        try:
            text = decode(read_bytes(file.path, limit=TEXT_BYTES_MAX))
            table = parse_toml(text)
        except UnreadableError as error:
            problems.append(error.problem(file.label))
            continue
        faults = settings_faults(table, text, file.label)
        if name == "columns":
            faults = (*faults, *faults_of_columns(table, Origin(file.label)))
        problems += faults
        if name in settings:
            first = settings[name].origin.path
            problems.append(Problem(file.label, "", f"a second {name}.toml: {first} is used", "keep one"))
        elif not faults:
            settings[name] = Settings(table, settings_origin(text, file.label))
    return settings, problems


def _read_file(file: FoundFile, side: str, country: str, columns: Mapping[str, object] | None) -> SortedRows:
    suffix = file.path.suffix.casefold()
    limit = TEXT_BYTES_MAX if suffix in {".toml", ".json"} else TABLE_BYTES_MAX
    try:
        contents = _reader_of(suffix)(read_bytes(file.path, limit=limit), file.label)
    except UnreadableError as error:
        return SortedRows(problems=(error.problem(file.label),), n_refused=1)
    return sort_rows(contents, file, side=side, country=country, columns=columns)


def _reader_of(suffix: str) -> Callable[[bytes, str], Contents]:
    """The reader of a suffix; those of tables are imported only when there is one."""
    if suffix == ".toml":
        return read_toml_contents
    if suffix in {".json", ".jsonl"}:
        from dealport.reading.formats.json_files import read_json_contents, read_jsonl_contents

        return read_json_contents if suffix == ".json" else read_jsonl_contents
    if suffix == ".xlsx":
        from dealport.reading.formats.workbooks import read_workbook_contents

        return read_workbook_contents
    from dealport.reading.formats.csv_tables import read_csv_contents
    from dealport.reading.formats.parquet_tables import read_parquet_contents

    return read_csv_contents if suffix == ".csv" else read_parquet_contents
