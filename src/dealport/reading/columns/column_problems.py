"""What is to be said of the columns of a table: two of one field, likely slips, and those nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dealport.model import Origin, Problem
from dealport.reading.columns.field_names import DEAL_FIELDS, PROFILE_FIELDS
from dealport.reading.columns.mapping import MappedColumn

# So many unknown headers are named in one line; `check --columns` lists all.
_HEADERS_SHOWN = 6


def column_problems(
    columns: Mapping[str, Sequence[MappedColumn]], origin: Origin, letters: Sequence[str], *, is_foreign: bool
) -> list[Problem]:
    """Faults and warnings of the header row, for all sides that its rows may stand on."""
    problems: dict[Problem, None] = {}
    for mapped in columns.values():
        for problem in (*_twice(mapped, origin, is_foreign=is_foreign), *_slips(mapped, origin, letters)):
            problems[problem] = None
    unknown = [
        one[0].header
        for one in zip(*columns.values(), strict=True)
        if one[0].header and all(not column.known and not column.target for column in one)
    ]
    if is_foreign and unknown:
        shown = ", ".join(map(quoted_short, unknown[:_HEADERS_SHOWN])) + (
            ", …" if len(unknown) > _HEADERS_SHOWN else ""
        )
        message = f"{len(unknown)} columns left out" if len(unknown) > 1 else "a column left out"
        cure = "`check --columns` shows how each was read, columns.toml says it otherwise"
        problems[Problem(origin.place(), "", f"{message}: {shown}", cure, "warning")] = None
    return list(problems)


def header_place(origin: Origin, index: int, letters: Sequence[str]) -> str:
    """The place of one cell of the header."""
    if origin.sheet and index < len(letters):
        return f"{origin.path}:{origin.sheet}!{letters[index]}{origin.line}"
    return origin.place()


def quoted_short(text: str) -> str:
    """What was typed, short and in quotes."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def column_letter(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def _twice(columns: Sequence[MappedColumn], origin: Origin, *, is_foreign: bool) -> list[Problem]:
    """A problem for each field (or unknown header) that stands twice under its own name."""
    message, cure = "two columns mean {!r}: only the first is read", "rename or remove one"
    repeats = [(column.repeats, column.repeats in PROFILE_FIELDS | DEAL_FIELDS) for column in columns if column.repeats]
    return [
        Problem(origin.place(), name, message.format(name), cure, "fault" if is_field else "warning")
        for name, is_field in repeats
        if is_field or not is_foreign
    ]


def _slips(columns: Sequence[MappedColumn], origin: Origin, letters: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            header_place(origin, column.index, letters),
            column.use().field,
            f"the column {quoted_short(column.header)} was taken for {column.meant!r}",
            "rename it, or say in columns.toml what it is",
            "warning",
        )
        for column in columns
        if column.how == "fuzzy"
    ]
