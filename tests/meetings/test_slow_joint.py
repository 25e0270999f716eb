"""The joint program of small days, beside all their timetables tried one by one."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import ANY, Day, Ints
from tests.meetings.checking import broken, level_values
from tests.meetings.house import Place, timetable_of
from tests.meetings.random_days import days, seeded_day
from tests.meetings.slow_joint import best_levels

MOST_PAIRS = 5  # beyond, there are too many timetables to try


def all_timetables(day: Day, placed: tuple[Place, ...] = (), first: int = 0) -> Iterator[tuple[Place, ...]]:
    """Every legal timetable: taking a meeting away breaks nothing, so each is reached by adding one after the other."""
    yield placed
    for pair in range(first, len(day.pairs)):
        for slot in range(day.n_slots):
            for table in range(day.tables.shape[1]):
                for route in range(ANY, len(day.interpreters)):
                    more = (*placed, Place(pair, slot, table, route))
                    if not broken(day, timetable_of(more)):
                        yield from all_timetables(day, more, pair + 1)


def best_of_all(day: Day, bonus: Ints) -> dict[str, int]:
    met = {tuple(place.pair for place in placed) for placed in all_timetables(day)}
    return max((level_values(day, list(pairs), bonus) for pairs in met), key=lambda levels: tuple(levels.values()))


@settings(max_examples=200, deadline=None)
@given(days(most_a_side=2, most_slots=3))
def test_the_joint_program_reaches_the_best_of_all_timetables(day: Day) -> None:
    bonus = bonus_units(day)

    assert best_levels(day, bonus) == best_of_all(day, bonus)


def test_the_joint_program_reaches_the_best_of_all_timetables_of_seeded_days() -> None:
    few = (seeded_day(seed, most_a_side=3, most_slots=3) for seed in range(300))
    for seed, day in enumerate(few):
        if len(day.pairs) > MOST_PAIRS:
            continue
        bonus = bonus_units(day)

        assert best_levels(day, bonus) == best_of_all(day, bonus), seed


def test_every_locked_meeting_of_a_random_day_can_be_held() -> None:
    for seed in range(30):
        day = seeded_day(seed)

        assert best_levels(day, bonus_units(day))["locked"] == day.pairs.is_locked.sum(), seed
