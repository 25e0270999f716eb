"""The day changes: what is past stays, as few meetings as possible are dropped, then moved; free places are filled."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dealport.meetings.day.aims import Aim, aims_of, reached
from dealport.meetings.day.days import ANY, Day, Ints, Level, Timetable
from dealport.meetings.day.solving import SLACK, whole_bound
from dealport.meetings.planning_day import plan_day
from dealport.meetings.timetable.filling import Filling
from dealport.meetings.timetable.seating import seat
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places


def replan_day(day: Day, before: Timetable, now: int) -> Timetable:
    """The plan before, as far as it can be kept, with free places filled.

    `before`: its meetings, as numbers of the day's pairs. Those that begin before slot `now` stay whatever the day says
    now. Of the others, in this order: as many locked ones as possible are placed (new ones too), as many as possible
    are kept, as many as possible stay in their slot, then with their kind of interpreter; each proven. Places that are
    free then are filled as `plan_day` does, and nobody else is moved.
    """
    tables = Tables.of(day)
    past = before.slot < now
    stays = Places(
        before.pair[past],
        before.route[past],
        before.slot[past],
        tables.group_of(day, before.pair[past], before.table[past]),
    )
    kept, levels = _keep(day, tables, stays, _Coming(day, before, now))
    held = stays.also(kept)
    seated = seat(day, held, (), **_tables_of(held, before, now))
    rest = np.setdiff1d(np.arange(len(day.pairs)), held.pair)
    aims = aims_of(day)
    filled = plan_day(_rest(day, rest, _room(day, tables, held), seated, now), tuple(aim.only(rest) for aim in aims))
    filled = replace(filled, pair=rest[filled.pair])
    both = {
        one: np.concatenate([getattr(seated, one), getattr(filled, one)]) for one in ("pair", "slot", "table", "route")
    }
    order = np.lexsort((both["pair"], both["slot"]))
    return Timetable(
        **{name: numbers[order] for name, numbers in both.items()},
        levels=(*levels, *_levels(day, aims, seated, filled)),
    )


def _levels(day: Day, aims: tuple[Aim, ...], seated: Timetable, filled: Timetable) -> list[Level]:
    """The aims, what stays and what is filled together."""
    values = reached(day, aims, np.concatenate([seated.pair, filled.pair]))
    levels = []
    for aim, level, value, base in zip(aims, filled.levels, values, reached(day, aims, seated.pair), strict=True):
        # Participants are counted with what they have; pairs are not.
        levels.append(Level(aim.name, value, level.bound + (0 if aim.fewest else base)))
    return levels


class _Coming(Struct, frozen=True, eq=False):
    """The meetings of the plan before that are still to come, by pair."""

    day: Day
    before: Timetable
    now: int

    def slot_of(self) -> Ints:
        """(p,) slot of the pair's meeting, ANY where it has none to come."""
        return self._of(self.before.slot)

    def route_of(self) -> Ints:
        """(p,) kind of interpreter of the pair's meeting."""
        return self._of(self.before.route)

    def _of(self, values: Ints) -> Ints:
        coming = self.before.slot >= self.now
        told = np.full(len(self.day.pairs), ANY)
        told[self.before.pair[coming]] = values[coming]
        return told


def _keep(day: Day, tables: Tables, stays: Places, coming: _Coming) -> tuple[Places, tuple[Level, ...]]:
    """The meetings to come that can be kept, and new locked ones; with how many could be."""
    room = _room(day, tables, stays)
    slot_of, route_of = coming.slot_of(), coming.route_of()
    pairs = day.pairs
    again = np.setdiff1d(np.flatnonzero((slot_of != ANY) | pairs.is_locked), stays.pair)
    places = possible_places(day, again, np.arange(coming.now, day.n_slots), room)
    if not len(places):
        return places, (Level("kept", 0, 0), Level("unmoved", 0, 0))
    filling = Filling(day, places, room)
    locked = pairs.is_locked[places.pair]
    filling.keep(filling.gains(locked.astype(np.float64)), _most_locked(day, places.take(locked), room) - SLACK)
    old = slot_of[places.pair] != ANY
    same = old & (slot_of[places.pair] == places.slot)
    # Kept before unmoved: one more is worth more than all that could be moved for it.
    each = 1.0 + old.sum()
    found = filling.best(filling.gains(each * old + same), step=1.0)
    assert found is not None, "locked meetings that fit alone fit"  # noqa: S101
    kept, answer = found
    n_kept, n_unmoved = (round(float(answer.values[: len(places)] @ which)) for which in (old, same))
    beyond = whole_bound(answer.bound - answer.objective)
    levels = (
        Level("kept", n_kept, n_kept + int(beyond // each)),
        Level("unmoved", n_unmoved, min(n_kept, n_unmoved + beyond)),
    )
    filling.keep(filling.gains(each * old + same), each * n_kept + n_unmoved - SLACK)
    served = same & (route_of[places.pair] == places.route)
    return filling.fill(filling.gains(served.astype(np.float64)), step=1.0) or kept, levels


def _most_locked(day: Day, places: Places, room: Room) -> int:
    """How many locked meetings can be placed, were there no others."""
    if not len(places):
        return 0
    filling = Filling(day, places, room)
    return len(filling.fill(filling.gains(np.ones(len(places))), step=1.0) or ())


def _room(day: Day, tables: Tables, held: Places) -> Room:
    """What is left; past meetings may have taken more than there is now, which leaves nothing."""
    room = Room.beside(day, tables, held)
    most = np.maximum(0, np.maximum(room.most, _locked_to_come(day, held)))
    left = {name: np.maximum(0, getattr(room, name)) for name in ("free_tables", "in_groups", "interpreters")}
    return replace(room, most=most, **left)


def _locked_to_come(day: Day, held: Places) -> Ints:
    """(n,) locked meetings of each participant that are not held."""
    to_come = day.pairs.is_locked.copy()
    to_come[held.pair] = False
    n = len(day.most)
    return np.bincount(day.pairs.startup[to_come], minlength=n) + np.bincount(day.pairs.investor[to_come], minlength=n)


def _tables_of(held: Places, before: Timetable, now: int) -> dict[str, Ints]:
    """Tables given for what is past, and those of before for what stays in its slot."""
    place = {(pair, slot): table for pair, slot, table in zip(before.pair, before.slot, before.table, strict=True)}
    table = np.array([place.get(key, ANY) for key in zip(held.pair, held.slot, strict=True)], dtype=np.int64)
    past = held.slot < now
    return {"fixed": np.where(past, table, ANY), "before": np.where(past, ANY, table)}


def _rest(day: Day, rest: Ints, room: Room, seated: Timetable, now: int) -> Day:
    """The day that is left for filling: the pairs of `rest`, free people, tables and interpreters, from now on."""
    present, free = room.free.copy(), day.tables.copy()
    present[:, :now] = False
    twice = np.flatnonzero(day.pairs.n_slots[seated.pair] > 1)
    for slot, table in ((seated.slot, seated.table), (seated.slot[twice] + 1, seated.table[twice])):
        free[slot, table] = False
    return replace(
        day,
        present=present,
        tables=free,
        interpreters=room.interpreters,
        pairs=day.pairs.take(rest),
        most=room.most,
        had=day.n_had + room.n_meetings,
    )
