"""A plan that follows another: UIDs, sequences, changes, and labels that stay where they can."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day
from dealport.meetings.day.plans import Meeting, Plan
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event
from dealport.meetings.replanning.history import is_same_event, with_history
from dealport.meetings.reporting.reporting import make_plan, uid_of
from dealport.writing.plan_json.plan_objects import plan_text
from dealport.writing.plan_json.plan_reading import plan_of_json
from dealport.writing.plans.plan_agendas import agenda_of
from dealport.writing.plans.plan_calendars import calendars
from dealport.writing.plans.plan_tables import changes_table
from tests.meetings.made_prepared import DAY, ZONE, continued, make_prepared, planned_days, with_other_tables
from tests.meetings.small_day import SMALL, Row, changed, flags, ints, timetable

SPOKEN = replace(
    SMALL,
    interpreters=np.full((1, 4), 2),
    pairs=replace(SMALL.pairs, needs_interpreter=flags(1, 1, 1, 1, 1, 1), routes=np.ones((6, 1), bool)),
)
MORNING = datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=ZoneInfo(ZONE))
FIRST = ((0, 0, 0, ANY), (4, 0, 1, ANY), (1, 1, 0, ANY), (3, 1, 1, ANY))


def plan_of(day: Day, *rows: Row, name: str = "Day") -> Plan:
    return make_plan(make_prepared(day, name), timetable(*rows), free_bound_units=10**9)


def followed(first: Plan, *rows: Row, day: Day = SMALL, at: datetime = MORNING) -> Plan:
    """The plan of other rows after a first one."""
    return with_history(plan_of(day, *rows), first, at)


def told(plan: Plan) -> list[tuple[str, tuple[str, str]]]:
    """Kinds of changes with their pairs, by pair."""
    changes = [(one.kind, meeting.pair) for one in plan.changes if (meeting := one.after or one.before)]
    return sorted(changes, key=lambda one: one[1])


def meeting_of(plan: Plan, startup: str, investor: str) -> Meeting:
    (found,) = (one for one in (*plan.meetings, *plan.dropped) if one.pair == (startup, investor))
    return found


def shifted(event: Event, minutes: int) -> Event:
    """The event, every slot later."""
    later = timedelta(minutes=minutes)
    slots = (replace(one, starts_at=one.starts_at + later, ends_at=one.ends_at + later) for one in event.slots)
    return replace(event, slots=tuple(slots))


def read_again(plan: Plan) -> Plan:
    return plan_of_json(json.loads(plan_text(plan)))


def test_the_same_plan_again_changes_nothing_but_its_stamp() -> None:
    first = plan_of(SMALL, *FIRST)

    again = followed(first, *FIRST)

    assert again == replace(first, stamped_at=MORNING)


def test_a_meeting_at_another_time_is_moved_and_its_sequence_raised() -> None:
    first = plan_of(SMALL, *FIRST)

    moved = followed(first, *FIRST[:3], (3, 2, 0, ANY))

    assert told(moved) == [("moved", ("s001", "i000"))]
    before, after = meeting_of(first, "s001", "i000"), meeting_of(moved, "s001", "i000")
    assert (after.uid, after.slots, after.sequence) == (before.uid, (2,), 1)
    assert [(one.before, one.after) for one in moved.changes] == [(before, after)]
    assert meeting_of(moved, "s000", "i000").sequence == 0


def test_a_meeting_whose_table_is_lost_is_at_another() -> None:
    closed = replace(SMALL, tables=changed(SMALL.tables, (2, 0), 0))
    first = plan_of(SMALL, *FIRST, (5, 2, 0, 0))

    after = followed(first, *FIRST, (5, 2, 1, 0), day=closed)

    assert told(after) == [("table", ("s001", "i002"))]
    assert meeting_of(after, "s001", "i002").sequence == 1


def test_a_meeting_whose_interpreter_is_lost_has_another() -> None:
    first = plan_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0))
    (second,) = (one for one in first.meetings if one.interpreter == "de-en 2")

    lost = replace(SPOKEN, interpreters=np.ones((1, 4), np.int64))
    row = (0, 0, 0, 0) if second.pair == ("s000", "i000") else (4, 0, 1, 0)
    after = followed(first, row, day=lost)

    assert ("interpreter", second.pair) in told(after)
    assert meeting_of(after, *second.pair).interpreter == "de-en 1"


def test_a_move_outweighs_another_table_and_that_another_interpreter() -> None:
    first = plan_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0))
    elsewhere = replace(SPOKEN, tables=np.repeat(flags(0, 1)[None, :], 4, axis=0))

    after = followed(first, (0, 1, 1, 0), day=elsewhere)
    same_time = followed(first, (0, 0, 1, 0), day=replace(elsewhere, interpreters=np.ones((1, 4), np.int64)))

    assert told(after) == [("moved", ("s000", "i000")), ("dropped", ("s001", "i001"))]
    assert told(same_time) == [("table", ("s000", "i000")), ("dropped", ("s001", "i001"))]
    assert meeting_of(same_time, "s000", "i000").sequence == 1  # raised once, however much is other


def test_a_pure_drop_changes_nothing_else() -> None:
    first = plan_of(SMALL, *FIRST)

    after = followed(first, *FIRST[1:])

    assert told(after) == [("dropped", ("s000", "i000"))]
    gone = meeting_of(first, "s000", "i000")
    assert after.meetings == tuple(one for one in first.meetings if one != gone)
    assert after.dropped == (replace(gone, sequence=1),)


def test_what_was_dropped_stays_dropped_as_it_is() -> None:
    dropped = followed(plan_of(SMALL, *FIRST), *FIRST[1:])

    again = followed(dropped, *FIRST[1:])

    assert again.dropped == dropped.dropped
    assert again.changes == ()


def test_a_meeting_that_comes_back_goes_on_with_its_sequence() -> None:
    first = plan_of(SMALL, *FIRST)
    dropped = followed(first, *FIRST[1:])

    back = followed(followed(dropped, *FIRST[1:]), *FIRST)

    assert told(back) == [("added", ("s000", "i000"))]
    assert back.dropped == ()
    assert meeting_of(back, "s000", "i000") == replace(meeting_of(first, "s000", "i000"), sequence=2)


def test_a_new_meeting_is_added_with_sequence_0() -> None:
    after = followed(plan_of(SMALL, *FIRST[1:]), *FIRST)

    assert told(after) == [("added", ("s000", "i000"))]
    assert meeting_of(after, "s000", "i000").sequence == 0


def test_tables_are_given_back_to_those_who_had_them() -> None:
    exchanged = [(pair, slot, 1 - table, route) for pair, slot, table, route in FIRST]
    first = plan_of(SMALL, *FIRST)

    after = followed(first, *exchanged)

    assert after.meetings == first.meetings


def test_a_new_meeting_makes_way_for_one_that_had_the_table() -> None:
    first = plan_of(SMALL, (0, 0, 0, ANY))

    after = followed(first, (0, 0, 1, ANY), (4, 0, 0, ANY))

    assert [(one.pair, one.table) for one in after.meetings] == [(("s000", "i000"), "T1"), (("s001", "i001"), "T2")]
    assert told(after) == [("added", ("s001", "i001"))]


THREE = replace(SMALL, tables=np.ones((4, 3), bool))


def test_a_table_that_was_left_goes_to_whoever_had_it() -> None:
    first = plan_of(THREE, (0, 0, 1, ANY), (4, 0, 0, ANY))

    after = followed(first, (0, 0, 0, ANY), (4, 0, 2, ANY), day=THREE)

    assert after.meetings == first.meetings


def test_a_table_that_is_left_late_goes_to_whoever_had_it() -> None:
    """The first in order wants the table of a double, which wants a third one."""
    day = replace(THREE, pairs=replace(SMALL.pairs, n_slots=ints(1, 1, 1, 1, 2, 1)))
    first = plan_of(day, (0, 0, 1, ANY), (4, 0, 2, ANY))

    after = followed(first, (0, 0, 0, ANY), (4, 0, 1, ANY), day=day)

    assert after.meetings == first.meetings


def test_a_plan_before_in_which_two_had_one_table_is_followed_too() -> None:
    first = plan_of(SMALL, *FIRST)
    crowded = replace(first, meetings=tuple(replace(one, table="T1") for one in first.meetings))

    after = followed(crowded, *FIRST)

    assert [(one.slots, one.table) for one in after.meetings] == [(one.slots, one.table) for one in first.meetings]


def test_a_double_makes_no_way_where_its_second_slot_would_be_taken() -> None:
    pairs = replace(SMALL.pairs, n_slots=ints(1, 1, 1, 1, 2, 1))
    day = replace(SMALL, pairs=pairs)
    first = plan_of(day, (0, 0, 0, ANY))

    after = followed(first, (0, 0, 1, ANY), (4, 0, 0, ANY), day=day)

    assert told(after) == [("table", ("s000", "i000")), ("added", ("s001", "i001"))]


def test_a_meeting_locked_to_its_table_makes_no_way() -> None:
    locked = replace(SMALL.pairs, is_locked=flags(0, 0, 0, 0, 1, 0), locked_table=ints(-1, -1, -1, -1, 0, -1))
    first = plan_of(SMALL, (0, 0, 0, ANY))

    after = followed(first, (0, 0, 1, ANY), (4, 0, 0, ANY), day=replace(SMALL, pairs=locked))

    assert told(after) == [("table", ("s000", "i000")), ("added", ("s001", "i001"))]


def test_a_meeting_that_is_locked_to_another_table_now_goes_there() -> None:
    locked = replace(SMALL.pairs, is_locked=flags(1, 0, 0, 0, 0, 0), locked_table=ints(1, -1, -1, -1, -1, -1))
    first = plan_of(SMALL, (0, 0, 0, ANY))

    after = followed(first, (0, 0, 1, ANY), day=replace(SMALL, pairs=locked))

    assert told(after) == [("table", ("s000", "i000"))]


def test_interpreters_keep_their_meetings() -> None:
    first = plan_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0), (2, 1, 0, 0), (3, 1, 1, 0))

    after = followed(first, (4, 0, 1, 0), (2, 1, 0, 0), (3, 1, 1, 0), day=SPOKEN)

    assert told(after) == [("dropped", ("s000", "i000"))]
    assert after.meetings == first.meetings[1:]


def test_what_has_begun_keeps_table_and_interpreter_whatever_is_lost() -> None:
    first = plan_of(SPOKEN, (0, 0, 0, 0), (4, 0, 1, 0), (2, 1, 0, 0), (3, 1, 1, 0))
    lost = replace(SPOKEN, interpreters=np.ones((1, 4), np.int64), tables=np.repeat(flags(1, 0)[None, :], 4, axis=0))

    after = followed(first, (0, 0, 0, 0), (4, 0, 1, 0), (2, 1, 0, 0), day=lost, at=first.event.slots[1].starts_at)

    assert told(after) == [("dropped", ("s001", "i000"))]
    assert after.meetings == first.meetings[:3]


def test_an_interpreter_that_is_still_at_work_is_not_sent_elsewhere() -> None:
    """There are fewer now than when the meeting began, so its number is higher than there were."""
    day = replace(SPOKEN, pairs=replace(SPOKEN.pairs, n_slots=ints(2, 1, 1, 1, 2, 1)))
    first = plan_of(day, (0, 0, 0, 0), (4, 0, 1, 0))
    fewer = replace(day, interpreters=ints(1, 2, 2, 2)[None, :])

    after = followed(first, (4, 0, 1, 0), (2, 1, 0, 0), day=fewer, at=first.event.slots[1].starts_at)

    assert [one.interpreter for one in after.meetings] == ["de-en 2", "de-en 1"]


def test_what_was_held_already_is_not_cancelled() -> None:
    first = plan_of(SMALL, *FIRST)

    after = followed(first, *FIRST[2:3], at=first.event.slots[1].starts_at)

    assert told(after) == [("dropped", ("s001", "i000"))]  # of slot 1; the two of slot 0 were held


def test_slots_are_told_apart_by_their_time_and_not_by_their_number() -> None:
    first = plan_of(SMALL, *FIRST)
    fewer = plan_of(SMALL, (1, 0, 0, ANY), (3, 0, 1, ANY))
    without = replace(fewer.event, slots=first.event.slots[1:])  # what was slot 1 is slot 0 now
    cut = replace(fewer, event=replace(without, absent={}, closed=frozenset(), interpreters=()))

    after = with_history(cut, first, MORNING)

    assert told(after) == [("dropped", ("s000", "i000")), ("dropped", ("s001", "i001"))]
    assert [one.slots for one in after.meetings] == [(0,), (0,)]


def test_a_dropped_double_keeps_both_its_slots() -> None:
    double = replace(SMALL, pairs=replace(SMALL.pairs, n_slots=ints(2, 1, 1, 1, 1, 1)))

    after = followed(plan_of(double, (0, 0, 0, ANY)))

    assert [one.slots for one in after.dropped] == [(0, 1)]


def test_a_dropped_meeting_keeps_its_time_when_that_is_no_slot_any_more() -> None:
    first = plan_of(SMALL, *FIRST)
    later = plan_of(SMALL)
    later = replace(later, event=shifted(later.event, 5))

    after = with_history(later, first, MORNING)

    assert {one.slots for one in after.dropped} == {()}
    assert {one.time(after.event) for one in after.dropped} == {one.time(first.event) for one in first.meetings}
    assert read_again(after) == after


def test_a_calendar_cancels_a_dropped_meeting_at_its_old_time() -> None:
    first = plan_of(SMALL, *FIRST[:1])
    later = plan_of(SMALL)
    after = with_history(replace(later, event=shifted(later.event, 5)), first, MORNING)

    (cancelled,) = icalendar.Calendar.from_ical(dict(calendars(after))["startup-s000.ics"]).walk("VEVENT")

    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SEQUENCE"] == 1
    assert cancelled.decoded("DTSTART") == first.event.slots[0].starts_at
    assert cancelled.decoded("DTEND") == first.event.slots[0].ends_at


def test_the_changes_tell_an_old_time_as_it_was() -> None:
    first = plan_of(SMALL, *FIRST[:1])
    later = plan_of(SMALL)
    after = with_history(replace(later, event=shifted(later.event, 5)), first, MORNING)

    table = changes_table(after, agenda_of(after), "en")

    assert [row[3] for row in table.rows] == ["09:00–09:20, T1"]


def test_a_double_that_is_a_single_slot_now_is_moved() -> None:
    double = replace(SMALL, pairs=replace(SMALL.pairs, n_slots=ints(2, 1, 1, 1, 1, 1)))

    after = followed(plan_of(double, (0, 0, 0, ANY)), (0, 0, 0, ANY))

    assert told(after) == [("moved", ("s000", "i000"))]


def test_an_event_that_is_put_off_moves_every_meeting_and_keeps_its_uids() -> None:
    first = plan_of(SMALL, *FIRST)
    later = plan_of(SMALL, *FIRST)
    event = replace(shifted(later.event, 24 * 60), day=DAY + timedelta(days=1))
    put_off = replace(later, event=event, meetings=tuple(replace(m, uid=uid_of(event, m.pair)) for m in later.meetings))

    after = with_history(put_off, first, MORNING)

    assert {one.kind for one in after.changes} == {"moved"}
    assert [(one.uid, one.sequence) for one in after.meetings] == [(one.uid, 1) for one in first.meetings]
    assert all("2026-01-07 09:" in str(row[3]) for row in changes_table(after, agenda_of(after), "en").rows)
    assert read_again(after) == after


def test_nothing_is_taken_from_the_plan_of_another_event() -> None:
    other, plan = plan_of(SMALL, *FIRST, name="Other"), plan_of(SMALL, *FIRST[1:])

    after = with_history(plan, other, MORNING)

    assert not is_same_event(plan.event, other.event)
    assert after == replace(plan, stamped_at=MORNING)


def test_the_moment_is_told_by_the_clocks_of_the_event() -> None:
    at = MORNING.astimezone(ZoneInfo("America/New_York"))

    assert followed(plan_of(SMALL), at=at).stamped_at.isoformat() == "2026-01-07T08:00:00+08:00"


def test_table_changes_are_counted_where_meetings_are_at_last() -> None:
    first = plan_of(SMALL, (0, 0, 0, ANY), (1, 1, 0, ANY))

    after = followed(first, (0, 0, 1, ANY), (1, 1, 0, ANY))

    assert after.figures == first.figures


@st.composite
def histories(draw: st.DrawFn) -> tuple[Prepared, list[Plan], list[int]]:
    """A day, its first plan and two that follow, each as it is read from its file; at which slots."""
    prepared, before = draw(planned_days())
    random = draw(st.randoms(use_true_random=False))
    plans, nows, table = [make_plan(prepared, before, free_bound_units=10**9)], [0], before
    for _ in range(2):
        nows.append(random.randint(nows[-1], prepared.day.n_slots))
        table = continued(prepared.day, table, nows[-1], random)
        plan = make_plan(prepared, with_other_tables(prepared.day, table, random), free_bound_units=10**9)
        event = prepared.event
        at = (
            event.slots[nows[-1]].starts_at
            if nows[-1] < len(event.slots)
            else event.slots[-1].ends_at + timedelta(hours=1)
        )
        plans.append(with_history(plan, plans[-1], at))
    return prepared, plans, nows


@given(histories())
def test_sequences_only_grow_and_no_uid_is_ever_lost(history: tuple[Prepared, list[Plan], list[int]]) -> None:
    _, plans, _ = history
    for before, after in pairwise(plans):
        was = {one.uid: one for one in (*before.meetings, *before.dropped)}
        now = {one.uid: one for one in (*after.meetings, *after.dropped)}
        changed_uids = {(one.after or one.before or before.meetings[0]).uid for one in after.changes}

        assert was.keys() <= now.keys()
        for uid, one in was.items():
            assert now[uid].sequence == one.sequence + (uid in changed_uids)
            assert now[uid].pair == one.pair


@given(histories())
def test_a_plan_with_a_history_is_written_and_read_whole(history: tuple[Prepared, list[Plan], list[int]]) -> None:
    for plan in history[1]:
        assert read_again(plan) == plan


@given(histories())
def test_the_changes_are_just_what_differs(history: tuple[Prepared, list[Plan], list[int]]) -> None:
    _, plans, _ = history
    for before, after in pairwise(plans):
        was, now = ({one.pair: one for one in plan.meetings} for plan in (before, after))

        expected = dict.fromkeys(now.keys() - was.keys(), "added")
        expected |= dict.fromkeys(was.keys() - now.keys(), "dropped")
        for pair in was.keys() & now.keys():
            one, other = was[pair], now[pair]
            for name, kind in (("interpreter", "interpreter"), ("table", "table"), ("slots", "moved")):
                if getattr(one, name) != getattr(other, name):
                    expected[pair] = kind
        assert {pair: kind for kind, pair in told(after)} == expected
        uids = [(one.after or one.before or after.meetings[0]).uid for one in after.changes]
        assert uids == sorted(uids)


@given(histories())
def test_nobody_who_stays_at_a_time_is_sent_elsewhere_without_need(
    history: tuple[Prepared, list[Plan], list[int]],
) -> None:
    """The same tables are to be had as before: whoever stays in its slot stays at its table, with its interpreter."""
    prepared, plans, _ = history
    fixed = {one.pair for one in prepared.event.locked if one.table}
    doubles = prepared.event.doubles
    for before, after in pairwise(plans):
        was = {one.pair: one for one in before.meetings}
        for one in after.meetings:
            old = was.get(one.pair)
            if old is None or old.slots != one.slots:
                continue
            kind = one.interpreter.rpartition(" ")[0]
            if kind == old.interpreter.rpartition(" ")[0]:
                assert one.interpreter == old.interpreter
            if not doubles and not fixed:
                assert one.table == old.table


@given(histories())
def test_what_has_begun_is_left_as_it_was(history: tuple[Prepared, list[Plan], list[int]]) -> None:
    _, plans, nows = history
    for before, after, now in zip(plans, plans[1:], nows[1:], strict=False):
        past = [one for one in before.meetings if one.slots[0] < now]

        assert [one for one in after.meetings if one.slots[0] < now] == past
