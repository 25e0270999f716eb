"""What `dealport check` says of events and requests, and which event a plan is made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dealport.market.markets import Market
from dealport.model import InputError, RequestError, UsageError
from dealport.reading.paths import Reading
from dealport.stories.meeting_story import load_day
from dealport.stories.ranking_story import read_market

Run = Callable[..., SimpleNamespace]
DAY = """
    kind = "event"
    name = "Day"
    date = 2026-01-07
    time_zone = "Asia/Shanghai"
    slots = ["10:00-10:20", "10:20-10:40"]
    tables = 2
"""


def read(profiles: Path) -> tuple[Reading, Market]:
    return read_market([Path(profiles.name)])  # in the working folder, as a user names it


def test_a_sound_event_and_its_requests_end_with_0(run: Run, profiles: Path) -> None:
    (profiles / "day.toml").write_text(DAY, encoding="utf-8")
    (profiles / "requests.csv").write_text("from,to,rank\nlunit,harbor,1\n", encoding="utf-8")

    ran = run("check")

    assert (ran.code, "0 faults" in ran.out) == (0, True)


def test_faults_of_every_event_are_told_with_their_lines(run: Run, profiles: Path) -> None:
    (profiles / "day.toml").write_text(DAY.replace("2026-01-07", '"soon"'), encoding="utf-8")
    (profiles / "other.toml").write_text(f'{DAY}\n[[participant]]\nid = "nobody"\n', encoding="utf-8")

    ran = run("check")

    assert ran.code == 3
    assert "profiles/day.toml:4: date: wants a day from 2000 to 2100, not 'soon'" in ran.out
    assert "profiles/other.toml:10: participant[1].id: nobody here is called 'nobody'" in ran.out


def test_requests_of_nobody_are_warnings(run: Run, profiles: Path) -> None:
    (profiles / "requests.csv").write_text("from,to,rank\nlunit,nobody,1\n", encoding="utf-8")

    ran = run("check", "--json")

    (problem,) = (one for one in json.loads(ran.out)["problems"] if "requests" in one["place"])
    assert ran.code == 0
    assert (problem["severity"], problem["place"], problem["field"]) == ("warning", "profiles/requests.csv:2", "to")


def test_problems_of_events_stand_in_the_order_of_the_files(run: Run, profiles: Path) -> None:
    (profiles / "day.toml").write_text(DAY.replace("tables = 2", "tables = 0"), encoding="utf-8")
    (profiles / "a.toml").write_text("kind = 'startup'\n", encoding="utf-8")
    (profiles / "z.toml").write_text("kind = 'startup'\n", encoding="utf-8")

    places = [one["place"] for one in json.loads(run("check", "--json").out)["problems"]]

    assert [place for place in places if place.count("/") == 1] == [
        "profiles/a.toml",
        "profiles/day.toml:7",
        "profiles/z.toml",
    ]


def test_a_table_of_events_is_no_meeting_day(run: Run, profiles: Path) -> None:
    (profiles / "events.csv").write_text("name,date\nSlush,2026-11-18\nTNW,2026-06-18\n", encoding="utf-8")

    ran = run("check")

    assert ran.code == 0
    assert ran.out.count("no meeting day can be read from a table: left out") == 1
    with pytest.raises(RequestError, match="no event found"):
        load_day(*read(profiles))


def test_the_one_event_among_the_profiles_is_taken(profiles: Path) -> None:
    (profiles / "day.toml").write_text(f'{DAY}met = [["Lunitt", "harbor"]]\n', encoding="utf-8")
    (profiles / "requests.csv").write_text("from,to\nlunit,harbor\nlunit,nobody\n", encoding="utf-8")

    day = load_day(*read(profiles))

    assert (day.event.name, sorted(day.event.met)) == ("Day", [("lunit", "harbor")])
    assert day.wishes == {("startup", "lunit"): ("harbor",)}
    assert [one.place for one in day.problems] == ["profiles/day.toml:8", "profiles/requests.csv:3"]


def test_of_several_events_one_must_be_named(profiles: Path) -> None:
    (profiles / "day.toml").write_text(DAY, encoding="utf-8")
    (profiles / "other.toml").write_text(DAY.replace('"Day"', '"Other"'), encoding="utf-8")

    with pytest.raises(RequestError, match=r"2 events: profiles/day\.toml, .*--event profiles/day\.toml"):
        load_day(*read(profiles))

    assert load_day(*read(profiles), profiles / "other.toml").event.name == "Other"


def test_an_event_that_is_named_need_not_say_that_it_is_one(profiles: Path, tmp_path: Path) -> None:
    path = tmp_path / "startups" / "x.TOML"
    path.parent.mkdir()
    path.write_text(DAY.replace('kind = "event"', ""), encoding="utf-8")

    assert load_day(*read(profiles), path).event.name == "Day"


def test_an_event_may_be_a_json_file(profiles: Path, tmp_path: Path) -> None:
    fields = {"date": "2026-01-07", "time_zone": "Asia/Seoul", "slots": ["10:00-10:20"], "tables": 1}
    (tmp_path / "day.json").write_text(json.dumps(fields), encoding="utf-8")

    event = load_day(*read(profiles), tmp_path / "day.json").event

    assert (event.name, event.time_zone) == ("day", "Asia/Seoul")


def test_no_event_names_the_command_that_writes_one(profiles: Path) -> None:
    with pytest.raises(RequestError, match="`dealport new event NAME` writes one"):
        load_day(*read(profiles))


def test_no_event_among_broken_files_says_where_to_look(profiles: Path) -> None:
    (profiles / "day.toml").write_text("kind = event\n", encoding="utf-8")

    with pytest.raises(RequestError, match=r"1 fault in the files, see `dealport check`"):
        load_day(*read(profiles))


def test_a_faulty_event_tells_all_its_faults(profiles: Path) -> None:
    (profiles / "day.toml").write_text(DAY.replace("2026-01-07", "7").replace("tables = 2", ""), encoding="utf-8")

    with pytest.raises(InputError, match=r"day\.toml: this event can't be planned") as raised:
        load_day(*read(profiles))

    assert [one.field for one in raised.value.problems] == ["tables", "date"]


@pytest.mark.parametrize("name", ["nowhere.toml", "profiles", "deals.csv", "x\0.toml", "x" * 300 + ".toml"])
def test_an_event_that_is_no_file_to_read_is_a_usage_error(profiles: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no such file|ending in \.toml or \.json"):
        load_day(*read(profiles), Path(name))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date = ", "broken TOML"),
        ("[[startup]]\nname = 'x'\n", "no events in it"),
        ("[[event]]\ntables = 1\n[[event]]\ntables = 2\n", "2 events in it"),
        ("minutes = nan\n", "not a number"),
    ],
)
def test_a_file_that_holds_no_one_event_is_a_fault(profiles: Path, text: str, told: str) -> None:
    path = Path("day.toml")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as raised:
        load_day(*read(profiles), path)

    assert told in " ".join([str(raised.value), *map(str, raised.value.problems)])


def test_a_folder_of_the_name_of_an_event_is_a_fault(profiles: Path) -> None:
    Path("day.toml").mkdir()

    with pytest.raises(InputError, match="can't be read"):
        load_day(*read(profiles), Path("day.toml"))
