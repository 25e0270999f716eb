from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.explain_view import show_explanation
from dealport.scoring.explaining.explanation import Explanation

ScreenOf = Callable[..., tuple[Screen, StringIO]]
ExplainRows = Callable[[int, int], Explanation]
LUNIT, SILENT, STAY = 0, 1, 2
CMB, HARBOR = 0, 1


def printed(explanation: Explanation, screen_of: ScreenOf, width: int = 100, language: str = "en") -> str:
    screen, stream = screen_of(width, language)
    show_explanation(explanation, screen)
    return str(stream.getvalue())


def test_a_pair_is_told_with_its_score_rank_and_flags(explain_pair: ExplainRows, screen_of: ScreenOf) -> None:
    explanation = explain_pair(LUNIT, CMB)
    assert explanation.pair is not None

    lines = printed(explanation, screen_of).splitlines()

    assert lines[0] == "루닛 KR  x  招商局资本 HK  As of 2026-01-07"
    assert lines[1] == f"Score {explanation.pair.score:.5f}, Fit: strong, Confidence 100%, Rank 1 for 루닛"
    assert lines[2] == "The investor’s mandate calls for this country"


def test_a_pair_without_flags_has_no_line_of_flags(explain_pair: ExplainRows, screen_of: ScreenOf) -> None:
    explanation = explain_pair(LUNIT, CMB)
    assert explanation.pair is not None

    bare = replace(explanation, pair=replace(explanation.pair, flags=()))

    assert printed(bare, screen_of).splitlines()[2] == ""


def test_every_gate_and_part_stands_there_with_what_it_measures(explain_pair: ExplainRows, screen_of: ScreenOf) -> None:
    explanation = explain_pair(LUNIT, CMB)

    text = " ".join(printed(explanation, screen_of).split())

    assert text.count("no ") >= len(explanation.gates)
    for part in explanation.parts:
        assert f"{part.points_units / 1e5:.1f} / {part.share_units / 1e5:.1f}" in text
    for told in explanation.criteria_help.values():
        assert told in text


def test_an_excluded_pair_says_why_and_still_shows_its_parts(explain_pair: ExplainRows, screen_of: ScreenOf) -> None:
    explanation = explain_pair(STAY, CMB)

    text = printed(explanation, screen_of)

    assert "Never proposed: One of them asks not to meet the other\n" in text
    assert "yes  One of them asks not to meet the other" in text
    assert "Sectors  " in text


def test_what_is_unknown_is_said_below_its_part(explain_pair: ExplainRows, screen_of: ScreenOf) -> None:
    text = printed(explain_pair(SILENT, HARBOR), screen_of)

    assert "  The ticket or the ask is unknown" in text


@pytest.mark.parametrize("language", ["en", "ko", "zh", "zh-Hant", "ja"])
@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(
    explain_pair: ExplainRows,
    screen_of: ScreenOf,
    width: int,
    language: str,
) -> None:
    text = printed(explain_pair(SILENT, HARBOR), screen_of, width, language)

    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text
