"""Why two do not meet: the questions, in the order they are asked, of many pairs at once."""

from __future__ import annotations

from typing import Self, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.meetings.day.aims import count_meetings, most_meetings
from dealport.meetings.day.days import ANY, Day, Ints, Mask, Pairs, Timetable
from dealport.meetings.day.plans import Cause

CAUSES: tuple[Cause, ...] = get_args(Cause)
_NUMBER = {cause: number for number, cause in enumerate(CAUSES)}


class Hindrances(Struct, frozen=True, eq=False):
    """What stands in the way of some pairs of a day, q of them.

    Attributes:
        cause: (q,) numbers in CAUSES.
        slots: (q, t) in which slots interpreters or tables are lacking; none for other causes.
    """

    cause: Ints
    slots: Mask


class Left(Struct, frozen=True, eq=False):
    """What a timetable leaves of its day.

    Attributes:
        free: (n, t) who is there and has no meeting.
        tables: (t, b) tables left; interpreters: (l, t) whether there is one left.
        is_full: (n,) whoever has as many meetings as it may.
    """

    free: Mask
    tables: Mask
    interpreters: Mask
    is_full: Mask

    @classmethod
    def of(cls, day: Day, timetable: Timetable) -> Self:
        """What is left."""
        free, tables, interpreters = day.present.copy(), day.tables.copy(), day.interpreters.copy()
        startup, investor = day.pairs.startup[timetable.pair], day.pairs.investor[timetable.pair]
        n_slots = day.pairs.n_slots[timetable.pair]
        for later in range(int(n_slots.max(initial=0))):
            which = np.flatnonzero(n_slots > later)
            slot, route = timetable.slot[which] + later, timetable.route[which]
            free[startup[which], slot] = free[investor[which], slot] = False
            tables[slot, timetable.table[which]] = False
            np.subtract.at(interpreters, (route[route != ANY], slot[route != ANY]), 1)
        is_full = count_meetings(day, timetable.pair) >= most_meetings(day)
        return cls(free, tables, interpreters > 0, is_full)


def find_hindrances(day: Day, timetable: Timetable, chosen: Ints) -> Hindrances:
    """What keeps the `chosen` pairs (q,) from meeting; none of them meets.

    One of the two away all day: absent; one of the two full: full; never there together: absent; never free together:
    busy. Of the times at which both are free: if one has all that is needed, the pair is outweighed; else interpreters
    are lacking at some, or tables at all.
    """
    pairs, left = day.pairs.take(chosen), Left.of(day, timetable)
    is_away: Mask = ~np.any(day.present, axis=1)
    cause = np.full(len(pairs), _NUMBER["outweighed"])
    cause[left.is_full[pairs.startup] | left.is_full[pairs.investor]] = _NUMBER["full"]
    cause[is_away[pairs.startup] | is_away[pairs.investor]] = _NUMBER["absent"]
    slots = np.zeros((len(pairs), day.n_slots), bool)
    asked = np.flatnonzero(cause == _NUMBER["outweighed"])
    if len(asked):
        cause[asked], slots[asked] = _in_time(day, left, pairs.take(asked))
    return Hindrances(cause, slots)


def _in_time(day: Day, left: Left, pairs: Pairs) -> tuple[Ints, Mask]:
    """The cause of pairs that have room, and the slots in which something is lacking."""
    both_free = _begins(day, pairs, left.free[pairs.startup] & left.free[pairs.investor])
    served, unserved = _served(day, left, pairs)
    seated, unseated = _seated(left, pairs)
    no_interpreter, no_table = both_free & ~served, both_free & served & ~seated
    cause = np.select(
        [
            ~_begins(day, pairs, day.present[pairs.startup] & day.present[pairs.investor]).any(axis=1),
            ~both_free.any(axis=1),
            (both_free & served & seated).any(axis=1),
            no_interpreter.any(axis=1),
        ],
        [_NUMBER["absent"], _NUMBER["busy"], _NUMBER["outweighed"], _NUMBER["no_interpreter"]],
        _NUMBER["no_table"],
    )
    slots = np.zeros_like(both_free)
    scarce = (_NUMBER["no_interpreter"], no_interpreter, unserved), (_NUMBER["no_table"], no_table, unseated)
    for number, begins, lacking in scarce:
        which = np.flatnonzero(cause == number)
        slots[which] = _lacking(begins[which], lacking[which], pairs.n_slots[which] > 1)
    return cause, slots


def _begins(day: Day, pairs: Pairs, holds: Mask) -> Mask:
    """(q, t) where a meeting may begin, if something must hold (q, t) in all its slots."""
    begins = holds.copy()
    twice = pairs.n_slots > 1
    begins[twice] &= _later(holds[twice]) & day.follows
    fixed = np.flatnonzero(pairs.locked_slot != ANY)
    begins[fixed] &= np.arange(day.n_slots) == pairs.locked_slot[fixed, None]
    return begins


def _served(day: Day, left: Left, pairs: Pairs) -> tuple[Mask, Mask]:
    """(q, t) whether an interpreter is left for all slots from one on, or none needed; and where none is in a slot."""
    needs: Mask = np.any(pairs.routes, axis=1)
    served = np.repeat(~needs[:, None], day.n_slots, axis=1)
    unserved = ~served
    twice = pairs.n_slots > 1
    for kind, is_left in enumerate(left.interpreters):
        can = pairs.routes[:, kind]
        served[can & ~twice] |= is_left
        served[can & twice] |= is_left & _later(is_left)
        unserved[can] &= ~is_left
    return served, unserved


def _seated(left: Left, pairs: Pairs) -> tuple[Mask, Mask]:
    """(q, t) whether a table is left for all slots from one on; and where none is in a slot."""
    twice = pairs.n_slots > 1
    both = left.tables & _later(left.tables.T).T
    any_left: Mask = np.any(left.tables, axis=1)
    seated = np.where(twice[:, None], np.any(both, axis=1), any_left)
    unseated = np.tile(~any_left, (len(pairs), 1))
    for pair in np.flatnonzero(pairs.locked_table != ANY).tolist():
        table = pairs.locked_table[pair]
        seated[pair] = (both if twice[pair] else left.tables)[:, table]
        unseated[pair] = ~left.tables[:, table]
    return seated, unseated


def _later(holds: Mask) -> Mask:
    """(..., t) whether it holds in the slot after each."""
    later: NDArray[np.bool_] = np.zeros_like(holds)
    later[..., :-1] = holds[..., 1:]
    return later


def _lacking(begins: Mask, lacking: Mask, twice: Mask) -> Mask:
    """(q, t) the slots, of meetings that begin at `begins`, in which something is lacking.

    Of two slots that have something each, but not the same table or interpreter, both.
    """
    first, second = begins & lacking, begins & _later(lacking) & twice[:, None]
    neither = begins & ~first & ~second
    marked: Mask = first | neither
    marked[:, 1:] |= (second | (neither & twice[:, None]))[:, :-1]
    return marked
