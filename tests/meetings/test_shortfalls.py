"""Who is short of meetings, and what stood in the way: each cause, their order, and a slow twin of all questions."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day, Timetable
from dealport.meetings.day.hindrances import CAUSES, find_hindrances
from dealport.meetings.day.plans import Blocked, Cause, Short
from dealport.meetings.day.preparing import DAY_GATES, Prepared
from dealport.meetings.reporting.shortfalls import find_short
from tests.meetings.checking import meetings_of
from tests.meetings.made_prepared import make_prepared, planned_days
from tests.meetings.slow_causes import slow_cause
from tests.meetings.small_day import SMALL, Row, changed, flags, ints, timetable

ONE = replace(SMALL, pairs=SMALL.pairs.take(ints(5)), fewest=ints(0, 1, 0, 0, 0))  # startup 1 can meet investor 4 alone
DOUBLE = replace(ONE, pairs=replace(ONE.pairs, n_slots=ints(2)))


def short_of(day: Day, *rows: Row) -> tuple[Short, ...]:
    """Who is short where all pairs but those of the day are gated."""
    prepared = make_prepared(day)
    return find_short(replace(prepared, first_gate=np.ones_like(prepared.first_gate)), timetable(*rows))


def causes_of(day: Day, *rows: Row) -> tuple[Blocked, ...]:
    """What stood in the way of the one that is short."""
    (short,) = short_of(day, *rows)
    return short.causes


def test_whoever_has_fewer_than_its_fewest_is_short() -> None:
    shorts = short_of(SMALL, (0, 0, 0, ANY), (3, 1, 0, ANY))

    assert [(one.key, one.n_meetings, one.fewest) for one in shorts] == [(("startup", "s000"), 1, 2)]


def test_nobody_is_short_where_all_have_their_fewest() -> None:
    assert short_of(SMALL, (0, 0, 0, ANY), (1, 1, 0, ANY), (3, 2, 0, ANY)) == ()


def test_whom_nobody_may_meet_has_no_candidate() -> None:
    day = replace(SMALL, pairs=SMALL.pairs.take(ints(0, 1, 2)), fewest=ints(0, 1, 0, 0, 0))

    assert causes_of(day) == (Blocked("no_candidate", 0),)


def test_who_has_only_last_resorts_that_nobody_asks_for_is_told_so() -> None:
    day = replace(SMALL, pairs=SMALL.pairs.take(ints(0, 1, 2)), fewest=ints(0, 1, 0, 0, 0))
    prepared = make_prepared(day)
    gates = np.ones_like(prepared.first_gate)
    gates[1, 1:] = len(DAY_GATES)

    (short,) = find_short(replace(prepared, first_gate=gates), timetable())

    assert short.causes == (Blocked("last_resort", gates.shape[1] - 1),)


def test_who_meets_everyone_it_may_has_no_candidate_left() -> None:
    day = replace(ONE, fewest=ints(0, 2, 0, 0, 0))

    assert causes_of(day, (0, 0, 0, 0)) == (Blocked("no_candidate", 0),)


def open_but_missing(day: Day) -> Prepared:
    """Startup 1 has open gates for investor 4 alone, and that pair is none of the day's."""
    prepared = make_prepared(replace(day, pairs=SMALL.pairs.take(ints(0, 1, 2)), fewest=ints(0, 1, 0, 0, 0)))
    gates = np.ones_like(prepared.first_gate)
    gates[1, 2] = 0
    return replace(prepared, first_gate=gates, event=replace(prepared.event, met=frozenset()))


def test_where_there_are_no_such_interpreters_at_all_that_is_told() -> None:
    (short,) = find_short(open_but_missing(SMALL), timetable())

    assert short.causes == (Blocked("no_interpreter", 1),)


def test_an_open_pair_that_is_never_there_together_is_absent() -> None:
    present = SMALL.present.copy()
    present[1, :2] = present[4, 2:] = False

    (short,) = find_short(open_but_missing(replace(SMALL, present=present)), timetable())

    assert short.causes == (Blocked("absent", 1),)


