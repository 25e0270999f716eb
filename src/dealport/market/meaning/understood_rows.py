"""Typed rows -> profiles: what each distinct value means is found once, and said at every row that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from dealport.market.meaning.profiles import COMMON_PARTS, INVESTOR_PARTS, STARTUP_PARTS, FieldPart
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems, placed, unknown_words
from dealport.market.validating import TypedBlock, TypedRow
from dealport.model import Investor, Origin, Problem, Startup
from dealport.reading.tables.cell_columns import Column, combine, make_records

if TYPE_CHECKING:
    from dealport.market.meaning.market_words import MarketWords

AnySide = TypeVar("AnySide", Startup, Investor)


class Understood(Struct, Generic[AnySide], frozen=True):
    """The profiles of some rows of one block, by row.

    Attributes:
        doubts: What is said of the words of a row, in the order of its fields; rows of which nothing is are not here.
    """

    profiles: Mapping[int, AnySide]
    doubts: Mapping[int, tuple[Problem, ...]]


def understand_rows(
    record: type[AnySide], typed: Sequence[TypedRow[Any]], vocabulary: MarketWords
) -> Iterator[tuple[AnySide, tuple[Problem, ...]]]:
    """The profile of each row, without links to the other side, and what is said of its words.

    A row whose name can't be seen gives a profile without a name.
    """
    origins: dict[TypedBlock[Any], dict[int, Origin]] = {}
    for one in typed:
        origins.setdefault(one.block, {})[one.index] = one.row.origin
    understood = {block: _understand(record, block, held, vocabulary) for block, held in origins.items()}
    for one in typed:
        found = understood[one.block]
        yield found.profiles[one.index], found.doubts.get(one.index, ())


def _understand(
    record: type[AnySide], typed: TypedBlock[Any], origins: Mapping[int, Origin], vocabulary: MarketWords
) -> Understood[AnySide]:
    columns: dict[str, Column] = {}
    misread: list[Column] = []
    said: dict[int, list[Problem]] = {}
    for part in (*COMMON_PARTS, *(STARTUP_PARTS if record is Startup else INVESTOR_PARTS)):
        told, problems = _tell(part, typed, vocabulary)
        misread += [told.pop("misread")] if "misread" in told else []
        columns |= told
        for row, code in enumerate(next(iter(told.values())).codes) if problems else ():
            if code in problems and row in origins:
                said.setdefault(row, []).extend(problems[code])
    if misread:  # several fields tell of such words
        columns["misread"] = combine(misread).each(lambda words: tuple(sorted(set().union(*words))))
    doubts = {row: placed(found, origins[row]) for row, found in said.items()}
    rows = [*origins]
    made: dict[str, Iterable[object]] = {
        name: map(column.values.__getitem__, map(column.codes.__getitem__, rows)) for name, column in columns.items()
    }
    made["origin"] = origins.values()
    made["not_understood"] = (unknown_words(doubts.get(row, ())) for row in rows)
    return Understood(dict(zip(rows, make_records(record, len(rows), made), strict=True)), doubts)


def _tell(
    part: FieldPart, typed: TypedBlock[Any], vocabulary: MarketWords
) -> tuple[dict[str, Column], dict[int, tuple[Problem, ...]]]:
    """What a part tells of each row, and what is said of the values at some places, at no place of a file yet."""
    fields = combine([typed.columns[name] for name in part.fields])
    problems = Problems()
    known = Understanding(vocabulary, problems, Origin(""))
    values: list[list[Any]] = [[None] * len(fields.values) for _ in part.attributes]
    said: dict[int, tuple[Problem, ...]] = {}
    for code in set(fields.codes):
        mark = problems.mark()
        for held, value in zip(values, part.told(known, fields.values[code]), strict=True):
            held[code] = value
        if problems.mark() > mark:
            said[code] = problems.since(mark)
    return {name: Column(held, fields.codes) for name, held in zip(part.attributes, values, strict=True)}, said
