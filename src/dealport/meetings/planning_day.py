"""The plan of a day in numbers, told in order: what may meet, the selection, its slots, what is chosen again, the tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dealport.meetings.aims import aims_of, reached
from dealport.meetings.days import Day, Ints, Level, Timetable
from dealport.meetings.places import Places, Room, Tables, possible_places
from dealport.meetings.placing import place_by_urgency
from dealport.meetings.refilling import Stage, choose_again, squeeze_in
from dealport.meetings.seating import seat
from dealport.meetings.selection import Selection, select

# Tries to place what is left, then to choose again: two slots at a time, then three.
SQUEEZE_TRIES = {2: 120, 3: 240}
CHOOSE_TRIES = {2: 200, 3: 150}
# Pairs this many points from being worth it are looked at when a slot is chosen again; others never were taken.
NEAR_POINTS = 10.0


def plan_day(day: Day) -> Timetable:
    """The best timetable of a day: every aim in its order as high as could be, nothing selected left unplaced."""
    here = with_places(day)
    part = replace(day, pairs=day.pairs.take(here))
    selection = select(part)
    held = _place_all(part, selection)
    timetable = seat(part, held, _levels(part, selection, held))
    return replace(timetable, pair=here[timetable.pair])


def with_places(day: Day) -> Ints:
    """The pairs for which there is any place at all, if nobody else met."""
    everything = Room.beside(day, Tables.of(day), Places.none())
    places = possible_places(day, np.arange(len(day.pairs)), np.arange(day.n_slots), everything)
    return np.unique(places.pair)


def _place_all(day: Day, selection: Selection) -> Places:
    """The selection in slots; where it can't be placed whole, the best that can."""
    tables, chosen = Tables.of(day), selection.arcs.pair
    stage = Stage(day, tables, Places.none())
    held = place_by_urgency(day, tables, chosen, Places.none())
    for together, n_tries in SQUEEZE_TRIES.items():
        held = squeeze_in(stage, held, chosen, n_tries=n_tries, together=together)
    if len(held) == len(chosen):
        return held
    aims = aims_of(day)
    near = np.flatnonzero(selection.worth >= -NEAR_POINTS)
    candidates = np.union1d(near, chosen)
    for together, n_tries in CHOOSE_TRIES.items():
        held = choose_again(stage, aims, held, chosen, candidates, n_tries=n_tries, together=together)
    return held


def _levels(day: Day, selection: Selection, held: Places) -> tuple[Level, ...]:
    values = reached(day, aims_of(day), held.pair)
    return tuple(replace(one, value=value) for one, value in zip(selection.levels, values, strict=True))
