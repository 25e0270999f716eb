"""What a timetable of a made-up day is worth, counted from its meetings, not from what the planner says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import NO_WISH, Day, Ints, Level, Mask, Timetable
from tests.meetings.checking import broken, level_values

Planner = Callable[[Day], Timetable]
UNITS_PER_POINT = 100_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """A day planned.

    Attributes:
        seconds: From the day to the timetable.
        broken: What the checker says.
        levels: As the planner tells them; () from a baseline.
        values: The same levels, counted.
        least: Meetings of whoever has the fewest, of those who may meet anyone at some time.
        fewest_share: Of those, the ones who have as many meetings as they should, 0-1.
        gini: Inequality of their numbers of meetings, 0 (all alike) to 1.
        wishes_share: Of all wishes, 0-1.
        score_units: Sum of the scores, no bonus in it.
    """

    seconds: float
    broken: Sequence[str]
    levels: Sequence[Level]
    values: Mapping[str, int]
    n_meetings: int
    least: int
    fewest_share: float
    gini: float
    wishes_share: float
    score_units: int

    @property
    def missed(self) -> list[str]:
        """Levels before the score that are below their bound."""
        return [level.name for level in self.levels if level.value < level.bound and level.name != "score"]

    @property
    def gap(self) -> float:
        """How far the score is from its bound, as a share of it; bonus included."""
        return next((1 - one.value / one.bound for one in self.levels if one.name == "score" and one.bound), 0.0)


def outcome(day: Day, planner: Planner, *, tells_levels: bool = True) -> Outcome:
    """Plan a day and look at the result; a baseline tells no levels, so they are not looked at."""
    started = perf_counter()
    timetable = planner(day)
    seconds = perf_counter() - started
    bonus = bonus_units(day)
    met, pairs = timetable.pair, day.pairs
    able = may_meet(day)
    n_meetings = meetings_of_each(day, met)
    n_wished = (pairs.startup_rank != NO_WISH).astype(np.int64) + (pairs.investor_rank != NO_WISH)
    return Outcome(
        seconds=seconds,
        broken=broken(day, timetable, bonus if tells_levels else None),
        levels=timetable.levels,
        values=level_values(day, met.tolist(), bonus),
        n_meetings=len(timetable),
        least=int(n_meetings[able].min(initial=day.n_slots)),
        fewest_share=float((n_meetings >= day.fewest)[able].mean()),
        gini=gini(n_meetings[able]),
        wishes_share=float(n_wished[met].sum() / max(1, n_wished.sum())),
        score_units=int(pairs.score_units[met].sum()),
    )


def meetings_of_each(day: Day, met: Ints) -> Ints:
    """(n,)."""
    n = len(day.most)
    return np.bincount(day.pairs.startup[met], minlength=n) + np.bincount(day.pairs.investor[met], minlength=n)


def may_meet(day: Day) -> Mask:
    """(n,) who has a partner that is there at the same time."""
    pairs = day.pairs
    together = (day.present[pairs.startup] & day.present[pairs.investor]).any(axis=1)
    able = np.zeros(len(day.most), bool)
    able[pairs.startup[together]] = True
    able[pairs.investor[together]] = True
    return able


def gini(counts: Ints) -> float:
    """Half the mean difference of two of them, as a share of the mean."""
    if not counts.sum():
        return 0.0
    ordered, n = np.sort(counts), len(counts)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * ordered.sum()))


def served_investors(day: Day, timetable: Timetable) -> int:
    """Investors that meet a startup they asked for."""
    asked = day.pairs.investor_rank[timetable.pair] != NO_WISH
    return len(set(day.pairs.investor[timetable.pair[asked]].tolist()))
