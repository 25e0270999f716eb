"""`dealport show` run whole, and `dealport check --out`."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len

from dealport.cli.commands import show_command as showing
from dealport.cli.terminal.screen import Screen
from dealport.cli.views import market_view
from dealport.cli.views.market_view import show_market
from dealport.cli.views.show_view import show_profile
from dealport.market.markets import Market
from dealport.stories.ranking_story import read_market
from tests.cli.conftest import Run

ScreenOf = Callable[..., tuple[Screen, StringIO]]

QWERT = """
    name = "Qwert Ventures"
    country = "SG"
    sectors = ["batteries", "qwert", "lithograhpy"]
    stages = ["seed"]
    invests_in = ["KR", "Southeast Asia"]
    excludes = ["gambling"]
    ticket = "500 Mio. EUR"
    description = "We back lithium. No casinos."
"""


@pytest.fixture
def with_doubts(profiles: Path) -> Path:
    (profiles / "investors" / "qwert.toml").write_text(textwrap.dedent(QWERT), encoding="utf-8")
    return profiles


@pytest.fixture
def market_on_disk(with_doubts: Path) -> Market:
    return read_market([Path("profiles")])[1]


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(market_view, "is_piped", lambda: False)


def test_the_market_is_one_line_per_profile(run: Run, with_doubts: Path) -> None:
    ran = run("show")

    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0] == "as of 2026-01-07: 2 startups, 3 investors"
    (lunit,) = (line for line in lines if "루닛" in line)
    assert lunit.split("\t")[:5] == ["KR", "루닛", "Artificial intelligence, Computer vision", "Series B", "20M"]
    (qwert,) = (line for line in lines if "Qwert" in line)
    assert qwert.endswith("\t1")
    assert lines[-1] == "Words not understood: 1, in 1 of 5 profiles (--for NAME shows which)"


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_no_line_of_a_market_is_wider_than_the_screen(
    market_on_disk: Market, screen_of: ScreenOf, at_terminal: None, width: int, language: str
) -> None:
    screen, stream = screen_of(width, language)

    show_market(market_on_disk, screen)

    rows = stream.getvalue().split("\n\n", 1)[1].splitlines()[:-1]  # without the count, which a terminal folds
    assert len(rows) >= 2 + 3 + 3
    assert max(map(cell_len, rows)) <= width


def test_what_does_not_fit_into_a_line_is_counted(
    market_on_disk: Market, screen_of: ScreenOf, at_terminal: None
) -> None:
    screen, stream = screen_of(80)

    show_market(market_on_disk, screen)

    assert "Artificial intellige… +1" in stream.getvalue()


def test_one_profile_is_shown_beside_what_was_typed(market_on_disk: Market, screen_of: ScreenOf) -> None:
    screen, stream = screen_of(80)
    (qwert,) = (one for one in market_on_disk.investors if one.id == "qwert")

    show_profile(qwert, market_on_disk, screen)

    shown = stream.getvalue()
    assert max(map(cell_len, shown.splitlines())) <= 80
    for told in (
        "Qwert Ventures (qwert, investor)",
        "Country         SG Singapore                     “SG”",
        "Sectors         Batteries                        “batteries”  stated",
        "Excludes        Gambling and betting             “gambling”  stated",
        "Ticket          EUR 500M = USD 5",
        "Invests in      KR                               “KR”",
        "Lithium                          “lithium”  clear from the text",
        "Gambling and betting             “casinos”  excluded",
        "Not understood  Sectors (2)                      “qwert”",
        "To check        Sectors (3)                      'lithograhpy' is read as",
    ):
        assert told in shown
    assert "Every word" not in shown


def test_a_profile_whose_words_are_all_understood_says_so(run: Run, profiles: Path) -> None:
    ran = run("show", "--for", "lunit")

    assert ran.code == 0
    assert ran.out.rstrip().endswith("Every word in the fields was understood.")


def test_the_view_is_in_the_language_that_is_asked_for(run: Run, profiles: Path) -> None:
    ran = run("show", "--for", "lunit", "--language", "ko")

    assert "이해한 내용" in ran.out
    assert "컴퓨터 비전" in ran.out


def test_show_as_json_of_one_participant_has_the_other_list_empty(run: Run, with_doubts: Path) -> None:
    ran = run("show", "--json", "--for", "investor:qwert")

    told = json.loads(ran.out)
    assert ran.err == "for Qwert Ventures (qwert, investor, SG)\n"
    assert told["startups"] == []
    assert told["investors"][0]["not_understood"] == [{"field": "sectors[2]", "word": "qwert"}]
    assert told["investors"][0]["place"] == "profiles/investors/qwert.toml"


def test_json_is_ascii_where_the_stream_holds_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO, TextIOWrapper

    written = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(written, "ascii", write_through=True))

    showing.print_pieces(['{"name": "루닛', " 𠀋\u200b\x9b", '"}'])

    assert json.loads(written.getvalue()) == {"name": "루닛 𠀋\u200b\x9b"}


def test_an_unclear_name_is_told_with_who_may_be_meant(run: Run, with_doubts: Path) -> None:
    ran = run("show", "--for", "Ventures")

    assert (ran.code, ran.out) == (1, "")
    assert "Ventures" in ran.err


def test_one_side_alone_is_shown_and_nothing_at_all_is_said(run: Run, profiles: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    alone, nothing, missing = run("show", "profiles/startups"), run("show", "empty"), run("show", "nowhere")

    assert (alone.code, "2 startups, 0 investors" in alone.out) == (0, True)
    assert (nothing.code, nothing.out) == (1, "")
    assert "no profiles found in empty: nothing to show" in nothing.err
    assert (missing.code, missing.out) == (2, "")


def test_faulty_profiles_are_left_out_with_a_line_and_strict_ends_with_3(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n")

    shown, strict, quiet = run("show"), run("show", "--strict"), run("show", "--quiet")

    assert (shown.code, shown.err) == (0, "1 faulty profile left out: see `dealport check profiles`\n")
    assert (strict.code, strict.out) == (3, "")
    assert "no name" in strict.err
    assert (quiet.code, quiet.err) == (0, "")


def test_verbose_says_what_check_would(run: Run, with_doubts: Path) -> None:
    ran = run("show", "--verbose")

    assert "unknown sector word 'qwert'" in ran.err


def test_check_writes_a_workbook_and_says_what_is_in_it(run: Run, with_doubts: Path) -> None:
    ran = run("check", "--out", "check.xlsx")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("wrote check.xlsx: 0 faults, 3 warnings, ")
    assert Path("check.xlsx").stat().st_size > 5000


def test_check_with_faults_still_writes_and_ends_with_3(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n")

    ran = run("check", "--out", "check.xlsx", "--json")

    assert ran.code == 3
    assert json.loads(ran.out)["faults"] == 1
    assert "wrote check.xlsx: 1 fault, " in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("--out", "check.csv"), 2, "check.csv: check writes a workbook only: end its name in .xlsx"),
        (("--out", "check.xlsx", "--columns"), 2, "leave out --columns or --out"),
        (("--out", "there.xlsx"), 1, "there.xlsx: it exists already; give --force to replace it"),
        (("--out", "no/check.xlsx"), 1, "its folder does not exist"),
    ],
)
def test_a_workbook_that_cant_be_written_is_refused_before_the_work(
    run: Run, profiles: Path, arguments: tuple[str, ...], code: int, why: str
) -> None:
    Path("there.xlsx").write_text("mine")

    ran = run("check", *arguments)

    assert (ran.code, ran.out) == (code, "")
    assert why in ran.err
    assert Path("there.xlsx").read_text() == "mine"


def test_a_workbook_of_check_is_replaced_with_force_also_among_the_profiles(run: Run, profiles: Path) -> None:
    first = run("check", "profiles", "--out", "profiles/check.xlsx")
    again = run("check", "profiles", "--out", "profiles/check.xlsx", "--force")

    assert (first.code, again.code) == (0, 0)


def test_check_never_writes_over_a_file_that_it_reads(run: Run, tmp_path: Path, profiles: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "startups.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "country"])
        sheet.write_row(1, 0, ["Lumen", "KR"])
    before = (tmp_path / "startups.xlsx").read_bytes()

    ran = run("check", "startups.xlsx", "--out", "startups.xlsx", "--force")

    assert ran.code == 1
    assert "it is one of the files read" in ran.err
    assert (tmp_path / "startups.xlsx").read_bytes() == before
