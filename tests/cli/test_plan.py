"""The command `plan`: what it shows and writes, and what it says where it can't."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import SimpleNamespace

import icalendar
import pytest

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.preparing import prepare
from dealport.meetings.planning_day import plan_day
from dealport.stories.meeting_story import PlanRequest, load_day, plan_meetings
from dealport.stories.ranking_story import read_market
from dealport.stories.settings import weights_of
from dealport.writing.plan_json.plan_objects import plan_text
from dealport.writing.plan_json.plan_reading import plan_of_json, read_plan
from dealport.writing.plans.plan_tables import FLAT
from tests.bench.markets import make_rows
from tests.meetings.checking import broken
from tests.test_promises import split, write_table

Run = Callable[..., SimpleNamespace]
SAMPLE = Path(__file__).parents[2] / "profiles"
FILES = ["calendars", "cards.html", "meeting-mojo.csv", "plan.csv", "plan.json", "plan.xlsx"]
EVENT = ("--event", "event.toml")


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample market in the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SAMPLE, tmp_path / "profiles")
    return tmp_path / "profiles"


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if stdout were a terminal of 80 columns."""
    monkeypatch.setattr("dealport.cli.terminal.screen.is_piped", lambda: False)
    monkeypatch.setenv("COLUMNS", "80")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_in_a_pipe_the_meetings_are_csv(run: Run, profiles: Path) -> None:
    ran = run("plan", *EVENT)

    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert (ran.code, ran.err) == (0, "")
    assert tuple(rows[0]) == FLAT
    met = sorted((row["startup_id"], row["investor_id"]) for row in rows)
    assert met == [("lunit", "cmb-international"), ("yulan", "cmb-international"), ("yulan", "harbor")]
    assert sorted(row["start"] for row in rows) == ["10:00", "10:20", "10:40"]


def test_json_is_what_plan_json_holds(run: Run, profiles: Path) -> None:
    ran = run("plan", *EVENT, "--json", "--out", "plan.json")

    assert ran.code == 0
    assert plan_of_json(json.loads(ran.out)) == read_plan(Path("plan.json"))
    assert Path("plan.json").read_text(encoding="utf-8") == plan_text(read_plan(Path("plan.json")))


def test_a_folder_gets_every_file_and_a_summary_is_shown(run: Run, profiles: Path) -> None:
    ran = run("plan", *EVENT, "--out", "plan")

    assert ran.code == 0
    assert sorted(one.name for one in Path("plan").iterdir()) == FILES
    assert ran.out.startswith("Day\n")
    assert "Meetings" in ran.out
    assert "wrote plan: plan.xlsx, plan.csv, cards.html, meeting-mojo.csv, plan.json, 4 calendars\n" in ran.err
    assert "meeting-mojo.csv lacks 3 meetings: no e-mail address of their own in `contact` have 루닛" in ran.err


def test_single_files_are_written_by_their_suffix(run: Run, profiles: Path) -> None:
    names = ["a.xlsx", "b.csv", "c.json", "d.html"]

    ran = run("plan", *EVENT, *(part for name in names for part in ("--out", name)), "--excel")

    assert ran.code == 0
    assert ran.err == "".join(f"wrote {name}\n" for name in names)
    assert Path("b.csv").read_bytes().startswith(b"\xef\xbb\xbfdate,start")


def test_on_a_terminal_without_out_it_says_that_nothing_is_written(run: Run, profiles: Path, at_terminal: None) -> None:
    ran = run("plan", *EVENT)

    assert ran.out.startswith("Day\nWednesday, January 7, 2026, Asia/Shanghai: participants 4, slots 4, tables 1\n")
    assert ran.err == "nothing is written: --out FOLDER gives timetable, cards, calendars and plan.json\n"
    assert not Path("plan").exists()


