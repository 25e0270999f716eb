"""How one table is laid out: its header, what its columns mean on each side, which export it is, whose rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dealport.model import Origin, Problem
from dealport.reading.columns.column_problems import column_letter, column_problems, header_place, quoted_short
from dealport.reading.columns.exports import TABLE, WIDE, Format, recognise
from dealport.reading.columns.field_names import field_of_header, kind_of_word
from dealport.reading.columns.headers import FoundHeader, find_header, is_in_millions
from dealport.reading.columns.mapping import MappedColumn, map_columns, tells_of, wide_parts
from dealport.reading.columns.synonyms import answer_of
from dealport.reading.columns.table_sides import SIDES, Hints, table_kind
from dealport.reading.rows.cells import Step, plan_steps
from dealport.reading.tables.accounts import ColumnUse
from dealport.reading.tables.cell_columns import cells_at
from dealport.reading.tables.contents import RawTable

_NAMES = frozenset({"name", "startup", "investor", "startup_id", "investor_id", "from", "to"})
# Where a circle means yes, a cross means no, as in Korea and Japan; elsewhere a cross is a tick.
_CIRCLES = frozenset({"o", "○", "◯", "〇", "ｏ"})
_DOLLARS_IN_MILLIONS = "USD {}M"
# Rows in which the answers of a yes/no column are looked for.
_ROWS_SAMPLED = 200


class Layout(Struct, frozen=True):
    """All that is known of a table before its rows are read.

    Attributes:
        kind: What every row is; "" where rows tell their own.
        hint: The side of a row that does not tell its own.
        above: The rows of banners above the header.
        passed: Indices of the rows above the header that look like those below.
        country: The word for the country of rows that name none; "" where nothing says it.
        told_side: The side that something outside of the table tells, its name or the user; else "".
        columns: Of each side that its rows may stand on.
        steps: What to do with the cells of a row, by the row's kind.
        tells: Index and side of the columns that only one side fills, with ``?`` where the other may too.
        kind_at: Index of the columns that say what a row is: its kind, and the kind of organisation; -1 where none.
        is_kind_strict: True for a column that is called ``kind``: any other word than the two sides is a fault.
        is_foreign: True for a table that is not in Dealport's own words.
    """

    path: str
    sheet: str
    format: Format
    kind: str
    hint: str
    headers: tuple[str, ...]
    header_line: int
    start: int
    above: tuple[tuple[str, ...], ...]
    passed: tuple[int, ...]
    country: str
    told_side: str
    columns: Mapping[str, tuple[MappedColumn, ...]]
    steps: Mapping[str, tuple[Step, ...]]
    letters: Mapping[str, str]
    tells: tuple[tuple[int, str], ...]
    kind_at: tuple[int, int]
    is_kind_strict: bool
    is_foreign: bool
    problems: tuple[Problem, ...] = ()

    def origin(self, line: int) -> Origin:
        """Where a row stands."""
        return Origin(self.path, line, self.sheet, self.letters)

    def rows(self, raw: RawTable) -> Sequence[tuple[int, Sequence[Any]]]:
        """The rows below the header."""
        return raw.rows[self.start :]

    def rows_above(self, raw: RawTable) -> Sequence[tuple[int, Sequence[Any]]]:
        """The rows above the header that look like those below."""
        return [raw.rows[index] for index in self.passed]

    def type_cell(self, cells: Sequence[Any]) -> str:
        """What the row says its organisation is."""
        return _text_at(cells, self.kind_at[1])

    def side_of_cells(self, cells: Sequence[Any]) -> str:
        """The side that alone fills the columns which are filled; those of both sides count where no other is."""
        told = {side for index, side in self.tells if _text_at(cells, index).strip()}
        sides = told & {*SIDES} or {side.rstrip("?") for side in told}
        return sides.pop() if len(sides) == 1 else ""

    def is_header_again(self, cells: Sequence[Any]) -> bool:
        """Whether a row repeats the header, as on each page of a print."""
        first = self.headers[0] if self.headers else ""
        if not first or not cells or cells[0] != first:
            return False
        return all((cells[i] or "") == cell for i, cell in enumerate(self.headers) if i < len(cells))

    def uses(self) -> tuple[ColumnUse, ...]:
        """What each column was taken for; both fields where they differ between the sides."""
        several = [[column.use() for column in columns] for columns in self.columns.values()]
        return tuple(_one_use(uses) for uses in zip(*several, strict=True))


def _text_at(cells: Sequence[Any], index: int) -> str:
    return _text(cells[index]) if 0 <= index < len(cells) else ""


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _one_use(uses: Sequence[ColumnUse]) -> ColumnUse:
    fields = list(dict.fromkeys(use.field for use in uses if use.field))
    if not fields:
        return uses[0]
    how = next(use.how for use in uses if use.field)
    return ColumnUse(uses[0].header, " or ".join(fields), how)


def lay_out(raw: RawTable, path: str, told: Mapping[str, str], hints: Hints) -> Layout:
    """The layout of a table with at least one row; `told` is the user's columns.toml, by `header_key`."""
    found = _typed_header(raw) if raw.typed else find_header(raw.rows)
    headers = found.cells
    rows = raw.rows[found.start :]
    answered = _answered(headers, rows[:_ROWS_SAMPLED])
    form = recognise(headers)
    form = WIDE if form is TABLE and len(answered) > 1 else form
    kind, hint = table_kind(form, headers, told, replace(hints, loose=hints.loose or _title_kind(found)))
    columns = {one: _mapped(headers, one, told, answered) for one in ((kind,) if kind else SIDES)}
    is_foreign = form is not TABLE or not any(c.how == "name" for c in chain(*columns.values()) if c.target in _NAMES)
    in_millions = any(is_in_millions(cell) for row in found.above for cell in row)
    unit = form.amount or (_DOLLARS_IN_MILLIONS if in_millions else "")
    x_is_no = any(_text(cell).strip().casefold() in _CIRCLES for i in answered for _, cell in cells_at(rows, i))
    first = next(iter(columns.values()))
    return Layout(
        path=path,
        sheet=raw.sheet,
        format=form,
        kind=kind,
        hint=hint,
        headers=headers,
        header_line=found.line,
        start=found.start,
        above=found.above,
        passed=found.passed,
        country=hints.country,
        told_side=hint if hint in SIDES and table_kind(form, headers, told, Hints())[1] != hint else "",
        columns=columns,
        steps={
            one: plan_steps(_with_unknown(mapped, is_foreign=is_foreign), form, unit, x_is_no=x_is_no)
            for one, mapped in columns.items()
        },
        letters=_letters(columns, raw.letters),
        tells=_tells(headers),
        kind_at=(_index_of("kind", first), _index_of("type", columns.get("investor", first))),
        is_kind_strict=any(column.target == "kind" and column.how == "name" for column in first),
        is_foreign=is_foreign,
        problems=(
            *column_problems(columns, Origin(path, found.line, raw.sheet), raw.letters, is_foreign=is_foreign),
            *_nameless(headers, rows, Origin(path, found.line, raw.sheet), raw.letters),
            *_odd_answers(headers, rows, answered, path, raw.sheet),
        ),
    )


