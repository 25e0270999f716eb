"""What typed capabilities mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import LANGUAGES
from dealport.words.capabilities import CAPABILITIES, capability_label, resolve_capability, suggest_capabilities
from dealport.words.normalising import compact
from dealport.words.shipped import read_list, split_bars

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]


def test_every_labelled_capability_is_right(run_cases: RunCases) -> None:
    run = run_cases("capabilities", lambda row: (row["capability"], resolve_capability(row["word"])))

    assert len(run.rows) >= 150
    assert run.wrong == []


def test_no_word_means_two_capabilities() -> None:
    meant = defaultdict(set)
    for row in read_list("capabilities.csv"):
        for word in (row["id"], *(row[language] for language in LANGUAGES), *split_bars(row["words"])):
            meant[compact(word)].add(row["id"])

    assert {word: sorted(ids) for word, ids in meant.items() if len(ids) > 1} == {}


def test_the_list_is_the_files() -> None:
    assert set(CAPABILITIES) == {row["id"] for row in read_list("capabilities.csv")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_means_its_capability(language: str) -> None:
    assert all(resolve_capability(capability_label(name, language)) == name for name in CAPABILITIES)


def test_labels_fall_back() -> None:
    assert capability_label("scale", "fr") == "scale"
    assert capability_label("magic") == "magic"


def test_near_words_are_suggested() -> None:
    assert suggest_capabilities("manufact") == ("manufacturing",)
    assert suggest_capabilities("qqqq") == ()


def test_a_slip_in_a_long_word_is_forgiven_in_a_short_one_not() -> None:
    assert resolve_capability("manufactoring") == "manufacturing"
    assert resolve_capability("brend") == ""
    assert resolve_capability("x" * 500) == ""


@given(st.text(max_size=40))
def test_any_text_is_a_capability_or_nothing(text: str) -> None:
    assert resolve_capability(text) in ("", *CAPABILITIES)
