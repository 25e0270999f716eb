"""Rows that stand in columns -> profiles: each distinct value is typed and understood once, and its rows share that.

A row with anything to complain of is left to the code that takes one row at a time: it says so at the row's place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from dealport.market.meaning.profiles import COMMON_PARTS, INVESTOR_PARTS, STARTUP_PARTS, FieldPart
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems
from dealport.model import Investor, Kind, Origin, Startup
from dealport.reading.columns.blanks import is_nothing
from dealport.reading.rows.row_blocks import ABSENT, Block
from dealport.reading.tables.cell_columns import Column, combine, make_records

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from dealport.market.meaning.market_words import MarketWords
    from dealport.market.profile_fields import InvestorFields, StartupFields

AnySide = TypeVar("AnySide", Startup, Investor)

# Names of others, each of which may be unclear at its place: looked at row by row.
_WISHES = frozenset({"wants", "avoids"})


@dataclass(frozen=True, slots=True, eq=False)
class TypedBlock:
    """The fields of a block's rows, of the right types.

    Attributes:
        columns: All fields of the side; a field that a row does not have has its default.
        is_sound: A byte for each row: 0 where something is to be said of its fields.
    """

    columns: Mapping[str, Column]
    is_sound: bytearray

    def day(self, row: int) -> date | str:
        """`as_of` of a row."""
        day: date | str = self.columns["as_of"][row]
        return day


def type_block(block: Block, model: type[StartupFields] | type[InvestorFields]) -> TypedBlock:
    """The columns of a block with each distinct value validated as the field of one row is."""
    n_rows = max(map(len, block.columns.values()))
    is_sound, nowhere = bytearray(b"\1") * n_rows, array("i", bytes(4 * n_rows))
    columns: dict[str, Column] = {}
    for name, info in model.model_fields.items():
        default = "" if info.is_required() else info.default
        if name not in block.columns:
            columns[name] = Column([default], nowhere)
            continue
        columns[name], faulty = _typed(block.columns[name], _adapter(model, name), default)
        _mark(is_sound, columns[name].codes, faulty)
    for name in (block.columns.keys() - model.model_fields.keys()) | (block.columns.keys() & _WISHES):
        for row in block.columns[name].rows_where(lambda value: value is not ABSENT):
            is_sound[row] = 0
    return TypedBlock(columns, is_sound)


def understand_block(
    typed: TypedBlock, origins: Mapping[int, Origin], kind: Kind, vocabulary: MarketWords
) -> dict[int, Startup | Investor]:
    """The profiles of the rows of a block that nothing is to be said of, by row; `origins` are those of its rows."""
    is_sound = bytearray(len(typed.is_sound))
    for row in origins:
        is_sound[row] = typed.is_sound[row]
    columns: dict[str, Column] = {}
    for part in (*COMMON_PARTS, *(STARTUP_PARTS if kind == "startup" else INVESTOR_PARTS)):
        understood, unsound = _understood(part, typed, vocabulary)
        columns |= understood
        _mark(is_sound, next(iter(understood.values())).codes, unsound)
    columns.pop("misread", None)  # whoever has such words is not sound
    rows = [row for row, sound in enumerate(is_sound) if sound]
    told = {name: _values_at(column, rows) for name, column in columns.items()}
    told["origin"] = map(origins.__getitem__, rows)
    if kind == "startup":
        return dict(zip(rows, make_records(Startup, len(rows), told), strict=True))
    return dict(zip(rows, make_records(Investor, len(rows), told), strict=True))


def _values_at(column: Column, rows: Sequence[int]) -> Iterator[Any]:
    return map(column.values.__getitem__, map(column.codes.__getitem__, rows))


def _typed(column: Column, adapter: TypeAdapter[list[Any]], default: object) -> tuple[Column, set[int]]:
    """The column with its values typed, and the places of those that are faulty."""
    from pydantic import ValidationError

    filled = [code for code in set(column.codes) if not _is_blank(column.values[code])]
    values, faulty = [default] * len(column.values), set[int]()
    try:
        typed = adapter.validate_python([column.values[code] for code in filled])
    except ValidationError as error:
        faulty = {filled[int(detail["loc"][0])] for detail in error.errors(include_url=False, include_input=False)}
        filled = [code for code in filled if code not in faulty]
        typed = adapter.validate_python([column.values[code] for code in filled])
    for code, value in zip(filled, typed, strict=True):
        values[code] = value
    return Column(values, column.codes), faulty


@cache
def _adapter(model: type[StartupFields] | type[InvestorFields], name: str) -> TypeAdapter[list[Any]]:
    """Many values of one field at once."""
    from pydantic import ConfigDict, TypeAdapter

    kind: Any = model.model_fields[name].rebuild_annotation()
    return TypeAdapter(list[kind], config=ConfigDict(strict=True))


def _is_blank(value: object) -> bool:
    return (
        value is ABSENT
        or value is None
        or (isinstance(value, str) and (not value or value.isspace() or is_nothing(value, "name")))
    )


def _understood(part: FieldPart, typed: TypedBlock, vocabulary: MarketWords) -> tuple[dict[str, Column], set[int]]:
    """What a part tells of each row, and the places of the values of which something is to be said."""
    fields = combine([typed.columns[name] for name in part.fields])
    problems = Problems()
    known = Understanding(vocabulary, problems, Origin(""))
    misread_at = part.attributes.index("misread") if "misread" in part.attributes else -1
    values: list[list[Any]] = [[None] * len(fields.values) for _ in part.attributes]
    unsound: set[int] = set()
    mark = 0
    for code in set(fields.codes):
        told = part.told(known, fields.values[code])
        for held, value in zip(values, told, strict=True):
            held[code] = value
        if problems.mark() > mark or (misread_at >= 0 and told[misread_at]):
            unsound.add(code)
            mark = problems.mark()
    return {name: Column(held, fields.codes) for name, held in zip(part.attributes, values, strict=True)}, unsound


def _mark(is_sound: bytearray, codes: array[int], unsound: set[int]) -> None:
    if unsound:
        for row, code in enumerate(codes):
            if code in unsound:
                is_sound[row] = 0
