"""The headers that vendors and organisers write, in ten languages, and what each means on each side."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pkgutil import get_data

from msgspec import Struct

from dealport.reading.columns.field_names import without_invisible

# Where two languages write the same characters with two meanings, the first here wins.
_LANGUAGES = ("en", "ko", "zh", "zh_hant", "ja", "es", "pt", "fr", "de", "ru")
_IN_BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*\*?\s*$")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_NOT_KEPT = re.compile(r"[\W_]+")
_NOT_KEPT_IN_LINES = re.compile(r"[^\w\n]+")
_NOT_IN_UNITS = re.compile(r"[\s.,:：;]+|단위|单位|單位|単位")
# "Société", "Societe"; the marks of kana and Hangul stand elsewhere.
_ACCENTS = re.compile("[\u0300-\u036f]")
_HALVES = re.compile(r"\s*[/／|｜·\n]\s*|\s+[-–—]\s+")
_UNIT_WORDS_MAX = 3
_CODE_AT_END = re.compile(r"[\s_-]([A-Z]{3}|usd|eur|krw|cny|rmb|jpy|gbp)\s*$")


class HeaderMeaning(Struct, frozen=True):
    """What a header means.

    Attributes:
        header: The spelling that stands first in the data.
        targets: ``startup``, ``investor`` and ``deal`` to the field on that side; ``-`` to leave it out. A field with
            ``!`` goes before the plain one, one with ``~`` after it, where several columns mean the same.
        tells: The side whose lists have such a column; with ``?`` where lists of the other side may have it too.
        spellings: All that stand in the data beside it.
    """

    header: str
    targets: Mapping[str, str]
    tells: str
    spellings: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def header_key(header: str) -> str:
    """What two spellings of one header have in common: letters and figures, without case, width and accents.

    A header without letters ("#") stands as it is.
    """
    folded = _without_accents(header)
    return _NOT_KEPT.sub("", folded) or folded.strip()


def header_keys(headers: Sequence[str]) -> list[str]:
    """``header_key`` of each of many headers, all in one go: 2,400 in a sixth of the time."""
    lines = _without_accents("\n".join(header.replace("\n", " ") for header in headers))
    keys = [key.replace("_", "") for key in _NOT_KEPT_IN_LINES.sub("", lines).split("\n")]
    return [key or header_key(header) for key, header in zip(keys, headers, strict=True)] if headers else []


def _without_accents(text: str) -> str:
    folded = unicodedata.normalize("NFKC", without_invisible(text)).casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", folded)))


@cache
def load_meanings() -> Mapping[str, HeaderMeaning]:
    """Every known header by its key."""
    known: list[HeaderMeaning] = []
    for language in _LANGUAGES:
        for row in _rows(f"headers_{language}.csv"):
            targets = {side: row[side] for side in ("startup", "investor", "deal")}
            spellings = tuple(row["header"].split("|"))
            known += (HeaderMeaning(header, targets, row["tells"], spellings) for header in spellings)
    meanings: dict[str, HeaderMeaning] = {}
    for key, meaning in zip(header_keys([one.header for one in known]), known, strict=True):
        meanings.setdefault(key, meaning)
    return meanings


@lru_cache(maxsize=8192)
def header_meaning(header: str) -> HeaderMeaning | None:
    """What a header means, with or without what stands in brackets at its end, or told twice: "Company / 기업명"."""
    meanings = load_meanings()
    key = header_key(header)
    if key in meanings:
        return meanings[key]
    bare = header_key(bare_header(header))
    return meanings.get(bare) if bare in meanings else _meaning_of_halves(header)


def _meaning_of_halves(header: str) -> HeaderMeaning | None:
    """What the halves of a header mean where they agree; of two languages one known half is enough."""
    halves = [half for half in _HALVES.split(header) if half]
    known = [meaning for half in halves if (meaning := load_meanings().get(header_key(half)))]
    if len(halves) < 2 or not known:
        return None
    if len(known) < len(halves):
        return known[0] if len({half.isascii() for half in halves}) > 1 else None
    agreed = [side for side in known[0].targets if len({one.targets[side].rstrip("!~") for one in known}) == 1]
    return known[0] if any(known[0].targets[side] != "-" for side in agreed) else None


def bare_header(header: str) -> str:
    """The header without what stands in brackets at its end."""
    return _IN_BRACKETS.sub("", header)


def without_unit(header: str) -> str:
    """The header without what stands in brackets, but where that is an end of a range: "Ticket size (min)"."""
    return _BRACKETS.sub(lambda found: f" {found[1]}" if part_of_range(found[1]) else " ", header)


def header_unit(header: str) -> str:
    """How an amount under a header is meant: ``USD {}M`` for "Ticket size (USD m)"; "" where it does not say."""
    units = [_units().get(_unit_key(text), "") for text in _BRACKETS.findall(header)]
    code = _CODE_AT_END.search(header)  # "funding_total_usd", "Total raised EUR"
    units += [_units().get(_unit_key(code[1]), "")] if code else []
    return next(filter(None, reversed(units)), "")


@lru_cache(maxsize=4096)
def split_unit(header: str) -> tuple[str, str]:
    """A header and the unit among its words: ``("Ticket min", "EUR {}M")`` for "Ticket EUR m min"; "" where none is."""
    words = header.split()
    for length in range(_UNIT_WORDS_MAX, 0, -1):
        for start in range(1, len(words) - length + 1):
            unit = _units().get(_unit_key(" ".join(words[start : start + length])), "")
            if unit:
                return " ".join([*words[:start], *words[start + length :]]).rstrip(" -,:/"), unit
    return header, ""


@lru_cache(maxsize=4096)
def side_of_word(word: str) -> str:
    """``startup``, ``investor`` or ``neither`` for what a participant is called ("VC", "Press"); "" when unknown.

    "Startup / Scaleup" is a startup: the words within count where they agree; an "Investor; Mentor" is an investor.
    """
    sides = _words("sides.csv", "side")
    key = header_key(word)
    if not key or key in sides:
        return sides.get(key, "")
    parts = {sides.get(header_key(part), "") for part in re.split(r"[/,;|()（）、·&:]| - ", word)} - {""}
    found = parts - {"neither"} or parts
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def answer_of(cell: str) -> str:
    """``yes`` or ``no`` for a cell of a yes/no column; "" for any other text."""
    return _answers().get(unicodedata.normalize("NFKC", cell).strip().casefold(), "")


def part_of_range(word: str) -> str:
    """``low`` or ``high`` for "min", 최대 and the like; else ""."""
    return _words("parts.csv", "part").get(header_key(word), "")


def request_field(header: str) -> str:
    """``from``, ``to`` or ``rank`` for what such a column of requests is called ("Requester", 희망기업); else ""."""
    words = _words("requests.csv", "field")
    return words.get(header_key(header)) or words.get(header_key(bare_header(header)), "")


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
    listed = {_unit_key(unit): row["amount"] for row in _rows("units.csv") for unit in row["unit"].split("|")}
    return _made_units() | listed


def _made_units() -> dict[str, str]:
    """Every currency and scale in the orders people write: "$000s", "in thousands", "k€", "USD mn", "in € millions"."""
    parts = [
        (row["part"], row["amount"], _unit_key(word))
        for row in _rows("unit_parts.csv")
        for word in row["words"].split("|")
    ]
    scales = [(amount, word) for part, amount, word in parts if part == "scale"]
    made = {key: f"USD {{}}{scale}" for scale, word in scales for key in (word, f"in{word}")}
    for part, currency, word in parts:
        if part == "currency":
            made |= dict.fromkeys((word, f"in{word}"), f"{currency} {{}}")
            for scale, times in scales:
                keys = (
                    word + times,
                    times + word,
                    f"in{word}{times}",
                    f"in{times}{word}",
                    f"{times}of{word}",
                    f"in{times}of{word}",
                )
                made |= dict.fromkeys(keys, f"{currency} {{}}{scale}")
    return made


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
