"""The figures of a plan, worked out by hand and beside slow twins."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day, Level, Timetable
from dealport.meetings.day.plans import Figures
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.reporting.plan_totals import gini
from dealport.meetings.reporting.reporting import make_plan
from tests.meetings.checking import meetings_of
from tests.meetings.made_prepared import MINUTES, make_prepared, planned_days
from tests.meetings.small_day import SMALL, Row, changed, ints, timetable

FREE = 10**9


def figures_of(day: Day, *rows: Row, levels: tuple[Level, ...] = (), free: int = FREE) -> Figures:
    plan = replace(timetable(*rows), levels=levels)
    return make_plan(make_prepared(day), plan, free_bound_units=free).figures


def test_participants_are_counted_by_what_they_have() -> None:
    figures = figures_of(SMALL, (0, 0, 0, ANY), (3, 1, 0, ANY))

    assert (figures.n_meetings, figures.n_attending, figures.n_served) == (2, 5, 3)
    assert (figures.n_with_fewest, figures.n_without_candidate) == (4, 0)  # startup 0 should have two


def test_who_is_away_all_day_does_not_attend() -> None:
    day = replace(SMALL, present=changed(SMALL.present, 3, 0), fewest=ints(0, 0, 0, 0, 0))

    figures = figures_of(day, (0, 0, 0, ANY), (3, 1, 0, ANY))

    assert (figures.n_attending, figures.n_with_fewest) == (4, 4)
    assert figures.gini == pytest.approx(3 / 8)  # of 0, 1, 1 and 2: see below; the one away is not among them


def test_those_whom_nobody_may_meet_are_counted() -> None:
    day = replace(SMALL, pairs=SMALL.pairs.take(ints(0, 1)))

    assert figures_of(day).n_without_candidate == 2  # startup 1 and investor 4


def test_slots_between_meetings_are_idle_unless_one_is_away() -> None:
    far_apart: tuple[Row, ...] = ((0, 0, 0, ANY), (1, 3, 0, ANY))  # startup 0 waits in slots 1 and 2
    away = replace(SMALL, present=changed(SMALL.present, (0, 1), 0))

    assert figures_of(SMALL, *far_apart).n_idle_slots == 2
    assert figures_of(away, *far_apart).n_idle_slots == 1
    assert figures_of(SMALL, (0, 0, 0, ANY), (1, 1, 0, ANY)).n_idle_slots == 0


def test_both_slots_of_a_double_are_no_idle_ones() -> None:
    day = replace(SMALL, pairs=replace(SMALL.pairs, n_slots=ints(2, 1, 1, 1, 1, 1)))

    assert figures_of(day, (0, 0, 0, ANY), (1, 3, 0, ANY)).n_idle_slots == 1


def test_going_to_another_table_is_a_change_also_after_a_pause() -> None:
    figures = figures_of(SMALL, (0, 0, 0, ANY), (1, 1, 1, ANY), (2, 3, 1, ANY), (3, 1, 0, ANY))

    assert figures.n_table_changes == 1  # startup 0 once; investor 2 stays at the first table


def test_interpreters_work_for_whole_slots() -> None:
    day = replace(SMALL, pairs=replace(SMALL.pairs, n_slots=ints(1, 1, 1, 1, 1, 2)))

    assert figures_of(day, (5, 0, 0, 0)).interpreter_hours == pytest.approx(2 * MINUTES / 60)
    assert figures_of(day, (0, 0, 0, ANY)).interpreter_hours == 0


def test_wishes_of_both_sides_count() -> None:
    figures = figures_of(SMALL, (0, 0, 0, ANY), (4, 1, 0, ANY))

    assert (figures.n_wishes, figures.n_wishes_met) == (6, 3)  # a mutual one and one of startup 1


def test_the_tenth_that_is_asked_most_is_rounded_up() -> None:
    figures = figures_of(SMALL, (0, 0, 0, ANY), (1, 1, 0, ANY), (3, 1, 1, ANY))

    assert figures.top_wishes_share == pytest.approx(2 / 6)  # startup 0, or investor 3
    assert figures.top_meetings_share == pytest.approx(2 / 6)  # startup 0, of six ends of meetings


def test_an_empty_day_has_figures_too() -> None:
    nobody = replace(SMALL, present=np.zeros_like(SMALL.present), pairs=SMALL.pairs.take(ints()))

    figures = figures_of(nobody)

    assert (figures.gini, figures.top_meetings_share, figures.n_attending) == (0, 0, 0)


def test_the_fair_bound_is_the_lower_of_that_of_the_level_and_that_without_fairness() -> None:
    levels = (Level("locked", 0, 0), Level("score", 45, 70))

    assert figures_of(SMALL, (3, 0, 0, ANY), levels=levels).fair_bound_units == 70
    assert figures_of(SMALL, (3, 0, 0, ANY), levels=levels, free=65).fair_bound_units == 65
    assert figures_of(SMALL, (3, 0, 0, ANY), free=65).free_bound_units == 65


def test_no_bound_is_told_below_what_was_reached() -> None:
    """A level before the score may miss its bound, and the score then pass its own."""
    figures = figures_of(SMALL, (3, 0, 0, ANY), levels=(Level("score", 40, 30),), free=20)

    assert (figures.score_units, figures.fair_bound_units, figures.free_bound_units) == (40, 40, 40)


@given(st.lists(st.integers(0, 20), max_size=12))
def test_gini_is_half_the_mean_difference_in_means(counts: list[int]) -> None:
    differences = [abs(one - other) for one in counts for other in counts]
    expected = sum(differences) / (2 * len(counts) * sum(counts)) if sum(counts) else 0.0

    assert gini(np.array(counts, np.int64)) == pytest.approx(expected)
    assert 0 <= gini(np.array(counts, np.int64)) < 1


@given(planned_days())
def test_every_figure_is_that_of_its_slow_twin(planned: tuple[Prepared, Timetable]) -> None:
    prepared, plan = planned

    figures = make_plan(prepared, plan, free_bound_units=FREE).figures

    assert figures == replace(slow_figures(prepared, plan), gini=figures.gini)


def slow_figures(prepared: Prepared, plan: Timetable) -> Figures:
    """All but Gini, person by person and slot by slot."""
    day, held = prepared.day, meetings_of(prepared.day, plan)
    people = range(len(prepared.attendees))
    there = [one for one in people if day.present[one].any()]
    own = {one: sorted((meeting for meeting in held if one in meeting.who), key=lambda m: m.slots) for one in people}
    number_of = {one.key: number for number, one in enumerate(prepared.attendees)}
    wishes = [
        (number_of[key], number_of["investor" if key[0] == "startup" else "startup", id_])
        for key, ids in prepared.wishes.items()
        for id_ in ids
    ]
    met = {meeting.who for meeting in held}
    busy = {one: {slot for meeting in own[one] for slot in meeting.slots} for one in people}
    partners = {one for pair in range(len(day.pairs)) for one in (day.pairs.startup[pair], day.pairs.investor[pair])}
    n_top = ceil(len(there) / 10)
    n_asked = Counter(asked for _, asked in wishes)
    n_held = Counter(one for meeting in held for one in meeting.who)
    score = sum(int(day.pairs.score_units[meeting.pair]) for meeting in held)
    worked = [
        prepared.event.slots[slot].ends_at - prepared.event.slots[slot].starts_at
        for meeting in held
        if meeting.route != ANY
        for slot in meeting.slots
    ]
    return Figures(
        n_meetings=len(held),
        n_attending=len(there),
        n_served=sum(bool(own[one]) for one in people),
        n_with_fewest=sum(len(own[one]) >= day.fewest[one] for one in there),
        n_without_candidate=sum(one not in partners for one in there),
        gini=0.0,
        top_wishes_share=sum(n for _, n in n_asked.most_common(n_top)) / len(wishes) if wishes else 0.0,
        top_meetings_share=sum(n for _, n in n_held.most_common(n_top)) / (2 * len(held)) if held else 0.0,
        n_idle_slots=sum(
            min(busy[one]) < slot < max(busy[one]) and slot not in busy[one] and bool(day.present[one, slot])
            for one in people
            if busy[one]
            for slot in range(day.n_slots)
        ),
        n_table_changes=sum(one.table != other.table for meetings in own.values() for one, other in pairwise(meetings)),
        interpreter_hours=sum(worked, timedelta()) / timedelta(hours=1),
        n_wishes=len(wishes),
        n_wishes_met=sum((min(wish), max(wish)) in met for wish in wishes),
        score_units=score,
        fair_bound_units=FREE,
        free_bound_units=FREE,
    )
