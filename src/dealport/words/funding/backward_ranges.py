"""Ranges of money that run backwards, "$5-1m", and how they are meant."""

from __future__ import annotations

import re

from dealport.words.funding.money import LONGEST, MoneyError, parse_money
from dealport.words.normalising import clean

_TWO_FIGURES = re.compile(
    r"(\D*)([0-9]{1,9}(?:\.[0-9]{1,2})?)(\s*[-~\u2010-\u2015\u2212\u301c\uff5e]\s*)([0-9]{1,9}(?:\.[0-9]{1,2})?)(\D+)"
)


def turned_round(value: str, *, country: str = "") -> str:
    """A range that runs backwards the right way round: "$1-5m" for "$5-1m"; "" where it does not, or is read anyhow."""
    found = _TWO_FIGURES.fullmatch(clean(value)[:LONGEST])
    if found is None:
        return ""
    before, first, sign, second, after = found.groups()
    # "500-1m" is half a million to one, and not 500 million.
    if not float(second) < float(first) < 100 * float(second):
        return ""
    turned = f"{before}{second}{sign}{first}{after}"
    try:
        return turned if parse_money(turned, country=country) else ""
    except MoneyError:
        return ""
