"""What is written of a market is the same market when it is read again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.market_building import build_market
from dealport.market.markets import Market
from dealport.model import Investor, Origin, RequestError, Row, Startup, UsageError
from dealport.reading.paths import Reading, read_paths
from dealport.words.funding.money import parse_money
from dealport.words.funding.stage_words import LADDER
from dealport.words.funding.stages import resolve_stages
from dealport.writing.profiles.profile_files import (
    check_place,
    is_folder,
    toml_text,
    workbook_of,
    write_folder,
    write_table,
)
from dealport.writing.profiles.profile_records import deal_records, investor_stage_words, profile_records, usd_text

KINDS_OF_FILE = ("folder", "t.csv", "t.xlsx", "t.json", "t.jsonl", "t.parquet")


def market_of(*rows: Row, deals: Sequence[Row] = ()) -> Market:
    return build_market(Reading(rows=rows, deals=tuple(deals)))


def row(kind: str, **fields: object) -> Row:
    return Row(kind, "", {"name": "Lumen", "country": "KR", **fields}, Origin("a.csv", 1))


def written_and_read(market: Market, folder: Path, name: str) -> Market:
    folder.mkdir(parents=True, exist_ok=True)
    records, deals = profile_records(market), deal_records(market)
    if name == "folder":
        write_folder(records, deals, folder / "out")
        return build_market(read_paths([folder / "out"]))
    written = write_table(records, deals, folder / name, force=True)
    return build_market(read_paths(written))


def bare(market: Market) -> list[Startup | Investor]:
    everyone: list[Startup | Investor] = [*market.startups, *market.investors]
    return [replace(one, origin=Origin(""), not_understood=without_places(one.not_understood)) for one in everyone]


def without_places(words: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Stages are written in full and words once, so that an unknown word has another place in the list."""
    return tuple(dict.fromkeys((field.partition("[")[0], word) for field, word in words))


RICH = (
    row(
        "startup",
        id="7",
        aliases=["루멘", "=cmd()"],
        sectors=["AI cancer diagnostics", "딥테크", "no such word"],
        last_round="Series A",
        raising="300억원",
        total_raised="12,500,000,000",
        seeks=["distribution", "nonsense"],
        markets=["CN", "Southeast Asia"],
        backers=["Harbor"],
        wants=["Harbor"],
        email="a@lumen.example",
        city="Seongnam; Pangyo",
        founded="2019",
        description='It reads "mammograms"\\ and X-rays.',
        as_of=date(2025, 3, 1),
    ),
    row("startup", name="Columns", country="Atlantis", stage="Series A+", raising=5_000_000.0, last_round="Seed"),
    row("startup", name="columns!", country="JP", raising="5억 아마", stage="weiß nicht", total_raised=3_000_000.0),
    row(
        "startup", name="Listed", country="CN", stage="Seed, Pony round", last_round="天使轮, ???", total_raised="much"
    ),
    row(
        "investor",
        name="Harbor",
        country="CN",
        stages=["Series A+", "Seed", "whatever"],
        ticket="€1-5m",
        lead=True,
        type="VC",
        invests_in=["global"],
        must_invest_in=["한국"],
        excludes=["gambling", "blurb"],
        portfolio=["Lumen"],
        avoids=["Columns"],
    ),
    row("investor", name="Tide", country="HK", ticket="up to 500k", lead="maybe", sectors=["sector agnostic"]),
)
DEALS = (
    Row(
        "",
        "",
        {
            "date": "2025-06-30",
            "startup": "Lumen",
            "investor": ["Harbor", "Nobody"],
            "amount": "USD 3M",
            "round": "A",
            "startup_city": "Seoul",
            "startup_founded": "2019-05",
        },
        Origin("deals.csv", 2),
    ),
    Row("", "", {"date": "some day", "startup": "Lumen", "investor": "Harbor"}, Origin("deals.csv", 3)),
)


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_every_field_of_every_profile_and_deal_comes_back(tmp_path: Path, name: str) -> None:
    market = market_of(*RICH, deals=DEALS)

    again = written_and_read(market, tmp_path, name)

    assert bare(again) == bare(market)
    assert [replace(deal, origin=Origin("")) for deal in again.deals] == [
        replace(deal, origin=Origin("")) for deal in market.deals
    ]
    assert again.as_of == market.as_of


def test_the_sample_market_comes_back_from_a_folder(tmp_path: Path) -> None:
    market = build_market(read_paths([Path(__file__).parents[2] / "profiles"]))

    again = written_and_read(market, tmp_path, "folder")

    assert bare(again) == bare(market)


TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
NO_MARKS = TEXTS.filter(lambda text: not set(text) & set(";|"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=TEXTS,
    alias=NO_MARKS,
    description=TEXTS,
    own=TEXTS,
    stages=st.lists(st.sampled_from(["Seed", "Series A+", "B轮", "시드", "growth", "x"]), max_size=3),
    ticket=st.sampled_from(["", "USD 1M", "2000万", "¥5M", "300~500억원", "undisclosed", "much", 2500.5]),
    country=st.sampled_from(["KR", "Japan", "中国", "nowhere", ""]),
)
def test_strange_texts_come_back_too(tmp_path: Path, **told: object) -> None:
    fields = {**told, "aliases": [told["alias"]], "id": told["own"]}
    market = market_of(Row("investor", "", fields, Origin("a.csv", 1)))
    if not market.investors:
        return

    for name in ("folder", "t.csv", "t.jsonl"):
        again = written_and_read(market, tmp_path / f"{abs(hash(str(told)))}", name)

        assert bare(again) == bare(market), name


@given(st.floats(1, 1e12), st.floats(1, 1e3))
def test_dollars_are_read_as_they_were_written(low: float, times: float) -> None:
    low, high = round(low, 2), round(low * times, 2)

    for ends in ((low, high), (low, low), (0.0, high)):
        money = parse_money(usd_text(*ends))

        assert money is not None
        assert (money.low, money.high, money.currency) == (*ends, "USD")


def test_an_id_stands_in_the_file_only_where_the_name_of_the_file_does_not_tell_it() -> None:
    assert toml_text({"kind": "startup", "id": "lumen", "lead": True}, "lumen") == 'kind = "startup"\nlead = true\n'
    assert 'id = "columns"' in toml_text({"kind": "startup", "id": "columns"}, "columns-1")


def test_ids_that_differ_in_case_only_have_files_of_their_own(tmp_path: Path) -> None:
    market = market_of(row("startup", id="Lumen"), row("startup", id="lumen", name="Other"))

    write_folder(profile_records(market), [], tmp_path / "out")

    assert sorted(path.name for path in tmp_path.rglob("*.toml")) == ["lumen-2.toml", "lumen.toml"]


def test_a_clean_table_has_the_columns_that_are_used(tmp_path: Path) -> None:
    write_table(profile_records(market_of(row("startup", stage="Pre-A"))), [], tmp_path / "t.csv", force=False)

    rows = list(csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))

    assert rows == [["kind", "id", "name", "country", "stage"], ["startup", "lumen", "Lumen", "KR", "Pre-A"]]


def test_the_same_market_gives_the_same_bytes(tmp_path: Path) -> None:
    records = profile_records(market_of(*RICH))

    for name in ("a.xlsx", "b.xlsx"):
        write_table(records, [], tmp_path / name, force=False)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_is_in_the_way_is_told_before_the_long_work(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    (tmp_path / "file").write_text("")
    (tmp_path / "t.csv").write_text("")

    for out in ("full", "file", "t.csv"):
        with pytest.raises(RequestError):
            check_place(tmp_path / out, force=False)
    with pytest.raises(UsageError, match="can't tell the format"):
        is_folder(tmp_path / "t.doc")
    check_place(tmp_path / "full", force=True)
    check_place(tmp_path / "t.csv", force=True)


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(RequestError, match=r"choose \.csv"):
        workbook_of({"Sheet1": (["a"], [["x" * 40_000]])})


def stages_read(words: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(resolve_stages(word, of_investor=True) or () for word in words))


@pytest.mark.parametrize("stage", sorted({*LADDER} - {"growth"}))
def test_a_stage_of_an_investor_is_written_as_a_word_that_means_just_it(stage: str) -> None:
    assert stages_read(investor_stage_words(frozenset({stage}))) == {stage}


@pytest.mark.parametrize("stage", LADDER)
def test_a_stage_of_a_startup_comes_back_from_a_table(tmp_path: Path, stage: str) -> None:
    market = market_of(row("startup", stage=stage))

    again = written_and_read(market, tmp_path, "t.csv")

    assert [one.stage for one in again.startups] == [stage]


GROWING = ("Growth", "5. Growth", "Growth or later", "Private equity", "Series D or later", "late stage", "Series C+")


@given(st.sets(st.sampled_from([*LADDER, *GROWING, "B轮以后", "up to Series B", "any"]), min_size=1))
def test_stages_are_written_so_that_they_read_back_to_just_themselves(typed: set[str]) -> None:
    stages = stages_read(sorted(typed))

    assert stages_read(investor_stage_words(stages)) == stages
