from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from dealport.backtest.report import Report, make_report
from dealport.cli.terminal.screen import Screen
from dealport.cli.views.backtest_view import show_report
from tests.backtest.reports import QUERIES, RANKS, RUN, query, small_report

ScreenOf = Callable[..., tuple[Screen, StringIO]]


def printed(report: Report, screen_of: ScreenOf, width: int = 80) -> str:
    screen, stream = screen_of(width)
    show_report(report, screen)
    return stream.getvalue()


def row(text: str, name: str) -> list[str]:
    """The words of the first line that starts with a name."""
    return next(line for line in text.splitlines() if line.startswith(name)).removeprefix(name).split()


def test_every_ranker_has_a_row_of_figures(screen_of: ScreenOf) -> None:
    text = printed(small_report(), screen_of)

    # Mean of 1 / best rank: (1/2 + 1 + 1/3) / 3 and (1/8 + 1/2 + 1) / 3.
    assert row(text, "Dealport ")[:3] == ["1.000", "1.000", "0.611"]
    assert row(text, "popularity ")[:3] == ["1.000", "0.833", "0.542"]
    assert "hit@10   recall@100          MRR      nDCG@20" in text


def test_the_interval_stands_below_the_first_ranker(screen_of: ScreenOf) -> None:
    lines = printed(small_report(), screen_of).splitlines()

    place = next(place for place, line in enumerate(lines) if line.startswith("Dealport "))
    assert lines[place + 1].split() == ["95", "%", "interval", "1.000-1.000", "0.333-1.000"]


def test_the_difference_says_which_is_better(screen_of: ScreenOf) -> None:
    text = printed(small_report(), screen_of)

    below = text[text.index("Dealport minus") :]
    assert row(below, "popularity ")[:4] == ["+0.000", "(+0.000", "to", "+0.000)"]
    assert row(below, "popularity ")[4] == "+0.069"


def test_slices_stand_with_their_size(screen_of: ScreenOf) -> None:
    text = printed(small_report(), screen_of)

    assert row(text, "warm ") == ["2", "1.000", "1.000-1.000", "1.000", "0.417"]
    assert row(text, "without Start-Up Chile, ")[0] == "2"


def test_what_the_figures_mean_is_said(screen_of: ScreenOf) -> None:
    text = " ".join(printed(small_report(), screen_of).split())

    assert "Deals abroad from 2012-01-01 to 2013-12-31, looked for with what was known on 2012-01-01" in text
    assert "3 startups, 6 pairs, up to 500 investors" in text
    assert "a missing pair is not a no" in text
    assert "16.0% of the startups with a deal abroad have only investors never seen before" in text


def test_several_days_are_told_by_their_number(screen_of: ScreenOf) -> None:
    run = replace(RUN, as_of=(date(2012, 1, 1), date(2012, 4, 1), date(2012, 7, 1)))

    text = " ".join(printed(small_report(run), screen_of).split())

    assert "known on 3 days from 2012-01-01 to 2012-07-01:" in text


def test_one_ranker_without_slices_has_its_row_alone(screen_of: ScreenOf) -> None:
    report = make_report(RUN, QUERIES, {"Dealport": RANKS["Dealport"]})

    text = printed(replace(report, slices=report.slices[:1]), screen_of)

    assert "minus" not in text
    assert "Dealport on" not in text


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(screen_of: ScreenOf, width: int) -> None:
    hostile = replace(RUN, without=("Way\x1b[31mra\u202e " * 9,))

    text = printed(small_report(hostile), screen_of, width)

    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert not {"\x1b", "\u202e"} & set(text)


def test_a_ranking_that_does_not_beat_a_simpler_one_is_told_so(screen_of: ScreenOf) -> None:
    queries = [query(f"s{place}", "KR", ("harbor", "US")) for place in range(40)]
    behind = make_report(RUN, queries, {"Dealport": [(20,)] * 40, "popularity": [(2,)] * 40})
    ahead = make_report(RUN, queries, {"Dealport": [(2,)] * 40, "popularity": [(20,)] * 40})

    told = " ".join(printed(behind, screen_of).split())

    assert "By hit@10 Dealport is worse than popularity here: 0.000 against 1.000." in told
    assert (
        "By MRR Dealport is worse than popularity here: 0.050 against 0.500. "
        "If your deals hold enough choices, `dealport tune` fits weights to them."
    ) in told
    assert "Dealport is worse than" not in printed(ahead, screen_of)


def test_a_ranking_as_good_as_a_simpler_one_does_not_surely_beat_it(screen_of: ScreenOf) -> None:
    queries = [query(f"s{place}", "KR", ("harbor", "US")) for place in range(40)]
    report = make_report(RUN, queries, {"Dealport": [(1,)] * 40, "popularity": [(1,)] * 40})

    told = " ".join(printed(report, screen_of).split())

    assert "By hit@10 Dealport does not surely beat popularity here: 1.000 against 1.000." in told
