"""Where known words may stand in a clause: every place in one pass, by the first characters of all words.

A spot is only likely: whether a word may begin and end there is for `dealport.words.prose.finding` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from dealport.words.sectors.morphology import stem
from dealport.words.shipped import read_data

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from dealport.words.sectors.lexicon import Lexicon

SHORTEST = 2  # a word of one character says too little in a text
# Characters by which a place is looked up: 1.3 lengths of words begin with the same four, of two 2.3, and "in" has 32.
BEGINNINGS = (2, 3, 4)
BEGINNINGS_FILE = "beginnings.txt"
# Clauses from which on an automaton over all words is worth its .15 s; with it a clause takes a quarter of the time.
MANY_CLAUSES = 2000
_N_REMEMBERED = 100_000  # words that are remembered to be known or not

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
        self._lexicon, self._silent, self._phrases = lexicon, silent, phrases
        self._stems = stems
        self._known: dict[str, bool] = {}
        self._n_clauses = 0
        self._beginnings = _Beginnings(lexicon.own_keys() | phrases)
        lengths: dict[str, set[int]] = {}
        for stemmed in stems:
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
        return (word in self._silent or word in self._lexicon) and not self._tells(word)

    def _tells(self, word: str) -> bool:
        """Whether a word may count in a text."""
        return word not in self._silent and self._lexicon.has_sector(word)

    def _is_known(self, word: str) -> bool:
        """Whether a word may be found as it stands; asked once for each."""
        known = self._known.get(word)
        if known is None:
            known = word in self._phrases or self._tells(word)
            known = known and (word.isalnum() or _WORD.fullmatch(word) is not None)
            if len(self._known) < _N_REMEMBERED:
                self._known[word] = known
        return known

    def _exact(self, text: str, tokens: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Start, end and key of each known word in `text`, Latin ones as wholes."""
        self._n_clauses += 1
        if self._n_clauses <= MANY_CLAUSES:
            return self._by_beginnings(text, tokens)
        begins, ends = {start for start, _, _ in tokens}, {end for _, end, _ in tokens}
        words, automaton = self._automaton
        return [
            (start, end, words[n])
            for n, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
            if (start in begins or text[start] >= _EAST) and (end in ends or text[end - 1] >= _EAST)
        ]

    def _by_beginnings(self, text: str, tokens: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """The known words that begin where a Latin one does, or with a letter of the East."""
        ends = {end for _, end, _ in tokens}
        starts = [start for start, _, _ in tokens]
        if not text.isascii():
            starts += [start for start, letter in enumerate(text) if letter >= _EAST]
        is_known, beginnings = self._is_known, self._beginnings
        found = []
        for start in starts:
            lengths_of = beginnings[text[start]].get
            for n in BEGINNINGS:
                for length in _numbers(lengths_of(text[start : start + n], "")):
                    end = start + length
                    word = text[start:end]
                    if len(word) == length and (end in ends or word[-1] >= _EAST) and is_known(word):
                        found.append((start, end, word))
        return found

    @cached_property
    def _automaton(self) -> tuple[list[str], AhoCorasick]:
        from ahocorasick_rs import AhoCorasick

        words = sorted(
            word for word in {*self._lexicon, *self._phrases} if len(word) >= SHORTEST and self._is_known(word)
        )
        return words, AhoCorasick(words)

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
                if length in lengths and (key := self._stems.get(stemmed)) and self._tells(key):
                    found.append((start, end, key))
        return found


class _Beginnings(dict[str, Mapping[str, str]]):
    """First character to the first characters of words to the lengths that words with them have.

    Those of the package's words are read from `BEGINNINGS_FILE`, when their first character is met: to make them took
    50 ms of every start, an automaton over 48,000 words .15 s. They may be of words that don't count.
    """

    def __init__(self, own: Iterable[str]) -> None:
        self._lines = {line[0]: line for line in read_data(BEGINNINGS_FILE).split("\n") if line}
        self._own = make_beginnings(own)

    def __missing__(self, first: str) -> Mapping[str, str]:
        found = _parse_beginnings(self._lines.get(first, ""))
        for begin, lengths in _parse_beginnings(self._own.get(first, "")).items():
            found[begin] = f"{found[begin]} {lengths}" if begin in found else lengths
        self[first] = found
        return found


def make_beginnings(keys: Iterable[str]) -> Mapping[str, str]:
    r"""The lines of `BEGINNINGS_FILE` by their first characters: "智\t智能\t2\t智能手机\t4 6"."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in keys:
        if len(key) >= SHORTEST:
            lengths[key[: BEGINNINGS[-1]]].add(len(key))
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for begin in sorted(lengths):
        lines[begin[0]] += (begin, " ".join(map(str, sorted(lengths[begin]))))
    return {first: "\t".join((first, *parts)) for first, parts in lines.items()}


def _parse_beginnings(line: str) -> dict[str, str]:
    parts = line.split("\t")
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@lru_cache(maxsize=4096)
def _numbers(text: str) -> Sequence[int]:
    return sorted(set(map(int, text.split())))


@lru_cache(maxsize=16384)  # prose says the same words again and again
def _latin_words(piece: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and stem of each Latin word and number in a piece."""
    return tuple((found.start(), found.end(), stem(found.group())) for found in _TOKEN.finditer(piece))
