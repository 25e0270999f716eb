"""Where a sector word stands among the words beside it: alone, in a list, as the thing meant or inside another word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from dealport.model import Kind
from dealport.words.lookup.cues import cue_words
from dealport.words.lookup.meanings import shared_meaning
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.normalising import fold, has_cjk, squeeze
from dealport.words.prose.boundaries import LONGEST_REST, WordEdges
from dealport.words.prose.exclusions import Mention
from dealport.words.prose.receivers import receivers
from dealport.words.prose.zones import Speaks, Zone
from dealport.words.sectors.compounds import fillers

_DELIMITER = re.compile(r"[,;/|•·・、，()（）\[\]&+:：\"“”「」]|\b(?:and|or|und|et)\b")
_TOKEN = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD_BEHIND = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_HYPHENED = re.compile(r"[-–][a-z]")  # "game-changing"
_HYPHENED_PLAIN = re.compile(r"[-–](?:focused|driven|based|related|first|tech|enabled|led)")
_ZH_PARTICLES = "的和与及等或之在以为是、并将與領领"
_LONGEST_LEAD = 60  # characters
_MOST_BETWEEN = 32  # characters between two sectors of a list
_SHORT_ZH = 2  # characters of a Chinese word that is plain by its shortness
MOST_OTHER_WORDS = 1
"""Unknown words that may stand before a plain word which counts: "community-led energy"."""
MOST_BETWEEN_WORDS = 2
"""Unknown words that may stand between two sectors of one list."""
LEAST_LISTED = 3
"""Sectors in a row that make a list."""


class Position(NamedTuple):
    """Where a mention stands.

    Attributes:
        speaks: What the zone it stands in speaks of.
        is_word: Whether it is a word or several, and not cut out of one.
        leads: Whether little but plain words stands between the beginning of its part of the sentence and it.
        heads: Whether it is not only the beginning of a longer word: "data" in "data entry".
        is_listed: Whether it stands in a list of `LEAST_LISTED` sectors or more.
    """

    speaks: Speaks
    is_word: bool
    leads: bool
    heads: bool
    is_listed: bool


class Surroundings:
    """Says of the mentions of one sentence where they stand; `zones` one after the other."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        zones: Sequence[Zone],
        resolver: SectorResolver,
        side: Kind,
        *,
        begun: bool,
    ) -> None:
        self._text = text
        self._mentions = mentions
        self._zones = zones
        self._zone_starts = [zone.start for zone in zones]
        self._edges = WordEdges(text, mentions, resolver.vocabulary.covers)
        self._has_cjk = has_cjk(text)
        self._starts = {mention.start: n for n, mention in enumerate(mentions)}
        self._graph = resolver.graph
        self._covers = resolver.vocabulary.covers
        self._receivers = receivers(text, mentions, side)
        self._is_later = begun and side == "startup"
        self._ends = [0, *(found.end() for found in _DELIMITER.finditer(text))]

    def position(self, mention: Mention) -> Position:
        """Where a mention stands."""
        zone = self._zones[max(0, bisect_right(self._zone_starts, mention.start) - 1)]
        speaks = zone.speaks
        if speaks == "open" and self._is_later:
            speaks = "past"  # after the first sentence, which says what it does, only lists tell where no cue does
        return Position(
            "aside" if mention.start in self._receivers else speaks,
            self._edges.is_word(mention),
            self._leads(mention, zone.start),
            self._heads(mention),
            mention.start in self._listed,
        )

    def beside(self, mention: Mention) -> tuple[str, str]:
        """The text before and behind a mention, a few words of it."""
        return (
            self._text[max(0, mention.start - _LONGEST_LEAD) : mention.start],
            self._text[mention.end : mention.end + _LONGEST_LEAD],
        )

    def is_weak(self, mention: Mention) -> bool:
        """Whether a word is so plain that any text may use it for something else."""
        if mention.is_generic or mention.key in _weak() or mention.key in fillers():
            return True
        return self._edges.is_chinese and len(mention.key) <= _SHORT_ZH and not mention.key.isascii()

    def meaning_in_list(self, mention: Mention) -> tuple[str, ...]:
        """The meaning of an ambiguous word that a word in a row with it shares: AR beside VR, not "the AR of"."""
        n = self._starts[mention.start]
        beside: list[str] = []
        for other in (*self._mentions[max(0, n - 1) : n], *self._mentions[n + 1 : n + 2]):
            first, last = sorted((mention, other), key=lambda one: one.start)
            if not other.is_ambiguous and self._is_gap(first.end, last.start):
                beside += other.sectors
        return shared_meaning(mention.sectors, beside, self._graph)

    def _leads(self, mention: Mention, zone_start: int) -> bool:
        """Whether at most one word that is not plain stands before it in its part."""
        if self._has_cjk:
            return True
        start = max(zone_start, self._ends[bisect_right(self._ends, mention.start) - 1])
        before = self._text[start : mention.start]
        if len(before) > _LONGEST_LEAD or before.endswith("-"):
            return False
        others = [word for word in _TOKEN.findall(before) if not _is_plain(word, "lead")]
        return len(others) <= MOST_OTHER_WORDS

    def _heads(self, mention: Mention) -> bool:
        """Whether no word follows that makes another thing of it."""
        after = self._text[mention.end : mention.end + _MOST_BETWEEN]
        if _HAN.match(after):
            return self._heads_in_han(mention)
        if _HYPHENED.match(after) and not _HYPHENED_PLAIN.match(after):
            return False
        found = _WORD_BEHIND.match(after)
        return found is None or _is_plain(found[1], "head") or mention.end + found.start(1) in self._starts

    def _heads_in_han(self, mention: Mention) -> bool:
        if not self._edges.is_chinese or mention.end in self._starts:
            return True
        rest = self._edges.rest(mention)
        return not rest or rest[0] in _ZH_PARTICLES or self._covers(rest[:LONGEST_REST])

    @cached_property
    def _listed(self) -> frozenset[int]:
        """The starts of the mentions that stand in a list."""
        listed: set[int] = set()
        run: list[Mention] = []
        for mention in (*self._mentions, None):
            if mention is not None and (not run or self._is_gap(run[-1].end, mention.start)):
                run.append(mention)
                continue
            if len(run) >= LEAST_LISTED:
                listed |= {one.start for one in run}
            run = [mention] if mention is not None else []
        return frozenset(listed)

    def _is_gap(self, start: int, end: int) -> bool:
        """Whether what stands between two mentions is a mark of a list with a plain word or two."""
        between = self._text[start:end]
        if len(between) > _MOST_BETWEEN or not _DELIMITER.search(between):
            return False
        plain = (_is_plain(word, "lead") or _is_plain(word, "head") for word in _TOKEN.findall(between))
        return sum(not one for one in plain) <= MOST_BETWEEN_WORDS


def _is_plain(word: str, kind: str) -> bool:
    """Whether a word says nothing of its own beside a sector: known so, a name of a place, a number, "US-based"."""
    if word[:1].isupper() and kind == "lead":
        return True
    lower = word.lower().strip(".")
    return lower in _plain(kind) or lower.endswith(
        ("-based", "-driven", "-enabled", "-focused", "-stage", "-led", "-first")
    )


@cache
def _plain(kind: str) -> frozenset[str]:
    return frozenset(cue_words()[kind]) | frozenset(fillers()) | {"and", "&"}


@cache
def _weak() -> frozenset[str]:
    return frozenset(squeeze(fold(word)) for word in cue_words()["weak"])
