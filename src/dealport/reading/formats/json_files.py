"""JSON and JSON Lines: a list of objects, ``{"startups": [...]}``, one object, or an object a line; with lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from dealport.model import Origin, Problem
from dealport.reading.columns.field_names import PROFILE_FIELDS, field_of_header, is_own_output, kind_of_word
from dealport.reading.formats.decoding import decode
from dealport.reading.formats.toml_files import is_array_of_profiles
from dealport.reading.tables.contents import Contents, Group, Record, UnreadableError

_BLANK = re.compile(r"[ \t\n\r]*")
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]\n]', re.DOTALL)
_SCHEMA_PARTS = frozenset({"$defs", "definitions", "properties"})
_COLON = re.compile(r"[ \t\n\r]*:")


def read_json_contents(data: bytes, path: str) -> Contents:
    """The records of a JSON file.

    Raises:
        UnreadableError: broken JSON or encoding, with its line.
    """
    text = decode(data)
    start = _blank_end(text, 0)
    if text[start : start + 1] == "[":
        return _read_list(text, start, path)
    value, end = _whole_object(text, start)
    if _is_not_a_profile(value):
        return Contents()
    if is_own_output(value):
        return Contents((Group((Record(value),), alone=True),))
    if (wrapped := _wrapped_list(value)) and not kind_of_word(str(value.get("kind"))):
        begin = next(begin for key, _, begin, _ in _members(text, start) if key == wrapped)
        return _read_list(text, begin, path, wrapped)
    if not any(is_array_of_profiles(key, part) for key, part in value.items()) or kind_of_word(str(value.get("kind"))):
        return Contents(
            (Group((Record(value, 0, _key_lines(text, start, end, 1)),), split_lists=True, alone=True),)
            if value
            else ()
        )
    return _read_arrays(text, start, path)


def read_json_object(data: bytes) -> dict[str, object]:
    """The one object that a JSON file holds, as it stands.

    Raises:
        UnreadableError: broken JSON or encoding, with its line, or no object.
    """
    text = decode(data)
    return _whole_object(text, _blank_end(text, 0))[0]


def read_jsonl_contents(data: bytes, path: str) -> Contents:
    """The records of a file with one JSON object on each line; a broken line is a fault and the rest is read."""
    records, problems = [], []
    for line, text in enumerate(decode(data).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            value, end = _decode_value(text, _blank_end(text, 0))
            if _blank_end(text, end) != len(text):
                _fail("more text after the object", text, end)
            if not isinstance(value, dict):
                _fail("not an object", text, 0)
            records.append(Record(value, line))
        except UnreadableError as error:
            problems.append(UnreadableError(error.message, "write one JSON object a line", line).problem(path))
    return Contents((Group(tuple(records), split_lists=True),) if records else (), tuple(problems), len(problems))


def _whole_object(text: str, start: int) -> tuple[dict[str, object], int]:
    """The object that begins at `start`, and where it ends; nothing but blanks may follow."""
    value, end = _decode_value(text, start)
    if _blank_end(text, end) != len(text):
        _fail("more text after the end", text, end)
    if not isinstance(value, dict):
        _fail("holds neither an object nor a list of objects", text, start)
    return value, end


def _wrapped_list(value: dict[str, object]) -> str:
    """The key of the one list of objects that a vendor wraps, ``{"count": 50, "results": [...]}``; "" of any other."""
    if any(is_array_of_profiles(key, part) for key, part in value.items()) or any(
        field_of_header(key) in PROFILE_FIELDS for key in value
    ):
        return ""
    lists = [
        key
        for key, part in value.items()
        if isinstance(part, list) and part and all(isinstance(one, dict) for one in part)
    ]
    return lists[0] if len(lists) == 1 else ""


def _read_list(text: str, start: int, path: str, word: str = "") -> Contents:
    records, problems = [], []
    line, counted, end = 1, 0, start
    for value, begin, end in _elements(text, start):
        if value is _END:
            break
        line += text.count("\n", counted, begin)
        counted = begin
        if isinstance(value, dict):
            records.append(Record(value, line, _key_lines(text, begin, end, line)))
        else:
            problems.append(Problem(Origin(path, line).place(), "", "not an object", 'write {"name": ...}'))
    if not word and _blank_end(text, end) != len(text):
        _fail("more text after the list", text, end)
    return Contents(
        (Group(tuple(records), word=word, split_lists=True),) if records else (), tuple(problems), len(problems)
    )


def _read_arrays(text: str, start: int, path: str) -> Contents:
    """The arrays of ``{"startups": [...], "investors": [...]}``."""
    groups, problems, n_refused = [], [], 0
    for key, value, begin, end in _members(text, start):
        line = text.count("\n", 0, begin) + 1
        if not is_array_of_profiles(key, value) and not (kind_of_word(key) and isinstance(value, list)):
            problems.append(
                Problem(Origin(path, line).place(), key, "belongs to no list of profiles: left out", severity="warning")
            )
        elif isinstance(value, dict):
            groups.append(Group((Record(value, line, _key_lines(text, begin, end, line)),), word=key, split_lists=True))
        else:
            contents = _read_list(text, begin, path, key)
            groups += contents.groups
            problems += contents.problems
            n_refused += contents.n_refused
    return Contents(tuple(groups), tuple(problems), n_refused)


_END = object()


def _elements(text: str, start: int) -> Iterator[tuple[object, int, int]]:
    """(value, begin, end) of each element of the array at `start`; last (_END, end, end)."""
    position = _blank_end(text, start + 1)
    more = text[position : position + 1] != "]"
    while more:
        value, end = _decode_value(text, position)
        yield value, position, end
        position, more = _after_value(text, end, "]")
    yield _END, position + 1, position + 1


def _members(text: str, start: int) -> Iterator[tuple[str, object, int, int]]:
    """(key, value, begin, end) of each member of the object at `start`, which is known to be valid."""
    position = _blank_end(text, start + 1)
    more = True
    while more:
        key, end = _decode_value(text, position)
        begin = _blank_end(text, _blank_end(text, end) + 1)
        value, end = _decode_value(text, begin)
        yield str(key), value, begin, end
        position, more = _after_value(text, end, "}")


def _after_value(text: str, end: int, closing: str) -> tuple[int, bool]:
    """Where the next value begins and True after a comma; where the closing bracket stands and False."""
    position = _blank_end(text, end)
    mark = text[position : position + 1]
    if mark not in {",", closing}:
        _fail(f"a comma or {closing} is missing", text, position)
    return (_blank_end(text, position + 1), True) if mark == "," else (position, False)


class _TwiceError(ValueError):
    """A key stands twice in an object."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"the field {twice[:40]!a} stands twice in one object")
    return members


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def _decode_value(text: str, start: int) -> tuple[object, int]:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        _fail(error.msg[:1].lower() + error.msg[1:], text, error.pos)
    except _TwiceError as error:
        _fail(str(error), text, start)
    except RecursionError:
        _fail("values inside values, too deep to read", text, start)
    except ValueError:  # whole numbers of more than 4,300 figures
        _fail("holds a number too large to read", text, start)
    return value, end


def _fail(message: str, text: str, position: int) -> NoReturn:
    line = text.count("\n", 0, position) + 1
    raise UnreadableError(f"broken JSON: {message}", "mend the line, or write the file again", line)


def _blank_end(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _key_lines(text: str, begin: int, end: int, line: int) -> dict[str, int]:
    """Key to line, for an object that lies on several lines."""
    lines: dict[str, int] = {}
    if text.find("\n", begin, end) < 0:
        return lines
    depth = 0
    for mark in _MARK.finditer(text, begin, end):
        if mark[0] == "\n":
            line += 1
        elif mark[0] in "{[":
            depth += 1
        elif mark[0] in "}]":
            depth -= 1
        elif depth == 1 and _COLON.match(text, mark.end()):
            lines.setdefault(str(json.loads(mark[0], strict=False)), line)
    return lines


def _is_not_a_profile(value: dict[str, object]) -> bool:
    """True for a JSON Schema (``dealport schema > schema.json``); a profile may name the schema it follows."""
    return "$schema" in value and not value.keys().isdisjoint(_SCHEMA_PARTS)
