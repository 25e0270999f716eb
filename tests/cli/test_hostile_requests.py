"""Requests that are clumsy or hostile: each ends with one clear line and the right code, and loses nobody's work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dealport.cli.terminal.talking import talk

Run = Callable[..., SimpleNamespace]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams the POSIX way")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "arguments", ["match", "match --json", "check", "explain lunit harbor", "sectors -", "--help", "--version"]
)
def test_a_stream_the_shell_closed_is_no_failure(profiles: Path, closed: str, arguments: str) -> None:
    command = f"exec {sys.executable} -m dealport {arguments} {closed}"

    ran = subprocess.run(["/bin/sh", "-c", command], cwd=profiles.parent, input=b"", capture_output=True, check=False)

    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams the POSIX way")
def test_files_are_whole_when_every_stream_is_closed(profiles: Path) -> None:
    command = f"exec {sys.executable} -m dealport shortlist --out a.csv --out b.json <&- >&- 2>&-"

    ran = subprocess.run(["/bin/sh", "-c", command], cwd=profiles.parent, check=False)

    assert ran.returncode == 0
    assert (profiles.parent / "a.csv").read_text(encoding="utf-8").startswith("startup_id,")
    assert json.loads((profiles.parent / "b.json").read_text(encoding="utf-8"))["version"] == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_stderr_does_not_cost_the_result(start: Start) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = start("match", stderr=full)

    assert ran.returncode == 0
    assert ran.stdout.startswith(b"startup_id,")


def test_talk_is_one_line_each_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    talk("a\x1b[31mb", "c\nd")
    talk("never", quiet=True)

    assert capsys.readouterr().err == "ab\nc d\n"


def test_shortlist_refuses_a_second_file_it_could_not_write_before_writing_the_first(
    run: Run, profiles: Path, tmp_path: Path
) -> None:
    ran = run("shortlist", "--out", "a.csv", "--out", "away/b.csv")

    assert ran.code == 1
    assert ran.err.endswith("make it first\n")
    assert not (tmp_path / "a.csv").exists()


def test_shortlist_never_writes_over_what_it_read(run: Run, profiles: Path, tmp_path: Path) -> None:
    (profiles / "more.csv").write_text("kind,name,country,sectors\nstartup,More,KR,batteries\n", encoding="utf-8")

    ran = run("shortlist", "--out", "new.csv", "--out", "profiles/more.csv", "--force")

    assert ran.code == 1
    assert "one of the files read" in ran.err
    assert (profiles / "more.csv").read_text(encoding="utf-8").startswith("kind,")
    assert not (tmp_path / "new.csv").exists()


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "jsonl", "md", "html", "parquet"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_shortlists_among_the_profiles_change_nothing_and_may_be_renewed(
    run: Run, profiles: Path, suffix: str, language: str
) -> None:
    before = run("match", "--json").out
    arguments = ("shortlist", "--out", f"profiles/list.{suffix}", "--language", language)
    assert run(*arguments).code == 0

    renewed, checked = run(*arguments, "--force"), run("check")

    assert (renewed.code, checked.code) == (0, 0)
    assert "unknown field" not in checked.out
    assert run("match", "--json").out == before


PRINTED = {
    "match": "csv",
    "match --json": "json",
    "match --for lunit --json": "json",
    "match --by investor --json": "json",
    "explain lunit harbor --json": "json",
    "check --json": "json",
    "check --columns --json": "json",
    "show --json": "json",
    "show --for lunit --json": "json",
    "plan --event event.toml": "csv",
    "plan --event event.toml --json": "json",
    "backtest deals.csv --since 2024-01-01 --json": "json",
    "sectors AI --json": "json",
    "sectors AI batteries --json": "jsonl",
    "sectors --json": "json",
}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("command", PRINTED)
def test_what_a_command_printed_is_no_profile_when_its_folder_is_read_again(
    run: Run, profiles: Path, command: str, language: str
) -> None:
    before = run("match", "--json").out
    options = () if command.startswith("backtest") or command == "check --columns --json" else ("--language", language)
    printed = run(*command.split(), *options)
    assert printed.code == 0
    (profiles / "startups" / f"saved.{PRINTED[command]}").write_text(printed.out, encoding="utf-8")

    assert own_outputs(run) == [f"profiles/startups/saved.{PRINTED[command]}"]
    assert run("match", "--json").out == before


@pytest.mark.parametrize(
    "command",
    [
        *(f"shortlist --out FOLDER/new.{suffix}" for suffix in ("csv", "xlsx", "json", "jsonl", "parquet")),
        *(f"shortlist --by both --out FOLDER/new.{suffix}" for suffix in ("csv", "jsonl", "parquet")),
        "shortlist --excel --out FOLDER/new.csv",
        *(f"plan --event event.toml --out FOLDER/new.{suffix}" for suffix in ("csv", "xlsx", "json")),
        "check --out FOLDER/new.xlsx",
        *(f"backtest deals.csv --since 2024-01-01 --rankings FOLDER/new.{suffix}" for suffix in ("csv", "parquet")),
    ],
)
@pytest.mark.parametrize("folder", ["profiles", "profiles/startups", "profiles/investors"])
def test_what_a_command_wrote_is_no_profile_when_its_folder_is_read_again(
    run: Run, profiles: Path, command: str, folder: str
) -> None:
    before = run("match", "--json").out
    arguments = command.replace("FOLDER", folder).split()
    assert run(*arguments).code == 0

    assert own_outputs(run) == [arguments[-1]]
    assert run("match", "--json").out == before


def test_a_shortlist_is_known_by_headers_that_somebody_tidied(run: Run, profiles: Path) -> None:
    path = profiles / "startups" / "new.csv"
    run("shortlist", "--out", str(path))
    header, _, rows = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(f"{header.replace('_', ' ').title()}\n{rows}", encoding="utf-8")

    assert own_outputs(run) == ["profiles/startups/new.csv"]


@pytest.mark.parametrize("of", ["profile", "plan"])
def test_a_schema_lying_among_the_profiles_is_passed_over(run: Run, profiles: Path, of: str) -> None:
    (profiles / "startups" / "schema.json").write_text(run("schema", of).out, encoding="utf-8")

    assert own_outputs(run) == []


def own_outputs(run: Run) -> list[str]:
    """The files that `check` leaves out as our own; it must have nothing else to say of the four profiles."""
    checked = run("check", "--json")
    told = json.loads(checked.out)

    assert (checked.code, told["startups"], told["investors"]) == (0, 2, 2)
    assert {one["message"] for one in told["problems"]} <= {"Dealport's own output, not profiles: left out"}
    return [one["place"] for one in told["problems"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("new.toml", 'name = "New"\nversion = 1\nas_of = 2026-01-07\n'),
        ("new.json", '{"name": "New", "version": 1, "as_of": "2026-01-07"}'),
        ("new.csv", "name,version,as_of\nNew,1,2026-01-07\n"),
        ("new.json", '{"$schema": "schema.json", "name": "New"}'),
        ("new.json", '{"name": "New", "properties": "three plants"}'),
        ("new.csv", "name,rank,score\nNew,1,80\n"),
        ("new.csv", "name,label,sectors,word\nNew,A,AI,B\n"),
    ],
)
def test_a_profile_with_some_words_of_our_outputs_is_read_all_the_same(
    run: Run, profiles: Path, name: str, text: str
) -> None:
    (profiles / "startups" / name).write_text(text, encoding="utf-8")

    told = json.loads(run("check", "--json").out)

    assert told["startups"] == 3
    assert "own output" not in str(told["problems"])


@pytest.mark.parametrize("more", ["rank", "score", "as_of", "version"])
def test_deals_with_a_column_of_our_outputs_are_deals_all_the_same(run: Run, profiles: Path, more: str) -> None:
    (profiles / "deals.csv").write_text(
        f"date,startup,startup_id,investor,investor_id,{more}\n2025-03-04,Lunit,lunit,Harbor,harbor,2025\n",
        encoding="utf-8",
    )

    told = json.loads(run("check", "--json").out)

    assert told["deals"]["n"] == 1
    assert "own output" not in str(told["problems"])


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("weights.toml", "[weights]\nsectrs = 40\n", "weights.toml:2: weights.sectrs"),
        ("weights.toml", "[weights\n", "weights.toml:1: broken TOML"),
        ("weights.toml", "[weights]\nstage = nan\n", "weights.toml:1: weights"),
        ("sectors.toml", "[sectors.x\n", "sectors.toml:1: broken TOML"),
        ("sectors.toml", "[sectors.x]\nlabel = 'X'\n", "sectors.toml: sectors.x.label"),
        ("deep/Sectors.toml", "a = 1\n", "Sectors.toml: a"),
    ],
)
def test_faulty_settings_of_a_folder_end_every_command_with_3(
    run: Run, profiles: Path, name: str, text: str, place: str
) -> None:
    (profiles / "deep").mkdir()
    (profiles / name).write_text(text, encoding="utf-8")

    ranked, explained, checked = run("match"), run("explain", "lunit", "harbor"), run("check")

    assert (ranked.code, explained.code, checked.code) == (3, 3, 3)
    assert (ranked.out, explained.out) == ("", "")
    assert place in ranked.err
    assert place in explained.err
    assert place in checked.out
    assert "2 startups and 2 investors" in checked.out, "all else is checked too"


def test_a_broken_file_of_weights_is_not_passed_over_for_another(run: Run, profiles: Path, tmp_path: Path) -> None:
    for folder, text in (("a", "[weights\n"), ("b", "[weights]\nsectors = 1\n")):
        (profiles / folder).mkdir()
        (profiles / folder / "weights.toml").write_text(text)
    (tmp_path / "mine.toml").write_text("[weights]\nsectors = 1\n")

    assert run("match").code == 3
    assert run("match", "--weights", "mine.toml").code == 0


def test_faults_of_named_weights_are_told_once_with_their_line(run: Run, profiles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[weights]\nstage = 3\nsectrs = 40\n")

    ran = run("match", "--weights", "mine.toml")

    assert ran.code == 3
    assert ran.err.count("mine.toml:3: weights.sectrs") == 1


@pytest.mark.parametrize("option", ["--weights", "--deals"])
def test_a_folder_where_a_file_is_wanted_is_a_usage_error(run: Run, profiles: Path, option: str) -> None:
    ran = run("match", option, "profiles")

    assert ran.code == 2
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("text", ["", "date,startup,investor\n", "garbage\n", "name,country\nA,KR\n"])
def test_deals_without_a_deal_end_with_3(run: Run, profiles: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "past.csv").write_text(text)

    ran = run("match", "--deals", "past.csv")

    assert ran.code == 3
    assert "past.csv: no deal in it" in ran.err


def test_the_check_that_is_named_looks_at_the_same_files(run: Run, profiles: Path, tmp_path: Path) -> None:
    profiles.rename(tmp_path / "my profiles")
    deals = [{"date": day, "startup": "lunit", "investor": "harbor"} for day in ("soon", "2025-01-01")]
    (tmp_path / "investors.json").write_text(json.dumps(deals))

    ran = run("match", "my profiles", "--deals", "investors.json")

    assert "1 fault in the profiles: see `dealport check 'my profiles' --deals investors.json`" in ran.err
    assert run("check", "my profiles", "--deals", "investors.json").code == 3


@pytest.mark.parametrize(("side", "cure"), [("startups", "new startup NAME"), ("investors", "new investor NAME")])
def test_a_market_without_one_side_says_which_and_where(run: Run, profiles: Path, side: str, cure: str) -> None:
    (profiles / side).rename(profiles.parent / side)

    ran = run("match")

    assert ran.code == 1
    assert f"no {side} found in profiles: nothing to match. `dealport {cure}`" in ran.err


@pytest.mark.parametrize("option", ["--for", "--from", "--to", "--sector"])
def test_a_blank_filter_is_not_everybody(run: Run, profiles: Path, option: str) -> None:
    ran = run("match", option, " ")

    assert (ran.code, ran.out) == (2, "")
    assert f"Invalid value for '{option}': it is blank" in ran.err


@pytest.mark.parametrize("word", ["deep tech", "하드테크", "ai", "Artificial intelligence", "computer vision", "ai-cv"])
def test_a_sector_is_asked_for_by_word_id_or_umbrella(run: Run, profiles: Path, word: str) -> None:
    ran = run("match", "--sector", word)

    assert ran.code == 0
    assert "\nlunit," in ran.out


def test_a_word_that_says_nothing_is_no_filter(run: Run, profiles: Path) -> None:
    ran = run("match", "--sector", "technology")

    assert (ran.code, ran.out) == (2, "")
    assert "--sector: 'technology' says too little to choose by: name a sector" in " ".join(ran.err.split())


def test_the_users_own_sector_is_asked_for_by_its_id(run: Run, profiles: Path) -> None:
    (profiles / "sectors.toml").write_text('[sectors.farm-bots]\nparents = ["robotics"]\nlabels = {en = "Agribotz"}\n')
    for side in ("startups", "investors"):
        country = "KR" if side == "startups" else "CN"
        (profiles / side / "own.toml").write_text(f'name = "Own"\ncountry = "{country}"\nsectors = ["agribotz"]\n')

    ran = run("match", "--sector", "farm-bots")

    assert ran.out.splitlines()[1].startswith("own,Own,KR,1,own,Own,CN,")
    assert "Agribotz" in run("explain", "own", "own").out
    assert "own is not clear" in run("match", "--for", "own").err.replace("'", "")


def test_a_pasted_page_as_a_name_does_not_fill_the_screen(
    run: Run, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profiles / "startups" / "long.toml").write_text(f'name = "{"x" * 10_000}"\ncountry = "KR"\n')
    monkeypatch.setattr("dealport.cli.terminal.screen.is_piped", lambda: False)

    outputs = [run("check").out, run("match", "--for", "long").out, run("explain", "long", "harbor").out]

    assert all(out.count("x" * 20) and "x" * 200 not in out.replace("\n", "") for out in outputs)
