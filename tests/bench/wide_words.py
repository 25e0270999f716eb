"""How lists use the words that stand for sets of sectors: what `says` and the members of wide_words.csv rest on.

python -m tests.bench.wide_words lists/funds.csv#Industry lists/firms.json#sectors ... [--words]

A file is a CSV table or a JSON list of objects; what follows # is the column whose cells list sectors. Prints a line
for each wide word that some cell names:

- cells: how many name it; share: of the cells of the list that names it most often; alone: of these cells, those with
  no other word.
- use: -ln(share), in nats, how far naming the word narrows a list down. set: -ln of the share of all reference counts
  that its node, members and their kinds hold: how far the set narrows the market down.
- says: the smaller of the two over 3 nats (a sector that every twentieth names says all), at least .1, at most 1. At
  most .1 where 95 % of at least 50 cells name nothing else: such a list writes the word where it knows nothing. Half
  of it where the word states no node: its members are one thing or another.
- beside: sectors that other words of the same cells mean, with cells and lift, the share of the cells with several
  words over the share among all such cells of the same lists. Members are marked: * certain, + likely.

With --words only counts of words are printed, not sectors.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.lookup.wide_words import WideWord, find_wide_word, wide_words
from dealport.words.sectors.graph import SectorGraph, load_graph

ENOUGH_NATS = 3.0
ALWAYS_ALONE, MANY_CELLS = 0.95, 50
SMALLEST_LIST = 100  # the share in a shorter list is chance
LONGEST_WORD = 60  # longer parts of a cell are prose
SHOWN_BESIDE = 14

_PARTS = re.compile(r"[,，、;；|\n]|\.\s")
# "We invest in Consumer, Enterprise and Fintech"
_OPENING = re.compile(r"^.*\b(?:in|on|across|into|and)\s+", re.IGNORECASE)


@dataclass
class Use:
    """What the cells that name a wide word show."""

    cells: int = 0
    alone: int = 0
    share: float = 0.0
    beside: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)


def read_cells(argument: str) -> Iterator[str]:
    """The cells of FILE#COLUMN; lists in JSON are joined by commas."""
    name, _, column = argument.rpartition("#")
    if not name or not column:
        raise SystemExit(f"{argument}: write FILE#COLUMN")
    path = Path(name)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    rows = json.loads(text) if path.suffix == ".json" else csv.DictReader(text.splitlines(keepends=True))
    for row in rows:
        cell = row.get(column) or ""
        yield ",".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def words_of(cell: str) -> list[str]:
    """The words of a cell, each once; of prose those that stand in its lists."""
    parts = [part.strip() for part in _PARTS.split(cell)]
    parts = [part if len(part) <= LONGEST_WORD else _OPENING.sub("", part) for part in parts]
    return list(dict.fromkeys(part for part in parts if 0 < len(part) <= LONGEST_WORD))


def count(arguments: Sequence[str], resolver: SectorResolver) -> dict[WideWord, Use]:
    """What all lists show, by wide word."""
    uses: dict[WideWord, Use] = defaultdict(Use)
    for argument in arguments:
        cells = [words for cell in read_cells(argument) if (words := words_of(cell))]
        several = [words for words in cells if len(words) > 1]
        base = Counter(sector for words in several for sector in sectors_of(words, resolver))
        named: Counter[WideWord] = Counter()
        for words in cells:
            for wide in {one for one in map(find_wide_word, words) if one}:
                named[wide] += 1
                use = uses[wide]
                use.cells += 1
                others = [word for word in words if find_wide_word(word) is not wide]
                use.alone += not others
                if others:
                    use.beside.update(sectors_of(others, resolver))
                    use.expected.update({sector: n / len(several) for sector, n in base.items()})
        for wide, n in named.items():
            if len(cells) >= SMALLEST_LIST:
                uses[wide].share = max(uses[wide].share, n / len(cells))
    return uses


def sectors_of(words: Iterable[str], resolver: SectorResolver) -> frozenset[str]:
    """The sectors of words, with their parents."""
    return resolver.graph.closure(found.sector for word in words for found in resolver.resolve(word).sectors)


def set_nats(wide: WideWord, graph: SectorGraph) -> float:
    """-ln of the share of all reference counts in the set of a wide word, business models left out."""
    nodes = {name for name, sector in graph.sectors.items() if sector.facet != "business_model"}
    held = set(wide.stated | wide.members)
    held |= {member for sector in wide.stated for member in graph.sectors[sector].members}
    inside = {name for name in nodes if name in held or not held.isdisjoint(graph.ancestors(name))}
    counts = {name: graph.sectors[name].reference_count for name in nodes}
    return -log(sum(counts[name] for name in inside) / sum(counts.values())) if inside else 0.0


def says(wide: WideWord, use: Use, graph: SectorGraph) -> float:
    """See the module; 0 for a word without sectors."""
    if not wide.stated | wide.members:
        return 0.0
    nats = set_nats(wide, graph)
    if use.share:
        nats = min(nats, -log(use.share))
    most = 0.1 if use.cells >= MANY_CELLS and use.alone >= ALWAYS_ALONE * use.cells else 1.0
    known = min(most, max(0.1, nats / ENOUGH_NATS))
    return round(known if wide.stated else known / 2, 1)


def beside(wide: WideWord, use: Use) -> str:
    """Sectors beside a wide word, the most frequent first; its members whatever their number."""
    marks = dict.fromkeys(wide.certain, "*") | dict.fromkeys(wide.likely, "+")
    frequent = [sector for sector, _ in use.beside.most_common() if sector not in wide.stated]
    shown = [one for n, one in enumerate(frequent) if n < SHOWN_BESIDE or one in marks]
    lifts = ((one, use.beside[one], use.beside[one] / use.expected[one] if use.expected[one] else 0.0) for one in shown)
    return " ".join(f"{marks.get(one, '')}{one}:{n}({lift:.1f})" for one, n, lift in lifts)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each wide word, the most frequent first; those that no cell names last."""
    resolver = SectorResolver(load_graph())
    uses = count([one for one in arguments if one != "--words"], resolver)
    for wide in sorted(dict.fromkeys(wide_words().values()), key=lambda one: (-uses[one].cells, one.name)):
        use = uses[wide]
        figures = f"cells {use.cells:5} share {use.share:.3f} alone {use.alone / max(1, use.cells):.2f}"
        nats = f"use {-log(use.share) if use.share else 0:.2f} set {set_nats(wide, resolver.graph):.2f}"
        line = f"{wide.name:30} {figures} {nats} says {says(wide, use, resolver.graph):.1f} (now {wide.says})"
        print(line if "--words" in arguments else f"{line}\n    {beside(wide, use)}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
