"""A word taken apart into known words: "AI반도체", "智能网联汽车赛道", "robots for agriculture".

Every character must be covered by a known word or a filler. A known word with something unknown left over is no find:
광업 (mining) does not stand in 광고업 (advertising).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, cast

from msgspec import Struct

from dealport.words.normalising import fold, is_han, is_hangul, squeeze
from dealport.words.sectors.lexicon import WordEntry
from dealport.words.shipped import read_rows

Kind = Literal["known", "filler", "weak", "qualifier", "joiner", "list", "stranger", "tech", "digital"]

# Fewest known words first ("smart city" is one, not "smart" and "city"); fillers are cheaper than words. A stranger is
# made of sector words and is none: "social security", "paper trading".
_COST: Mapping[str, float] = {
    "known": 1.0,
    "stranger": 1.0,
    "weak": 0.9,
    "qualifier": 0.7,
    "digital": 0.7,
    "tech": 0.6,
    "filler": 0.6,
    "joiner": 0.5,
    "list": 0.1,
}
MAX_ATOMS = 60
"""Longer words are prose, not words; splitting grows with length."""
_MAX_PIECE = 24

_ATOM = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f]+|\S")
_KATAKANA = re.compile("[\u30a0-\u30ff]+")
_LATIN = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f]+")
# Two known katakana words in a run must be this long each: バイオ|リン is a violin.
_MIN_KATAKANA = 3


class Atom(Struct, frozen=True):
    """What is never taken apart: a Latin word or number, or one character of another script.

    Attributes:
        spaced: Whether a space stands before it.
    """

    text: str
    spaced: bool


class Piece(Struct, frozen=True):
    """One known word or filler of a word.

    Attributes:
        text: As typed, folded.
        entry: What it stands for; None for a filler.
    """

    text: str
    kind: Kind
    entry: WordEntry | None


Lookup = Callable[[Sequence[Atom]], WordEntry | None]


@lru_cache(maxsize=4096)  # what stands beside a word in texts is often the same
def atoms_of(folded: str) -> tuple[Atom, ...]:
    """The atoms of a folded word, in order."""
    return tuple(
        Atom(found.group(), spaced and n == 0)
        for spaced, token in ((n > 0, token) for n, token in enumerate(folded.split(" ")))
        for n, found in enumerate(_ATOM.finditer(token))
    )


def is_latin(atom: str) -> bool:
    """Whether an atom is a Latin word or a number."""
    return _LATIN.fullmatch(atom) is not None


def split_known(atoms: Sequence[Atom], lookup: Lookup) -> tuple[Piece, ...] | None:
    """The cheapest way to cover all `atoms` with known words and fillers; None when there is none."""
    if not atoms or len(atoms) > MAX_ATOMS:
        return None
    best: list[tuple[float, int, Piece | None] | None] = [(0.0, 0, None), *([None] * len(atoms))]
    for start in range(len(atoms)):
        reached = best[start]
        if reached is None:
            continue
        for end in _ends(atoms, start):
            piece = _piece(atoms, start, end, lookup)
            if piece is None:
                continue
            cost = reached[0] + _COST[piece.kind]
            old = best[end]
            # The earlier start wins ties, so that the last word, of which a compound is a kind, is the longest.
            if old is None or cost < old[0]:
                best[end] = (cost, start, piece)
    return _walk_back(best)


def _walk_back(best: Sequence[tuple[float, int, Piece | None] | None]) -> tuple[Piece, ...] | None:
    pieces: list[Piece] = []
    end = len(best) - 1
    while end:
        step = best[end]
        if step is None or step[2] is None:
            return None
        pieces.append(step[2])
        end = step[1]
    return tuple(reversed(pieces))


def _ends(atoms: Sequence[Atom], start: int) -> range:
    """Where a piece from `start` may end: no longer than the longest known words."""
    return range(start + 1, min(len(atoms), start + _MAX_PIECE) + 1)


def _piece(atoms: Sequence[Atom], start: int, end: int, lookup: Lookup) -> Piece | None:
    span = atoms[start:end]
    text = "".join(atom.text for atom in span)
    kind = fillers().get(text)
    if kind is not None and _may_fill(atoms, start, end, text, kind):
        return Piece(text, kind, lookup(span) if kind == "weak" else None)
    if not _may_stand(atoms, start, end, text):
        return None
    entry = lookup(span)
    if entry is None:
        return None
    return Piece(text, "known" if entry.relation != "generic" else "weak", entry)


def _may_fill(atoms: Sequence[Atom], start: int, end: int, text: str, kind: Kind) -> bool:
    """A filler of one Korean syllable or Chinese character only where an ending or particle can stand."""
    if len(text) > 1 or not (is_han(text) or is_hangul(text)):
        return _ends_katakana(atoms, start, end, text)
    if start == 0 or end - start != 1:
        return False
    if is_hangul(text):
        return end == len(atoms) or atoms[end].spaced or (kind == "list" and atoms[start].spaced)
    return True


def _may_stand(atoms: Sequence[Atom], start: int, end: int, text: str) -> bool:
    """A known word of one character stands alone or not at all; katakana words are not cut short."""
    if len(text) == 1 and (is_han(text) or is_hangul(text)):
        alone_before = start == 0 or atoms[start].spaced
        return alone_before and (end == len(atoms) or atoms[end].spaced)
    return _ends_katakana(atoms, start, end, text)


def _ends_katakana(atoms: Sequence[Atom], start: int, end: int, text: str) -> bool:
    if not _KATAKANA.fullmatch(text) or len(text) >= _MIN_KATAKANA:
        return True
    before = start > 0 and not atoms[start].spaced and _KATAKANA.fullmatch(atoms[start - 1].text)
    after = end < len(atoms) and not atoms[end].spaced and _KATAKANA.fullmatch(atoms[end].text)
    return not (before or after)


@cache
def fillers() -> Mapping[str, Kind]:
    """Lookup key to kind for every filler; the earlier line of the file holds."""
    kinds: dict[str, Kind] = {}
    for word, kind in read_rows("fillers.csv"):
        kinds.setdefault(squeeze(fold(word)), cast("Kind", kind))
    return kinds
