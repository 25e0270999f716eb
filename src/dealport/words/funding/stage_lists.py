"""A cell with a list of stages, some words of which nobody knows: what is understood stays, the others are named."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dealport.words.funding.stages import LIST_MARKS, resolve_stages

# These part a list before "and" and "/" do: "Seed, Foo & Bar" holds one unknown word.
_STRONG_MARKS = re.compile(r"\s*[,;|、，；\n]\s*")


class FoundStages(NamedTuple):
    """What a cell says of stages.

    Attributes:
        stages: Ids on the ladder; empty when it says nothing of a stage.
        unknown: The words that were not understood, as typed.
    """

    stages: frozenset[str]
    unknown: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def find_stages(word: str, *, of_investor: bool = False) -> FoundStages:
    """`resolve_stages`, but of a list with unknown words what is understood, and those words apart.

    "Seed, Series C, Pony round" gives seed and Series C, and "Pony round". Where nothing is understood the word is
    unknown as a whole.
    """
    stages = resolve_stages(word, of_investor=of_investor)
    if stages is not None:
        return FoundStages(stages)
    for mark in (_STRONG_MARKS, LIST_MARKS):
        parts = [part for part in mark.split(word) if part]
        found = [find_stages(part, of_investor=of_investor) for part in parts if len(parts) > 1]
        if any(one.stages for one in found):
            unknown = tuple(dict.fromkeys(name for one in found for name in one.unknown))
            return FoundStages(frozenset().union(*(one.stages for one in found)), unknown)
    return FoundStages(frozenset(), (word,))
