"""A few slots filled anew, again and again: what found no place gets one, or better pairs take it.

Each time everything in two or three slots is taken out and they are filled in the best way, all else staying as it is
(large neighbourhood search; Shaw 1998). What is tried comes from a fixed sequence and ends by count, not by the clock.
"""

from __future__ import annotations

from random import Random

import numpy as np
from msgspec import Struct

from dealport.meetings.day.aims import Aim, reached
from dealport.meetings.day.days import Day, Ints
from dealport.meetings.day.solving import Floats
from dealport.meetings.timetable.filling import Filling
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places

# What a pair gains each time it is left out, against 1 for one that is placed (the breakout method; Morris 1993).
WAITED = 0.3
# Between equals, so that another try gives another answer: far below a step of what counts.
WHIM = 1e-3
# Tries without any gain after which there is no hope.
PATIENCE = 80
# Of so many places a few fractions are no reason to branch, which takes as long as ten other tries.
MOST_WHOLE = 1_500
# How often the slots are those of a pair without a place; else any.
FOR_A_PAIR = 0.7


class SearchState(Struct, frozen=True, eq=False):
    """Where the search plays.

    Attributes:
        day, tables: The day and its groups of tables.
        fixed: Meetings that stay where they are.
    """

    day: Day
    tables: Tables
    fixed: Places

    def without(self, held: Places, slots: Ints) -> Places:
        """The meetings that stay when some slots are filled anew; one that began before them and reaches in stays."""
        return held.take(~np.isin(held.slot, slots) | np.isin(held.pair, self.fixed.pair))


def squeeze_in(stage: SearchState, held: Places, chosen: Ints, *, together: int) -> Places:
    """The best of many tries to place all of the `chosen` pairs that are not held, until patience ends."""
    day, random = stage.day, Random(together)  # noqa: S311 - a fixed sequence
    worth, best, since = np.ones(len(day.pairs)), held, 0
    left = np.setdiff1d(chosen, held.pair)
    while len(left) and since < PATIENCE:
        room = Room.beside(day, stage.tables, held)
        pair = int(left[np.argmax(worth[left] + WHIM * _whims(left, random))])
        slots = _slots_for(day, room, pair, together, random)
        stays = stage.without(held, slots)
        again = np.concatenate([np.setdiff1d(held.pair, stays.pair), left])
        filled = _filled(stage, stays, again, slots, worth + WHIM * _whims(np.arange(len(worth)), random))
        since += 1
        if filled is None:
            continue
        held = stays.also(filled)
        left = np.setdiff1d(np.concatenate([again, left]), held.pair)
        worth[left] += WAITED
        if len(held) > len(best):
            best, since = held, 0
    return best


def _filled(stage: SearchState, stays: Places, again: Ints, slots: Ints, worth: Floats) -> Places | None:
    """The slots filled for the greatest worth; None where that took too long to find."""
    room = Room.beside(stage.day, stage.tables, stays)
    places = possible_places(stage.day, again, slots, room)
    filling = Filling(stage.day, places, room)
    return filling.fill(filling.gains(worth[places.pair]), in_whole=len(places) <= MOST_WHOLE)


# Points that a unit of each aim counts for while slots are filled anew. Each is worth more than what an exchange of a
# few meetings can cost the aims after it; whatever makes an aim worse in the end is not taken.
WEIGHTS = {
    "locked": 1e6,
    "mutual": 3e4,
    "investor_wishes": 1e3,
    "startup_wishes": 300.0,
    "ranked_wishes": 100.0,
    "score": 1e-5,
}
FEWEST_WEIGHT, FEWEST_STEP = 3e3, 0.3  # each lower number of meetings counts for so much more


class Wanted(Struct, frozen=True, eq=False):
    """What choosing again is for.

    Attributes:
        aims: In their order; bounds: what they can't pass: there the search ends.
        pairs: Those that should meet; the slots are mostly ones in which one of them that does not could.
        candidates: Others that may.
    """

    aims: tuple[Aim, ...]
    bounds: tuple[int, ...]
    pairs: Ints
    candidates: Ints


def choose_again(
    stage: SearchState, held: Places, wanted: Wanted, *, n_tries: int, patience: int, together: int
) -> Places:
    """The best of a number of tries to raise the aims by other pairs than those held; `patience`: tries in vain."""
    aims, bounds = wanted.aims, wanted.bounds
    day, random = stage.day, Random(together)  # noqa: S311 - a fixed sequence
    gain, now = _points(day, aims), reached(day, aims, held.pair)
    since = 0
    for _ in range(n_tries):
        if now == bounds or since == patience:
            break
        since += 1
        room = Room.beside(day, stage.tables, held)
        left = np.setdiff1d(wanted.pairs, held.pair)
        for_pair = len(left) and random.random() < FOR_A_PAIR
        pair = int(left[int(random.random() * len(left))]) if for_pair else None
        slots = _slots_for(day, room, pair, together, random)
        stays = stage.without(held, slots)
        again = np.setdiff1d(np.union1d(wanted.candidates, held.pair), stays.pair)
        room = Room.beside(day, stage.tables, stays)
        places = possible_places(day, again, slots, room)
        if not len(places):
            continue
        filling = Filling(day, places, room)
        filling.count_steps()
        whims = WHIM / 10 * _whims(places.pair, random)
        gains = filling.gains(gain[places.pair] + whims, _points_of_steps(aims, filling.step))
        filled = filling.fill(gains, step=1e-4, in_whole=len(places) <= MOST_WHOLE)
        if filled is None:
            continue
        new = stays.also(filled)
        then = reached(day, aims, new.pair)
        if then > now:
            since = 0
        if then >= now:
            held, now = new, then
    return held


def _points(day: Day, aims: tuple[Aim, ...]) -> Floats:
    """(p,) what a pair counts for, all aims together."""
    points = np.zeros(len(day.pairs))
    for aim in aims:
        if not aim.fewest:
            points += WEIGHTS[aim.name] * aim.gain
    return points


def _points_of_steps(aims: tuple[Aim, ...], step: Ints) -> Floats:
    """What somebody's first, second, ... meeting counts for."""
    most = max((aim.fewest for aim in aims), default=0)
    points: Floats = np.where(step <= most, FEWEST_WEIGHT * (1 + FEWEST_STEP * (most - step)), 0.0)
    return points


def _slots_for(day: Day, room: Room, pair: int | None, together: int, random: Random) -> Ints:
    """One slot in which both of a pair are there (any, without a pair), and others, those with a free table first."""
    pairs, n = day.pairs, day.n_slots
    whims = np.array([random.random() for _ in range(n)])
    first = whims
    if pair is not None:
        first = whims + (day.present[pairs.startup[pair]] & day.present[pairs.investor[pair]])
    one = int(np.argmax(first))
    others = np.argsort(-(whims + (room.free_tables > 0)), kind="stable")
    return np.sort(np.array([one, *others[others != one][: together - 1]]))


def _whims(pair: Ints, random: Random) -> Floats:
    """Numbers from 0 to 1, scattered evenly, other ones each time."""
    factor = 2 * int(random.random() * 2**20) + 1
    return ((pair + 1) * factor % 65_521) / 65_521
