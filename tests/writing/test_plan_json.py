"""``plan.json``: what a stranger finds in it, and that it comes back as it was or tells what is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.plans import Plan
from dealport.model import InputError, UsageError
from dealport.writing.plan_json.plan_objects import plan_json, plan_schema, plan_text
from dealport.writing.plan_json.plan_reading import plan_of_json, read_plan
from dealport.writing.plans.plan_calendars import calendars
from dealport.writing.plans.plan_cards import cards_page
from dealport.writing.plans.plan_mojo import mojo_import
from dealport.writing.plans.plan_tables import meetings_table
from dealport.writing.plans.plan_workbook import plan_workbook
from tests.writing.made_plan import make_plan
from tests.writing.random_plans import plans

Json = dict[str, Any]


def without_contacts(plan: Plan) -> Plan:
    return replace(plan, attendees=tuple(replace(one, contact="") for one in plan.attendees))


def made_json() -> Json:
    value: Json = json.loads(plan_text(make_plan()))
    return value


def problems_of(value: object) -> list[str]:
    """The faults of a plan that can't be used, each as it is told."""
    with pytest.raises(InputError) as caught:
        plan_of_json(value if isinstance(value, dict) else {"kind": value})
    assert caught.value.problems
    return [str(problem) for problem in caught.value.problems]


def test_a_plan_comes_back_as_it_was_but_for_contacts(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(plan_text(make_plan()), encoding="utf-8")

    assert read_plan(path) == without_contacts(make_plan())


@given(plans())
def test_every_plan_comes_back_as_it_was(plan: Plan) -> None:
    written = plan_text(plan)

    read = plan_of_json(json.loads(written))

    assert read == without_contacts(plan)
    assert plan_text(read) == plan_text(replace(plan, stamped_at=read.stamped_at))


@settings(max_examples=50)
@given(plans())
def test_every_plan_is_what_the_published_schema_says(plan: Plan) -> None:
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    jsonschema.validate(json.loads(plan_text(plan)), schema)


def test_the_schema_describes_every_object_and_field() -> None:
    schema = plan_schema()
    objects = {"plan": schema, **schema["$defs"]}

    silent = [
        f"{name}.{field}"
        for name, one in objects.items()
        for field, said in {"": one, **one["properties"]}.items()
        if said.keys().isdisjoint({"description", "$ref"})  # an object referred to describes itself
    ]

    assert len(objects) > 15
    assert silent == []


def test_the_schema_says_what_is_missing() -> None:
    value = made_json()
    del value["event"]["slots"]

    with pytest.raises(jsonschema.ValidationError, match="'slots' is a required property"):
        jsonschema.validate(value, plan_schema())


def test_no_contact_is_ever_in_it() -> None:
    assert "@lumen.example" not in plan_text(make_plan())


def test_names_stand_beside_ids_and_times_beside_slots() -> None:
    meeting = plan_json(make_plan())["meetings"][2]

    assert meeting == {
        "uid": "c3@dealport",
        "startup": {"id": "lumen", "name": "루멘 진단"},
        "investor": {"id": "sakura", "name": "さくらキャピタル"},
        "slots": [3, 4],
        "starts_at": "2026-01-07T11:30:00+09:00",
        "ends_at": "2026-01-07T12:10:00+09:00",
        "table": "1",
        "interpreter": "ja-ko 1",
        "score": 70.12345,
        "asked_by": "startup",
        "locked": False,
        "sequence": 0,
    }


def test_signs_that_nobody_sees_are_written_by_their_number() -> None:
    text = plan_text(make_plan())

    assert "\\u001b[31m\\u202eevil" in text
    assert not [sign for sign in text if not sign.isprintable() and sign != "\n"]


def test_a_half_of_a_sign_comes_back_too() -> None:
    plan = make_plan()
    odd = replace(plan.attendees[0], name="half \ud800")
    plan = replace(plan, attendees=(odd, *plan.attendees[1:]))

    assert plan_of_json(json.loads(plan_text(plan).encode().decode())) == without_contacts(plan)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: one["meetings"][1].update(slots=[9]), "meetings[2].slots: there is no slot 9"),
        (lambda one: one["meetings"][1].update(slots=["x"]), "meetings[2].slots[1]: must be a whole number, not 'x'"),
        (lambda one: one["meetings"][1].update(slots=[]), "meetings[2].slots: no slot (write the number of its slot)"),
        (lambda one: one["changes"][0]["after"].update(slots=[]), "changes[1].after.slots: no slot"),
        (
            lambda one: one["dropped"][0].update(slots=[], starts_at=one["dropped"][0]["ends_at"]),
            "dropped[1].ends_at: ends before it begins",
        ),
        (lambda one: one["meetings"][2].update(slots=[3, 5]), "meetings[3].slots: two slots must follow each other"),
        (
            lambda one: one["meetings"][1].update(slots=[2]),
            "meetings[2].starts_at: says 2026-01-07T10:20:00+09:00, but",
        ),
        (lambda one: one["meetings"][1].update(table="9"), "meetings[2].table: no table is called '9'"),
        (lambda one: one["meetings"][1]["startup"].update(id="x"), "meetings[2].startup.id: 'x' is no startup among"),
        (lambda one: one["meetings"][1].update(uid="a1@dealport"), "meetings[2]: 'a1@dealport' stands in meetings[1]"),
        (
            lambda one: one["meetings"][1].update(uid="e5@dealport"),
            "dropped[1].uid: 'e5@dealport' is among the meetings",
        ),
        (lambda one: one["meetings"][3]["startup"].update(id="lumen"), "startup 'lumen' is in meetings[3] in slot 3"),
        (lambda one: one["meetings"][1].update(score="1"), "meetings[2].score: must be a number, not '1'"),
        (lambda one: one["meetings"][1].update(score=float("nan")), "meetings[2].score: must be a number, not nan"),
        (lambda one: one["meetings"][1].update(score=10**400), "meetings[2].score: must be a number, not 1000"),
        (lambda one: one["meetings"][1].update(locked=1), "meetings[2].locked: must be true or false, not 1"),
        (lambda one: one["meetings"][1].update(sequence=-1), "meetings[2].sequence:"),
        (lambda one: one["meetings"][1].update(asked_by="me"), "meetings[2].asked_by: must be '', 'startup'"),
        (lambda one: one["meetings"].append([]), "meetings[5]: must be an object, not a list"),
        (lambda one: one.update(meetings={}), "meetings: must be a list, not an object"),
        (lambda one: one.pop("meetings"), "meetings: is missing"),
        (lambda one: one.update(stamped_at="2026-01-07T09:00"), "stamped_at: must be a time with its offset"),
        (lambda one: one.update(stamped_at="0001-01-01T00:00:00+14:00"), "stamped_at: must be a time with its offset"),
        (lambda one: one["event"].update(time_zone="Asia"), "event.time_zone: unknown time zone 'Asia'"),
        (lambda one: one["event"].update(time_zone="../../etc/passwd"), "event.time_zone: unknown time zone"),
        (lambda one: one["event"].update(day="soon"), "event.day: must be a day like 2026-01-07, not 'soon'"),
        (lambda one: one["event"].update(day=7), "event.day: must be a day like 2026-01-07, not 7"),
        (
            lambda one: one["event"]["slots"][0].update(ends_at="2026-01-07T10:00:00+09:00"),
            "event.slots[1]: ends before it begins",
        ),
        (lambda one: one["event"]["slots"].reverse(), "event.slots[2]: does not begin after the slot before"),
        (lambda one: one["event"]["interpreters"][0]["counts"].pop(), "event.interpreters[1].counts: has 5 numbers"),
        (lambda one: one["event"]["absent"].append(one["event"]["absent"][0]), "event.absent[3]:"),
        (
            lambda one: one["attendees"].append(one["attendees"][0]),
            "attendees[10]: ('startup', '=HYPERLINK') stands in",
        ),
        (lambda one: one["changes"][0].update(after=None), "changes[1]: before and after don't go with 'moved'"),
        (lambda one: one["short"][0]["causes"][0].update(slots=[6]), "short[1].causes[1].slots: there is no slot 6"),
        (lambda one: one["unmet"][0].update(asked=one["unmet"][0]["asking"]), "unmet[1]: a wish is between a startup"),
        (lambda one: one.update(version=2), "version: version 2 is newer than this Dealport reads (1)"),
        (lambda one: one.update(version="1"), "version: must be 1, not '1'"),
        (lambda one: one.update(kind="event"), "is no plan"),
    ],
)
def test_a_fault_is_told_with_its_place_and_cure(change: Callable[[Json], object], told: str) -> None:
    value = made_json()
    change(value)

    problems = problems_of(value)

    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("plan.json: ") and problem.endswith(")") for problem in problems)


