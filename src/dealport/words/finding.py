"""Sector words inside free text, and which of them a text excludes.

Longest match first. What stands in a word is no find: Latin words are whole, Korean words may carry particles, katakana
runs are covered whole, Chinese words have two characters or more. What is excluded stands in `excluding`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from dealport.words.chinese import character_table
from dealport.words.excluding import Mention, clauses, excluded_mentions, text_words
from dealport.words.lexicon import Entry
from dealport.words.normalising import clean, fold, has_han, has_kana, squeeze
from dealport.words.resolving import SectorResolver
from dealport.words.sectors import AGNOSTIC
from dealport.words.splitting import Atom, fillers, is_latin, split_known

MAX_TEXT = 100_000
"""Characters of a text that are read; the rest is left unread, so that no profile takes more than a second."""

_LONGEST_LATIN = 6  # tokens of the longest known phrases, and characters of other scripts beside them
_LONGEST = 16
_MIN_LENGTH = 2
_ABBREVIATION = re.compile(r"[A-Z0-9][A-Za-z0-9&+]{0,4}")

_ATOM = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f]+|[^\s\-_\u2010-\u2015]")
_WORD_CHARACTER = re.compile("[0-9a-z\u00df-\u024f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3&]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")


@dataclass(frozen=True, slots=True)
class FoundText:
    """Sector words of a text, each sector and wording once, in the order of the text.

    Attributes:
        mentions: Sector id and the words that gave it.
        excluded: The same for what the text says it is not about ("we do not invest in hardware").
    """

    mentions: tuple[tuple[str, str], ...]
    excluded: tuple[tuple[str, str], ...]


def find_sectors(text: str, resolver: SectorResolver) -> FoundText:
    """The sector words of `text`, of which the first `MAX_TEXT` characters are read.

    Ambiguous words, generic ones and those of everyday prose count for nothing here.
    """
    safe = unicodedata.normalize("NFKC", clean(_ends_of_lines(text[:MAX_TEXT])))
    table = {} if has_kana(safe) or not has_han(safe) else character_table(safe)
    mentions: dict[tuple[str, str], None] = {}
    excluded: dict[tuple[str, str], None] = {}
    for clause in clauses(safe):
        found = tuple(_find_in(clause, resolver, table))
        barred = excluded_mentions(clause, found)
        for mention in found:
            target = excluded if mention in barred else mentions
            target.update(dict.fromkeys((sector, mention.words) for sector in mention.sectors))
    return FoundText(tuple(mentions), tuple(excluded))


def _ends_of_lines(text: str) -> str:
    """A line's end parts sentences, as in a list without full stops."""
    return re.sub(r"[\r\n]+", " ; ", text)


def _find_in(clause: str, resolver: SectorResolver, table: dict[int, str]) -> Iterator[Mention]:
    folded = clause.lower()
    if len(folded) != len(clause):
        clause = folded
    finder = _Finder(clause, folded, resolver, table)
    end = 0
    for n in finder.likely_starts():
        if n < end:  # inside the last find
            continue
        found, entry = finder.longest(n)
        if entry is None:
            continue
        end = found
        sectors = tuple(sector for sector in entry.sectors if sector != AGNOSTIC)
        if sectors:
            yield Mention(sectors, finder.words(n, end), finder.starts[n], finder.ends[end - 1])


