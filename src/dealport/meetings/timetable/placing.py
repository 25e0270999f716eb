"""From a selection to slots: slot after slot, the most urgent meetings first."""

from __future__ import annotations

import numpy as np

from dealport.meetings.day.days import ANY, Day, Ints
from dealport.meetings.day.solving import Floats
from dealport.meetings.timetable.filling import Filling
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places

# What any meeting placed is worth beside its urgency: a full slot comes first, then whom it holds.
PLACED = 4.0
# How much the urgency of a participant, of a pair and of an interpreter counts, and how steeply it grows as choice
# gets less. Of the values tried on standard events of 150 and 400 these left the fewest without a place: 1-3 % (.5, 1
# and 0 left 4 %).
OF_PEOPLE, OF_PAIR, OF_INTERPRETERS = 2.0, 2.0, 4.0
STEEP, STEEP_INTERPRETERS = 2, 8


def place_by_urgency(day: Day, tables: Tables, chosen: Ints, held: Places) -> Places:
    """The meetings `held` and as many of the `chosen` pairs as find a place beside them."""
    left = np.setdiff1d(chosen, held.pair)
    for slot in range(day.n_slots):
        room = Room.beside(day, tables, held)
        places = possible_places(day, left, np.array([slot]), room)
        if not len(places):
            continue
        filling = Filling(day, places, room)
        gains = (
            PLACED
            + _urgency(day, left, slot, room)[places.pair]
            + _of_interpreters(day, left, slot, room)[places.route]
        )
        held = held.also(filling.fill(filling.gains(gains)) or Places.none())
        left = np.setdiff1d(left, held.pair)
    return held


def _urgency(day: Day, left: Ints, slot: int, room: Room) -> Floats:
    """(p,) how little choice the two participants of a pair, and the pair, have from this slot on."""
    pairs, n = day.pairs, len(day.most)
    startup, investor = pairs.startup[left], pairs.investor[left]
    coming = room.free[:, slot:]
    n_left = sum(np.bincount(side, pairs.n_slots[left], minlength=n) for side in (startup, investor))
    slack = np.maximum(0.0, coming.sum(axis=1) - n_left)
    own = 1.0 / (1.0 + slack) ** STEEP
    both = (coming[startup] & coming[investor]).sum(axis=1)
    urgency = np.zeros(len(pairs))
    urgency[left] = OF_PEOPLE * (own[startup] + own[investor]) + OF_PAIR / np.maximum(1, both) ** STEEP
    urgency[left[pairs.locked_slot[left] == slot]] += PLACED * day.n_slots
    return urgency


def _of_interpreters(day: Day, left: Ints, slot: int, room: Room) -> Floats:
    """(l + 1,) how scarce each kind of interpreter is from this slot on, 0 to 4; last, of none: 0."""
    routes = day.pairs.routes[left]
    asked = (routes / np.maximum(1, routes.sum(axis=1, keepdims=True))).sum(axis=0)
    there = room.interpreters[:, slot:].sum(axis=1)
    scarce: Floats = np.minimum(1.0, asked / np.maximum(1, there)) ** STEEP_INTERPRETERS
    return np.append(OF_INTERPRETERS * scarce, 0.0)


assert ANY == -1, "the last of the scarcities is that of no interpreter"  # noqa: S101