@pytest.mark.usefixtures("profiles", "at_terminal")
@pytest.mark.parametrize(
    ("out", "where"),
    [
        ((), "`--out plan.xlsx`"),
        (("plan",), "plan/plan.xlsx"),
        (("plan.csv",), "`--out plan.xlsx`"),
        (("plan.csv", "day.XLSX", "plan"), "day.XLSX"),
    ],
)
def test_a_list_that_is_only_begun_says_which_file_holds_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, out: tuple[str, ...], where: str
) -> None:
    monkeypatch.setattr("dealport.cli.views.plan_view.MOST_LISTED", 0)
    change(Path("event.toml"), "minutes = 20", "minutes = 20\nfewest = 4")

    ran = run("plan", *EVENT, *(part for path in out for part in ("--out", path)))

    assert f" more: all are in {where}\n" in ran.out


def test_quiet_says_nothing_on_stderr(run: Run, profiles: Path, at_terminal: None) -> None:
    (profiles / "requests.csv").write_text("from,to\nlunit,nobody\n", encoding="utf-8")

    assert run("plan", *EVENT, "--quiet").err == ""
    assert run("plan", *EVENT, "--quiet", "--out", "plan").err == ""


def test_the_one_event_among_the_profiles_is_planned(run: Run, profiles: Path) -> None:
    (profiles / "day.toml").write_text('kind = "event"\n' + Path("event.toml").read_text(encoding="utf-8"))

    assert run("plan").code == 0

    (profiles / "other.toml").write_text('kind = "event"\n' + Path("event.toml").read_text(encoding="utf-8"))
    several = run("plan")
    assert several.code == 1
    assert (
        "2 events: profiles/day.toml, profiles/other.toml (say which, as in --event profiles/day.toml)" in several.err
    )


def test_without_an_event_it_names_the_command_that_writes_one(run: Run, profiles: Path) -> None:
    ran = run("plan")

    assert (ran.code, ran.out) == (1, "")
    assert "no event found (`dealport new event NAME` writes one to fill in)" in ran.err


def test_requests_count(run: Run, profiles: Path) -> None:
    change(Path("event.toml"), 'end = "11:20"', 'end = "10:20"')
    (profiles / "requests.csv").write_text("from,to\nharbor,yulan\n", encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(run("plan", *EVENT).out)))

    assert [(row["startup_id"], row["investor_id"], row["asked_by"]) for row in rows] == [
        ("yulan", "harbor", "investor")
    ]


def test_warnings_of_the_event_and_the_requests_are_told(run: Run, profiles: Path) -> None:
    rows = "".join(f"lunit,nobody {number},\n" for number in range(12))
    (profiles / "requests.csv").write_text(f"from,to,rank\n{rows}", encoding="utf-8")
    add(Path("event.toml"), 'met = [["Lunitt", "harbor"]]\n')

    few, every = run("plan", *EVENT), run("plan", *EVENT, "--verbose")

    told = few.err.splitlines()
    assert told[0] == "event.toml:9: met[1]: 'Lunitt' is read as 루닛 (lunit, startup, KR)"
    assert told[1].startswith("profiles/requests.csv:2: to: nobody here is called 'nobody 0': left out")
    assert told[-1] == "3 more warnings: --verbose tells them"
    assert len(told) == 11
    assert "'nobody 11'" in every.err


def test_faulty_profiles_are_left_out_with_a_line_that_names_check(run: Run, profiles: Path) -> None:
    (profiles / "startups" / "nameless.toml").write_text("country = 'KR'\n", encoding="utf-8")

    ran, strict = run("plan", *EVENT), run("plan", *EVENT, "--strict")

    assert (ran.code, ran.err) == (0, "1 faulty profile left out: see `dealport check profiles`\n")
    assert strict.code == 3
    assert "nameless.toml" in strict.err


def test_a_faulty_event_ends_with_3_and_all_its_faults(run: Run, profiles: Path) -> None:
    change(Path("event.toml"), "tables = 1", "tables = 0\nfewest = -1")

    ran = run("plan", *EVENT)

    assert (ran.code, ran.out) == (3, "")
    assert "event.toml: this event can't be planned" in ran.err
    assert "event.toml:8: tables" in ran.err
    assert "event.toml:9: fewest" in ran.err


