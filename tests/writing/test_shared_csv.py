"""CSV as it is read back."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from dealport.scoring.shortlist import Shortlist
from dealport.writing.csv_files import csv_bytes, write_csv
from dealport.writing.flat_tables import Table, TableColumn
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.shortlists import shortlist_table


def test_csv_is_read_back_with_exact_decimals(shortlist: Shortlist, graph: SectorLabels) -> None:
    content = csv_bytes(shortlist_table(shortlist, graph))

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))

    assert len(rows) == 4
    assert rows[2]["startup"] == "루멘 진단"
    assert rows[2]["score"] == "87.09997"
    assert rows[3]["points_stage"] == "9.05000"
    assert rows[2]["confidence"] == "0.83333"


def test_points_add_up_to_the_score_to_the_last_decimal(shortlist: Shortlist, graph: SectorLabels) -> None:
    content = csv_bytes(shortlist_table(shortlist, graph))

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))

    for row in rows:
        points = [Decimal(row[name]) for name in row if name.startswith("points_")]
        assert (len(points), sum(points)) == (5, Decimal(row["score"]))


def test_a_number_that_is_missing_is_an_empty_cell() -> None:
    table = Table(
        (TableColumn("rank", "whole"), TableColumn("score", "points"), TableColumn("name")), [(None, None, None)]
    )

    assert csv_bytes(table) == b"rank,score,name\n,,\n"


def test_no_cell_of_a_profile_becomes_a_formula(shortlist: Shortlist, graph: SectorLabels) -> None:
    content = csv_bytes(shortlist_table(shortlist, graph))

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))

    assert rows[0]["startup"] == "'=cmd|' /C calc'!A0"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_csv_holds_no_terminal_escapes(shortlist: Shortlist, graph: SectorLabels) -> None:
    content = csv_bytes(shortlist_table(shortlist, graph)).decode()

    assert "Crimson Capital" in content
    assert "\x1b" not in content
    assert "\u202e" not in content


def test_excel_gets_a_byte_order_mark(shortlist: Shortlist, graph: SectorLabels) -> None:
    table = shortlist_table(shortlist, graph)

    assert csv_bytes(table, excel=True) == b"\xef\xbb\xbf" + csv_bytes(table)


def test_a_pipe_gets_what_a_file_gets(shortlist: Shortlist, graph: SectorLabels) -> None:
    table, stream = shortlist_table(shortlist, graph), io.StringIO(newline="")

    write_csv(table, stream)

    assert stream.getvalue().encode() == csv_bytes(table)


def test_an_empty_shortlist_has_its_header(nobody: Shortlist, graph: SectorLabels) -> None:
    assert csv_bytes(shortlist_table(nobody, graph)).startswith(b"startup_id,startup,")
