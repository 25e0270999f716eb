"""The plan of a day in numbers, told in order: what may meet, the selection, slots, what is chosen again, tables."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from dealport.meetings.day.aims import Aim, aims_of, reached
from dealport.meetings.day.days import Day, Ints, Level, Mask, Timetable
from dealport.meetings.selection.exact import choose_together
from dealport.meetings.selection.selection import Selection, score_bound, select_pairs
from dealport.meetings.timetable.placing import place_by_urgency
from dealport.meetings.timetable.refilling import SearchState, Wanted, choose_again, squeeze_in
from dealport.meetings.timetable.seating import seat
from dealport.meetings.timetable.tightening import tighten
from dealport.meetings.timetable.time_places import Places, Room, Tables, possible_places, taken_slots

# Tries to choose again: slots at a time, how many tries, how many without any gain. The last two are for aims before
# the score that are not reached; six slots of a day with 1,500 meetings are too much work.
CHOOSING = ((2, 300, 60), (3, 150, 40), (4, 50, 50), (6, 30, 30))
FOR_SCORE = 3
MANY_MEETINGS, MOST_FOR_MANY = 1_500, 4
# Left without a place, of all: three slots at a time are tried for so few; for more, others are chosen sooner.
FEW_LEFT = 0.005
# Pairs this many points from being worth it are looked at when a slot is chosen again; others never were taken.
NEAR_POINTS = 10.0


def plan_day(day: Day, aims: tuple[Aim, ...] | None = None) -> Timetable:
    """The best timetable of a day: every aim in its order as high as could be, nothing selected left unplaced.

    `aims`: those of the day where they are not its own.
    """
    part, aims, open_slots, here = _meetable(day, aims or aims_of(day))
    selection = select_pairs(part, aims, open_slots)
    held, levels = _place_all(part, aims, selection)
    if day.had is None:  # else there are other meetings, between which these are
        held = tighten(part, Tables.of(part), held)
    timetable = seat(part, held, levels)
    return replace(timetable, pair=here[timetable.pair])


def free_bound(day: Day) -> int:
    """What the score can't pass where only locked meetings, caps, tables and interpreters count, no fairness."""
    plain = replace(day, order="score")
    part, aims, open_slots, _ = _meetable(plain, aims_of(plain))
    return score_bound(part, aims, open_slots)


def _meetable(day: Day, aims: tuple[Aim, ...]) -> tuple[Day, tuple[Aim, ...], Mask, Ints]:
    """The day with the pairs alone that could meet if nobody else did; its aims; (p, t) when; the pairs' numbers."""
    everything = Room.beside(day, Tables.of(day), Places.none())
    places = possible_places(day, np.arange(len(day.pairs)), np.arange(day.n_slots), everything)
    open_slots = np.zeros((len(day.pairs), day.n_slots), bool)
    for slot, which in taken_slots(day, places):
        open_slots[places.pair[which], slot] = True
    here = np.flatnonzero(open_slots.any(axis=1))
    only = tuple(aim.only(here) for aim in aims)
    return replace(day, pairs=day.pairs.take(here)), only, open_slots[here], here


def _place_all(day: Day, aims: tuple[Aim, ...], selection: Selection) -> tuple[Places, tuple[Level, ...]]:
    """The selection in slots, and how far it reaches the aims; where it can't be placed or falls short, the best."""
    tables, chosen = Tables.of(day), selection.arcs.pair
    stage = SearchState(day, tables, Places.none())
    held = place_by_urgency(day, tables, chosen, Places.none())
    held = squeeze_in(stage, held, chosen, together=2)
    if len(held) + FEW_LEFT * len(chosen) >= len(chosen):
        held = squeeze_in(stage, held, chosen, together=3)
    is_whole = len(held) == len(chosen)
    if is_whole and all(level.value >= level.bound for level in selection.levels):
        return held, selection.levels
    if exact := choose_together(day, tables, aims, Places.none()):
        return exact
    if is_whole:
        return held, selection.levels
    near = np.union1d(np.flatnonzero(selection.worth >= -NEAR_POINTS), chosen)
    wanted = Wanted(aims, tuple(level.bound for level in selection.levels), chosen, near)
    for together, n_tries, patience in CHOOSING:
        is_short = reached(day, aims, held.pair)[:-1] != wanted.bounds[:-1]
        if together <= FOR_SCORE or (is_short and (together <= MOST_FOR_MANY or len(chosen) < MANY_MEETINGS)):
            held = choose_again(stage, held, wanted, n_tries=n_tries, patience=patience, together=together)
    values = reached(day, aims, held.pair)
    return held, tuple(replace(one, value=value) for one, value in zip(selection.levels, values, strict=True))
