"""A list that somebody wrote into one cell, cut into words: "gambling, Japan", "房地产、白酒", "Food / agriculture".

What is a word or a place of its own is never cut: "Food / agriculture" is a sector, "Bosnia & Herzegovina" a country.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dealport.words.places.formal_names import join_turned
from dealport.words.places.place_words import is_place, is_place_name, leaves_out

if TYPE_CHECKING:
    from dealport.market.meaning.market_words import MarketWords

# Not within brackets: "gambling (online, offline)" is one word.
_OUTSIDE = r"(?![^(（]*[)）])"
_COMMAS = re.compile(rf"\s*[,，、;；|｜\n]{_OUTSIDE}\s*")
_SLASHES = re.compile(rf"\s*[/／·・‧•･]{_OUTSIDE}\s*")
# These join the words of one name more often than they part a list: "Arts & Crafts", "research and development".
_JOINTS = re.compile(
    rf"\s*[&＆+＋]{_OUTSIDE}\s*|\s+(?:and|or|및|또는|や)\s+|(?<=(?-i:[가-힣]))[와과]\s+|(?<=\S)(?:和|与|與|及|以及|と|および)(?=\S)",
    re.IGNORECASE,
)


def words_in_cell(text: str, vocabulary: MarketWords) -> list[str]:
    """The words that a cell of sectors, countries and regions lists, in the order typed; `text` alone where it is one.

    Each may be unknown, but behind "and", "&" and the like: these part a list only where all its words are known.
    """
    if not any(marks.search(text) for marks in (_COMMAS, _SLASHES, _JOINTS)) or _is_own_word(text, vocabulary):
        return [text]
    for marks in (_COMMAS, _SLASHES):
        parts = _with_exceptions(join_turned([part for part in marks.split(text) if part]), vocabulary)
        if len(parts) > 1:
            return [text] if _is_one_place(text, parts, vocabulary) else _all_words(parts, vocabulary)
    parts = [part for part in _JOINTS.split(text) if part]
    if len(parts) > 1 and not _is_one_place(text, parts, vocabulary):
        words = _all_words(parts, vocabulary)
        return words if all(_is_known(word, vocabulary) for word in words) else [text]
    return [text]


def _is_own_word(text: str, vocabulary: MarketWords) -> bool:
    """Whether the whole is a word of the sector lists or the name of a country or region."""
    return vocabulary.resolver.knows(text) or is_place_name(text)


def _with_exceptions(parts: list[str], vocabulary: MarketWords) -> list[str]:
    """The parts, what leaves a place out beside the place: "Asia, except Japan"."""
    joined: list[str] = []
    for part in parts:
        whole = f"{joined[-1]}, {part}" if joined and leaves_out(part) else ""
        if whole and _is_place(whole, vocabulary):
            joined[-1] = whole
        else:
            joined.append(part)
    return joined


def _all_words(parts: list[str], vocabulary: MarketWords) -> list[str]:
    return [word for part in parts for word in words_in_cell(part, vocabulary)]


def _is_one_place(text: str, parts: list[str], vocabulary: MarketWords) -> bool:
    """Whether the whole is understood as places ("Paris, Texas", "Asia, except Japan") and no part is a sector."""
    if not _is_place(text, vocabulary) or any(vocabulary.resolver.knows(part) for part in parts):
        return False
    return leaves_out(text) or all(map(is_place, parts))


def _is_known(word: str, vocabulary: MarketWords) -> bool:
    return bool(vocabulary.sector(word).sectors) or _is_place(word, vocabulary)


def _is_place(text: str, vocabulary: MarketWords) -> bool:
    reach, unknown = vocabulary.reach([text])
    return bool(reach) and not unknown
