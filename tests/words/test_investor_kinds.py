"""What typed kinds of investors mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import LANGUAGES
from dealport.scoring.criteria.stated.kind import KIND_GAIN
from dealport.words.funding.stage_words import LADDER
from dealport.words.investor_kinds import INVESTOR_KINDS, investor_kind_label, resolve_investor_kinds
from dealport.words.normalising import plain
from dealport.words.shipped import read_list, split_bars

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]


def test_every_labelled_kind_is_right(run_cases: RunCases) -> None:
    run = run_cases(
        "investor_kinds", lambda row: (row["kinds"], "|".join(sorted(resolve_investor_kinds(row["typed"]))))
    )

    assert len(run.rows) >= 90
    assert run.wrong == []


def test_no_word_means_two_kinds() -> None:
    meant = defaultdict(set)
    for row in read_list("investor_kinds.csv"):
        for word in split_bars(row["words"]):
            meant[plain(word)].add(row["id"])

    assert {word: sorted(ids) for word, ids in meant.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_means_its_kind(language: str) -> None:
    assert all(resolve_investor_kinds(investor_kind_label(one, language)) == {one} for one in INVESTOR_KINDS)


def test_the_list_is_the_files_and_each_kind_has_a_value_for_every_stage() -> None:
    listed = [row["id"] for row in read_list("investor_kinds.csv") if row["id"] != "-"]

    assert listed == list(INVESTOR_KINDS) == list(KIND_GAIN)
    assert all(len(gains) == len(LADDER) and 0 <= min(gains) <= max(gains) <= 1000 for gains in KIND_GAIN.values())


def test_a_label_falls_back_to_english() -> None:
    assert investor_kind_label("angel", "fr") == "angel"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_without_fault(typed: str) -> None:
    assert resolve_investor_kinds(typed) <= set(INVESTOR_KINDS)


@given(
    st.sampled_from(["VC", "Solo angel", "Family office", "CVC", "天使投资人"]), st.sampled_from(["PE fund", "엔젤"])
)
def test_saying_a_further_kind_takes_none_away(first: str, second: str) -> None:
    assert resolve_investor_kinds(f"{first}, {second}") >= resolve_investor_kinds(first)
