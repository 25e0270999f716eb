from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from msgspec.structs import replace

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.check_view import check_json, left_out_line, show_problems
from dealport.market.markets import Market
from dealport.model import Problem

FAULT = Problem("lumen.toml:12", "country", "unknown country 'Koria'", "did you mean 'Korea'?")
WARNING = Problem("harbor.toml", "", "likely the same as tide\x1b[31m.toml", severity="warning")

ScreenOf = Callable[..., tuple[Screen, StringIO]]


def test_each_problem_is_one_line_with_place_field_and_cure(market: Market, screen_of: ScreenOf) -> None:
    screen, stream = screen_of(40)

    show_problems(replace(market, problems=(FAULT, WARNING), n_left_out=1), screen)

    lines = stream.getvalue().splitlines()
    assert lines[0] == "fault  lumen.toml:12: country: unknown country 'Koria' (did you mean 'Korea'?)"
    assert lines[1] == "warning  harbor.toml: likely the same as tide.toml"
    assert lines[-1] == "1 fault, 1 warning in 3 startups and 2 investors; 1 profile left out, as of 2026-01-07"


def test_what_profiles_lack_is_told_with_its_cost_the_dearest_first(market: Market, screen_of: ScreenOf) -> None:
    screen, stream = screen_of()

    show_problems(market, screen)

    lines = stream.getvalue().splitlines()
    assert lines[0].startswith("Grebewater Shipping lacks sectors, stage, raising, markets, seeks, offers  ")
    assert "Harbor Ventures lacks stages, ticket, type, invests_in, seeks, offers" in stream.getvalue()
    assert lines[-1].startswith("0 faults, 0 warnings in 3 startups and 2 investors, as of")


def test_a_market_that_lacks_nothing_has_only_its_counts(market: Market, screen_of: ScreenOf) -> None:
    screen, stream = screen_of()

    show_problems(replace(market, startups=(), investors=()), screen)

    assert stream.getvalue() == "0 faults, 0 warnings in 0 startups and 0 investors, as of 2026-01-07\n"


def test_json_holds_counts_problems_and_lacks(market: Market) -> None:
    told = check_json(replace(market, problems=(FAULT, WARNING), n_left_out=1))

    assert {name: told[name] for name in ("version", "startups", "investors", "left_out", "faults", "warnings")} == {
        "version": 1,
        "startups": 3,
        "investors": 2,
        "left_out": 1,
        "faults": 1,
        "warnings": 1,
    }
    assert told["problems"][0] == {
        "severity": "fault",
        "place": "lumen.toml:12",
        "field": "country",
        "message": "unknown country 'Koria'",
        "cure": "did you mean 'Korea'?",
    }
    assert told["lacks"][0].keys() == {"kind", "id", "name", "fields", "points"}


def test_the_line_about_faults_names_check_and_counts(market: Market) -> None:
    left_out = replace(market, problems=(FAULT, FAULT, WARNING), n_left_out=2)

    assert left_out_line(left_out, "a b") == "2 faulty profiles left out: see `dealport check a b`"
    assert left_out_line(replace(left_out, n_left_out=0), "a") == "2 faults in the profiles: see `dealport check a`"
    assert left_out_line(replace(market, problems=(WARNING,)), "a") == ""


def test_what_one_file_repeats_is_told_once_the_most_frequent_first(market: Market, screen_of: ScreenOf) -> None:
    screen, stream = screen_of(60)
    rows = [Problem(f"list.xlsx:S!B{line}", f"sectors[{line}]", "unknown 'qwxz'") for line in range(2, 9)]
    files = [Problem(f"{name}.toml:3", "sectors", "unknown 'vbnq'") for name in "abcdefgh"]
    rare = [Problem(f"list.xlsx:S!C{line}", "country", "unknown country") for line in range(2, 7)]

    show_problems(replace(market, problems=(*files, *rare, *rows)), screen)

    lines = stream.getvalue().splitlines()
    assert lines[0].startswith("fault  list.xlsx:S!B2: sectors: unknown 'qwxz'  7 times, first here")
    assert lines[1:3] == ["fault  a.toml:3: sectors: unknown 'vbnq'", "fault  b.toml:3: sectors: unknown 'vbnq'"]
    assert sum("unknown country" in line for line in lines) == 5
