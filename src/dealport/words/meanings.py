"""What known words mean alone and together, and how surely."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

from dealport.words.lexicon import Entry
from dealport.words.sectors import SectorGraph
from dealport.words.shipped import read_rows
from dealport.words.splitting import Piece

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

Together = Literal["compound", "list", "tech", "digital"]
"""How words stand together: "AI for drug discovery", "bio/healthcare", "농업 기술" (agritech), "online education"."""


@dataclass(frozen=True, slots=True)
class Found:
    """One sector a word means.

    Attributes:
        certainty: In (0, 1]; see the constants of this module.
    """

    sector: str
    how: How
    certainty: float


def meaning_of(entry: Entry, certainty: float) -> tuple[Found, ...]:
    """What an entry says alone, at most as surely as `certainty`: nothing where it is ambiguous."""
    if entry.relation not in _RELATION:
        return ()
    how, most = _RELATION[entry.relation]
    return tuple(Found(sector, how, min(certainty, most)) for sector in entry.sectors)


def meaning_of_pieces(pieces: Sequence[Piece], graph: SectorGraph) -> tuple[Found, ...]:
    """The sectors of all pieces of a word; those that make one sector together are that one.

    Nothing where a piece is a stranger, or ambiguous with nothing beside it that tells.
    """
    if any(piece.kind == "stranger" for piece in pieces):
        return ()
    found: list[Found] = []
    for group in _groups(pieces):
        entries = _told_by_context([piece.entry for piece in _telling(group) if piece.entry], pieces, graph)
        if entries is None:
            return ()
        found += _meaning_of_group(entries, {piece.kind for piece in group}, graph)
    sectors = minimal((one.sector for one in found), graph)
    joined = _join(sectors, "list")
    return tuple(found) if joined == sectors else _compound(joined)


def minimal(sectors: Iterable[str], graph: SectorGraph) -> frozenset[str]:
    """`sectors` without those that another of them is a kind of."""
    chosen = frozenset(sectors)
    return chosen - {ancestor for sector in chosen for ancestor in graph.ancestors(sector)}


def agreed(entries: Sequence[Entry]) -> tuple[Found, ...]:
    """The meaning that all `entries`, of which there is one at least, share exactly, as a typo's; else none."""
    sets = {frozenset(entry.sectors) for entry in entries}
    return as_typo(meaning_of(entries[0], TYPO)) if len(sets) == 1 else ()


def as_typo(found: Iterable[Found]) -> tuple[Found, ...]:
    """The same, found by correcting a typo."""
    return tuple(Found(one.sector, "typo", min(one.certainty, TYPO)) for one in found)


def _meaning_of_group(entries: Sequence[Entry], kinds: Collection[str], graph: SectorGraph) -> tuple[Found, ...]:
    """What one part of a list says; `kinds` of pieces with it: "tech", "digital" or a "qualifier" say more."""
    parts = minimal((sector for entry in entries for sector in entry.sectors), graph)
    joined = _join(parts, "compound") if len(entries) > 1 else parts
    said: tuple[Together, ...] = ("digital", "tech")
    for kind in said:
        joined = _join(joined, kind) if kind in kinds and len(joined) == 1 else joined
    if len(entries) > 1 or joined != parts:
        return _compound(joined)
    found = meaning_of(entries[0], FORM)
    if not {"qualifier", "digital"} & set(kinds):
        return found
    return tuple(replace(one, how="narrower", certainty=min(one.certainty, NARROWER)) for one in found)


def _compound(sectors: Iterable[str]) -> tuple[Found, ...]:
    return tuple(Found(sector, "compound", COMPOUND) for sector in sorted(sectors))


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


def _telling(group: Sequence[Piece]) -> list[Piece]:
    """The known words of a group; weak ones only where nothing told more before: "battery manufacturing" is battery."""
    telling: list[Piece] = []
    for piece in group:
        if piece.entry and piece.entry.sectors and (piece.kind == "known" or not telling):
            telling.append(piece)
    return telling


def _told_by_context(entries: Sequence[Entry], pieces: Sequence[Piece], graph: SectorGraph) -> list[Entry] | None:
    """The entries, ambiguous ones with the meaning that the other pieces share; None when nothing tells."""
    sure = {s for piece in pieces if piece.entry and piece.entry.relation != "ambiguous" for s in piece.entry.sectors}
    context = graph.closure(sure)
    told = []
    for entry in entries:
        if entry.relation != "ambiguous":
            told.append(entry)
            continue
        fits = [sector for sector in entry.sectors if graph.closure([sector]) & context]
        if len(fits) != 1:
            return None
        told.append(Entry(entry.word, (fits[0],), "abbreviation"))
    return told


def _join(parts: frozenset[str], together: Together) -> frozenset[str]:
    """`parts` with those that make one sector together replaced by it, the largest such set first."""
    for whole, sector in _combinations().get(together, ()):
        if whole <= parts:
            parts = (parts - whole) | {sector}
    return parts


@cache
def _combinations() -> Mapping[Together, tuple[tuple[frozenset[str], str], ...]]:
    """By how the parts stand together: parts and what they make, most parts first."""
    rows = read_rows("combinations.csv")
    rows.sort(key=lambda row: (-row[0].count("|"), row))
    return {
        kind: tuple((frozenset(parts.split("|")), sector) for parts, sector, together in rows if together == kind)
        for kind in get_args(Together)
    }
