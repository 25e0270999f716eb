"""The unit and the currency of a column, where its cells have only some of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.paths import read_paths
from dealport.reading.rows.cells import with_unit

Write = Callable[[str, str | bytes], Path]


@pytest.mark.parametrize(
    ("cell", "unit", "amount"),
    [
        ("5", "USD {}M", "USD 5M"),
        ("50-250", "EUR {}K", "EUR 50-250K"),
        ("up to 250", "EUR {}K", "up to EUR 250K"),
        (">100", "EUR {}K", "> EUR 100K"),
        ("250+", "EUR {}K", "from EUR 250K"),
        ("250k-1m", "GBP {}", "GBP 250k-1m"),
        ("up to 3m", "GBP {}", "GBP up to 3m"),
        ("1.5 million", "JPY {}M", "JPY 1.5 million"),
        ("$5M", "GBP {}", "$5M"),
        ("5M USD", "GBP {}", "5M USD"),
        ("300억원", "USD {}M", "300억원"),
        ("much", "GBP {}", "much"),
        ("5M", "", "5M"),
    ],
)
def test_an_amount_has_the_unit_and_currency_of_its_column_where_it_names_none(
    cell: str, unit: str, amount: str
) -> None:
    assert with_unit(cell, unit) == amount


def test_a_column_of_currencies_counts_for_amounts_with_units_too(market: Write) -> None:
    path = market("list.csv", "Investor,Country,Check size,Currency\nHarbor,JP,up to 30m,JPY\nTide,SG,$2M,SGD\n")

    reading = read_paths([path])

    assert [row.fields["ticket"] for row in reading.rows] == ["JPY up to 30m", "$2M"]


@pytest.mark.parametrize("header", ["单笔投资金额（万元人民币）", "单笔投资金额（人民币万元）"])
def test_a_chinese_unit_in_brackets_counts(market: Write, header: str) -> None:
    path = market("list.csv", f"机构名称,国家,{header}\n明湖,中国,2000\n")

    (row,) = read_paths([path]).rows

    assert row.fields["ticket"] == "2000万人民币"


def test_a_currency_at_the_end_of_a_header_counts(market: Write) -> None:
    path = market("list.csv", "name,country,sectors,funding_total_usd\nLumen,KR,AI,5000\n")

    (row,) = read_paths([path], side="startup").rows

    assert row.fields["total_raised"] == "USD 5000"
