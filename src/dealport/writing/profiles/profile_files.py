"""Records of profiles to files: a folder of TOML, or one table by suffix; never over what is there unless told."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from dealport.model import RequestError, UsageError
from dealport.words.names import slug
from dealport.writing.profiles.profile_records import DEAL_COLUMNS, FIELDS, Record, Value
from dealport.writing.safety import LONGEST_CELL, csv_cell
from dealport.writing.whole_files import check_free, write_whole

TABLE_SUFFIXES = (".csv", ".xlsx", ".json", ".jsonl", ".parquet")
SHEETS: Mapping[str, str] = {"startup": "Startups", "investor": "Investors"}
ALWAYS = ("kind", "id", "name", "country")
# Names that mean something in a folder of profiles.
_SETTINGS = frozenset({"weights", "sectors", "columns"})

Rows = Sequence[Sequence[str]]


def is_folder(out: Path) -> bool:
    """Whether profiles go to a folder; raises UsageError for a suffix that is none of a table's."""
    if out.is_dir() or not out.suffix:
        return True
    if out.suffix.lower() not in TABLE_SUFFIXES:
        known = " ".join(TABLE_SUFFIXES)
        raise UsageError(f"{out}: can't tell the format from its name; end it in one of {known}, or name a folder")
    return False


def check_place(out: Path, *, force: bool) -> None:
    """Raise RequestError where something is in the way of `out`: a file, or a folder that is not empty."""
    if not is_folder(out):
        check_free(out, force=force)
    elif out.exists() and not out.is_dir():
        raise RequestError(f"{out}: it is a file; name a folder, or end it in one of {' '.join(TABLE_SUFFIXES)}")
    elif out.is_dir() and not force and any(out.iterdir()):
        raise RequestError(f"{out}: the folder is not empty; give --force to write into it")


def write_folder(records: Sequence[Record], deals: Sequence[Record], folder: Path) -> list[Path]:
    """One TOML file a profile under startups/ and investors/, and deals.csv; the places written."""
    texts: dict[Path, str] = {}
    taken: set[tuple[str, str]] = set()
    for record in records:
        kind = str(record["kind"])
        stem = _free_stem(str(record["id"]), kind, taken)
        texts[folder / f"{kind}s" / f"{stem}.toml"] = toml_text(record, stem)
    try:
        for place in (folder, *sorted({path.parent for path in texts})):
            place.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():  # thousands of files: each is put in place whole, none waits for the disk
            part = path.with_name(f".{path.stem[:40]}.part")
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(path)
    except OSError as error:
        raise RequestError(f"{folder}: can't write it: {error.strerror or error}") from error
    if deals:
        _write(folder / "deals.csv", csv_text(DEAL_COLUMNS, _cells(deals, DEAL_COLUMNS)).encode(), force=True)
    return [folder]


def write_table(records: Sequence[Record], deals: Sequence[Record], path: Path, *, force: bool) -> list[Path]:
    """One table of both sides by the path's suffix, and the deals beside it; the places written."""
    columns = [name for name in FIELDS if name in ALWAYS or any(name in record for record in records)]
    suffix, written = path.suffix.lower(), [path]
    if suffix == ".csv":
        content = csv_text(columns, _cells(records, columns)).encode()
    elif suffix == ".xlsx":
        content = _workbook(records, columns)
    elif suffix == ".parquet":
        content = _parquet(columns, _cells(records, columns))
    elif suffix == ".jsonl":
        content = "".join(json.dumps(_plain(record), ensure_ascii=False) + "\n" for record in records).encode()
    else:
        sides = {kind: [_plain(one) for one in records if one["kind"] == kind] for kind in SHEETS}
        content = (json.dumps(sides, ensure_ascii=False, indent=2) + "\n").encode()
    beside = path.with_name(f"{path.stem}-deals.csv")
    if deals:
        check_free(beside, force=force)
    _write(path, content, force=force)
    if deals:
        _write(beside, csv_text(DEAL_COLUMNS, _cells(deals, DEAL_COLUMNS)).encode(), force=force)
        written.append(beside)
    return written


def toml_text(record: Record, stem: str) -> str:
    """One profile as TOML; its id stands only where it is not the file's name."""
    lines = [f"{name} = {_toml(value)}\n" for name, value in record.items() if name != "id" or value != stem]
    return "".join(lines)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a text that looks like a formula gets the apostrophe that our reader takes off."""
    import csv

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([csv_cell(cell) for cell in header])
    writer.writerows([csv_cell(cell) if cell else "" for cell in row] for row in rows)
    return stream.getvalue()


def workbook_of(sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """Sheets of texts, a header in bold above each; the same input gives the same bytes.

    Raises:
        RequestError: A text is longer than a cell may be.
    """
    from datetime import datetime

    import xlsxwriter

    from dealport.writing.sheets import OPTIONS

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 7)})  # never the clock
        bold = workbook.add_format({"bold": True})
        for name, (header, rows) in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, cell in enumerate(header):
                sheet.write_string(0, column, cell, bold)
            for line, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if len(cell) > LONGEST_CELL:
                        raise RequestError(
                            f"a text of {len(cell):,} characters fits no cell of a workbook: choose .csv"
                        )
                    if cell:
                        sheet.write_string(line, column, cell)
    return stream.getvalue()


def _write(path: Path, content: bytes, *, force: bool) -> None:
    with write_whole(path, force=force) as stream:
        stream.write(content)


def _workbook(records: Sequence[Record], columns: Sequence[str]) -> bytes:
    sides = {kind: [one for one in records if one["kind"] == kind] for kind in SHEETS}
    sheets = {}
    for kind, side in sides.items():
        used = [name for name in columns if name in ALWAYS or any(name in one for one in side)]
        if side or not any(sides.values()):
            sheets[SHEETS[kind]] = (used, _cells(side, used))
    return workbook_of(sheets)


def _parquet(columns: Sequence[str], rows: Rows) -> bytes:
    from dealport.writing.flat_tables import Table, TableColumn
    from dealport.writing.parquet import parquet_bytes

    return parquet_bytes(Table(tuple(map(TableColumn, columns)), [tuple(cell or None for cell in row) for row in rows]))


def _cells(records: Iterable[Record], columns: Sequence[str]) -> list[list[str]]:
    return [[_cell(record.get(name, "")) for name in columns] for record in records]


def _cell(value: Value) -> str:
    """A list's words are parted by ``;``: a word that holds such a mark itself gets a comma for it."""
    if isinstance(value, tuple):
        return "; ".join(word.replace(";", ",").replace("|", ",") for word in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def _plain(record: Record) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()}


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _free_stem(profile_id: str, kind: str, taken: set[tuple[str, str]]) -> str:
    """A name for a profile's file: its id made safe, told from others whatever the case and form of letters."""
    safe = slug(profile_id)
    stem, number = (f"{safe}-1" if safe in _SETTINGS else safe), 1
    while (kind, _same_file(stem)) in taken:
        number += 1
        stem = f"{safe[:70]}-{number}"
    taken.add((kind, _same_file(stem)))
    return stem


def _same_file(stem: str) -> str:
    return os.path.normcase(unicodedata.normalize("NFKD", stem.casefold()))
