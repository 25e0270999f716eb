"""A plan to a folder or a file: whole, never over what is there unless told, never outside; known among profiles."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.plans import Attendee, Meeting, Plan
from dealport.model import LANGUAGES, RequestError, UsageError
from dealport.reading.paths import read_paths
from dealport.writing.plan_json.plan_reading import read_plan
from dealport.writing.plans.plan_writing import FILES, SUFFIXES, check_plan_out, write_plan
from tests.writing.made_plan import make_event, make_plan

PROFILE = 'kind = "startup"\nname = "Lumen"\ncountry = "KR"\n'


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_gets_every_file(tmp_path: Path) -> None:
    out = tmp_path / "new" / "plan-2026"

    written = write_plan(make_plan(), out)

    calendars = {name for name in tree(out) if name.startswith("calendars/")}
    assert tree(out) - calendars == set(FILES)
    assert len(calendars) == written.n_calendars == 7
    assert written.paths == (*(out / name for name in FILES), out / "calendars")
    assert written.without_email == ('=HYPERLINK("https://evil.example";"click")', "さくらキャピタル")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_name_with_a_suffix_is_that_file_alone(suffix: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / f"day{suffix.upper()}"

    written = write_plan(make_plan(), path, language=language)

    assert (written.paths, tree(tmp_path)) == ((path,), {path.name})


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_plan(make_plan(), tmp_path / name)

    for name in tree(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_plan(make_plan(), tmp_path / "out")

    assert read_plan(tmp_path / "out" / "plan.json").meetings == make_plan().meetings


def test_excel_wants_a_mark_before_the_rows(tmp_path: Path) -> None:
    write_plan(make_plan(), tmp_path / "plan.csv", excel=True)

    assert (tmp_path / "plan.csv").read_bytes().startswith(b"\xef\xbb\xbfdate,")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plan.ics", "each participant has a calendar of its own; name a folder"),
        ("plan.pdf", "end it in one of .xlsx .csv .json .html, or name a folder"),
    ],
)
def test_a_suffix_that_is_none_of_ours_is_refused_with_a_cure(name: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        check_plan_out(tmp_path / name)


@pytest.mark.parametrize("name", [*FILES, "calendars/startup-x.ics"])
def test_what_is_there_is_refused_without_force(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(RequestError, match="--force"):
        check_plan_out(tmp_path)
    with pytest.raises(RequestError, match="--force"):
        write_plan(make_plan(), tmp_path)

    assert tree(tmp_path) == {name}
    check_plan_out(tmp_path, force=True)


def test_a_file_that_is_there_is_refused_without_force(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(RequestError, match="--force"):
        write_plan(make_plan(), path)

    assert path.read_text(encoding="utf-8") == "mine"
    write_plan(make_plan(), path, force=True)


def test_other_files_in_the_folder_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    write_plan(make_plan(), tmp_path)

    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["file", "file/below", "out/calendars"])
def test_a_file_where_a_folder_must_be_is_told(name: str, tmp_path: Path) -> None:
    taken = tmp_path / ("out/calendars" if name.startswith("out") else "file")
    taken.parent.mkdir(exist_ok=True)
    taken.write_text("mine", encoding="utf-8")

    with pytest.raises(RequestError, match=r"it is a file|is a file, not a folder"):
        check_plan_out(tmp_path / ("out" if name.startswith("out") else name), force=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_nobody_may_write_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(RequestError, match="no permission"):
        check_plan_out(tmp_path / "out")


def test_a_file_that_was_read_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("name,country\n", encoding="utf-8")

    with pytest.raises(RequestError, match="one of the files read"):
        write_plan(make_plan(), tmp_path, force=True, inputs=[str(path)])
    with pytest.raises(RequestError, match="one of the files read"):
        write_plan(make_plan(), path, force=True, inputs=[str(path)])

    assert path.read_text(encoding="utf-8") == "name,country\n"


def test_with_force_calendars_of_an_earlier_plan_go_and_all_else_stays(tmp_path: Path) -> None:
    write_plan(make_plan(), tmp_path)
    folder = tmp_path / "calendars"
    other = replace(make_plan(), event=replace(make_event(), name="Another event"))
    write_plan(other, tmp_path / "other")
    (tmp_path / "other" / "calendars" / "startup-lumen.ics").replace(folder / "other.ics")
    (folder / "mine.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    fewer = replace(make_plan(), meetings=make_plan().meetings[:1], dropped=(), changes=())

    written = write_plan(fewer, tmp_path, force=True)

    assert {path.name for path in folder.iterdir()} == {
        *("startup-lumen.ics", "investor-harbor.ics", "other.ics", "mine.ics")
    }
    assert len(written.removed) == 5
    assert not [path for path in written.removed if path.exists()]


def test_a_plan_without_a_meeting_makes_no_folder_of_calendars(tmp_path: Path) -> None:
    write_plan(replace(make_plan(), meetings=(), dropped=(), changes=()), tmp_path / "out")

    assert tree(tmp_path / "out") == set(FILES)


def odd_plan(ids: tuple[str, ...]) -> Plan:
    """Startups of these ids, each with a meeting."""
    attendees = tuple(Attendee(("startup", id_), id_, "KR", ("ko",), 1, 1) for id_ in ids)
    meetings = tuple(Meeting(f"u{n}", (id_, f"i{n}"), (n,), "1", "", 1, "", False) for n, id_ in enumerate(ids))
    return replace(make_plan(), attendees=attendees, meetings=meetings, dropped=(), changes=(), short=(), unmet=())


@given(st.sets(st.text(st.characters(exclude_categories=()), min_size=1), min_size=1, max_size=4))
@settings(max_examples=15)
def test_nothing_is_written_outside_whatever_the_ids(tmp_path_factory: pytest.TempPathFactory, ids: set[str]) -> None:
    base = tmp_path_factory.mktemp("odd")

    written = write_plan(odd_plan(tuple(sorted(ids))), base / "out")

    assert {path.name for path in base.iterdir()} == {"out"}
    assert len(list((base / "out" / "calendars").iterdir())) == written.n_calendars == 2 * len(ids)


def test_ids_like_paths_stay_inside(tmp_path: Path) -> None:
    write_plan(odd_plan(("../../up", "/etc/passwd", "a\\b", "CON", "con")), tmp_path / "out")

    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    assert len(list((tmp_path / "out" / "calendars").iterdir())) == 10


def test_a_plan_among_profiles_is_known_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "startups").mkdir()
    (tmp_path / "startups" / "lumen.toml").write_text(PROFILE, encoding="utf-8")
    write_plan(make_plan(), tmp_path, language="ko")
    (tmp_path / "cards.html").unlink()

    reading = read_paths([tmp_path])

    assert [row.fields["name"] for row in reading.rows] == ["Lumen"]
    assert {problem.severity for problem in reading.problems} == {"warning"}
    told = {Path(one.place.partition(":")[0]).name for one in reading.problems if "own output" in one.message}
    assert told == {"plan.json", "plan.csv", "plan.xlsx", "meeting-mojo.csv"}
    assert not [one for one in reading.problems if ".ics" in one.place]


def test_a_mojo_file_without_a_row_is_known_too(tmp_path: Path) -> None:
    write_plan(replace(make_plan(), attendees=(), short=(), unmet=()), tmp_path / "out")
    (tmp_path / "startups").mkdir()

    reading = read_paths([tmp_path / "out" / "meeting-mojo.csv"])

    assert {problem.severity for problem in reading.problems} <= {"warning"}


def test_the_plan_says_what_it_is_to_programs(tmp_path: Path) -> None:
    write_plan(make_plan(), tmp_path / "plan.json")

    value = json.loads((tmp_path / "plan.json").read_bytes())

    assert (value["version"], value["kind"]) == (1, "plan")