def test_who_met_all_it_may_meet_before_has_no_candidate() -> None:
    prepared = open_but_missing(SMALL)
    met = replace(prepared.event, met=frozenset({("s001", "i002"), ("stranger", "i002"), ("s001", "stranger")}))

    (short,) = find_short(replace(prepared, event=met), timetable())

    assert short.causes == (Blocked("no_candidate", 0),)


def test_who_is_away_all_day_is_absent() -> None:
    day = replace(SMALL, present=changed(SMALL.present, 1, 0), fewest=ints(0, 1, 0, 0, 0))

    assert causes_of(day) == (Blocked("absent", 3),)


def test_who_never_is_there_together_with_its_partner_is_absent() -> None:
    present = SMALL.present.copy()
    present[1, :2] = present[4, 2:] = False

    assert causes_of(replace(ONE, present=present)) == (Blocked("absent", 1),)


def test_a_partner_with_all_the_meetings_it_may_have_is_full() -> None:
    pairs = SMALL.pairs.take(ints(2, 5))
    day = replace(SMALL, pairs=pairs, most=ints(4, 4, 4, 4, 1), fewest=ints(0, 1, 0, 0, 0))

    assert causes_of(day, (0, 0, 0, ANY)) == (Blocked("full", 1),)


def test_an_interpreter_is_lacking_in_the_slots_in_which_both_are_free() -> None:
    day = replace(ONE, interpreters=ints(0, 0, 0, 1)[None, :], present=changed(SMALL.present, (4, 3), 0))

    assert causes_of(day) == (Blocked("no_interpreter", 1, (0, 1, 2), ("de-en",)),)


def test_an_interpreter_at_work_elsewhere_is_lacking() -> None:
    pairs = replace(SMALL.pairs, routes=np.ones((6, 1), bool), needs_interpreter=flags(1, 1, 1, 1, 1, 1))
    day = replace(SMALL, pairs=pairs.take(ints(0, 5)), present=changed(SMALL.present, 1, 0), fewest=ints(0, 1, 0, 0, 0))
    day = replace(day, present=changed(day.present, (1, 2), 1))

    assert causes_of(day, (0, 2, 0, 0)) == (Blocked("no_interpreter", 1, (2,), ("de-en",)),)


def test_a_table_is_lacking_in_the_slots_in_which_the_rest_is_there() -> None:
    day = replace(ONE, tables=np.zeros((4, 2), bool), interpreters=ints(1, 1, 0, 1)[None, :])
    day = replace(day, pairs=replace(day.pairs, needs_interpreter=flags(0), routes=flags(0)[None, :]))

    assert causes_of(day) == (Blocked("no_table", 1, (0, 1, 2, 3)),)


def test_an_interpreter_is_told_before_a_table() -> None:
    day = replace(ONE, tables=np.zeros((4, 2), bool), interpreters=ints(1, 0, 1, 1)[None, :])

    assert causes_of(day) == (Blocked("no_interpreter", 1, (1,), ("de-en",)),)


def test_two_who_are_never_free_together_are_busy() -> None:
    pairs = SMALL.pairs.take(ints(2, 3, 5))
    present = np.repeat(flags(1, 1, 0, 0)[None, :], 5, axis=0)
    day = replace(SMALL, pairs=pairs, present=present, fewest=ints(0, 2, 0, 0, 0))

    assert causes_of(day, (0, 0, 0, ANY), (1, 1, 0, ANY)) == (Blocked("busy", 1),)


def test_where_a_place_was_to_be_had_the_pair_is_outweighed() -> None:
    assert causes_of(ONE) == (Blocked("outweighed", 1),)


def test_a_double_needs_both_slots_and_no_break_between() -> None:
    present = changed(SMALL.present, (4, 0), 0)
    present[4, 3] = False

    assert causes_of(replace(DOUBLE, present=present)) == (Blocked("absent", 1),)


