"""Wishes: how many there are among those of the day, and why some were not met."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from dealport.meetings.day.days import ANY, Ints, Mask, Timetable
from dealport.meetings.day.hindrances import CAUSES, find_hindrances
from dealport.meetings.day.plans import Cause, Unmet
from dealport.meetings.day.preparing import DAY_GATES, Prepared
from dealport.model import Kind


class Asked(Struct, frozen=True, eq=False):
    """Wishes of one participant of the day for another, w of them, by who asks, then rank.

    Attributes:
        asking, asked: (w,) numbers of participants.
        rank: (w,) place in the list of whoever asks, from 1.
        pair: (w,) number of the pair in the day; ANY where it is none that may meet.
        is_met: (w,) whether they have a meeting.
    """

    asking: Ints
    asked: Ints
    rank: Ints
    pair: Ints
    is_met: Mask


def find_asked(prepared: Prepared, timetable: Timetable) -> Asked:
    """Every wish; those by or for people who are not on the day are none."""
    number_of = {one.key: number for number, one in enumerate(prepared.attendees)}
    others: dict[Kind, Kind] = {"startup": "investor", "investor": "startup"}
    rows = [
        (asking, number_of[other], rank)
        for key, asking in number_of.items()
        for rank, id_ in enumerate(prepared.wishes.get(key, ()), start=1)
        if (other := (others[key[0]], id_)) in number_of
    ]
    asking, asked, rank = np.array(rows, np.int64).reshape(-1, 3).T
    pair = _pair_numbers(prepared, np.minimum(asking, asked), np.maximum(asking, asked))
    meets = np.zeros(len(prepared.day.pairs) + 1, bool)  # last, for ANY: no
    meets[timetable.pair] = True
    return Asked(asking, asked, rank, pair, meets[pair])


def find_unmet(prepared: Prepared, timetable: Timetable) -> tuple[Unmet, ...]:
    """The wishes that were not met, by who asks, then rank, each with its cause.

    Unless locked by hand: the first gate that is closed; met before. Of a pair that is none of the day's: never there
    together, or no such interpreters at all. Of all others: what `find_hindrances` finds.
    """
    day, asked = prepared.day, find_asked(prepared, timetable)
    left = np.flatnonzero(~asked.is_met)
    pair = asked.pair[left]
    may_meet, numbers = np.unique(pair[pair != ANY], return_inverse=True)
    cause = np.full(len(left), ANY)
    cause[pair != ANY] = find_hindrances(day, timetable, may_meet).cause[numbers]
    is_locked = np.append(day.pairs.is_locked, False)[pair]
    unmet = []
    for place, wish in enumerate(left.tolist()):
        asking, other = int(asked.asking[wish]), int(asked.asked[wish])
        told: tuple[Cause, str] | None = None
        if not is_locked[place]:
            told = _ruled_out(prepared, min(asking, other), max(asking, other))
        if told is None:
            told = CAUSES[cause[place]] if pair[place] != ANY else _missing(prepared, asking, other), ""
        keys = prepared.attendees[asking].key, prepared.attendees[other].key
        unmet.append(Unmet(*keys, int(asked.rank[wish]), *told))
    return tuple(unmet)


def _ruled_out(prepared: Prepared, startup: int, investor: int) -> tuple[Cause, str] | None:
    """The cause that no timetable can mend, and the gate's name where it is one."""
    gate = int(prepared.first_gate[startup, investor - prepared.day.n_startups])
    if gate:
        return "gate", DAY_GATES[gate - 1]
    ids = prepared.attendees[startup].key[1], prepared.attendees[investor].key[1]
    return ("met_before", "") if ids in prepared.event.met else None


def _missing(prepared: Prepared, one: int, other: int) -> Cause:
    """Why an open pair is none of the day's."""
    present = prepared.day.present
    return "no_interpreter" if np.any(present[one] & present[other]) else "absent"


def _pair_numbers(prepared: Prepared, startup: Ints, investor: Ints) -> Ints:
    """(w,) numbers of pairs by their participants; ANY where the day has no such pair."""
    pairs, n = prepared.day.pairs, len(prepared.attendees)
    known, wanted = pairs.startup * n + pairs.investor, startup * n + investor
    places = np.searchsorted(known, wanted)
    found = np.append(known, ANY)[places] == wanted
    return np.where(found, places, ANY)
