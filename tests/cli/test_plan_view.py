"""A plan on the screen: aims with their proof, who is short, what changed."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from rich.cells import cell_len

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.plan_view import MOST_LISTED, show_plan
from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import Plan, WhatIf
from dealport.model import LANGUAGES
from tests.writing.made_plan import make_plan
from tests.writing.random_plans import plans

Screens = Callable[..., tuple[Screen, StringIO]]


def shown(screen_of: Screens, plan: Plan, width: int = 100, language: str = "en") -> str:
    screen, stream = screen_of(width, language)
    show_plan(plan, screen, "plan/plan.xlsx")
    return stream.getvalue()


def lines_of(text: str, start: str) -> list[str]:
    """The lines from one that begins so to the next blank one."""
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    return lines[first : lines.index("", first)]


def test_an_aim_is_proven_where_it_and_all_before_reach_their_bounds(screen_of: Screens) -> None:
    levels = (
        Level("locked", 0, 0),
        Level("mutual", 3, 3),
        Level("fewest_1", 9_999, 10_000),
        Level("fewest_2", 5, 5),
        Level("investor_wishes", 8, 7),
        Level("score", 1_234_567, 2_000_000),
    )

    text = shown(screen_of, replace(make_plan(), levels=levels, what_ifs=()))

    rows = [line.split("  ") for line in lines_of(text, "Aim, in this order")]
    assert [" ".join(row).split()[-1] for row in rows[1:]] == ["0", "best", "99.99%", "100.00%", "7", "61.73%"]
    assert "proven best" in text
    assert text.count("proven best") == 1


def test_a_share_that_is_no_proof_never_reads_as_one(screen_of: Screens) -> None:
    levels = (Level("score", 9_999_999, 10_000_000),)

    text = shown(screen_of, replace(make_plan(), levels=levels, what_ifs=()))

    (_, row) = lines_of(text, "Aim, in this order")
    assert row.split()[-3:] == ["100.0", "100.0", "99.99%"]


def test_who_is_short_is_told_with_the_causes_the_fewest_meetings_first(screen_of: Screens) -> None:
    plan = make_plan()
    one = replace(plan.short[0], n_meetings=1)

    text = shown(screen_of, replace(plan, short=(one, plan.short[1])))

    told = lines_of(text, "Too few meetings: 2 of 8")
    assert "玉山創投" in told[1]
    assert "0 / 2" in told[1]
    assert "Nobody may meet them" in told[1]
    assert "1 / 2" in told[2]
    assert "No interpreter [Japanese–Korean" in told[2]


def test_of_a_long_list_the_first_are_told_and_where_all_are(screen_of: Screens) -> None:
    plan = make_plan()
    many = replace(plan, short=plan.short * MOST_LISTED, changes=plan.changes * MOST_LISTED)

    text = shown(screen_of, many)

    assert f"  and {MOST_LISTED} more: all are in plan/plan.xlsx\n" in text
    assert f"  and {2 * MOST_LISTED} more: all are in plan/plan.xlsx\n" in text
    assert "Changes: 30\n  moved 10, dropped 10, added 10\n" in text


def test_unmet_wishes_are_counted_by_their_cause(screen_of: Screens) -> None:
    plan = make_plan()
    more = replace(plan, unmet=(*plan.unmet, plan.unmet[0]))

    told = lines_of(shown(screen_of, more), "Unmet wishes: 4 of 6")

    assert told[1:] == [
        "  2  They met before",
        "  1  No interpreter",
        "  1  One of them excludes a sector of the other",
    ]


def test_changes_are_told_in_the_order_of_time_with_before_and_after(screen_of: Screens) -> None:
    text = shown(screen_of, make_plan(), width=240)

    told = lines_of(text, "Changes: 3")
    assert told[1] == "  moved 1, dropped 1, added 1"
    assert [line.split()[0] for line in told[2:]] == ["added", "dropped", "moved"]
    assert "12:10–12:30, VIP room -> 11:30–11:50, VIP room" in told[4]


def test_what_one_more_would_buy_is_told_with_the_first_aim_it_raises(screen_of: Screens) -> None:
    plan = make_plan()
    same = WhatIf("slot", plan.figures.n_meetings, plan.figures.n_with_fewest, plan.levels)
    hardly = replace(same, levels=(*plan.levels[:3], Level("score", 26_837_347, 27_000_000)))

    text = shown(screen_of, replace(plan, what_ifs=(*plan.what_ifs, same, hardly)), width=160)

    assert [line.strip() for line in text[text.index("With one more") :].strip().split("\n")[1:]] == [
        "One more table                         Meetings +1; With as many meetings as they should have +1",
        "One more interpreter: Japanese–Korean  Meetings +2; With as many meetings as they should have +2; "
        "Participants with 1 or more meetings +1",
        "One more slot                          nothing",
        "One more slot                          nothing",
    ]


def test_a_plan_without_anything_to_complain_of_is_short(screen_of: Screens) -> None:
    plan = replace(make_plan(), short=(), unmet=(), changes=(), what_ifs=())

    text = shown(screen_of, plan)

    assert not [word for word in ("Too few", "Unmet", "\nChanges: ", "With one more") if word in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_screen(screen_of: Screens, language: str, width: int) -> None:
    text = shown(screen_of, make_plan(), width, language)

    rows = [line for line in text.split("\n") if cell_len(line) > width]
    assert width < 80 or rows == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told_in_the_reader_s_language(screen_of: Screens, language: str) -> None:
    plan = make_plan()
    proven = replace(plan, levels=(Level("locked", 1, 1), *plan.levels[1:]), short=plan.short * MOST_LISTED)
    text = shown(screen_of, proven, 120, language)

    assert ("Too few meetings" in text) == (language == "en")
    assert ("proven best" in text) == (language == "en")
    assert ("and 10 more" in text) == (language == "en")


def test_names_can_t_command_the_terminal(screen_of: Screens) -> None:
    text = shown(screen_of, make_plan(), 80)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "<script>alert(1)</script>" in text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans())
def test_any_plan_is_shown(screen_of: Screens, plan: Plan) -> None:
    assert shown(screen_of, plan, 80).strip()