class _Finder:
    """Looks for known words at each place of one clause.

    Attributes:
        n_atoms: How many atoms it has; `starts` and `ends` tell where they stand in the clause, in characters.
    """

    def __init__(self, clause: str, folded: str, resolver: SectorResolver, table: dict[int, str]) -> None:
        spans = [found.span() for found in _ATOM.finditer(folded)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.n_atoms = len(spans)
        texts = [folded[start:end] for start, end in spans]
        self._texts = ["&" if text == "and" else text for text in texts] if "and" in folded else texts
        self._clause = clause
        self._vocabulary = resolver.vocabulary
        self._lengths = resolver.vocabulary.lengths
        self._places = [0, *accumulate(map(len, self._texts))]
        self._key = "".join(self._texts)
        self._simple = self._key.translate(table) if table else self._key
        self._chained = -1  # where the last find ended: inside one Korean or katakana word the next may begin here

    def words(self, start: int, end: int) -> str:
        """The clause from atom `start` to before atom `end`, as typed."""
        return self._clause[self.starts[start] : self.ends[end - 1]]

    def likely_starts(self) -> Iterator[int]:
        """Atoms at which a known word may begin: nine in ten places of a Chinese text need no closer look."""
        key, simple, lengths = self._key, self._simple, self._lengths
        for n, (place, text) in enumerate(zip(self._places, self._texts, strict=False)):
            if key[place : place + 2] in lengths or is_latin(text) or simple[place : place + 2] in lengths:
                yield n

    def longest(self, start: int) -> tuple[int, Entry | None]:
        """The end and meaning of the longest known word from atom `start`; (start, None) when there is none."""
        for end in self._ends_to_try(start):
            entry = self._known(start, end)
            if entry is not None and _counts(entry, self.words(start, end)) and self._may_end(end):
                self._chained = end
                return end, entry
        return start, None

    def _ends_to_try(self, start: int) -> Sequence[int]:
        """Ends of what may be a known word, the farthest first: up to the next punctuation, as far as words reach."""
        if is_latin(self._texts[start]):
            return range(self._farthest(start, _LONGEST_LATIN), start, -1) if self._may_start(start) else ()
        place = self._places[start]
        head, simple = self._key[place : place + 2], self._simple[place : place + 2]
        lengths = self._lengths.get(head, frozenset())
        if simple != head:
            lengths |= self._lengths.get(simple, frozenset())
        if not lengths or not self._may_start(start):
            return ()
        farthest = self._farthest(start, _LONGEST)
        ends = [end for end in range(farthest, start, -1) if self._places[end] - place in lengths]
        return [end for end in ends if self._is_listed(slice(place, self._places[end]))]

    def _is_listed(self, place: slice) -> bool:
        return self._key[place] in self._vocabulary.lexicon or self._simple[place] in self._vocabulary.lexicon

    def _known(self, start: int, end: int) -> Entry | None:
        place = slice(self._places[start], self._places[end])
        key = self._key[place]
        if len(key) < _MIN_LENGTH or key in _silent():
            return None
        lexicon = self._vocabulary.lexicon
        entry = lexicon.get(key) or lexicon.get(self._simple[place])
        if entry is None and all(map(is_latin, self._texts[start:end])):
            return self._vocabulary.look_up(self._atoms(start, end))
        return entry

    def _atoms(self, start: int, end: int) -> list[Atom]:
        return [Atom(self._texts[n], spaced=self._is_spaced(n)) for n in range(start, end)]

    def _is_spaced(self, place: int) -> bool:
        return place == 0 or self.starts[place] != self.ends[place - 1]

    def _farthest(self, start: int, reach: int) -> int:
        limit = min(self.n_atoms, start + reach)
        end = start
        while end < limit and _WORD_CHARACTER.match(self._texts[end]):
            end += 1
        return end

    def _may_start(self, start: int) -> bool:
        """Not inside a Korean word or a katakana run, unless a find ended here."""
        if start == self._chained or self._is_spaced(start):
            return True
        text, before = self._texts[start], self._texts[start - 1]
        return not any(script.match(text) and script.match(before) for script in (_HANGUL, _KATAKANA))

    def _may_end(self, end: int) -> bool:
        """What is left of a Korean word is particles, of a katakana run known words."""
        rest = self._rest(end, _HANGUL)
        if rest:
            text = "".join(atom.text for atom in rest)
            return text in _particles() or self._covered(rest)
        rest = self._rest(end, _KATAKANA)
        return not rest or split_known(rest, self._vocabulary.look_up) is not None

    def _covered(self, rest: Sequence[Atom]) -> bool:
        """Whether known words and fillers, and a particle at the end, cover the rest of a Korean word."""
        for cut in range(len(rest), max(0, len(rest) - 4), -1):
            tail = "".join(atom.text for atom in rest[cut:])
            if (not tail or tail in _particles()) and split_known(rest[:cut], self._vocabulary.look_up) is not None:
                return True
        return False

    def _rest(self, end: int, script: re.Pattern[str]) -> list[Atom]:
        """The atoms of one script that follow a find without a space; none when the find ended in another script."""
        if not script.match(self._texts[end - 1]):
            return []
        last = end
        while (
            last < min(end + _LONGEST, self.n_atoms) and not self._is_spaced(last) and script.match(self._texts[last])
        ):
            last += 1
        return self._atoms(end, last)


def _counts(entry: Entry, words: str) -> bool:
    """Whether a known word counts in prose: "it" is not IT."""
    if entry.relation in ("ambiguous", "generic"):
        return False
    return not (_ABBREVIATION.fullmatch(entry.word) and words.islower() and len(words) <= 4)


@cache
def _particles() -> frozenset[str]:
    return frozenset(text_words()["particle"])


@cache
def _silent() -> frozenset[str]:
    """Lookup keys of fillers and of words too common in prose to count."""
    return frozenset(fillers()) | {squeeze(fold(word)) for word in text_words()["prose"]}
