"""What `show --json` prints: its shape is a promise to other programs."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from dealport.market.markets import Market
from dealport.model import Kind
from dealport.stories.ranking_story import read_market
from dealport.writing.profiles.profile_json import market_json

COMMON = [
    *("id", "name", "aliases", "country", "place", "sectors", "agnostic", "excluded_sectors", "excluded_countries"),
    *("languages", "seeks", "offers", "not_understood"),
]
STARTUP = [
    *("stage", "raising_usd", "markets", "exclusions", "wants", "avoids", "raising", "backers"),
    *("last_round", "total_raised_usd"),
]
INVESTOR = [
    *("stages", "ticket_usd", "invests_in", "must_invest_in", "exclusions", "wants", "avoids", "ticket", "lead"),
    "portfolio",
]
FILES = {
    "startups/lumen.toml": """
        name = "루멘"
        aliases = ["Lumen"]
        country = "대한민국"
        sectors = ["의료영상", "qwert"]
        stage = "Series B"
        raising = "300억원"
        seeks = ["distribution", "data"]
        languages = ["ko", "en"]
        markets = ["CN", "Southeast Asia"]
        backers = ["Tide"]
        as_of = 2026-01-07
    """,
    "investors/harbor.toml": """
        name = "Harbor"
        country = "CN"
        sectors = ["any"]
        stages = ["Series B", "Seed"]
        ticket = "USD 1-5M"
        invests_in = ["global"]
        excludes = ["gambling", "US", "JP"]
        lead = true
    """,
    "investors/silent.toml": """
        name = "Silent"
        country = "JP"
    """,
}


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Market:
    for name, text in FILES.items():
        path = tmp_path / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return read_market([Path("p")])[1]


def told(market: Market, only: tuple[Kind, str] | None = None) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(market_json(market, only=only)))
    return read


def test_the_keys_are_those_that_are_promised_in_their_order(market: Market) -> None:
    shown = told(market)

    assert list(shown) == ["version", "as_of", "startups", "investors"]
    assert (shown["version"], shown["as_of"]) == (1, "2026-01-07")
    assert [list(one) for one in shown["startups"]] == [COMMON + STARTUP]
    assert [list(one) for one in shown["investors"]] == [COMMON + INVESTOR] * 2


def test_a_startup_is_told_whole(market: Market) -> None:
    (lumen,) = told(market)["startups"]

    low, high = lumen.pop("raising_usd")
    assert isinstance(low, float)
    assert 15e6 < low == high < 30e6
    assert lumen == {
        "id": "lumen",
        "name": "루멘",
        "aliases": ["Lumen"],
        "country": "KR",
        "place": "p/startups/lumen.toml",
        "sectors": [{"id": "med-imaging", "how": "stated", "word": "의료영상"}],
        "agnostic": False,
        "excluded_sectors": [],
        "excluded_countries": [],
        "languages": ["en", "ko"],
        "seeks": ["data", "distribution"],
        "offers": [],
        "not_understood": [{"field": "sectors[2]", "word": "qwert"}],
        "stage": "series-b",
        "markets": {"countries": ["CN"], "regions": ["Southeast Asia"], "global": False},
        "exclusions": [],
        "wants": [],
        "avoids": [],
        "raising": "300억원",
        "backers": ["Tide"],
        "last_round": "",
        "total_raised_usd": None,
    }


def test_an_investor_is_told_whole(market: Market) -> None:
    harbor, silent = told(market)["investors"]

    assert harbor["agnostic"] is True
    assert harbor["excluded_sectors"] == ["gambling"]
    assert harbor["excluded_countries"] == ["JP", "US"]
    assert harbor["exclusions"] == [{"sector": "gambling", "word": "gambling", "how": "stated"}]
    assert harbor["stages"] == ["seed", "series-b"]
    assert (harbor["ticket_usd"], harbor["ticket"], harbor["lead"]) == ([1e6, 5e6], "USD 1-5M", True)
    assert harbor["invests_in"] == {"countries": [], "regions": [], "global": True}
    unknown = ("country", "ticket_usd", "ticket", "lead", "invests_in", "must_invest_in", "sectors", "stages")
    assert [silent[key] for key in unknown] == ["JP", None, None, None, None, None, [], []]


def test_of_one_participant_the_other_list_is_empty(market: Market) -> None:
    shown = told(market, only=("investor", "silent"))

    assert (shown["startups"], [one["id"] for one in shown["investors"]]) == ([], ["silent"])


def test_the_text_comes_a_line_a_profile_and_is_the_same_each_time(market: Market) -> None:
    text = "".join(market_json(market))

    assert text == "".join(market_json(market))
    assert sum(line.startswith('{"id"') for line in text.splitlines()) == 3


def test_what_a_stranger_typed_has_no_escapes_in_it(tmp_path: Path) -> None:
    (tmp_path / "startups.csv").write_text('name,country,sectors\n"Gr\x1b[31mebe\u202e",KR,"AI; \x07qw\x1b[1mert"\n')

    (one,) = told(read_market([tmp_path])[1])["startups"]

    assert (one["name"], one["not_understood"]) == ("Grebe", [{"field": "sectors[2]", "word": "qwert"}])


def test_rows_in_columns_give_the_same_as_rows_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f'Fund {n},CN,"USD {n + 1}M",ASEAN; KR,AI' for n in range(5)]
    (tmp_path / "investors.csv").write_text("\n".join(["name,country,ticket,invests_in,sectors", *rows]) + "\n")
    shown = []
    for many in (1, 10**9):
        monkeypatch.setattr("dealport.reading.tables.cell_columns.MANY_ROWS", many)
        shown.append(told(read_market([tmp_path])[1]))

    assert shown[0] == shown[1]
    assert shown[0]["investors"][1]["ticket"] == "USD 2M"
    assert shown[0]["investors"][1]["invests_in"]["regions"] == ["ASEAN"]
