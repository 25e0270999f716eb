"""What typed amounts of money mean, and what they are worth in US dollars."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.words.funding.amounts import currency_words
from dealport.words.funding.money import OPEN_END, Money, MoneyError, Rates, parse_money

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]

NEW_YEAR = date(2026, 1, 7)


def shown(word: str, country: str) -> str:
    try:
        money = parse_money(word, country=country)
    except MoneyError:
        return "refused"
    if money is None:
        return "none"
    low, high = (f"{amount:.15g}" for amount in (money.low, money.high))
    return f"{low} {money.currency}" if low == high else f"{low}-{high} {money.currency}"


def test_every_labelled_amount_is_right(run_cases: RunCases) -> None:
    run = run_cases("money", lambda row: (row["meaning"], shown(row["word"], row["country"])))

    assert len(run.rows) >= 150
    assert run.wrong == []


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -1, -0.5, True, "nan", "inf", "NaN", "1e999"])
def test_what_is_no_finite_amount_is_refused(value: float | str) -> None:
    with pytest.raises(MoneyError):
        parse_money(value)


def test_a_fault_tells_what_was_typed() -> None:
    with pytest.raises(MoneyError, match="5 apples"):
        parse_money("5 apples")


def test_a_very_long_text_is_refused() -> None:
    with pytest.raises(MoneyError, match="too long"):
        parse_money("1 " * 5000)


@pytest.mark.parametrize(
    "value", ["1 2억", "1,2,3억", "M 5", "억 5 6", "3만5", "1M - two", "€5M - $6M", "数 5", "수5억", "$1-2-3"]
)
def test_what_makes_no_amount_is_refused(value: str) -> None:
    with pytest.raises(MoneyError):
        parse_money(value)


@pytest.mark.parametrize(
    ("value", "amount"), [("5천만 million", 5e13), ("1만 million", 1e10), ("5천만~1억", 5e7), ("3백~5천만원", 3e6)]
)
def test_mixed_units_are_multiplied(value: str, amount: float) -> None:
    money = parse_money(value)

    assert money is not None
    assert money.low == amount


def test_numbers_are_us_dollars() -> None:
    assert parse_money(5_000_000) == Money(5e6, 5e6, "USD")
    assert parse_money(1.5, million=True) == Money(1.5e6, 1.5e6, "USD")
    assert parse_money(0) is None


def test_a_vendors_figures_may_count_in_millions() -> None:
    assert parse_money("5", million=True) == Money(5e6, 5e6, "USD")
    assert parse_money("€1-5", million=True) == Money(1e6, 5e6, "EUR")
    assert parse_money("5M", million=True) == Money(5e6, 5e6, "USD")
    assert parse_money("300억원", million=True) == Money(3e10, 3e10, "KRW")


def test_an_open_range_ends_at_a_number() -> None:
    money = parse_money("from 2M")

    assert money == Money(2e6, 2e6 * OPEN_END, "USD")


@given(
    st.integers(1, 10**9), st.sampled_from(["", "k", "M", "bn"]), st.sampled_from(["$", "€", "£", "₩", "HK$", "NT$"])
)
def test_a_figure_with_a_unit_is_read_back(figure: int, unit: str, sign: str) -> None:
    factor = {"": 1, "k": 10**3, "M": 10**6, "bn": 10**9}[unit]

    money = parse_money(f"{sign}{figure:,}{unit}")

    assert money is not None
    assert money.low == money.high == figure * factor


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_korean_units_add_up(trillions: int, hundred_millions: int, tens_of_thousands: int) -> None:
    parts = [(trillions, "조", 10**12), (hundred_millions, "억", 10**8), (tens_of_thousands, "만", 10**4)]
    total = sum(figure * factor for figure, _, factor in parts)

    money = parse_money(" ".join(f"{figure}{unit}" for figure, unit, _ in parts if figure) + "원" if total else "0")

    assert money == (Money(total, total, "KRW") if total else None)


@given(st.integers(1, 999), st.integers(1, 999))
def test_the_order_of_a_range_is_put_right(one: int, other: int) -> None:
    assert parse_money(f"${one}M - ${other}M") == parse_money(f"${other}M - ${one}M")


@given(st.text(max_size=40))
def test_any_text_is_money_nothing_or_refused(text: str) -> None:
    try:
        money = parse_money(text)
    except MoneyError:
        return

    assert money is None or 0 <= money.low <= money.high < math.inf


def test_the_banks_rates_are_taken_on_the_last_banking_day() -> None:
    rates = Rates(date(2025, 12, 28))

    assert rates.on == date(2025, 12, 24)
    assert rates.to_usd(1_000_000, "EUR") == Rates(date(2025, 12, 24)).to_usd(1_000_000, "EUR")


def test_dates_outside_the_data_take_the_nearest() -> None:
    assert Rates(date(1990, 1, 1)).on == date(1999, 1, 4)
    assert Rates(date(2099, 1, 1)).on.year >= 2026
    assert Rates(date(1990, 1, 1)).to_usd(100, "EUR") == 117.89


def test_known_rates_are_right() -> None:
    rates = Rates(date(2014, 3, 28))

    assert rates.to_usd(100, "EUR") == 137.59
    assert rates.to_usd(140.9, "JPY") == 1.38
    assert rates.to_usd(5, "USD") == 5.0
    assert rates.to_usd(0, "nothing known") == 0.0


def test_rates_agree_with_the_whole_converter() -> None:
    from currency_converter import CurrencyConverter

    whole = CurrencyConverter(fallback_on_wrong_date=True)
    rates = Rates(NEW_YEAR)

    for currency in ("KRW", "CNY", "JPY", "HKD", "SGD", "INR", "GBP"):
        assert rates.to_usd(1e6, currency) == round(whole.convert(1e6, currency, "USD", date=rates.on), 2)


@pytest.mark.parametrize("currency", ["TWD", "VND", "AED", "SAR", "QAR", "KWD", "RUB", "MOP"])
def test_currencies_the_bank_lacks_have_rates_of_their_own(currency: str) -> None:
    usd = Rates(NEW_YEAR).to_usd(1_000_000, currency)

    assert usd > 0
    assert Rates(date(2026, 1, 8)).to_usd(1_000_000, currency) == usd


def test_every_currency_that_can_be_typed_has_a_rate() -> None:
    rates = Rates(NEW_YEAR)

    assert all(rates.to_usd(1e9, currency) > 0 for currency in sorted(set(currency_words().values())))


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(MoneyError, match="XYZ"):
        Rates(NEW_YEAR).to_usd(1, "XYZ")


def test_a_range_is_converted_at_both_ends() -> None:
    low, high = Rates(NEW_YEAR).usd_range(Money(1e6, 5e6, "AED"))

    assert (low, high) == (272294.08, 1361470.39)


@given(
    st.sampled_from(sorted(set(currency_words().values()))),
    st.integers(1, 10**15 - 1),
    st.sampled_from(["", " "]),
    st.sampled_from(["KR", "CN", ""]),
    st.booleans(),
)
def test_a_code_and_figures_are_read_as_any_other_amount(
    code: str, figures: int, blank: str, country: str, million: bool
) -> None:
    quick = parse_money(f"{code}{blank}{figures}", country=country, million=million)
    in_full = parse_money(f"{code} : {figures}", country=country, million=million)

    assert quick == in_full
