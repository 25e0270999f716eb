"""Sector words inside free text.

The longest match goes first. A match inside another word does not count: Latin words must be whole, Korean words may
carry particles, runs of katakana must be covered whole, Chinese words have two characters or more. What a text wants
and what it excludes: `dealport.words.prose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dealport.words.chinese import simplify_each
from dealport.words.lookup.cues import cue_words
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.lookup.spotting import Squeezed
from dealport.words.normalising import fold
from dealport.words.prose.exclusions import Mention
from dealport.words.sectors.graph import AGNOSTIC
from dealport.words.sectors.lexicon import WordEntry

_LONGEST_REST = 16  # characters that may follow a find inside one Korean or katakana word
_LONGEST_ABBREVIATION = 4
_ABBREVIATION = re.compile(r"[A-Z0-9][A-Za-z0-9&+]{0,4}")

_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")


def find_words(clause: str, resolver: SectorResolver, *, is_chinese: bool) -> Iterator[Mention]:
    """The mentions of one sentence, in their order, none overlapping; whether each counts is for `prose.reading`."""
    folded = clause.lower()
    if len(folded) != len(clause):
        clause = folded
    squeezed = Squeezed(folded)
    simple = simplify_each(squeezed.key) if is_chinese else squeezed.key
    spots = resolver.vocabulary.spotter.spots(squeezed, simple)
    finder = _Finder(clause, squeezed, resolver)
    last = 0
    for start in sorted(spots):
        if start < last or not finder.may_start(start):  # inside the last find, or inside a word
            continue
        for end in sorted(spots[start], reverse=True):
            mention = finder.mention(start, end, spots[start][end])
            if mention is not None:
                last = finder.chained = end
                if mention.sectors:
                    yield mention
                break


class _Finder:
    """Says of places in one clause whether a known word stands there.

    Attributes:
        chained: Where the last find ended: inside one Korean or katakana word the next may begin here.
    """

    def __init__(self, clause: str, squeezed: Squeezed, resolver: SectorResolver) -> None:
        self.chained = -1
        self._clause = clause
        self._squeezed = squeezed
        self._key = squeezed.key
        self._vocabulary = resolver.vocabulary

    def may_start(self, start: int) -> bool:
        """Not inside a Korean word or a katakana run, unless a find ended here."""
        if start == self.chained or self._squeezed.is_spaced(start):
            return True
        here, before = self._key[start], self._key[start - 1]
        return not any(script.match(here) and script.match(before) for script in (_HANGUL, _KATAKANA))

    def mention(self, start: int, end: int, key: str) -> Mention | None:
        """The known word from `start` to before `end`; None where it is cut out of a word or says nothing."""
        if key in self._vocabulary.phrases:
            return Mention((), "", start, end, key)
        entry = self._vocabulary.lexicon.get(key) if self._may_end(end) else None
        if entry is None:
            return None
        first, last = self._squeezed.place(start), self._squeezed.place(end - 1) + 1
        if self._key[end - 1] == "&" and self._clause[last - 1] != "&":
            last += 2  # it was "and"
        words = self._clause[first:last]
        sectors = tuple([sector for sector in entry.sectors if sector != AGNOSTIC])
        if not _counts(entry, words):
            return None
        of = entry.relation
        return Mention(sectors, words, first, last, key, of == "narrower", of == "generic", of == "ambiguous")

    def _may_end(self, end: int) -> bool:
        """What is left of a Korean word is particles, of a katakana run known words."""
        if end == len(self._key) or self._squeezed.is_spaced(end):
            return True
        before, here = self._key[end - 1], self._key[end]
        if _HANGUL.match(before) and _HANGUL.match(here):
            rest = self._rest(end, _HANGUL)
            return rest in _particles() or self._covered(rest)
        if _KATAKANA.match(before) and _KATAKANA.match(here):
            return self._vocabulary.covers(self._rest(end, _KATAKANA))
        return True

    def _covered(self, rest: str) -> bool:
        """Whether known words and fillers, and a particle at the end, cover the rest of a Korean word."""
        for cut in range(len(rest), max(0, len(rest) - 4), -1):
            tail = rest[cut:]
            if (not tail or tail in _particles()) and self._vocabulary.covers(rest[:cut]):
                return True
        return False

    def _rest(self, end: int, script: re.Pattern[str]) -> str:
        """The characters of one script that follow a find without a space."""
        last = min(end + _LONGEST_REST, self._squeezed.next_spaced(end + 1))
        found = script.match(self._key, end, last)
        return found[0] if found else ""


def _counts(entry: WordEntry, words: str) -> bool:
    """Whether a known word counts as it is written: "it" is not IT, "or an" is not O-RAN."""
    if len(words) > _LONGEST_ABBREVIATION + 1:
        return True
    if " " in words and fold(words) != fold(entry.word):
        return False
    return len(words) > _LONGEST_ABBREVIATION or not (words.islower() and _ABBREVIATION.fullmatch(entry.word))


@cache
def _particles() -> frozenset[str]:
    return frozenset(cue_words()["particle"])
