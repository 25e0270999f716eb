"""Wishes that were not met: which, in what order, and why."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from msgspec.structs import replace

from dealport.meetings.day.days import ANY, NO_WISH, Timetable
from dealport.meetings.day.plans import Cause, Unmet
from dealport.meetings.day.preparing import Prepared
from dealport.meetings.event.events import Key
from dealport.meetings.reporting.unmet_wishes import find_asked, find_unmet
from dealport.scoring.criteria.gates import GATES
from tests.meetings.made_prepared import make_prepared, planned_days
from tests.meetings.slow_causes import slow_cause
from tests.meetings.small_day import SMALL, changed, ints, timetable

NOBODY = timetable()
LUMEN: Key = ("startup", "s000")
HARBOR: Key = ("investor", "i000")
# The day with all pairs but that of startup 0 and investor 2, who ask for each other and for nobody else.
APART = replace(SMALL, pairs=SMALL.pairs.take(ints(1, 2, 3, 4, 5)))


def apart(*, gate: str = "", met: bool = False, present: bool = True) -> Prepared:
    """The two ask for each other; what keeps them from it."""
    day = APART if present else replace(APART, present=changed(APART.present, 0, 0))
    prepared = make_prepared(day)
    gates = np.zeros_like(prepared.first_gate)
    gates[0, 0] = GATES.index(gate) + 1 if gate else 0
    event = replace(prepared.event, met=frozenset({("s000", "i000")} if met else ()))
    return replace(
        prepared,
        event=event,
        first_gate=gates,
        wishes={("startup", "s000"): ("i000",), ("investor", "i000"): ("s000",)},
    )


def gated(prepared: Prepared) -> Prepared:
    """The first gate is closed for the two, and for nobody else."""
    gates = np.zeros_like(prepared.first_gate)
    gates[0, 0] = 1
    return replace(prepared, first_gate=gates)


def causes(prepared: Prepared) -> set[tuple[Cause, str]]:
    unmet = find_unmet(prepared, NOBODY)
    assert [(one.asking, one.asked) for one in unmet] == [(LUMEN, HARBOR), (HARBOR, LUMEN)]
    return {(one.cause, one.gate) for one in unmet}


def test_wishes_not_met_stand_by_who_asks_then_by_rank() -> None:
    unmet = find_unmet(make_prepared(SMALL), timetable((0, 0, 0, ANY), (4, 0, 1, ANY)))

    assert [(one.asking[1], one.asked[1], one.rank) for one in unmet] == [
        ("s000", "i001", 2),
        ("i002", "s000", 1),
        ("i002", "s001", 2),
    ]


def test_a_wish_that_is_met_is_not_listed() -> None:
    everyone = timetable((0, 0, 0, ANY), (1, 1, 0, ANY), (2, 2, 0, ANY), (4, 0, 1, ANY), (5, 1, 1, 0))

    assert find_unmet(make_prepared(SMALL), everyone) == ()


def test_a_gate_is_told_by_its_name_before_all_else() -> None:
    assert causes(apart(gate="invests_elsewhere", met=True, present=False)) == {("gate", "invests_elsewhere")}


def test_those_who_met_before_are_told_so() -> None:
    assert causes(apart(met=True, present=False)) == {("met_before", "")}


def test_those_who_are_never_there_together_are_absent() -> None:
    assert causes(apart(present=False)) == {("absent", "")}


def test_an_open_pair_that_is_none_of_the_day_lacks_interpreters_of_its_languages() -> None:
    assert causes(apart()) == {("no_interpreter", "")}


def test_a_locked_pair_is_not_ruled_out_by_its_gate() -> None:
    locked = replace(SMALL.pairs, is_locked=np.array([True] + [False] * 5))
    prepared = gated(make_prepared(replace(SMALL, pairs=locked)))

    unmet = find_unmet(replace(prepared, wishes={LUMEN: ("i000",)}), NOBODY)

    assert unmet == (Unmet(LUMEN, HARBOR, 1, "outweighed"),)


def test_a_pair_of_the_plan_before_that_is_gated_now_is_ruled_out() -> None:
    prepared = gated(make_prepared(SMALL))

    unmet = find_unmet(replace(prepared, wishes={LUMEN: ("i000",)}), NOBODY)

    assert unmet == (Unmet(LUMEN, HARBOR, 1, "gate", "same_country"),)


def test_wishes_for_strangers_count_for_nothing_but_keep_the_ranks_of_others() -> None:
    prepared = replace(make_prepared(SMALL), wishes={LUMEN: ("nobody", "i000"), ("investor", "nobody"): ("s000",)})

    asked, unmet = find_asked(prepared, NOBODY), find_unmet(prepared, NOBODY)

    assert len(asked.rank) == 1
    assert unmet == (Unmet(LUMEN, HARBOR, 2, "outweighed"),)


@given(planned_days())
def test_every_wish_is_met_or_told_with_the_cause_of_its_slow_twin(planned: tuple[Prepared, Timetable]) -> None:
    prepared, plan = planned
    number_of = {one.key: number for number, one in enumerate(prepared.attendees)}
    met = {(int(prepared.day.pairs.startup[pair]), int(prepared.day.pairs.investor[pair])) for pair in plan.pair}

    unmet = {(number_of[one.asking], number_of[one.asked]): one for one in find_unmet(prepared, plan)}

    for key, ids in prepared.wishes.items():
        for rank, id_ in enumerate(ids, start=1):
            asked = number_of["investor" if key[0] == "startup" else "startup", id_]
            pair = min(number_of[key], asked), max(number_of[key], asked)
            one = unmet.pop((number_of[key], asked), None)
            assert (one is None) == (pair in met)
            if one is not None:
                assert (one.rank, one.cause, one.gate) == (rank, *expected(prepared, plan, pair))
    assert unmet == {}


@given(planned_days())
def test_the_wishes_are_those_that_the_day_was_made_from(planned: tuple[Prepared, Timetable]) -> None:
    prepared, plan = planned
    pairs, asked = prepared.day.pairs, find_asked(prepared, plan)
    ranks = {(pair, asking < prepared.day.n_startups): rank for asking, _, rank, pair in rows(asked)}

    for pair in range(len(pairs)):
        assert ranks.get((pair, True), NO_WISH) == pairs.startup_rank[pair]
        assert ranks.get((pair, False), NO_WISH) == pairs.investor_rank[pair]


def rows(asked: object) -> list[tuple[int, int, int, int]]:
    columns = (getattr(asked, name).tolist() for name in ("asking", "asked", "rank", "pair"))
    return list(zip(*columns, strict=True))


def expected(prepared: Prepared, plan: Timetable, pair: tuple[int, int]) -> tuple[Cause, str]:
    day = prepared.day
    numbers = np.flatnonzero((day.pairs.startup == pair[0]) & (day.pairs.investor == pair[1])).tolist()
    if numbers and day.pairs.is_locked[numbers[0]]:
        return slow_cause(day, plan, numbers[0])[0], ""
    if gate := int(prepared.first_gate[pair[0], pair[1] - day.n_startups]):
        return "gate", GATES[gate - 1]
    if (prepared.attendees[pair[0]].key[1], prepared.attendees[pair[1]].key[1]) in prepared.event.met:
        return "met_before", ""
    if not numbers:
        together = any(day.present[pair[0], slot] and day.present[pair[1], slot] for slot in range(day.n_slots))
        return ("no_interpreter" if together else "absent"), ""
    return slow_cause(day, plan, numbers[0])[0], ""
