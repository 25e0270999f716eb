"""The data that comes with the package (``data``): how its files are read."""

from __future__ import annotations

import csv
from pkgutil import get_data


def read_data(name: str, *, folder: str = "sectors") -> str:
    """The text of one file of ``data/<folder>``, or of ``data`` itself where `folder` is ""."""
    return data_bytes(name, folder=folder).decode("utf-8")


def data_bytes(name: str, *, folder: str) -> bytes:
    """What one file holds, for those who need a part of it.

    By pkgutil, not importlib.resources: importing that takes 13 ms, as long as reading 12,000 words.
    """
    data = get_data("dealport", f"data/{folder}/{name}")
    if data is None:
        raise FileNotFoundError(name)
    return data


def read_rows(name: str) -> list[list[str]]:
    """The rows of a csv file of ``data/sectors``, without its header."""
    return list(csv.reader(read_data(name).splitlines()))[1:]


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of a csv file of ``data/words``, by heading; a line that begins with # is a comment."""
    lines = [line for line in read_data(name, folder="words").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def split_bars(cell: str) -> list[str]:
    """The words of a ``|`` list in a cell."""
    return [word for word in cell.split("|") if word]
