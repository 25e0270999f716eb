"""What was typed is quoted on one line, safe to print, and never longer than 60 characters."""

from __future__ import annotations

import pytest

from dealport.market.problems import Problems, did_you_mean, place_order, quoted, shortened
from dealport.model import Origin


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("fintech", "'fintech'"),
        ("two\n  lines\t", "'two lines'"),
        ("\x1b[31mred", r"'\x1b[31mred'"),
        ("x" * 58, f"'{'x' * 58}'"),
        ("x" * 59, f"'{'x' * 57}...'"),
        (7, "7"),
        (["a", "b"], "['a', 'b']"),
        (list(range(30)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16..."),
    ],
)
def test_what_was_typed_is_quoted_short_and_on_one_line(typed: object, shown: str) -> None:
    assert quoted(typed) == shown


def test_a_name_is_cut_at_60_characters_with_an_ellipsis() -> None:
    assert shortened("x" * 60) == "x" * 60
    assert shortened("x" * 61) == "x" * 59 + "…"


def test_three_words_are_suggested_at_most() -> None:
    assert did_you_mean([]) == ""
    assert did_you_mean(["a"]) == "did you mean 'a'?"
    assert did_you_mean("abcd") == "did you mean 'a' or 'b' or 'c'?"


def test_problems_stand_in_the_order_of_files_then_lines_then_cells() -> None:
    places = ["b.csv", "b.csv:2", "b.csv:10", "a.xlsx:S!B2", "a.xlsx:S!A10", "a.xlsx:T!A1", "c.csv:1"]
    ranks = {"b.csv": 0, "a.xlsx": 1}

    found = sorted(places, key=len)
    found.sort(key=lambda place: place_order(place, ranks))

    assert found == places


def test_a_problem_of_every_row_is_told_once_a_file_with_its_count() -> None:
    problems = Problems()
    for line in (9, 3, 5):
        problems.once_a_file(Origin("a.csv", line), "zodiac", "unknown field", "leave it out", "warning")
    problems.once_a_file(Origin("b.csv", 2), "zodiac", "unknown field", "leave it out", "fault")

    assert [(problem.severity, str(problem)) for problem in problems.in_order(["b.csv", "a.csv"])] == [
        ("fault", "b.csv:2: zodiac: unknown field (leave it out)"),
        ("warning", "a.csv:3: zodiac: unknown field, here and 2 more times in this file (leave it out)"),
    ]
