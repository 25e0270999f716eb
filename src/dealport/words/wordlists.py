"""The package's small word lists (``data/words``): how they are read, and the key their words are looked up by."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable

# Blanks, hyphens, dots, quotes, brackets and other marks that two spellings of one word may differ in.
_MARKS = re.compile(r"[\s\-_.,'\"‐-―−‘’“”´`·・･•/\\()\[\]{}（）【】「」《》、，。:;!?|~*#®™]+")

# Accents of Latin, Greek and Cyrillic, and Arabic vowel signs; NOT the kana voicing marks (ハ and バ are two letters).
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0640]")

# Small letters, figures, Chinese characters and Hangul: what `plain` leaves as it is.
_PLAIN_ALREADY = re.compile("[ -@\\[-`{-~a-z\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]*")

# Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def compact(word: str) -> str:
    """The key of `word`: NFKC, casefolded, without accents, blanks and punctuation.

    ``"Côte d'Ivoire"`` gives ``"cotedivoire"``, ``"서울 특별시"`` gives ``"서울특별시"``; signs such as + & $ stay.
    """
    if word.isascii():
        return _MARKS.sub("", word).lower()
    return _MARKS.sub("", plain(word))


def plain(word: str) -> str:
    """`word` in NFKC, casefolded, without accents; blanks and punctuation stay."""
    if word.isascii():
        return word.lower()
    if _PLAIN_ALREADY.fullmatch(word):  # nearly every Chinese and Korean name: ten times as fast
        return word
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", folded)).translate(_PLAIN)


def read_list(name: str) -> list[dict[str, str]]:
    """Rows of ``data/words/<name>``; a line that begins with # is a comment."""
    lines = [line for line in read_text(name).splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def read_text(name: str) -> str:
    """The text of one file of ``data/words``."""
    from importlib.resources import files

    return files("dealport").joinpath("data", "words", name).read_text(encoding="utf-8")


def split_words(cell: str) -> list[str]:
    """The words of a ``|`` list."""
    return [word for word in cell.split("|") if word]


def nearest(
    word: str, words: Iterable[str], *, key: Callable[[str], str] = compact, at_least: float = 75.0, limit: int = 3
) -> tuple[str, ...]:
    """The `words` most like `word`, best first, ties by the alphabet; none under `at_least` per cent alike."""
    from rapidfuzz import fuzz

    wanted = key(word)
    scored = ((fuzz.ratio(wanted, key(known)), known) for known in words)
    best = sorted((-score, known) for score, known in scored if score >= at_least)
    return tuple(dict.fromkeys(known for _, known in best))[:limit]
