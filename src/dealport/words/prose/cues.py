"""The words of prose that tell what the words beside them are for: "we invest in", "prior to", "客户包括", "제외".

They are data (``data/sectors/text_words.csv``), by kind. A pattern finds the cues of several kinds in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dealport.words.normalising import has_cjk, has_hangul
from dealport.words.shipped import read_rows


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in a text, in characters, the end exclusive."""

    start: int
    end: int
    kind: str


@cache
def cue_words() -> Mapping[str, tuple[str, ...]]:
    """The cues by kind, in the order of the file."""
    kinds: dict[str, list[str]] = {}
    for words, kind in read_rows("text_words.csv"):
        kinds.setdefault(kind, []).append(words)
    return {kind: tuple(words) for kind, words in kinds.items()}


def find_cues(text: str, *kinds: str) -> Iterator[Cue]:
    """The cues of these kinds in `text`, in their order, none overlapping another; of two at one place the longer."""
    pattern, kind_of = _pattern(kinds, in_cjk=has_cjk(text))
    for found in pattern.finditer(text):
        yield Cue(found.start(), found.end(), kind_of[" ".join(found[0].lower().split())])


def has_cue(text: str, *kinds: str) -> bool:
    """Whether any cue of these kinds stands in `text`."""
    return next(find_cues(text, *kinds), None) is not None


def _eastern(words: str, kind: str) -> str:
    """A pattern of a cue of the East; 수상 (award) does not stand in 무인수상정 (a boat)."""
    whole = r"(?<![가-힣])" if kind.startswith("aside") and has_hangul(words) else ""
    return whole + re.escape(words).replace(r"\ ", r"\s*")


@cache
def _pattern(kinds: tuple[str, ...], *, in_cjk: bool) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of all cues, the longest first, Latin ones as whole words; and the kind of each."""
    kind_of = {words: kind for kind in reversed(kinds) for words in cue_words().get(kind, ())}
    chosen = sorted((words for words in kind_of if in_cjk or not has_cjk(words)), key=lambda words: (-len(words), words))
    latin = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in chosen if not has_cjk(words))
    other = "|".join(_eastern(words, kind_of[words]) for words in chosen if has_cjk(words))
    # Any word first, then the cues: most places of a text are left at once.
    parts = [rf"(?<![\w]){part}(?!\w)" for part in ([f"(?:{latin})"] if latin else [])] + ([other] if other else [])
    kind_of |= {"".join(words.split()): kind for words, kind in kind_of.items() if has_cjk(words)}
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE), kind_of
