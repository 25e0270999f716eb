"""Where words begin and end in prose: 家电 (home appliances) is no word in 国家电网 (the State Grid), nor 水 in 水準.

Chinese words are those of jieba's dictionary. In Japanese, known words and fillers must cover the run of kanji around
a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from dealport.words.chinese import simplify_each
from dealport.words.lookup.cues import cue_words
from dealport.words.normalising import has_han, has_hangul, has_kana
from dealport.words.prose.chinese_words import word_ends
from dealport.words.prose.exclusions import Mention

LONGEST_REST = 16
"""Characters beside a word that are looked at."""

_HAN = re.compile("[\u3400-\u9fff]")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_HAN_BEFORE = re.compile("[\u3400-\u9fff]+$")
_NON = re.compile(r"\bnon[\s-]+$", re.IGNORECASE)  # "non IT" is what is not IT
_LONGEST_NON = 6
_HYPHENS = ("-", "\u2010", "\u2011")
# So short a run beside kanji may be unknown: 再配達, 保守点検ドローン, 高齢者施設, 水道管.
_SHORT_WORD = 2
# But these make another thing of what they follow: 生産 is production, 生産者 a producer.
_JA_OTHERS = "者車員人士師家感面力"


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese: Han characters, no kana, no Hangul."""
    return has_han(text) and not has_kana(text) and not has_hangul(text)


class WordEdges:
    """Says whether the mentions of one sentence are words there, and not cut out of some."""

    def __init__(self, text: str, mentions: Sequence[Mention], covers: Callable[[str], bool]) -> None:
        """`covers`: whether known words and fillers cover some characters."""
        self.is_chinese = is_chinese(text)
        self._text = text
        self._covers = covers
        self._starts = frozenset(mention.start for mention in mentions)
        self._ends = frozenset(mention.end for mention in mentions)

    def is_word(self, mention: Mention) -> bool:
        """Whether a mention begins and ends where words do."""
        if _NON.search(self._text, max(0, mention.start - _LONGEST_NON), mention.start):
            return False
        before = self._text[max(0, mention.start - 2) : mention.start]
        if before[-1:] in _HYPHENS and before[:1].isalpha() and mention.words[0].isascii():
            return False  # "new-age tech" is no age tech
        if mention.words.isascii():
            return True
        return self._is_chinese_word(mention) if self.is_chinese else self._is_japanese_word(mention)

    def rest(self, mention: Mention) -> str:
        """What follows a Chinese mention up to the end of the next word; "" where it ends within a word."""
        if mention.end not in self._places:
            return ""
        return self._text[mention.end : self._word_end(mention.end + 1)]

    def _is_chinese_word(self, mention: Mention) -> bool:
        if mention.start not in self._places and mention.start not in self._ends:
            return False
        if mention.end in self._places:
            return True
        return self._covers(self._text[mention.end : self._word_end(mention.end + 1)][:LONGEST_REST])

    def _is_japanese_word(self, mention: Mention) -> bool:
        text, words = self._text, mention.words
        before = _HAN_BEFORE.search(text, max(0, mention.start - LONGEST_REST), mention.start)
        if before and _HAN.match(words) and mention.start not in self._ends:
            is_long = len(before[0]) > (1 if len(words) <= _SHORT_WORD else _SHORT_WORD)
            if is_long and before[0] not in _words_of("lead_ja") and not self._covers(before[0]):
                return False
        after = _HAN_RUN.match(text, mention.end)
        if after and _HAN.match(words[-1]) and mention.end not in self._starts:
            if len(after[0]) <= _SHORT_WORD:
                return after[0][0] not in _JA_OTHERS
            return after[0].startswith(_words_of("head_ja")) or self._covers(after[0][:LONGEST_REST])
        return True

    @cached_property
    def _word_ends(self) -> list[int]:
        return word_ends(simplify_each(self._text))

    @cached_property
    def _places(self) -> frozenset[int]:
        return frozenset((0, *self._word_ends))

    def _word_end(self, place: int) -> int:
        """Where the word that holds the character before `place` ends."""
        return self._word_ends[min(bisect_left(self._word_ends, place), len(self._word_ends) - 1)]


@cache
def _words_of(kind: str) -> tuple[str, ...]:
    return cue_words()[kind]
