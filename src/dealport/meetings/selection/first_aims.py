"""The first aims with time and all: locked meetings and mutual wishes are so few that their best is found outright."""

from __future__ import annotations

import numpy as np

from dealport.meetings.day.aims import Aim
from dealport.meetings.day.days import Day
from dealport.meetings.day.solving import SLACK, whole_bound
from dealport.meetings.timetable.filling import Filling
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places

FIRST_AIMS = ("locked", "mutual")
# 250 mutual wishes in 16 slots are 3,000 places and take 0.1 s; without time they would be a bound, no more.
MOST_PLACES = 20_000


def raise_first(day: Day, aims: tuple[Aim, ...]) -> dict[str, int]:
    """What locked meetings and mutual wishes can reach, proven; nothing of an aim for which that is too much work."""
    first = [aim for aim in aims if aim.name in FIRST_AIMS]
    counting = np.flatnonzero(sum(aim.gain for aim in first))
    places = possible_places(day, counting, np.arange(day.n_slots), Room.beside(day, Tables.of(day), Places.none()))
    if not len(places) or len(places) > MOST_PLACES:
        return {}
    filling = Filling(day, places, Room.beside(day, Tables.of(day), Places.none()))
    known: dict[str, int] = {}
    for aim in first:
        gains = filling.aim_gains(aim)
        filling.program.set_gains(gains)
        answer = filling.program.solve(whole=filling.whole())
        if answer is None or answer.bound > answer.objective + 0.5:
            return known
        known[aim.name] = whole_bound(answer.objective)
        filling.keep(gains, known[aim.name] - SLACK)
    return known
