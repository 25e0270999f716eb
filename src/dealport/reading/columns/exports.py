"""Which known export a table is, told by its headers; how its lists and amounts look is data (``formats.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from dealport.reading.columns.synonyms import header_key, read_columns_data


class Format(Struct, frozen=True):
    """A known export.

    Attributes:
        kind: What its rows are; "" where each tells its own, or the user must.
        need: How many of `headers` a table of this kind has at least.
        headers: Keys of the headers that tell it.
        amount: How bare numbers in its amounts are meant, as ``USD {}M``; "" for plain US dollars.
        commas: True where its lists are separated by commas.
        people: True where a row is a person, and several may be of one organisation.
    """

    name: str
    kind: str = ""
    need: int = 0
    headers: frozenset[str] = frozenset()
    amount: str = ""
    commas: bool = False
    people: bool = False


TABLE = Format("table")
WIDE = Format("wide yes/no sheet")


def recognise(headers: Iterable[str]) -> Format:
    """The known export that has the most of these headers, and as many as it needs; `TABLE` when there is none."""
    keys = {header_key(header) for header in headers}
    fits = [(len(one.headers & keys), one) for one in _formats()]
    enough = [(count, one) for count, one in fits if count >= one.need]
    return max(enough, key=lambda pair: pair[0])[1] if enough else TABLE


@cache
def _formats() -> tuple[Format, ...]:
    return tuple(
        Format(
            row["name"],
            row["kind"],
            int(row["need"]),
            frozenset(header_key(header) for header in row["headers"].split("|")),
            row["amounts"],
            row["lists"] == ",",
            row["people"] == "yes",
        )
        for row in csv.DictReader(read_columns_data("formats.csv").splitlines())
    )
