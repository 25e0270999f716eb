"""Where sentences of prose end: full stops, line ends, bullets; and the kinds of text they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A full stop inside "A.I.", "3.5" or "e.g." ends nothing; a bullet begins a sentence of its own.
_END = re.compile(r"[;；。！？!?\n\r]+|\.(?=\s|$)(?<!\b[A-Za-z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)|\s[-–—•*▪●·]+\s|[•▪●]|…")

_FULL_STOPS = frozenset(".。！？!?…")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        start: Where it begins in the text, in characters.
        opens: Whether it ends in a colon or the like: what follows belongs to it.
        continues: Whether a bullet, a semicolon or a line's end, not a full stop, ended the one before.
    """

    text: str
    start: int
    opens: bool
    continues: bool


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`, without blank ones."""
    start, continues = 0, False
    for found in _END.finditer(text):
        if text[start : found.start()].strip():
            yield _sentence(text, start, found.start(), continues=continues)
        continues = found[0].strip() not in _FULL_STOPS
        start = found.end()
    if text[start:].strip():
        yield _sentence(text, start, len(text), continues=continues)


def _sentence(text: str, start: int, end: int, *, continues: bool) -> Sentence:
    return Sentence(text[start:end], start, text[start:end].rstrip().endswith((":", "：")), continues)
