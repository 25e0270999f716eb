"""Typed rows of one side -> its profiles: understood, joined where they are one organisation, with ids of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from dealport.market.identity.joining import Merged, Told, is_repeated, join_rows, merge_rows
from dealport.market.identity.naming import SideNames
from dealport.market.meaning.profile_blocks import TypedBlock, understand_block
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems, quoted
from dealport.market.validating import read_sound_fields
from dealport.model import Investor, Kind, Row, Startup
from dealport.reading.rows.row_blocks import Block, BlockFields

if TYPE_CHECKING:
    from dealport.market.meaning.market_words import MarketWords
    from dealport.market.profile_fields import InvestorFields, ProfileFields, StartupFields

AnySide = TypeVar("AnySide", Startup, Investor)
AnyFields = TypeVar("AnyFields", "StartupFields", "InvestorFields")


@dataclass(frozen=True, slots=True)
class Taken(Generic[AnySide]):
    """One side of the market.

    Attributes:
        profiles: In the order of their ids.
        told: What was told of each, by id.
        merged: Rows that went into another's profile.
        refused: Rows left out, with the reason.
    """

    profiles: list[AnySide]
    told: Mapping[str, Told[AnySide]]
    names: SideNames
    merged: tuple[Merged, ...]
    refused: tuple[tuple[Row, str], ...]

    @property
    def given(self) -> Mapping[str, ProfileFields]:
        """What was typed, by id; of rows that stand in columns nothing: they name nobody of the other side."""
        return {name: one.given for name, one in self.told.items() if one.given is not None}


def take_profiles(
    kind: Kind,
    typed: Sequence[tuple[AnyFields | None, Row]],
    make: Callable[[AnyFields, Row, Understanding], AnySide | None],
    vocabulary: MarketWords,
    problems: Problems,
    *,
    blocks: Mapping[Block, TypedBlock],
) -> Taken[AnySide]:
    """Profiles of one side; of those that have one id and are not one the first stays, and each other is a fault."""
    told, refused = _understand_rows(kind, typed, make, vocabulary, problems, blocks=blocks)

    def make_aside(fields: ProfileFields, row: Row, aside: Problems) -> AnySide | None:
        return make(cast("AnyFields", fields), row, Understanding(vocabulary, aside, row.origin, row.stem))

    by_id: dict[str, Told[AnySide]] = {}
    merged: list[Merged] = []
    for group in join_rows(told):
        rows = [one for one, _ in group]
        one = rows[0] if len(rows) == 1 else merge_rows(rows, make_aside, problems)
        holder = by_id.setdefault(one.profile.id, one)
        if holder is one:
            merged += [
                Merged(kind, one.profile.id, row.row.origin, rows[0].row.origin, how) for row, how in group if how
            ]
        elif len(rows) == 1 and is_repeated(one, holder):
            problems.warn(
                one.row.origin, "", f"the same row as at {holder.row.origin.place()}: counted once", "keep one"
            )
            merged.append(Merged(kind, one.profile.id, one.row.origin, holder.row.origin, "repeated"))
        else:
            refused += [(row.row, _refuse_id(row, one.profile.id, holder, problems)) for row in rows]
    for one in by_id.values():
        if not one.profile.country and not vocabulary.clean(one.fields.country):
            problems.fault(one.row.origin, "country", "no country", 'write its code or name as country = "KR"')
    profiles = [by_id[name].profile for name in sorted(by_id)]
    also = {each.profile.id: name for name, each in _joined_away(told, by_id, merged)}
    return Taken(profiles, by_id, SideNames(profiles, also), tuple(merged), tuple(refused))


def _understand_rows(
    kind: Kind,
    typed: Sequence[tuple[AnyFields | None, Row]],
    make: Callable[[AnyFields, Row, Understanding], AnySide | None],
    vocabulary: MarketWords,
    problems: Problems,
    *,
    blocks: Mapping[Block, TypedBlock],
) -> tuple[list[Told[AnySide]], list[tuple[Row, str]]]:
    """The profile of each row by itself, and the rows that give none, with the reason."""
    told: list[Told[AnySide]] = []
    refused: list[tuple[Row, str]] = []
    of_blocks = _profiles_of_blocks(kind, typed, blocks, vocabulary)
    for fields, row in typed:
        if fields is None and (known := of_blocks.get(id(row))) is not None:
            told.append(Told(cast("AnySide", known), None, row))
            continue
        given, mark = cast("AnyFields", fields or read_sound_fields(row)), problems.mark()
        if profile := make(given, row, Understanding(vocabulary, problems, row.origin, row.stem)):
            told.append(Told(profile, given, row, problems.since(mark)))
        else:
            refused.append((row, problems.faults_since(mark)))
    return told, refused


def _profiles_of_blocks(
    kind: Kind,
    typed: Iterable[tuple[AnyFields | None, Row]],
    blocks: Mapping[Block, TypedBlock],
    vocabulary: MarketWords,
) -> dict[int, Startup | Investor]:
    """By `id` of the row, those that could be understood as columns."""
    rows: dict[Block, dict[int, Row]] = {}
    for fields, row in typed:
        if fields is None and isinstance(row.fields, BlockFields):
            rows.setdefault(row.fields.block, {})[row.fields.index] = row
    profiles: dict[int, Startup | Investor] = {}
    for block, held in rows.items():
        origins = {index: row.origin for index, row in held.items()}
        understood = understand_block(blocks[block], origins, kind, vocabulary)
        profiles |= {id(held[index]): profile for index, profile in understood.items()}
    return profiles


def _joined_away(
    told: Sequence[Told[AnySide]], by_id: Mapping[str, Told[AnySide]], merged: Sequence[Merged]
) -> Iterable[tuple[str, Told[AnySide]]]:
    """Rows with an id of their own that is not their profile's: others may still call it so."""
    profile_of = {one.origin.place(): one.id for one in merged}
    for one in told if merged else ():
        joined = profile_of.get(one.row.origin.place(), "")
        if joined and one.has_own_id and one.profile.id not in by_id:
            yield joined, one


def _refuse_id(one: Told[AnySide], wanted: str, holder: Told[AnySide], problems: Problems) -> str:
    message = f"{quoted(wanted)} is the id of {quoted(holder.profile.name)} too"
    cure = f'give one of them an id of its own: id = "..." (the other is at {holder.profile.origin.place()})'
    problems.fault(one.row.origin, "id", message, cure)
    return message
