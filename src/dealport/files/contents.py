"""What one file holds once it is taken apart, before anyone knows which rows are startups: records in groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dealport.model import InputError, Origin, Problem, Severity


class UnreadableError(InputError):
    """A file, or one line of it, that can't be taken in.

    Attributes:
        message: What is wrong.
        cure: How to mend it.
        line: 1-based line; 0 stands for the whole file.
    """

    def __init__(self, message: str, cure: str = "", line: int = 0) -> None:
        super().__init__(f"{message} ({cure})" if cure else message)
        self.message = message
        self.cure = cure
        self.line = line

    def problem(self, path: str) -> Problem:
        """The fault as `check` lists it."""
        return Problem(Origin(path, self.line).place(), "", self.message, self.cure)


@dataclass(frozen=True, slots=True)
class Record:
    """One row or object.

    Attributes:
        fields: Field name to raw value; blank cells are absent.
        line: 1-based line or row where it begins; 0 when it is the whole file.
        lines: Field name to 1-based line, where fields have lines of their own.
    """

    fields: dict[str, object]
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that stand together: a table, a sheet, the ``[[startup]]`` of a file, or the one profile of a file.

    Attributes:
        word: Name of the array or sheet, which may tell the kind.
        headers: Field names of the columns; None for TOML and JSON.
        sheet: Name of the sheet of a workbook, else "".
        columns: Field name to column letter in a workbook.
        plain_text: True where every value is a text cell, or a list split from one.
        split_lists: True where a list may be one text with ``;`` or ``|``.
        alone: True when the file is this one record, whose id the file's name gives.
    """

    records: tuple[Record, ...]
    word: str = ""
    headers: tuple[str, ...] | None = None
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    plain_text: bool = False
    split_lists: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a file.

    Attributes:
        n_refused: Records that were left out, each with a fault among the problems.
    """

    groups: tuple[Group, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_refused: int = 0


def problem_at(origin: Origin, name: str, message: str, cure: str = "", severity: Severity = "fault") -> Problem:
    """A problem at the place of one field of one origin."""
    return Problem(origin.place(name), name, message, cure, severity)
