"""Where known words may stand in a clause: every place in one pass, by the first characters of all words.

A spot is only likely: whether a word may begin and end there is for `dealport.words.prose.finding` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from dealport.words.sectors.morphology import stem

if TYPE_CHECKING:
    from dealport.words.sectors.lexicon import Lexicon

SHORTEST = 2  # a word of one character says too little in a text
# Characters by which a place is looked up: 1.3 lengths of words begin with the same four, of two 2.3, and "in" has 32.
_BEGINNINGS = (2, 3, 4)

_PIECE = re.compile("[^\\s\\-_\u2010-\u2015]+")
_TOKEN = re.compile("[0-9a-z\u00df-\u00f6\u00f8-\u024f]+")
_WORD = re.compile("[0-9a-z\u00df-\u024f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3&]+")
_AND = re.compile("(?<![0-9a-z\u00df-\u00f6\u00f8-\u024f])and(?![0-9a-z\u00df-\u00f6\u00f8-\u024f])")
# Above the last Latin letter, below the letters of the East.
_EAST = "\u3005"


class Squeezed:
    """A folded clause without blanks and hyphens, which two spellings of one word differ in; "and" is "&".

    Attributes:
        key: What is left.
        tokens: Start, end and stem of each run of Latin letters and figures of `key`, a word each.
    """

    def __init__(self, folded: str) -> None:
        if "and" in folded:
            folded = _AND.sub("&  ", folded)  # of one length: places stay
        pieces = _PIECE.findall(folded)
        self.key = "".join(pieces)
        self._folded = folded
        self._starts = list(accumulate(map(len, pieces), initial=0))
        self._spaced = frozenset(self._starts)
        self.tokens = [
            (start + first, start + last, stemmed)
            for start, words in zip(self._starts, map(_latin_words, pieces), strict=False)
            for first, last, stemmed in words
        ]

    def is_spaced(self, start: int) -> bool:
        """Whether a blank or hyphen, or nothing, stands before the character at `start` of `key`."""
        return start in self._spaced

    def next_spaced(self, start: int) -> int:
        """The first place from `start` on that a blank or hyphen stands before, or the end."""
        return self._starts[min(bisect_left(self._starts, start), len(self._starts) - 1)]

    def place(self, start: int) -> int:
        """Where the character at `start` of `key` stands in the clause."""
        piece = bisect_right(self._starts, start) - 1
        return self._offsets[piece] + start - self._starts[piece]

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each piece stands in the clause."""
        return [found.start() for found in _PIECE.finditer(self._folded)]


class Spotter:
    """Finds the spots of all known words of one lexicon."""

    def __init__(
        self, lexicon: Lexicon, stems: Mapping[str, str], silent: frozenset[str], phrases: frozenset[str] = frozenset()
    ) -> None:
        """`stems`: stems of a known English word's tokens to its key.

        `silent`: keys that say nothing in a text; `phrases`: keys of longer words in which no sector word counts.
        """
        telling = set(lexicon.telling())
        telling -= silent
        self._lexicon, self._telling, self._silent = lexicon, telling, silent
        keys = (key for key in telling | phrases if len(key) >= SHORTEST)
        self._known = {key for key in keys if key.isalnum() or _WORD.fullmatch(key)}
        key_lengths: defaultdict[str, set[int]] = defaultdict(set)
        for key in self._known:
            key_lengths[key[: _BEGINNINGS[-1]]].add(len(key))
        # Ready in a third of the time that an automaton over 48,000 words takes; a market has few texts beside them.
        self._key_lengths = {begin: sorted(found) for begin, found in key_lengths.items()}
        self._stems = {stemmed: key for stemmed, key in stems.items() if key in telling}
        lengths: dict[str, set[int]] = {}
        for stemmed in self._stems:
            first, _, rest = stemmed.partition(" ")
            lengths.setdefault(first, set()).add(rest.count(" ") + 2 if rest else 1)
        self._lengths = {first: sorted(found) for first, found in lengths.items()}

    def spots(self, clause: Squeezed, simple: str) -> dict[int, dict[int, str]]:
        """Start to end to the lookup key of each word that may stand there; `simple` is the key in Simplified.

        Exact words go before stems, and the word as typed before its Simplified form: where that says nothing, no other
        form does.
        """
        found: dict[int, dict[int, str]] = {}
        for start, end, known in self._exact(clause.key, clause.tokens):
            found.setdefault(start, {})[end] = known
        others = self._stemmed(clause.tokens)
        if simple != clause.key:
            others += self._exact(simple, clause.tokens)
        for start, end, known in others:
            if not self._is_silent(clause.key[start:end]):
                found.setdefault(start, {}).setdefault(end, known)
        return found

    def _is_silent(self, word: str) -> bool:
        """Whether a word as typed says nothing, and so no form of it: "seed" is ambiguous, though "seeds" is not."""
        return word not in self._telling and (word in self._silent or word in self._lexicon)

    def _exact(self, text: str, tokens: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Start, end and key of each known word in `text`, Latin ones as wholes."""
        ends = {end for _, end, _ in tokens}
        starts = [start for start, _, _ in tokens]
        if not text.isascii():
            starts += [start for start, letter in enumerate(text) if letter >= _EAST]
        known, lengths_of = self._known, self._key_lengths.get
        found = []
        for start in starts:
            for n in _BEGINNINGS:
                for length in lengths_of(text[start : start + n], ()):
                    end = start + length
                    word = text[start:end]
                    if word in known and len(word) == length and (end in ends or word[-1] >= _EAST):
                        found.append((start, end, word))
        return found

    def _stemmed(self, tokens: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Start, end and key of each run of tokens that is a known word but for endings."""
        known = self._lengths
        found = []
        for n in [n for n, token in enumerate(tokens) if token[2] in known]:
            start, end, stemmed = tokens[n]
            lengths = known[stemmed]
            for length in range(1, min(lengths[-1], len(tokens) - n) + 1):
                if length > 1:
                    after, end_after, more = tokens[n + length - 1]
                    if after != end:
                        break
                    stemmed, end = f"{stemmed} {more}", end_after
                if length in lengths and (key := self._stems.get(stemmed)):
                    found.append((start, end, key))
        return found


@lru_cache(maxsize=16384)  # prose says the same words again and again
def _latin_words(piece: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and stem of each Latin word and number in a piece."""
    return tuple((found.start(), found.end(), stem(found.group())) for found in _TOKEN.finditer(piece))
