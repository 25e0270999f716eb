"""Formal and turned names of countries: "Korea, Republic of", "Bolivia (Plurinational State of)", "Kingdom of Belgium".

What is decided here: the words of a formal name may stand in any order and with the usual abbreviations, but all of
them must be those of one name. "Sudan, South" is South Sudan, "Korea, Unified" is nothing: a turned name that nobody
knows is never shortened to the country whose name it holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dealport.words.normalising import plain
from dealport.words.shipped import read_list, split_bars

# No formal name is longer, and no longer text is looked up.
WORDS_MAX = 16
LETTERS_MAX = 200
# A single word is looked up elsewhere; shorter ones are codes.
_SHORTEST = 4

_INITIAL = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
_WORD = re.compile("[a-z\u00df-\u024f]+")
_DROPPED = frozenset(
    ("the", "of", "and", "de", "du", "del", "der", "des", "di", "da", "do", "la", "le", "les", "el", "d", "l")
)
_SPELLED_OUT: Mapping[str, tuple[str, ...]] = {
    "rep": ("republic",),
    "dem": ("democratic",),
    "people": ("peoples",),
    "is": ("islands",),
    "isl": ("islands",),
    "st": ("saint",),
    "sant": ("saint",),
    "terr": ("territory",),
    "fed": ("federated",),
    "sts": ("states",),
    "n": ("north",),
    "s": ("south",),
    "nth": ("north",),
    "sth": ("south",),
    "dr": ("democratic", "republic"),
    "drc": ("democratic", "republic", "congo"),
    "dpr": ("democratic", "peoples", "republic"),
    "dprk": ("democratic", "peoples", "republic", "korea"),
    "pdr": ("peoples", "democratic", "republic"),
    "prc": ("peoples", "republic", "china"),
    "rok": ("republic", "korea"),
    "roc": ("republic", "china"),
    "vietnam": ("viet", "nam"),
}
_REGION = re.compile(r"special administrative region")

_SHORT = _DROPPED | _SPELLED_OUT.keys()

# What stands behind a country's name, or before it, and makes another country's of it, or says its form of state.
_TURNING = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "united", "unified", "democratic",
    "peoples", "popular", "republic", "kingdom", "state", "states", "federal", "federated", "federation", "federative",
    "socialist", "islamic", "arab", "union", "commonwealth", "principality", "duchy", "grand", "emirate", "sultanate",
    "confederation", "independent", "former", "free", "sar", "plurinational", "bolivarian", "hashemite", "oriental",
    "cooperative", "co", "operative", "peninsula", "province", "dominion", "territory",
))  # fmt: skip
# The form of state behind a name in Chinese, Japanese and Korean. Of these countries it decides which is meant, so that
# only their listed names count: Congo, China, the Koreas, the Sudans, Dominica, the Dominican Republic, Ireland.
_CJK_FORM = re.compile(
    r"\s*(?:이슬람|사회주의|민주사회주의|연방|伊斯兰|伊斯蘭|社会主义|社會主義|联邦|聯邦|イスラム|社会主義|連邦)?\s*"
    r"(?:공화국|왕국|연방|공국|대공국|共和国|共和國|王国|王國|联邦|聯邦|連邦|公国|公國|大公国|大公國|酋长国|首長国)$"
)
DECIDED_BY_FORM = frozenset({"CD", "CG", "CN", "TW", "KR", "KP", "SD", "SS", "DM", "DO", "IE"})
# What tells one name from another beside those: a pair of parts without any of all these is no turned name.
_TELLING = _TURNING | frozenset((
    "american", "brazzaville", "british", "cape", "china", "dutch", "equatorial", "french", "islands", "kinshasa",
    "faso", "lanka", "new", "papua", "saint", "saudi", "sri", "virgin",
))  # fmt: skip
_BESIDE = re.compile(r"[,&(\[]|\b(?:and|the|of)\b", re.IGNORECASE)
_OF = re.compile(r"\bof(?:\s+the)?$")


def country_of_formal_name(text: str) -> str:
    """Code of the country whose name has just these words, in any order; "" where no name or several have them."""
    words = _words(text)
    if not words or (len(words) == 1 and len(next(iter(words))) < _SHORTEST):
        return ""
    # Nothing to look up, and no list to read for it: of 2,165 forms of official names all have such a word.
    if words.isdisjoint(_TELLING) and _BESIDE.search(text) is None:
        return ""
    return _names().get(words, "")


def without_form_of_state(name: str) -> str:
    """A name in Chinese, Japanese or Korean without its form of state: 인도 of 인도 공화국; as it is where none is."""
    return _CJK_FORM.sub("", name)


def is_turning(part: str) -> bool:
    """Whether a part of a name only turns what stands before it: "Republic of", "South", "Democratic People's"."""
    words = _words(part)
    return bool(words) and words <= _TURNING


def is_open(part: str) -> bool:
    """Whether a part waits for the name it belongs to: "Republic of", "Kingdom of the"."""
    return is_turning(part) and _OF.search(plain(part).strip()) is not None


def join_turned(parts: Sequence[str]) -> list[str]:
    """The parts of a list or an address with turned names made one: ``["Seoul", "Korea", "Republic of"]`` gives two."""
    if not any(_words(part) & _TELLING for part in parts):
        return list(parts)
    joined: list[str] = []
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        # In "Sudan, South, Korea" the middle belongs to what stands before it.
        is_behind = place > 0 and is_turning(part) and bool(country_of_formal_name(f"{parts[place - 1]} {part}"))
        if joined and not is_behind and country_of_formal_name(f"{part} {joined[-1]}"):
            joined[-1] = f"{part}, {joined[-1]}"
        else:
            joined.append(part)
    return joined[::-1]


def _words(text: str) -> frozenset[str]:
    """The words of a name that count, abbreviations spelled out; empty where there are too many."""
    found = _WORD.findall(_folded(text)) if len(text) < LETTERS_MAX else []
    return _counting(found) if len(found) <= WORDS_MAX else frozenset()


def _folded(text: str) -> str:
    return _REGION.sub("sar", _INITIAL.sub("", plain(text).replace("'", "").replace("\u2019", "")))


def _counting(words: Sequence[str]) -> frozenset[str]:
    if _SHORT.isdisjoint(words):
        return frozenset(words)
    return frozenset(long for word in words for long in _SPELLED_OUT.get(word, (word,))) - _DROPPED


@cache
def _names() -> Mapping[frozenset[str], str]:
    """The words of every name in Latin letters to its country; formal names before others."""
    listed = [(row["en"], row["code"]) for row in read_list("countries.csv")]
    n_labels = len(listed)
    for name, column in (("country_words.csv", "words"), ("formal_names.csv", "names")):
        listed += [(word, row["country"]) for row in read_list(name) for word in split_bars(row[column])]
    lines = _folded("\n".join(word for word, _ in listed)).split("\n")  # in one go: half the time
    keys = [_counting(_WORD.findall(line)) for line in lines]
    return {
        key: code
        for place, (key, (_, code)) in enumerate(zip(keys, listed, strict=True))
        if len(key) > 1 or (key and place < n_labels)  # a single adjective ("Korean the") is no name
    }