def _tells(headers: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Index and side of the columns that only one side fills; of those both may fill "Stage" alone is startups' own."""
    told = ((i, tells_of(cell), field_of_header(cell)) for i, cell in enumerate(headers))
    return tuple((i, side) for i, side, field in told if side in SIDES or field == "stage")


def _title_kind(found: FoundHeader) -> str:
    """What the title just above the header says the rows are ("Investors"); "" where it says nothing."""
    title = [cell for cell in found.above[-1] if cell] if found.above else []
    return kind_of_word(title[0]) if len(title) == 1 else ""


def _typed_header(raw: RawTable) -> FoundHeader:
    """The names of the columns, which stand as the first row."""
    return FoundHeader(tuple(str(cell) for cell in raw.rows[0][1]), 0, 1)


def _answered(headers: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]]) -> frozenset[int]:
    """The columns whose header is an answer and whose cells mostly are yes or no."""
    found = set()
    for i, header in enumerate(headers):
        if header and wide_parts(header):
            cells = [text for _, cell in cells_at(rows, i) if (text := _text(cell)).strip()]
            if sum(bool(answer_of(cell)) for cell in cells) * 2 >= len(cells):
                found.add(i)
    return frozenset(found)


def _mapped(
    headers: Sequence[str], kind: str, told: Mapping[str, str], answered: frozenset[int]
) -> tuple[MappedColumn, ...]:
    """The columns of one side; a header like "Industry - detail" over texts is one nobody knows."""
    return tuple(
        replace(column, target="", how="left out", answer="", known=False)
        if column.answer and column.index not in answered
        else column
        for column in map_columns(headers, kind, told)
    )


def _with_unknown(columns: Sequence[MappedColumn], *, is_foreign: bool) -> list[MappedColumn]:
    """The columns to read: in a table of Dealport's own words an unknown field too, so that `check` can name it."""
    read = [column for column in columns if column.target]
    if not is_foreign:
        unknown = [column for column in columns if not column.known and column.header]
        read += [replace(column, target=column.header, how="name") for column in unknown]
    return read


def _letters(columns: Mapping[str, Sequence[MappedColumn]], letters: Sequence[str]) -> dict[str, str]:
    """Field to the letter of its best column, in a workbook."""
    found: dict[str, str] = {}
    for column in sorted(chain(*columns.values()), key=lambda column: (column.rank, column.index)):
        field = column.use().field or column.header
        if field and column.index < len(letters):
            found.setdefault(field, letters[column.index])
    return found


def _index_of(target: str, columns: Sequence[MappedColumn]) -> int:
    return next((column.index for column in columns if column.target == target), -1)


def _nameless(
    headers: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]], origin: Origin, letters: Sequence[str]
) -> list[Problem]:
    """A warning for each column that has values but no header."""
    blank = [i for i, header in enumerate(headers) if not header]
    return [
        Problem(
            header_place(origin, i, letters),
            "",
            f"column {column_letter(i)} has no name: its cells were left out",
            "name it",
            "warning",
        )
        for i in blank
        if any(_text(cell).strip() for _, cell in cells_at(rows, i))
    ]


def _odd_answers(
    headers: Sequence[str], rows: Sequence[tuple[int, Sequence[Any]]], answered: frozenset[int], path: str, sheet: str
) -> list[Problem]:
    """A warning for each yes/no column that holds something else."""
    problems = []
    for i in sorted(answered):
        odd = [
            (line, text) for line, cell in cells_at(rows, i) if (text := _text(cell)).strip() and not answer_of(text)
        ]
        if odd:
            message = f"neither yes nor no in {headers[i]!r}: {quoted_short(odd[0][1])}, taken for no"
            more = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
            problems.append(Problem(Origin(path, odd[0][0], sheet).place(), "", message + more, "", "warning"))
    return problems
