"""Ranges of money in a few letters, as screens and reasons show them."""

from __future__ import annotations

from functools import cache


@cache  # the same range is shown for each of a participant's pairs
def dollars(ends: tuple[float, float]) -> str:
    """``USD 2-5M``, ``USD 500k``, ``USD 0-5M`` for up to five million: three figures at most."""
    return money_range(ends)


def money_range(ends: tuple[float, float], currency: str = "USD") -> str:
    """The same in any currency, both ends in its units: ``KRW 30B``."""
    low, high = (_short(end) for end in ends)
    if low == high:
        return f"{currency} {high}"
    return f"{currency} 0-{high}" if ends[0] == 0 else f"{currency} {low}-{high}"


def _short(amount: float) -> str:
    """2,500,000 as 2.5M."""
    for unit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if amount >= unit * 0.9995:
            return f"{amount / unit:.3g}{letter}"
    return f"{amount:.3g}"
