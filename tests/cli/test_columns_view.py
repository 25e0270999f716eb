"""What `check --columns` and `--as` show and do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dealport.cli.main import main


def run(*arguments: str) -> int:
    return main(list(arguments))


def write(folder: Path) -> str:
    path = folder / "list.csv"
    path.write_text("Company,Country,CEO,Tiket size (USD m)\nHarbor,SG,Kim,5\n,KR,,\n", encoding="utf-8")
    return str(path)


def test_check_columns_tells_what_each_column_was_taken_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run("check", "--columns", "--as", "investor", write(tmp_path))

    out = capsys.readouterr().out
    assert code == 3
    assert "table, investors, header in row 1" in out
    assert "Company -> name (synonym)" in out
    assert "CEO -> left out" in out
    assert "2 rows: 1 taken, 0 merged, 1 refused" in out
    assert "no name" in out


def test_check_columns_gives_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run("check", "--columns", "--json", "--as", "investor", write(tmp_path))

    told = json.loads(capsys.readouterr().out)
    (table,) = told["tables"]
    assert code == 3
    assert table["columns"][0] == {"header": "Company", "field": "name", "how": "synonym"}
    assert (table["rows"], table["taken"], table["merged"], len(table["refused"])) == (2, 1, 0, 1)
    assert {problem["severity"] for problem in told["problems"]} == {"fault", "warning"}


def test_check_columns_says_so_where_there_are_no_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "startups").mkdir()
    (tmp_path / "startups" / "a.toml").write_text('name = "A"\ncountry = "KR"\n', encoding="utf-8")

    code = run("check", "--columns", str(tmp_path))

    assert (code, "no tables" in capsys.readouterr().out) == (0, True)


def test_the_side_is_an_option_of_every_command_that_reads_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "startups.csv").write_text("Company,Country,Industry\nLumen,KR,AI\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("Company,Country,Industry\nHarbor,SG,AI\n", encoding="utf-8")
    folder, out = str(tmp_path), str(tmp_path / "out" / "s.csv")
    (tmp_path / "out").mkdir()

    codes = [
        run("match", folder, "--as", "investor", "--json"),
        run("explain", "Lumen", "Harbor", folder, "--as", "investor"),
        run("shortlist", folder, "--as", "investor", "--out", out),
        run("check", folder, "--as", "investor"),
    ]

    capsys.readouterr()
    assert codes == [0, 0, 0, 0]
    assert "Harbor" in Path(out).read_text(encoding="utf-8")
