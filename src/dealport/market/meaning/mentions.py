"""Which sectors a profile mentions, how surely, and which it excludes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dealport.market.meaning.lists_in_cells import words_in_cell
from dealport.market.meaning.market_words import MarketWords
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import did_you_mean, quoted
from dealport.model import Exclusion, How, HowExcluded, Kind, SectorMention
from dealport.words.lookup.resolving import Found, Resolution
from dealport.words.prose.prose_reading import ProseReading

STRENGTH: Mapping[How, int] = {
    "stated": 0,
    "listed": 1,
    "inferred": 2,
    "derived": 3,
    "umbrella": 4,
    "dealt": 5,
    "with": 6,
}
NAMED: tuple[How, ...] = ("stated", "with")
"""How the words of a sector field give a sector of their own."""
_SURENESS: Mapping[HowExcluded, int] = {"stated": 0, "rule": 1, "preference": 2}


class Exclusions(Struct, frozen=True):
    """What `excludes` rules out, and the words that were not understood."""

    sectors: tuple[Exclusion, ...] = ()
    countries: frozenset[str] = frozenset()
    misread: tuple[str, ...] = ()


def stated_sectors(words: Sequence[str], known: Understanding, kind: Kind) -> tuple[list[SectorMention], bool]:
    """Sectors of the sector field, and whether it says "any"; a warning for each word not understood.

    An umbrella word ("deep tech") is stated itself, its members are mentioned as its members. Of a compound ("AI
    medical imaging") a startup is both; an investor wants the field, done ``with`` the technology.
    """
    mentions: list[SectorMention] = []
    agnostic = False
    # AI imaging is AI in healthcare; who wants AI imaging may want more of that, but does not say so.
    implied: How = "stated" if kind == "startup" else "inferred"
    for place, word in enumerate(words, start=1):
        meant = known.vocabulary.sector_word(known.vocabulary.clean(word))
        mentions += meant.mentions
        mentions += [replace(one, how=implied, is_means=kind == "startup") for one in meant.implied]
        agnostic |= meant.agnostic
        for resolution in meant.doubtful:
            _tell_doubt(resolution, f"sectors[{place}]", known)
    if kind == "startup":
        mentions = [replace(one, how="stated", is_means=True) if one.how == "with" else one for one in mentions]
    return mentions, agnostic


def wide_members(words: Iterable[str], known: Understanding) -> list[SectorMention]:
    """What an investor's wide words stand for beside their node: "Consumer" food, games, travel ...

    Of an investor only: it wants one or another of them, while no startup is all of consumer.
    """
    vocabulary = known.vocabulary
    return [mention for word in words for mention in vocabulary.sector_word(vocabulary.clean(word)).members]


def inferred_sectors(read: ProseReading, stated: Iterable[SectorMention], known: MarketWords) -> list[SectorMention]:
    """Sectors that free text speaks of and the sector field does not already imply."""
    if not read.sectors:
        return []
    implied = known.graph.closure(mention.sector for mention in stated if mention.how in NAMED)
    return [
        SectorMention(one.sector, one.words, "listed" if one.certainty == "listed" else "inferred")
        for one in read.sectors
        if one.sector not in implied
    ]


def strongest(mentions: Iterable[SectorMention]) -> tuple[SectorMention, ...]:
    """Each sector once, by its strongest mention; the strongest first, then in the order of the ids."""
    ordered = sorted(mentions, key=lambda one: (STRENGTH[one.how], one.sector, one.is_means, one.word))
    first: dict[str, SectorMention] = {}
    for mention in ordered:
        first.setdefault(mention.sector, mention)
    return tuple(first.values())


def read_exclusions(words: Sequence[str], known: Understanding, wanted: Iterable[SectorMention] = ()) -> Exclusions:
    """What an investor's `excludes` means: a sector by its own word, else a country or region, else any sector word.

    "IT" and "AI" are sectors before they are Italy and Anguilla. A list in one cell counts by its words.

    A word not understood is a fault, and so is one that means several sectors together: taking "AI weapons" for all of
    AI would shut out half the market. A kind of a sector that has no id of its own ("guns") excludes nothing either,
    with a warning. A wide word ("Consumer") or umbrella ("deep tech") excludes the members it surely has too, but for
    those that the sector field states (`wanted`), with a warning that names them; "Technology" says too little to
    exclude anything: a fault.
    """
    stated = known.vocabulary.graph.closure(mention.sector for mention in wanted if mention.how == "stated")
    sectors: list[Exclusion] = []
    countries: set[str] = set()
    misread: set[str] = set()
    listed = [
        (f"excludes[{place}]", word)
        for place, typed in enumerate(words, start=1)
        for word in words_in_cell(known.vocabulary.clean(typed), known.vocabulary)
    ]
    for field, word in listed:
        resolution = known.vocabulary.sector(word)
        reach, unknown = known.vocabulary.reach([word])
        if not unknown and not reach.everywhere and not any(one.how == "exact" for one in resolution.sectors):
            countries |= reach.countries | reach.regional
        elif excluded := _excluded_by(resolution, field, known):
            members = _excluded_members(resolution, field, known, stated)
            sectors += [Exclusion(sector, word) for sector in excluded | members]
        else:
            misread.add(word)
    return Exclusions(tuple(sectors), frozenset(countries), tuple(sorted(misread)))


def surest(exclusions: Iterable[Exclusion]) -> tuple[Exclusion, ...]:
    """Each exclusion once: what is stated, then the rules, then mere preferences, each in the order of the ids."""
    return tuple(sorted(set(exclusions), key=lambda one: (_SURENESS[one.how], one.sector, one.word)))


def excluded_in_text(read: ProseReading, stated: Iterable[SectorMention], known: Understanding) -> list[Exclusion]:
    """Sectors an investor's description rules out ("no crypto"), told as a warning each.

    What its sector field states, or a parent of that, is never excluded by free text.
    """
    if not read.excluded:
        return []
    graph = known.vocabulary.graph
    implied = graph.closure(mention.sector for mention in stated if mention.how in NAMED)
    excluded = sorted((one for one in read.excluded if one.sector not in implied), key=lambda one: one.sector)
    for one in excluded:
        message = f"{quoted(one.word)} is read as excluding {quoted(graph.label(one.sector))}"
        known.problems.warn(known.origin, "description", message, "write it in excludes to make it plain")
    return excluded


def _tell_doubt(resolution: Resolution, field: str, known: Understanding) -> None:
    if not resolution.sectors:
        cure = did_you_mean(_labels(resolution.candidates, known.vocabulary)) or "`dealport sectors` lists them"
        message = f"unknown sector word {quoted(resolution.word)}"
        known.problems.warn(known.origin, field, message, cure, word=resolution.word)
    for found in resolution.sectors:
        known.problems.warn(known.origin, field, _read_as(resolution.word, found, known.vocabulary))


def _excluded_by(resolution: Resolution, field: str, known: Understanding) -> frozenset[str]:
    """The sectors an exclusion names; none, and a fault, when that is not clear."""
    found = resolution.sectors
    graph = known.vocabulary.graph
    if not found and resolution.wide:
        message = f"{quoted(resolution.word)} says too little to exclude anything"
        known.problems.fault(known.origin, field, message, "name the sectors themselves", word=resolution.word)
        return frozenset()
    if not found:
        near = [*known.vocabulary.near_countries(resolution.word), *_labels(resolution.candidates, known.vocabulary)]
        cure = did_you_mean(near) or "name a sector, a country or a region"
        message = f"{quoted(resolution.word)} is not understood"
        known.problems.fault(known.origin, field, message, cure, word=resolution.word)
        return frozenset()
    if len(found) > 1 and any(one.how == "compound" for one in found) and not _is_wide(resolution):
        both = " and ".join(quoted(graph.label(one.sector)) for one in found)
        message = f"{quoted(resolution.word)} means {both} together, which can't be excluded"
        known.problems.fault(known.origin, field, message, "name one sector", word=resolution.word)
        return frozenset()
    for one in found:
        if one.how == "narrower":
            # "guns" are not all of Defence, nor "wine" all of Beverages.
            whole = quoted(graph.label(one.sector))
            message = f"{quoted(resolution.word)} is one kind of {whole} only: nothing is excluded"
            cure = "name the whole sector, or give the word a sector of its own"
            known.problems.warn(known.origin, field, message, cure, word=resolution.word)
    if any(one.how == "narrower" for one in found):
        return frozenset()
    for one in found:
        if one.how == "typo" or (one.how == "compound" and not _is_wide(resolution)):
            known.problems.warn(known.origin, field, _read_as(resolution.word, one, known.vocabulary))
    return frozenset(one.sector for one in found)


def _is_wide(resolution: Resolution) -> bool:
    """Whether wide words are all that a word says."""
    stated = frozenset[str]().union(*(one.stated for one in resolution.wide))
    return bool(resolution.sectors) and stated == {found.sector for found in resolution.sectors}


def _excluded_members(
    resolution: Resolution, field: str, known: Understanding, stated: frozenset[str]
) -> frozenset[str]:
    """What an exclusion by a wide word or an umbrella surely excludes beside its node, told as a warning."""
    graph = known.vocabulary.graph
    certain = frozenset[str]().union(*(graph.sectors[one.sector].members for one in resolution.sectors))
    if _is_wide(resolution):
        certain = certain.union(*(one.certain for one in resolution.wide)) & graph.sectors.keys()
    members = certain - stated
    if members:
        names = [quoted(graph.label(one)) for one in sorted({one.sector for one in resolution.sectors} | members)]
        message = f"{quoted(resolution.word)} is read as excluding {', '.join(names[:-1])} and {names[-1]}"
        known.problems.warn(known.origin, field, message, "name the sectors themselves to exclude less")
    return members


def _read_as(word: str, found: Found, vocabulary: MarketWords) -> str:
    return f"{quoted(word)} is read as {quoted(vocabulary.graph.label(found.sector))}"


def _labels(candidates: Iterable[str], vocabulary: MarketWords) -> list[str]:
    """Candidates as a person would type them: a sector's label for its id."""
    graph = vocabulary.graph
    return [graph.label(one) if one in graph.sectors else one for one in candidates]
