"""Several tables below one another in one sheet: each with its own header, often under a title."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from dealport.reading.columns.headers import count_known, find_header, is_mostly_known
from dealport.reading.columns.mapping import is_name_header
from dealport.reading.columns.synonyms import HeaderMeaning, load_meanings
from dealport.reading.tables.cell_columns import rows_with
from dealport.reading.tables.contents import RawTable

# Below a blank row two known headers are enough; within rows three, since "Startup" and "AI" may be cells.
_KNOWN_BELOW_A_GAP = 2
_KNOWN_WITHIN = 3
_NAME_WORDS = ("name", "startup", "investor", "from", "to")  # of which the fields that hold names are made


def split_tables(raw: RawTable) -> list[RawTable]:
    """The tables of a sheet, each with the title above its header; mostly the one that it is."""
    if raw.typed or not raw.rows:
        return [raw]
    header = find_header(raw.rows)
    starts = _starts(raw.rows, header.start, header.cells)
    if not starts:
        return [raw]
    ends = [*starts, len(raw.rows)]
    parts = [replace(raw, rows=raw.rows[start:end]) for start, end in zip([0, *starts], ends, strict=True)]
    lines = [part.rows[0][0] for part in parts[1:]]
    return [
        _with_broken(part, raw, above, below)
        for part, above, below in zip(parts, [0, *lines], [*lines, 0], strict=True)
    ]


def _starts(rows: Sequence[tuple[int, Sequence[Any]]], start: int, header: Sequence[str]) -> list[int]:
    """Indices of the first rows of the further tables: the title of a header, else the header."""
    starts: list[int] = []
    seen = {_filled(header)}
    for i in rows_with(rows, name_spellings()):
        if i <= start:
            continue
        line, cells = rows[i]
        texts = [" ".join(cell.split()) if cell else "" for cell in cells]
        has_title = len(_filled(rows[i - 1][1])) == 1
        first = i - 1 if has_title and i - 1 > (starts[-1] if starts else start) else i
        has_gap = rows[first][0] > rows[first - 1][0] + 1
        if _filled(texts) in seen or not _is_header(texts, has_gap=has_gap and first < line):
            continue
        seen.add(_filled(texts))
        starts.append(first)
    return starts


def _is_header(texts: Sequence[str], *, has_gap: bool) -> bool:
    need = _KNOWN_BELOW_A_GAP if has_gap else _KNOWN_WITHIN
    # Soonest answered of rows in which a cell happens to be a header too: "VC", the type of 2,552 investors of 8,000.
    return is_mostly_known(texts) and count_known(texts) >= need and any(map(is_name_header, filter(None, texts)))


def _filled(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple(" ".join(str(cell).split()) for cell in cells if cell and not str(cell).isspace())


def _with_broken(part: RawTable, raw: RawTable, above: int, below: int) -> RawTable:
    """The part with the broken rows that stand in it; `below` is the line of the next part, 0 where none follows."""
    return replace(part, broken=tuple(one for one in raw.broken if above <= one[0] and (not below or one[0] < below)))


@cache
def name_spellings() -> frozenset[str]:
    """How headers over names are mostly spelled: what nearly every row has none of, told without looking closer."""
    known = {one.spellings: one for one in load_meanings().values()}.values()  # one of each row of the data
    plain = {spelling for one in known for spelling in one.spellings if _may_be_name(one, spelling)}
    plain = set(filter(is_name_header, plain))
    plain |= {"name", "startup", "investor"}
    return frozenset(form for text in plain for form in (text, text.lower(), text.upper(), text.title()))


def _may_be_name(meaning: HeaderMeaning, spelling: str) -> bool:
    """Whether a spelling of a known header needs a closer look: it means a name, or speaks of a side."""
    return any(target.startswith("name") for target in meaning.targets.values()) or any(
        word in spelling.casefold() for word in _NAME_WORDS
    )
