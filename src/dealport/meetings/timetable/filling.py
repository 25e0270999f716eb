"""The program that fills places in time: each place is taken or not, and takes of people, tables and interpreters."""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct

from dealport.meetings.day.aims import Aim
from dealport.meetings.day.days import ANY, Day, Ints, Mask
from dealport.meetings.day.solving import Answer, Floats, MatrixEntries, Program, has_fractions
from dealport.meetings.timetable.time_places import Places, Room, taken_slots


class Filling:
    """The program of some places: each column is one, taken or not. It grows: no frozen record."""

    def __init__(self, day: Day, places: Places, room: Room) -> None:
        """A row for whatever several places take of, where not all of them could."""
        self.day, self.places, self.room = day, places, room
        self.program = Program()
        self.step_owner = self.step = np.empty(0, np.int64)
        n = len(places)
        self.program.add_columns(np.zeros(n), np.ones(n), MatrixEntries.joined(()))
        for rows in self._rows():
            rows.add_to(self.program)

    def _rows(self) -> list[_Rows]:
        """A pair meets once; nobody has two meetings in a slot, or too many; tables and interpreters suffice."""
        day, places, room, n_slots = self.day, self.places, self.room, self.day.n_slots
        every = np.arange(len(places))
        slots = taken_slots(day, places)
        sides = day.pairs.startup[places.pair], day.pairs.investor[places.pair]
        grouped = [(slot[owns], which[owns]) for slot, which in slots for owns in (places.group[which] != ANY,)]
        served = [(slot[needs], which[needs]) for slot, which in slots for needs in (places.route[which] != ANY,)]
        return [
            _Rows(places.pair, every, np.ones(len(day.pairs))),
            _Rows.together(
                [_Rows(who[which] * n_slots + slot, which, room.free.ravel()) for slot, which in slots for who in sides]
            ),
            _Rows.together([_Rows(slot, which, room.free_tables) for slot, which in slots]),
            _Rows.together(
                [_Rows(places.group[one] * n_slots + slot, one, room.in_groups.ravel()) for slot, one in grouped]
            ),
            _Rows.together(
                [_Rows(places.route[one] * n_slots + slot, one, room.interpreters.ravel()) for slot, one in served]
            ),
            _Rows.together([_Rows(who, every, room.most) for who in sides]),
        ]

    def count_steps(self) -> None:
        """Columns that count the first, second, ... meeting of whoever should have so many, those held counted in."""
        day, places, room = self.day, self.places, self.room
        have = day.n_had + room.n_meetings
        missing = np.clip(day.fewest - have, 0, np.maximum(0, room.most))
        here = np.zeros(len(day.most), bool)
        here[day.pairs.startup[places.pair]] = here[day.pairs.investor[places.pair]] = True
        owner = np.flatnonzero((missing > 0) & here)
        self.step_owner = np.repeat(owner, missing[owner])
        order = np.arange(len(self.step_owner)) - np.searchsorted(self.step_owner, self.step_owner)
        self.step = have[self.step_owner] + order + 1
        row = np.full(len(day.most), ANY)
        row[owner] = np.arange(len(owner))
        parts = []
        for side in (day.pairs.startup, day.pairs.investor):
            who = row[side[places.pair]]
            column = np.flatnonzero(who != ANY)
            parts.append(MatrixEntries(who[column], column, np.full(len(column), -1.0)))
        first = self.program.n_rows
        self.program.add_rows(np.full(len(owner), -np.inf), np.zeros(len(owner)), MatrixEntries.joined(parts))
        n = len(self.step_owner)
        entries = MatrixEntries(first + row[self.step_owner], np.arange(n), np.ones(n))
        self.program.add_columns(np.zeros(n), np.ones(n), entries)

    def gains(self, of_places: Floats, of_steps: Floats | None = None) -> Floats:
        """(c,) of places and steps."""
        return np.concatenate([of_places, np.zeros(len(self.step)) if of_steps is None else of_steps])

    def aim_gains(self, aim: Aim, unit: float = 1.0) -> Floats:
        """(c,) of an aim, in units of it."""
        if aim.fewest:
            return self.gains(np.zeros(len(self.places)), (self.step == aim.fewest).astype(np.float64))
        return self.gains(aim.gain[self.places.pair] / unit)

    def whole(self) -> Mask:
        """(c,) places are taken or not; steps follow by themselves."""
        return np.arange(self.program.n_columns) < len(self.places)

    def keep(self, gains: Floats, least: float) -> None:
        """From now on, a sum of gains (c,) is not less."""
        columns = np.flatnonzero(gains)
        entries = MatrixEntries(np.zeros(len(columns), np.int64), columns, gains[columns])
        self.program.add_rows(np.array([least]), np.array([np.inf]), entries)

    def best(self, gains: Floats, *, step: float, in_whole: bool = True) -> tuple[Places, Answer] | None:
        """The places to take for the greatest sum of gains (c,), and the answer; two sums differ by a step or more.

        Nine times of ten the best in fractions has none, in a tenth of the time. If it has, and not `in_whole`: None.
        """
        self.program.set_gains(gains)
        answer = self.program.solve()
        if answer is not None and has_fractions(answer.values[: len(self.places)]):
            answer = self.program.solve(whole=self.whole(), step=step) if in_whole else None
        return (self.places.take(answer.values[: len(self.places)] > 0.5), answer) if answer else None

    def fill(self, gains: Floats, *, step: float = 0.01, in_whole: bool = True) -> Places | None:
        """The places to take alone."""
        found = self.best(gains, step=step, in_whole=in_whole)
        return found[0] if found else None


class _Rows(Struct, frozen=True, eq=False):
    """Entries of 1: key of the row and column; `limits` are by key."""

    key: Ints
    column: Ints
    limits: Ints | Mask | Floats

    @classmethod
    def together(cls, parts: list[Self]) -> Self:
        """Of several that share their keys."""
        none = np.empty(0, np.int64)
        key, column = (np.concatenate([none, *(getattr(one, name) for one in parts)]) for name in ("key", "column"))
        return cls(key, column, parts[0].limits if parts else np.empty(0))

    def add_to(self, program: Program) -> None:
        """Add those that can bind: a row with no more entries than its limit never does."""
        used, row, count = np.unique(self.key, return_inverse=True, return_counts=True)
        limits = np.maximum(0.0, self.limits[used].astype(np.float64))
        binds = count > limits
        place = np.cumsum(binds) - 1
        kept = binds[row]
        entries = MatrixEntries(place[row[kept]], self.column[kept], np.ones(int(kept.sum())))
        program.add_rows(np.full(int(binds.sum()), -np.inf), limits[binds], entries)
