"""Flat tables written as they come hold what the records tell, row by row, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Kind
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import whole_market
from dealport.scoring.ranking import Ranked, RowSelection, rank_market
from dealport.writing.csv_files import csv_bytes
from dealport.writing.rankings.shortlists import shortlist_table
from dealport.writing.rankings.streaming import write_pairs
from tests.scoring.random_markets import GRAPH, busy_market, markets

NAMES = ["S", '=HYPERLINK("x")', 'a "quoted", name', "두 줄\n이름", "-1", "'=x", "  wide   ", "名前"]


def ranked_of(market: Market, k: int = 3) -> Ranked:
    everybody = RowSelection(whole_market(len(market.startups)), whole_market(len(market.investors)))
    return rank_market(market, Weights(ALL_WEIGHTS), everybody, k=k)


@st.composite
def told_markets(draw: st.DrawFn) -> Market:
    """Random markets with names to be minded, wishes, misread words and likely duplicates."""
    market = draw(markets(most=5))
    names = st.sampled_from(NAMES)
    n_startups, n_investors = len(market.startups), len(market.investors)
    wants = st.lists(st.integers(0, 4).map("i{}".format), max_size=2, unique=True).map(tuple)
    wanted = st.lists(st.integers(0, 4).map("s{}".format), max_size=2, unique=True).map(tuple)
    misread = st.sampled_from([(), ("?",)])
    ids: list[tuple[Kind, str]] = [("startup", "s0"), ("investor", "i1")]
    repeated = draw(st.frozensets(st.sampled_from(ids)))
    return replace(
        market,
        startups=tuple(
            replace(market.startups[row], name=draw(names), wants=draw(wants), misread=draw(misread))
            for row in range(n_startups)
        ),
        investors=tuple(
            replace(market.investors[row], name=draw(names), wants=draw(wanted), misread=draw(misread))
            for row in range(n_investors)
        ),
        possible_duplicates=repeated,
    )


@pytest.mark.parametrize("seed", [5, 8, 11])  # with a confidence half-way between two numbers of five decimals
def test_a_confidence_is_rounded_as_in_the_records(tmp_path: Path, seed: int) -> None:
    ranked, path = ranked_of(busy_market(seed)), tmp_path / "a.csv"

    write_pairs(ranked, path, sides=("startup",), language="en", force=True)

    assert path.read_bytes() == csv_bytes(shortlist_table(ranked.shortlist("startup"), GRAPH, "en"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told_markets(),
    st.sampled_from(["startup", "investor"]),
    st.sampled_from(["en", "ko", "zh-Hant"]),
)
def test_csv_is_what_the_records_say(tmp_path: Path, market: Market, by: Kind, language: str) -> None:
    ranked, path = ranked_of(market), tmp_path / "a.csv"

    n_rows = write_pairs(ranked, path, sides=(by,), language=language, force=True)

    table = shortlist_table(ranked.shortlist(by), GRAPH, language)
    assert path.read_bytes() == csv_bytes(table)
    assert n_rows == len(table.rows)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told_markets())
def test_parquet_and_json_lines_hold_the_same_rows(tmp_path: Path, market: Market) -> None:
    ranked = ranked_of(market)
    parquet, lines = tmp_path / "a.parquet", tmp_path / "a.jsonl"

    for path in (parquet, lines):
        write_pairs(ranked, path, sides=("investor",), force=True)

    table = shortlist_table(ranked.shortlist("investor"), GRAPH)
    rows = [list(row) for row in table.rows]
    frame = pl.read_parquet(parquet)
    told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert frame.columns == list(table.names)
    assert [list(row) for row in frame.rows()] == rows
    assert [list(one.values()) for one in told] == rows
    assert all(tuple(one) == table.names for one in told)


def test_both_sides_in_one_table_say_whose_list_a_row_is_of(tmp_path: Path) -> None:
    from tests.bench.markets import write_market

    write_market(tmp_path / "market", 30, 20)
    from dealport.stories.ranking_story import find_shortlist
    from dealport.stories.request import Request

    ranked = find_shortlist([tmp_path / "market"], Request(k=4)).ranked

    write_pairs(ranked, tmp_path / "both.csv", sides=("startup", "investor"))

    rows = list(csv.DictReader(io.StringIO((tmp_path / "both.csv").read_text(encoding="utf-8"))))
    for by in ("startup", "investor"):
        mine = [{name: cell for name, cell in row.items() if name != "by"} for row in rows if row["by"] == by]
        write_pairs(ranked, tmp_path / f"{by}.csv", sides=(by,))
        assert mine == list(csv.DictReader(io.StringIO((tmp_path / f"{by}.csv").read_text(encoding="utf-8"))))
    assert [row["by"] for row in rows] == sorted((row["by"] for row in rows), reverse=True)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_same_ranking_gives_the_same_bytes_in_pieces_of_any_size(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dealport.scoring import ranking
    from dealport.stories.ranking_story import find_shortlist
    from dealport.stories.request import Request
    from tests.bench.markets import write_market

    write_market(tmp_path / "market", 60, 40)
    ranked = find_shortlist([tmp_path / "market"], Request(k=5)).ranked
    shares: list[float] = []

    def watch(share: float, n: int = 0, doing: str = "") -> None:
        shares.append(share)

    write_pairs(ranked, tmp_path / f"whole.{suffix}", sides=("startup", "investor"))
    monkeypatch.setattr(ranking, "CHUNK", 37)
    write_pairs(ranked, tmp_path / f"cut.{suffix}", sides=("startup", "investor"), advance=watch)

    assert (tmp_path / f"cut.{suffix}").read_bytes() == (tmp_path / f"whole.{suffix}").read_bytes()
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_excel_gets_its_mark_before_the_first_byte(tmp_path: Path) -> None:
    from dealport.stories.ranking_story import find_shortlist
    from dealport.stories.request import Request
    from tests.bench.markets import write_market

    write_market(tmp_path / "market", 5, 5)
    ranked = find_shortlist([tmp_path / "market"], Request(k=5)).ranked

    write_pairs(ranked, tmp_path / "a.csv", sides=("startup",), excel=True)

    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfstartup_id")
