"""Compounds from word to pairs: a startup is both parts, an investor wants the field by the technology."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dealport.scoring.explaining.common_sectors import CommonSectors
from dealport.scoring.shortlist import Pair
from dealport.stories.ranking_story import find_shortlist, load_market
from dealport.stories.request import Request

MARKET = """
[[startup]]
name = "Voice"
country = "KR"
sectors = ["음성 AI"]
[[startup]]
name = "Scan by AI"
country = "KR"
sectors = ["AI 의료영상"]
[[startup]]
name = "Scan"
country = "KR"
sectors = ["의료영상"]
[[startup]]
name = "Freight by AI"
country = "KR"
sectors = ["AI logistics"]
[[startup]]
name = "Freight"
country = "KR"
sectors = ["logistics"]
[[investor]]
name = "Imaging fund"
country = "CN"
sectors = ["AI医疗影像"]
[[investor]]
name = "AI fund"
country = "CN"
sectors = ["人工智能"]
[[investor]]
name = "Care fund"
country = "CN"
sectors = ["AI healthcare"]
description = "We back AI in hospitals."
[[investor]]
name = "Freight fund"
country = "CN"
sectors = ["AI物流"]
[[investor]]
name = "List fund"
country = "CN"
sectors = ["AI, imaging"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "market.toml"
    file.write_text(MARKET, encoding="utf-8")
    return file


def pairs_of(path: Path) -> dict[tuple[str, str], Pair]:
    shortlist = find_shortlist([path], Request(by="startup", k=10)).shortlist
    return {(pair.startup.name, pair.investor.name): pair for one in shortlist.participants for pair in one.pairs}


def met(path: Path, investor: str) -> set[str]:
    """Those proposed to it that are no last resort."""
    pairs = pairs_of(path).items()
    return {startup for (startup, other), pair in pairs if other == investor and "nothing_in_common" not in pair.flags}


def test_a_fund_for_a_compound_meets_its_field_and_not_all_of_the_technology(path: Path) -> None:
    assert met(path, "Imaging fund") == {"Scan by AI", "Scan"}
    assert met(path, "Freight fund") == {"Freight by AI", "Freight"}


def test_a_fund_for_the_technology_meets_the_compound(path: Path) -> None:
    assert met(path, "AI fund") == {"Voice", "Scan by AI", "Freight by AI"}


def test_a_sector_that_uses_a_technology_wants_no_more_of_it(path: Path) -> None:
    assert met(path, "Care fund") == {"Scan by AI", "Scan"}


def test_a_list_wants_each_of_its_parts(path: Path) -> None:
    assert met(path, "List fund") == {"Voice", "Scan by AI", "Scan", "Freight by AI"}


@pytest.mark.parametrize(
    ("fund", "same", "plain"),
    [("Imaging fund", "Scan by AI", "Scan"), ("Freight fund", "Freight by AI", "Freight")],
)
def test_the_same_compound_is_worth_no_less_than_the_plain_field(path: Path, fund: str, same: str, plain: str) -> None:
    pairs = pairs_of(path)

    assert pairs[same, fund].score >= pairs[plain, fund].score


def test_the_technology_of_an_investors_compound_is_mentioned_as_with(path: Path) -> None:
    market = load_market([path])

    fund = next(one for one in market.investors if one.name == "Imaging fund")
    startup = next(one for one in market.startups if one.name == "Scan by AI")

    assert {(one.sector, one.how) for one in fund.sectors} == {
        ("med-imaging", "stated"),
        ("ai-health", "inferred"),
        ("ai", "with"),
    }
    assert {(one.sector, one.how) for one in startup.sectors} == {
        ("med-imaging", "stated"),
        ("ai-health", "stated"),
        ("ai", "stated"),
    }


def test_a_technology_named_in_the_text_too_stays_with_its_field(path: Path) -> None:
    fund = next(one for one in load_market([path]).investors if one.name == "Care fund")

    assert "ai" not in {one.sector for one in fund.sectors if one.how == "stated"}


def test_reasons_name_no_technology_that_is_not_wanted(path: Path) -> None:
    market = load_market([path])
    voice = next(row for row, one in enumerate(market.startups) if one.name == "Voice")
    fund = next(row for row, one in enumerate(market.investors) if one.name == "Imaging fund")

    shared, _ = CommonSectors.of(market).shared(np.array([voice]), np.array([fund]))

    assert shared.at(0) == ()
