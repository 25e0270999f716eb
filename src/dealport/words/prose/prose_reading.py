"""Prose read like a reader: the sectors that a thesis wants or a description is about, what it rules out, or any.

A word counts by where it stands. Behind "we invest in" it is wanted; in a person's career, among customers or in a
metaphor it says nothing. A plain word that every text may use ("energy", "security") counts only as the thing that is
wanted or in a list, a term of the trade ("fintech") also elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from dealport.model import Exclusion, Kind
from dealport.words.lookup.meanings import minimal
from dealport.words.lookup.resolving import MAX_LENGTH, SectorResolver
from dealport.words.normalising import clean, fold, squeeze
from dealport.words.prose.agnostic import is_agnostic
from dealport.words.prose.boundaries import is_chinese
from dealport.words.prose.exclusions import Mention, Strength, excluded_mentions, may_exclude
from dealport.words.prose.finding import find_words
from dealport.words.prose.headings import Heading, heading_of
from dealport.words.prose.positions import Surroundings
from dealport.words.prose.sentences import TextSentence, sentences
from dealport.words.prose.text_senses import standing_in_text
from dealport.words.prose.zones import Zone, is_personal, zones
from dealport.words.sectors.senses import Standing

MAX_TEXT = 131_072
"""Characters of a text that are read; the rest is left unread, so that no profile takes long."""

Certainty = Literal["listed", "lone"]
"""``listed``: in a list of what is wanted, or wanted itself; ``lone``: a word somewhere in the text."""

_LISTED = re.compile(r"\s+and\s+|\s*[&/,、·・]\s*|和|与|및", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\r\n]+")


class ReadSector(Struct, frozen=True):
    """A sector that a text speaks of, and the words that gave it."""

    sector: str
    words: str
    certainty: Certainty = "listed"


class ProseReading(Struct, frozen=True):
    """What a text says, each sector once, in the order of the text.

    Attributes:
        sectors: What is wanted or made, without what another of them is a kind of.
        excluded: What is ruled out, but for words that are only a kind of a sector.
        agnostic: Whether it says that any sector will do.
    """

    sectors: tuple[ReadSector, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    agnostic: bool = False


def read_prose(text: str, resolver: SectorResolver, side: Kind) -> ProseReading:
    """What the description of a startup or an investor says; its first `MAX_TEXT` characters are read."""
    safe = clean(_LINE_ENDS.sub(" ; ", text[:MAX_TEXT]))
    safe = safe if safe.isascii() else unicodedata.normalize("NFKC", safe)
    if not safe:
        return ProseReading()
    reader = _Reader(resolver, side, safe)
    for sentence in sentences(safe):
        reader.read(sentence)
    return ProseReading(reader.minimal(), tuple(reader.excluded.values()), reader.agnostic)


class _Reader:
    """Reads one text, a sentence at a time.

    Attributes:
        sectors: Sector id to its first and surest reading.
        excluded: Sector id to its exclusion.
    """

    def __init__(self, resolver: SectorResolver, side: Kind, text: str) -> None:
        self.sectors: dict[str, ReadSector] = {}
        self.excluded: dict[str, Exclusion] = {}
        self.agnostic = False
        self._resolver = resolver
        self._side = side
        self._is_chinese = is_chinese(text)
        self._personal = side == "investor" and is_personal(text)
        self._may_exclude = may_exclude(text)
        self._said: dict[str, tuple[str, ...]] = {}
        self._heading: Heading | None = None
        self._begun = False

    def read(self, sentence: TextSentence) -> None:
        """Take what a sentence says."""
        if self._side == "investor" and not self.agnostic:
            self.agnostic = is_agnostic(sentence.text)
        heading = self._heading if sentence.continues else None
        mentions = tuple(find_words(sentence.text, self._resolver, is_chinese=self._is_chinese))
        parts: tuple[Zone, ...] = ()
        if mentions or sentence.opens:  # nobody asks for those of any other
            inherits = heading == "wanted"
            parts = zones(sentence, self._side, begun=self._begun, inherits=inherits, personal=self._personal)
        last = parts[-1].speaks if parts else "open"
        self._heading = heading_of(sentence, has_mentions=bool(mentions), last=last) or heading
        if not mentions:
            return
        barred = excluded_mentions(sentence.text, mentions) if self._may_exclude else {}
        if heading in ("rule", "preference"):
            barred = dict.fromkeys(mentions, heading)  # a list under "we do not invest in:"
        around = Surroundings(sentence.text, mentions, parts, self._resolver, self._side, begun=self._begun)
        self._begun = True
        for found in mentions:
            mention = found
            if mention in barred:
                self._exclude(mention, barred[mention])
            elif not self._is_taken(mention):
                if mention.is_ambiguous:
                    mention = mention._replace(sectors=around.meaning_in_list(mention))
                certainty = self._counts(mention, around)
                if certainty:
                    self._take(mention, certainty)

    def minimal(self) -> tuple[ReadSector, ...]:
        """The sectors without those that another is a kind of; what is wanted stays beside what is only named."""
        kept = minimal(self.sectors, self._resolver.graph)
        return tuple(read for sector, read in self.sectors.items() if sector in kept)

    def _exclude(self, mention: Mention, strength: Strength) -> None:
        own = () if mention.is_narrower else mention.sectors  # "no adult content" rules out no more than it says
        for sector in self._parts(mention.words) or own:
            self.excluded.setdefault(sector, Exclusion(sector, mention.words, strength))

    def _take(self, mention: Mention, certainty: Certainty) -> None:
        for sector in (*mention.sectors, *self._more(mention.words)):
            if sector not in self.sectors or (certainty == "listed" and self.sectors[sector].certainty == "lone"):
                self.sectors[sector] = ReadSector(sector, mention.words, certainty)

    def _standing(self, mention: Mention, around: Surroundings) -> Standing:
        """Whether a word of several senses has the listed one here: "motor" beside "insurance" has not."""
        entry = self._resolver.vocabulary.lexicon.get(mention.key)
        if entry is None:
            return "yes"
        return standing_in_text(mention.words, entry, *around.beside(mention), self._resolver)

    def _is_taken(self, mention: Mention) -> bool:
        """Whether nothing can be added by a mention, since its sectors are known as surely as can be."""
        known = (self.sectors.get(sector) for sector in mention.sectors)
        return mention.words in self._said and all(one and one.certainty == "listed" for one in known)

    def _more(self, words: str) -> tuple[str, ...]:
        """What words say beside the sector they are known for."""
        if words not in self._said:
            self._said[words] = (*self._models(words), *self._parts(words))
        return self._said[words]

    def _models(self, words: str) -> Iterator[str]:
        """The business models that several words hold: B2B in "B2B software"."""
        parts = words.split()
        for part in parts if len(parts) > 1 else ():
            entry = self._resolver.vocabulary.lexicon.get(squeeze(fold(part)))
            if entry and entry.relation == "exact":
                sectors = self._resolver.graph.sectors
                yield from (one for one in entry.sectors if sectors[one].facet == "business_model")

    def _parts(self, words: str) -> tuple[str, ...]:
        """The sectors of each part of words that are a list: "fintech and insurtech" is known as fintech alone."""
        parts = [part for part in _LISTED.split(words) if part.strip()]
        if len(parts) < 2 or len(words) > MAX_LENGTH:
            return ()
        said = [self._resolver.resolve(part).sectors for part in parts]
        if not all(found and found[0].how == "exact" for found in said):
            return ()
        return tuple(one.sector for found in said for one in found)

    def _counts(self, mention: Mention, around: Surroundings) -> Certainty | None:
        """How surely a mention counts where it stands; None where it does not."""
        position = around.position(mention)
        standing = self._standing(mention, around)
        if position.speaks == "aside" or not position.is_word or standing == "no":
            return None
        weak = standing == "open" or around.is_weak(mention)
        firm = position.leads and position.heads
        if position.speaks == "wanted":
            return "listed" if firm else None if weak else "lone"
        if weak or position.speaks == "past":
            return "listed" if position.is_listed and firm else None
        return "listed" if position.is_listed else "lone"
