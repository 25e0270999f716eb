"""TOML files: one profile, many as ``[[startup]]`` and ``[[investor]]``, or settings; with the line of every key."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.model import InputError, Origin, Problem, UsageError
from dealport.reading.columns.field_names import kind_of_word
from dealport.reading.formats.decoding import decode
from dealport.reading.tables.contents import Contents, Group, Record, UnreadableError
from dealport.reading.tables.limits import TEXT_BYTES_MAX
from dealport.reading.tables.opening import read_bytes, shown
from dealport.reading.tables.values import faults_of

if TYPE_CHECKING:
    import tomli

Section = tuple[str, int]  # name of a top-level table and its number in the array, from 0; ("", 0) for the top itself

_PART = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_PART})[ \t]*(\.?)")
_KEY = re.compile(rf"[ \t]*({_PART})[ \t]*(?:\.[ \t]*{_PART}[ \t]*)*=")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r"|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)
# Nearly every array: plain words on one line. It saves looking at each of its marks.
_ONE_LINE_ARRAY = re.compile(
    r"""[ \t]*[A-Za-z0-9_-]+[ \t]*=[ \t]*\[(?:[^"'#\[\]{}\n]|"[^"\\\n]*")*\][ \t\r]*(?:#.*)?"""
)
_UNESCAPED = re.compile(r"[A-Za-z0-9_-]+")


class Settings(Struct, frozen=True):
    """The table of a settings file; its origin has the line of every key, those inside the tables too."""

    table: Mapping[str, object]
    origin: Origin


def read_toml(path: Path) -> Mapping[str, object]:
    """The table of one settings file; raises as `read_settings` does."""
    return read_settings(path).table


def read_settings(path: Path) -> Settings:
    """One settings file.

    Raises:
        UsageError: there is no such file.
        InputError: it can't be read, is broken, or holds NaN or infinities; with file, line and cure.
    """
    label = shown(path)
    if not os.path.lexists(path):
        raise UsageError(f"{label}: no such file")
    try:
        text = decode(read_bytes(path, limit=TEXT_BYTES_MAX))
        table = parse_toml(text)
    except UnreadableError as error:
        problem = error.problem(label)
        raise InputError(f"{label}: these settings can't be used", [problem]) from error
    problems = settings_faults(table, text, label)
    if problems:
        raise InputError(f"{label}: these settings can't be used", problems)
    return Settings(table, settings_origin(text, label))


def read_toml_contents(data: bytes, path: str) -> Contents:
    """The profiles of a TOML file.

    Raises:
        UnreadableError: the encoding, or broken TOML, with its line.
    """
    text = decode(data)
    table = parse_toml(text)
    lines = key_lines(text)
    arrays = {key: value for key, value in table.items() if is_array_of_profiles(key, value)}
    if not arrays or kind_of_word(str(table.get("kind", ""))):
        group = Group((Record(dict(table), 0, _lines_of_all(lines)),), alone=True)
        return Contents((group,) if table else ())
    strays = tuple(
        Problem(Origin(path, lines.get(("", 0), {}).get(key, 0)).place(), key, *_STRAY)
        for key in table
        if key not in arrays
    )
    return Contents(tuple(_array_group(key, value, lines) for key, value in arrays.items()), strays)


_STRAY = ("stands outside the [[...]] tables and belongs to none", "move it into a table")


def settings_faults(table: Mapping[str, object], text: str, path: str) -> tuple[Problem, ...]:
    """Values of a settings file that can't be used, with their lines."""
    return faults_of(Record(dict(table)), Origin(path, lines=key_lines(text).get(("", 0), {})))


def settings_origin(text: str, path: str) -> Origin:
    """Where every key of a settings file stands; of a key that is in several tables the first."""
    lines: dict[str, int] = {}
    for section in key_lines(text).values():  # the top comes first
        for key, line in section.items():
            lines.setdefault(key, line)
    return Origin(path, lines=lines)


def parse_toml(text: str) -> dict[str, object]:
    """The table of a TOML document.

    Raises:
        UnreadableError: broken, nested too deep, or with a number no computer takes.
    """
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise UnreadableError(
            f"broken TOML: {error.msg[:1].lower()}{error.msg[1:]}", _cure(text, error), error.lineno
        ) from error
    except RecursionError as error:
        raise UnreadableError("values inside values, too deep to read", "write a flat profile") from error
    except ValueError as error:  # whole numbers of more than 4,300 figures
        raise UnreadableError("holds a number too large to read", "write the amount as text") from error


def is_array_of_profiles(key: str, value: object) -> bool:
    """True for ``[[startup]]``, ``"investors": [...]`` and the like; an array of plain words is a field."""
    if not kind_of_word(key):
        return False
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(one, dict) for one in value))


