"""Small days, pairs and slots chosen together: slow and exact, where the selection without time can't be placed."""

from __future__ import annotations

import numpy as np

from dealport.meetings.day.aims import Aim, reached
from dealport.meetings.day.arcs import tie_breaks
from dealport.meetings.day.days import Day, Level
from dealport.meetings.day.solving import SLACK, whole_bound
from dealport.meetings.selection.choosing import aim_unit
from dealport.meetings.timetable.filling import Filling
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places

# 30 people with 8 slots have up to 2,000 places, which take a second or two; of 5,000, a minute.
MOST_PLACES = 3_000
TIES_PER_POINT = 1024.0


def choose_together(
    day: Day, tables: Tables, aims: tuple[Aim, ...], held: Places
) -> tuple[Places, tuple[Level, ...]] | None:
    """The best meetings beside those held for every aim in its order, and how far all together reach it.

    None where that is too much work.
    """
    room = Room.beside(day, tables, held)
    slots = np.arange(day.n_slots)
    places = possible_places(day, np.arange(len(day.pairs)), slots, room)
    if not len(places) or len(places) > MOST_PLACES:
        return None
    filling = Filling(day, places, room)
    filling.count_steps()
    levels: list[Level] = []
    best = Places.none()
    for aim in aims:
        unit = aim_unit(aim)
        gains = filling.aim_gains(aim, unit)
        found = filling.best(gains, step=1 / unit)
        if found is None:
            return None
        best, answer = found
        value = reached(day, (aim,), np.concatenate([held.pair, best.pair]))[0]
        levels.append(Level(aim.name, value, value + whole_bound((answer.bound - answer.objective) * unit)))
        least = value - reached(day, (aim,), held.pair)[0]
        filling.keep(gains, least / unit - (0.5 / unit if unit > 1 else SLACK))
    ties = filling.gains(tie_breaks(day)[places.pair] / TIES_PER_POINT)
    last = filling.best(ties, step=1 / TIES_PER_POINT)
    return held.also(last[0] if last else best), tuple(levels)
