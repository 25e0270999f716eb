"""Which raw values a row may hold: text, whole and real numbers, bools, dates, lists and tables of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from dealport.model import Origin, Problem
from dealport.reading.tables.contents import Record
from dealport.reading.tables.limits import DEPTH_MAX

# A number longer than this is no amount; Python itself refuses to print whole numbers past 4,300 figures.
_WHOLE_NUMBER_MAX = 10**30


def faults_of(record: Record, origin: Origin) -> tuple[Problem, ...]:
    """Every value of a record that can't be used: NaN, infinities, broken text, values nested too deep."""
    problems = []
    for name, value in record.fields.items():
        if type(value) is str and value.isascii():  # nearly every value: no need to look further
            continue
        reason = fault_of(value)
        if reason:
            problems.append(Problem(origin.place(name), name, reason, "write a plain value"))
    return tuple(problems)


def fault_of(value: object) -> str:
    """Why a value can't be used; "" when it can."""
    if type(value) is list and all(type(part) is str for part in value):  # nearly every list
        value = "".join(value)
    level = [value]
    for _ in range(DEPTH_MAX):
        for part in level:
            reason = _fault_of_one(part)
            if reason:
                return reason
        level = [inner for part in level for inner in _inside(part)]
        if not level:
            return ""
    return f"values inside values, more than {DEPTH_MAX} deep"


def plain_value(value: object) -> object:
    """A column's value as a row holds it: decimals as numbers, times as text."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, time) else value


def _fault_of_one(value: object) -> str:
    if isinstance(value, str):
        return "" if _is_text(value) else f"{ascii(value)[:60]} holds half a character (a lone surrogate)"
    if isinstance(value, float):
        return "" if math.isfinite(value) else f"{value} is not a number one can compare"
    if isinstance(value, int):  # bools too
        return "" if abs(value) <= _WHOLE_NUMBER_MAX else "the number is too large"
    if value is None or isinstance(value, date | time | list | tuple | Mapping):
        return ""
    return f"a value of type {type(value).__name__} means nothing in a profile"


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    return list(value) if isinstance(value, list | tuple) else []
