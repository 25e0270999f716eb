"""Where the header of a table stands: not always first, sometimes in two rows, with banners above it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from dealport.reading.columns.field_names import without_invisible
from dealport.reading.columns.mapping import can_have_answers, is_known_header, is_name_header
from dealport.reading.columns.synonyms import header_key

# PitchBook writes six rows above its header; beyond forty nobody would look for one.
_ROWS_LOOKED_AT = 40
# A cell longer than this is a sentence, not a header.
_HEADER_LENGTH = 120
_IN_MILLIONS = ("in millions", "in million")

Cells = Sequence[str | None]


class FoundHeader(Struct, frozen=True):
    """The header of a table.

    Attributes:
        cells: One text for each column, "" for a column without one; two header rows are made one.
        line: 1-based line of the last header row.
        start: Index of the first row below it.
        above: The rows of banners above it: titles, dates, in what amounts are.
        passed: Indices of rows above it that are no banners: they look like the rows below.
    """

    cells: tuple[str, ...]
    line: int
    start: int
    above: tuple[tuple[str, ...], ...] = ()
    passed: tuple[int, ...] = ()


def find_header(rows: Sequence[tuple[int, Cells]]) -> FoundHeader:
    """The header among rows (line, cells) of which none is blank; the first row where none looks like one."""
    place = _header_place(rows)
    line, cells = rows[place]
    header, start, banners = _texts(cells), place + 1, place
    passed = tuple(i for i in range(place) if _looks_like_data(_texts(rows[i][1]), header))
    if place + 1 < len(rows) and _is_second_row(header, _texts(rows[place + 1][1])):
        line, header, start = rows[start][0], _joined(header, _texts(rows[start][1])), start + 1
    elif place and place - 1 not in passed and _is_group_row(_texts(rows[place - 1][1])):
        header, banners = _joined(_texts(rows[place - 1][1]), header), place - 1
    above = tuple(tuple(_texts(rows[i][1])) for i in range(banners) if i not in passed)
    return FoundHeader(tuple(header), line, start, above, passed)


def is_in_millions(text: str) -> bool:
    """Whether a banner says that the amounts below it are in millions."""
    return any(mark in text.casefold() for mark in _IN_MILLIONS)


def count_known(cells: Cells) -> int:
    """How many different known headers a row holds."""
    return len({header_key(cell) for cell in cells if cell and _is_known(cell)})


def is_mostly_known(cells: Cells) -> bool:
    """Whether most cells of a row that are filled are known headers."""
    n_filled = _count_filled(cells)
    most_unknown = n_filled // 4
    left_unknown = islice((cell for cell in cells if cell and not _is_known(cell)), most_unknown + 1)
    return len(list(left_unknown)) <= most_unknown and count_known(cells) * 4 >= n_filled * 3


def _is_known(cell: str | None) -> bool:
    return cell is not None and 0 < len(cell) <= _HEADER_LENGTH and is_known_header(cell)


def _header_place(rows: Sequence[tuple[int, Cells]]) -> int:
    """Index of the first row with a name and another known header, unless a row above it has more known headers.

    Where there is no such row: of the first with two known headers, else of the first name alone, else 0.
    """
    looked_at = [_texts(cells) for _, cells in rows[:_ROWS_LOOKED_AT]]
    own = [_unshared(looked_at, place) for place in range(len(looked_at))]
    known = [count_known(cells) for cells in own]
    named = [i for i, cells in enumerate(own) if any(cell and is_name_header(cell) for cell in cells)]
    found = next((i for i in named if known[i] > 1), -1)
    if found + 1 in named and found >= 0 and known[found + 1] > known[found]:
        found += 1  # the row above only groups the headers: "Company", "Contact"
    first_name = named[0] if named else len(looked_at)
    above = range(found if found >= 0 else first_name)
    best = max(above, key=lambda i: (known[i], -i), default=-1)
    if best >= 0 and known[best] > max(1, known[found] if found >= 0 else 1):
        return best  # its column of names has a header that nobody knows
    if found >= 0:
        return found
    return first_name if named and not known[0] else 0


def _unshared(rows: Sequence[list[str]], place: int) -> list[str]:
    """The cells of a row, blank where another row has the same in the same column: "VC" under "Type" is no header."""
    row = rows[place]
    if is_mostly_known(row):
        return row
    others = [other for other in rows if other != row]
    return [
        "" if any(i < len(other) and other[i].casefold() == cell.casefold() for other in others) else cell
        for i, cell in enumerate(row)
    ]


def _looks_like_data(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row above the header fills so many of its columns as the rows below do."""
    filled = _count_filled(cells)
    is_group = count_known(cells) * 2 >= filled and filled < _count_filled(header)
    return filled > 1 and filled * 3 > _count_filled(header) * 2 and not is_group


def _is_group_row(cells: Sequence[str]) -> bool:
    return len({cell for cell in cells if cell}) > 1 and not any(map(is_in_millions, cells))


def _count_filled(cells: Cells) -> int:
    return sum(bool(cell) for cell in cells)


def _texts(cells: Cells) -> list[str]:
    return [" ".join(without_invisible(cell).split()) if cell else "" for cell in cells]


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
