"""Compounds of a technology and a field, alike in five languages: labelled cases, and what they are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.sectors.graph import Sector, build_graph, load_graph

if TYPE_CHECKING:
    from tests.words.conftest import Run

RESOLVER = SectorResolver(load_graph())
GRAPH = RESOLVER.graph


def test_a_compound_is_its_field_and_its_technology_in_every_language(run_cases: Callable[..., Run]) -> None:
    run = run_cases("compounds", _judge)

    assert len(run.rows) >= 140
    assert len(run.wrong) <= 0.05 * len(run.rows), run.wrong


def _judge(row: dict[str, str]) -> tuple[str, str]:
    return f"{row['field']} by {row['technology']}", _said(row["word"])


def _said(word: str) -> str:
    """``field by technology``; several with | between."""
    found = RESOLVER.resolve(word).sectors
    fields, means = (sorted(one.sector for one in found if one.is_means == kind) for kind in (False, True))
    return f"{'|'.join(fields)} by {'|'.join(means)}"


@pytest.mark.parametrize(
    "word", ["AI and imaging", "AI, robotics, logistics", "AI/의료영상", "AI & finance", "AI、物流"]
)
def test_a_list_is_no_compound(word: str) -> None:
    assert not any(one.is_means for one in RESOLVER.resolve(word).sectors)


@pytest.mark.parametrize(
    "word", ["AI software", "AI SaaS", "AI robotics", "data platform", "enterprise AI", "AI반도체"]
)
def test_a_technology_without_a_field_is_no_means(word: str) -> None:
    assert not any(one.is_means for one in RESOLVER.resolve(word).sectors)


def test_both_parts_of_a_compound_are_shown_as_one() -> None:
    found = RESOLVER.resolve("AI医疗影像").sectors

    assert {(one.sector, one.how) for one in found} == {("ai", "compound"), ("med-imaging", "compound")}


def test_what_is_wanted_leaves_out_what_is_only_used() -> None:
    assert GRAPH.wanted_closure(["ai-health"]) == {"ai-health", "digital-health", "healthcare"}
    assert "ai" in GRAPH.closure(["ai-health"])
    assert GRAPH.wanted_closure(["ai-ml"]) == GRAPH.closure(["ai-ml"])
    assert GRAPH.wanted_closure(["ai-health", "ai"]) == GRAPH.closure(["ai-health"])
    assert GRAPH.wanted_closure([]) == frozenset()


def test_what_is_used_by_an_ancestor_is_not_wanted_either() -> None:
    graph = build_graph(
        [
            Sector("care"),
            Sector("ai"),
            Sector("ai-care", ("care", "ai"), uses=frozenset({"ai"})),
            Sector("ai-scan", ("ai-care",)),
            Sector("ai-chip", ("ai-care", "ai")),
        ]
    )

    assert graph.wanted_closure(["ai-scan"]) == {"ai-scan", "ai-care", "care"}
    assert graph.wanted_closure(["ai-chip"]) == {"ai-chip", "ai-care", "care", "ai"}


def test_what_a_sector_uses_is_one_of_its_parents_and_a_technology() -> None:
    for sector in GRAPH.sectors.values():
        assert sector.uses <= set(sector.parents), sector.id
        assert sector.uses <= GRAPH.technologies, sector.id


def test_kinds_of_nothing_but_technologies_are_technologies() -> None:
    assert {"ai", "ai-ml", "ai-embodied", "robot-cobot", "drones", "vr"} <= GRAPH.technologies
    assert not {"ai-health", "robot-surgical", "crypto", "gpu", "med-imaging", "software"} & GRAPH.technologies


def test_a_user_may_say_what_a_sector_uses() -> None:
    own = {"sectors": {"agri-robots": {"parents": ["agtech", "robotics"], "uses": ["robotics"]}}}

    graph = load_graph(own)

    assert "robotics" not in graph.wanted_closure(["agri-robots"])
    assert replace(graph.sectors["agri-robots"], uses=frozenset()).parents == ("agtech", "robotics")
