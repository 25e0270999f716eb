"""The ladder of rounds, and what each listed word for a round means: the package's data, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dealport.words.normalising import compact, plain
from dealport.words.shipped import read_list, split_bars

LADDER: tuple[str, ...] = (
    "pre-seed",
    "seed",
    "pre-a",
    "series-a",
    "series-a-plus",
    "series-b",
    "series-b-plus",
    "series-c",
    "series-d-plus",
    "growth",
    "pre-ipo",
    "public",
)


class StageMeaning(NamedTuple):
    """The stages a word means when a startup says it, and when an investor does."""

    of_startup: frozenset[str]
    of_investor: frozenset[str]

    def said(self, *, of_investor: bool) -> frozenset[str]:
        """The stages, by who says the word."""
        return self.of_investor if of_investor else self.of_startup


def stage_key(text: str) -> str:
    """Like `compact`, but "a", "a+" and "-" stay apart."""
    return compact(text) or text.strip()


@cache
def stage_labels() -> Mapping[str, Mapping[str, str]]:
    """Id to language to label."""
    return {row["id"]: row for row in read_list("stages.csv")}


@cache
def stage_words() -> Mapping[str, StageMeaning]:
    """Lookup key of a word to its stages; a row of the list before the ids themselves."""
    words = {compact(stage): StageMeaning(frozenset({stage}), frozenset({stage})) for stage in LADDER}
    for row in read_list("stage_words.csv"):
        meaning = StageMeaning(_stages(row["stages"]), _stages(row["of_investor"] or row["stages"]))
        words |= {stage_key(plain(word)): meaning for word in split_bars(row["words"])}
    return words


def _stages(cell: str) -> frozenset[str]:
    """The stages of a cell: ``*`` is all of them, ``-`` none."""
    if cell == "*":
        return frozenset(LADDER)
    return frozenset() if cell == "-" else frozenset(split_bars(cell))
