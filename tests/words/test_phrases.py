"""The phrases are complete in five languages and say what the contract of the scoring needs."""

from __future__ import annotations

import string

import pytest

from dealport.model import LANGUAGES
from dealport.scoring.criteria.table import CRITERIA, STATED_CRITERIA
from dealport.words.phrases import column_heading, criterion_label, load_phrases, phrase

PLACEHOLDERS = {
    "reason.sectors": {"sectors"},
    "reason.sectors_inferred": {"sectors", "word"},
    "reason.neighbours": {"startup_sectors", "investor_sectors"},
    "reason.stage": {"stage"},
    "reason.stage_near": {"stage", "stages"},
    "reason.ticket": {"ask", "ticket"},
    "reason.ticket_share": {"share", "ask", "ticket"},
    "reason.ticket_estimated": {"ask", "ticket"},
    "reason.ticket_share_estimated": {"share", "ask", "ticket"},
    "reason.kind": {"stage", "kinds"},
    "reason.kind_unusual": {"stage", "kinds"},
    "reason.capacity": {"ticket"},
    "reason.capacity_small": {"ticket"},
    "reason.must_invest": {"country"},
    "reason.invests_in": {"country"},
    "reason.invests_in_region": {"country"},
    "reason.invests_everywhere": set[str](),
    "reason.wants_market": {"country"},
    "reason.wants_region": {"country"},
    "reason.needs_met": {"capabilities"},
    "reason.needs_met_back": {"capabilities"},
    "reason.needs_met_both": {"capabilities", "back"},
}
GATES = (
    *("same_country", "unknown_country", "already_backed", "avoids"),
    *("excluded_country", "excluded_sector", "invests_elsewhere", "last_resort"),
)
FLAGS = (
    *("asked_by_startup", "asked_by_investor", "mutual_wish", "inferred_sectors"),
    *("low_confidence", "misread_exclusion", "must_invest", "possible_duplicate"),
)


def placeholders(text: str) -> set[str]:
    """Names between the braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_phrase_has_all_languages_and_the_same_placeholders_in_each() -> None:
    faults = [
        key
        for key, texts in load_phrases().items()
        if tuple(texts) != LANGUAGES
        or not all(text.strip() for text in texts.values())
        or len({frozenset(placeholders(text)) for text in texts.values()}) != 1
    ]

    assert faults == []


@pytest.mark.parametrize("key", PLACEHOLDERS)
def test_a_reason_has_the_placeholders_that_the_scoring_fills(key: str) -> None:
    assert placeholders(load_phrases()[key]["en"]) == PLACEHOLDERS[key]


def test_gates_flags_criteria_and_unknowns_are_told_without_arguments() -> None:
    keys = [f"gate.{name}" for name in GATES] + [f"flag.{name}" for name in FLAGS]
    keys += [f"{head}.{name}" for head in ("criterion", "unknown") for name in STATED_CRITERIA]

    told = [phrase(key, language) for key in keys for language in LANGUAGES]

    assert all(told)


def test_no_phrase_holds_the_separator_of_lists() -> None:
    texts = [text for texts in load_phrases().values() for text in texts.values()]

    assert not [text for text in texts if ";" in text]


def test_names_of_sheets_are_short_different_and_free_of_forbidden_signs() -> None:
    for language in LANGUAGES:
        names = [texts[language] for key, texts in load_phrases().items() if key.startswith("sheet.")]

        assert len(set(names)) == 4
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_an_unknown_language_falls_back_to_english() -> None:
    assert phrase("heading.score", "tlh") == phrase("heading.score", "en") == "Score"


def test_braces_in_an_argument_are_not_read() -> None:
    assert phrase("reason.sectors", sectors="{0} {sectors!r}") == "Shared sectors: {0} {sectors!r}"


def test_an_unknown_key_is_a_bug_and_not_hidden() -> None:
    with pytest.raises(KeyError):
        phrase("reason.nonsense")


def test_a_criterion_without_a_phrase_gives_its_name_in_words() -> None:
    assert criterion_label("complement", "en") == "Needs met"
    assert criterion_label("deals_nearby", "ko") == "Deals nearby"


def test_columns_of_points_are_headed_by_their_criterion() -> None:
    assert column_heading("points_stage", "en") == "Points: Stage"
    assert column_heading("startup_country", "ko") == "스타트업 국가"


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_a_criterion_measures_is_told_in_english_by_its_own_documentation(criterion: str) -> None:

    assert phrase(f"measure.{criterion}") == CRITERIA[criterion].help
