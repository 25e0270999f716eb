"""What a typed kind of investor means: angel, VC, corporate, family office ..., in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from dealport.words.normalising import clean, has_cjk, plain
from dealport.words.shipped import read_list, split_bars

INVESTOR_KINDS: tuple[str, ...] = (
    "angel",
    "accelerator",
    "seed-fund",
    "vc",
    "corporate",
    "family-office",
    "private-equity",
    "institution",
    "public",
)
LONGEST = 200

_GAPS = re.compile(r"[\s\-_‐-―·・]+")
_EDGE = re.compile("[a-zа-я0-9]")


@lru_cache(maxsize=1024)
def resolve_investor_kinds(text: str) -> frozenset[str]:
    """Ids of the kinds that a text names: "Incubator, Accelerator" one, "VC / PE" two; empty when it names none.

    The longest word goes first: a "corporate VC" is a corporate investor alone. Latin words must be whole.
    """
    key = _key(clean(text)[:LONGEST])
    words = _words()
    return frozenset(kind for word in _find_words(key) if (kind := words[word]) in INVESTOR_KINDS)


def investor_kind_label(id: str, language: str = "en") -> str:  # noqa: A002
    """What a kind is called in one of the five languages, English for others."""
    labels = _labels()[id]
    return labels.get(language) or labels["en"]


def _key(text: str) -> str:
    """Lower case, hyphens as blanks: "Multi-stage VC" and "multi stage vc" are one."""
    return _GAPS.sub(" ", plain(text)).strip()


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in read_list("investor_kinds.csv")}


@cache
def _words() -> Mapping[str, str]:
    """Key of every word to its kind, "-" for none."""
    words: dict[str, str] = {}
    for row in read_list("investor_kinds.csv"):
        labels = [text for name, text in row.items() if name != "words"]
        words |= {_key(word): row["id"] for word in (*labels, *split_bars(row["words"])) if _key(word)}
    return words


@cache
def _lengths() -> Mapping[str, Sequence[int]]:
    """Lengths of the words by their first character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _words():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def _find_words(key: str) -> Iterator[str]:
    """The words in a key from left to right, the longest at each place.

    By hand: a pattern of all words takes 40 ms to compile, more than most markets take to be read.
    """
    lengths, place = _lengths(), 0
    while place < len(key):
        ends = (place + length for length in lengths.get(key[place], ()))
        end = next((end for end in ends if _is_word(key, place, end)), place)
        if end > place:
            yield key[place:end]
        place = max(end, place + 1)


def _is_word(key: str, start: int, end: int) -> bool:
    """Whether a known word stands there, a Latin one as a whole."""
    word = key[start:end]
    if len(word) < end - start or word not in _words():
        return False
    return has_cjk(word) or not (_EDGE.match(key[start - 1 : start]) or _EDGE.match(key, end))
