"""Every command run whole, on a small market on disk."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dealport.cli.app import COMMANDS, build_command
from dealport.cli.terminal import screen

Run = Callable[..., SimpleNamespace]
EXAMPLES = sorted(str(command.epilog).removeprefix("Example: dealport ") for command in map(build_command, COMMANDS))


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if stdout were a terminal of 100 columns."""
    monkeypatch.setattr(screen, "is_piped", lambda: False)
    monkeypatch.setenv("COLUMNS", "100")


def test_there_is_an_example_for_every_command() -> None:
    assert [example.split()[0] for example in EXAMPLES] == sorted(COMMANDS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_in_the_help_works(example: str, run: Run, profiles: Path) -> None:
    ran = run(*shlex.split(example))

    assert (ran.code, "Traceback" in ran.err) == (0, False)


@pytest.mark.parametrize("command", [example.split()[0] for example in EXAMPLES])
def test_the_help_of_every_command_shows_its_example(command: str, run: Run) -> None:
    ran = run(command, "--help")

    assert ran.code == 0
    assert f"Example: dealport {command}" in ran.out


def test_match_in_a_pipe_is_the_shortlists_csv(run: Run, profiles: Path) -> None:
    ran = run("match")

    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert ran.code == 0
    first = rows[0]
    assert (first["startup_id"], first["investor_id"], first["rank"]) == ("lunit", "cmb-international", "1")
    assert ran.err == "as of 2026-01-07: 2 startups x 2 investors, 0 of 4 pairs gated\n"


def test_match_on_a_terminal_is_a_table(run: Run, profiles: Path, at_terminal: None) -> None:
    ran = run("match", "--quiet")

    assert ran.out.startswith("as of 2026-01-07: 2 startups x 2 investors")
    assert "루닛 KR" in ran.out
    assert "招商局资本" in ran.out
    assert ran.err == ""


def test_match_as_json_has_the_documented_shape(run: Run, profiles: Path) -> None:
    ran = run("match", "--json", "--top", "1")

    told = json.loads(ran.out)
    assert list(told) == ["version", "by", "as_of", "participants", "gates"]
    assert [len(one["pairs"]) for one in told["participants"]] == [1, 1]


@pytest.mark.parametrize("name", ["lunit", "루닛", "Lunitt"])
def test_match_for_a_name_says_whom_it_took(run: Run, profiles: Path, name: str) -> None:
    ran = run("match", "--for", name)

    assert ran.code == 0
    assert ran.err.startswith("for 루닛 (lunit, startup, KR)\n")
    assert {row["startup_id"] for row in csv.DictReader(io.StringIO(ran.out))} == {"lunit"}


def test_match_by_investor_lists_investors(run: Run, profiles: Path) -> None:
    ran = run("match", "--by", "investor", "--json")

    assert json.loads(ran.out)["by"] == "investor"


def test_nothing_to_match_says_which_gates_took_them(run: Run, profiles: Path) -> None:
    ran = run("match", "--from", "KR", "--to", "KR")

    assert (ran.code, ran.out) == (1, "")
    assert "no pair is left" in ran.err


def test_where_nothing_is_in_common_the_pair_is_a_last_resort_and_says_so(run: Run, profiles: Path) -> None:
    ran = run("match", "--from", "KR", "--to", "SG")

    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert (row["flags"], row["fit"]) == ("low_confidence; nothing_in_common", "weak")


def test_a_score_nobody_reaches_is_said_too(run: Run, profiles: Path) -> None:
    ran = run("match", "--min-score", "100")

    assert ran.code == 1
    assert "4 passed every gate but not --min-score" in ran.err


def test_faulty_profiles_are_left_out_with_a_line_that_names_check(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n")

    ran = run("match")

    assert ran.code == 0
    assert "1 faulty profile left out: see `dealport check profiles`" in ran.err


def test_strict_ends_with_3_and_lists_the_faults(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n")

    ran = run("match", "--strict")

    assert (ran.code, ran.out) == (3, "")
    assert "nameless.toml" in ran.err


def test_verbose_tells_what_check_would(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n")

    ran = run("match", "--verbose")

    assert "nameless.toml" in ran.err


def test_a_missing_path_is_a_usage_error(run: Run, profiles: Path) -> None:
    ran = run("match", "nowhere")

    assert (ran.code, ran.out) == (2, "")
    assert "nowhere" in ran.err


def test_shortlist_writes_every_file_and_says_so(run: Run, profiles: Path, tmp_path: Path) -> None:
    ran = run("shortlist", "--out", "a.csv", "--out", "b.json", "--excel")

    assert ran.code == 0
    assert ran.err.endswith("wrote a.csv: 4 pairs as of 2026-01-07\nwrote b.json\n")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfstartup_id,")
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["version"] == 2


def test_shortlist_without_a_file_shows_how_to_name_one(run: Run, profiles: Path) -> None:
    ran = run("shortlist")

    assert ran.code == 2
    assert "dealport shortlist --out shortlist.xlsx" in ran.err


def test_shortlist_refuses_a_file_that_exists_before_writing_any(run: Run, profiles: Path, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("mine")

    ran = run("shortlist", "--out", "new.csv", "--out", "old.csv")

    assert ran.code == 1
    assert "--force" in ran.err
    assert (tmp_path / "old.csv").read_text() == "mine"
    assert not (tmp_path / "new.csv").exists()


def test_shortlist_with_nothing_to_write_leaves_no_file(run: Run, profiles: Path, tmp_path: Path) -> None:
    ran = run("shortlist", "--min-score", "100", "--out", "new.csv")

    assert ran.code == 1
    assert not (tmp_path / "new.csv").exists()


@pytest.mark.parametrize("names", [("lunit", "CMB International"), ("CMB International", "lunit")])
def test_explain_takes_the_names_in_either_order(run: Run, profiles: Path, names: tuple[str, str]) -> None:
    ran = run("explain", *names)

    assert ran.code == 0
    assert ran.out.startswith("루닛 KR  x  招商局资本 HK")


def test_explain_as_json_has_the_documented_shape(run: Run, profiles: Path) -> None:
    told = json.loads(run("explain", "lunit", "harbor", "--json").out)

    assert list(told) == [
        "version",
        "as_of",
        "startup",
        "investor",
        "gates",
        "parts",
        "score",
        "fit",
        "confidence",
        "shared_sectors",
        "flags",
        "differences",
    ]


def test_explain_of_nobody_is_refused(run: Run, profiles: Path) -> None:
    ran = run("explain", "lunit", "Nobody At All")

    assert ran.code == 1
    assert "Nobody At All" in ran.err


def test_check_of_clean_files_ends_with_0(run: Run, profiles: Path) -> None:
    ran = run("check")

    assert ran.code == 0
    assert "0 faults" in ran.out


def test_check_of_faulty_files_ends_with_3_and_names_place_and_field(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "odd.toml").write_text("name = 'Odd'\ncountry = 'KR'\nstage = 7\n")

    ran = run("check")

    assert ran.code == 3
    assert "odd.toml:3: stage: " in ran.out


def test_check_as_json_ends_with_3_too(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "odd.toml").write_text("name = 'Odd'\ncountry = 'KR'\nstage = 7\n")

    ran = run("check", "--json")

    assert ran.code == 3
    assert json.loads(ran.out)["faults"] == 1


def test_sectors_as_json_is_a_line_a_word(run: Run) -> None:
    ran = run("sectors", "--json", "AI", "no such word")

    assert [json.loads(line)["word"] for line in ran.out.splitlines()] == ["AI", "no such word"]


def test_sectors_reads_one_word_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b" AI \n\nx\n")))

    ran = run("sectors", "--json", "-")

    assert [json.loads(line)["word"] for line in ran.out.splitlines()] == [" AI ", "", "x"]


def test_sectors_without_a_word_is_the_tree(run: Run) -> None:
    shown, told = run("sectors", "--language", "ko"), run("sectors", "--json")

    assert "반도체" in shown.out
    assert {"id", "label"} <= json.loads(told.out)[0].keys()


@pytest.mark.parametrize("kind", ["startup", "investor"])
def test_new_writes_a_profile_once(run: Run, profiles: Path, kind: str) -> None:
    path = profiles / f"{kind}s" / "루멘.toml"

    first, second = run("new", kind, "루멘"), run("new", kind, "루멘")

    assert (first.code, first.out) == (0, f"profiles/{kind}s/루멘.toml\n")
    assert 'name = "루멘"' in path.read_text(encoding="utf-8")
    assert second.code == 1
    assert "exists" in second.err


def test_a_new_profile_lies_in_the_folder_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    ran = run("new", "investor", "../Harbor", "market", "--quiet")

    assert (ran.code, ran.err) == (0, "")
    assert [path.parent for path in tmp_path.rglob("*.toml")] == [tmp_path / "market" / "investors"]


def test_a_new_event_lies_beside_the_profiles_and_names_the_next_step(run: Run, profiles: Path) -> None:
    ran = run("new", "event", "Shanghai 2026", "my profiles")

    path = "my profiles/shanghai-2026.toml"
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert 'name = "Shanghai 2026"' in Path(path).read_text(encoding="utf-8")
    assert ran.err == f"fill it in, then run: dealport plan 'my profiles' --event '{path}' --out plan\n"


def test_schema_is_a_json_schema(run: Run) -> None:
    assert "$schema" in json.loads(run("schema").out)


@pytest.mark.parametrize("command", [("match",), ("shortlist", "--out", "a.csv")])
def test_a_large_market_without_the_extra_says_what_it_would_save(
    command: tuple[str, ...], run: Run, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dealport.cli.commands.ranking_talk import FAST_TIP
    from dealport.scoring.engine import best

    name, *options = command
    monkeypatch.setattr(best, "FAST_PAIRS", 1)
    monkeypatch.setitem(sys.modules, "numba", None)

    told = run(name, str(profiles), *options)
    quiet = run(name, str(profiles), *options, "--quiet", *(["--force"] if options else []))

    assert told.err.count(FAST_TIP) == 1
    assert quiet.err == ""


def test_a_market_of_usual_size_says_nothing_of_it(run: Run, profiles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)

    assert "tip:" not in run("match", str(profiles)).err
