"""Text that any terminal can take: no control or direction characters, nothing its encoding lacks.

Names and words in profiles are a stranger's text: an escape sequence in one must not reach the terminal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TextIO

from dealport.writing.safety import ESCAPE_SEQUENCE

# Zero-width joiner and non-joiner shape real names (Persian, Devanagari); all other format characters (direction
# overrides, invisible marks) only hide or reorder what is read.
KEPT_FORMAT_CHARACTERS = frozenset("\u200c\u200d")
DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
SPACE_CATEGORIES = frozenset({"Zl", "Zp"})
# C1 controls, direction marks and invisible characters, line separators, half characters: what JSON lets through.
OBEYED = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
WIDE = frozenset("WF")


def prepare_stream(stream: TextIO) -> None:
    """Make a stream never fail on a character: what its encoding lacks is written as an escape."""
    reconfigure = getattr(stream, "reconfigure", None)  # missing on a stream that a test or notebook put there
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def show_safely(text: str, stream: TextIO) -> str:
    """`text` on one line as the stream's encoding can hold it."""
    return fit_encoding(strip_controls(text), stream.encoding or "utf-8")


def strip_controls(text: str) -> str:
    """`text` without control, escape, direction and private characters; white space becomes plain spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_plain(character) for character in ESCAPE_SEQUENCE.sub("", text))


def fit_encoding(text: str, encoding: str) -> str:
    """`text` with question marks, as wide as what they stand for, where `encoding` lacks a character."""
    if can_encode(text, encoding):
        return text
    return "".join(character if can_encode(character, encoding) else _marks(character) for character in text)


def can_encode(text: str, encoding: str) -> bool:
    """True when `encoding` has every character of `text`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def escape_controls(text: str) -> str:
    r"""JSON `text` with ``\u`` escapes for the raw characters that a terminal would obey; it means the same."""
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def _plain(character: str) -> str:
    if character in KEPT_FORMAT_CHARACTERS:
        return character
    if character in "\t\n\r\v\f\x85" or unicodedata.category(character) in SPACE_CATEGORIES:
        return " "
    return "" if unicodedata.category(character) in DROPPED_CATEGORIES else character


def _marks(character: str) -> str:
    if unicodedata.combining(character) or character in KEPT_FORMAT_CHARACTERS:
        return ""
    return "??" if unicodedata.east_asian_width(character) in WIDE else "?"
