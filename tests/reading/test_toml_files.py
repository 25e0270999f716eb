from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import InputError, UsageError
from dealport.reading.formats.toml_files import key_lines, read_settings, read_toml
from dealport.reading.paths import Reading

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]

LUMEN = '''# fictional
name = "Lumen Diagnostics"
country = "KR"
sectors = [
    "AI cancer diagnostics",  # a comment with ] in it
    "의료영상",
]
description = """
stage = "not a key"
"""
"raising" = '300억원'
website.main = "x"
as_of = 2026-01-07
'''


def test_a_profile_keeps_its_values_their_lines_and_its_file_name(market: Write, read: Read) -> None:
    market("startups/lumen.toml", LUMEN)

    (row,) = read().rows

    assert (row.kind, row.stem) == ("startup", "lumen")
    assert row.fields["sectors"] == ["AI cancer diagnostics", "의료영상"]
    assert row.fields["as_of"] == date(2026, 1, 7)
    places = {"name": 2, "sectors[2]": 4, "description": 8, "raising": 11, "website.main": 12, "as_of": 13}
    assert {name: row.origin.place(name) for name in places} == {
        name: f"market/startups/lumen.toml:{line}" for name, line in places.items()
    }
    assert row.origin.place("stage") == "market/startups/lumen.toml"


def test_many_profiles_in_a_file_have_lines_of_their_own(market: Write, read: Read) -> None:
    market(
        "all.toml",
        '[[startup]]\nname = "A"\n\n[[ investor ]]\nname = "F"\n[[startup]]\nname = "B"\n[startup.more]\nname = 1\n',
    )

    rows = read().rows

    assert [(row.kind, row.fields["name"], row.stem) for row in rows] == [
        ("startup", "A", ""),
        ("startup", "B", ""),
        ("investor", "F", ""),
    ]
    assert [row.origin.place("name") for row in rows] == ["market/all.toml:2", "market/all.toml:7", "market/all.toml:5"]
    assert [row.origin.line for row in rows] == [1, 6, 4]


def test_a_single_table_and_an_inline_array_hold_profiles_too(market: Write, read: Read) -> None:
    market("a.toml", '[startup]\nname = "A"\n')
    market("b.toml", 'investors = [\n  {name = "F"},\n  {name = "G"},\n]\n')

    rows = read().rows

    assert [(row.kind, row.fields["name"]) for row in rows] == [("startup", "A"), ("investor", "F"), ("investor", "G")]
    assert [row.origin.place("name") for row in rows] == ["market/a.toml:2", "market/b.toml:1", "market/b.toml:1"]


def test_a_key_outside_the_tables_is_a_fault(market: Write, read: Read) -> None:
    market("a.toml", 'country = "KR"\n[[startup]]\nname = "A"\n')

    assert [str(problem) for problem in read().problems] == [
        "market/a.toml:1: country: stands outside the [[...]] tables and belongs to none (move it into a table)"
    ]


def test_keys_are_read_whatever_their_case(market: Write, read: Read) -> None:
    market("startups/a.toml", 'Name = "A"\n"Invests In" = ["KR"]\nUnknown = 1\n')

    (row,) = read().rows

    assert row.fields == {"name": "A", "invests_in": ["KR"], "Unknown": 1}
    assert row.origin.place("invests_in[1]") == "market/startups/a.toml:2"


def test_a_key_in_two_spellings_is_a_fault(market: Write, read: Read) -> None:
    market("startups/a.toml", 'name = "A"\nName = "B"\n')

    reading = read()

    assert (reading.rows, reading.n_refused) == ((), 1)
    assert [problem.field for problem in reading.problems] == ["name"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('name = "A"\ncountry = KR\n', ":2", "broken TOML"),
        ("name = “A”\n", ":1", "straight quotes"),
        ("\nname: A\n", ":2", 'write name = "value"'),
        ('name = "A"\nname = "B"\n', ":2", "broken TOML"),
        ("a = " + "[" * 5000, "", "too deep"),
        ("a = " + "9" * 5000, "", "too large"),
        ("name = 'A\0'", ":1", "broken TOML"),
    ],
)
def test_broken_toml_is_a_fault_with_line_and_cure(
    market: Write, read: Read, text: str, place: str, words: str
) -> None:
    market("a.toml", text)

    (problem,) = read().problems

    assert problem.place == f"market/a.toml{place}"
    assert words in str(problem)


@pytest.mark.parametrize("number", ["nan", "-inf", "1e999", "[1.0, nan]", "{a = inf}", "1" + "0" * 40])
def test_numbers_that_compare_with_nothing_are_faults(market: Write, read: Read, number: str) -> None:
    market("startups/a.toml", f'name = "A"\nraising = {number}\n')

    reading = read()

    assert (reading.rows, reading.n_refused) == ((), 1)
    assert [(problem.place, problem.field) for problem in reading.problems] == [("market/startups/a.toml:2", "raising")]


def test_values_deep_inside_values_are_a_fault(market: Write, read: Read) -> None:
    market("startups/a.toml", "name = " + "[" * 50 + "]" * 50)

    assert "deep" in read().problems[0].message


def test_an_empty_file_holds_nothing(market: Write, read: Read) -> None:
    market("startups/a.toml", "# nothing yet\n")

    assert read().rows == ()
    assert read().problems == ()


