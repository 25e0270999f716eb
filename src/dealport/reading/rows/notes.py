"""Rows of a table that are no rows of it: who made the list, where it is from, how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_NOTE = re.compile(
    r"\s*(?:©|\(c\)\s|※|\*+\s|copyright\b|confidential\b|(?:last\s+)?updated\s+(?:by|on|at|in)\b|"
    r"(?:prepared|compiled|created|generated|exported|maintained)\s+(?:by|on|for|from)\b|"
    r"(?:source|sources|note|notes|disclaimer|last updated|updated|출처|자료|작성자|비고|주|来源|"
    r"數據來源|数据来源|資料來源|备注|注|"
    r"出典|備考)\s*[:：]|end of (?:list|table|report)\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\s*(?:(?:grand|sub)?[ -]?total|count|sum|합계|총계|소계|합|合计|总计|小计|"
    r"合計|总数|總計|小計)\s*[:：]?\s*[\d,.]*\s*"
    r"(?:건|개|개사|家|社|件)?\s*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\s\d,.%]*\d[\s\d,.%]*(?:건|개|개사|家|社|件)?\s*")


def may_be_note(cell: object) -> bool:
    """Whether a row may be a note for its first cell that is filled; see `is_note`."""
    return isinstance(cell, str) and (_NOTE.match(cell) or _TOTAL.fullmatch(cell)) is not None


def is_note(cells: Sequence[Any], *, n_columns: int) -> bool:
    """Whether a row holds one cell that is a note ("Source: ..."), or a total with nothing but figures.

    In a table of one column every cell is a name.
    """
    filled = [cell for cell in cells if cell]
    if n_columns < 2 or not filled or not isinstance(filled[0], str):
        return False
    if len(filled) == 1 and _NOTE.match(filled[0]):
        return True
    return _TOTAL.fullmatch(filled[0]) is not None and all(_FIGURE.fullmatch(str(cell)) for cell in filled[1:])
