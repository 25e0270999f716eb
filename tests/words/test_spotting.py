"""Spots of known words: by their beginnings while clauses are few, by an automaton when they are many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.words.lookup import spotting
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.lookup.spotting import Squeezed
from dealport.words.sectors.graph import load_graph

RESOLVER = SectorResolver(load_graph())
WORDS = (
    "AI", "machine learning", "medical-imaging", "인공지능", "의료영상을", "医疗影像", "ヘルスケア", "fintech",
    "insurance", "R&D", "food and beverage", "3D printing", "the", "of", "5G", "seed", "é", "ß",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.text(max_size=30)))
def test_an_automaton_finds_the_spots_that_beginnings_find(text: str) -> None:
    clause = Squeezed(text.lower())
    found = []

    for many in (10**9, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spotting, "MANY_CLAUSES", many)
            found.append(RESOLVER.vocabulary.spotter.spots(clause, clause.key))

    assert found[0] == found[1]
