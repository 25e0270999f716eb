"""The known word that a misspelt one means, when there is no doubt.

Three alphabets, three measures: letters in Latin, jamo in Hangul (반도채 is one letter from 반도체), katakana with long
vowels and small letters evened out. Chinese words are never corrected: one character makes another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from dealport.words.sectors.morphology import stem
from dealport.words.shipped import read_data

_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f]+")
_HANGUL_WORD = re.compile("[\uac00-\ud7a3]+")
_KATAKANA_WORD = re.compile("[\u30a1-\u30fa\u30fc]+")

# "IA" (AI in Spanish and French) is one edit from "IT", "gold" from "golf": short words must match exactly.
LATIN_MIN = 6
HANGUL_MIN = 3
# One slip in a phrase of which the rest is right may be in a shorter word: "solr power".
PHRASE_TOKEN_MIN = 4
KATAKANA_MIN = 6
# ビール (beer) without its long vowel is ビル (building); コンピュータ and コンピューター are one.
KATAKANA_EVEN_MIN = 5
KATAKANA_TRAILING_MIN = 3
_LONG = "ー"

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶヴヂヅ", "アイウエオツヤユヨワカケブジズ", "ー")
# Sounds that Koreans confuse in writing loan words: 블럭체인 for 블록체인, 핼스케어, 메타버쓰.
_CONFUSED_JAMO = tuple(
    frozenset(pair)
    for pair in (
        ("\u1162", "\u1166"), ("\u1163", "\u1161"), ("\u1167", "\u1165"), ("\u1169", "\u1165"), ("\u1173", "\u116e"),
        ("\u1173", "\u1175"), ("\u116b", "\u116c"), ("\u116b", "\u1170"), ("\u116c", "\u1170"), ("\u1164", "\u1168"),
        ("\u1166", "\u1168"), ("\u1169", "\u116e"), ("\u1174", "\u1175"),
        ("\u1100", "\u110f"), ("\u1100", "\u1101"), ("\u110f", "\u1101"), ("\u1103", "\u1110"), ("\u1103", "\u1104"),
        ("\u1110", "\u1104"), ("\u1107", "\u1111"), ("\u1107", "\u1108"), ("\u1111", "\u1108"), ("\u1109", "\u110a"),
        ("\u110c", "\u110e"), ("\u110c", "\u110d"), ("\u110e", "\u110d"),
        ("\u11a8", "\u11a9"), ("\u11a8", "\u11bf"), ("\u11ae", "\u11ba"), ("\u11ab", "\u11bc"), ("\u11b8", "\u11c1"),
    )
)  # fmt: skip


def latin_limit(length: int) -> int:
    """How many edits a Latin word of this length may be from what it means."""
    if length < LATIN_MIN:
        return 0
    return 1 if length < 9 else 2 if length < 15 else 3


def hangul_limit(syllables: int) -> int:
    """How many jamo a Korean word of this length may be from what it means."""
    if syllables < HANGUL_MIN:
        return 0
    return 1 if syllables < 7 else 2


class TypoIndex:
    """Known words by alphabet, to look for the nearest.

    `words` are lookup keys. A word that is itself known is never looked for here.
    """

    def __init__(self, words: Iterable[str]) -> None:
        # By first letter and length: a slip changes the length by no more than the limit.
        self._latin: dict[tuple[str, int], list[str]] = {}
        self._hangul: dict[tuple[str, int], list[str]] = {}
        self._katakana: dict[str, list[str]] = {}
        self._short: set[str] = set()  # Korean words of two and three syllables
        for word in words:
            if _LATIN_WORD.fullmatch(word):
                if len(word) >= LATIN_MIN - 1:
                    self._latin.setdefault((word[0], len(word)), []).append(word)
            elif _HANGUL_WORD.fullmatch(word):
                if len(word) <= 3:
                    self._short.add(word)
                if len(word) >= HANGUL_MIN:
                    jamo = unicodedata.normalize("NFD", word)
                    self._hangul.setdefault((jamo[0], len(jamo)), []).append(jamo)
            elif _KATAKANA_WORD.fullmatch(word):
                self._katakana.setdefault(word.rstrip(_LONG), []).append(word)
                if len(even_kana(word)) >= KATAKANA_EVEN_MIN:
                    self._katakana.setdefault(even_kana(word), []).append(word)

    def nearest(self, word: str, *, phrase: bool = False) -> tuple[str, ...]:
        """The known words that `word`, a lookup key, may be a slip of: all at the least distance in the limit.

        A `phrase` of several English words has one slip at most.
        """
        if _LATIN_WORD.fullmatch(word):
            return self._nearest_latin(word, 1 if phrase else latin_limit(len(word)))
        if _HANGUL_WORD.fullmatch(word):
            return self._nearest_hangul(word)
        if _KATAKANA_WORD.fullmatch(word):
            return self._nearest_katakana(word)
        return ()

    def _nearest_latin(self, word: str, limit: int) -> tuple[str, ...]:
        if not limit or len(word) < LATIN_MIN or _is_real(word):
            return ()
        near = _closest(word, _as_long(self._latin, word, limit), limit)
        return tuple(known for known, distance in near if distance == 1 or known[:2] == word[:2])

    def _nearest_hangul(self, word: str) -> tuple[str, ...]:
        limit = hangul_limit(len(word))
        if not limit or _is_real(word):
            return ()
        jamo = unicodedata.normalize("NFD", word)
        near = _closest(jamo, _as_long(self._hangul, jamo, limit), limit)
        likely = (known for known, _ in near if len(word) > HANGUL_MIN or _is_confusion(jamo, known))
        composed = (unicodedata.normalize("NFC", known) for known in likely)
        return tuple(known for known in composed if not self._holds_other_word(word, known))

    def _holds_other_word(self, word: str, known: str) -> bool:
        """Whether a Korean word begins or ends with a known word that `known` has not: 의류기기 is no 의료기기."""
        parts = (word[:2], word[-2:], word[:3], word[-3:])
        return any(part in self._short and part not in known for part in parts)

    def _nearest_katakana(self, word: str) -> tuple[str, ...]:
        even = even_kana(word)
        same = self._katakana.get(word.rstrip(_LONG)) if len(word) >= KATAKANA_TRAILING_MIN else None
        same = same or (self._katakana.get(even) if len(even) >= KATAKANA_EVEN_MIN else None)
        if same is not None:
            return tuple(same)
        if len(even) < KATAKANA_MIN or _is_real(word):
            return ()
        heads = [known for known in self._katakana if known[0] == even[0] and len(known) >= KATAKANA_MIN]
        limit = 1 if len(even) < 10 else 2
        return tuple(known for key, _ in _closest(even, heads, limit) for known in self._katakana[key])


def even_kana(word: str) -> str:
    """Katakana without long vowels, small letters and ヴ: コンピューター and コンピュータ are one."""
    return word.translate(_SMALL)


def _as_long(words: Mapping[tuple[str, int], list[str]], word: str, limit: int) -> list[str]:
    """The words with the first letter of `word` whose lengths differ from its by `limit` at most."""
    lengths = range(len(word) - limit, len(word) + limit + 1)
    return [known for length in lengths for known in words.get((word[0], length), ())]


def _closest(word: str, known: Sequence[str], limit: int) -> list[tuple[str, int]]:
    """All of `known` at the smallest distance within `limit`, with that distance; swapped neighbours count as one."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    near = extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=8)
    if not near:
        return []
    least = min(distance for _, distance, _ in near)
    return [(found, int(distance)) for found, distance, _ in near if distance == least]


def _is_confusion(jamo: str, known: str) -> bool:
    """Whether two equally long strings of jamo differ in one pair that sounds alike."""
    if len(jamo) != len(known):
        return False
    differing = [frozenset(pair) for pair in zip(jamo, known, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _CONFUSED_JAMO


def _is_real(word: str) -> bool:
    """Whether a word, or what it is the plural of, is one of everyday language."""
    return word in real_words() or (word.isascii() and stem(word) in real_words())


@cache
def real_words() -> frozenset[str]:
    """Words of everyday language within a typo of a sector word, as "framing" of "farming": never corrected."""
    return frozenset(read_data("real_words.txt").split())
