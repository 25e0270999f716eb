"""The flat table: its columns, order of rows and values."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dealport.model import LANGUAGES, Problem
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.shortlists import left_without_table, problems_table, shortlist_table

COLUMNS = [
    *("startup_id", "startup", "startup_country", "rank", "investor_id", "investor", "investor_country"),
    *("score", "confidence", "shared_sectors"),
    *("points_sectors", "points_stage", "points_ticket", "points_geography", "points_complement"),
    *("unknown", "reasons", "flags", "fit"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_keep_their_names_and_order_in_every_language(
    shortlist: Shortlist, graph: SectorLabels, language: str
) -> None:
    assert list(shortlist_table(shortlist, graph, language).names) == COLUMNS


def test_headings_labels_and_reasons_are_in_the_language(shortlist: Shortlist, graph: SectorLabels) -> None:
    table = shortlist_table(shortlist, graph, "ko")

    row = dict(zip(table.names, table.rows[2], strict=True))

    assert table.name == "스타트업별"
    assert table.columns[7].heading == "점수"
    assert row["shared_sectors"] == "의료영상; 인공지능"
    assert str(row["reasons"]).startswith("공통 분야: 의료영상, 인공지능; ")
    assert (row["unknown"], row["flags"]) == ("ticket", "low_confidence; mutual_wish")


def test_rows_stand_by_the_side_asked_for_and_then_by_rank(shortlist: Shortlist, graph: SectorLabels) -> None:
    mixed = replace(shortlist, participants=tuple(reversed(shortlist.participants)))

    rows = shortlist_table(mixed, graph).rows

    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("../../etc/passwd", 1, "harbor"),
        ("../../etc/passwd", 2, "crimson"),
        ("lumen", 1, "harbor"),
        ("lumen", 2, "crimson"),
    ]


def test_rows_of_the_other_direction_stand_by_investor(other: Shortlist, graph: SectorLabels) -> None:
    table = shortlist_table(other, graph)

    assert [(row[4], row[3]) for row in table.rows] == [("crimson", 1), ("crimson", 2), ("harbor", 1), ("harbor", 2)]
    assert table.name == "By investor"


def test_a_criterion_that_a_pair_lacks_is_an_empty_cell(shortlist: Shortlist, graph: SectorLabels) -> None:
    longer = replace(shortlist, criteria=(*shortlist.criteria, "deals_nearby"))

    table = shortlist_table(longer, graph)

    assert table.names[15] == "points_deals_nearby"
    assert table.rows[0][15] is None


def test_who_is_left_without_is_told_why_most_frequent_first(shortlist: Shortlist, other: Shortlist) -> None:
    table = left_without_table([shortlist, other])

    assert table.rows == [
        (
            *("startup", "minus", "<script>alert(1)</script>", "VN"),
            "One of them excludes a sector of the other: 2; The investor does not invest in the startup’s country: 1",
        ),
        (
            *("investor", "loner", "@Loner | [Fund](https://example.org)", "AE"),
            "The investor does not invest in the startup’s country: 3",
        ),
    ]


def test_who_had_nobody_to_meet_is_told_so(shortlist: Shortlist) -> None:
    lonely = replace(shortlist.participants[2], gates={})

    table = left_without_table([replace(shortlist, participants=(lonely,))])

    assert str(table.rows[0][4]).startswith("Nobody is left")


def test_problems_keep_their_order_place_and_cure(problems: list[Problem]) -> None:
    table = problems_table(problems, "ko")

    assert [row[0] for row in table.rows] == ["경고", "오류"]
    assert table.rows[1][1:] == (
        *("market.xlsx:Sheet1!C7", "country", "unknown country 'Koria'"),
        "did you mean 'Korea'?",
    )
