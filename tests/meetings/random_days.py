"""Small random meeting days with everything in them, from a seed or from hypothesis, which makes them smaller still."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, NO_WISH, Day, Ints, Mask, Pairs
from dealport.meetings.event.events import Order
from tests.meetings.house import with_locks

ORDERS: tuple[Order, ...] = ("kotra", "ranked", "score")
WHOLE_UNITS = 10_000_000  # a score of 100 points


def seeded_day(seed: int, *, most_a_side: int = 6, most_slots: int = 6) -> Day:
    """The day of a seed."""
    return make_day(Random(seed), most_a_side=most_a_side, most_slots=most_slots)  # noqa: S311 - no secret


def days(*, most_a_side: int = 5, most_slots: int = 5) -> st.SearchStrategy[Day]:
    """Any small day."""
    randoms = st.randoms(use_true_random=False)
    return randoms.map(lambda random: make_day(random, most_a_side=most_a_side, most_slots=most_slots))


def make_day(random: Random, *, most_a_side: int, most_slots: int) -> Day:
    """A day whose locked meetings can all be held together."""
    n_startups, n_investors = random.randint(1, most_a_side), random.randint(1, most_a_side)
    n, n_slots, n_tables = n_startups + n_investors, random.randint(1, most_slots), random.randint(1, most_a_side)
    n_kinds = random.randint(0, 3)
    there, open_share = random.choice((0.6, 0.8, 0.9, 1.0)), random.choice((0.7, 0.9, 1.0))
    day = Day(
        n_startups=n_startups,
        present=_mask(random, (n, n_slots), there),
        most=_numbers(random, n, 1, 5),
        fewest=_numbers(random, n, 0, random.randint(0, 3)),
        tables=_mask(random, (n_slots, n_tables), open_share),
        interpreters=np.array([_numbers(random, n_slots, 0, 2) for _ in range(n_kinds)], np.int64).reshape(-1, n_slots),
        follows=np.append(_mask(random, (n_slots - 1,), 0.8), False),
        pairs=_pairs(random, n_startups, n_investors, n_kinds),
        order=random.choice(ORDERS),
    )
    return _with_locks(random, day)


def _mask(random: Random, shape: tuple[int, ...], share: float) -> Mask:
    return np.array([random.random() < share for _ in range(int(np.prod(shape)))], bool).reshape(shape)


def _numbers(random: Random, n: int, low: int, high: int) -> Ints:
    return np.array([random.randint(low, high) for _ in range(n)], np.int64)


def _pairs(random: Random, n_startups: int, n_investors: int, n_kinds: int) -> Pairs:
    """Some of all pairs; those that need an interpreter have one or two kinds that can serve them."""
    share = random.choice((0.4, 0.7, 1.0))
    every = [(s, n_startups + i) for s in range(n_startups) for i in range(n_investors) if random.random() < share]
    n = len(every)
    ranks = _ranks(random, n_startups, n_investors)
    step = random.choice((1, WHOLE_UNITS // 10))  # round scores are full of ties
    needs = _mask(random, (n,), 0.5) if n_kinds else np.zeros(n, bool)
    routes = np.zeros((n, n_kinds), bool)
    for pair in np.flatnonzero(needs).tolist():
        routes[pair, random.sample(range(n_kinds), min(n_kinds, random.randint(1, 2)))] = True
    return Pairs(
        startup=np.array([s for s, _ in every], np.int64),
        investor=np.array([i for _, i in every], np.int64),
        score_units=_numbers(random, n, 0, WHOLE_UNITS // step) * step,
        startup_rank=np.array([ranks.get((s, i), NO_WISH) for s, i in every], np.int64),
        investor_rank=np.array([ranks.get((i, s), NO_WISH) for s, i in every], np.int64),
        n_slots=1 + _mask(random, (n,), random.choice((0.0, 0.2))).astype(np.int64),
        needs_interpreter=needs,
        routes=routes,
        is_locked=np.zeros(n, bool),
        locked_slot=np.full(n, ANY),
        locked_table=np.full(n, ANY),
    )


def _ranks(random: Random, n_startups: int, n_investors: int) -> dict[tuple[int, int], int]:
    """(asking, asked) to rank; also for pairs that may not meet, so that ranks have gaps."""
    startups, investors = range(n_startups), range(n_startups, n_startups + n_investors)
    ranks: dict[tuple[int, int], int] = {}
    for asking, others in [*((one, investors) for one in startups), *((one, startups) for one in investors)]:
        wishes = random.sample(others, random.randint(0, min(4, len(others))))
        ranks |= {(asking, asked): rank for rank, asked in enumerate(wishes, 1)}
    return ranks


def _with_locks(random: Random, day: Day) -> Day:
    """Lock up to three pairs; at times one that nobody can interpret for, which only a locked pair may be."""
    pairs = day.pairs
    wanted = random.sample(range(len(pairs)), min(len(pairs), random.randint(0, 3)))
    routes = pairs.routes.copy()
    for pair in wanted:
        if random.random() < 0.2:
            routes[pair] = False
    day = replace(day, pairs=replace(pairs, routes=routes))
    day = with_locks(day, wanted, shuffled=lambda n: random.sample(range(n), n), chance=random.random)
    served = routes.sum(axis=1) > 0
    return replace(
        day, pairs=replace(day.pairs, needs_interpreter=pairs.needs_interpreter & (served | day.pairs.is_locked))
    )
