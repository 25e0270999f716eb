from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.reading.paths import Reading, read_paths

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def test_a_list_of_objects_keeps_lines(market: Write, read: Read) -> None:
    market(
        "startups.json",
        '[\n  {"name": "A"},\n  {\n    "name": "B",\n    "more": {"country": 1},\n    "country": "KR"\n  }\n]\n',
    )

    rows = read().rows

    assert [(row.kind, row.stem, row.fields["name"]) for row in rows] == [("startup", "", "A"), ("startup", "", "B")]
    assert [row.origin.place("name") for row in rows] == ["market/startups.json:2", "market/startups.json:4"]
    assert rows[1].origin.place("country") == "market/startups.json:6"


def test_arrays_by_name_tell_the_kind(market: Write, read: Read) -> None:
    market(
        "all.json",
        json.dumps(
            {
                "version": 1,
                "startups": [{"name": "A"}],
                "投资机构": [{"name": "F"}, 7],
                "investor": {"name": "G"},
                "deals": [],
            },
            indent=1,
        ),
    )

    reading = read()

    assert [(row.kind, row.fields["name"]) for row in reading.rows] == [
        ("startup", "A"), ("investor", "F"), ("investor", "G"),
    ]  # fmt: skip
    assert [(problem.severity, problem.field, problem.message) for problem in reading.problems] == [
        ("warning", "version", "belongs to no list of profiles: left out"),
        ("fault", "", "not an object"),
    ]
    assert reading.n_refused == 1


def test_one_object_is_one_profile_named_by_its_file(market: Write, read: Read) -> None:
    market("startups/lumen.json", '{"Name": "Lumen", "sectors": "AI; robotics", "stage": null, "contact": " "}')

    (row,) = read().rows

    assert (row.stem, row.fields) == ("lumen", {"name": "Lumen", "sectors": ["AI", "robotics"]})


def test_an_object_may_be_an_event(market: Write, read: Read) -> None:
    market("day.json", '{"kind": "event", "name": "Shanghai"}')

    assert [row.fields for row in read().events] == [{"name": "Shanghai"}]


@pytest.mark.parametrize("part", ["$defs", "definitions", "properties"])
def test_a_schema_and_an_empty_object_are_no_profiles(market: Write, read: Read, part: str) -> None:
    market("schema.json", json.dumps({"$schema": "https://json-schema.org/draft", part: {}}))
    market("empty.json", "{}")
    market("list.json", "[]")

    assert (read().rows, read().problems) == ((), ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[\n{"name": "A",}\n]', 2, "broken JSON"),
        ('[{"name": "A"}\n{"name": "B"}]', 2, "a comma or ] is missing"),
        ('[{"name": "A"},\n]', 2, "broken JSON"),
        ('[{"name": "A"}', 1, "a comma or ] is missing"),
        ('[{"name": "A"}] x', 1, "more text after the list"),
        ('{"name": "A"}\n{"name": "B"}', 1, "more text after the end"),
        ('[\n\n{"name": "A", "name": "B"}]', 3, "the field 'name' stands twice"),
        ("[" * 100_000, 1, "too deep"),
        ('[{"a": ' + "9" * 5000 + "}]", 1, "too large"),
        ("7", 1, "neither an object nor a list"),
        ("", 1, "broken JSON"),
    ],
)
def test_broken_json_is_a_fault_with_its_line(market: Write, read: Read, text: str, line: int, words: str) -> None:
    market("startups.json", text)

    reading = read()

    assert reading.rows == ()
    assert reading.problems[0].place == f"market/startups.json:{line}"
    assert words in reading.problems[0].message


@pytest.mark.parametrize(
    "value", ["NaN", "-Infinity", "1e999", '"\\ud800"', '["\\udfff"]', '{"\\ud800": 1}', "[" * 30 + "]" * 30]
)
def test_values_no_profile_can_hold_are_faults(market: Write, read: Read, value: str) -> None:
    market("startups.json", f'[{{"name": "A",\n"raising": {value}}}, {{"name": "B"}}]')

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["B"]
    assert reading.n_refused == 1
    (problem,) = reading.problems
    assert (problem.place, problem.field) == ("market/startups.json:2", "raising")
    str(problem).encode()


def test_json_lines_lose_only_the_broken_line(market: Write, read: Read) -> None:
    market(
        "startups.jsonl",
        '{"name": "A\u2028"}\r\n\n{"name": \n[1]\n{"name": "B"} x\n{"name": "C", "kind": "investor"}\n',
    )

    reading = read()

    assert [(row.kind, row.origin.line) for row in reading.rows] == [("startup", 1), ("investor", 6)]
    assert [problem.place for problem in reading.problems] == [f"market/startups.jsonl:{line}" for line in (3, 4, 5)]
    assert reading.n_refused == 3


def test_a_list_of_no_objects_is_only_faults(market: Write, read: Read) -> None:
    market("startups.json", "[1, 2]")

    reading = read()

    assert (reading.rows, reading.n_refused) == ((), 2)


def test_empty_json_lines_hold_nothing(market: Write, read: Read) -> None:
    market("startups.jsonl", "\n\n")

    assert (read().rows, read().problems) == ((), ())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=_JSON, indent=st.sampled_from([None, 1]))
def test_any_json_is_read_or_refused(tmp_path: Path, value: object, indent: int | None) -> None:
    path = tmp_path / "startups.json"
    path.write_text(json.dumps(value, indent=indent), encoding="utf-8")

    reading = read_paths([path])

    assert isinstance(reading, Reading)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(data=st.binary(max_size=60) | st.text(alphabet='[]{}",:\\n1eNua \n', max_size=60).map(str.encode))
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".toml", ".csv", ".xlsx", ".parquet"])
def test_any_bytes_are_read_or_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"startups{suffix}"
    path.write_bytes(data)

    reading = read_paths([path])

    assert isinstance(reading, Reading)
