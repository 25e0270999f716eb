"""The headers that vendors and organisers write, in five languages, and what each means on each side."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pkgutil import get_data

# Where two languages write the same characters with two meanings, the first here wins.
_LANGUAGES = ("en", "ko", "zh", "zh_hant", "ja")
_IN_BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*\*?\s*$")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_NOT_KEPT = re.compile(r"[\W_]+")
_NOT_IN_UNITS = re.compile(r"[\s.:：]+|단위|单位|單位|単位")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means.

    Attributes:
        header: The spelling that stands first in the data.
        targets: ``startup``, ``investor`` and ``deal`` to the field on that side; ``-`` to leave it out. A field with
            ``!`` goes before the plain one, one with ``~`` after it, where several columns mean the same.
        tells: The side whose lists have such a column; with ``?`` where lists of the other side may have it too.
    """

    header: str
    targets: Mapping[str, str]
    tells: str


@lru_cache(maxsize=8192)
def header_key(header: str) -> str:
    """What two spellings of one header have in common: letters and figures, without case and width."""
    return _NOT_KEPT.sub("", unicodedata.normalize("NFKC", header).casefold())


@cache
def load_meanings() -> Mapping[str, Meaning]:
    """Every known header by its key."""
    meanings: dict[str, Meaning] = {}
    for language in _LANGUAGES:
        for row in _rows(f"headers_{language}.csv"):
            targets = {side: row[side] for side in ("startup", "investor", "deal")}
            for header in row["header"].split("|"):
                meanings.setdefault(header_key(header), Meaning(header, targets, row["tells"]))
    return meanings


@lru_cache(maxsize=8192)
def meaning_of(header: str) -> Meaning | None:
    """What a header means, with or without what stands in brackets at its end."""
    meanings = load_meanings()
    key = header_key(header)
    if key in meanings:
        return meanings[key]
    bare = header_key(bare_header(header))
    return meanings.get(bare) if bare else None


def bare_header(header: str) -> str:
    """The header without what stands in brackets at its end."""
    return _IN_BRACKETS.sub("", header)


def without_unit(header: str) -> str:
    """The header without what stands in brackets, but where that is an end of a range: "Ticket size (min)"."""
    return _BRACKETS.sub(lambda found: f" {found[1]}" if part_of_range(found[1]) else " ", header)


def unit_of(header: str) -> str:
    """How an amount under a header is meant: ``USD {}M`` for "Ticket size (USD m)"; "" where it does not say."""
    units = [_units().get(_unit_key(text), "") for text in _BRACKETS.findall(header)]
    return next(filter(None, reversed(units)), "")


@lru_cache(maxsize=4096)
def side_of_word(word: str) -> str:
    """``startup``, ``investor`` or ``neither`` for what a participant is called ("VC", "Press"); "" when unknown.

    "Startup / Scaleup" is a startup: the words within count where they agree.
    """
    sides = _words("sides.csv", "side")
    key = header_key(word)
    if not key or key in sides:
        return sides.get(key, "")
    parts = {sides.get(header_key(part), "") for part in re.split(r"[/,;|()（）、·&:]| - ", word)} - {""}
    return parts.pop() if len(parts) == 1 else ""


@lru_cache(maxsize=4096)
def answer_of(cell: str) -> str:
    """``yes`` or ``no`` for a cell of a yes/no column; "" for any other text."""
    return _answers().get(unicodedata.normalize("NFKC", cell).strip().casefold(), "")


def part_of_range(word: str) -> str:
    """``low`` or ``high`` for "min", 최대 and the like; else ""."""
    return _words("parts.csv", "part").get(header_key(word), "")


@cache
def _answers() -> Mapping[str, str]:
    return {
        unicodedata.normalize("NFKC", word).casefold(): row["answer"]
        for row in _rows("answers.csv")
        for word in row["words"].split("|")
    }


@cache
def _words(name: str, column: str) -> Mapping[str, str]:
    return {header_key(word): row[column] for row in _rows(name) for word in row["words"].split("|")}


@cache
def _units() -> Mapping[str, str]:
    return {_unit_key(unit): row["amount"] for row in _rows("units.csv") for unit in row["unit"].split("|")}


def _unit_key(unit: str) -> str:
    return _NOT_IN_UNITS.sub("", unicodedata.normalize("NFKC", unit).casefold())


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_columns_data(name).splitlines()))


def read_columns_data(name: str) -> str:
    """The text of one file of ``data/columns``."""
    data = get_data("dealport", f"data/columns/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")
