"""Every known sector word and what it stands for: the package's word lists, the labels, and the user's own words.

Reading and looking up only; how an unknown word is taken apart is the business of `dealport.words.lookup.resolving`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeGuard

from dealport.words.normalising import lookup_keys
from dealport.words.sectors.graph import SectorGraph
from dealport.words.sectors.own_sectors import RELATIONS
from dealport.words.shipped import read_data

WORD_FILES = ("words_en.csv", "words_ko.csv", "words_zh.csv", "words_zh_hant.csv", "words_ja.csv", "words_wholes.csv")
# Well-known wholes whose parts say something else, in all languages: each holds against the other lists.
_WHOLES = "words_wholes.csv"

# Where two lists disagree on a word, the stronger relation holds, then the earlier list (own words and labels first).
_STRENGTH = {relation: strength for strength, relation in enumerate(RELATIONS)}

Line = str
"""A line of a word file, parsed when it is asked for: parsing 48,000 would take 60 ms of every start."""


class WordEntry(NamedTuple):
    """What a known word stands for.

    Attributes:
        word: As the list writes it.
        sectors: Sector ids; empty for a generic word that says nothing.
        relation: exact, narrower (a kind of the sector), compound (several at once), ambiguous (only with context) or
            generic (too wide to count in free text).
    """

    word: str
    sectors: tuple[str, ...]
    relation: str


class Lexicon:
    """All words known for one graph, by lookup key (`dealport.words.normalising.squeeze`)."""

    def __init__(self, graph: SectorGraph) -> None:
        # Labels, the user's own words and what was asked for stand before the package's 48,000, which aren't copied.
        self._lines = _package_words()
        labels = [(label, name, "exact") for name, sector in graph.sectors.items() for label in sector.labels.values()]
        self._entries = _strongest(labels)
        self._entries.update(_strongest(graph.own_words))

    def get(self, key: str) -> WordEntry | None:
        """What the word with this key stands for; None when it is not known."""
        entry = self._entries.get(key)
        if entry is None and (line := self._lines.get(key)) is not None:
            entry = self._entries[key] = _parse(line)
        return entry

    def spelled(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Word and sectors (``|`` between) of each key, which are known: 10,000 in 5 ms where entries take 20."""
        return [
            (row.partition(",")[0], row.split(",")[1]) if _is_plain(row) else _spelled(row)
            for row in map(self._row, keys)
        ]

    def has_sector(self, key: str) -> bool:
        """Whether the word with this key is known and stands for a sector: "company" doesn't."""
        row = self._entries.get(key) or self._lines.get(key)
        return row is not None and not _says_nothing(row)

    def own_keys(self) -> frozenset[str]:
        """The keys that are not among the package's words: labels and the user's own words."""
        return frozenset(key for key in self._entries if key not in self._lines)

    def __contains__(self, key: str) -> bool:
        return key in self._entries or key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows())

    def __len__(self) -> int:
        return len(self._rows())

    def _rows(self) -> dict[str, Line | WordEntry]:
        return {**self._lines, **self._entries}

    def _row(self, key: str) -> Line | WordEntry:
        return self._entries.get(key) or self._lines[key]


def keys_file(name: str) -> str:
    """The file with the lookup keys of a word file, a line each, in its order.

    Made once, as making 48,000 takes 50 ms of every start; a test holds them to their words and writes them anew.
    """
    return name.replace("words_", "keys_").replace(".csv", ".txt")


def make_keys(lines: Iterable[str]) -> list[str]:
    """The lookup keys of the lines of a word file."""
    return lookup_keys([_parse(line).word for line in lines])


def is_whole(key: str) -> bool:
    """Whether the word with this key is a whole whose parts mislead: "financial health" is no health care."""
    return key in _wholes()


@cache
def _wholes() -> frozenset[str]:
    return frozenset(read_data(keys_file(_WHOLES)).splitlines())


@cache
def _package_words() -> Mapping[str, Line]:
    known: dict[str, Line] = {}
    for name in WORD_FILES:
        lines = read_data(name).rstrip("\n").split("\n")[1:]  # twice as fast as splitlines
        keys = read_data(keys_file(name)).rstrip("\n").split("\n")
        earlier = {} if name == _WHOLES else {key: known[key] for key in keys if key in known}
        known.update(zip(keys, lines, strict=True))  # a file says each word once
        known.update((key, line) for key, line in earlier.items() if _strength(line) <= _strength(known[key]))
    return known


def _is_plain(row: Line | WordEntry) -> TypeGuard[Line]:
    """Whether a row is a line without quotes."""
    return isinstance(row, Line) and row[0] != '"'


def _spelled(row: Line | WordEntry) -> tuple[str, str]:
    entry = _parse(row) if isinstance(row, Line) else row
    return entry.word, "|".join(entry.sectors)


def _relation(row: Line | WordEntry) -> str:
    return row.rpartition(",")[2] if isinstance(row, Line) else row.relation


def _says_nothing(row: Line | WordEntry) -> bool:
    """Whether a word stands for no sector: "company"."""
    return ",," in row if isinstance(row, Line) else not row.sectors


def _strength(line: Line) -> int:
    return _STRENGTH[_relation(line)]


def _parse(line: Line) -> WordEntry:
    word, sectors, relation = next(csv.reader([line])) if line[0] == '"' else line.split(",")
    return WordEntry(word, tuple(sectors.split("|")) if sectors else (), relation)


def _strongest(words: Iterable[tuple[str, str, str]]) -> dict[str, WordEntry]:
    """Key to entry for (word, sector, relation); of two with one key the stronger relation, then the earlier."""
    weakest_first = list(words)
    weakest_first.reverse()
    weakest_first.sort(key=lambda row: -_STRENGTH[row[2]])
    entries = [WordEntry(word, (sector,), relation) for word, sector, relation in weakest_first]
    return dict(zip(lookup_keys([entry.word for entry in entries]), entries, strict=True))
