"""What known words mean alone and together, and how surely."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dealport.words.sectors.combinations import Together, combinations, join, join_compound, join_technologies
from dealport.words.sectors.compounds import Piece
from dealport.words.sectors.graph import SectorGraph
from dealport.words.sectors.lexicon import WordEntry
from dealport.words.sectors.senses import Neighbour, is_ambiguous, standing

How = Literal["exact", "narrower", "compound", "abbreviation", "typo"]

# How surely a word means a sector, by how it was found. Known words are certain; a filler or a plural takes off little.
EXACT = 1.0
FORM = 0.95  # a known word in another form: Traditional characters, plural, fillers
NARROWER = 0.9  # a kind of the sector
COMPOUND = 0.85  # one of several known words in it
ABBREVIATION = 0.8  # an abbreviation of several meanings, told by the words beside it
TYPO = 0.7
GENERIC = 0.5  # a word of every second profile ("technology", "services")

_RELATION: Mapping[str, tuple[How, float]] = {
    "exact": ("exact", EXACT),
    "narrower": ("narrower", NARROWER),
    "compound": ("compound", COMPOUND),
    "abbreviation": ("abbreviation", ABBREVIATION),
    "generic": ("exact", GENERIC),
}

# Marks of a list inside a known word.
_LIST_WORD = re.compile("[·・/,、&+／]| and |및|와 |과 |与|和|與|と")


class Found(Struct, frozen=True):
    """One sector a word means.

    Attributes:
        certainty: In (0, 1]; see the constants of this module.
        is_means: Whether it is the technology by which the other sectors of a compound are done: AI in "AI medical
            imaging", but not in "AI and imaging".
    """

    sector: str
    how: How
    certainty: float
    is_means: bool = False


def meaning_of(entry: WordEntry, certainty: float, graph: SectorGraph) -> tuple[Found, ...]:
    """What an entry says alone, at most as surely as `certainty`: nothing where it is ambiguous."""
    if entry.relation not in _RELATION:
        return ()
    how, most = _RELATION[entry.relation]
    found = tuple(Found(sector, how, min(certainty, most)) for sector in entry.sectors)
    return narrowed(found, graph) if how == "compound" and not is_list(entry.word) else found


def is_list(word: str) -> bool:
    """Whether a known word names several things side by side: "AI & data", "AI/로봇"."""
    return _LIST_WORD.search(word) is not None


def narrowed(found: Sequence[Found], graph: SectorGraph) -> tuple[Found, ...]:
    """The sectors of one compound, the technologies in it marked as means where it names a field they serve.

    "AI in healthcare" beside another field of health care says no more than AI: "AI medical imaging" is imaging by AI.
    """
    fields = {one.sector for one in found if graph.is_field(one.sector)}
    kept: dict[str, Found] = {}
    for one in found:
        others = graph.wanted_closure(fields - {one.sector})
        uses = graph.sectors[one.sector].uses
        said = uses if uses and graph.wanted_closure([one.sector]) & others else (one.sector,)
        kept |= {sector: replace(one, sector=sector) for sector in sorted(said)}
    return tuple(replace(one, is_means=_is_means(one.sector, kept, graph)) for one in kept.values())


# The technologies that a listed word may name beside its sector: whoever says "AI coding" says AI. Of the others a word
# is often a part and says nothing of them: "cloud kitchen", "data center".
NAMED_IN_WORDS = frozenset({"ai", "bigdata", "blockchain", "iot"})


def with_technology(
    found: tuple[Found, ...], pieces: Sequence[Piece], names: Collection[str], graph: SectorGraph
) -> tuple[Found, ...]:
    """What a known word means, with the technology that its own pieces name: "AI coding" is developer tools by AI.

    `names`: lookup keys of the technologies' own names; "tracking" is a word for IoT, and names something else.

    Nothing where they name none, or where what it means is a kind of it already.
    """
    listed = {one.sector for one in found}
    if not found or any(piece.kind in ("list", "stranger") for piece in pieces):
        return ()
    named = {one for piece in pieces if piece.entry and piece.text in names for one in piece.entry.sectors}
    added = named - graph.closure(listed)
    if not added or not all(map(graph.is_field, listed)):
        return ()
    kept = [replace(one, how="compound", certainty=min(one.certainty, COMPOUND)) for one in found]
    return narrowed([*kept, *(Found(one, "compound", COMPOUND) for one in sorted(added))], graph)


def implied_kinds(found: Sequence[Found], graph: SectorGraph) -> frozenset[str]:
    """The sectors that are by a technology what a compound is by it more closely: AI imaging is AI in healthcare."""
    means = graph.closure(one.sector for one in found if one.is_means)
    served = graph.closure(one.sector for one in found if not one.is_means)
    return frozenset(
        sector
        for whole, sector in (combinations().get("compound", ()) if means else ())
        if sector in graph.sectors and graph.sectors[sector].uses & whole and whole & graph.technologies <= means
        if whole - graph.technologies <= served
    )


def _is_means(sector: str, beside: Collection[str], graph: SectorGraph) -> bool:
    return sector in graph.technologies and any(graph.serves(sector, other) for other in beside)


def meaning_of_pieces(pieces: Sequence[Piece], graph: SectorGraph) -> tuple[Found, ...]:
    """The sectors of all pieces of a word; those that make one sector together are that one.

    Nothing where a piece is a stranger, or ambiguous with nothing beside it that tells.
    """
    if any(piece.kind == "stranger" for piece in pieces):
        return ()
    found: list[Found] = []
    for group in _groups(pieces):
        kept = [piece for piece in group if _stands(piece, group, graph)]
        entries = _entries_in_context([piece.entry for piece in _telling(kept) if piece.entry], pieces, graph)
        if entries is None:
            return ()
        kinds = {piece.kind for piece in group}
        if entries:
            found += _meaning_of_group(entries, kinds if len(kept) == len(group) else {*kinds, "qualifier"}, graph)
    sectors = minimal((one.sector for one in found), graph)
    joined = join(sectors, "list")
    return tuple(found) if joined == sectors else _compound(joined, graph)


def doubtful_sectors(pieces: Sequence[Piece], graph: SectorGraph) -> tuple[str, ...]:
    """The sectors of the known words that have another sense beside the others: what the whole may mean, or not."""
    return tuple(
        dict.fromkeys(
            sector
            for group in _groups(pieces)
            for piece in group
            if piece.entry and not _stands(piece, group, graph)
            for sector in piece.entry.sectors
        )
    )


def _stands(piece: Piece, group: Sequence[Piece], graph: SectorGraph) -> bool:
    """Whether a piece has its listed sense beside the other pieces of its group."""
    if piece.entry is None:
        return True
    word = piece.text if is_ambiguous(piece.text) else piece.entry.word  # "bank" is known by "banking"
    beside = (Neighbour(one.text, one.entry) for one in group if one is not piece)
    return standing(word, piece.entry.sectors, beside, graph) != "no"


def minimal(sectors: Iterable[str], graph: SectorGraph) -> frozenset[str]:
    """`sectors` without those that another of them is a kind of."""
    chosen = frozenset(sectors)
    return chosen - {ancestor for sector in chosen for ancestor in graph.ancestors(sector)}


def agreed(entries: Sequence[WordEntry], graph: SectorGraph) -> tuple[Found, ...]:
    """The meaning that all `entries`, of which there is one at least, share exactly, as a typo's; else none."""
    sets = {frozenset(entry.sectors) for entry in entries}
    return as_typo(meaning_of(entries[0], TYPO, graph)) if len(sets) == 1 else ()