def test_where_nobody_may_meet_it_says_what_took_them(run: Run, profiles: Path) -> None:
    met = '[["lunit", "cmb-international"], ["yulan", "cmb-international"], ["yulan", "harbor"]]'
    add(Path("event.toml"), f"met = {met}\n")

    ran = run("plan", *EVENT, "--out", "plan")

    assert (ran.code, ran.out) == (1, "")
    assert "nobody may meet: no pair is left of 4. They met before: 3; Nothing in common, or outside" in ran.err
    assert not Path("plan").exists()


def test_where_no_meeting_has_a_place_it_says_why(run: Run, profiles: Path) -> None:
    add(Path("event.toml"), '[[closed]]\ntables = ["1"]\n')

    ran = run("plan", *EVENT)

    assert (ran.code, ran.out) == (1, "")
    assert "no meeting can be held: none of 3 pairs has a place. No table free: 3" in ran.err


def test_without_investors_there_is_nothing_to_plan(run: Run, profiles: Path) -> None:
    shutil.rmtree(profiles / "investors")

    ran = run("plan", *EVENT)

    assert ran.code == 1
    assert "no investors found in profiles" in ran.err


def test_what_exists_is_refused_before_anything_is_read(run: Run, profiles: Path) -> None:
    Path("plan").mkdir()
    Path("plan/plan.csv").write_text("mine", encoding="utf-8")
    Path("event.toml").unlink()

    ran = run("plan", *EVENT, "--out", "plan")

    assert ran.code == 1
    assert "plan/plan.csv: it exists already; give --force to replace it" in ran.err
    assert Path("plan/plan.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--out", "plan.pdf"], "end it in one of .xlsx .csv .json .html, or name a folder"),
        (["--out", "a.ics"], "name a folder to get them all"),
        (["--out", "a", "--out", "./a"], "a: named twice (as a before)"),
        (["--at", "10:40"], "--at says when a plan is made again"),
        (["--previous", "plan.json"], "--previous needs --at"),
        (["--previous", "nowhere.json", "--at", "10:40"], "nowhere.json: no such file"),
        (["--at", " "], "--at': it is blank (write it as 10:40)"),
        (["--event", "nowhere.toml"], "nowhere.toml: no such file"),
        (["--language", "fr"], "--language"),
    ],
)
def test_a_wrong_command_line_ends_with_2(run: Run, profiles: Path, arguments: list[str], told: str) -> None:
    ran = run("plan", *EVENT, *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_file_that_was_read_is_never_replaced(run: Run, profiles: Path) -> None:
    fields = {"date": "2026-01-07", "time_zone": "Asia/Seoul", "slots": ["10:00-10:20"], "tables": 1}
    Path("day.json").write_text(json.dumps(fields), encoding="utf-8")

    ran = run("plan", "--event", "day.json", "--out", "day.json", "--force")

    assert ran.code == 1
    assert "day.json: it is one of the files read" in ran.err


def test_a_plan_is_made_without_a_terminal_too(sample: Path) -> None:
    outcome = plan_meetings([Path("profiles")], PlanRequest(with_what_ifs=True))

    assert len(outcome.plan.meetings) > 100
    assert len(outcome.plan.what_ifs) > 4
    assert "profiles/event.toml" in outcome.inputs
    assert outcome.where == "profiles"


def test_no_rule_of_the_sample_s_day_is_broken_and_every_aim_before_the_score_is_proven(sample: Path) -> None:
    reading, market = read_market([Path("profiles")])
    day = load_day(reading, market)
    prepared = prepare(market, weights_of(reading, None), day.event, day.wishes)

    timetable = plan_day(prepared.day)

    assert broken(prepared.day, timetable, bonus_units(prepared.day)) == []
    *aims, score = timetable.levels
    assert [one.value - one.bound for one in aims] == [0] * len(aims)
    assert 0.999 * score.bound <= score.value <= score.bound


def test_the_same_input_gives_the_same_bytes(run: Run, sample: Path) -> None:
    run("plan", "--out", "one")
    first, *rest = (sample / "requests.csv").read_text(encoding="utf-8").splitlines()
    (sample / "requests.csv").write_text("\n".join([first, *reversed(rest)]) + "\n", encoding="utf-8")

    run("plan", "--out", "two")

    files = [path.relative_to("one") for path in sorted(Path("one").rglob("*")) if path.is_file()]
    assert len(files) > 70
    assert [one for one in files if (Path("one") / one).read_bytes() != (Path("two") / one).read_bytes()] == []


def test_the_order_of_files_and_rows_changes_nothing(run: Run, tmp_path: Path, profiles: Path) -> None:
    startups, investors = (
        [row | {"languages": row["languages"].partition(";")[0]} for row in rows]  # the order of languages counts
        for rows in (make_rows(24, investors=False, seed=1), make_rows(18, investors=True, seed=2))
    )
    generator = Random(3)  # noqa: S311 - no secret
    whole = [("startups.csv", startups), ("investors.csv", investors)]
    parts = split(startups, "startup", generator) + split(investors, "investor", generator)
    for folder, tables in (("one", whole), ("two", parts)):
        (tmp_path / folder).mkdir()
        for name, rows in tables:
            write_table(tmp_path / folder / name, rows)

    one, two = (run("plan", folder, *EVENT, "--json") for folder in ("one", "two"))

    assert one.out == two.out
    assert len(json.loads(one.out)["meetings"]) > 2


def test_what_one_more_would_buy_is_told(run: Run, profiles: Path) -> None:
    change(Path("event.toml"), 'end = "11:20"', 'end = "10:20"')

    plain, asked = run("plan", *EVENT, "--out", "a.json"), run("plan", *EVENT, "--out", "b.json", "--what-if")

    assert "With one more" not in plain.out
    assert "With one more\n  One more table  Meetings +1;" in asked.out
    assert [one.more for one in read_plan(Path("b.json")).what_ifs] == ["table", "slot"]
    assert read_plan(Path("a.json")).what_ifs == ()


# --- The day changes ----------------------------------------------------------------------------------------------


def test_a_plan_that_follows_another_tells_every_change(run: Run, sample: Path) -> None:
    run("plan", "--out", "plan")
    before = read_plan(Path("plan/plan.json"))
    add(sample / "event.toml", '\n[[participant]]\nid = "kupferhain"\nabsent = ["15:30-17:10"]\n')

    ran = run("plan", "--previous", "plan/plan.json", "--at", "15:20", "--out", "plan", "--force")

    after = read_plan(Path("plan/plan.json"))
    assert ran.code == 0
    lost = {one.pair for one in before.meetings if one.pair[1] == "kupferhain" and one.slots[0] >= 5}
    assert lost
    assert {one.pair for one in after.dropped} <= lost
    held = [one for one in before.meetings if one.slots[0] < 5]
    assert [one for one in after.meetings if one.slots[0] < 5] == held
    assert {one.kind for one in after.changes} <= {"dropped", "moved", "added"}
    assert f"Changes: {len(after.changes)}\n" in ran.out
    assert "\nMeetings kept from the plan " in ran.out
    assert "x Kupferhain" in ran.out
    assert after.stamped_at.isoformat() == "2026-01-07T15:20:00+08:00"


def test_a_pure_cancellation_changes_no_other_meeting(run: Run, sample: Path) -> None:
    change(sample / "event.toml", "fewest = 3", "fewest = 0")
    run("plan", "--out", "plan")
    before = read_plan(Path("plan/plan.json"))
    gone = before.meetings[-1].pair[0]
    add(sample / "event.toml", f'\n[[participant]]\nid = "startup:{gone}"\nabsent = true\n')

    run("plan", "--previous", "plan/plan.json", "--at", "9:00", "--out", "plan", "--force")

    after = read_plan(Path("plan/plan.json"))
    kept = {one.uid: one for one in after.meetings}
    assert {one.pair[0] for one in after.dropped} == {gone}
    assert [one for one in before.meetings if one.pair[0] != gone] == [
        kept[one.uid] for one in before.meetings if one.pair[0] != gone
    ]


def test_calendars_cancel_what_is_dropped(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan")
    add(Path("event.toml"), '[[participant]]\nid = "harbor"\nabsent = true\n')

    run("plan", *EVENT, "--previous", "plan/plan.json", "--at", "2026-01-06T18:00", "--out", "plan", "--force")

    (path,) = Path("plan/calendars").glob("*harbor*.ics")
    (meeting,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert (meeting["STATUS"], meeting["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_plan_may_follow_its_own_file_and_what_has_begun_may_be_gone(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan.json")
    change(Path("event.toml"), 'start = "10:00"', 'start = "10:40"')
    change(Path("event.toml"), 'end = "11:20"', 'end = "12:00"')

    ran = run("plan", *EVENT, "--previous", "plan.json", "--at", "10:30", "--out", "plan.json", "--force")

    assert ran.code == 0
    assert (
        "plan.json: 2 meetings have begun in slots that the event lacks now: counted as met before, not shown "
        "(leave slots that have begun as they were)\n"
    ) in ran.err
    assert len(read_plan(Path("plan.json")).meetings) == 1


def test_calendars_of_whoever_is_no_more_in_the_plan_are_removed_and_it_is_told(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan")
    change(Path("event.toml"), 'end = "11:20"', 'end = "10:20"')

    ran = run("plan", *EVENT, "--out", "plan", "--force")

    assert ran.code == 0
    assert "removed 2 calendars of whoever has no meeting any more\n" in ran.err
    assert len(list(Path("plan/calendars").iterdir())) == 2


def test_everybody_may_go_home(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan")
    add(Path("event.toml"), '[[closed]]\ntables = ["1"]\n')

    ran = run("plan", *EVENT, "--previous", "plan/plan.json", "--at", "9:00", "--out", "plan", "--force")

    after = read_plan(Path("plan/plan.json"))
    assert (ran.code, len(after.meetings), len(after.dropped)) == (0, 0, 3)


def test_the_plan_of_another_event_is_refused(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan.json")
    change(Path("event.toml"), '"Day"', '"Night"')

    ran = run("plan", *EVENT, "--previous", "plan.json", "--at", "10:00")

    assert (ran.code, ran.out) == (1, "")
    assert "plan.json: the plan is of 'Day', not 'Night' (give this event's, or the name it had)" in ran.err


def test_a_time_that_is_none_ends_with_2(run: Run, profiles: Path) -> None:
    run("plan", *EVENT, "--out", "plan.json")

    ran = run("plan", *EVENT, "--previous", "plan.json", "--at", "noon")

    assert (ran.code, ran.out) == (2, "")
    assert "--at 'noon' is no time (write it as 10:40, or as 2026-01-07T10:40)" in ran.err


@pytest.mark.parametrize("text", ["{", "{}", '{"kind": "plan", "version": 99}', '[{"kind": "plan"}]'])
def test_a_plan_before_that_can_t_be_used_ends_with_3(run: Run, profiles: Path, text: str) -> None:
    Path("old.json").write_text(text, encoding="utf-8")

    ran = run("plan", *EVENT, "--previous", "old.json", "--at", "10:00")

    assert (ran.code, ran.out) == (3, "")
    assert "old.json: this plan can't be used" in ran.err


def test_plan_runs_as_a_process_of_its_own(start: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    first = start("plan", *EVENT, "--out", "plan", "--language", "ko")
    again = start("plan", *EVENT, "--previous", "plan/plan.json", "--at", "10:20", "--language", "zh")

    assert (first.returncode, again.returncode) == (0, 0)
    assert "2026년 1월 7일 수요일" in first.stdout.decode()
    assert again.stdout.startswith(b"date,start,")
