"""The README's tour is run, line by line, in a terminal of 80 columns, on a copy of the sample market.

To write outputs and tables of criteria anew: DEALPORT_REWRITE_CASES=1 python -m pytest tests/test_readme.py
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from dealport.scoring.criteria.criterion import Criterion
from dealport.scoring.criteria.stated.kind import KIND_GAIN
from dealport.scoring.criteria.table import CRITERIA, STATED_CRITERIA, TRACK_CRITERIA
from dealport.words.funding.stage_words import LADDER
from dealport.words.funding.stages import stage_label
from dealport.words.investor_kinds import investor_kind_label

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TABLE = re.compile(r"^\| criterion \|.*\n\|---.*\n(?:\| `.*\n)+", re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_in_terminal(command: str, folder: Path) -> str:
    """What a terminal of 80 columns shows, without colours."""
    screen, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "LINES": "50", "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            read = os.read(screen, 1 << 16)
        except OSError:  # Linux says so when the last writer is gone
            break
        if not read:
            break
        shown += read
    os.close(screen)
    process.wait(timeout=60)
    lines = shown.decode().replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def commands_and_outputs(block: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` with the lines under it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    shutil.copytree(ROOT / "tests" / "cases" / "spreadsheets", tmp_path / "spreadsheets")
    return tmp_path


def test_every_command_of_the_tour_shows_what_the_readme_says(folder: Path) -> None:
    text = README.read_text(encoding="utf-8")
    blocks = CONSOLE.findall(text)
    told, seen = [], []

    for block in blocks:
        for command, output in commands_and_outputs(block):
            told.append((command, output))
            seen.append((command, run_in_terminal(command, folder)))

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        written = iter(seen)

        def rewrite(found: re.Match[str]) -> str:
            lines = [
                f"$ {command}\n{output}".rstrip()
                for command, output in (next(written) for _ in commands_and_outputs(found[1]))
            ]
            return "```console\n" + "\n".join(lines) + "\n```"

        README.write_text(CONSOLE.sub(rewrite, text), encoding="utf-8")
        return
    assert len(told) >= 8
    assert seen == told


def test_the_first_block_holds_exactly_two_commands() -> None:
    block = README.read_text(encoding="utf-8").split("```")[1]

    lines = [line for line in block.splitlines()[1:] if line.strip()]

    assert len(lines) == 2
    assert "dealport match" in lines[0]
    assert "pytest" in lines[1]


KINDS = re.compile(r"^\| kind \|.*\n(?:\|.*\n)+", re.MULTILINE)
HEAD = "| criterion | weight | value between 0 and 1 | unknown counts as |\n|---|---|---|---|\n"


def rows_of(criteria: Mapping[str, Criterion]) -> str:
    """The docs' table of criteria, a row each, under its heading."""
    return HEAD + "".join(
        f"| `{one.name}` | {round(one.weight, 1):g} | {one.value} | {' and '.join(map(share, one.expected))} |\n"
        for one in criteria.values()
    )


def share(thousandths: int) -> str:
    """835 as .835."""
    return f".{thousandths:03}"


def test_the_tables_of_criteria_are_what_the_criteria_say_of_themselves() -> None:
    text = README.read_text(encoding="utf-8")
    tables = [rows_of(STATED_CRITERIA), rows_of(TRACK_CRITERIA)]

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        written = iter(tables)
        README.write_text(TABLE.sub(lambda _: next(written), text), encoding="utf-8")
        return
    assert TABLE.findall(text) == tables


def test_every_flag_and_gate_is_explained_in_the_readme() -> None:
    from dealport.scoring.criteria.gates import GATES
    from dealport.words.phrases import load_phrases

    text = README.read_text(encoding="utf-8")
    flags = sorted(key.removeprefix("flag.") for key in load_phrases() if key.startswith("flag."))

    assert len(flags) >= 8
    assert [name for name in (*GATES, *CRITERIA, *flags) if f"`{name}`" not in text] == []


def test_the_links_between_documents_hold() -> None:
    for document in (README, ROOT / "CHANGELOG.md", ROOT / "profiles" / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_sectors_toml_of_the_readme_adds_a_sector(tmp_path: Path) -> None:
    import tomllib

    from dealport.words.lookup.resolving import SectorResolver
    from dealport.words.sectors.graph import load_graph

    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(\[sectors\..*?)^```$", text, re.MULTILINE | re.DOTALL)

    resolver = SectorResolver(load_graph(tomllib.loads(blocks[0])))

    assert [found.sector for found in resolver.resolve("Agribots").sectors] == ["agri-robots"]
    assert "robotics" in resolver.graph.ancestors("agri-robots")


def test_the_event_of_the_readme_is_read_without_a_fault(tmp_path: Path) -> None:
    from dealport.stories.meeting_story import load_day
    from dealport.stories.ranking_story import read_market

    text = README.read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(# event\.toml\n.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "event.toml").write_text(block, encoding="utf-8")

    day = load_day(*read_market([ROOT / "profiles"]), tmp_path / "event.toml")

    assert [one for one in day.problems if "event.toml" in one.place] == []
    assert (len(day.event.slots), len(day.event.tables), len(day.event.locked)) == (21, 30, 1)


def test_the_table_of_kinds_of_investors_is_what_the_criterion_gives() -> None:
    text = README.read_text(encoding="utf-8")
    shown = [stage for stage in LADDER if not stage.endswith("-plus")]
    lines = [["kind", *(stage_label(stage) for stage in shown)], ["---"] * (1 + len(shown))]
    for kind, gains in KIND_GAIN.items():
        by_stage = dict(zip(LADDER, gains, strict=True))
        lines.append(
            [investor_kind_label(kind), *(f"{by_stage[stage] / 1000:g}".lstrip("0") or "0" for stage in shown)]
        )
    table = "".join(f"|{'|'.join(line)}|\n" if line[0] == "---" else f"| {' | '.join(line)} |\n" for line in lines)

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        README.write_text(KINDS.sub(lambda _: table, text), encoding="utf-8")
        return
    assert KINDS.findall(text) == [table]
