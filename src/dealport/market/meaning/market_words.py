"""What the words of one market mean, each looked up once: a thousand profiles say "AI"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dealport.model import Kind, Reach, SectorMention
from dealport.words import capabilities, languages, names, normalising
from dealport.words.funding import money, stage_lists, stages
from dealport.words.funding.stage_words import LADDER
from dealport.words.lookup.meanings import implied_kinds
from dealport.words.lookup.resolving import Resolution, SectorResolver
from dealport.words.places import place_words as places
from dealport.words.prose.prose_reading import ProseReading, read_prose

if TYPE_CHECKING:
    from dealport.words.sectors.graph import SectorGraph

_YES = frozenset(
    {"true", "yes", "y", "1", "x", "o", "lead", "네", "예", "리드", "是", "有", "领投", "領投", "はい", "有り"}
)
_NO = frozenset(
    {"false", "no", "n", "0", "follow", "아니요", "아니오", "否", "无", "無", "不领投", "跟投", "いいえ", "無し"}
)
_EITHER = frozenset({"", "unknown", "?", "-", "n/a", "both", "모름", "미정", "不明", "未知"})

# Of texts and amounts, which may all differ: names among them, each looked up twice or so.
_N_REMEMBERED = 4096
# A "did you mean" for stages below this likeness (in percent) would be a guess.
_NEAR_STAGE_PERCENT = 75


# "AI, robotics" in one cell: tried only where the whole is no word of its own ("Food / agriculture" is one).
_INNER_MARKS = re.compile(r"[,，、/／·・‧•･&|]")


class WordSectors(Struct, frozen=True):
    """What one word of a sector field means.

    Attributes:
        mentions: The sectors, an umbrella's members after it; ``with`` is the technology of a compound, which a startup
            states as well.
        members: What an investor wants as well who says a wide word ("Consumer"): mentions as its members.
        implied: What compounds are a kind of besides: AI imaging is AI in healthcare.
        agnostic: Whether it says "any sector".
        doubtful: Resolutions that the user must be told of: not understood, or taken for a slip of the pen.
    """

    mentions: tuple[SectorMention, ...]
    members: tuple[SectorMention, ...]
    implied: tuple[SectorMention, ...]
    agnostic: bool
    doubtful: tuple[Resolution, ...]


class MarketWords:
    """The words floor with a memory of its own, for one build of a market.

    Attributes:
        resolver: Of sector words, over the market's graph.
        as_of: The day whose rates turn money into US dollars.
    """

    def __init__(self, graph: SectorGraph, as_of: date) -> None:
        self.graph = graph
        self.resolver = SectorResolver(graph)
        self.rates = money.Rates(as_of)
        self.clean: Callable[[str], str] = lru_cache(_N_REMEMBERED)(normalising.clean)
        self.country: Callable[[str], str] = cache(places.resolve_country)
        self.capability: Callable[[str], str] = cache(capabilities.resolve_capability)
        self.language: Callable[[str], str] = cache(languages.resolve_language)
        self.stages: Callable[..., stage_lists.FoundStages] = cache(stage_lists.find_stages)
        self.name_key: Callable[[str], str] = cache(names.name_key)
        self.near_countries: Callable[[str], tuple[str, ...]] = cache(places.suggest_countries)
        self.near_capabilities: Callable[[str], tuple[str, ...]] = cache(capabilities.suggest_capabilities)
        self.near_stages: Callable[[str], tuple[str, ...]] = cache(_near_stages)
        self._reach: Callable[[tuple[str, ...], str], tuple[Reach, tuple[str, ...]]] = cache(_named_reach)
        self.usd: Callable[[str | float, str, str], tuple[float, float] | None] = lru_cache(_N_REMEMBERED)(
            partial(_usd, self.rates)
        )
        self.sector_word: Callable[[str], WordSectors] = cache(partial(_word_sectors, self.resolver, graph))
        self.prose: Callable[[str, Kind], ProseReading] = lru_cache(_N_REMEMBERED)(partial(_read_prose, self.resolver))

    def sector(self, word: str) -> Resolution:
        """What a sector word means."""
        return self.resolver.resolve(word)

    def says(self, word: str) -> float:
        """How much a word of a sector field says, 0 to 1: "Technology" 0, "Consumer" little, the name of a sector 1."""
        return max((resolution.says for resolution in _resolutions(self.resolver, word)), default=0.0)

    def reach(self, words: Sequence[str], home: str = "") -> tuple[Reach, tuple[str, ...]]:
        """Countries and regions, and the words not understood; "domestic" is the country `home`."""
        return self._reach(tuple(words), home)

    def yes_or_no(self, value: bool | str) -> tuple[bool | None, bool]:
        """Yes, no or unknown, and whether the word was understood."""
        if isinstance(value, bool):
            return value, True
        key = value.strip().casefold()
        if key in _YES:
            return True, True
        if key in _NO:
            return False, True
        return None, key in _EITHER


# What follows is remembered by a vocabulary: no methods of it, or its memory would hold it and stay.


def _usd(rates: money.Rates, value: str | float, country: str, bare: str) -> tuple[float, float] | None:
    """A range in US dollars at the market's day; None when undisclosed. Raises `MoneyError`.

    `bare` is the currency of an amount that names none.
    """
    amount = money.parse_money(value, country=country, bare=bare)
    return None if amount is None else rates.usd_range(amount)


def _read_prose(resolver: SectorResolver, text: str, side: Kind) -> ProseReading:
    return read_prose(text, resolver, side) if text else ProseReading()


def _named_reach(words: tuple[str, ...], home: str) -> tuple[Reach, tuple[str, ...]]:
    """What the words hold together, with the names of the regions among them."""
    reach, unknown = places.resolve_reach(words, home)
    named = dict.fromkeys(word for word in words if places.resolve_reach([word], home)[0].regional)
    return (replace(reach, regions=tuple(named)) if named else reach), unknown


def _word_sectors(resolver: SectorResolver, graph: SectorGraph, word: str) -> WordSectors:
    resolutions = _resolutions(resolver, word)
    mentions: list[SectorMention] = []
    wide: list[SectorMention] = []
    implied: list[SectorMention] = []
    for resolution in resolutions:
        wanted = frozenset[str]().union(*(one.members for one in resolution.wide)) & graph.sectors.keys()
        wide += [SectorMention(member, resolution.word, "umbrella") for member in sorted(wanted)]
        kinds = sorted(implied_kinds(resolution.sectors, graph)) if not resolution.wide else []
        implied += [SectorMention(kind, resolution.word) for kind in kinds]
        for found in resolution.sectors:
            members = sorted(graph.sectors[found.sector].members)
            mentions.append(SectorMention(found.sector, resolution.word, "with" if found.is_means else "stated"))
            mentions += [SectorMention(member, resolution.word, "umbrella") for member in members]
    agnostic = any(resolution.agnostic for resolution in resolutions)
    doubtful = tuple(filter(_is_doubtful, resolutions))
    return WordSectors(tuple(mentions), tuple(wide), tuple(implied), agnostic, doubtful)


def _resolutions(resolver: SectorResolver, word: str) -> list[Resolution]:
    """The word as a whole; where it means nothing, the parts between commas and slashes if any means something.

    Where the whole is but the list of its parts, those of them that mean nothing stand behind it: of "AI, qwert" AI is
    understood. A word of the lists ("Home & Garden") has no parts.
    """
    whole = resolver.resolve(word)
    if whole.agnostic or not _INNER_MARKS.search(word):
        return [whole] if word else []
    parts = [resolver.resolve(part.strip()) for part in _INNER_MARKS.split(word) if part.strip()]
    if whole.sectors:
        said = {found.sector for part in parts for found in part.sectors}
        is_list = {found.sector for found in whole.sectors} <= said and not resolver.knows(word)
        return [whole, *(part for part in parts if is_list and not part.sectors and _is_doubtful(part))]
    return parts if any(part.sectors or part.agnostic for part in parts) else [whole]


def _is_doubtful(resolution: Resolution) -> bool:
    if any(found.how == "typo" for found in resolution.sectors):
        return True
    return not resolution.sectors and not resolution.agnostic and not resolution.silent


def _near_stages(word: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    key = word.casefold().replace(" ", "-")
    found = process.extractOne(key, LADDER, scorer=fuzz.ratio, score_cutoff=_NEAR_STAGE_PERCENT)
    return (stages.stage_label(found[0]),) if found else ()
