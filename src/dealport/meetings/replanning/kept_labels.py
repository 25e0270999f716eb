"""Tables and interpreters of a plan that follows another: nobody is sent elsewhere without need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from dealport.meetings.day.plans import Meeting
from dealport.meetings.event.events import Event, IdPair
from dealport.meetings.reporting.interpreting import number_interpreters


class Stayed(Struct, frozen=True):
    """A meeting that has the time it had before.

    Attributes:
        before: As it was.
        is_past: It had begun when the plan was made again: table and interpreter stay whatever the event says now.
    """

    before: Meeting
    is_past: bool


def keep_labels(meetings: Iterable[Meeting], event: Event, stayed: Mapping[IdPair, Stayed]) -> tuple[Meeting, ...]:
    """The meetings with the tables and interpreters they had before, wherever these are to be had; order as given.

    A table that another meeting has now is exchanged with that one, unless it had it before too or is locked to it.
    """
    seated = _Seating(meetings, event, stayed).meetings
    counts = {one.name: one.counts for one in event.interpreters}
    kept: dict[str, int] = {}
    for meeting in seated:
        if (one := stayed.get(meeting.pair)) is not None:
            kind, number = _parted(one.before.interpreter)
            there = counts.get(kind, (0,) * len(event.slots))[meeting.slots[0]]
            if one.is_past or (kind == _parted(meeting.interpreter)[0] and number <= there):
                kept[meeting.uid] = number
    kinds = [replace(one, interpreter=_parted(_past_interpreter(one, stayed))[0]) for one in seated]
    numbered = number_interpreters(kinds, event, kept)
    return tuple(replace(one, interpreter=_past_interpreter(one, stayed)) for one in numbered)


class _Seating:
    """Meetings at tables that change one by one. It is filled: no frozen record."""

    def __init__(self, meetings: Iterable[Meeting], event: Event, stayed: Mapping[IdPair, Stayed]) -> None:
        self._event = event
        self._locked = {one.pair: one.table for one in event.locked if one.table}
        self._stayed = stayed
        self._all = [self._with_past_table(one) for one in meetings]
        self._at = {(slot, one.table): place for place, one in enumerate(self._all) for slot in one.slots}
        while sum(self._seat(place) for place in range(len(self._all))):
            pass  # a table that was left may be the one that somebody had before

    @property
    def meetings(self) -> list[Meeting]:
        """In the order given."""
        return self._all

    def _with_past_table(self, meeting: Meeting) -> Meeting:
        one = self._stayed.get(meeting.pair)
        return replace(meeting, table=one.before.table) if one is not None and one.is_past else meeting

    def _seat(self, place: int) -> bool:
        """Bring a meeting to the table it had before; whether it moved there."""
        meeting = self._all[place]
        wanted = self._wanted(meeting)
        if wanted in ("", meeting.table) or not self._is_open(wanted, meeting.slots):
            return False
        others = {self._at[key] for slot in meeting.slots if (key := (slot, wanted)) in self._at}
        if any(not self._gives_up(self._all[other], meeting) for other in others):
            return False
        for slot in meeting.slots:
            self._at.pop((slot, meeting.table))
        for other in others:
            self._move(other, meeting.table)
        self._move(place, wanted)
        return True

    def _wanted(self, meeting: Meeting) -> str:
        """The table it had before, "" where it must not or need not go there."""
        one = self._stayed.get(meeting.pair)
        locked = self._locked.get(meeting.pair, "")
        return one.before.table if one is not None and not one.is_past and not locked else ""

    def _gives_up(self, other: Meeting, meeting: Meeting) -> bool:
        """Whether another meeting may go to the table of this one instead."""
        one = self._stayed.get(other.pair)
        is_its_own = one is not None and one.before.table == other.table
        return set(other.slots) <= set(meeting.slots) and not is_its_own and other.pair not in self._locked

    def _is_open(self, table: str, slots: Iterable[int]) -> bool:
        return table in self._event.tables and all((slot, table) not in self._event.closed for slot in slots)

    def _move(self, place: int, table: str) -> None:
        meeting = self._all[place]
        self._all[place] = replace(meeting, table=table)
        self._at.update({(slot, table): place for slot in meeting.slots})


def _past_interpreter(meeting: Meeting, stayed: Mapping[IdPair, Stayed]) -> str:
    """The interpreter of a past meeting as it was, of others as it is."""
    one = stayed.get(meeting.pair)
    return one.before.interpreter if one is not None and one.is_past else meeting.interpreter


def _parted(interpreter: str) -> tuple[str, int]:
    """Kind and number; 0 where none is told."""
    kind, _, number = interpreter.rpartition(" ")
    return (kind, int(number)) if number.isdecimal() and len(number) < 10 else (interpreter, 0)
