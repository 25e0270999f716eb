"""Which rows of a market take part in a ranking: by country, by sector, or one participant alone."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.market.participants import FoundParticipant
from dealport.model import UsageError
from dealport.scoring.engine.engine import chosen
from dealport.scoring.ranking import RowSelection
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.places.place_words import resolve_country, suggest_countries
from dealport.words.sectors.graph import SectorGraph


def select_rows(market: Market, *, from_country: str, to_country: str, sector: str, min_score: float) -> RowSelection:
    """The rows that the options leave; "" leaves all.

    Raises:
        UsageError: A country or sector word is not understood.
    """
    home, away = _country(from_country, "--from"), _country(to_country, "--to")
    sectors = _kinds_of(sector, market.graph) if sector else frozenset[str]()
    return RowSelection(
        chosen(
            [
                home in ("", one.country) and (not sectors or any(mention.sector in sectors for mention in one.sectors))
                for one in market.startups
            ]
        ),
        chosen([away in ("", one.country) for one in market.investors]),
        min_score,
    )


def only(selection: RowSelection, found: FoundParticipant) -> RowSelection:
    """The selection with one participant on its own side, whatever the filters said of it."""
    row = np.array([found.row], dtype=np.int32)
    return replace(selection, startups=row) if found.kind == "startup" else replace(selection, investors=row)


def _country(word: str, option: str) -> str:
    code = resolve_country(word) if word else ""
    if word and not code:
        near = ", ".join(suggest_countries(word))
        raise UsageError(f"{option}: unknown country '{word}'" + (f" (did you mean {near}?)" if near else ""))
    return code


def _kinds_of(word: str, graph: SectorGraph) -> frozenset[str]:
    """The sectors that a word or an id means, with all their kinds; an umbrella means its members.

    A wide word ("Consumer") means the members it surely has too, an id the node alone.
    """
    resolution = SectorResolver(graph).resolve(word)
    named = {word} & graph.sectors.keys()
    if not named:
        named = {found.sector for found in resolution.sectors}.union(*(one.certain for one in resolution.wide))
    meant = named.union(*(graph.sectors[sector].members for sector in named))
    if not meant and resolution.wide:
        raise UsageError(f"--sector: '{word}' says too little to choose by: name a sector")
    if not meant:
        near = ", ".join(f"'{candidate}'" for candidate in resolution.candidates)
        raise UsageError(f"--sector: unknown sector word '{word}'" + (f" (did you mean {near}?)" if near else ""))
    return frozenset(
        sector for sector in graph.sectors if sector in meant or not meant.isdisjoint(graph.ancestors(sector))
    )
