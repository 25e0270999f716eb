"""A plan that another follows: what has begun binds the day, what is to come is brought into its numbers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.days import ANY
from dealport.meetings.day.plans import Plan
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event, IdPair
from dealport.meetings.planning_day import plan_day
from dealport.meetings.replanning.history import with_history
from dealport.meetings.replanning.resuming import Before, read_moment
from dealport.meetings.reporting.reporting import make_plan
from dealport.model import UsageError
from dealport.writing.plan_json.plan_objects import plan_text
from dealport.writing.plan_json.plan_reading import plan_of_json
from tests.meetings.checking import broken
from tests.meetings.small_market import event_of, event_text, read_text
from tests.meetings.test_preparing import KO_ZH, pairs_of, prepared_of, speaking

SEOUL = ZoneInfo("Asia/Seoul")
DAY = datetime(2026, 1, 7, tzinfo=SEOUL)
COLUMNS = ("pair", "slot", "table", "route")


def at(hour: int, minute: int = 0) -> datetime:
    return DAY.replace(hour=hour, minute=minute)


def plan_of(event: Event, **options: object) -> Plan:
    prepared = prepared_of(event, **options)  # type: ignore[arg-type]
    return make_plan(prepared, plan_day(prepared.day), free_bound_units=10**9)


def followed(before: Before, event: Event) -> tuple[Prepared, Plan]:
    """The day as it is planned again, and the plan."""
    bound = before.bound(event)
    prepared = prepared_of(bound, also=before.begun_pairs(bound))
    plan = make_plan(prepared, before.follow(prepared), free_bound_units=10**9)
    return prepared, with_history(plan, before.plan, before.at)


def slots_of(plan: Plan) -> dict[IdPair, tuple[int, ...]]:
    return {one.pair: one.slots for one in plan.meetings}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10:40", at(10, 40)),
        (" 9:05 ", at(9, 5)),
        ("24:00", at(0) + timedelta(days=1)),
        ("2026-01-06T20:00", at(20) - timedelta(days=1)),
        ("2026-01-07 10:40", at(10, 40)),
        ("2026-01-07T01:40Z", at(10, 40)),
        ("2026-01-07T02:40+01:00", at(10, 40)),
        ("2026-01-07", at(0)),
    ],
)
def test_a_moment_is_a_clock_time_of_the_day_or_a_date_and_time(typed: str, expected: datetime) -> None:
    moment = read_moment(typed, event_of())

    assert moment == expected
    assert moment.tzinfo == SEOUL


@pytest.mark.parametrize(
    "typed", ["10", "soon", "25:00", "10:60", "", "2026-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
)
def test_what_is_no_moment_is_told_with_what_was_typed(typed: str) -> None:
    with pytest.raises(UsageError, match=r"--at .* is no time.*write it as 10:40"):
        read_moment(typed, event_of())


def test_a_clock_time_that_comes_twice_is_no_moment() -> None:
    event = event_of(date="2026-10-25", time_zone='"Europe/Berlin"')

    with pytest.raises(UsageError, match="02:30 comes twice on 2026-10-25 in Europe/Berlin"):
        read_moment("2:30", event)

    assert read_moment("2026-10-25T02:30+01:00", event).fold == 1


@pytest.mark.parametrize(("moment", "number"), [(at(9), 0), (at(10), 0), (at(10, 1), 1), (at(11, 40), 5), (at(12), 6)])
def test_a_slot_that_begins_at_the_moment_is_still_to_come(moment: datetime, number: int) -> None:
    event = event_of()

    assert Before(plan_of(event), moment).first_to_come(event) == number


def test_the_plan_before_is_brought_into_the_numbers_of_the_day() -> None:
    market = speaking(lumen=("ko",), peak=("zh",))
    event = event_of(KO_ZH, tables='["A", "B", "C"]')
    plan = plan_of(event, market=market)
    prepared = prepared_of(replace(event, tables=("C", "B")), market=market)

    timetable = Before(plan, at(9)).timetable(prepared)

    pairs = pairs_of(prepared)
    kinds = {-1: "", 0: "ko-zh"}
    tables = {0: "C", 1: "B", ANY: "A"}
    told = zip(
        timetable.pair.tolist(),
        timetable.slot.tolist(),
        timetable.table.tolist(),
        timetable.route.tolist(),
        strict=True,
    )
    assert {(pairs[pair], slot, tables[table], kinds[route]) for pair, slot, table, route in told} == {
        (one.pair, one.slots[0], one.table, one.interpreter.partition(" ")[0]) for one in plan.meetings
    }
    assert timetable.slot.tolist() == sorted(timetable.slot.tolist())


def test_pairs_that_may_not_meet_any_more_are_left_out_unless_they_have_begun() -> None:
    event = event_of(most="6", fewest="3", tables="2")
    plan = plan_of(event)
    first, last = plan.meetings[0], plan.meetings[-1]
    assert (first.slots, last.slots) == ((0,), (5,))
    met = replace(event, met=frozenset({first.pair, last.pair}))
    before = Before(plan, at(11))

    _, after = followed(before, met)

    assert first.pair in slots_of(after)
    assert last.pair not in slots_of(after)
    assert [one.pair for one in after.dropped] == [last.pair]


def test_nothing_changes_where_nothing_changed() -> None:
    event = event_of(fewest="2", tables="2")
    plan = plan_of(event)

    _, after = followed(Before(plan, at(10, 50)), event)

    assert after.meetings == plan.meetings
    assert (after.changes, after.dropped) == ((), ())


def test_a_meeting_that_has_begun_is_as_long_as_it_was() -> None:
    double = event_of('double = [["lumen", "peak"]]\n[[locked]]\nstartup = "lumen"\ninvestor = "peak"\nslot = "10:00"')
    single = event_of('double = [["grove-a", "peak"]]')

    _, now_single = followed(Before(plan_of(double), at(10, 10)), single)
    locked = event_of('[[locked]]\nstartup = "lumen"\ninvestor = "peak"\nslot = "10:00"')
    _, now_double = followed(Before(plan_of(locked), at(10, 10)), event_of('double = [["lumen", "peak"]]'))

    assert slots_of(now_single)["lumen", "peak"] == (0, 1)
    assert slots_of(now_double)["lumen", "peak"] == (0,)


def test_a_table_that_is_no_more_is_there_for_what_has_begun_alone() -> None:
    event = event_of(tables='["A", "B", "C"]')
    plan = plan_of(event)
    fewer = event_of(tables='["A", "B"]')

    prepared, after = followed(Before(plan, at(10, 20)), fewer)

    assert {one.table for one in after.meetings if one.slots[0] == 0} == {"A", "B", "C"}
    assert {one.table for one in after.meetings if one.slots[0] > 0} == {"A", "B"}
    assert prepared.event.tables == ("A", "B", "C")
    assert not prepared.day.tables[:, 2].any()


def test_an_event_that_is_put_off_keeps_its_meetings() -> None:
    plan = plan_of(event_of(fewest="2", tables="2"))
    later = event_of(fewest="2", tables="2", start='"10:10"', end='"12:10"')

    _, after = followed(Before(plan, at(9)), later)

    assert slots_of(after).keys() == slots_of(plan).keys()
    assert {one.name: (one.value, one.bound) for one in after.levels}["kept"] == (len(plan.meetings),) * 2
    assert {change.kind for change in after.changes} == {"moved"}


def test_pairs_whose_slot_is_gone_after_they_began_have_met() -> None:
    plan = plan_of(event_of(tables="1"))
    first = plan.meetings[0].pair
    lock = f'[[locked]]\nstartup = "startup:{first[0]}"\ninvestor = "investor:{first[1]}"'
    afternoon = event_of(lock, start='"10:40"')
    before = Before(plan, at(10, 30))

    prepared, after = followed(before, afternoon)

    assert before.gone_pairs(afternoon) == {one.pair for one in plan.meetings if one.slots[0] < 2}
    assert not before.gone_pairs(afternoon) & slots_of(after).keys()
    assert prepared.event.locked == ()
    assert after.dropped == ()  # what was held is not cancelled


def test_a_participant_whose_profile_is_gone_is_dropped_with_its_meetings() -> None:
    event = event_of()
    before = Before(plan_of(event), at(9))
    market = replace(speaking(), startups=speaking().startups[1:])
    prepared = prepared_of(event, market=market)

    plan = with_history(make_plan(prepared, before.follow(prepared), free_bound_units=10**9), before.plan, before.at)

    assert {one.pair[0] for one in plan.dropped} == {"grove-a"}
    assert "grove-a" not in {one.pair[0] for one in plan.meetings}


CHANGES = st.fixed_dictionaries(
    {
        "tables": st.sampled_from(["1", "2", "4", '["3", "2"]', '["X"]']),
        "start": st.sampled_from(['"10:00"', '"10:20"', '"10:10"', '"09:40"']),
        "end": st.sampled_from(['"12:00"', '"11:20"', '"13:00"']),
        "minutes": st.sampled_from(["20", "40", "25"]),
        "most": st.sampled_from(["1", "2", "6"]),
    }
)
PEOPLE = st.lists(
    st.sampled_from(
        [
            '[[participant]]\nid = "lumen"\nabsent = true',
            '[[participant]]\nid = "harbor"\nabsent = ["10:30-11:00"]',
            '[[closed]]\ntables = ["2"]\nwhen = ["10:40-13:00"]',
            '[[double]]\nstartup = "grove-a"\ninvestor = "peak"',
            '[[locked]]\nstartup = "yulan"\ninvestor = "investor:twin"',
            '[[met]]\nstartup = "grove-b"\ninvestor = "harbor"',
            KO_ZH,
        ]
    ),
    unique=True,
)


@settings(max_examples=80)
@given(CHANGES, PEOPLE, PEOPLE, st.integers(0, 200))
def test_whatever_changes_the_plan_again_breaks_no_rule_after_the_moment(
    changed: dict[str, str], people: list[str], new_people: list[str], minutes: int
) -> None:
    first, _ = read_text(event_text("\n".join(people)))
    event, _ = read_text(event_text("\n".join(new_people), **changed))
    assume(first is not None and event is not None)
    assert first is not None
    assert event is not None
    plan = plan_of(first)
    before = Before(plan, at(9) + timedelta(minutes=minutes))

    prepared, after = followed(before, event)

    held = {one.pair for one in after.meetings if one.time(after.event).starts_at < before.at}
    assert held == before.begun_pairs(prepared.event)
    now = before.first_to_come(prepared.event)
    timetable = before.follow(prepared)
    coming = timetable.slot >= now
    assert not [
        one
        for one in broken(prepared.day, replace(timetable, **{n: getattr(timetable, n)[coming] for n in COLUMNS}))
        if "locked to" not in one
    ]
    assert plan_of_json(json.loads(plan_text(after))) == after


COLUMNS = ("pair", "slot", "table", "route")