def as_typo(found: Iterable[Found]) -> tuple[Found, ...]:
    """The same, found by correcting a typo."""
    return tuple(replace(one, how="typo", certainty=min(one.certainty, TYPO)) for one in found)


def _meaning_of_group(entries: Sequence[WordEntry], kinds: Collection[str], graph: SectorGraph) -> tuple[Found, ...]:
    """What one part of a list says; `kinds` of pieces with it: "tech", "digital" or a "qualifier" say more."""
    parts = minimal((sector for entry in entries for sector in entry.sectors), graph)
    joined = join_technologies(join_compound(parts, graph), graph) if len(entries) > 1 else parts
    said: tuple[Together, ...] = ("digital", "tech")
    for kind in said:
        joined = join(joined, kind) if kind in kinds and len(joined) == 1 else joined
    if len(entries) > 1 or joined != parts:
        return _compound(joined, graph)
    found = meaning_of(entries[0], FORM, graph)
    if not {"qualifier", "digital"} & set(kinds):
        return found
    return tuple(replace(one, how="narrower", certainty=min(one.certainty, NARROWER)) for one in found)


def _compound(sectors: Iterable[str], graph: SectorGraph) -> tuple[Found, ...]:
    return narrowed([Found(sector, "compound", COMPOUND) for sector in sorted(sectors)], graph)


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces between list words ("and", "/"), groups of fillers alone left out."""
    group: list[Piece] = []
    for piece in (*pieces, Piece("", "list", None)):
        if piece.kind != "list":
            group.append(piece)
            continue
        if any(one.entry and one.entry.sectors for one in group):
            yield group
        group = []


_TOWARDS = frozenset({"for", "in"})


def _telling(group: Sequence[Piece]) -> list[Piece]:
    """The known words of a group; weak ones only where nothing told more before: "battery manufacturing" is battery."""
    telling: list[Piece] = []
    for n, piece in enumerate(group):
        is_end = n > 0 and group[n - 1].text in _TOWARDS  # "AI for manufacturing"
        if piece.entry and piece.entry.sectors and (piece.kind == "known" or is_end or not telling):
            telling.append(piece)
    return telling


def shared_meaning(sectors: Sequence[str], beside: Iterable[str], graph: SectorGraph) -> tuple[str, ...]:
    """The meaning of an ambiguous word that shares an ancestor with the sectors beside it; () if none or several do."""
    context = graph.closure(beside)
    fits = tuple(sector for sector in sectors if graph.closure([sector]) & context)
    return fits if len(fits) == 1 else ()


def _entries_in_context(
    entries: Sequence[WordEntry], pieces: Sequence[Piece], graph: SectorGraph
) -> list[WordEntry] | None:
    """The entries, ambiguous ones with the meaning that the other pieces share; None when nothing tells."""
    sure = {s for piece in pieces if piece.entry and piece.entry.relation != "ambiguous" for s in piece.entry.sectors}
    meant = []
    for entry in entries:
        if entry.relation != "ambiguous":
            meant.append(entry)
            continue
        if _has_listed_sense(entry, pieces, graph):
            meant.append(WordEntry(entry.word, entry.sectors, "abbreviation"))
            continue
        fits = shared_meaning(entry.sectors, sure, graph)
        if not fits:
            return None
        meant.append(WordEntry(entry.word, fits, "abbreviation"))
    return meant


def _has_listed_sense(entry: WordEntry, pieces: Sequence[Piece], graph: SectorGraph) -> bool:
    """Whether ``senses.csv`` lists the one meaning of an ambiguous word for what stands here: AR beside tourism."""
    if len(entry.sectors) != 1 or not is_ambiguous(entry.word):
        return False
    beside = (Neighbour(one.text, one.entry) for one in pieces if one.entry and one.entry.word != entry.word)
    return standing(entry.word, entry.sectors, beside, graph) == "yes"
