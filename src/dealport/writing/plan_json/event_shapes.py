"""The event in ``plan.json``, and how its objects name participants; see `plan_shapes`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field, SkipValidation, StrictStr

from dealport.meetings.day.plans import keys_of
from dealport.meetings.event.events import Event, Interpreters, Key, Lock, Order, Slot
from dealport.model import Kind
from dealport.writing.plan_json.plan_values import (
    Count,
    Day,
    Moment,
    Name,
    NamesAndTimes,
    Shape,
    key_said,
)

Beside = Annotated[SkipValidation[str], Field(description="For whoever reads the file; the id counts.")]
Slots = Annotated[tuple[Count, ...], Field(description="Numbers of slots, from 0, in the order of event.slots.")]


class IdShape(Shape):
    """A participant whose side is known."""

    id: Name = Field(description="Its id in the profiles.")
    name: Beside = ""

    @classmethod
    def said(cls, record: Key, around: NamesAndTimes) -> dict[str, object]:
        """Of a participant's key."""
        return key_said(record, around)


class KeyShape(Shape):
    """A participant."""

    side: Kind = Field(description="The side it is on.")
    id: Name = Field(description="Its id in the profiles.")
    name: Beside = ""

    @classmethod
    def said(cls, record: Any, around: NamesAndTimes) -> dict[str, object]:
        """Of a participant's key, or of a record that has one."""
        return key_said(record, around) if isinstance(record, tuple) else super().said(record, around)

    def record(self, zone: ZoneInfo) -> Any:
        """The participant's key, or the record that has it."""
        return super().record(zone) if hasattr(self, "makes") else (self.side, self.id)


class PairShape(Shape):
    """A startup and an investor."""

    startup: IdShape = Field(description="The startup of the two.")
    investor: IdShape = Field(description="The investor of the two.")

    @classmethod
    def said(cls, record: Any, around: NamesAndTimes) -> dict[str, object]:
        """Of a pair of ids, or of a record that has one."""
        if not isinstance(record, tuple):
            return super().said(record, around)
        return dict(zip(("startup", "investor"), keys_of(record), strict=True))

    def record(self, zone: ZoneInfo) -> Any:
        """The pair of ids, or the record that has it."""
        return super().record(zone) if hasattr(self, "makes") else (self.startup.id, self.investor.id)


class OwnShape(KeyShape):
    """A participant's own number of meetings."""

    meetings: Count = Field(description="Meetings it should or may have, in place of those of everybody.")

    @classmethod
    def said(cls, record: tuple[Key, int], around: NamesAndTimes) -> dict[str, object]:
        """Of a participant's key and its number."""
        return {**key_said(record[0], around), "meetings": record[1]}

    def record(self, zone: ZoneInfo) -> Any:
        """The participant's key and its number."""
        return super().record(zone), self.meetings


class AbsentShape(KeyShape):
    """When a participant is away."""

    slots: Slots

    @classmethod
    def said(cls, record: tuple[Key, frozenset[int]], around: NamesAndTimes) -> dict[str, object]:
        """Of a participant's key and its slots."""
        return {**key_said(record[0], around), "slots": tuple(sorted(record[1]))}

    def record(self, zone: ZoneInfo) -> Any:
        """The participant's key and its slots."""
        return super().record(zone), frozenset(self.slots)


class SlotShape(Shape):
    """A slot."""

    makes: ClassVar[type[Any]] = Slot
    starts_at: Moment = Field(description="With the offset of the event's time zone.")
    ends_at: Moment = Field(description="With the offset of the event's time zone.")


class ClosedShape(Shape):
    """A table that is not to be had in a slot."""

    slot: Count = Field(description="Number of the slot, from 0.")
    table: StrictStr = Field(description="Name of the table.")

    @classmethod
    def said(cls, record: tuple[int, str], around: NamesAndTimes) -> dict[str, object]:  # noqa: ARG003
        """Of a slot and a table."""
        return dict(zip(("slot", "table"), record, strict=True))

    def record(self, zone: ZoneInfo) -> Any:  # noqa: ARG002
        """The slot and the table."""
        return self.slot, self.table


class InterpretersShape(Shape):
    """Interpreters of two languages."""

    makes: ClassVar[type[Any]] = Interpreters
    languages: tuple[Name, Name] = Field(description="Codes of the two, in the order of the alphabet.")
    counts: tuple[Count, ...] = Field(description="How many there are in each slot.")


class LockShape(PairShape):
    """A meeting fixed by hand."""

    makes: ClassVar[type[Any]] = Lock
    slot: Count | None = Field(description="Number of its (first) slot; null: any.")
    table: StrictStr = Field(description="Name of its table; empty: any.")


class EventShape(Shape):
    """The day and its rules."""

    makes: ClassVar[type[Any]] = Event
    name: StrictStr = Field(description="As the organiser calls it.")
    day: Day = Field(description="Of its first slot, like 2026-01-07.")
    time_zone: Name = Field(description="Its IANA name, like Asia/Seoul.")
    order: Order = Field(description="What comes first when meetings are chosen.")
    slots: tuple[SlotShape, ...] = Field(description="In the order of time; their numbers count from 0.")
    tables: tuple[Name, ...] = Field(description="Their names, in the organiser's order.")
    closed: tuple[ClosedShape, ...] = Field(description="Tables that are not to be had in a slot.")
    fewest: Count = Field(description="Meetings that everybody should have.")
    most: Count | None = Field(description="Meetings that everybody may have; null: one in every slot.")
    own_fewest: tuple[OwnShape, ...] = Field(description="Who should have another number of meetings.")
    own_most: tuple[OwnShape, ...] = Field(description="Who may have another number of meetings.")
    absent: tuple[AbsentShape, ...] = Field(description="Who is away, and when.")
    interpreters: tuple[InterpretersShape, ...] = Field(
        description="Pairs of languages, and how many interpreters each has."
    )
    locked: tuple[LockShape, ...] = Field(description="Meetings fixed by hand.")
    met: tuple[PairShape, ...] = Field(description="Who met before and shall not meet again.")
    doubles: tuple[PairShape, ...] = Field(description="Pairs whose meeting takes two slots.")
    languages: tuple[StrictStr, ...] = Field(description="Codes of what those speak who name no language.")
