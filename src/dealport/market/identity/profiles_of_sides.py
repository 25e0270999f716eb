"""Typed rows of one side -> its profiles: understood, joined where they are one organisation, with ids of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from dealport.market.identity.joining import Merged, Told, is_repeated, join_rows, merge_rows
from dealport.market.identity.naming import SideNames
from dealport.market.meaning.understood_rows import understand_rows
from dealport.market.problems import Problems, faults_in_a_line, quoted
from dealport.market.validating import TypedRow
from dealport.model import Investor, Kind, Problem, Row, Startup

if TYPE_CHECKING:
    from dealport.market.meaning.market_words import MarketWords
    from dealport.market.profile_fields import ProfileFields

AnySide = TypeVar("AnySide", Startup, Investor)


class Taken(Struct, Generic[AnySide], frozen=True):
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
    def wishes(self) -> Mapping[str, ProfileFields]:
        """The fields of those that name somebody of the other side, by id."""
        return {
            name: one.fields for name, one in self.told.items() if one.typed.value("wants") or one.typed.value("avoids")
        }


def take_profiles(
    record: type[AnySide], typed: Sequence[TypedRow[Any]], vocabulary: MarketWords, problems: Problems
) -> Taken[AnySide]:
    """Profiles of one side; of those that have one id and are not one the first stays, and each other is a fault."""
    kind: Kind = "startup" if record is Startup else "investor"
    told, refused = _understand_rows(record, typed, vocabulary, problems)

    def understand(one: TypedRow[ProfileFields]) -> tuple[AnySide, tuple[Problem, ...]]:
        return next(understand_rows(record, [one], vocabulary))

    by_id: dict[str, Told[AnySide]] = {}
    merged: list[Merged] = []
    for group in join_rows(told):
        rows = [one for one, _ in group]
        one = rows[0] if len(rows) == 1 else merge_rows(rows, understand, problems)
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
        if not one.profile.country and not vocabulary.clean(one.typed.value("country")):
            problems.fault(one.row.origin, "country", "no country", 'write its code or name as country = "KR"')
    profiles = [by_id[name].profile for name in sorted(by_id)]
    also = {each.profile.id: name for name, each in _joined_away(told, by_id, merged)}
    return Taken(profiles, by_id, SideNames(profiles, also), tuple(merged), tuple(refused))


def _understand_rows(
    record: type[AnySide], typed: Sequence[TypedRow[Any]], vocabulary: MarketWords, problems: Problems
) -> tuple[list[Told[AnySide]], list[tuple[Row, str]]]:
    """The profile of each row by itself, and the rows that give none since they have no name, with the reason."""
    told: list[Told[AnySide]] = []
    refused: list[tuple[Row, str]] = []
    for one, (profile, doubts) in zip(typed, understand_rows(record, typed, vocabulary), strict=True):
        problems.add(doubts)
        if profile.name:
            told.append(Told(profile, one, doubts))
        else:
            refused.append((one.row, faults_in_a_line(doubts)))
    return told, refused


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
