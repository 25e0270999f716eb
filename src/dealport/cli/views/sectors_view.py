"""What words mean as sectors: on the screen, as JSON a line, or the whole tree."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from dealport.cli.terminal.screen import Screen, make_screen, print_json
from dealport.cli.terminal.terminal_text import escape_controls

if TYPE_CHECKING:
    from rich.tree import Tree

    from dealport.words.lookup.resolving import Resolution, SectorResolver
    from dealport.words.sectors.graph import SectorGraph

# Real lists repeat themselves (a million words, three thousand distinct): a line is put together once.
N_LINES_KEPT = 65_536


def read_words(stream: BinaryIO) -> Iterator[str]:
    """Words from bytes, one a line, as typed: only the line's end is taken off, and a byte order mark at the start.

    Bytes that are no UTF-8 become U+FFFD, which is no letter of any sector's word.
    """
    for number, line in enumerate(stream):
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", errors="replace")
        yield text.removeprefix("\ufeff") if number == 0 else text


def write_json_lines(
    words: Iterable[str], resolver: SectorResolver, graph: SectorGraph, language: str, out: TextIO
) -> None:
    """One JSON object a word, in order."""

    @lru_cache(maxsize=N_LINES_KEPT)
    def line(word: str) -> str:
        return (
            escape_controls(
                json_module.dumps(word_json(word, resolver.resolve(word), graph, language), ensure_ascii=False)
            )
            + "\n"
        )

    out.writelines(map(line, words))


def word_json(word: str, resolution: Resolution, graph: SectorGraph, language: str = "en") -> dict[str, Any]:
    """What ``sectors --json`` prints of one word.

    ``{"word", "sectors": [{"id", "label", "facet", "how", "certainty", "is_means", "ancestors": [id]}],
    "candidates": [label]}``. A word for any sector is the sector `agnostic`; `is_means` is true of the technology of a
    compound. A word that stands for a set ("deep tech", "Consumer", "Technology") has ``"says"``, how much it says, and
    ``"members": [{"id", "label", "certain"}]`` besides.
    """
    from dealport.words.lookup.resolving import Found
    from dealport.words.sectors.graph import AGNOSTIC

    any_sector = (Found(AGNOSTIC, "exact", 1.0),) if resolution.agnostic else ()
    return {
        "word": word,
        "sectors": [
            {
                "id": found.sector,
                "label": graph.label(found.sector, language),
                "facet": graph.sectors[found.sector].facet,
                "how": found.how,
                "certainty": found.certainty,
                "is_means": found.is_means,
                "ancestors": sorted(graph.ancestors(found.sector)),
            }
            for found in (*resolution.sectors, *any_sector)
        ],
        "candidates": list(resolution.candidates),
        **_set_json(resolution, graph, language),
    }


def _set_json(resolution: Resolution, graph: SectorGraph, language: str) -> dict[str, Any]:
    """How much a word for a set of sectors says, and its members; nothing of other words."""
    members = members_of(resolution, graph)
    if not members and not resolution.wide:
        return {}
    listed = [{"id": one, "label": graph.label(one, language), "certain": certain} for one, certain in members]
    return {"says": resolution.says, "members": listed}


def members_of(resolution: Resolution, graph: SectorGraph) -> list[tuple[str, bool]]:
    """What the umbrellas and wide words of a word hold, and whether surely: the sure ones first, each by id."""
    umbrellas = (graph.sectors[found.sector].members for found in resolution.sectors)
    certain = frozenset[str]().union(*umbrellas, *(one.certain for one in resolution.wide))
    likely = frozenset[str]().union(*(one.likely for one in resolution.wide)) - certain
    return [*((one, True) for one in sorted(certain)), *((one, False) for one in sorted(likely))]


def show_words(words: Iterable[str], resolver: SectorResolver, screen: Screen) -> None:
    """A line a word, and one more for each further sector it means."""
    for word in words:
        resolution = resolver.resolve(word)
        if resolution.sectors:
            for found in resolution.sectors:
                path = " > ".join(
                    screen.graph.label(sector, screen.language) for sector in main_path(found.sector, screen.graph)
                )
                facet = screen.graph.sectors[found.sector].facet.replace("_", " ")
                by = ": how it is done" if found.is_means else ""
                how = f"  {facet}, {found.how}{by}, {found.certainty:.0%}"
                screen.show_line((word, "bold"), "  ", (path, "cyan"), (f" [{found.sector}]", ""), (how, "dim"))
        else:
            screen.show_line((word, "bold"), "  ", *_not_a_sector(resolution))
        show_members(resolution, screen)


def show_members(resolution: Resolution, screen: Screen) -> None:
    """Two lines at most: what the word surely stands for as well, and what it may stand for."""
    members = members_of(resolution, screen.graph)
    says = f"  narrows the market by {resolution.says:.0%}" if resolution.says < 1 else ""
    for is_certain, heading in ((True, "also"), (False, "perhaps")):
        labels = [screen.graph.label(one, screen.language) for one, certain in members if certain is is_certain]
        if labels:
            screen.show_line(f"  {heading} ", (", ".join(labels), "cyan"), (says, "dim"))
            says = ""


def _not_a_sector(resolution: Resolution) -> tuple[tuple[str, str], ...]:
    """Why a word gives no sector, and what may have been meant."""
    if resolution.agnostic:
        return (("any sector", "cyan"), ("  neutral: neither a match nor a mismatch", "dim"))
    if resolution.silent:
        return (("too general to count as a sector", "cyan"),)
    if not resolution.candidates:
        return (("not understood", "yellow"),)
    return (("not understood", "yellow"), (f"  did you mean {' or '.join(map(repr, resolution.candidates))}?", ""))


def main_path(sector: str, graph: SectorGraph) -> list[str]:
    """From the top of the tree to `sector`, by main parents."""
    path = [sector]
    while parents := graph.sectors[path[0]].parents:
        path.insert(0, parents[0])
    return path


def show_tree(screen: Screen) -> None:
    """Every sector under its main parent, those of one facet together."""
    from rich.tree import Tree

    children: dict[str, list[str]] = {}
    for sector in screen.graph.sectors.values():
        children.setdefault(sector.parents[0] if sector.parents else "", []).append(sector.id)
    facets = dict.fromkeys(screen.graph.sectors[top].facet for top in children.get("", []))
    for facet in facets:
        tree = Tree(screen.text((facet.replace("_", " "), "bold")))
        for top in children[""]:
            if screen.graph.sectors[top].facet == facet:
                _grow(tree, top, children, screen)
        screen.show(tree)


def _grow(tree: Tree, sector: str, children: dict[str, list[str]], screen: Screen) -> None:
    """Hang a sector and all below it on the tree."""
    branch = tree.add(screen.text((screen.graph.label(sector, screen.language), "cyan"), (f" [{sector}]", "dim")))
    for child in children.get(sector, []):
        _grow(branch, child, children, screen)


def tree_json(graph: SectorGraph, language: str = "en") -> list[dict[str, Any]]:
    """Every sector as ``{"id", "label", "facet", "layer", "parents", "ancestors"}``, in the order of the data."""
    return [
        {
            "id": sector.id,
            "label": graph.label(sector.id, language),
            "facet": sector.facet,
            "layer": sector.layer,
            "parents": list(sector.parents),
            "ancestors": sorted(graph.ancestors(sector.id)),
        }
        for sector in graph.sectors.values()
    ]


def print_words(words: Iterable[str], *, language: str, json: bool) -> None:
    """Print what each word means, or one JSON object a word."""
    from dealport.words.lookup.resolving import SectorResolver
    from dealport.words.sectors.graph import load_graph

    graph = load_graph()
    resolver = SectorResolver(graph)
    if json:
        write_json_lines(words, resolver, graph, language, sys.stdout)
    else:
        show_words(words, resolver, make_screen(graph, language=language))


def print_tree(*, language: str, json: bool) -> None:
    """Print the tree, or its sectors as JSON."""
    from dealport.words.sectors.graph import load_graph

    if json:
        print_json(tree_json(load_graph(), language))
    else:
        show_tree(make_screen(load_graph(), language=language))
