"""Rows -> fields of the right types, in columns; whatever is wrong with a value is said at each row that holds it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from dealport.market.declaring import Declared, Fields
from dealport.market.problems import Problems, did_you_mean, faults_in_a_line, placed, quoted
from dealport.market.profile_fields import TAKEN_AS, DealFields, InvestorFields, StartupFields
from dealport.model import Kind, Problem, Row
from dealport.reading.columns.blanks import is_nothing
from dealport.reading.rows.row_blocks import ABSENT, Block, BlockFields, block_of
from dealport.reading.tables.cell_columns import Column, hold_values

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

AnyFields = TypeVar("AnyFields", bound=Fields)

MODELS: Mapping[Kind, type[StartupFields] | type[InvestorFields]] = {
    "startup": StartupFields,
    "investor": InvestorFields,
}
# Fields a file may hold beside the models': the side, and what kind of file it is.
_FILE_FIELDS = frozenset({"kind"})
# "ticket size" is 80 % of "ticket" and "invest" 75 % of "invests_in"; below that suggestions look like noise.
_NEAR_PERCENT = 70
_WANTS = {"string_type": "wants a text", "tuple_type": "wants a list of words"}


class TypedBlock(Struct, Generic[AnyFields], frozen=True, eq=False):
    """The fields of many rows, of the right types; each distinct value was typed once.

    Attributes:
        columns: All fields of the model, and ``stem``; a field that a row leaves blank has its default.
        faults: What is wrong with the fields of a row, by row, in the order of the fields; at no place yet.
    """

    model: type[AnyFields]
    columns: Mapping[str, Column]
    faults: Mapping[int, Sequence[Problem]]

    @classmethod
    def of(cls, fields: AnyFields) -> TypedBlock[AnyFields]:
        """A block of one row."""
        values = {**vars(fields), "stem": ""}
        return cls(type(fields), {name: _same([value], 1) for name, value in values.items()}, {})


class TypedRow(Struct, Generic[AnyFields], frozen=True, eq=False):
    """One row of a typed block.

    Attributes:
        row: As it was read.
        index: Of the row in its block.
    """

    row: Row
    block: TypedBlock[AnyFields]
    index: int

    def value(self, field: str) -> Any:  # noqa: ANN401 -- of the field's type
        """What one field holds."""
        return self.block.columns[field][self.index]

    @property
    def fields(self) -> AnyFields:
        """All its fields as a record, made anew."""
        model = self.block.model
        return model(**{name: self.value(name) for name in model.declared})


def read_kind(row: Row) -> Kind | None:
    """The side a row stands on; None when it does not say."""
    word = row.kind or row.fields.get("kind")
    folded = word.strip().casefold() if isinstance(word, str) else ""
    if folded in ("startup", "startups"):
        return "startup"
    return "investor" if folded in ("investor", "investors") else None


def type_rows(
    rows: Sequence[Row], model: type[AnyFields], problems: Problems
) -> tuple[list[TypedRow[AnyFields]], list[tuple[Row, str]]]:
    """The rows whose fields have the right types, and those of which one has not, with the reason: each is a fault.

    Rows that stand in a table's block are typed with it, all others as one block.
    """
    loose = [row for row in rows if not isinstance(row.fields, BlockFields)]
    of_loose = block_of([row.fields for row in loose])
    of_tables = dict.fromkeys(row.fields.block for row in rows if isinstance(row.fields, BlockFields))
    typed_blocks = {block: _type_block(block, model, _same([""], block.n_rows)) for block in of_tables}
    typed_blocks[of_loose] = _type_block(of_loose, model, hold_values(row.stem for row in loose))
    indices = count()
    typed: list[TypedRow[AnyFields]] = []
    refused: list[tuple[Row, str]] = []
    held: dict[Block, list[tuple[int, Row]]] = {}
    for row in rows:
        fields = row.fields
        block, index = (fields.block, fields.index) if isinstance(fields, BlockFields) else (of_loose, next(indices))
        held.setdefault(block, []).append((index, row))
        if faults := placed(typed_blocks[block].faults.get(index, ()), row.origin):
            problems.add(faults)
            refused.append((row, faults_in_a_line(faults)))
        else:
            typed.append(TypedRow(row, typed_blocks[block], index))
    for block, rows_of_block in held.items():
        _warn_of_unknown_fields(block, rows_of_block, model, problems)
    return typed, refused


def _type_block(block: Block, model: type[AnyFields], stems: Column) -> TypedBlock[AnyFields]:
    columns: dict[str, Column] = {"stem": stems}
    faults: dict[int, list[Problem]] = {}
    for name, info in model.declared.items():
        held = block.columns.get(name, _same([ABSENT], block.n_rows))
        columns[name], found = _type_column(held, name, info, model)
        for row, code in enumerate(held.codes) if found else ():
            if code in found:
                faults.setdefault(row, []).extend(found[code])
    return TypedBlock(model, columns, faults)


def _same(values: list[object], n_rows: int) -> Column:
    """A column of one value."""
    return Column(values, array("i", bytes(4 * n_rows)))


def _type_column(
    column: Column, name: str, info: Declared, model: type[Fields]
) -> tuple[Column, dict[int, list[Problem]]]:
    """The column with its values typed, and what is wrong with the values at some places."""
    used = set(column.codes)
    filled = [code for code in used if _is_filled(name, column.values[code])]
    values = ["" if info.is_required else info.default] * len(column.values)
    faults: dict[int, list[Problem]] = {}
    if info.is_required:
        faults = {code: [_fault(name, f"no {name}", _cure(name, model))] for code in used.difference(filled)}
    for code in filled:
        try:
            values[code] = _taken(column.values[code], info)
        except ValueError:
            checked, found = _check_doubtful(column.values[code], name, model)
            if found:
                faults[code] = found
            else:
                values[code] = checked
    return Column(values, column.codes), faults


def _taken(value: object, info: Declared) -> object:
    typed = TAKEN_AS[info.type](value)
    if info.max_length is not None and isinstance(typed, tuple) and len(typed) > info.max_length:
        raise ValueError(value)
    return typed


def _check_doubtful(value: object, name: str, model: type[Fields]) -> tuple[object, list[Problem]]:
    """A value that is not plainly of its field's type, and what is wrong with it, in the words of pydantic and ours."""
    from pydantic import ValidationError

    from dealport.market.checked_fields import checked_values

    try:
        return checked_values(model, name).validate_python([value])[0], []
    except ValidationError as error:
        return None, [_fault_of(detail, name, model) for detail in error.errors(include_url=False)]


