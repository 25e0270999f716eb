"""The plain twin of `dealport.words.finding`: every end of every start, the farthest first, without an automaton."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dealport.words.chinese import simplify_each
from dealport.words.excluding import Mention, clauses, excluded_mentions, text_words
from dealport.words.finding import FoundText
from dealport.words.lexicon import Entry
from dealport.words.normalising import clean, fold, has_han, has_kana, squeeze
from dealport.words.resolving import SectorResolver
from dealport.words.sectors import AGNOSTIC
from dealport.words.splitting import Atom, fillers, is_latin, split_known

LONGEST = 40  # atoms of the longest known words
ATOM = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f]+|[^\s\-_\u2010-\u2015]")
WORD = re.compile("[0-9a-z\u00df-\u024f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3&]+")
SCRIPTS = (re.compile("[\uac00-\ud7a3]+"), re.compile("[\u30a1-\u30fa\u30fc]+"))
SILENT = frozenset(fillers()) | {squeeze(fold(word)) for word in text_words()["prose"]}
PARTICLES = frozenset(text_words()["particle"])


def slow_find(text: str, resolver: SectorResolver) -> FoundText:
    """What `find_sectors` gives."""
    safe = unicodedata.normalize("NFKC", clean(re.sub(r"[\r\n]+", " ; ", text)))
    mentions: dict[tuple[str, str], None] = {}
    excluded: dict[tuple[str, str], None] = {}
    for clause in clauses(safe):
        found = tuple(Clause(clause, resolver, is_chinese=has_han(safe) and not has_kana(safe)).mentions())
        barred = excluded_mentions(clause, found)
        for mention in found:
            if mention in barred and mention.is_narrower:
                continue
            for sector in mention.sectors:
                (excluded if mention in barred else mentions)[sector, mention.words] = None
    return FoundText(tuple(mentions), tuple(excluded))


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

    def mentions(self) -> Iterator[Mention]:
        last = 0
        for start in range(len(self.texts)):
            if start < last or not self.may_start(start):
                continue
            for end in range(min(len(self.texts), start + LONGEST), start, -1):
                entry = self.known(start, end)
                if entry is None or not self.may_end(end):
                    continue
                last = self.chained = end
                words = self.words(start, end)
                sectors = tuple(sector for sector in entry.sectors if sector != AGNOSTIC)
                if sectors:
                    narrower = entry.relation == "narrower"
                    yield Mention(sectors, words, self.spans[start][0], self.spans[end - 1][1], narrower)
                break

    def words(self, start: int, end: int) -> str:
        return self.clause[self.spans[start][0] : self.spans[end - 1][1]]

    def known(self, start: int, end: int) -> Entry | None:
        """The word of these atoms, as typed, in Simplified characters, or but for English endings."""
        texts, key, simple = self.texts[start:end], "".join(self.texts[start:end]), "".join(self.simple[start:end])
        if not all(WORD.fullmatch(text) for text in texts) or len(key) < 2 or key in SILENT:
            return None
        lexicon = self.vocabulary.lexicon
        entry = lexicon.get(key) or lexicon.get(simple) or self.stemmed(texts)
        return entry if entry is not None and self.counts(entry, self.words(start, end)) else None

    def stemmed(self, texts: list[str]) -> Entry | None:
        if not all(map(is_latin, texts)):
            return None
        return self.vocabulary.look_up([Atom(text, spaced=True) for text in texts])

    def counts(self, entry: Entry, words: str) -> bool:
        if entry.relation in ("ambiguous", "generic") or squeeze(fold(entry.word)) in SILENT:
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
