"""What one more table, slot or interpreter would buy."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from dealport.meetings.day.days import Timetable
from dealport.meetings.day.plans import WhatIf
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Event
from dealport.meetings.planning_day import plan_day
from dealport.meetings.reporting.what_ifs import MOST_NEW_KINDS, plan_afresh, what_ifs
from tests.meetings.small_market import event_of
from tests.meetings.test_preparing import KO_ZH, prepared_of, speaking

ONE_SLOT = {"end": '"10:20"', "tables": "1"}


def asked(prepared: Prepared) -> dict[str, WhatIf]:
    return {one.more: one for one in what_ifs(prepared, plan_day(prepared.day))}


def events_tried(prepared: Prepared) -> dict[str, Prepared]:
    """The day that each answer was planned from."""
    seen: list[Prepared] = []

    def plan(changed: Prepared) -> Timetable:
        seen.append(changed)
        return plan_afresh(changed)

    told = what_ifs(prepared, plan_day(prepared.day), plan)
    return dict(zip((one.more for one in told), seen, strict=True))


def test_one_more_table_holds_one_more_meeting_in_every_slot() -> None:
    prepared = prepared_of(event_of(tables="1"))

    table = asked(prepared)["table"]

    assert len(plan_day(prepared.day)) == 6
    assert table.n_meetings == 12


def test_the_answer_is_the_plan_of_an_event_with_one_more() -> None:
    more = event_of(fewest="2", tables="2")

    answer = asked(prepared_of(event_of(fewest="2", tables="1")))["table"]

    timetable = plan_day(prepared_of(more).day)
    assert (answer.n_meetings, answer.levels) == (len(timetable), timetable.levels)


def test_participants_with_their_fewest_are_counted_among_those_attending() -> None:
    away = '[[participant]]\nid = "grove-b"\nabsent = true'

    told = asked(prepared_of(event_of(away, **ONE_SLOT)))

    assert told["table"].n_with_fewest == 4
    assert told["slot"].n_with_fewest == 4


def test_one_more_slot_comes_right_after_the_last_and_is_as_long() -> None:
    prepared = prepared_of(event_of(KO_ZH.replace("11:00", "12:00"), slots='["10:00-10:20", "11:40-12:00"]', **SLOTS))

    after = events_tried(prepared)["slot"]

    assert len(after.event.slots) == 3
    assert after.event.slots[2].starts_at == prepared.event.slots[1].ends_at
    assert after.event.slots[2].ends_at - after.event.slots[2].starts_at == timedelta(minutes=20)
    assert after.day.follows.tolist() == [False, True, False]
    assert after.day.interpreters.tolist() == [[2, 2, 2]]
    assert set(after.day.most.tolist()) == {3}


SLOTS = {"start": None, "end": None, "minutes": None}


def test_in_one_more_slot_are_all_who_are_there_at_any_time_and_the_tables_of_the_last() -> None:
    people = """
        [[participant]]
        id = "lumen"
        until = "10:20"
        [[participant]]
        id = "peak"
        absent = true
        [[closed]]
        tables = ["2"]
        when = ["11:40-12:00"]
    """

    after = events_tried(prepared_of(event_of(people)))["slot"]

    there = {one.key[1]: bool(row[6]) for one, row in zip(after.attendees, after.day.present, strict=True)}
    assert {name for name, is_there in there.items() if not is_there} == {"peak"}
    assert after.day.tables[6].tolist() == [True, False, True]


def test_each_kind_of_interpreters_is_asked_for_one_more_all_day() -> None:
    market = speaking(lumen=("ko",), peak=("zh",))

    after = events_tried(prepared_of(event_of(KO_ZH), market=market))

    assert list(after) == ["table", "slot", "ko-zh"]
    assert after["ko-zh"].day.interpreters.tolist() == [[3, 3, 3, 1, 1, 1]]


def test_a_kind_that_is_lacking_opens_the_pairs_that_need_it() -> None:
    prepared = prepared_of(
        event_of(**ONE_SLOT), market=speaking(grove_b=("ja",), harbor=("zh",), peak=("zh",), twin=("zh",))
    )

    told, after = asked(prepared), events_tried(prepared)

    assert list(told) == ["table", "slot", "ja-zh"]
    assert len(after["ja-zh"].day.pairs) == len(prepared.day.pairs) + 3
    assert after["ja-zh"].event.interpreters[0].counts == (1,)


def test_of_the_kinds_that_are_lacking_the_few_that_open_most_pairs_are_asked() -> None:
    market = speaking(
        grove_a=("vi", "th"),
        grove_b=("ja",),
        lumen=("ko",),
        twin=("ko",),
        yulan=("fr",),
        harbor=("zh",),
        peak=("zh",),
    )

    told = asked(prepared_of(event_of(), market=market))

    # Two speakers of Korean and two of Chinese make four pairs, the others of Chinese two each: the first by name.
    assert list(told)[2:] == ["fr-zh", "ja-zh", "ko-zh"]
    assert len(told) == 2 + MOST_NEW_KINDS


def test_kinds_for_pairs_that_may_not_meet_anyway_are_not_asked() -> None:
    market = speaking(lumen=("ko",), peak=("zh",))

    met = asked(prepared_of(event_of('met = [["lumen", "peak"]]'), market=market))
    apart = """
        [[participant]]
        id = "lumen"
        until = "11:00"
        [[participant]]
        id = "peak"
        from = "11:00"
    """
    never_together = asked(prepared_of(event_of(apart), market=market))

    assert list(met) == list(never_together) == ["table", "slot"]


def test_levels_are_those_of_the_plan_in_its_order() -> None:
    """With one slot nobody can have two meetings; with one more the fewest are two, a level that the plan has not."""
    event = replace(event_of(**ONE_SLOT), fewest=2)
    prepared = prepared_of(event)
    timetable = plan_day(prepared.day)

    (slot,) = (one for one in what_ifs(prepared, timetable) if one.more == "slot")

    assert [one.name for one in slot.levels] == [one.name for one in timetable.levels]
    assert slot.n_meetings == 2


def test_more_never_buys_less_than_nothing() -> None:
    prepared = prepared_of(event_of())
    timetable = plan_day(prepared.day)

    def plan_nothing(day: Prepared) -> Timetable:
        empty = plan_day(day.day)
        return replace(empty, levels=tuple(replace(one, value=0) for one in empty.levels))

    told = what_ifs(prepared, timetable, plan_nothing)

    assert {(one.n_meetings, one.levels) for one in told} == {(len(timetable), timetable.levels)}


def test_whoever_waits_is_told_how_far_it_is() -> None:
    prepared = prepared_of(event_of())
    shares: list[float] = []

    what_ifs(prepared, plan_day(prepared.day), advance=shares.append)

    assert shares == [0.5, 1.0]


def test_the_event_itself_stays_as_it_is() -> None:
    event: Event = event_of(KO_ZH)
    prepared = prepared_of(event)

    asked(prepared)

    assert prepared.event == event_of(KO_ZH)
