"""The graph of sectors: what there is, what is a kind of what, what it is called, and how much sharing it says.

The graph is data (``data/sectors/sectors.csv``); users extend or override it with their own ``sectors.toml``.
Words that people type for a sector are the business of `dealport.words.sectors.lexicon`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import log
from types import MappingProxyType
from typing import Literal, cast, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from dealport.model import LANGUAGES, InputError
from dealport.words.sectors.own_sectors import Overrides, OwnSector, read_overrides
from dealport.words.sectors.technologies import all_technologies, not_served, wide_sectors
from dealport.words.shipped import read_data, split_bars

Facet = Literal["sector", "technology", "layer", "business_model", "umbrella"]
FACETS = get_args(Facet)
LAYERS = ("", "raw-material", "material", "component", "equipment", "module", "system", "software", "service")

AGNOSTIC = "agnostic"
"""The id that stands for "any sector"."""

UNITS_PER_NAT = 16
"""Information is counted in whole sixteenths of a nat, so that sums are exact."""

# A sector nobody in the reference lists names counts as this many: HBM is rare in lists of 2013-18, not worth 11 nats.
SMOOTHING = 5


class Sector(Struct, frozen=True):
    """A node of the graph.

    Attributes:
        parents: Ids it is a kind of, the main one first.
        layer: Its place in the value chain, one of `LAYERS`.
        isic4: Anchor in ISIC Rev.4; "" where there is none.
        reference_count: How often public lists name it; fixed, never counted in the market at hand.
        labels: Language (of `dealport.model.LANGUAGES`) to what it is called.
        neighbours: Sectors beside it in the value chain, both ways.
        members: The sectors an umbrella stands for.
        uses: Those of its parents by whose means it is done: AI in healthcare is health care, by way of AI.
    """

    id: str
    parents: tuple[str, ...] = ()
    facet: Facet = "sector"
    layer: str = ""
    isic4: str = ""
    reference_count: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    neighbours: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()


class SectorGraph(Struct, frozen=True):
    """All sectors, and what follows from their parents; made by `load_graph`.

    Attributes:
        sectors: Id to sector, in the order of the data.
        own_words: The user's own words as (word, sector id, relation), stronger than the package's.
        technologies: Sectors that are a means to many ends (AI, robots, blockchain), with the kinds of nothing else.
    """

    sectors: Mapping[str, Sector]
    own_words: tuple[tuple[str, str, str], ...] = ()
    technologies: frozenset[str] = frozenset()
    _ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _information: Mapping[str, int] = field(default_factory=dict)

    def ancestors(self, sector: str) -> frozenset[str]:
        """Everything `sector` is a kind of, by all parents, without itself."""
        return self._ancestors[sector]

    def closure(self, sectors: Iterable[str]) -> frozenset[str]:
        """`sectors` and all their ancestors."""
        closed = set(sectors)
        for sector in tuple(closed):
            closed |= self._ancestors[sector]
        return frozenset(closed)

    def wanted_closure(self, sectors: Iterable[str]) -> frozenset[str]:
        """`sectors` and all their ancestors, but for those that only what they use leads to.

        An investor in AI for health care wants health care; of AI it wants no more than that.
        """
        closed = set(sectors)
        for sector in tuple(closed):
            closed |= self._wanted[sector]
        return frozenset(closed)

    def is_field(self, sector: str) -> bool:
        """Whether a technology may serve the sector: it is no technology, business model or wide sector itself."""
        is_end = self.sectors[sector].facet != "business_model" and sector not in self.technologies
        return is_end and sector not in wide_sectors()

    def serves(self, technology: str, sector: str) -> bool:
        """Whether beside `sector` a technology is a means to it; a self-driving drone is no means to drive cars."""
        return self.is_field(sector) and all(sector not in not_served(one) for one in self.closure([technology]))

    def label(self, sector: str, language: str = "en") -> str:
        """What `sector` is called; English, then the id, where the language has no label."""
        labels = self.sectors[sector].labels
        return labels.get(language) or labels.get("en") or sector

    def information(self, sector: str) -> int:
        """How much sharing this sector says, in 1/16 nat; 0 for business models and "any sector"."""
        return self._information[sector]


def load_graph(overrides: Mapping[str, object] | None = None) -> SectorGraph:
    """The package's graph, with the user's own sectors where `overrides` (a parsed sectors.toml) is given.

    Raises:
        InputError: `overrides` has a fault; the message names the key.
    """
    if not overrides:
        return _package_graph()
    return extend_graph(_package_graph(), read_overrides(overrides))


def extend_graph(graph: SectorGraph, overrides: Overrides) -> SectorGraph:
    """`graph` with the sectors of `overrides` added, or changed in what they give.

    Raises:
        InputError: A parent, neighbour or member is unknown, or parents run in a circle.
    """
    sectors = dict(graph.sectors)
    for own in overrides.sectors:
        sectors[own.id] = _overridden(sectors.get(own.id), own)
    for own in overrides.sectors:
        _check_links(sectors, own.id)
    words = graph.own_words + tuple(word for own in overrides.sectors for word in own.words)
    return build_graph(sectors.values(), own_words=words)


def build_graph(sectors: Iterable[Sector], *, own_words: tuple[tuple[str, str, str], ...] = ()) -> SectorGraph:
    """A graph of `sectors`, neighbours made mutual.

    Raises:
        InputError: Parents run in a circle.
    """
    id_to_sector = _mutual_neighbours({sector.id: sector for sector in sectors})
    ancestors = _all_ancestors(id_to_sector)
    return SectorGraph(
        MappingProxyType(id_to_sector),
        own_words,
        technologies=all_technologies({name: sector.parents for name, sector in id_to_sector.items()}),
        _ancestors=ancestors,
        _wanted=_all_wanted(id_to_sector, ancestors),
        _information=_all_information(id_to_sector, ancestors),
    )


def read_sectors(lines: Iterable[str]) -> Iterator[Sector]:
    """The rows of a sectors.csv, its header first; a row may leave out its last column, `uses`."""
    rows = csv.reader(lines)
    next(rows)
    for name, parents, facet, layer, isic4, count, neighbours, members, *rest in rows:
        labels, uses = rest[: len(LANGUAGES)], rest[len(LANGUAGES) :]
        yield Sector(
            id=name,
            parents=tuple(split_bars(parents)),
            facet=cast("Facet", facet),
            layer=layer,
            isic4=isic4,
            reference_count=int(count or 0),
            labels=dict(zip(LANGUAGES, labels, strict=True)),
            neighbours=frozenset(split_bars(neighbours)),
            members=frozenset(split_bars(members)),
            uses=frozenset(split_bars(uses[0])) if uses else frozenset(),
        )


def _overridden(old: Sector | None, own: OwnSector) -> Sector:
    """`old`, or a new sector, with what `own` gives.

    Raises:
        InputError: The facet or layer is none we know.
    """
    sector = old or Sector(own.id, labels={"en": own.id})
    facet, layer = own.texts.get("facet", sector.facet), own.texts.get("layer", sector.layer)
    if facet not in FACETS:
        raise InputError(f"sectors.{own.id}.facet: unknown facet {facet!r} (known: {', '.join(FACETS)})")
    if layer not in LAYERS:
        raise InputError(f"sectors.{own.id}.layer: unknown layer {layer!r} (known: {', '.join(LAYERS[1:])})")
    return Sector(
        id=own.id,
        parents=own.lists.get("parents", sector.parents),
        facet=cast("Facet", facet),
        layer=layer,
        isic4=own.texts.get("isic4", sector.isic4),
        reference_count=sector.reference_count if own.reference_count is None else own.reference_count,
        labels={**sector.labels, **own.labels},
        neighbours=frozenset(own.lists.get("neighbours", sector.neighbours)),
        members=frozenset(own.lists.get("members", sector.members)),
        uses=frozenset(own.lists.get("uses", sector.uses)),
    )


def _check_links(sectors: Mapping[str, Sector], name: str) -> None:
    sector = sectors[name]
    for field_name in ("parents", "neighbours", "members", "uses"):
        for linked in sorted(getattr(sector, field_name)):
            if linked not in sectors:
                raise InputError(f"sectors.{name}.{field_name}: unknown sector {linked!r}")
    for linked in sorted(sector.uses):
        if linked not in sector.parents:
            raise InputError(f"sectors.{name}.uses: {linked!r} is none of its parents (name one of them, or add it)")


@cache
def _package_graph() -> SectorGraph:
    return build_graph(read_sectors(read_data("sectors.csv").splitlines()))


def _mutual_neighbours(sectors: dict[str, Sector]) -> dict[str, Sector]:
    back: dict[str, set[str]] = {}
    for sector in sectors.values():
        for neighbour in sector.neighbours:
            back.setdefault(neighbour, set()).add(sector.id)
    return {
        name: replace(sector, neighbours=sector.neighbours | back[name]) if name in back else sector
        for name, sector in sectors.items()
    }


def _all_ancestors(sectors: Mapping[str, Sector]) -> dict[str, frozenset[str]]:
    done: dict[str, frozenset[str]] = {}
    open_ids: list[str] = []

    def visit(name: str) -> frozenset[str]:
        if name in done:
            return done[name]
        if name in open_ids:
            circle = " -> ".join([*open_ids[open_ids.index(name) :], name])
            raise InputError(f"sectors.{name}.parents: runs in a circle: {circle}")
        open_ids.append(name)
        found: set[str] = set()
        for parent in sectors[name].parents:
            found.add(parent)
            found |= visit(parent)
        open_ids.pop()
        done[name] = frozenset(found)
        return done[name]

    return {name: visit(name) for name in sectors}


def _all_wanted(sectors: Mapping[str, Sector], ancestors: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """The ancestors of each sector that are reached without what anything on the way uses."""
    users = {name for name, sector in sectors.items() if sector.uses}
    done = {name: above for name, above in ancestors.items() if name not in users and users.isdisjoint(above)}

    def visit(name: str) -> frozenset[str]:
        if name not in done:
            kept = [parent for parent in sectors[name].parents if parent not in sectors[name].uses]
            done[name] = frozenset(kept).union(*map(visit, kept))
        return done[name]

    return {name: visit(name) for name in sectors}


def _all_information(sectors: Mapping[str, Sector], ancestors: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """-ln of a sector's share of all counts, its own and its descendants', each descendant once (Resnik 1995)."""
    counts = dict.fromkeys(sectors, 0)
    for name, sector in sectors.items():
        count = sector.reference_count + SMOOTHING
        counts[name] += count
        for ancestor in ancestors[name]:
            counts[ancestor] += count
    total = sum(sector.reference_count + SMOOTHING for sector in sectors.values())
    return {
        name: 0
        if sector.facet == "business_model" or name == AGNOSTIC
        else max(1, round(-log(counts[name] / total) * UNITS_PER_NAT))
        for name, sector in sectors.items()
    }
