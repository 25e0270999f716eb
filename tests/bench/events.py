"""Made-up meeting days, from a seed: countries, sectors, favourites, absences, scarce tables and interpreters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.meetings.day.days import ANY, NO_WISH, Day, Ints, Mask, Pairs, Timetable
from tests.meetings.house import with_locks

Floats = NDArray[np.float64]

# Startups and investors. At 900, 40 % of all pairs are open: 81 thousand.
SIZES = {150: (75, 75), 400: (200, 200), 900: (500, 400)}
OPEN_SHARE = 0.405
COUNTRY_SHARES = (0.52, 0.36, 0.07, 0.05)  # KR, CN, JP, SG: 59 % of the pairs are of two countries
LANGUAGES = ("en", "ja", "ko", "zh")
# What people of each of these countries speak, as probabilities of LANGUAGES: half the open pairs share none.
SPOKEN = ((0.6, 0.06, 1.0, 0.06), (0.6, 0.03, 0.06, 1.0), (0.6, 1.0, 0.04, 0.04), (1.0, 0.02, 0.02, 0.6))
N_SECTORS = 24
TOP_UNITS = 9_600_000  # the best score: 96 points
FAVOURITES = 1.0  # exponent of Zipf's law: the tenth most popular is wished for a tenth as often as the first


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is scarce on a day, and how much.

    Attributes:
        absent_share: Of all participant-slots.
        tables_share: Tables, of what the caps would use.
        interpreters_share: Interpreters, of what meetings up to the caps would need.
        n_locked, n_doubles: Meetings fixed by hand, and pairs that take two slots.
        n_wishes: Fewest and most wishes of each participant.
    """

    n_slots: int = 16
    most: int = 8
    fewest: int = 3
    absent_share: float = 0.1
    tables_share: float = 0.6
    interpreters_share: float = 0.5
    n_locked: int = 0
    n_doubles: int = 0
    n_wishes: tuple[int, int] = (3, 12)


