"""Which sectors a profile mentions, how surely, and which it excludes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dealport.market.problems import did_you_mean, quoted
from dealport.market.understanding import Understanding
from dealport.market.vocabulary import Vocabulary
from dealport.model import Exclusion, How, HowExcluded, SectorMention
from dealport.words.resolving import Found, Resolution

STRENGTH: Mapping[How, int] = {"stated": 0, "umbrella": 1, "inferred": 2, "derived": 3, "dealt": 4}
_SURENESS: Mapping[HowExcluded, int] = {"stated": 0, "rule": 1, "preference": 2}


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What `excludes` rules out, and the words that were not understood."""

    sectors: tuple[Exclusion, ...] = ()
    countries: frozenset[str] = frozenset()
    misread: tuple[str, ...] = ()


def stated_sectors(words: Sequence[str], known: Understanding) -> tuple[list[SectorMention], bool]:
    """Sectors of the sector field, and whether it says "any"; a warning for each word not understood.

    An umbrella word ("deep tech") is stated itself, its members are mentioned as its members.
    """
    mentions: list[SectorMention] = []
    agnostic = False
    for place, word in enumerate(words, start=1):
        meant = known.vocabulary.sector_word(known.vocabulary.clean(word))
        mentions += meant.mentions
        agnostic |= meant.agnostic
        for resolution in meant.doubtful:
            _tell_doubt(resolution, f"sectors[{place}]", known)
    return mentions, agnostic


def inferred_sectors(description: str, stated: Iterable[SectorMention], known: Vocabulary) -> list[SectorMention]:
    """Sectors named in free text that the sector field does not already imply."""
    mentions = known.text(description).mentions if description else ()
    if not mentions:
        return []
    implied = known.graph.closure(mention.sector for mention in stated if mention.how == "stated")
    return [SectorMention(sector, word, "inferred") for sector, word in mentions if sector not in implied]


def strongest(mentions: Iterable[SectorMention]) -> tuple[SectorMention, ...]:
    """Each sector once, by its strongest mention; the strongest first, then in the order of the ids."""
    ordered = sorted(mentions, key=lambda mention: (STRENGTH[mention.how], mention.sector, mention.word))
    first: dict[str, SectorMention] = {}
    for mention in ordered:
        first.setdefault(mention.sector, mention)
    return tuple(first.values())


def read_exclusions(words: Sequence[str], known: Understanding) -> Exclusions:
    """What an investor's `excludes` means: a sector by its own word, else a country or region, else any sector word.

    "IT" and "AI" are sectors before they are Italy and Anguilla.

    A word not understood is a fault, and so is one that means several sectors together: taking "AI weapons" for all of
    AI would shut out half the market. A kind of a sector that has no id of its own ("guns") excludes nothing either,
    with a warning.
    """
    sectors: list[Exclusion] = []
    countries: set[str] = set()
    misread: set[str] = set()
    for place, typed in enumerate(words, start=1):
        word, field = known.vocabulary.clean(typed), f"excludes[{place}]"
        resolution = known.vocabulary.sector(word)
        reach, unknown = known.vocabulary.reach([word])
        if not unknown and not reach.everywhere and not any(one.how == "exact" for one in resolution.sectors):
            countries |= reach.countries | reach.regional
        elif excluded := _excluded_by(resolution, field, known):
            sectors += [Exclusion(sector, word) for sector in excluded]
        else:
            misread.add(word)
    return Exclusions(tuple(sectors), frozenset(countries), tuple(sorted(misread)))


def surest(exclusions: Iterable[Exclusion]) -> tuple[Exclusion, ...]:
    """Each exclusion once: what is stated, then the rules, then mere preferences, each in the order of the ids."""
    return tuple(sorted(set(exclusions), key=lambda one: (_SURENESS[one.how], one.sector, one.word)))


def excluded_in_text(description: str, stated: Iterable[SectorMention], known: Understanding) -> list[Exclusion]:
    """Sectors an investor's description rules out ("no crypto"), told as a warning each.

    What its sector field states, or a parent of that, is never excluded by free text.
    """
    named = known.vocabulary.text(description).excluded if description else ()
    if not named:
        return []
    graph = known.vocabulary.graph
    implied = graph.closure(mention.sector for mention in stated if mention.how == "stated")
    excluded = {sector: word for sector, word in named if sector not in implied}
    for sector, word in sorted(excluded.items()):
        message = f"{quoted(word)} is read as excluding {quoted(graph.label(sector))}"
        known.problems.warn(known.origin, "description", message, "write it in excludes to make it plain")
    return [Exclusion(sector, word, "rule") for sector, word in excluded.items()]


def _tell_doubt(resolution: Resolution, field: str, known: Understanding) -> None:
    if not resolution.sectors:
        cure = did_you_mean(_labels(resolution.candidates, known.vocabulary)) or "`dealport sectors` lists them"
        message = f"unknown sector word {quoted(resolution.word)}"
        known.problems.warn(known.origin, field, message, cure, word=resolution.word)
    for found in resolution.sectors:
        known.problems.warn(known.origin, field, _read_as(resolution.word, found, known.vocabulary))


def _excluded_by(resolution: Resolution, field: str, known: Understanding) -> frozenset[str]:
    """The sectors an exclusion means, members of an umbrella too; none, and a fault, when that is not clear."""
    found = resolution.sectors
    graph = known.vocabulary.graph
    if not found:
        cure = did_you_mean(_labels(resolution.candidates, known.vocabulary)) or "name a sector, a country or a region"
        message = f"{quoted(resolution.word)} is not understood"
        known.problems.fault(known.origin, field, message, cure, word=resolution.word)
        return frozenset()
    if len(found) > 1 and any(one.how == "compound" for one in found):
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
        if one.how in ("typo", "compound"):
            known.problems.warn(known.origin, field, _read_as(resolution.word, one, known.vocabulary))
    return frozenset(one.sector for one in found).union(*(graph.sectors[one.sector].members for one in found))


def _read_as(word: str, found: Found, vocabulary: Vocabulary) -> str:
    return f"{quoted(word)} is read as {quoted(vocabulary.graph.label(found.sector))}"


def _labels(candidates: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Candidates as a person would type them: a sector's label for its id."""
    graph = vocabulary.graph
    return [graph.label(one) if one in graph.sectors else one for one in candidates]
