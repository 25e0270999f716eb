"""What typed stages mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import LANGUAGES
from dealport.words.funding.stage_lists import find_stages
from dealport.words.funding.stage_words import LADDER
from dealport.words.funding.stages import (
    NEXT_STAGE,
    earliest_stage,
    last_stage,
    next_stage,
    resolve_stages,
    stage_label,
)

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]


def labelled(cell: str) -> str:
    """The stages a label stands for: ``>=seed`` and ``<=seed`` are all private ones from there, ``*`` is every one."""
    if cell == "*":
        return " ".join(LADDER)
    if cell[:2] == ">=":
        return " ".join(LADDER[LADDER.index(cell[2:]) : LADDER.index("pre-ipo") + 1])
    return " ".join(LADDER[: LADDER.index(cell[2:]) + 1]) if cell[:2] == "<=" else cell


def shown(word: str, side: str) -> str:
    stages = resolve_stages(word, of_investor=side == "investor")
    if stages is None:
        return "?"
    return " ".join(stage for stage in LADDER if stage in stages) or "-"


def test_every_labelled_stage_is_right(run_cases: RunCases) -> None:
    run = run_cases("stages", lambda row: (labelled(row["stages"]), shown(row["word"], row["side"])))

    assert len(run.rows) >= 150
    assert run.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_means_its_stage(language: str) -> None:
    for stage in LADDER:
        stages = resolve_stages(stage_label(stage, language))

        assert stages is not None
        assert earliest_stage(stages) == stage, stage_label(stage, language)


def test_ids_mean_themselves() -> None:
    assert all(resolve_stages(stage) == frozenset({stage}) for stage in LADDER)


def test_labels_fall_back() -> None:
    assert stage_label("series-b", "ko") == "시리즈 B"
    assert stage_label("series-b", "fr") == "Series B"
    assert stage_label("no-stage") == "no-stage"


def test_the_next_stage_climbs_the_ladder_to_its_end() -> None:
    assert set(NEXT_STAGE) == set(LADDER)
    assert all(LADDER.index(later) > LADDER.index(stage) for stage, later in NEXT_STAGE.items() if stage != "public")
    assert next_stage("seed") == "series-a"
    assert next_stage("series-a-plus") == "series-b"
    assert next_stage("public") == "public"
    assert next_stage("") == ""


def test_the_earliest_of_several_stages_is_taken() -> None:
    assert earliest_stage(["series-b", "seed"]) == "seed"
    assert earliest_stage([]) == ""


@pytest.mark.parametrize(
    ("word", "last"),
    [
        ("Early Stage", "pre-seed"),
        ("초기", "pre-seed"),
        ("早期", "pre-seed"),
        ("アーリー", "pre-seed"),
        ("Late Stage", "series-c"),
        ("후기", "series-c"),
        ("レイター", "series-c"),
        ("Series C or later", "series-c"),
        ("시리즈 C 이상", "series-c"),
        ("D轮及以上", "series-d-plus"),
        ("Seed, Series A", "series-a"),
        ("Series A, foo", "series-a"),
        ("Private Equity", ""),
        ("foo", ""),
        ("", ""),
    ],
)
def test_the_last_round_is_the_earliest_that_a_vague_word_may_mean(word: str, last: str) -> None:
    assert last_stage(word) == last


def test_a_very_long_word_is_not_understood() -> None:
    assert resolve_stages("A" * 500) is None
    assert resolve_stages("   ") == frozenset()


@given(st.text(max_size=40), st.booleans())
def test_any_text_gives_stages_of_the_ladder_or_nothing(text: str, of_investor: bool) -> None:
    stages = resolve_stages(text, of_investor=of_investor)

    assert stages is None or stages <= set(LADDER)


@given(st.sampled_from(LADDER), st.sampled_from(LADDER))
def test_a_range_holds_both_ends_and_all_between(low: str, high: str) -> None:
    low, high = sorted((low, high), key=LADDER.index)

    stages = resolve_stages(f"{stage_label(low)} to {stage_label(high)}")

    if "later" not in stage_label(low) + stage_label(high):
        assert stages == frozenset(LADDER[LADDER.index(low) : LADDER.index(high) + 1])


def test_a_list_keeps_what_is_understood_and_names_the_rest() -> None:
    found = find_stages("Seed, Series C, Pony round", of_investor=True)

    assert found.stages == {"seed", "series-c"}
    assert found.unknown == ("Pony round",)


def test_an_unknown_word_with_and_in_it_is_named_whole() -> None:
    assert find_stages("Series A; Foo & Bar").unknown == ("Foo & Bar",)
    assert find_stages("Seed and Pony").unknown == ("Pony",)


def test_a_cell_without_any_known_stage_is_unknown_as_a_whole() -> None:
    assert find_stages("Foo, Bar") == (frozenset(), ("Foo, Bar",))


def test_a_long_list_of_stages_is_read_to_its_end() -> None:
    found = find_stages(", ".join(["Seed"] * 100 + ["Series C"]))

    assert found.stages == {"seed", "series-c"}
    assert found.unknown == ()
