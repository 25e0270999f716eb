"""`dealport backtest` and `tune` as the user runs them."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from tests.backtest.made_deals import deals_csv, made_rows
from tests.cli.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("deals.csv").write_text(deals_csv(), encoding="utf-8")
    return tmp_path


def test_the_figures_are_shown_beside_simpler_rankers_with_what_they_mean(folder: Path, run: Run) -> None:
    ran = run("backtest", "deals.csv", "--since", "2023-01-01")

    assert ran.code == 0
    for ranker in ("Dealport", "random", "popularity", "Jaccard of sector words", "TF-IDF cosine"):
        assert ranker in ran.out
    assert "a missing pair is not a no" in " ".join(ran.out.split())


def test_json_rankings_and_a_drawing_tell_the_same(folder: Path, run: Run) -> None:
    ran = run("backtest", "deals.csv", "--since", "2023-01-01", "--json", "--rankings", "r.csv", "--out", "hits.svg")

    report = json.loads(ran.out)
    with Path("r.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    startups = {row["startup_id"] for row in rows}
    hit = {row["startup_id"] for row in rows if row["hit"] == "1" and int(row["rank"]) <= 10}
    assert len(startups) == report["n_queries"]
    assert report["slices"][0]["rankers"]["Dealport"]["hit@10"]["mean"] == pytest.approx(
        len(hit) / len(startups), abs=1e-5
    )
    assert Path("hits.svg").read_text(encoding="utf-8").lstrip().startswith("<")


def test_an_investor_is_left_out_by_name_and_a_wrong_name_is_told(folder: Path, run: Run) -> None:
    ran = run("backtest", "deals.csv", "--since", "2023-01-01", "--without", "Investor 3", "--json")
    wrong = run("backtest", "deals.csv", "--since", "2023-01-01", "--without", "Invstor 3")

    assert json.loads(ran.out)["slices"][-1]["name"] == "without Investor 3"
    assert (wrong.code, "no investor is called 'Invstor 3'" in wrong.err) == (1, True)


def test_rows_in_any_order_give_the_same_bytes(folder: Path, run: Run) -> None:
    Path("turned.csv").write_text(deals_csv(made_rows()[::-1]), encoding="utf-8")

    one, other = (run("backtest", file, "--since", "2023-01-01", "--json") for file in ("deals.csv", "turned.csv"))

    assert one.out == other.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["deals.csv", "--since", "2030-01-01"], 1, "nothing to look for"),
        (["nowhere.csv", "--since", "2023-01-01"], 2, "nowhere.csv"),
        (["empty.csv", "--since", "2023-01-01"], 3, "no deal in it"),
        (["deals.csv", "--since", "2023-01-01", "--out", "x.png"], 2, ".svg"),
        (["deals.csv", "--since", "2023-01-01", "--rankings", "taken.csv"], 1, "--force"),
        (["deals.csv", "--since", "soon"], 2, "not a day"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    folder: Path, run: Run, arguments: list[str], code: int, told: str
) -> None:
    Path("empty.csv").write_text("name,country\nLumen,KR\n", encoding="utf-8")
    Path("taken.csv").write_text("", encoding="utf-8")

    ran = run("backtest", *arguments)

    assert (ran.code, told in ran.err, "Traceback" in ran.err) == (code, True, False)


def test_tuned_weights_are_a_file_that_the_backtest_takes(folder: Path, run: Run) -> None:
    tuned = run("tune", "deals.csv", "--since", "2023-01-01", "--out", "weights.toml")
    again = run("tune", "deals.csv", "--since", "2023-01-01", "--out", "weights.toml")
    ran = run("backtest", "deals.csv", "--since", "2023-01-01", "--weights", "weights.toml", "--json")

    weights = tomllib.loads(Path("weights.toml").read_text(encoding="utf-8"))["weights"]
    assert tuned.code == 0, tuned.err
    assert again.code == 1
    assert min(weights.values()) >= 0
    assert "country_deals" in weights
    assert ran.code == 0


def test_tuning_on_too_little_says_so(folder: Path, run: Run) -> None:
    ran = run("tune", "deals.csv", "--since", "2019-02-01", "--out", "w.toml")

    assert (ran.code, "new pairs abroad to learn from" in ran.err, Path("w.toml").exists()) == (1, True, False)


def test_investors_known_only_from_deals_are_proposed_when_asked_for(folder: Path, run: Run) -> None:
    Path("market.csv").write_text(
        "kind,name,country,sectors\nstartup,Lumen,KR,AI\ninvestor,Harbor,SG,AI\n", encoding="utf-8"
    )

    without = run("match", "market.csv", "--deals", "deals.csv", "--json", "--top", "50")
    with_them = run("match", "market.csv", "--deals", "deals.csv", "--with-deal-investors", "--json", "--top", "50")

    names = [[pair["name"] for pair in json.loads(ran.out)["participants"][0]["pairs"]] for ran in (without, with_them)]
    assert names[0] == ["Harbor"]
    assert {"Harbor", "Investor 1"} <= set(names[1])


def test_a_pair_with_deals_is_explained_with_what_the_investor_did(folder: Path, run: Run) -> None:
    Path("market.csv").write_text(
        "kind,name,country,sectors,backers,city,id,stages\n"
        "startup,Lumen,KR,AI,Investor 7,Seoul,,\n"
        "investor,Investor 1,CN,AI,,,i01,Series D\n",
        encoding="utf-8",
    )

    ran = run("explain", "Lumen", "Investor 1", "market.csv", "--deals", "deals.csv")

    text = " ".join(ran.out.split())
    assert ran.code == 0, ran.err
    assert "What it says and what it does" in text
    assert "of its" in text and "deals were" in text
    assert "Deals there" in text
