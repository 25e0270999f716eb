"""The plain twin of `dealport.words.prose.finding`: every end of every start, the farthest first, without an index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealport.words.chinese import simplify_each
from dealport.words.lookup.cues import cue_words
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.normalising import fold, squeeze
from dealport.words.prose.exclusions import Mention
from dealport.words.sectors.compounds import Atom, fillers, is_latin, split_known
from dealport.words.sectors.graph import AGNOSTIC
from dealport.words.sectors.lexicon import WordEntry

LONGEST = 40  # atoms of the longest known words
ATOM = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f]+|[^\s\-_\u2010-\u2015]")
WORD = re.compile("[0-9a-z\u00df-\u024f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3&]+")
SCRIPTS = (re.compile("[\uac00-\ud7a3]+"), re.compile("[\u30a1-\u30fa\u30fc]+"))
PARTICLES = frozenset(cue_words()["particle"])


def slow_find(text: str, resolver: SectorResolver, *, is_chinese: bool) -> list[Mention]:
    """What `find_words` gives."""
    return [mention for mention in Clause(text, resolver, is_chinese=is_chinese).mentions() if mention.sectors]


class Clause:
    """One clause as atoms: Latin words and numbers, and single characters of other scripts."""

    def __init__(self, clause: str, resolver: SectorResolver, *, is_chinese: bool) -> None:
        folded = clause.lower()
        self.clause = clause if len(folded) == len(clause) else folded
        self.vocabulary = resolver.vocabulary
        self.spans = [found.span() for found in ATOM.finditer(folded)]
        texts = [folded[start:end] for start, end in self.spans]
        self.texts = ["&" if text == "and" else text for text in texts]
        self.simple = [simplify_each(text) for text in self.texts] if is_chinese else self.texts
        self.chained = -1
        plain = {key for key in fillers() if key not in self.vocabulary.lexicon}
        self.silent = (plain | {squeeze(fold(word)) for word in cue_words()["never"]}) - self.vocabulary.phrases

    def mentions(self) -> Iterator[Mention]:
        last = 0
        for start in range(len(self.texts)):
            if start < last or not self.may_start(start):
                continue
            for end in range(min(len(self.texts), start + LONGEST), start, -1):
                key = self.key(start, end)
                if key in self.vocabulary.phrases:
                    last = self.chained = end
                    break
                entry = self.vocabulary.lexicon.get(key)
                if entry is None or not self.may_end(end) or not self.counts(entry, self.words(start, end)):
                    continue
                last = self.chained = end
                yield self.mention(start, end, key, entry)
                break

    def mention(self, start: int, end: int, key: str, entry: WordEntry) -> Mention:
        return Mention(
            tuple(sector for sector in entry.sectors if sector != AGNOSTIC),
            self.words(start, end),
            self.spans[start][0],
            self.spans[end - 1][1],
            key,
            is_narrower=entry.relation == "narrower",
            is_generic=entry.relation == "generic",
            is_ambiguous=entry.relation == "ambiguous",
        )

    def words(self, start: int, end: int) -> str:
        return self.clause[self.spans[start][0] : self.spans[end - 1][1]]

    def key(self, start: int, end: int) -> str:
        """The key of the word of these atoms, as typed, in Simplified characters, or with other English endings."""
        texts, key, simple = self.texts[start:end], "".join(self.texts[start:end]), "".join(self.simple[start:end])
        if not all(WORD.fullmatch(text) for text in texts) or len(key) < 2:
            return ""
        for form in (key, simple):
            if form in self.vocabulary.phrases or self.tells(form):
                return form
            if form == key and self.is_silent(key):
                return ""
        stemmed = self.stemmed(texts)
        return stemmed if stemmed and self.tells(stemmed) else ""

    def is_silent(self, key: str) -> bool:
        return key in self.silent or key in self.vocabulary.lexicon

    def tells(self, key: str) -> bool:
        entry = self.vocabulary.lexicon.get(key)
        return entry is not None and bool(entry.sectors) and key not in self.silent

    def stemmed(self, texts: list[str]) -> str:
        """The key of the known English word with the same stems; "" where there is none."""
        if not all(map(is_latin, texts)):
            return ""
        entry = self.vocabulary.look_up([Atom(text, spaced=True) for text in texts])
        return squeeze(fold(entry.word)) if entry else ""

    def counts(self, entry: WordEntry, words: str) -> bool:
        if len(words) < 6 and " " in words and fold(words) != fold(entry.word):
            return False
        is_abbreviation = re.fullmatch(r"[A-Z0-9][A-Za-z0-9&+]{0,4}", entry.word)
        return not (is_abbreviation and words.islower() and len(words) <= 4)

    def is_spaced(self, place: int) -> bool:
        return place == 0 or self.spans[place][0] != self.spans[place - 1][1]

    def may_start(self, start: int) -> bool:
        if start == self.chained or self.is_spaced(start):
            return True
        pair = self.texts[start], self.texts[start - 1]
        return not any(script.match(pair[0]) and script.match(pair[1]) for script in SCRIPTS)

    def may_end(self, end: int) -> bool:
        hangul, katakana = (self.rest(end, script) for script in SCRIPTS)
        if hangul:
            return hangul in PARTICLES or any(
                (cut == len(hangul) or hangul[cut:] in PARTICLES) and self.covered(hangul[:cut])
                for cut in range(max(1, len(hangul) - 3), len(hangul) + 1)
            )
        return not katakana or self.covered(katakana)

    def covered(self, rest: str) -> bool:
        atoms = [Atom(character, spaced=False) for character in rest]
        return split_known(atoms, self.vocabulary.look_up) is not None

    def rest(self, end: int, script: re.Pattern[str]) -> str:
        """Up to 16 characters of the script that follow a find in the same script without a space."""
        last = end
        if script.match(self.texts[end - 1]):
            while last < min(end + 16, len(self.texts)) and not self.is_spaced(last) and script.match(self.texts[last]):
                last += 1
        return "".join(self.texts[end:last])
