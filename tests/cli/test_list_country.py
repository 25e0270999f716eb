"""`--country` and `--as`: what is said of a whole list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

RECORDS = [{"companyName": "가람", "category": "로봇"}, {"companyName": "Tide", "category": "AI", "country": "JP"}]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "list.json").write_text(json.dumps(RECORDS, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "funds.csv").write_text("kind,name,country,sectors\ninvestor,Harbor,CN,robotics\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("word", ["KR", "Korea", "한국", "韩国", "Korea, Republic of"])
def test_a_country_is_taken_in_any_spelling(lists: Path, run: Run, word: str) -> None:
    ran = run("convert", "list.json", "--as", "startup", "--country", word, "--out", "out.csv")

    assert ran.code == 0
    assert (lists / "out.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "startup,tide,Tide,JP,AI",
        "startup,가람,가람,KR,로봇",
    ]


@pytest.mark.parametrize(
    "command",
    [
        ("match", "list.json", "funds.csv"),
        ("shortlist", "list.json", "funds.csv", "--out", "out.csv"),
        ("explain", "가람", "Harbor", "list.json", "funds.csv"),
        ("check", "list.json", "funds.csv"),
        ("convert", "list.json", "--out", "out.csv"),
    ],
)
def test_every_command_that_reads_a_list_takes_its_country(lists: Path, run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--as", "startup", "--country", "KR")

    assert ran.code == 0, ran.err
    assert "no country" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("word", "cure"), [("Koria", "South Korea"), ("Narnia", "unknown country 'Narnia'"), ("Wakanda Forever", "KR")]
)
def test_a_word_that_is_no_country_is_a_fault_of_usage_with_a_cure(lists: Path, run: Run, word: str, cure: str) -> None:
    ran = run("check", "list.json", "--as", "startup", "--country", word)

    assert ran.code == 2
    assert repr(word) in ran.err
    assert cure in ran.err


def test_a_blank_country_is_a_fault_of_usage(lists: Path, run: Run) -> None:
    assert run("check", "list.json", "--country", "").code == 2


def test_without_a_country_each_row_that_names_none_is_a_fault(lists: Path, run: Run) -> None:
    ran = run("check", "list.json", "--as", "startup")

    assert ran.code == 3
    assert ran.out.count("no country") == 1
