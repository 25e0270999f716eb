"""Who has fewer meetings than it should, and what stood in the way."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from dealport.meetings.day.aims import count_meetings
from dealport.meetings.day.days import Ints, Mask, Timetable
from dealport.meetings.day.hindrances import CAUSES, Hindrances, find_hindrances
from dealport.meetings.day.plans import Blocked, Short
from dealport.meetings.day.preparing import DAY_GATES, Prepared


def find_short(prepared: Prepared, timetable: Timetable) -> tuple[Short, ...]:
    """Participants with fewer meetings than their fewest, in their order.

    Each pair of theirs that does not meet counts for the cause that `find_hindrances` finds. Pairs with open gates that
    are none of the day's are never there together, or have no such interpreters at all; gated ones, and those who met
    before, do not count. With no pair at all, or none left, nobody may meet them; or only last resorts are left.
    """
    day = prepared.day
    n_meetings = count_meetings(day, timetable.pair)
    is_short = n_meetings < day.fewest
    asked = is_short[day.pairs.startup] | is_short[day.pairs.investor]
    asked[timetable.pair] = False
    pairs = day.pairs.take(asked)
    found = find_hindrances(day, timetable, np.flatnonzero(asked))
    own = _by_participant(pairs.startup, pairs.investor, len(is_short))
    names = tuple(one.name for one in prepared.event.interpreters)
    missing, n_last_resorts = _missing(prepared), _last_resorts(prepared)
    return tuple(
        Short(
            prepared.attendees[who].key,
            int(n_meetings[who]),
            int(day.fewest[who]),
            _Way(found, own[who], pairs.routes, _missing_causes(prepared, missing, who), names).blocked()
            or (_left(int(n_last_resorts[who])),),
        )
        for who in np.flatnonzero(is_short).tolist()
    )


def _by_participant(startup: Ints, investor: Ints, n: int) -> list[Ints]:
    """The places in the two columns at which each participant stands."""
    who = np.concatenate([startup, investor])
    places = np.tile(np.arange(len(startup)), 2)[np.argsort(who, kind="stable")]
    return np.split(places, np.cumsum(np.bincount(who, minlength=n))[:-1])


def _left(n_last_resorts: int) -> Blocked:
    """Why there is no pair."""
    return Blocked("last_resort", n_last_resorts) if n_last_resorts else Blocked("no_candidate", 0)


def _last_resorts(prepared: Prepared) -> Ints:
    """(n,) how many last resorts the day leaves out, of each participant."""
    left_out = prepared.first_gate == len(DAY_GATES)
    return np.concatenate([left_out.sum(axis=1), left_out.sum(axis=0)])


def _missing(prepared: Prepared) -> Mask:
    """(s, i) open pairs that did not meet before and are none of the day's."""
    day = prepared.day
    missing: Mask = prepared.first_gate == 0
    number = {one.key: place for place, one in enumerate(prepared.attendees)}
    for startup, investor in prepared.event.met:
        one, other = number.get(("startup", startup)), number.get(("investor", investor))
        if one is not None and other is not None:
            missing[one, other - day.n_startups] = False
    missing[day.pairs.startup, day.pairs.investor - day.n_startups] = False
    return missing


def _missing_causes(prepared: Prepared, missing: Mask, who: int) -> Ints:
    """(c,) how many of a participant's missing pairs each cause takes, in the order of CAUSES."""
    day = prepared.day
    if who < day.n_startups:
        others = day.n_startups + np.flatnonzero(missing[who])
    else:
        others = np.flatnonzero(missing[:, who - day.n_startups])
    n_together = int((day.present[others] & day.present[who]).any(axis=1).sum())
    counts = np.zeros(len(CAUSES), np.int64)
    counts[CAUSES.index("no_interpreter")] = n_together
    counts[CAUSES.index("absent")] = len(others) - n_together
    return counts


class _Way(Struct, frozen=True, eq=False):
    """What stands in one participant's way.

    Attributes:
        found: Of the pairs that may meet; own: (o,) which of them are its own; routes: (q, l) theirs.
        missing: (c,) counts of causes of those that may not; names: (l) of the kinds of interpreters.
    """

    found: Hindrances
    own: Ints
    routes: Mask
    missing: Ints
    names: tuple[str, ...]

    def blocked(self) -> tuple[Blocked, ...]:
        """The causes, the most frequent first, ties in the order of CAUSES; none where no pair is left."""
        counts = self.missing + np.bincount(self.found.cause[self.own], minlength=len(CAUSES))
        order = np.argsort(-counts, kind="stable")
        return tuple(self._of(number, int(counts[number])) for number in order.tolist() if counts[number])

    def _of(self, number: int, count: int) -> Blocked:
        mine = self.own[self.found.cause[self.own] == number]
        slots, kinds = np.flatnonzero(self.found.slots[mine].any(axis=0)), np.flatnonzero(self.routes[mine].any(axis=0))
        names = tuple(self.names[kind] for kind in kinds.tolist()) if CAUSES[number] == "no_interpreter" else ()
        return Blocked(CAUSES[number], count, tuple(slots.tolist()), names)
