"""The day changes: what is past stays, as few as possible are dropped, then moved, and free places are filled."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, Day, Timetable
from dealport.meetings.planning_day import plan_day
from dealport.meetings.replanning.replanning import replan_day
from tests.bench.events import disturbed, standard
from tests.meetings.checking import broken
from tests.meetings.random_days import seeded_day

Placed = dict[int, tuple[int, int, int]]


def placed(timetable: Timetable) -> Placed:
    """Pair to slot, table and kind of interpreter."""
    columns = (one.tolist() for one in (timetable.pair, timetable.slot, timetable.table, timetable.route))
    return {pair: (slot, table, route) for pair, slot, table, route in zip(*columns, strict=True)}


def people_of(day: Day, pair: int) -> set[int]:
    return {int(day.pairs.startup[pair]), int(day.pairs.investor[pair])}


def away(day: Day, person: int, now: int) -> Day:
    present = day.present.copy()
    present[person, now:] = False
    return replace(day, present=present)


def changed(day: Day, random: Random, now: int) -> Day:
    """Somebody leaves, somebody comes after all, a table and an interpreter are lost."""
    present, tables, interpreters = day.present.copy(), day.tables.copy(), day.interpreters.copy()
    present[random.randrange(len(present)), now:] = False
    present[random.randrange(len(present)), now:] = True
    if tables.shape[1] > 1:
        tables[now:, random.randrange(tables.shape[1])] = False
    if len(interpreters):
        kind = random.randrange(len(interpreters))
        interpreters[kind, now:] = np.maximum(0, interpreters[kind, now:] - 1)
    return replace(day, present=present, tables=tables, interpreters=interpreters)


@pytest.mark.parametrize("seed", range(30))
def test_a_day_that_did_not_change_keeps_every_meeting_where_it_is(seed: int) -> None:
    day = seeded_day(seed)
    before = plan_day(day)

    after = placed(replan_day(day, before, seed % (day.n_slots + 1)))

    assert after == after | placed(before)


@pytest.mark.parametrize("seed", range(30))
def test_a_pure_cancellation_changes_no_other_meeting(seed: int) -> None:
    day = seeded_day(seed)
    day = replace(day, pairs=replace(day.pairs, is_locked=np.zeros(len(day.pairs), bool)))
    before = plan_day(day)
    person = seed % len(day.most)

    after = placed(replan_day(away(day, person, 0), before, 0))

    others = {pair: place for pair, place in placed(before).items() if person not in people_of(day, pair)}
    assert after == after | others
    assert not any(person in people_of(day, pair) for pair in after)


def test_a_pure_cancellation_changes_no_other_meeting_of_a_large_event() -> None:
    day = standard(150, 1)
    before = plan_day(day)
    person = int(np.bincount(day.pairs.startup[before.pair]).argmax())

    after = placed(replan_day(away(day, person, 5), before, 5))

    old = placed(before)
    others = {pair: old[pair] for pair in old if person not in people_of(day, pair) or old[pair][0] < 5}
    assert after == after | others


@pytest.mark.parametrize("seed", range(60))
def test_what_is_past_stays_and_the_rest_breaks_no_rule_of_the_changed_day(seed: int) -> None:
    day = seeded_day(seed)
    before, now = plan_day(day), seed % (day.n_slots + 1)
    new = changed(day, Random(seed), now)  # noqa: S311

    after = replan_day(new, before, now)

    old, then = placed(before), placed(after)
    past = {pair: place for pair, place in old.items() if place[0] < now}
    assert then == then | past
    assert all(then[pair][0] >= now for pair in then.keys() - past.keys())
    to_come = replace(new, present=new.present | (np.arange(day.n_slots) < now))  # the past is judged by its own day
    to_come = replace(to_come, tables=np.where((np.arange(day.n_slots) < now)[:, None], day.tables, new.tables))
    through = any(place[0] < now <= place[0] + day.pairs.n_slots[pair] - 1 for pair, place in past.items())
    faults = [] if through else [fault for fault in broken(to_come, after) if "locked" not in fault]
    assert faults == []


@pytest.mark.parametrize("seed", range(60))
def test_as_many_as_can_be_are_kept_then_unmoved_and_it_says_so(seed: int) -> None:
    day = seeded_day(seed)
    before, now = plan_day(day), seed % (day.n_slots + 1)

    after = replan_day(changed(day, Random(seed), now), before, now)  # noqa: S311

    old, then = placed(before), placed(after)
    kept = [pair for pair, place in old.items() if place[0] >= now and pair in then]
    levels = {level.name: (level.value, level.bound) for level in after.levels}
    assert levels["kept"] == (len(kept), len(kept))
    unmoved = sum(then[pair][0] == old[pair][0] for pair in kept)
    assert levels["unmoved"] == (unmoved, unmoved)


def test_a_lost_table_moves_its_meetings_to_other_tables_where_there_are_any() -> None:
    day = standard(150, 1)
    before = plan_day(day)
    change = disturbed(day, before, 1)

    after = replan_day(change.day, before, change.now)

    lost = np.flatnonzero(day.tables[-1] & ~change.day.tables[-1])
    assert not (np.isin(after.table, lost) & (after.slot >= change.now)).any()
    assert len(after) > 0.95 * len(before)


def test_a_new_lock_takes_its_place() -> None:
    day = standard(150, 1)
    before = plan_day(day)
    pair = int(np.setdiff1d(np.arange(len(day.pairs)), before.pair)[0])
    slot = int(np.flatnonzero(day.present[list(people_of(day, pair))].all(axis=0))[-1])
    is_locked, locked_slot = day.pairs.is_locked.copy(), day.pairs.locked_slot.copy()
    is_locked[pair], locked_slot[pair] = True, slot
    new = replace(day, pairs=replace(day.pairs, is_locked=is_locked, locked_slot=locked_slot))

    after = placed(replan_day(new, before, 0))

    assert after[pair][0] == slot
    assert day.pairs.locked_slot[pair] == ANY
