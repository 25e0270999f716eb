"""Words with a second sense: "motor" is electric, unless insurance stands beside it. The words are in ``senses.csv``.

A word that is not listed there has one sense. What stands beside a word is judged by the sectors that it means itself,
or by its letters where it is listed so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from dealport.words.normalising import fold, squeeze
from dealport.words.shipped import read_rows, split_bars

if TYPE_CHECKING:
    from dealport.words.sectors.graph import SectorGraph
    from dealport.words.sectors.lexicon import WordEntry

Standing = Literal["yes", "no", "open"]
"""Whether a sense stands: "open" where nothing beside the word says, though the word needs it."""


class Sense(Struct, frozen=True):
    """When a word has the sense that it is listed for.

    Attributes:
        needs: Sectors of which, or of whose kinds, one must stand beside it where any other field does; those that
            share an ancestor with its own sector always do. Empty: it has the sense unless `other` stands beside it.
        other: Sectors and words that give it another sense.
        is_strict: Whether it needs one of `needs` beside any other known word, a generic one too: "learning resources".
    """

    needs: frozenset[str]
    other: frozenset[str]
    is_strict: bool = False


class Neighbour(Struct, frozen=True):
    """What stands beside a word: its lookup key, and what it is known as, if at all."""

    key: str
    entry: WordEntry | None = None

    @property
    def sectors(self) -> tuple[str, ...]:
        """What it means."""
        return self.entry.sectors if self.entry else ()

    def names_field(self, graph: SectorGraph, *, surely: bool) -> bool:
        """Whether it names a field; `surely`, by a word that is not generic ("community")."""
        if self.entry is None or (surely and self.entry.relation in ("generic", "ambiguous")):
            return False
        return any(map(graph.is_field, self.entry.sectors))


def standing(word: str, sectors: Collection[str], neighbours: Iterable[Neighbour], graph: SectorGraph) -> Standing:
    """Whether a known word (as the lists write it) has the sense of `sectors` beside these neighbours.

    A technology, a business model or a sector too wide to say anything ("software") speaks neither for nor against.
    """
    sense = senses().get(squeeze(fold(word)))
    if sense is None:
        return "yes"
    own = graph.closure(sectors)
    is_supported = is_strange = False
    for neighbour in neighbours:
        beside = graph.closure(neighbour.sectors)
        if neighbour.key in sense.other or not sense.other.isdisjoint(beside):
            return "no"
        if not beside.isdisjoint(own | sense.needs):
            is_supported = True
        elif neighbour.names_field(graph, surely=not sense.is_strict):
            is_strange = True
    if is_supported or not sense.needs:
        return "yes"
    return "no" if is_strange else "open"


@lru_cache(maxsize=8192)
def is_ambiguous(word: str) -> bool:
    """Whether a known word is listed as having another sense."""
    return squeeze(fold(word)) in senses()


@cache
def senses() -> Mapping[str, Sense]:
    """Lookup key of a word to when it has its sense."""
    return {
        squeeze(fold(word)): Sense(frozenset(split_bars(needs)), frozenset(split_bars(other)), strict == "yes")
        for word, _, needs, other, strict in read_rows("senses.csv")
    }


@cache
def listed_beside() -> frozenset[str]:
    """The words, and sectors, that are listed as standing beside another sense."""
    return frozenset[str]().union(*(sense.other for sense in senses().values()))