def test_a_double_lacks_what_its_second_slot_lacks() -> None:
    day = replace(DOUBLE, interpreters=ints(1, 0, 1, 0)[None, :])

    assert causes_of(day) == (Blocked("no_interpreter", 1, (1, 3), ("de-en",)),)


def test_a_double_lacks_a_table_that_is_there_in_both_slots() -> None:
    tables = np.array([[1, 0], [0, 1], [0, 0], [0, 0]], bool)

    assert causes_of(replace(DOUBLE, tables=tables)) == (Blocked("no_table", 1, (0, 1, 2, 3)),)


def test_a_locked_pair_is_asked_about_its_own_slot_and_table() -> None:
    locked = replace(ONE.pairs, is_locked=flags(1), locked_slot=ints(1), locked_table=ints(1))
    day = replace(ONE, pairs=locked, tables=changed(SMALL.tables, (1, 1), 0))

    assert causes_of(day) == (Blocked("no_table", 1, (1,)),)


def test_the_most_frequent_cause_comes_first_and_ties_keep_the_order_of_the_questions() -> None:
    present = changed(SMALL.present, 2, 0)
    day = replace(SMALL, present=present, interpreters=np.zeros((1, 4), np.int64), fewest=ints(3, 1, 0, 0, 0))

    shorts = short_of(day)

    assert [one.causes for one in shorts] == [
        (Blocked("outweighed", 2), Blocked("absent", 1)),
        (Blocked("absent", 1), Blocked("no_interpreter", 1, (0, 1, 2, 3), ("de-en",)), Blocked("outweighed", 1)),
    ]


@given(planned_days())
def test_every_cause_is_that_of_its_slow_twin(planned: tuple[Prepared, Timetable]) -> None:
    day, plan = planned[0].day, planned[1]
    chosen = np.setdiff1d(np.arange(len(day.pairs)), plan.pair)

    found = find_hindrances(day, plan, chosen)

    causes = [CAUSES[number] for number in found.cause.tolist()]
    slots = [set(np.flatnonzero(one).tolist()) for one in found.slots]
    assert list(zip(causes, slots, strict=True)) == [slow_cause(day, plan, pair) for pair in chosen.tolist()]


@given(planned_days())
def test_each_partner_counts_for_one_cause(planned: tuple[Prepared, Timetable]) -> None:
    prepared, plan = planned
    day, held = prepared.day, meetings_of(prepared.day, plan)

    shorts = {one.key: one for one in find_short(prepared, plan)}

    for who, attendee in enumerate(prepared.attendees):
        n_meetings = sum(who in one.who for one in held)
        assert (attendee.key in shorts) == (n_meetings < day.fewest[who])
        if attendee.key in shorts:
            own = [pair for pair in range(len(day.pairs)) if who in (day.pairs.startup[pair], day.pairs.investor[pair])]
            expected = Counter(slow_cause(day, plan, pair)[0] for pair in own if pair not in plan.pair)
            expected += missing_causes(prepared, who)
            told = {one.cause: one.n_partners for one in shorts[attendee.key].causes}
            assert told == (expected or {"no_candidate": 0})


def missing_causes(prepared: Prepared, who: int) -> Counter[Cause]:
    """Of a participant's open pairs that are none of the day's."""
    day, found = prepared.day, Counter[Cause]()
    may_meet = set(zip(day.pairs.startup.tolist(), day.pairs.investor.tolist(), strict=True))
    for startup in range(day.n_startups):
        for investor in range(day.n_startups, len(day.most)):
            ids = prepared.attendees[startup].key[1], prepared.attendees[investor].key[1]
            is_open = not prepared.first_gate[startup, investor - day.n_startups] and ids not in prepared.event.met
            if who in (startup, investor) and is_open and (startup, investor) not in may_meet:
                together = (day.present[startup] & day.present[investor]).any()
                found["no_interpreter" if together else "absent"] += 1
    return found
