"""Errors, exit codes, pipes and encodings: what the shell sees of `dealport`."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import dealport
from dealport.cli import main as boundary

Run = Callable[..., SimpleNamespace]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

HEAVY = ("numpy", "pydantic", "arro3", "rapidfuzz", "jinja2", "dealport.model")


def test_the_version_is_the_packages(run: Run) -> None:
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))

    ran = run("--version")

    assert dealport.__version__ == declared["project"]["version"]
    assert ran.out == f"dealport {dealport.__version__}\n"


def test_help_imports_nothing_heavy(start: Start) -> None:
    code = (
        "import sys; from dealport.cli.main import main; main(['--help']); "
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )

    ran = start(code=code)

    assert b"shortlist" in ran.stdout
    assert ran.stderr.strip() == b"[]"


def test_plain_options_and_profiles_are_ranked_without_pydantic(start: Start, tmp_path: Path) -> None:
    market = tmp_path / "market.csv"
    market.write_text("kind,name,country,sectors\nstartup,Lumen,KR,AI\ninvestor,Harbor,CN,AI\n", encoding="utf-8")
    arguments = ["match", str(market), "--for", "Lumen", "--by", "startup", "--language", "ko", "--json"]
    code = (
        f"import sys; from dealport.cli.main import main; main({arguments}); "
        "print('pydantic' in sys.modules, file=sys.stderr)"
    )

    ran = start(code=code)

    assert b"Harbor" in ran.stdout
    assert ran.stderr.split()[-1] == b"False"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mtch"], "dealport: No such command 'mtch'. Did you mean 'match'? (try 'dealport --help')\n"),
        (
            ["match", "--weihgts", "x"],
            "No such option: --weihgts. Did you mean '--weights'? (try 'dealport match --help')\n",
        ),
        (["match", "--zzzz"], "dealport: No such option: --zzzz (try 'dealport match --help')\n"),
        (["match", "--by", "x"], "dealport: Invalid value for '--by': 'x' is not one of 'startup', 'investor' (try"),
        (["match", "--as-of", "7 Jan"], "'7 Jan' is not a day (write it as 2026-01-07) (try"),
        (["explain", "lunit"], "dealport: Missing argument 'B' (try 'dealport explain --help')\n"),
        ([], "dealport: Missing command (try 'dealport --help')\n"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_what_was_meant(run: Run, arguments: list[str], told: str) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def failing(error: BaseException) -> Callable[[object], int]:
    def fail(_: object) -> int:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 0, ""),
        (SystemExit(5), 5, ""),
        (MemoryError(), 1, "the memory is used up"),
        (SystemExit("odd"), 0, ""),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "could not write the result: No space left on device"),
    ],
)
def test_what_ends_a_command_early_has_its_own_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, told: str
) -> None:
    monkeypatch.setattr(boundary, "_run", failing(error))

    ran = run()

    assert ran.code == code
    assert told in ran.err


@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), OSError(errno.ENOENT, "ours")])
def test_our_own_bugs_keep_their_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(boundary, "_run", failing(error))

    with pytest.raises(type(error), match="ours"):
        run()


def test_an_interrupted_command_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch, profiles: Path) -> None:
    monkeypatch.setattr(
        "dealport.stories.meeting_story.read_checked", lambda *_, **__: failing(KeyboardInterrupt())(None)
    )

    assert run("check").code == 130


def test_faults_in_input_come_one_a_line(run: Run, profiles: Path) -> None:
    (profiles / "weights.toml").write_text("[weights]\nsector = 40\nstage = -1\n")

    ran = run("match")

    assert ran.code == 3
    assert len(ran.err.splitlines()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes are POSIX")
@pytest.mark.parametrize("arguments", [("--help",), ("sectors",), ("match", "--json"), ("match",)])
def test_a_reader_who_has_seen_enough_is_no_failure(start: Start, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    ran = start(*arguments, stdout=writing)
    os.close(writing)

    assert ran.returncode == 0
    assert b"Error" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes are POSIX")
def test_a_stream_nobody_takes_is_quiet_at_the_end() -> None:
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w")
    stream.write("late")
    os.close(reading)

    boundary._finish(stream)

    stream.close()  # flushes again: into nothing, or this would raise


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("sectors",), ("match", "--json", "--quiet")])
def test_a_full_disk_under_stdout_is_said_in_one_line(start: Start, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = start(*arguments, stdout=full)

    assert ran.returncode == 1
    assert ran.stderr.count(b"\n") == 1
    assert b"could not write the result" in ran.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp949"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("match",), ("match", "--json"), ("explain", "lunit", "harbor"), ("check",), ("sectors",)],
)
def test_no_encoding_of_a_terminal_makes_it_fail(
    start: Start, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    ran = start(*arguments, environment=environment)

    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr


def test_json_is_whole_in_a_narrow_encoding(start: Start) -> None:
    ran = start("match", "--json", environment={"PYTHONIOENCODING": "ascii"})

    assert json.loads(ran.stdout)["participants"][0]["name"] == "루닛"


def test_a_bar_is_number_signs_where_blocks_cannot_be_written(start: Start) -> None:
    ran = start("explain", "lunit", "cmb-international", environment={"PYTHONIOENCODING": "cp949"})

    assert b"####" in ran.stdout
    assert "루닛".encode("cp949") in ran.stdout


def test_a_name_the_encoding_lacks_gives_way_to_an_alias(start: Start) -> None:
    ran = start("explain", "lunit", "harbor", environment={"PYTHONIOENCODING": "ascii"})

    assert ran.stdout.startswith(b"Lunit KR  x  Harbor Ventures SG")


def test_completion_is_offered(start: Start) -> None:
    ran = start("--show-completion", environment={"SHELL": "/bin/bash"})

    assert b"--install-completion" in start("--help").stdout
    assert ran.returncode == 0
