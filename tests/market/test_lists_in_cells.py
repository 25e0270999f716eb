"""Lists that stand in one cell: each word of them counts, or is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.market.conftest import Build, MakeRow

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]


def test_every_word_of_a_cell_of_exclusions_is_excluded_or_reported(
    build: Build, investor: MakeRow, run_cases: RunCases
) -> None:
    def read(row: Mapping[str, str]) -> tuple[str, str]:
        harbor = build(investor(excludes=[row["cell"]])).investors[0]
        unknown = (word for field, word in harbor.not_understood if field == "excludes[1]")
        read = ("|".join(sorted(words)) for words in (harbor.excluded_sectors, harbor.excluded_countries, unknown))
        return " / ".join((row["sectors"], row["countries"], row["unknown"])), " / ".join(read)

    run = run_cases("exclusions", read)

    assert run.wrong == []


def test_only_the_narrow_word_of_a_list_is_named(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["房地产, 白酒, 赌博"]))

    message = next(one.message for one in market.problems if one.field == "excludes[1]")
    assert message.startswith("'白酒' is one kind of")


@pytest.mark.parametrize(
    "cell", ["AI, qwert", "AI、qwert", "AI·qwert", "AI/qwert", "AI / qwert", "AI & qwert", "AI，qwert"]
)
def test_the_unknown_word_of_a_list_of_sectors_is_reported(build: Build, startup: MakeRow, cell: str) -> None:
    market = build(startup(sectors=[cell]))

    assert market.startups[0].not_understood == (("sectors[1]", "qwert"),)


@pytest.mark.parametrize("raising", ["some", "a few", "one", "several", "半"])
def test_an_amount_word_without_a_figure_is_no_amount(build: Build, startup: MakeRow, raising: str) -> None:
    market = build(startup(raising=raising))

    assert market.startups[0].not_understood == (("raising", raising),)


def test_a_range_that_runs_backwards_is_shown_the_right_way_round(build: Build, startup: MakeRow) -> None:
    market = build(startup(raising="$5-1m"))

    problem = next(one for one in market.problems if one.field == "raising")
    assert (problem.message, problem.cure) == ("'$5-1m' runs backwards", "write $1-5m")


@pytest.mark.parametrize("founded", ["20222", "19999", "202", 20222, "2206"])
def test_a_number_that_is_no_year_is_no_date(build: Build, startup: MakeRow, founded: object) -> None:
    market = build(startup(founded=founded))

    assert market.startups[0].not_understood == (("founded", str(founded)),)


def test_a_firm_may_be_of_the_nineteenth_century(build: Build, startup: MakeRow) -> None:
    market = build(startup(founded="1886"))

    assert market.problems == () or all(one.field != "founded" for one in market.problems)
