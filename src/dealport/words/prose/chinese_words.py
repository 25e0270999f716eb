"""Where the words of a Chinese text end: those of jieba's dictionary, the likeliest way to cut the text into them.

``data/words/chinese_words.txt`` is that dictionary (349,046 words, MIT licence, by Sun Junyi): a line for all words
that begin with a character, with how often the character stands alone (0: it is no word), then the rest of each word
and how often it stands. A line is parsed when its character is met, so a few sentences take .02 s; rjieba, which cuts
alike, reads all of them first, for .15 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import inf, log

from dealport.words.shipped import data_bytes

_ALL = log(60_101_967)  # of all counts of the dictionary, so that each is a probability
# What may stand in a word; all other characters are cut one by one.
_RUN = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffffa-zA-Z0-9+#&._%-]+)")
_BLANK = re.compile(r"\r\n|\s|.", re.DOTALL)


def word_ends(text: str) -> list[int]:
    """Where each word of a text in Simplified characters ends, in order."""
    return list(accumulate(map(len, _cut(text))))


def _cut(text: str) -> Iterator[str]:
    for n, piece in enumerate(_RUN.split(text)):
        yield from _cut_run(piece) if n % 2 else _BLANK.findall(piece)


def _cut_run(text: str) -> Iterator[str]:
    """The likeliest words of a run; the longer first word of two ways as likely."""
    ends, start, waiting = _likeliest_ends(text), 0, ""
    while start < len(text):
        word = text[start : ends[start]]
        start = ends[start]
        if len(word) == 1 and word.isascii() and word.isalnum():
            waiting += word  # "B2B" is one word, though the dictionary lacks it
            continue
        if waiting:
            yield waiting
        waiting = ""
        yield word
    if waiting:
        yield waiting


def _likeliest_ends(text: str) -> list[int]:
    """Where the word that begins at each place ends, in the likeliest way to cut what follows."""
    best, ends = [0.0] * (len(text) + 1), [0] * len(text)
    for start in range(len(text) - 1, -1, -1):
        known, lengths = _words_from(text[start])
        most = -inf
        for length in lengths:
            end = start + length
            if end > len(text):
                break
            count = known.get(text[start + 1 : end])
            if count and (chance := _chance(count) + best[end]) >= most:
                most, ends[start] = chance, end
        if not ends[start]:  # a character that is no word counts once
            most, ends[start] = best[start + 1] - _ALL, start + 1
        best[start] = most
    return ends


@cache
def _chance(count: str) -> float:
    """The logarithm of how likely a word is that stands so often: the dictionary has few counts."""
    return log(int(count)) - _ALL


@lru_cache(maxsize=32_768)
def _words_from(first: str) -> tuple[Mapping[str, str], Sequence[int]]:
    """What follows a character in each word to how often the word stands, and the lengths of the words, in order."""
    parts = _line(first).split(" ")
    counts = dict(zip(parts[2::2], parts[3::2], strict=True))
    if parts[1] != "0":
        counts[""] = parts[1]
    return counts, sorted({1 + length for length in set(map(len, counts))})


def _line(first: str) -> str:
    """The dictionary's line for a character: lines stand in the order of these, and decoding all takes 10 ms."""
    lines, wanted = _dictionary(), first.encode()
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start)
        line = lines[start : end if end >= 0 else len(lines)]
        found = line.partition(b" ")[0]
        if found == wanted:
            return line.decode()
        if found < wanted:
            low = start + len(line) + 1
        else:
            high = start
    return f"{first} 0"


@cache
def _dictionary() -> bytes:
    return data_bytes("chinese_words.txt", folder="words")
