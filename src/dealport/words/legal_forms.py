"""Legal forms (Co., Ltd., GmbH, 주식회사, 有限公司 ...) taken off either end of a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dealport.words.normalising import compact, has_cjk, plain, without_marks
from dealport.words.shipped import read_list, split_bars

# "san ve tic as" has four words, "s de rl de cv" five; "s. a. p. i. de c. v." has seven with blanks.
LONGEST_FORM_WORDS = 7

# What must be left: of "Ford Motor Company" two words, of "Alibaba Group" three letters.
COMPANY_WORDS_LEFT = 2
GROUP_LETTERS_LEFT = 3

MOST_FORMS = 8
"""Forms that are taken off one name: no name has so many, and a text of nothing else takes no longer than others."""

_BETWEEN = re.compile(r"[\s,]+")
_EDGES = " \t,.;:-–—·・&/"


class _Forms(NamedTuple):
    """Forms by where they stand: CJK as they are, longest first, Latin ones as lookup keys; both edges of CJK ones.

    `tails` and `heads` are what the last or first word of a name with a Latin form there may be.
    """

    end: frozenset[str]
    start: frozenset[str]
    weak: frozenset[str]
    cjk_end: tuple[str, ...]
    cjk_start: tuple[str, ...]
    cjk_weak: tuple[str, ...]
    cjk_edges: frozenset[str]
    tails: frozenset[str]
    heads: frozenset[str]


def strip_legal_forms(name: str) -> str:
    """A name (plain, see `normalising.plain`) without legal forms at its ends; never less than one letter or figure."""
    bare = name.strip(_EDGES)
    for _ in range(MOST_FORMS):
        shorter = _strip_cjk(bare) if has_cjk(bare) else bare
        shorter = _strip_words(shorter).strip(_EDGES)
        if shorter == bare:
            break
        bare = shorter
    return bare


def _strip_cjk(name: str) -> str:
    forms = _forms()
    if name[-1:] not in forms.cjk_edges and name[:1] not in forms.cjk_edges:
        return name  # most names: two looks in place of a hundred
    if (cut := _cut_end(name, forms.cjk_end, letters_left=1)) is not None:
        return cut
    for form in forms.cjk_start:
        if name.startswith(form) and compact(name[len(form) :]):
            return name[len(form) :]
    cut = _cut_end(name, forms.cjk_weak, letters_left=2)
    return name if cut is None else cut


def _cut_end(name: str, forms: tuple[str, ...], *, letters_left: int) -> str | None:
    """`name` without the longest of the `forms` it ends with, if enough is left; None when it ends with none."""
    for length, of_length in _by_length(forms):
        if name[-length:] in of_length and len(compact(name[:-length])) >= letters_left:
            return name[:-length]
    return None


@cache
def _by_length(forms: tuple[str, ...]) -> tuple[tuple[int, frozenset[str]], ...]:
    """The longest first: ten looks in place of a hundred."""
    lengths = sorted(set(map(len, forms)), reverse=True)
    return tuple((length, frozenset(form for form in forms if len(form) == length)) for length in lengths)


def _strip_words(name: str) -> str:
    """Without a form of Latin letters before or behind; dots and blanks inside a form don't matter."""
    if not _BETWEEN.search(name):
        return name
    words = [word for word in _BETWEEN.split(name) if word]
    forms = _forms()
    if without_marks(words[-1]) not in forms.tails and without_marks(words[0]) not in forms.heads:
        return name  # most names: two looks in place of ten
    keys = [without_marks(word) for word in words]
    for size in range(min(LONGEST_FORM_WORDS, len(words) - 1), 0, -1):
        tail, head = "".join(keys[-size:]), "".join(keys[:size])
        if (tail in forms.end and any(keys[:-size])) or (tail in forms.weak and _enough_left(keys[:-size], tail)):
            return " ".join(words[:-size])
        if head in forms.start and any(keys[size:]):
            return " ".join(words[size:])
    return name


def _enough_left(rest: list[str], form: str) -> bool:
    if form == "company":
        return len(rest) >= COMPANY_WORDS_LEFT
    return len("".join(rest)) >= GROUP_LETTERS_LEFT


@cache
def _forms() -> _Forms:
    found: Mapping[tuple[str, str], set[str]] = {
        (where, script): set() for where in ("end", "start", "both", "weak") for script in ("latin", "cjk")
    }
    for row in read_list("legal_forms.csv"):
        words = [plain(word) for word in split_bars(row["forms"])]
        found[row["where"], row["script"]].update(map(compact, words) if row["script"] == "latin" else words)
    both = found["both", "cjk"]
    return _Forms(
        frozenset(found["end", "latin"]),
        frozenset(found["start", "latin"]),
        frozenset(found["weak", "latin"]),
        _longest_first(found["end", "cjk"] | both),
        _longest_first(found["start", "cjk"] | both),
        _longest_first(found["weak", "cjk"]),
        frozenset(
            edge
            for kind in ("end", "start", "both", "weak")
            for form in found[kind, "cjk"]
            for edge in (form[0], form[-1])
        ),
        frozenset(form[n:] for kind in ("end", "weak") for form in found[kind, "latin"] for n in range(len(form) + 1)),
        frozenset(form[:n] for form in found["start", "latin"] for n in range(len(form) + 1)),
    )


def _longest_first(forms: set[str]) -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
