"""What a typed kind of investor means: angel, VC, corporate, family office ..., in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_LATIN_EDGE = r"[a-zа-я0-9]"


@lru_cache(maxsize=1024)
def resolve_investor_kinds(text: str) -> frozenset[str]:
    """Ids of the kinds that a text names: "Incubator, Accelerator" one, "VC / PE" two; empty when it names none.

    The longest word goes first: a "corporate VC" is a corporate investor alone. Latin words must be whole.
    """
    key = _key(clean(text)[:LONGEST])
    words = _words()
    return frozenset(kind for found in _pattern().finditer(key) if (kind := words[found.group()]) in INVESTOR_KINDS)


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
def _pattern() -> re.Pattern[str]:
    """Any of the words, the longest first."""
    return re.compile("|".join(_alternatives(_words())))


def _alternatives(words: Iterable[str]) -> list[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return [
        re.escape(word) if has_cjk(word) else rf"(?<!{_LATIN_EDGE}){re.escape(word)}(?!{_LATIN_EDGE})"
        for word in longest_first
    ]
