"""The sector data that comes with the package (``data/sectors``): how its files are read."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pkgutil import get_data


def read_data(name: str) -> str:
    """The text of one file of ``data/sectors``.

    By pkgutil, not importlib.resources: importing that takes 13 ms, as long as reading 12,000 words.
    """
    data = get_data("dealport", f"data/sectors/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")


def read_rows(lines: Iterable[str]) -> list[list[str]]:
    """The rows of a csv file without its header."""
    return list(csv.reader(lines))[1:]
