"""`dealport convert`: any list to profiles or a clean table, every row accounted for."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CASES = Path(__file__).parents[1] / "cases" / "spreadsheets"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "startups.csv").write_text("name,country,sectors,id\nLumen,KR,AI,1\nTide,JP,AI,1\n", encoding="utf-8")
    shutil.copytree(CASES, tmp_path / "sheets")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_profiles_and_refused_rows_are_written_and_counted(folder: Path, run: Run) -> None:
    ran = run("convert", "startups.csv", "--out", "out")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "2 rows = 1 profile + 0 merged + 1 refused",
        "wrote out",
        "wrote out-errors.csv: 1 row to mend, the reason in the last column",
    ]
    assert [path.name for path in (folder / "out" / "startups").iterdir()] == ["1.toml"]
    rows = list(csv.reader((folder / "out-errors.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["name", "country", "sectors", "id", "kind", "reason"]
    assert rows[1] == ["Tide", "JP", "AI", "1", "startup", "'1' is the id of 'Lumen' too"]


def test_mended_rows_are_taken_when_they_are_fed_in_again(folder: Path, run: Run) -> None:
    run("convert", "startups.csv", "--out", "all.csv")
    errors = folder / "all-errors.csv"
    errors.write_text(errors.read_text(encoding="utf-8").replace("AI,1,", "AI,2,"), encoding="utf-8")

    ran = run("convert", "all.csv", "all-errors.csv", "--out", "mended.csv")

    assert ran.err.splitlines()[0] == "2 rows = 2 profiles + 0 merged + 0 refused"
    assert not (folder / "mended-errors.csv").exists()


def test_the_organisers_two_sheets_become_one_market(folder: Path, run: Run) -> None:
    ran = run("convert", "sheets", "--out", "market.xlsx")

    assert ran.code == 0
    assert ran.err.splitlines()[0] == "10 rows = 7 profiles + 2 merged + 1 refused"
    assert (folder / "market-errors.xlsx").exists()
    assert run("check", "market.xlsx").code == 0
    assert run("match", "market.xlsx", "--json").out == run("match", "sheets", "--json").out


def test_nothing_is_overwritten_unless_told(folder: Path, run: Run) -> None:
    run("convert", "startups.csv", "--out", "t.csv")
    (folder / "t.csv").unlink()

    ran = run("convert", "startups.csv", "--out", "t.csv")

    assert (ran.code, "t-errors.csv: it exists already; give --force" in ran.err) == (1, True)
    assert not (folder / "t.csv").exists()
    assert run("convert", "startups.csv", "--out", "t.csv", "--force").code == 0


def test_a_file_that_is_read_is_never_written(folder: Path, run: Run) -> None:
    ran = run("convert", "startups.csv", "--out", "startups.csv", "--force")

    assert (ran.code, "it is one of the files read" in ran.err) == (1, True)


def test_nothing_to_write_is_told(folder: Path, run: Run) -> None:
    (folder / "startups.csv").write_text("name,country\n", encoding="utf-8")

    ran = run("convert", "startups.csv", "--out", "out")

    assert (ran.code, "nothing to write" in ran.err) == (1, True)


def test_an_unknown_suffix_is_a_fault_of_usage(folder: Path, run: Run) -> None:
    assert run("convert", "startups.csv", "--out", "t.doc").code == 2


def test_check_tells_the_account_too(folder: Path, run: Run) -> None:
    assert "2 rows = 1 profile + 0 merged + 1 refused" in run("check", "startups.csv").out


def test_what_repeats_in_thousands_of_rows_is_told_once_with_its_count(folder: Path, run: Run) -> None:
    lines = [f"Startup {n},KR,{'qwxz' if n % 3 else 'vbnq'}" for n in range(400)]
    (folder / "startups.csv").write_text("\n".join(["name,country,sectors", *lines]), encoding="utf-8")

    lines = run("check", "startups.csv").out.splitlines()

    assert "unknown sector word 'qwxz'" in lines[0]
    assert "266 times, first here" in lines[0]
    assert "134 times, first here" in lines[1]
    assert any(line.startswith("400 startups lack sectors, stage, raising") for line in lines)


DEALS = """Company,Investors,Announced date,Round
Lumen,Harbor,2024-05-01,Seed
Tide,Harbor,some day,Seed
Solis,,2024-05-01,Seed
"""


def test_rows_of_deals_are_accounted_for_the_same_by_check_and_convert(folder: Path, run: Run) -> None:
    (folder / "rounds.csv").write_text(DEALS, encoding="utf-8")

    columns = run("check", "--columns", "rounds.csv")
    converted = run("convert", "rounds.csv", "startups.csv", "--out", "t.csv")

    assert "3 rows: 1 taken, 0 merged, 1 refused, 1 left out" in columns.out
    assert "3 rows of deals = 1 written + 1 to mend + 1 left out" in converted.err
    assert "Tide" in (folder / "t-errors.csv").read_text(encoding="utf-8")
    assert "to read the market again give both: t.csv t-deals.csv" in converted.err


def test_rows_nobody_can_mend_are_left_out_and_counted(folder: Path, run: Run) -> None:
    (folder / "startups.csv").write_text("name,country\nLumen,KR\nTotal,1\nSource: nobody,\n", encoding="utf-8")

    ran = run("convert", "startups.csv", "--out", "t.csv")

    assert ran.err.splitlines() == ["3 rows = 1 profile + 0 merged + 0 refused + 2 left out", "wrote t.csv"]
