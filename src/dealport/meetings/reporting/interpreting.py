"""Which interpreter goes where: numbers within each kind, so that whoever works goes from table to table seldom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from dealport.meetings.day.plans import Meeting
from dealport.meetings.event.events import Event


def number_interpreters(
    meetings: Iterable[Meeting], event: Event, kept: Mapping[str, int] | None = None
) -> tuple[Meeting, ...]:
    """Meetings whose interpreter is a kind, ``ko-zh``, with one of its interpreters, ``ko-zh 2``; order as given.

    No number is used twice at a time, none is higher than the kind has interpreters when the meeting begins (a
    timetable never needs more), and both slots of a meeting have the same. A meeting with a number in `kept` (by UID)
    has that one. Of the others, each interpreter takes, slot after slot, the one at the table where it was last, else
    one with somebody it was with, else any.
    """
    meetings = tuple(meetings)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, meeting in enumerate(meetings):
        if meeting.interpreter:
            by_kind[meeting.interpreter].append(place)
    counts = {one.name: one.counts for one in event.interpreters}
    numbered = list(meetings)
    for kind, places in by_kind.items():
        rota = _Rota(counts.get(kind, ()), kept or {})
        own = [meetings[place] for place in places]
        for slot in sorted({one.slots[0] for one in own}):
            rota.fill([one for one in own if one.slots[0] == slot])
        for place in places:
            numbered[place] = replace(meetings[place], interpreter=f"{kind} {rota.numbers[meetings[place].uid]}")
    return tuple(numbered)


class _Rota:
    """Interpreters of one kind, slot after slot. It grows: no frozen record.

    Attributes:
        numbers: The interpreter of each meeting, by UID.
    """

    def __init__(self, counts: Sequence[int], kept: Mapping[str, int]) -> None:
        self.numbers: dict[str, int] = {}
        self._counts, self._kept = counts, kept
        self._at_work: dict[int, set[int]] = defaultdict(set)  # slot to numbers
        self._last: dict[int, Meeting] = {}  # of each number

    def fill(self, starting: Iterable[Meeting]) -> None:
        """Numbers for the meetings that begin in a slot; those over two slots choose first."""
        left = sorted(starting, key=lambda one: (-len(one.slots), one.pair))
        before = dict(self._last)
        ways: tuple[Callable[[int, Meeting], bool], ...] = (
            lambda number, one: self._kept.get(one.uid) == number,
            lambda number, one: self._is_there(number, one) and number in before and before[number].table == one.table,
            lambda number, one: self._is_there(number, one) and number in before and _shares(before[number], one),
            lambda number, _: number > 0,
        )
        for way in ways:
            for one in tuple(left):
                if (number := self._first(one, way)) is not None:
                    self._take(one, number)
                    left.remove(one)

    def _first(self, one: Meeting, way: Callable[[int, Meeting], bool]) -> int | None:
        """The lowest number that is free and fits a way, the kept one whatever the count; None: there is none."""
        kept = self._kept.get(one.uid, 0)
        taken = self._at_work[one.slots[0]]
        most = max(self._count(one.slots[0]), kept, len(taken) + 1)
        return next((n for n in range(1, most + 1) if n not in taken and way(n, one)), None)

    def _is_there(self, number: int, one: Meeting) -> bool:
        """Whether there are so many interpreters to the end of a meeting."""
        return number <= min(self._count(slot) for slot in one.slots)

    def _take(self, one: Meeting, number: int) -> None:
        self.numbers[one.uid] = number
        self._last[number] = one
        for slot in one.slots:
            self._at_work[slot].add(number)

    def _count(self, slot: int) -> int:
        return self._counts[slot] if slot < len(self._counts) else 0


def _shares(one: Meeting, other: Meeting) -> bool:
    """Whether somebody is in both."""
    return one.pair[0] == other.pair[0] or one.pair[1] == other.pair[1]