def test_settings_files_are_found_and_are_no_profiles(market: Write, read: Read) -> None:
    market("weights.toml", "[weights]\nsectors = 40\n")
    market("deep/Sectors.toml", "x = 1\n")
    market("columns.toml", "y = 1\n")

    reading = read()

    assert (reading.rows, reading.problems) == ((), ())
    assert (reading.weights, reading.sectors, reading.columns) == ({"weights": {"sectors": 40}}, {"x": 1}, {"y": 1})
    assert reading.weights_origin is not None
    assert reading.weights_origin.path == "market/weights.toml"


def test_the_line_of_every_setting_is_known(market: Write, read: Read) -> None:
    path = market("weights.toml", "# mine\n[weights]\nsectors = 40\n\nstage = 3\n")

    origins = (read().weights_origin, read_settings(path).origin)

    for origin in origins:
        assert origin is not None
        assert [origin.place(name) for name in ("weights", "sectors", "stage", "none")] == [
            "market/weights.toml:2",
            "market/weights.toml:3",
            "market/weights.toml:5",
            "market/weights.toml",
        ]


def test_broken_and_second_settings_are_faults(market: Write, read: Read) -> None:
    market("a/weights.toml", "sectors = nan\n")
    market("b/weights.toml", "sectors = 1\n")
    market("c/weights.toml", "sectors = 2\n")
    market("sectors.toml", "=")

    reading = read()

    assert reading.weights == {"sectors": 1}
    assert [problem.place for problem in reading.problems] == [
        "market/a/weights.toml:1",
        "market/c/weights.toml",
        "market/sectors.toml:1",
    ]


def test_an_event_file_is_no_profile(market: Write, read: Read) -> None:
    market("day.toml", 'kind = "event"\nname = "Shanghai"\n[[participant]]\nid = "lumen"\n[startup]\nmost = 3\n')
    market("startups/event.toml", 'kind = "startup"\nname = "Event"\n')

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["Event"]
    assert [row.fields for row in reading.events] == [
        {"name": "Shanghai", "participant": [{"id": "lumen"}], "startup": {"most": 3}}
    ]


def test_read_toml_gives_the_table(market: Write) -> None:
    assert read_toml(market("w.toml", "[weights]\nsectors = 40\n")) == {"weights": {"sectors": 40}}


@pytest.mark.parametrize(("text", "place"), [("a = 1\nb =\n", ":2"), ("a = nan\n", ":1"), (b"a = '\xff\xff'", ":1")])
def test_read_toml_tells_file_and_line(market: Write, text: str | bytes, place: str) -> None:
    path = market("w.toml", text)

    with pytest.raises(InputError) as error:
        read_toml(path)

    assert [problem.place for problem in error.value.problems] == [f"market/w.toml{place}"]
    assert str(error.value.problems[0]) not in str(error.value), "it would be told twice"


def test_read_toml_of_a_folder_or_nothing_says_so(market: Write) -> None:
    with pytest.raises(InputError) as error:
        read_toml(Path("market"))
    assert [problem.message for problem in error.value.problems] == ["is a folder, not a file"]
    with pytest.raises(UsageError, match="no such file"):
        read_toml(Path("market/none.toml"))


_KEYS = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
_VALUES = st.sampled_from(
    ['"x # y"', '"""\nz = 1\n"""', "'''\n[a]\n'''", "[1, 2]", '[\n  "a]", # ]\n  "b",\n]', "{a = 1}", '["""q"""]',
     "[[1], [\n2]]", "'it]'", '"\\""', '[ "a" ] # ["', "[{a = [1]}, \n{b = '''\n'''}]", '""""quoted"""""']
)  # fmt: skip


@given(st.lists(st.tuples(_KEYS, _VALUES, st.booleans()), unique_by=lambda entry: entry[0], max_size=8))
def test_the_line_of_every_key_is_found_whatever_the_values(entries: list[tuple[str, str, bool]]) -> None:
    text, expected = "", {}
    for key, value, blank in entries:
        text += "\n# c = 1\n" if blank else ""
        expected[key] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    assert set(tomli.loads(text)) == set(expected)

    lines = key_lines(text)[("", 0)]

    assert lines == expected


def test_the_keys_of_an_events_tables_have_lines_of_their_own(market: Write, read: Read) -> None:
    market("day.toml", 'kind = "event"\n[[locked]]\nslot = 1\n[[locked]]\n\nslot = 2\n[closed]\nwhen = 3\n')

    origin = read().events[0].origin

    places = [origin.place(name).rpartition(":")[2] for name in ("locked[1].slot", "locked[2].slot", "closed[1].when")]
    assert places == ["3", "6", "8"]
    assert origin.place("locked[2].table") == origin.place("locked[2]") == "market/day.toml:4"
    assert origin.place("locked[7].slot") == "market/day.toml:2"


def test_a_key_that_stands_twice_is_said_to(market: Write, read: Read) -> None:
    market("day.toml", 'kind = "event"\nmost = 3\nmost = 4\n')

    assert [str(one) for one in read().problems] == [
        "market/day.toml:3: broken TOML: cannot overwrite a value (it stands twice: keep one)"
    ]