def _is_filled(field: str, value: object) -> bool:
    if isinstance(value, str):
        return bool(value) and not value.isspace() and not is_nothing(value, field)
    return value is not ABSENT and value is not None


def _fault(field: str, message: str, cure: str) -> Problem:
    return Problem("", field, message, cure)


def _fault_of(detail: ErrorDetails, name: str, model: type[Fields]) -> Problem:
    """What pydantic found, in our words; the cure is the first example of the field."""
    places = "".join(f"[{part + 1}]" for part in detail["loc"][1:] if isinstance(part, int))
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "too_long":
        message = f"{context['actual_length']} words; more than {context['max_length']} say nothing"
        return _fault(name, message, "keep those that matter most")
    wants = str(context["error"]) if kind == "value_error" else _WANTS.get(kind, detail["msg"])
    return _fault(name + places, f"{wants}, not {quoted(detail['input'])}", _cure(name, model))


def _cure(name: str, model: type[Fields]) -> str:
    examples = model.declared[name].examples
    return f"write it as {name} = {json.dumps(examples[0], ensure_ascii=False)}"


def _warn_of_unknown_fields(
    block: Block, rows: Iterable[tuple[int, Row]], model: type[Fields], problems: Problems
) -> None:
    unknown = sorted(block.columns.keys() - _FILE_FIELDS - model.declared.keys())
    for name in unknown:
        message, cure = f"unknown field {quoted(name)}", did_you_mean(_near_fields(name, model))
        for kind, other in MODELS.items():
            if name in other.declared and model is not DealFields:
                message, cure = f"{quoted(name)} is a field of {kind}s, it counts for nothing here", ""
        filled = {*block.columns[name].rows_where(partial(_is_filled, name))}
        for index, row in rows:
            if index in filled:
                problems.once_a_file(row.origin, quoted(name)[1:-1], message, cure, "warning")


@cache
def _near_fields(name: str, model: type[Fields]) -> tuple[str, ...]:
    """The field `name` was meant for: ``ticket_size`` gives ``ticket``; the side's own fields only."""
    from rapidfuzz import fuzz, process

    folded = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
    found = process.extractOne(folded, list(model.declared), scorer=fuzz.WRatio, score_cutoff=_NEAR_PERCENT)
    return (found[0],) if found else ()
