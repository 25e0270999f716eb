"""How meeting days are planned without a solver: greedily by score, first come first served, by deferred acceptance.

Each holds the locked meetings first, then one meeting after the other in the first slot that has room for it; none is
ever moved. What room is left in the end is filled too, so that none loses for want of trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush

import numpy as np

from dealport.meetings.day.days import ANY, NO_WISH, Day, Ints, Timetable
from tests.meetings.house import House


def greedy_by_score(day: Day) -> Timetable:
    """All pairs, the best score first."""
    return _held(day, _by_score(day))


def first_come(day: Day, seed: int = 0) -> Timetable:
    """Wishes as they come in, in any order; then each participant in turn gets the best partners that have room."""
    pairs = day.pairs
    wishes = np.concatenate([np.flatnonzero(pairs.startup_rank), np.flatnonzero(pairs.investor_rank)])
    arrived = np.random.default_rng(seed).permutation(wishes)
    return _held(day, [*arrived.tolist(), *_by_participant(day)])


def deferred_acceptance(day: Day) -> Timetable:
    """A stable choice of pairs, held as both sides like them; then all other pairs by score."""
    likes = _likes(day)
    chosen = stable_pairs(day)
    worse = np.maximum(*likes)[chosen]
    return _held(day, [*chosen[np.lexsort((chosen, worse))].tolist(), *_by_score(day)])


BASELINES: Mapping[str, Callable[[Day], Timetable]] = {
    "greedy by score": greedy_by_score,
    "first come": first_come,
    "deferred acceptance": deferred_acceptance,
}


def stable_pairs(day: Day) -> Ints:
    """Numbers of the pairs of a stable choice, each participant within its most and the slots in which it is there.

    Gale and Shapley, many to many: every startup proposes in the order of its likes, while it has room; an investor
    keeps those it likes best and turns the others down for good. All like their wishes by rank, then others by score.
    """
    startup, investor = day.pairs.startup.tolist(), day.pairs.investor.tolist()
    startup_likes, investor_likes = (likes.tolist() for likes in _likes(day))
    room = np.minimum(day.most, day.present.sum(axis=1)).tolist()
    to_propose: list[list[int]] = [[] for _ in range(day.n_startups)]
    for pair in sorted(range(len(day.pairs)), key=lambda pair: (startup_likes[pair], pair), reverse=True):
        to_propose[startup[pair]].append(pair)  # the best last
    kept: dict[int, list[tuple[int, int]]] = {}  # by investor: a heap whose top is the one it likes least
    n_accepted = [0] * day.n_startups
    looking = [one for one in range(day.n_startups) if room[one]]
    while looking:
        proposing = looking.pop()
        while to_propose[proposing] and n_accepted[proposing] < room[proposing]:
            pair = to_propose[proposing].pop()
            mine = kept.setdefault(investor[pair], [])
            heappush(mine, (-investor_likes[pair], -pair))
            n_accepted[proposing] += 1
            if len(mine) > room[investor[pair]]:
                refused = startup[-heappop(mine)[1]]
                n_accepted[refused] -= 1
                if refused != proposing:
                    looking.append(refused)
    return np.sort(np.array([-pair for mine in kept.values() for _, pair in mine], np.int64))


def _likes(day: Day) -> tuple[Ints, Ints]:
    """(p,) place of the pair in the order of its startup and of its investor, from 0: wishes by rank, then by score."""
    pairs = day.pairs
    places = []
    for side, rank in ((pairs.startup, pairs.startup_rank), (pairs.investor, pairs.investor_rank)):
        order = np.lexsort((-pairs.score_units, np.where(rank == NO_WISH, len(pairs) + 1, rank), side))
        starts = np.searchsorted(side[order], side[order])
        place = np.empty(len(pairs), np.int64)
        place[order] = np.arange(len(pairs)) - starts
        places.append(place)
    return places[0], places[1]


def _by_score(day: Day) -> list[int]:
    numbers: list[int] = np.argsort(-day.pairs.score_units, kind="stable").tolist()
    return numbers


def _by_participant(day: Day) -> Iterator[int]:
    """For each startup, then each investor, its pairs, the best score first."""
    pairs = day.pairs
    for side in (pairs.startup, pairs.investor):
        yield from np.lexsort((-pairs.score_units, side)).tolist()


def _held(day: Day, pairs: Iterable[int]) -> Timetable:
    """The locked meetings, those of a table and slot first, then the pairs in their turn."""
    house, mine = House(day), day.pairs
    locked = np.flatnonzero(mine.is_locked)
    free = (mine.locked_slot[locked] == ANY).astype(np.int64) * 2 + (mine.locked_table[locked] == ANY)
    held = set()
    for pair in [*locked[np.argsort(free, kind="stable")].tolist(), *pairs]:
        if pair not in held and house.place(pair):
            held.add(pair)
    return house.timetable()
