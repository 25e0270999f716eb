"""What every row of a table is: told by its form and columns, its name and folder, or the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dealport.reading.columns.exports import Format
from dealport.reading.columns.field_names import field_of_header
from dealport.reading.columns.mapping import map_columns, tells_of

SIDES = ("startup", "investor")
_ENDS = ("", "_id")
_DEAL = frozenset({"startup", "investor", "date"})


class Hints(Struct, frozen=True):
    """What is said about the rows of a table outside of it: a kind, or "".

    Attributes:
        named: By the name of its sheet or file.
        side: By the user.
        folder: By the folder it lies in.
        loose: By a word in the name of its sheet or file ("startups 2026.xlsx").
        country: The word for the country of rows that name none; no kind.
    """

    named: str = ""
    side: str = ""
    folder: str = ""
    loose: str = ""
    country: str = ""


def table_kind(form: Format, headers: Sequence[str], told: Mapping[str, str], hints: Hints) -> tuple[str, str]:
    """What every row of a table is ("" where rows tell their own), and what a row is that doesn't tell.

    By, in this order: a known export of deals; the name of the sheet or file; the columns of a deal or request; what
    the user says, unless only the other side has some of the columns; the folders; the known export; columns that only
    one side has; a word in the name of sheet or file.
    """
    if form.kind == "deal":
        return "deal", "deal"
    side = "" if _surely_told(headers) not in {"", hints.side} else hints.side
    hint = hints.named or _pairs_two(headers, told) or side or hints.folder or form.kind
    if hint in {"deal", "request", "event"}:
        return hint, hint
    hint = hint or _told_by(headers) or hints.loose
    hint = hint if side or hints.named else _with_names(headers, hint, told)
    has_kind = any(column.target == "kind" for column in map_columns(headers, hint or "startup", told))
    return ("" if has_kind else hint), hint


def _pairs_two(headers: Sequence[str], told: Mapping[str, str]) -> str:
    """``deal`` or ``request`` for a table that has no names of its own but those of two sides; else ""."""
    names = {field_of_header(header) for header in headers}
    if "name" in names:
        return ""
    if any(f"startup{end}" in names for end in _ENDS) and any(f"investor{end}" in names for end in _ENDS):
        return "deal"
    if {"from", "to"} <= names:
        return "request"
    return "deal" if {column.target for column in map_columns(headers, "deal", told)} >= _DEAL else ""


def _with_names(headers: Sequence[str], hint: str, told: Mapping[str, str]) -> str:
    """The side, but the other where only that has a column of names: 투자사 may name a startup's backers."""
    named = [side for side in SIDES if any(column.target == "name" for column in map_columns(headers, side, told))]
    return named[0] if len(named) == 1 else hint


def _told_by(headers: Sequence[str]) -> str:
    """The side that alone has such columns; where none surely does, the one that more are likely of."""
    told = Counter(tells_of(header) for header in headers)
    if told["startup"] or told["investor"]:
        return _surely_told(headers)
    likely = told["startup?"] - told["investor?"]
    return "startup" if likely > 0 else "investor" if likely < 0 else ""


def _surely_told(headers: Sequence[str]) -> str:
    """The side that alone has some of the columns; "" where neither has, or both have."""
    told = {tells_of(header) for header in headers} & set(SIDES)
    return told.pop() if len(told) == 1 else ""