def standard(n: int, seed: int) -> Day:
    """10 % absent, tables for 60 % of what the caps would use, interpreters for half the need; few locks, doubles."""
    return make_day(*SIZES[n], Recipe(n_locked=n // 50, n_doubles=n // 50), seed)


def stress(n: int, seed: int) -> Day:
    """30 % absent, caps = slots, tables and interpreters as scarce as on a standard day."""
    return make_day(*SIZES[n], Recipe(most=16, absent_share=0.3, n_locked=n // 50, n_doubles=n // 50), seed)


def investor_day(seed: int) -> Day:
    """Y Combinator's: 90 startups of at most 15 meetings, 270 investors whose wishes fall on a tenth of the startups.

    Everybody is there, speaks English and may meet everybody; each startup has a table of its own.
    """
    generator = np.random.default_rng(seed)
    n_startups, n_investors, n_slots = 90, 270, 16
    scores = _scores(generator, n_startups, n_investors)
    is_open, no_routes = np.ones(scores.shape, bool), np.zeros((scores.size, 0), bool)
    startup_rank = _ranks(generator, scores, is_open, (3, 12))
    return Day(
        n_startups=n_startups,
        present=np.ones((n_startups + n_investors, n_slots), bool),
        most=np.repeat([15, n_slots], [n_startups, n_investors]),
        fewest=np.ones(n_startups + n_investors, np.int64),
        tables=np.ones((n_slots, n_startups), bool),
        interpreters=np.zeros((0, n_slots), np.int64),
        follows=np.arange(n_slots) < n_slots - 1,
        pairs=_plain_pairs(is_open, scores, startup_rank, _crowded_ranks(generator, scores), no_routes),
    )


def _crowded_ranks(generator: np.random.Generator, scores: Ints) -> Ints:
    """(s, i) ranks of 12 to 15 wishes of each investor, 60 % of them on a tenth of the startups, the rest by score."""
    n_startups, n_investors = scores.shape
    famous = generator.permutation(n_startups) < n_startups // 10
    chances = np.where(famous, 1.0, np.exp(scores.T / 1_000_000))
    ranks = np.full((n_investors, n_startups), NO_WISH)
    for investor in range(n_investors):
        n_wishes = int(generator.integers(12, 16))
        n_famous = int(0.6 * n_wishes + generator.random())
        asked: list[int] = []
        for side, count in ((famous, n_famous), (~famous, n_wishes - n_famous)):
            chance = np.where(side, chances[investor], 0.0)
            asked += generator.choice(n_startups, count, replace=False, p=chance / chance.sum()).tolist()
        ranks[investor, asked] = generator.permutation(n_wishes) + 1
    return ranks.T


def most_served(day: Day) -> int:
    """How many investors can have a meeting they asked for at once, time aside: a flow of one from each to a startup.

    Each investor looks for a startup with room; where all are full, someone there moves on to another one it asked for.
    """
    asked: list[list[int]] = [[] for _ in range(len(day.most))]
    for pair in np.flatnonzero(day.pairs.investor_rank != NO_WISH).tolist():
        asked[int(day.pairs.investor[pair])].append(int(day.pairs.startup[pair]))
    room = np.minimum(day.most, day.present.sum(axis=1)).tolist()
    guests: list[list[int]] = [[] for _ in range(day.n_startups)]

    def seat(investor: int, seen: set[int]) -> bool:
        for startup in asked[investor]:
            if startup in seen:
                continue
            seen.add(startup)
            if len(guests[startup]) < room[startup]:
                guests[startup].append(investor)
                return True
            for place, guest in enumerate(guests[startup]):
                if seat(guest, seen):
                    guests[startup][place] = investor
                    return True
        return False

    return sum(seat(investor, set()) for investor in range(day.n_startups, len(day.most)) if room[investor])


@dataclass(frozen=True, slots=True, eq=False)
class Disturbance:
    """What a day turned into: `day` from slot number `now` on; the slots before are past."""

    day: Day
    now: int


def disturbed(day: Day, timetable: Timetable, seed: int) -> Disturbance:
    """A quarter into the day 5 % of the participants leave for 4 slots; a table and an interpreter in use are lost.

    Nobody who has a locked meeting leaves, and no table is lost that one is locked to.
    """
    generator = np.random.default_rng(seed)
    now, n_away = day.n_slots // 4, 4
    pairs = day.pairs
    locked = set(pairs.startup[pairs.is_locked].tolist()) | set(pairs.investor[pairs.is_locked].tolist())
    free = [person for person in range(len(day.most)) if person not in locked]
    present, tables, interpreters = day.present.copy(), day.tables.copy(), day.interpreters.copy()
    for person in generator.choice(free, round(0.05 * len(day.most)), replace=False).tolist():
        start = int(generator.integers(now, day.n_slots - n_away + 1))
        present[person, start : start + n_away] = False
    to_come = timetable.slot >= now
    in_use = np.bincount(timetable.table[to_come], minlength=tables.shape[1])
    in_use[pairs.locked_table[pairs.locked_table != ANY]] = -1
    tables[now:, int(in_use.argmax())] = False
    at_work = timetable.route[to_come & (timetable.route != ANY)]
    if len(at_work):
        kind = int(np.bincount(at_work).argmax())
        interpreters[kind, now:] = np.maximum(0, interpreters[kind, now:] - 1)
    return Disturbance(replace(day, present=present, tables=tables, interpreters=interpreters), now)


def make_day(n_startups: int, n_investors: int, recipe: Recipe, seed: int) -> Day:
    """A day by its recipe; lunch parts its slots in two halves."""
    generator = np.random.default_rng(seed)
    n, n_slots = n_startups + n_investors, recipe.n_slots
    country = generator.choice(len(COUNTRY_SHARES), size=n, p=COUNTRY_SHARES)
    spoken = generator.random((n, len(LANGUAGES))) < np.array(SPOKEN)[country]
    present = _present(generator, n, n_slots, recipe.absent_share)
    most = np.full(n, recipe.most)
    pairs = _pairs(generator, n_startups, country, spoken, recipe.n_wishes)
    room = np.minimum(most, present.sum(axis=1))
    n_meetings = float(min(room[:n_startups].sum(), room[n_startups:].sum()))
    n_tables = max(1, round(recipe.tables_share * n_meetings / n_slots))
    n_interpreted = recipe.interpreters_share * n_meetings / n_slots
    day = Day(
        n_startups=n_startups,
        present=present,
        most=most,
        fewest=np.full(n, recipe.fewest),
        tables=np.ones((n_slots, n_tables), bool),
        interpreters=_interpreters(pairs, n_interpreted, n_slots),
        follows=~np.isin(np.arange(n_slots), (n_slots // 2 - 1, n_slots - 1)),
        pairs=pairs,
    )
    return _with_locks(generator, _with_doubles(generator, day, recipe.n_doubles), recipe.n_locked)


def _present(generator: np.random.Generator, n: int, n_slots: int, absent_share: float) -> Mask:
    """Away for hours in a row: people are late, leave early or sit on a panel, a few of them more than once."""
    present = np.ones((n, n_slots), bool)
    left = round(absent_share * n * n_slots)
    while left > 0:
        who, start = int(generator.integers(n)), int(generator.integers(n_slots))
        away = np.flatnonzero(present[who, start : start + min(left, int(generator.integers(1, n_slots // 2 + 1)))])
        present[who, start + away] = False
        left -= len(away)
    return present


def _pairs(
    generator: np.random.Generator, n_startups: int, country: Ints, spoken: Mask, n_wishes: tuple[int, int]
) -> Pairs:
    """Pairs of two countries, but the quarter of them that is least alike: what a gate rules out."""
    scores = _scores(generator, n_startups, len(country) - n_startups)
    cross_border = country[:n_startups, None] != country[None, n_startups:]
    n_open = min(round(OPEN_SHARE * scores.size), int(cross_border.sum()))
    ordered = np.sort(np.where(cross_border, scores, -1), axis=None)
    is_open = cross_border & (scores >= ordered[len(ordered) - n_open])
    startup_rank = _ranks(generator, scores, is_open, n_wishes)
    investor_rank = _ranks(generator, scores.T, is_open.T, n_wishes).T
    startup, investor = np.nonzero(is_open)
    routes = _routes(spoken[startup], spoken[n_startups + investor])
    return _plain_pairs(is_open, scores, startup_rank, investor_rank, routes)


def _plain_pairs(is_open: Mask, scores: Ints, startup_rank: Ints, investor_rank: Ints, routes: Mask) -> Pairs:
    """Open pairs without locks and doubles; all (s, i) but the routes (p, l)."""
    startup, investor = np.nonzero(is_open)
    return Pairs(
        startup=startup,
        investor=len(scores) + investor,
        score_units=scores[startup, investor],
        startup_rank=startup_rank[startup, investor],
        investor_rank=investor_rank[startup, investor],
        n_slots=np.ones(len(startup), np.int64),
        needs_interpreter=routes.sum(axis=1) > 0,
        routes=routes,
        is_locked=np.zeros(len(startup), bool),
        locked_slot=np.full(len(startup), ANY),
        locked_table=np.full(len(startup), ANY),
    )


def _scores(generator: np.random.Generator, n_startups: int, n_investors: int) -> Ints:
    """(s, i) in units: sectors in common, how good each side is in all eyes, and chance; open ones 20 to 95 points."""
    fashion = 1 / np.arange(1, N_SECTORS + 1) ** 0.7
    startups = _sectors(generator, n_startups, 3, fashion)
    investors = _sectors(generator, n_investors, 6, fashion)
    in_common = startups @ investors.T / startups.sum(axis=1)[:, None]
    quality = generator.normal(0, 0.12, n_startups)[:, None] + generator.normal(0, 0.12, n_investors)[None, :]
    raw = 0.55 * in_common + quality + generator.normal(0, 0.12, in_common.shape)
    low, high = np.quantile(raw, 0.25), raw.max()  # whoever is lower is hardly ever open
    above = np.clip((raw - low) / (high - low), 0, 1) ** 0.7
    units: Ints = np.rint(TOP_UNITS * (0.2 + 0.8 * above)).astype(np.int64)
    return units


def _sectors(generator: np.random.Generator, n: int, most: int, fashion: Floats) -> Floats:
    """(n, sectors) 1 where one is active: 1 to `most` each, the fashionable ones more often."""
    keys = generator.exponential(size=(n, N_SECTORS)) / fashion
    places = keys.argsort(axis=1).argsort(axis=1)
    return (places < generator.integers(1, most + 1, n)[:, None]).astype(np.float64)


def _ranks(generator: np.random.Generator, scores: Ints, is_open: Mask, n_wishes: tuple[int, int]) -> Ints:
    """(asking, asked) rank of the wish, drawn one after the other: by fame, after Zipf, and by the score."""
    fame = generator.permutation(1.0 / np.arange(1, scores.shape[1] + 1) ** FAVOURITES)
    weight = fame * np.exp(scores / 1_000_000)
    keys = np.where(is_open, generator.exponential(size=scores.shape) / weight, np.inf)
    places = keys.argsort(axis=1, kind="stable").argsort(axis=1)
    n_own = generator.integers(n_wishes[0], n_wishes[1] + 1, len(scores))
    ranks: Ints = np.where(is_open & (places < n_own[:, None]), places + 1, NO_WISH)
    return ranks


def _routes(startups: Mask, investors: Mask) -> Mask:
    """(p, l) which kinds of interpreters can serve, none where a language is shared; kinds are pairs of LANGUAGES."""
    kinds = np.array(list(combinations(range(len(LANGUAGES)), 2)))
    first, second = kinds[:, 0], kinds[:, 1]
    served = (startups[:, first] & investors[:, second]) | (startups[:, second] & investors[:, first])
    shared = (startups & investors).sum(axis=1) > 0
    routes: Mask = served & ~shared[:, None]
    return routes


def _interpreters(pairs: Pairs, n_at_a_time: float, n_slots: int) -> Ints:
    """(l, t) of each kind its part of `n_at_a_time` x the share of pairs that need one, at least one."""
    routes = pairs.routes[pairs.needs_interpreter].astype(np.float64)
    parts = (routes / routes.sum(axis=1)[:, None]).sum(axis=0) / len(pairs)
    counts = np.where(parts > 0, np.maximum(1, np.rint(n_at_a_time * parts)), 0).astype(np.int64)
    return np.repeat(counts[:, None], n_slots, axis=1)


def _with_doubles(generator: np.random.Generator, day: Day, n_doubles: int) -> Day:
    """Some of the pairs that both sides want talk for two slots."""
    mutual = np.flatnonzero((day.pairs.startup_rank != NO_WISH) & (day.pairs.investor_rank != NO_WISH))
    n_slots = day.pairs.n_slots.copy()
    n_slots[generator.choice(mutual, min(n_doubles, len(mutual)), replace=False)] = 2
    return replace(day, pairs=replace(day.pairs, n_slots=n_slots))


def _with_locks(generator: np.random.Generator, day: Day, n_locked: int) -> Day:
    """Fix some pairs that at least one side asks for."""
    asked = np.flatnonzero((day.pairs.startup_rank != NO_WISH) | (day.pairs.investor_rank != NO_WISH))
    wanted = generator.choice(asked, min(n_locked, len(asked)), replace=False).tolist()
    return with_locks(day, wanted, shuffled=lambda n: generator.permutation(n).tolist(), chance=generator.random)
