"""From a timetable to a plan: what a meeting is called, where and with whom; the plan is written and read whole."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from msgspec.structs import replace

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import ANY, Day, Timetable
from dealport.meetings.day.plans import Plan
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.planning_day import free_bound, plan_day
from dealport.meetings.reporting.reporting import make_plan
from dealport.writing.plan_json.plan_objects import plan_text
from dealport.writing.plan_json.plan_reading import plan_of_json
from tests.meetings.made_prepared import DAY, ZONE, make_prepared, planned_days
from tests.meetings.random_days import days
from tests.meetings.small_day import SMALL, Row, flags, ints, timetable

# Everybody needs an interpreter, of whom there are two.
SPOKEN = replace(
    SMALL,
    interpreters=np.full((1, 4), 2),
    pairs=replace(SMALL.pairs, needs_interpreter=flags(1, 1, 1, 1, 1, 1), routes=np.ones((6, 1), bool)),
)


def plan_of(day: Day, *rows: Row, name: str = "Day") -> Plan:
    return make_plan(make_prepared(day, name), timetable(*rows), free_bound_units=10**9)


def interpreters_of(day: Day, *rows: Row) -> dict[tuple[str, str], str]:
    return {one.pair: one.interpreter for one in plan_of(day, *rows).meetings}


def test_a_meeting_is_told_with_ids_slots_table_and_who_asked() -> None:
    locked = replace(SMALL.pairs, is_locked=flags(0, 0, 0, 0, 0, 1), n_slots=ints(1, 1, 1, 1, 1, 2))

    plan = plan_of(replace(SMALL, pairs=locked), (0, 0, 1, ANY), (1, 1, 0, ANY), (5, 2, 1, 0))

    told = [
        (one.pair, one.slots, one.table, one.interpreter, one.score_units, one.asked_by, one.is_locked, one.sequence)
        for one in plan.meetings
    ]
    assert told == [
        (("s000", "i000"), (0,), "T2", "", 10, "both", False, 0),
        (("s000", "i001"), (1,), "T1", "", 20, "startup", False, 0),
        (("s001", "i002"), (2, 3), "T2", "de-en 1", 60, "investor", True, 0),
    ]


def test_meetings_stand_by_slot_then_by_table() -> None:
    plan = plan_of(SMALL, (0, 0, 1, ANY), (4, 0, 0, ANY), (1, 1, 0, ANY))

    assert [(one.slots[0], one.table) for one in plan.meetings] == [(0, "T1"), (0, "T2"), (1, "T1")]


def test_a_pair_has_the_same_uid_wherever_it_meets_and_another_at_another_event() -> None:
    (early,), (late,) = plan_of(SMALL, (0, 0, 0, ANY)).meetings, plan_of(SMALL, (0, 3, 1, ANY)).meetings
    (other_pair,) = plan_of(SMALL, (1, 0, 0, ANY)).meetings
    (other_event,) = plan_of(SMALL, (0, 0, 0, ANY), name="Other").meetings

    assert early.uid == late.uid
    assert len({early.uid, other_pair.uid, other_event.uid}) == 3


def test_a_plan_is_stamped_from_the_event_and_not_by_the_clock() -> None:
    assert plan_of(SMALL).stamped_at.isoformat() == "2026-01-07T00:00:00+08:00"


def test_a_midnight_that_the_clocks_skip_is_the_moment_that_they_show_instead() -> None:
    prepared = make_prepared(SMALL)
    event = replace(prepared.event, time_zone="Africa/Cairo", day=datetime(2026, 4, 24, tzinfo=UTC).date())

    plan = make_plan(replace(prepared, event=event), timetable(), free_bound_units=0)

    assert plan.stamped_at.isoformat() == "2026-04-24T01:00:00+03:00"


def test_a_given_moment_is_told_by_the_clocks_of_the_event() -> None:
    plan = make_plan(
        make_prepared(SMALL), timetable(), free_bound_units=0, stamped_at=datetime(2026, 1, 7, 2, tzinfo=UTC)
    )

    assert plan.stamped_at == datetime(2026, 1, 7, 10, tzinfo=ZoneInfo(ZONE))
    assert plan.stamped_at.date() == DAY


def test_two_interpreters_at_work_have_two_numbers() -> None:
    told = interpreters_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0))

    assert set(told.values()) == {"de-en 1", "de-en 2"}


def test_a_double_keeps_its_interpreter() -> None:
    day = replace(SPOKEN, pairs=replace(SPOKEN.pairs, n_slots=ints(1, 1, 1, 1, 1, 2)))

    told = interpreters_of(day, (0, 0, 0, 0), (5, 0, 1, 0), (1, 1, 0, 0))

    assert told["s001", "i002"] == "de-en 1"  # it needs one for longer, so it chooses first
    assert told["s000", "i000"] == told["s000", "i001"] == "de-en 2"


def test_an_interpreter_stays_at_its_table() -> None:
    told = interpreters_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0), (2, 1, 1, 0), (3, 1, 0, 0))

    assert told["s001", "i001"] == told["s000", "i002"]  # the second table
    assert told["s000", "i000"] == told["s001", "i000"]


def test_an_interpreter_goes_along_with_somebody_if_the_table_changes() -> None:
    day = replace(SPOKEN, tables=np.ones((4, 4), bool))

    told = interpreters_of(day, (0, 0, 0, 0), (4, 0, 1, 0), (5, 1, 2, 0))

    assert (told["s000", "i000"], told["s001", "i001"]) == ("de-en 1", "de-en 2")
    assert told["s001", "i002"] == "de-en 2"


def test_an_interpreter_at_a_double_is_at_no_other_table_in_its_second_slot() -> None:
    day = replace(SPOKEN, pairs=replace(SPOKEN.pairs, n_slots=ints(2, 1, 1, 1, 1, 1)))

    told = interpreters_of(day, (0, 0, 0, 0), (4, 1, 1, 0))

    assert told == {("s000", "i000"): "de-en 1", ("s001", "i001"): "de-en 2"}


def test_a_double_has_an_interpreter_who_is_there_to_its_end() -> None:
    doubles = replace(SPOKEN.pairs, n_slots=ints(1, 1, 1, 1, 1, 2))
    day = replace(SPOKEN, pairs=doubles, interpreters=ints(2, 2, 2, 1)[None, :])

    told = interpreters_of(day, (0, 0, 0, 0), (4, 0, 1, 0), (5, 2, 1, 0))

    assert told["s001", "i001"] == "de-en 2"
    assert told["s001", "i002"] == "de-en 1"  # the second one was at this table, but there is one alone at the end


def test_no_more_numbers_are_used_than_there_are_interpreters_then() -> None:
    day = replace(SPOKEN, interpreters=ints(2, 1, 1, 1)[None, :])

    told = interpreters_of(day, (0, 0, 0, 0), (4, 0, 1, 0), (2, 1, 1, 0))

    assert told["s000", "i002"] == "de-en 1"  # the second one left, whatever table it was at


@given(planned_days())
def test_no_interpreter_is_in_two_places_and_no_number_too_high(planned: tuple[Prepared, Timetable]) -> None:
    prepared, timetable = planned
    counts = {one.name: one.counts for one in prepared.event.interpreters}
    at_work: dict[tuple[str, int], list[str]] = defaultdict(list)

    plan = make_plan(prepared, timetable, free_bound_units=10**9)

    for one in plan.meetings:
        if one.interpreter:
            kind, _, number = one.interpreter.rpartition(" ")
            assert 1 <= int(number) <= counts[kind][one.slots[0]]
            for slot in one.slots:
                at_work[kind, slot].append(number)
    assert all(len(numbers) == len(set(numbers)) for numbers in at_work.values())
    assert sum(map(len, at_work.values())) == sum(prepared.day.pairs.n_slots[timetable.pair[timetable.route != ANY]])


@settings(max_examples=40)
@given(days())
def test_the_plan_of_a_day_is_written_and_read_whole(day: Day) -> None:
    timetable, bound = plan_day(day), free_bound(day)

    plan = make_plan(make_prepared(day), timetable, free_bound_units=bound)

    assert plan_of_json(json.loads(plan_text(plan))) == plan
    assert plan.figures.score_units <= plan.figures.fair_bound_units <= plan.figures.free_bound_units
    scores = [level for level in plan.levels if level.name == "score"]
    assert [level.value for level in scores] == [plan.figures.score_units + sum(bonus_units(day)[timetable.pair])]


@given(planned_days())
def test_any_plan_is_written_and_read_whole(planned: tuple[Prepared, Timetable]) -> None:
    plan = make_plan(*planned, free_bound_units=10**9)

    assert plan_of_json(json.loads(plan_text(plan))) == plan