def test_all_faults_are_told_at_once() -> None:
    value = made_json()
    del value["figures"]["gini"]
    value["event"]["most"] = "many"

    assert len(problems_of(value)) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "broken JSON"),
        (b"{", "plan.json:1: broken JSON"),
        (b'{"kind": "plan", "kind": "plan"}', "stands twice"),
        (b"[1]", "neither an object"),
        (b"[" * 100_000, "too deep"),
        (b'{"kind": "plan", "version": ' + b"9" * 5000 + b"}", "too large to read"),
        (b"\xff\xfe\xfa", "plan.json"),
        (b'{"startups": []}', "is no plan"),
    ],
)
def test_a_file_that_is_none_is_told_with_a_cure(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)

    with pytest.raises(InputError) as caught:
        read_plan(path)

    assert told in str(caught.value.problems[0])


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_plan(tmp_path / "none.json")
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path)

    assert "is a folder" in str(caught.value.problems[0])


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner))


@st.composite
def mangled(draw: st.DrawFn) -> object:
    """A plan of which up to three parts were replaced, removed, or put elsewhere."""
    value: Any = copy.deepcopy(MADE)
    for _ in range(draw(st.integers(1, 3))):
        place: Any = value
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.integers(0, 5)):
                place = place[key]
                continue
            how = draw(st.sampled_from(["replace", "remove", "number"]))
            if how == "remove":
                del place[key]
            else:
                place[key] = draw(VALUES if how == "replace" else st.integers(-1, 7))
            break
    return value


MADE = made_json()


@given(mangled())
@settings(max_examples=300)
def test_a_mangled_plan_is_told_or_can_be_written(value: dict[str, object]) -> None:
    try:
        plan = plan_of_json(value)
    except InputError as error:
        assert error.problems
        return

    assert plan_of_json(json.loads(plan_text(plan))) == plan
    assert list(calendars(plan)) is not None
    assert cards_page(plan) and mojo_import(plan).content and plan_workbook(plan) and meetings_table(plan).columns
