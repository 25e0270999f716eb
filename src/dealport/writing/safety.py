"""User text made harmless for where it goes: terminals and XML, CSV cells, Markdown."""

from __future__ import annotations

import re
import unicodedata

# Left-to-right and right-to-left embeddings, overrides and isolates: one in a name reorders the text around it.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FORMULA_STARTS = frozenset("=+-@\t\r")
# The escape sequence goes whole, so that "\x1b[31mred" gives "red" and not "[31mred".
ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x9b[0-?]*[ -/]*[@-~]")
SPACES = re.compile(r"\s+")
# Punctuation that starts something in GitHub's Markdown wherever it stands; "://", "www." and "@" make links.
MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#@&$]|:(?=//)|(?<=www)\.|^[-+=](?=\s|$|[-=])", re.IGNORECASE)
LONGEST_CELL = 32_767  # characters a cell of a workbook holds


def safe_line(text: str) -> str:
    """One line without control characters, terminal escapes, reordering marks, half characters and double spaces."""
    if text.isprintable() and "  " not in text:  # nearly every text: 30 times as fast
        return text.strip()
    text = ESCAPE_SEQUENCE.sub("", text)
    kept = "".join(character for character in text if character.isspace() or _is_harmless(character))
    return SPACES.sub(" ", kept).strip()


def csv_cell(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would take it for a formula.

    A text that already begins with apostrophes before such a sign gets one more, so that our reader, which takes one
    off, gives back what was written.
    """
    if text[:1] == "'":
        return f"'{text}" if text.lstrip("'")[:1] in FORMULA_STARTS else text
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def workbook_cell(text: str) -> str:
    """The text as long as a cell may be."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def markdown_text(text: str) -> str:
    """The text with everything that Markdown would read as markup behind a backslash."""
    return MARKDOWN_SPECIAL.sub(lambda found: "\\" + found.group(), safe_line(text))


def _is_harmless(character: str) -> bool:
    """False for controls (Cc), surrogates (Cs), reordering marks and the two non-characters XML has no place for."""
    if character in BIDI_CONTROLS or character in "\ufffe\uffff":
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")
