"""Which pairs may meet on a day, and what each of them needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.meetings.day.days import ANY, NO_WISH, Ints, Mask, Pairs
from dealport.meetings.day.plans import Attendee
from dealport.meetings.event.events import Event, IdPair, Key, Wishes


class Sides(Struct, frozen=True, eq=False):
    """The participants of a day.

    Attributes:
        attendees: Startups, then investors.
        present: (n, t) who is there when.
    """

    attendees: Sequence[Attendee]
    n_startups: int
    present: Mask

    def numbers(self, pairs: Iterable[IdPair]) -> tuple[Ints, Ints]:
        """Rows and columns of pairs in (s, i), in their order; those of strangers are left out."""
        places = self._places()
        found = [
            (places["startup", startup], places["investor", investor])
            for startup, investor in pairs
            if ("startup", startup) in places and ("investor", investor) in places
        ]
        rows, columns = np.array(found, np.int64).reshape(-1, 2).T
        return rows, columns

    def ranks(self, wishes: Wishes) -> tuple[Ints, Ints]:
        """(s, i) each place of the other, from 1, in the wishes of the startup and of the investor; NO_WISH."""
        shape = self.n_startups, len(self.attendees) - self.n_startups
        by_startup, by_investor = np.full(shape, NO_WISH), np.full(shape, NO_WISH)
        places = self._places()
        for key, place in places.items():
            for rank, other in enumerate(wishes.get(key, ()), start=1):
                if key[0] == "startup" and (column := places.get(("investor", other))) is not None:
                    by_startup[place, column] = rank
                elif key[0] == "investor" and (row := places.get(("startup", other))) is not None:
                    by_investor[row, place] = rank
        return by_startup, by_investor

    def spoken(self, codes: Sequence[str]) -> tuple[Mask, Mask]:
        """(s, c) and (i, c) who speaks which of some languages."""
        number = {code: place for place, code in enumerate(codes)}
        spoken = np.zeros((len(self.attendees), len(codes)), bool)
        for place, one in enumerate(self.attendees):
            spoken[place, [number[code] for code in one.languages if code in number]] = True
        return spoken[: self.n_startups], spoken[self.n_startups :]

    def _places(self) -> dict[Key, int]:
        """Each one's place on its side."""
        return {
            one.key: place - (place >= self.n_startups) * self.n_startups for place, one in enumerate(self.attendees)
        }


def find_pairs(
    event: Event,
    wishes: Wishes,
    sides: Sides,
    score_units: NDArray[np.int64],
    first_gate: NDArray[np.uint8],
    *,
    also: Collection[IdPair] = (),
) -> Pairs:
    """The pairs that may meet: see `preparing.prepare`."""
    needs = needs_interpreter(sides)
    kinds = [served_by(sides, one.languages) for one in event.interpreters]
    is_open = are_free_to_meet(event, sides, first_gate) & (~needs | _any(kinds, needs.shape))
    locked_pairs = sides.numbers(one.pair for one in event.locked)
    is_open[locked_pairs] = True
    is_open[sides.numbers(also)] = True
    row, column = np.nonzero(is_open)
    by_startup, by_investor = sides.ranks(wishes)
    n_slots, is_locked = np.ones(is_open.shape, np.int64), np.zeros(is_open.shape, bool)
    n_slots[sides.numbers(event.doubles)] = 2
    is_locked[locked_pairs] = True
    slots, tables = _locked_places(event, sides, is_open.shape)
    served = [kind[row, column] for kind in kinds]
    return Pairs(
        startup=row,
        investor=sides.n_startups + column,
        score_units=score_units[row, column],
        startup_rank=by_startup[row, column],
        investor_rank=by_investor[row, column],
        n_slots=n_slots[row, column],
        needs_interpreter=needs[row, column],
        routes=np.array(served, bool).reshape(len(kinds), len(row)).T & needs[row, column][:, None],
        is_locked=is_locked[row, column],
        locked_slot=slots[row, column],
        locked_table=tables[row, column],
    )


def needs_interpreter(sides: Sides) -> Mask:
    """(s, i) who shares no language; of whoever says nothing about languages that is not known, so none is planned."""
    codes = sorted({code for one in sides.attendees for code in one.languages})
    startups, investors = sides.spoken(codes)
    shared = startups.astype(np.float32) @ investors.T.astype(np.float32) > 0
    startups_tell: Mask = np.any(startups, axis=1)
    needs: Mask = ~shared & startups_tell[:, None] & np.any(investors, axis=1)
    return needs


def served_by(sides: Sides, languages: tuple[str, str]) -> Mask:
    """(s, i) whom interpreters of two languages can serve: one is spoken on either side."""
    startups, investors = sides.spoken(languages)
    one, other = startups[:, :1] & investors[:, 1], startups[:, 1:] & investors[:, 0]
    served: Mask = one | other
    return served


def are_free_to_meet(event: Event, sides: Sides, first_gate: NDArray[np.uint8]) -> Mask:
    """(s, i) who may meet but for interpreters: gates open, there together at some time, not met before."""
    free: Mask = (first_gate == 0) & are_there_together(sides)
    free[sides.numbers(event.met)] = False
    return free


def are_there_together(sides: Sides) -> Mask:
    """(s, i) who is there in one slot at least."""
    startups, investors = sides.present[: sides.n_startups], sides.present[sides.n_startups :]
    together: Mask = startups.astype(np.float32) @ investors.T.astype(np.float32) > 0
    return together


def _any(masks: Iterable[Mask], shape: tuple[int, ...]) -> Mask:
    found = np.zeros(shape, bool)
    for mask in masks:
        found |= mask
    return found


def _locked_places(event: Event, sides: Sides, shape: tuple[int, ...]) -> tuple[Ints, Ints]:
    """(s, i) slot and table that a pair is locked to, else ANY."""
    slots, tables = np.full(shape, ANY), np.full(shape, ANY)
    for lock in event.locked:
        at = sides.numbers([lock.pair])
        slots[at] = ANY if lock.slot is None else lock.slot
        tables[at] = event.tables.index(lock.table) if lock.table else ANY
    return slots, tables