def key_lines(text: str) -> dict[Section, dict[str, int]]:
    """For each top-level table the line of its own header (under "") and of each of its keys.

    A light scan of a text that is valid TOML; strings and arrays over several lines are stepped over.
    """
    lines: dict[Section, dict[str, int]] = {("", 0): {}}
    counts: dict[str, int] = {}
    here = lines["", 0]
    nested = False
    for line, statement in _statements(text):
        header = _HEADER.match(statement)
        if header:
            name, nested = _unquoted(header[2]), bool(header[3])
            if not nested:
                counts[name] = counts.get(name, -1) + 1
                here = lines.setdefault((name, counts[name]), {"": line})
            lines["", 0].setdefault(name, line)
        elif not nested and (key := _KEY.match(statement)):
            here.setdefault(_unquoted(key[1]), line)
    return lines


def _lines_of_all(lines: Mapping[Section, Mapping[str, int]]) -> dict[str, int]:
    """Lines of a file that is one record: of ``absent`` in its second ``[[participant]]`` as participant[2].absent."""
    told = dict(lines["", 0])
    for (name, number), keys in lines.items():
        if name:
            told |= {f"{name}[{number + 1}].{key}" if key else f"{name}[{number + 1}]": keys[key] for key in keys}
    return told


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """(line, its text) of every line that begins a statement: not inside a string or an array."""
    position, line = 0, 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        statement = text[position:end]
        yield line, statement
        if _may_go_on(statement):
            end = _end_of_statement(text, position)
            line += text.count("\n", position, end)
        position, line = end + 1, line + 1


def _may_go_on(statement: str) -> bool:
    if '"""' in statement or "'''" in statement:
        return True
    return ("[" in statement or "{" in statement) and not _ONE_LINE_ARRAY.fullmatch(statement)


def _end_of_statement(text: str, position: int) -> int:
    """Position of the newline that ends the statement, all brackets closed."""
    depth = 0
    for token in _TOKEN.finditer(text, position):
        mark = token[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "\n" and depth <= 0:
            return token.start()
    return len(text)


def _unquoted(key: str) -> str:
    if _UNESCAPED.fullmatch(key):
        return key
    return next(iter(parse_toml(f"{key} = 0")))


def _array_group(key: str, value: object, lines: Mapping[Section, Mapping[str, int]]) -> Group:
    tables = value if isinstance(value, list) else [value]
    fallback = lines["", 0].get(key, 0)
    records = []
    for number, fields in enumerate(tables):
        own = lines.get((key, number), {})
        records.append(Record(dict(fields), own.get("", fallback), own))
    return Group(tuple(records), word=key)


def _cure(text: str, error: tomli.TOMLDecodeError) -> str:
    """The likeliest slip on a broken line."""
    line = error.lineno
    if error.msg == "Cannot overwrite a value":
        return "it stands twice: keep one"
    typed = text.split("\n")[line - 1].strip() if 0 < line <= text.count("\n") + 1 else ""
    if any(quote in typed for quote in "“”‘’「」"):
        return 'use straight quotes: "..."'
    if "：" in typed or ("=" not in typed and ":" in typed):
        return 'write name = "value"'
    return 'text stands in "quotes", lists in ["a", "b"]; `dealport new` writes a file to start from'
