"""The errors file is the same input again: its unit, its side, and only rows that can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealport.market.market_building import build_market
from dealport.reading.paths import read_paths
from dealport.writing.profiles.refused_rows import (
    RefusedTable,
    errors_paths,
    late_refusals,
    refused_tables,
    write_refused,
)

MILLIONS = "Investor list. Amounts are in millions\n\nInvestor,Country,Ticket min,Ticket max\nAlpha,DE,1,5\n,FR,2,10\n"


def refused(path: Path, side: str | None = None) -> list[RefusedTable]:
    reading = read_paths([path], side=side)  # type: ignore[arg-type]
    return refused_tables(reading, build_market(reading))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_banner_that_says_in_what_amounts_are_stands_above_the_errors_too(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "list.csv").write_text(MILLIONS.replace(",FR", "Beta,FR"), encoding="utf-8")
    (table,) = refused_tables(*_market_of(tmp_path, MILLIONS))
    errors = tmp_path / f"errors{suffix}"

    write_refused([table], [errors], force=False)

    (again,) = read_paths([errors]).tables
    assert again.above == (("Investor list. Amounts are in millions", *[""] * (len(again.above[0]) - 1)),)
    assert again.n_rows == 1
    if suffix == ".csv":
        errors.write_text(errors.read_text(encoding="utf-8").replace("\n,FR", "\nBeta,FR"), encoding="utf-8")
        assert read_paths([errors]).rows[0].fields["ticket"] == "USD 2M - USD 10M"


def _market_of(folder: Path, text: str):  # type: ignore[no-untyped-def] # noqa: ANN202 -- both go on as they are
    path = folder / "faulty.csv"
    path.write_text(text, encoding="utf-8")
    reading = read_paths([path])
    return reading, build_market(reading)


def test_the_side_that_the_user_told_is_a_column_of_the_errors(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Company,Country\n,KR\n", encoding="utf-8")

    (table,) = refused(path, side="investor")

    assert table.headers == ("Company", "Country", "kind", "reason")
    assert table.rows == (("", "KR", "investor", "no name"),)


def test_the_side_that_the_table_tells_is_told_by_it_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Investor,Country\n,KR\n", encoding="utf-8")

    assert refused(path)[0].headers == ("Investor", "Country", "reason")


def test_rows_that_nobody_can_mend_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Company,Country,Participation type\nLumen,KR,Startup\nDaily,KR,Press\n"
        "Company,Country,Participation type\nSource: nobody,,\n",
        encoding="utf-8",
    )

    reading = read_paths([path])
    market = build_market(reading)

    assert refused_tables(reading, market) == []
    assert (market.account.n_rows, market.account.n_refused, market.account.n_aside) == (4, 3, 3)


def test_deals_that_the_market_refuses_are_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "date,startup,investor\n2025-01-01,Lumen,Harbor\nsome day,Lumen,Tide\n2025-01-01,,Cove\n", encoding="utf-8"
    )

    reading = read_paths([path])
    late = late_refusals(reading, build_market(reading))

    assert [(one.origin.line, one.cells[2]) for one in late] == [(3, "Tide"), (4, "Cove")]
    assert late[0].reason == "date: unknown date 'some day'"


def test_each_of_two_tables_in_one_sheet_has_its_own_errors(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    text = "Startup,Country,Raising\nLumen,KR,1\n,KR,1\n\nInvestor,Country,Ticket\nHarbor,SG,1\n,SG,1\n"
    path.write_text(text, encoding="utf-8")

    tables = refused(path)

    assert [(table.headers[0], table.rows[0][1]) for table in tables] == [("Startup", "KR"), ("Investor", "SG")]


def test_errors_beside_a_workbook_and_beside_a_csv_have_names_of_their_own() -> None:
    table = RefusedTable("list.csv", "", ("a",), ())

    names = [errors_paths(Path(name), [table])[0].name for name in ("a.csv", "a.xlsx", "a")]

    assert names == ["a-errors.csv", "a-xlsx-errors.csv", "a-errors.csv"]
