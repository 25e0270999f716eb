"""Cells that say nothing: blank, a dash, "undisclosed", 未透露, 비공개. They stand for no value in every field."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache

from dealport.reading.columns.synonyms import read_columns_data

# Fields whose value may be any word: a startup may be called "Unknown".
OWN_NAMES = frozenset({"id", "name", "aliases", "startup"})
# Where "none" is an answer.
_ANSWERS = frozenset({"lead", "kind"})
# Nothing that says nothing is longer.
LONGEST = 24

# Where "NA" is Namibia, or Nauruan.
PLACES = frozenset(
    {
        "country",
        "startup_country",
        "investor_country",
        "invests_in",
        "must_invest_in",
        "markets",
        "excludes",
        "languages",
    }
)

_MARKS = " \t\n-‐‑‒–—―−─ー?？.…*/_~()[]（）【】"


def is_nothing(text: str, field: str = "") -> bool:
    """Whether a cell says nothing; "none" and "unknown" may be somebody's name, a dash never is.

    Control characters are not looked at: they are taken out of every value, and what is left must say something. Of a
    cell that has only such characters this is not said: the user is warned of them.
    """
    if not text[:1].isprintable() and not text.isspace():
        text = _printable(text).strip()
        if not text:
            return False
    if len(text) > LONGEST or text[:1] not in _beginnings() or field in _ANSWERS:  # nearly every text
        return False
    return _is_nothing(text, 1 if field in OWN_NAMES else 2 if field in PLACES else 3)


@lru_cache(maxsize=8192)
def _is_nothing(text: str, n_lists: int) -> bool:
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", _printable(text))
    folded = " ".join(text.casefold().split())
    bare = folded.strip(_MARKS)
    return not bare or not _first_lists(n_lists).isdisjoint((folded, bare))


def _printable(text: str) -> str:
    """The text without control and format characters; white space stays."""
    return "".join(mark for mark in text if mark.isspace() or unicodedata.category(mark) not in ("Cc", "Cf", "Cs"))


@cache
def _beginnings() -> frozenset[str]:
    """What the first letter of a text that says nothing may be, in any case and width."""
    letters = {word[0] for words in _lists() for word in words}
    wide = {chr(ord(letter) + 0xFEE0) for letter in letters | {one.upper() for one in letters} if "!" <= letter <= "~"}
    return frozenset({"", *_MARKS, *letters, *(letter.upper() for letter in letters), *wide, "\u3000", "\u00a0"})


@cache
def _first_lists(n: int) -> frozenset[str]:
    return frozenset[str]().union(*_lists()[:n])


@cache
def _lists() -> tuple[frozenset[str], ...]:
    """What says nothing everywhere, what does but may be a name, and what may be a place too."""
    rows = csv.DictReader(read_columns_data("nothing.csv").splitlines())
    return tuple(frozenset(word.casefold() for word in row["words"].split("|")) for row in rows)
