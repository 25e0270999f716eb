"""Where sentences of prose end: full stops, line ends, bullets; and the kinds of text they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A full stop inside "A.I.", "3.5" or "e.g." ends nothing; a bullet begins a sentence of its own.
_END = re.compile(
    r"[;；。！？!?\n\r]+"
    r"|\.(?=\s|$)(?<!\b[A-Za-z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!; \d\.)(?<!; \d\d\.)(?<!^\d\.)"
    r"|\s[-–—•*▪●·]+\s|[•▪●]|…"
)

LONGEST = 2000
"""Characters of a sentence; a longer one is cut, so that what is looked up beside a word never grows with the text."""
_BULLET = re.compile("[-–—•*▪●·]+")
_FULL_STOPS = frozenset(".。！？!?…")


class TextSentence(NamedTuple):
    """A sentence of a text.

    Attributes:
        start: Where it begins in the text, in characters.
        opens: Whether it ends in a colon or the like: what follows belongs to it.
        ends_line: Whether a line's end or a semicolon ends it.
        continues: Whether a bullet, a semicolon or a line's end, not a full stop, ended the one before.
    """

    text: str
    start: int
    opens: bool
    ends_line: bool
    continues: bool


def sentences(text: str) -> Iterator[TextSentence]:
    """The sentences of `text`, without blank ones."""
    start, continues = 0, False
    for found in _END.finditer(text):
        yield from _cut(text, start, found.start(), ends_line=";" in found[0], continues=continues)
        mark = found[0].strip()
        # A blank piece keeps what the mark before it said, unless a bullet follows: ".\n" ends a list, ".\n-" does not.
        if text[start : found.start()].strip() or _BULLET.fullmatch(mark):
            continues = mark[-1:] not in _FULL_STOPS
        start = found.end()
    yield from _cut(text, start, len(text), ends_line=True, continues=continues)


def _cut(text: str, start: int, end: int, *, ends_line: bool, continues: bool) -> Iterator[TextSentence]:
    """A sentence, in parts where it is too long, at a blank or comma if there is any; nothing where it is blank."""
    while end - start > LONGEST:
        place = max(text.rfind(mark, start + 1, start + LONGEST) for mark in (" ", ",", "，", "、"))
        place = place if place > start else start + LONGEST
        yield _sentence(text, start, place, ends_line=False, continues=continues)
        start, continues = place, True
    if text[start:end].strip():
        yield _sentence(text, start, end, ends_line=ends_line, continues=continues)


def _sentence(text: str, start: int, end: int, *, ends_line: bool, continues: bool) -> TextSentence:
    opens = text[start:end].rstrip().endswith((":", "："))
    return TextSentence(text[start:end], start, opens, ends_line, continues)
