"""Where the header of a table stands: not always first, sometimes in two rows, with banners above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealport.files.mapping import can_have_answers, is_known_header, is_name_header
from dealport.files.synonyms import header_key

# PitchBook writes six rows above its header; beyond forty nobody would look for one.
_ROWS_LOOKED_AT = 40
# A cell longer than this is a sentence, not a header.
_HEADER_LENGTH = 120

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """The header of a table.

    Attributes:
        cells: One text for each column, "" for a column without one; two header rows are made one.
        line: 1-based line of the last header row.
        start: Index of the first row below it.
        above: What stands above it.
    """

    cells: tuple[str, ...]
    line: int
    start: int
    above: str = ""


def find_header(rows: Sequence[tuple[int, Cells]]) -> FoundHeader:
    """The header among rows (line, cells) of which none is blank; the first row where none looks like one."""
    place = _header_place(rows)
    line, cells = rows[place]
    header, start = _texts(cells), place + 1
    if place + 1 < len(rows) and _is_second_row(header, _texts(rows[place + 1][1])):
        line, header, start = rows[start][0], _joined(header, _texts(rows[start][1])), start + 1
    elif place and len({cell for cell in _texts(rows[place - 1][1]) if cell}) > 1:
        header = _joined(_texts(rows[place - 1][1]), header)
    above = "\n".join(cell for _, row in rows[:place] for cell in _texts(row) if cell)
    return FoundHeader(tuple(header), line, start, above)


def count_known(cells: Cells) -> int:
    """How many different known headers a row holds."""
    return len({header_key(cell) for cell in cells if cell and len(cell) <= _HEADER_LENGTH and is_known_header(cell)})


def _header_place(rows: Sequence[tuple[int, Cells]]) -> int:
    """Index of the first row with a name and another known header; else of the first name alone; else 0."""
    looked_at = [cells for _, cells in rows[:_ROWS_LOOKED_AT]]
    named = [i for i, cells in enumerate(looked_at) if any(cell and is_name_header(cell) for cell in _texts(cells))]
    for place in named:
        known = count_known(looked_at[place])
        if known > 1:  # unless it only groups the headers below it: "Company", "Contact"
            return place + 1 if place + 1 in named and count_known(looked_at[place + 1]) > known else place
    return named[0] if named and not count_known(looked_at[0]) else 0


def _texts(cells: Cells) -> list[str]:
    return [" ".join(cell.split()) if cell else "" for cell in cells]


def _is_second_row(top: Sequence[str], sub: Sequence[str]) -> bool:
    """Whether `sub` names the parts of merged cells in `top`: it is blank but under those."""
    beneath = [i for i, cell in enumerate(sub) if cell]
    groups = _group_starts(top)
    return (
        len(beneath) > 1
        and all(i < len(groups) and groups[i] >= 0 and can_have_answers(top[groups[i]]) for i in beneath)
        and any(not top[i] for i in beneath)
    )


def _group_starts(top: Sequence[str]) -> list[int]:
    """For each column the one whose header is merged over it, -1 for a column whose header is its own."""
    starts: list[int] = []
    start = -1
    for i, cell in enumerate(top):
        if cell:
            start = i if i + 1 < len(top) and not top[i + 1] else -1
        starts.append(start)
    return starts


def _joined(top: Sequence[str], sub: Sequence[str]) -> list[str]:
    """One header of two rows: the lower text where it is known alone, else both, as ``Sector: AI``."""
    width = max(len(top), len(sub))
    top = [*top, *[""] * (width - len(top))]
    sub = [*sub, *[""] * (width - len(sub))]
    above = [top[start] if start >= 0 else cell for start, cell in zip(_group_starts(top), top, strict=True)]
    joined = []
    for i, cell in enumerate(sub):
        both = [f"{above[i]} {cell}", f"{above[i]}: {cell}"] if above[i] and cell else []
        has_answers = bool(both) and can_have_answers(above[i])
        is_plain = not both or (is_known_header(cell) and sub.count(cell) == 1 and not has_answers)
        known = next((text for text in both if is_known_header(text)), "")
        ends = f"{above[i]} {cell}" if has_answers else cell
        joined.append((cell or top[i]) if is_plain else known or ends)
    return joined
