"""Who has fewer meetings than it should, and what stood in the way."""

from __future__ import annotations

import numpy as np

from dealport.meetings.aims import count_meetings
from dealport.meetings.days import Ints, Mask, Timetable
from dealport.meetings.hindrances import CAUSES, Hindrances, find_hindrances
from dealport.meetings.plans import Blocked, Short
from dealport.meetings.preparing import Prepared


def find_short(prepared: Prepared, timetable: Timetable) -> tuple[Short, ...]:
    """Participants with fewer meetings than their fewest, in their order.

    Each pair of theirs that does not meet counts for the cause that `find_hindrances` finds; pairs that may not meet
    (gated, met before, no such interpreters) do not count. No pair at all, or none left: nobody may meet them.
    """
    day = prepared.day
    n_meetings = count_meetings(day, timetable.pair)
    is_short = n_meetings < day.fewest
    pairs = day.pairs
    asked = is_short[pairs.startup] | is_short[pairs.investor]
    asked[timetable.pair] = False
    chosen = np.flatnonzero(asked)
    found = find_hindrances(day, timetable, chosen)
    own = _by_participant(pairs.startup[chosen], pairs.investor[chosen], len(is_short))
    names = [one.name for one in prepared.event.interpreters]
    return tuple(
        Short(
            prepared.attendees[who].key,
            int(n_meetings[who]),
            int(day.fewest[who]),
            _blocked(found, own[who], pairs.routes[chosen[own[who]]], names),
        )
        for who in np.flatnonzero(is_short).tolist()
    )


def _by_participant(startup: Ints, investor: Ints, n: int) -> list[Ints]:
    """The places in the two columns at which each participant stands."""
    who = np.concatenate([startup, investor])
    places = np.tile(np.arange(len(startup)), 2)[np.argsort(who, kind="stable")]
    return np.split(places, np.cumsum(np.bincount(who, minlength=n))[:-1])


def _blocked(found: Hindrances, own: Ints, routes: Mask, names: list[str]) -> tuple[Blocked, ...]:
    """The causes of one's `own` pairs, the most frequent first, ties in the order of CAUSES."""
    if not len(own):
        return (Blocked("no_candidate", 0),)
    counts = np.bincount(found.cause[own], minlength=len(CAUSES))
    blocked = []
    for number in np.argsort(-counts, kind="stable").tolist():
        if not counts[number]:
            break
        of_cause = found.cause[own] == number
        slots = np.flatnonzero(found.slots[own[of_cause]].any(axis=0)).tolist()
        kinds: list[int] = []
        if CAUSES[number] == "no_interpreter":
            kinds = np.flatnonzero(routes[of_cause].any(axis=0)).tolist()
        blocked.append(Blocked(CAUSES[number], int(counts[number]), tuple(slots), tuple(names[one] for one in kinds)))
    return tuple(blocked)
