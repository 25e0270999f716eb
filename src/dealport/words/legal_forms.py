"""Legal forms (Co., Ltd., GmbH, 주식회사, 有限公司 ...) taken off either end of a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dealport.words.normalising import compact, has_cjk, plain
from dealport.words.shipped import read_list, split_words

# "san ve tic as" has four words, "s de rl de cv" five; "s. a. p. i. de c. v." has seven with blanks.
LONGEST_FORM_WORDS = 7

# What must be left: of "Ford Motor Company" two words, of "Alibaba Group" three letters.
COMPANY_WORDS_LEFT = 2
GROUP_LETTERS_LEFT = 3

_BETWEEN = re.compile(r"[\s,]+")
_EDGES = " \t,.;:-–—·・&/"


class _Forms(NamedTuple):
    """Forms by where they stand; CJK ones as they are, longest first, Latin ones as lookup keys."""

    end: frozenset[str]
    start: frozenset[str]
    weak: frozenset[str]
    cjk_end: tuple[str, ...]
    cjk_start: tuple[str, ...]
    cjk_weak: tuple[str, ...]


def strip_legal_forms(name: str) -> str:
    """A name (plain, see `normalising.plain`) without legal forms at its ends; never less than one letter or figure."""
    bare = name.strip(_EDGES)
    while True:
        shorter = _strip_cjk(bare) if has_cjk(bare) else bare
        shorter = _strip_words(shorter).strip(_EDGES)
        if shorter == bare:
            return bare
        bare = shorter


def _strip_cjk(name: str) -> str:
    forms = _forms()
    if not name.endswith((*forms.cjk_end, *forms.cjk_weak)) and not name.startswith(forms.cjk_start):
        return name  # most names: two looks in place of a hundred
    for form in forms.cjk_end:
        if name.endswith(form) and compact(name[: -len(form)]):
            return name[: -len(form)]
    for form in forms.cjk_start:
        if name.startswith(form) and compact(name[len(form) :]):
            return name[len(form) :]
    for form in forms.cjk_weak:
        if name.endswith(form) and len(compact(name[: -len(form)])) > 1:
            return name[: -len(form)]
    return name


def _strip_words(name: str) -> str:
    """Without a form of Latin letters before or behind; dots and blanks inside a form don't matter."""
    words = [word for word in _BETWEEN.split(name) if word]
    keys = [compact(word) for word in words]
    forms = _forms()
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
        words = [plain(word) for word in split_words(row["forms"])]
        found[row["where"], row["script"]].update(map(compact, words) if row["script"] == "latin" else words)
    both = found["both", "cjk"]
    return _Forms(
        frozenset(found["end", "latin"]),
        frozenset(found["start", "latin"]),
        frozenset(found["weak", "latin"]),
        _longest_first(found["end", "cjk"] | both),
        _longest_first(found["start", "cjk"] | both),
        _longest_first(found["weak", "cjk"]),
    )


def _longest_first(forms: set[str]) -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
