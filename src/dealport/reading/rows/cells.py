"""From the cells of a row to the fields of a profile or deal: lists, amounts, ranges, answers, days.

A text is taken as typed, one that says nothing ("-", 未透露) is no value; what is put together (a range from two
columns) or turned (a day that Excel counts) is here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dealport.reading.columns.blanks import is_nothing
from dealport.reading.columns.exports import TABLE, Format
from dealport.reading.columns.field_names import DATE_FIELDS, LIST_FIELDS, split_list, without_bullets
from dealport.reading.columns.mapping import MappedColumn
from dealport.reading.columns.synonyms import answer_of
from dealport.reading.tables.values import plain_value

Way = Literal["text", "list", "names", "words", "day", "amount", "low", "high", "currency", "answer", "prose"]

AMOUNTS = frozenset({"ticket", "raising", "total_raised", "amount"})
_WAYS: Mapping[str, Way] = {
    "ticket_min": "low",
    "raising_min": "low",
    "ticket_max": "high",
    "raising_max": "high",
    "currency": "currency",
}
_LISTS = frozenset({"list", "names", "words", "answer"})
# Lists of names, which nobody above splits at a comma: "Foo, Inc." is one.
_NAMES = frozenset({"backers", "portfolio", "investor"})
_DEAL_LISTS = frozenset({"investor", "startup_sectors", "investor_sectors"})
_LIST_MARKS = re.compile(r"[;|；｜、\n]")
_STRONG_MARKS = re.compile(r"[;|；｜\n]")
_COMMAS = re.compile(
    r"、|[,，](?!\s*(?:inc|llc|l\.l\.c|ltd|limited|l\.?p|llp|corp|co|gmbh|s\.?a|plc|pte|pty|jr|n\.?v|b\.?v|"
    r"republic of|islamic republic of|people's republic of|democratic|province of|state of|federated|special)\b)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\s*\d[\d,.\s]*(?:[-–~〜]\s*\d[\d,.\s]*)?")
# "up to 3m", "250k-1m", "1.5 million", "2M+": an amount with units and without a currency.
_SCALES = r"\s*(?:kk?|mm?|mn|mln|mio|b|bn|thousand|million|billion)?\.?"
_BEFORE = r"(?:up to|from|min|max|over|under|about|[~<>≤≥])\.?\s*"
_SCALED = rf"\d[\d,.]*{_SCALES}"
_WITHOUT_CURRENCY = re.compile(rf"\s*(?:{_BEFORE})?{_SCALED}\s*(?:\+|(?:[-–—~]|to)\s*{_SCALED})?\s*", re.IGNORECASE)
# "up to 250", ">100", "250+" in a column of thousands.
_OPEN_NUMBER = re.compile(
    rf"\s*(?P<before>{_BEFORE})(?P<number>\d[\d,.]*)\s*|\s*(?P<least>\d[\d,.]*)\s*\+\s*", re.IGNORECASE
)
# No amount is longer; the time of these patterns grows fast with blanks in a row.
_AMOUNT_LENGTH = 80
_CODE = re.compile(r"[A-Z]{3}\b")
_MIDNIGHT = " 00:00:00"
# Excel counts days from here (its 60th, 29 February 1900, never was). Days from 1980 to 2049 are read: 20222 and 19999
# are more likely years with a figure too many.
_EXCEL_START = date(1899, 12, 30)
_EXCEL_DAYS = range(29_221, 54_789)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


class Step(Struct, frozen=True):
    """What to do with one column.

    Attributes:
        unit: How a bare number is meant, as ``USD {}M``.
        answer: The word that a "yes" stands for.
        rank: A list takes more words from columns of the same rank only.
        x_is_no: True where "x" in a yes/no column says no, since a circle says yes.
    """

    index: int
    field: str
    way: Way
    unit: str = ""
    answer: str = ""
    rank: int = 0
    x_is_no: bool = False


def plan_steps(columns: Sequence[MappedColumn], form: Format, unit: str, *, x_is_no: bool = False) -> tuple[Step, ...]:
    """What to do with each column that is read, best column first; `unit` is for amounts that name none."""
    steps = [
        Step(
            column.index,
            column.target.removesuffix("_min").removesuffix("_max"),
            _way(column, form),
            column.unit or unit,
            column.answer,
            column.rank,
            x_is_no,
        )
        for column in sorted(columns, key=lambda column: (column.rank, column.index))
        if column.target
    ]
    return tuple(steps)


def read_row(cells: Sequence[object], steps: Sequence[Step]) -> dict[str, object]:
    """The fields of one row; what is blank is absent."""
    fields: dict[str, object] = {}
    ranks: dict[str, int] = {}
    ends: dict[tuple[str, Way], str] = {}
    currency = ""
    n_cells = len(cells)
    for step in steps:
        cell = cells[step.index] if step.index < n_cells else None
        if cell is None or cell == "":
            continue
        name, way = step.field, step.way
        if not isinstance(cell, str):
            fields.setdefault(name, plain_value(cell))
            continue
        if cell.isspace() or is_nothing(cell, name):
            continue
        if way == "text":
            fields.setdefault(name, cell)
        elif way in _LISTS:
            _add_words(fields, ranks, step, _words(cell, step))
        elif way == "currency":
            currency = currency or cell.strip()
        elif way in {"low", "high"}:
            ends.setdefault((name, way), with_unit(cell, step.unit))
        elif way == "prose":
            fields[name] = _both(str(fields.get(name, "")), cell)
        else:
            fields.setdefault(name, read_day(cell) if way == "day" else with_unit(cell, step.unit))
    if ends:
        _add_ranges(fields, ends)
    return _with_currency(fields, currency) if currency else fields


def fields_of_row(cells: Sequence[object], steps: Sequence[Step], kind: str) -> dict[str, object]:
    """The fields of one row of a kind, which is none of them; the city of a startup tells its country ("Seoul")."""
    fields = read_row(cells, steps)
    fields.pop("kind", None)
    if kind == "startup" and "city" in fields:
        fields.setdefault("country", fields["city"])
    return fields


def with_country(fields: dict[str, object], country: str, kind: str) -> dict[str, object]:
    """The fields of a row of a list of one country: of a row that names none, also by its city, it is that.

    A deal is in the country of its startup.
    """
    field = "country" if kind in ("startup", "investor") else "startup_country" if kind == "deal" else ""
    return fields if not country or not field or fields.get(field) else {**fields, field: country}


def read_day(cell: str) -> str:
    """A day as typed; a number as Excel counts days is the day it means, midnight is left away."""
    cell = cell.removesuffix(_MIDNIGHT)
    found = _SERIAL.fullmatch(cell.strip())
    if found and int(found[1]) in _EXCEL_DAYS:
        return (_EXCEL_START + timedelta(days=int(found[1]))).isoformat()
    return cell


def with_unit(cell: str, unit: str) -> str:
    """A bare number with its unit (``USD 5M`` for 5 in a column of millions); any other amount as typed.

    One with a unit of its own but no currency gets that of the column: ``GBP 250k-1m``.
    """
    if not unit or len(cell) > _AMOUNT_LENGTH:
        return cell
    if found := _OPEN_NUMBER.fullmatch(cell):
        return f"{(found['before'] or 'from').strip()} {unit.format(found['number'] or found['least'])}"
    if not _BARE_NUMBER.fullmatch(cell):
        code = _CODE.match(unit)
        return f"{code[0]} {cell.strip()}" if code and _WITHOUT_CURRENCY.fullmatch(cell) else cell
    return unit.format(unicodedata.normalize("NFKC", cell).strip())


@lru_cache(maxsize=4096)
def split_names(cell: str) -> tuple[str, ...]:
    """The words in a cell: at ``;`` and ``|`` where it has them, else at commas, but not at that of "Foo, Inc."."""
    parts = _STRONG_MARKS.split(cell)
    if len(parts) == 1:
        parts = _COMMAS.split(cell)
    return tuple(part.strip() for part in parts if part.strip())


def _way(column: MappedColumn, form: Format) -> Way:
    target = column.target
    if column.answer:
        return "answer"
    if target in LIST_FIELDS or target in _DEAL_LISTS:
        return _way_of_list(target, form, native=form is TABLE and column.how == "name")
    if target in DATE_FIELDS:
        return "day"
    if target in AMOUNTS:
        return "amount"
    return _WAYS.get(target, "prose" if target == "description" and column.how != "name" else "text")


def _way_of_list(target: str, form: Format, *, native: bool) -> Way:
    if form.commas or (target in _NAMES and not native):
        return "names"
    if native:
        return "list" if target in LIST_FIELDS else "text"
    return "words"


def _words(cell: str, step: Step) -> Sequence[str]:
    if step.way == "answer":
        crossed = step.x_is_no and cell.strip() in "xXｘＸ"
        return (step.answer,) if answer_of(cell) == "yes" and not crossed else ()
    if step.way == "list":
        parts: Sequence[str] = split_list(cell)
    elif step.way == "names":
        parts = split_names(cell)
    else:
        parts = [part.strip() for part in _LIST_MARKS.split(without_bullets(cell)) if part.strip()]
    return [part for part in parts if not is_nothing(part, step.field)]


def _add_words(fields: dict[str, object], ranks: dict[str, int], step: Step, words: Sequence[str]) -> None:
    """Lists of several columns of one rank are joined; a word stands once."""
    held = fields.get(step.field)
    if not words:
        return
    if step.field not in LIST_FIELDS and step.field not in _DEAL_LISTS:  # "Stage: Seed" of a startup
        fields[step.field] = ", ".join([str(held), *words] if held else words)
        return
    if held is None:
        fields[step.field], ranks[step.field] = list(words), step.rank
    elif isinstance(held, list) and ranks.get(step.field) == step.rank:
        held += [word for word in words if word not in held]


def _add_ranges(fields: dict[str, object], ends: dict[tuple[str, Way], str]) -> None:
    """``low - high`` from two columns, where the field has no column of its own with a value."""
    for name in {name for name, _ in ends}:
        low, high = ends.get((name, "low")), ends.get((name, "high"))
        if low and high:
            fields.setdefault(name, low if low == high else f"{low} - {high}")
        else:
            fields.setdefault(name, f"from {low}" if low else f"up to {high}")


def _with_currency(fields: dict[str, object], currency: str) -> dict[str, object]:
    for name in AMOUNTS & fields.keys():
        amount = str(fields[name])
        bare = amount.removeprefix("from ").removeprefix("up to ").replace(" - ", "-")
        if _BARE_NUMBER.fullmatch(bare):
            fields[name] = amount.replace(bare, f"{currency} {bare}") if bare in amount else f"{currency} {bare}"
        elif len(amount) <= _AMOUNT_LENGTH and _WITHOUT_CURRENCY.fullmatch(amount):
            fields[name] = f"{currency} {amount.strip()}"
    return fields


def _both(first: str, second: str) -> str:
    """Two descriptions as one; the longer where it holds the other."""
    if not first or first in second:
        return second
    return first if second in first else f"{first}\n{second}"
