"""The words of prose that tell what the words beside them are for: "we invest in", "prior to", "客户包括", "제외".

They are data (``data/sectors/text_words.csv``), by kind; all cues of several kinds are found in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from dealport.words.normalising import has_cjk, has_hangul, is_hangul
from dealport.words.shipped import read_rows

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_WORD = re.compile(r"\w")


# How a cue stands in a text: as a whole word, not behind Hangul, or anywhere.
_Mark = Literal["latin", "korean", "free"]


class Cue(NamedTuple):
    """One cue in a text, in characters, the end exclusive."""

    start: int
    end: int
    kind: str


@cache
def cue_words() -> Mapping[str, tuple[str, ...]]:
    """The cues by kind, in the order of the file.

    Every negation before every verb of ``dealing`` with a sector ("never back") is a rule, every ``reluctance``
    ("rarely back") a preference.
    """
    kinds: dict[str, list[str]] = {}
    for words, kind in read_rows("text_words.csv"):
        kinds.setdefault(kind, []).append(words)
    for kind, before in (("rule", "negation"), ("preference", "reluctance")):
        kinds[kind] += [f"{words} {verb}" for words in kinds[before] for verb in kinds["dealing"]]
    return {kind: tuple(words) for kind, words in kinds.items()}


def find_cues(text: str, *kinds: str) -> Iterator[Cue]:
    """The cues of these kinds in `text`, in their order, none overlapping another; of two at one place the longer.

    Blanks in `text` are single ones. A cue of two kinds is of the kind that is named first.
    """
    lower = text.lower()  # longer for letters such as "İ": places would shift, so such a text is searched as typed
    automaton, cues = _finder(kinds)
    longest: dict[int, tuple[int, str]] = {}
    for n, start, end in automaton.find_matches_as_indexes(
        lower if len(lower) == len(text) else text, overlapping=True
    ):
        if start not in longest or longest[start][0] < end:
            kind, mark = cues[n]
            if _is_whole(text, start, end, mark):
                longest[start] = (end, kind)
    last = 0
    for start in sorted(longest):
        if start >= last:
            last, kind = longest[start]
            yield Cue(start, last, kind)


def has_cue(text: str, *kinds: str) -> bool:
    """Whether any cue of these kinds stands in `text`."""
    return next(find_cues(text, *kinds), None) is not None


def _is_whole(text: str, start: int, end: int, mark: _Mark) -> bool:
    """Whether a cue is not cut out of a word: 수상 (award) does not stand in 무인수상정 (a boat)."""
    if mark == "latin":
        return not (start and _WORD.match(text[start - 1])) and not _WORD.match(text, end)
    return mark == "free" or not (start and is_hangul(text[start - 1]))


@cache
def _finder(kinds: tuple[str, ...]) -> tuple[AhoCorasick, tuple[tuple[str, _Mark], ...]]:
    """An automaton of all cues of some kinds; the kind of each, in its order, and where it begins and ends."""
    from ahocorasick_rs import AhoCorasick

    kind_of: dict[str, str] = {}
    for kind in kinds:
        for words in cue_words().get(kind, ()):
            kind_of.setdefault(words.lower(), kind)
            if has_cjk(words):  # blanks are often left out
                kind_of.setdefault(words.lower().replace(" ", ""), kind)
    return AhoCorasick(tuple(kind_of)), tuple((kind, _mark_of(words, kind)) for words, kind in kind_of.items())


def _mark_of(words: str, kind: str) -> _Mark:
    if not has_cjk(words):
        return "latin"
    return "korean" if kind.startswith("aside") and has_hangul(words) else "free"
