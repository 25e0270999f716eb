"""How well prose is read, on texts labelled by reading them before they were run.

A label names what a text says: ``must`` in the most specific sector that fits, ``may`` what a careful reader would
also accept, ``excluded``, ``agnostic``, and ``trap`` as word=sector for what a careless reader would take.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from dealport.model import Kind
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.prose.prose_reading import ProseReading, read_prose
from dealport.words.sectors.graph import SectorGraph

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Figures:
    """Counts over several texts."""

    right: float = 0
    wrong: float = 0
    found: float = 0
    n_must: int = 0
    n_traps: int = 0
    n_taken: int = 0
    n_agnostic: int = 0
    n_agnostic_found: int = 0
    n_agnostic_wrong: int = 0
    n_excluded_wrong: int = 0
    n_excluded_missed: int = 0
    wrongs: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the sectors read that are right; a mere parent of what is meant counts half."""
        return self.right / max(1.0, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what must be read that is; a mere parent of it counts half."""
        return self.found / max(1, self.n_must)

    @property
    def trap_share(self) -> float:
        """Share of the traps that were taken."""
        return self.n_taken / max(1, self.n_traps)


def rows_of(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_row(row: Mapping[str, str], resolver: SectorResolver) -> ProseReading:
    return read_prose(row["text"], resolver, cast("Kind", row["side"]))


def figures_of(rows: Iterable[Mapping[str, str]], resolver: SectorResolver) -> Figures:
    figures = Figures()
    for row in rows:
        _add(figures, row, read_row(row, resolver), resolver.graph)
    return figures


def _add(figures: Figures, row: Mapping[str, str], read: ProseReading, graph: SectorGraph) -> None:
    must, may, ruled_out = ({one for one in row[name].split(";") if one} for name in ("must", "may", "excluded"))
    sectors = {one.sector for one in read.sectors}
    accepted = must | may
    for sector in sorted(sectors):
        share = _share(sector, must, accepted, graph)
        figures.right += share
        figures.wrong += 1 - share
        figures.wrongs += [f"{row['id']} {sector}"] if share < 1 else []
    held = graph.closure(sectors)
    figures.n_must += len(must)
    figures.found += sum(1.0 if one in held else 0.5 if graph.ancestors(one) & sectors else 0.0 for one in must)
    _add_exclusions(
        figures, {one.sector for one in read.excluded} if row["side"] == "investor" else set(), ruled_out, graph
    )
    says_so = row["agnostic"] == "yes"
    figures.n_agnostic += says_so
    figures.n_agnostic_found += says_so and read.agnostic
    figures.n_agnostic_wrong += read.agnostic and not says_so
    traps = [trap.rpartition("=")[2] for trap in row["trap"].split(";") if "=" in trap]
    figures.n_traps += len(traps)
    figures.n_taken += sum(trap in sectors for trap in traps)


def _share(sector: str, must: set[str], accepted: set[str], graph: SectorGraph) -> float:
    """1 for what is accepted or a kind of what must be read, a half for a mere parent, else 0."""
    if sector in accepted or graph.ancestors(sector) & must:
        return 1
    return 0.5 if sector in graph.closure(accepted) else 0


def _add_exclusions(figures: Figures, read: set[str], right: set[str], graph: SectorGraph) -> None:
    figures.n_excluded_wrong += sum(not (graph.closure([one]) & right) for one in read)
    figures.n_excluded_missed += sum(one not in graph.closure(read) for one in right)
