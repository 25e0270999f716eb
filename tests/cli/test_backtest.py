"""`dealport backtest` and `tune` as the user runs them."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from dealport.scoring.criteria.weights import TRACK_WEIGHTS
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


def test_tuning_says_as_how_many_choices_the_shipped_weights_count(folder: Path, run: Run) -> None:
    usual = run("tune", "deals.csv", "--since", "2023-01-01", "--out", "near.toml")
    free = run("tune", "deals.csv", "--since", "2023-01-01", "--out", "free.toml", "--prior", "0")

    near, far = (
        tomllib.loads(Path(name).read_text(encoding="utf-8"))["weights"] for name in ("near.toml", "free.toml")
    )
    assert "the shipped weights as 1,000 more" in " ".join(usual.out.split())
    assert "shipped" not in free.out
    assert "1,000 choices more" in Path("near.toml").read_text(encoding="utf-8")
    distances = [sum(abs(one[name] - weight) for name, weight in TRACK_WEIGHTS.items()) for one in (near, far)]
    assert distances[0] < distances[1]


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


HEADER = "date,startup,startup_country,investor,investor_country,round,amount\n"


def test_no_file_that_is_read_is_ever_replaced(folder: Path, run: Run) -> None:
    before = Path("deals.csv").read_bytes()

    ran = run("backtest", "deals.csv", "--since", "2023-01-01", "--rankings", "deals.csv", "--force")
    tuned = run("tune", "deals.csv", "--since", "2023-01-01", "--out", "deals.csv", "--force")

    assert (ran.code, tuned.code) == (1, 1)
    assert Path("deals.csv").read_bytes() == before


def test_an_investor_known_from_elsewhere_is_abroad_where_it_was_first_seen(folder: Path, run: Run) -> None:
    rows = [f"2020-01-0{n},S{n},KR,I{n},CN,A,1m" for n in range(1, 4)]
    Path("moved.csv").write_text(HEADER + "\n".join([*rows, "2021-02-01,T1,CN,I1,US,A,1m"]) + "\n", encoding="utf-8")

    ran = run("backtest", "moved.csv", "--since", "2021-01-01", "--json")

    assert (ran.code, "nothing to look for" in ran.err) == (1, True)


def test_what_a_query_brings_does_not_hang_on_who_answers(folder: Path, run: Run) -> None:
    known = [f"2020-01-0{n},S{n},KR,Seoul,i{n},I{n},CN,1m" for n in range(1, 7)]
    header = "date,startup,startup_country,startup_city,investor_id,investor,investor_country,amount\n"
    lists = []
    for first, second in (("i1", "i2"), ("i2", "i1")):
        two = [f"2021-02-01,Q,KR,Seoul,{first},x,CN,6500000", f"2021-02-01,Q,KR,Busan,{second},y,CN,65000"]
        Path("q.csv").write_text(header + "\n".join([*known, *two]) + "\n", encoding="utf-8")
        run("backtest", "q.csv", "--since", "2021-01-01", "--rankings", "r.csv", "--force", "--quiet")
        with Path("r.csv").open(encoding="utf-8", newline="") as lines:
            lists.append([(row["rank"], row["investor_id"], row["score"]) for row in csv.DictReader(lines)])

    assert lists[0] == lists[1] != []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--since", "2023-01-01", "--until", "9999-12-31"], 0, ""),
        (["--since", "2023-01-01", "--until", "9999-12-31", "--refresh", "quarter"], 0, ""),
        (["--since", "2023-01-01", "--until", "2022-01-01"], 2, "before --since"),
        (["--since", "0004-01-01"], 2, "no deals are known of that time"),
    ],
)
def test_days_that_cannot_be_are_told_and_far_ones_do_no_harm(
    folder: Path, run: Run, arguments: list[str], code: int, told: str
) -> None:
    ran = run("backtest", "deals.csv", *arguments, "--json")

    assert (ran.code, told in ran.err, "Traceback" in ran.err) == (code, True, False)


def test_rows_that_say_nothing_are_counted_by_what_they_lack(folder: Path, run: Run) -> None:
    rows = Path("deals.csv").read_text(encoding="utf-8").splitlines()
    Path("worse.csv").write_text(
        "\n".join([*rows, "2022-01-01,x1,X,,,,,i01,Investor 1,CN,,", "someday,x2,Y,KR,,,,i01,Investor 1,CN,,"]) + "\n",
        encoding="utf-8",
    )

    ran = run("backtest", "worse.csv", "--since", "2023-01-01", "--json")

    assert "1 deal does not tell both countries: left out" in ran.err
    assert "1 fault in the file: see `dealport check worse.csv`" in ran.err


def test_weights_and_sectors_in_the_folder_are_used_or_refused(folder: Path, run: Run) -> None:
    Path("market").mkdir()
    Path("market/deals.csv").write_text(deals_csv(), encoding="utf-8")
    plain = run("backtest", "market", "--since", "2023-01-01", "--json")
    Path("market/weights.toml").write_text("[weights]\nwarm_path = 90\n", encoding="utf-8")
    other = run("backtest", "market", "--since", "2023-01-01", "--json")
    Path("market/weights.toml").write_text("foo = 1\n", encoding="utf-8")
    faulty = run("backtest", "market", "--since", "2023-01-01", "--json")

    assert plain.out != other.out
    assert faulty.code == 3


def test_deals_without_countries_say_what_to_add(folder: Path, run: Run) -> None:
    Path("bare.csv").write_text("date,startup,investor\n2022-01-01,A,B\n", encoding="utf-8")
    Path("undated.csv").write_text("date,startup,investor\nsoon,A,B\n", encoding="utf-8")

    bare, undated = (run("backtest", file, "--since", "2021-01-01") for file in ("bare.csv", "undated.csv"))

    assert (bare.code, "add startup_country and investor_country" in bare.err) == (1, True)
    assert undated.code == 3


def test_an_investor_known_from_a_deal_is_not_proposed_to_the_startup_it_backs(folder: Path, run: Run) -> None:
    Path("market.csv").write_text(
        "kind,name,country,sectors\nstartup,Lumen,KR,AI\ninvestor,Harbor,SG,AI\n", encoding="utf-8"
    )
    Path("last.csv").write_text(HEADER + "2025-12-04,Lumen,KR,Zork,CN,A,1m\n", encoding="utf-8")

    ran = run("explain", "Lumen", "Zork", "market.csv", "--deals", "last.csv", "--with-deal-investors", "--json")

    gates = {gate["gate"]: gate["passed"] for gate in json.loads(ran.out)["gates"]}
    assert not gates["already_backed"]


def test_a_mistyped_year_does_not_become_the_day_of_the_ranking(folder: Path, run: Run) -> None:
    Path("market.csv").write_text(
        "kind,name,country,sectors\nstartup,Lumen,KR,AI\ninvestor,Harbor,SG,AI\n", encoding="utf-8"
    )
    rows = [*Path("deals.csv").read_text(encoding="utf-8").splitlines(), "2062-01-01,z,Z,KR,,,,i01,Investor 1,CN,,"]
    Path("future.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    ran = run("check", "market.csv", "--deals", "future.csv", "--json")

    report = json.loads(ran.out)
    assert report["as_of"] < "2025-06-01"
    assert any("lies years after every other day" in problem["message"] for problem in report["problems"])
