"""An event file as an organiser writes it: what it means, and what is said of every slip in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.meetings.event.events import Interpreters, Lock
from dealport.meetings.event.reading_events import read_event
from dealport.meetings.event.typed_tables import KEYS
from dealport.model import Origin, Problem, Row
from dealport.reading.paths import read_paths
from dealport.reading.templates import new_profile
from tests.meetings.small_market import event_of, event_text, read_text, row_of, small_market, told_of

LUMEN, HARBOR, YULAN = ("startup", "lumen"), ("investor", "harbor"), ("startup", "yulan")


def test_what_is_needed_is_enough_for_an_event() -> None:
    event = event_of()

    assert (event.name, event.day, event.time_zone, event.tables) == (
        "Day",
        date(2026, 1, 7),
        "Asia/Seoul",
        ("1", "2", "3"),
    )
    assert (event.fewest, event.most, event.order, event.languages) == (1, None, "kotra", ())
    assert [slot.starts_at.isoformat() for slot in event.slots[:2]] == [
        "2026-01-07T10:00:00+09:00",
        "2026-01-07T10:20:00+09:00",
    ]
    assert event.slots[-1].ends_at.isoformat() == "2026-01-07T12:00:00+09:00"


def starts(**changed: str | None) -> list[str]:
    return [slot.starts_at.strftime("%H:%M") for slot in event_of(**changed).slots]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"breaks": '["10:30-11:00"]'}, ["10:00", "11:00", "11:20", "11:40"]),
        ({"breaks": '["10:30", "11:00"]'}, ["10:00", "11:00", "11:20", "11:40"]),
        ({"breaks": '[["10:20", "10:30"], "11:10-11:20"]'}, ["10:00", "10:30", "10:50", "11:20", "11:40"]),
        ({"pause": "10"}, ["10:00", "10:30", "11:00", "11:30"]),
        ({"start": "10:00:00", "end": '"11：00"'}, ["10:00", "10:20", "10:40"]),
        ({"end": '"10:59"'}, ["10:00", "10:20"]),
    ],
)
def test_slots_fill_the_time_between_the_breaks(changed: dict[str, str], expected: list[str]) -> None:
    assert starts(**changed) == expected


def test_slots_may_be_listed_in_any_order_with_ends_of_their_own() -> None:
    event = event_of(start=None, end=None, slots='["11:00-11:30", "10:00", ["10:40", "11:00"]]')

    spans = [(f"{slot.starts_at:%H:%M}", f"{slot.ends_at:%H:%M}") for slot in event.slots]
    assert spans == [("10:00", "10:20"), ("10:40", "11:00"), ("11:00", "11:30")]


def test_the_last_slot_may_end_at_midnight() -> None:
    event = event_of(start='"23:30"', end='"24:00"', minutes="30")

    assert event.slots[0].ends_at.isoformat() == "2026-01-08T00:00:00+09:00"


def test_tables_may_have_names() -> None:
    assert event_of(tables='["A1", 7, " Hall  B "]').tables == ("A1", "7", "Hall B")


def test_an_event_without_a_name_has_that_of_its_file() -> None:
    assert event_of(name=None).name == "day"


def test_whoever_is_away_loses_every_slot_it_touches() -> None:
    event = event_of("""
        [[participant]]
        id = "루멘 진단"
        absent = ["10:30-10:50"]
        until = "11:45"
        [[participant]]
        id = "HARBOR VENTURES, Inc."
        absent = true
        [[participant]]
        id = "investor:Twin"
        from = "10:20"
        [[participant]]
        id = "yulan"
        absent = false
    """)

    assert event.absent == {
        LUMEN: frozenset({1, 2, 5}),
        HARBOR: frozenset(range(6)),
        ("investor", "twin"): frozenset({0}),
    }


def test_own_numbers_go_before_those_of_the_event() -> None:
    event = event_of(
        """
        [[participant]]
        id = "lumen"
        most = 2
        [[participant]]
        id = "harbor"
        fewest = 4
        """,
        fewest="3",
        most="5",
    )

    assert (event.fewest, event.most) == (3, 5)
    assert event.own_most == {LUMEN: 2}
    assert event.own_fewest == {LUMEN: 2, HARBOR: 4}  # no more than one may have


def test_a_closed_table_is_lost_where_its_time_touches_a_slot() -> None:
    event = event_of("""
        [[closed]]
        tables = ["3"]
        [[closed]]
        tables = "1"
        when = ["10:30-10:35"]
    """)

    assert event.closed == {(slot, "3") for slot in range(6)} | {(1, "1")}


def test_interpreters_of_two_languages_add_up_in_the_slots_they_are_there_for_as_a_whole() -> None:
    event = event_of(
        """
        [[interpreter]]
        languages = ["Korean", "ko-KR"]
        [[interpreter]]
        languages = ["zh", "한국어"]
        count = 2
        when = ["10:00-11:10"]
        [[interpreter]]
        languages = ["ja", "en"]
        count = 0
        """.replace('"ko-KR"', '"중국어"'),
        languages='["English", "en"]',
    )

    assert event.interpreters == (
        Interpreters(("en", "ja"), (0,) * 6),
        Interpreters(("ko", "zh"), (3, 3, 3, 1, 1, 1)),
    )
    assert event.languages == ("en",)


def test_spans_that_touch_count_as_one_for_an_interpreter() -> None:
    event = event_of('[[interpreter]]\nlanguages = ["ko", "zh"]\nwhen = ["10:10-10:30", "10:30-10:40"]')

    assert event.interpreters[0].counts == (0, 1, 0, 0, 0, 0)


def test_locks_are_kept_in_the_order_of_the_file() -> None:
    event = event_of("""
        [[locked]]
        startup = "yulan"
        investor = "peak"
        [[locked]]
        startup = "Twin"
        investor = "Twin"
        slot = 10:20:00
        table = 2
    """)

    assert event.locked == (Lock(("yulan", "peak")), Lock(("twin", "twin"), 1, "2"))


@pytest.mark.parametrize(
    "typed",
    [
        'met = [["lumen", "harbor"], ["peak", "玉兰电池"]]',
        'met = [["harbor", "lumen"], ["yulan", "Summit Peak"], ["lumen", "harbor"]]',
        '[[met]]\nstartup = "lumen"\ninvestor = "harbor"\n[[met]]\nstartup = "yulan"\ninvestor = "peak"',
    ],
)
def test_pairs_may_be_lists_or_tables_in_either_order(typed: str) -> None:
    assert event_of(typed).met == {("lumen", "harbor"), ("yulan", "peak")}


def test_one_pair_needs_no_list_of_lists() -> None:
    assert event_of('double = ["Twin", "harbor"]').doubles == {("twin", "harbor")}


def test_a_slip_of_the_pen_is_taken_and_told() -> None:
    event, problems = read_text(event_text('met = [["Lumen Diagnostix", "harbor"]]'))

    assert event is not None
    assert event.met == {("lumen", "harbor")}
    assert [str(one) for one in problems] == [
        "day.toml:9: met[1]: 'Lumen Diagnostix' is read as Lumen Diagnostics (lumen, startup, KR)"
    ]


def test_a_locked_pair_that_met_before_is_told_and_kept() -> None:
    pair = 'startup = "lumen"\ninvestor = "harbor"'
    event, problems = read_text(event_text(f"[[met]]\n{pair}\n[[locked]]\n{pair}"))

    assert event is not None
    assert event.locked == (Lock(("lumen", "harbor")),)
    assert [(one.severity, one.message) for one in problems] == [
        ("warning", "the pair met before, and is locked: it meets again")
    ]


def test_a_time_without_a_slot_is_a_warning_but_for_those_who_come_early() -> None:
    event, problems = read_text(
        event_text("""
        [[participant]]
        id = "lumen"
        absent = ["3:00-4:00"]
        from = "9:00"
        until = "13:00"
        [[closed]]
        tables = ["1"]
        when = ["02:00-03:00"]
        """)
    )

    assert event is not None
    assert [(one.severity, one.field) for one in problems] == [
        ("warning", "participant[1].absent"),
        ("warning", "closed[1].when"),
    ]


def test_whoever_has_no_slot_left_is_told_unless_it_is_said_so() -> None:
    event, problems = read_text(
        event_text('[[participant]]\nid = "lumen"\nuntil = "5:00"\n[[participant]]\nid = "yulan"\nabsent = true')
    )

    assert event is not None
    assert [str(one) for one in problems] == [
        "day.toml:9: participant[1]: no slot is left: away all day (write absent = true if that is meant)"
    ]


@pytest.mark.parametrize(
    ("zone", "day", "slots", "told"),
    [
        ("Europe/Berlin", "2026-03-29", '["02:30"]', "02:30 does not exist on 2026-03-29 in Europe/Berlin"),
        ("Europe/Berlin", "2026-10-25", '["02:30"]', "02:30 comes twice on 2026-10-25 in Europe/Berlin"),
        ("Europe/Berlin", "2026-10-25", '["01:00-04:00"]', "the clocks change between 01:00 and 04:00"),
    ],
)
def test_a_slot_in_which_the_clocks_change_is_a_fault(zone: str, day: str, slots: str, told: str) -> None:
    (problem,) = told_of(start=None, end=None, slots=slots, time_zone=f'"{zone}"', date=day)

    assert problem.startswith(f"slots: {told}")


def test_slots_of_a_summer_day_have_its_offset() -> None:
    event = event_of(time_zone='"Europe/Berlin"', date="2026-07-01")

    assert {str(slot.starts_at.utcoffset()) for slot in event.slots} == {"2:00:00"}


LOCK = '[[locked]]\nstartup = "lumen"\ninvestor = "harbor"\n'
OTHER_LOCK = '[[locked]]\nstartup = "lumen"\ninvestor = "peak"\n'
THIRD_LOCK = '[[locked]]\nstartup = "yulan"\ninvestor = "twin"\n'
AWAY = '[[participant]]\nid = "lumen"\nabsent = ["10:20-12:00"]\n'

FAULTS: Mapping[str, tuple[str, Mapping[str, str | None], str]] = {
    # what is wrong: (more, changed, what is told)
    "no date": ("", {"date": None}, "date: no date (write date = 2026-01-07)"),
    "a date in words": (
        "",
        {"date": '"7 Jan"'},
        "date: wants a day from 2000 to 2100, not '7 Jan' (write it as date = 2026-01-07)",
    ),
    "a date with a time": (
        "",
        {"date": "2026-01-07T10:00:00"},
        "date: wants a day from 2000 to 2100, not 2026-01-07T10",
    ),
    "a year mistyped": ("", {"date": "0206-01-07"}, "date: wants a day from 2000 to 2100, not 0206-01-07"),
    "a number for a date": ("", {"date": "7"}, "date: wants a day from 2000 to 2100, not 7"),
    "no time zone": ("", {"time_zone": None}, 'time_zone: no time zone (write time_zone = "Asia/Shanghai")'),
    "a city for a time zone": (
        "",
        {"time_zone": '"seoul"'},
        "time_zone: unknown time zone 'seoul' (did you mean 'Asia/Seoul'?)",
    ),
    "a time zone nobody knows": (
        "",
        {"time_zone": '"qqqq"'},
        "time_zone: unknown time zone 'qqqq' (an IANA name, as \"Asia/Shanghai\")",
    ),
    "a folder for a time zone": ("", {"time_zone": '"Asia"'}, "time_zone: unknown time zone 'Asia'"),
    "a path for a time zone": ("", {"time_zone": '"../etc/passwd"'}, "time_zone: unknown time zone"),
    "a number for a time zone": ("", {"time_zone": "9"}, "time_zone: wants a text, not 9"),
    "a blank time zone": ("", {"time_zone": '" "'}, "time_zone: it is blank"),
    "no slots at all": (
        "",
        {"start": None, "end": None, "minutes": None},
        'slots: no slots (write start = "10:00", end = "17:00" and minutes = 20)',
    ),
    "no end": ("", {"end": None}, 'end: no end (write end = "17:00")'),
    "no start": ("", {"start": None}, 'start: no start (write start = "10:00")'),
    "no length of slots": ("", {"minutes": None}, "minutes: no minutes (write minutes = 20)"),
    "slots without a length": (
        "",
        {"start": None, "end": None, "minutes": None, "slots": '["10:00"]'},
        "minutes: nothing says how long a slot is (write minutes = 20)",
    ),
    "an empty list of slots": ("", {"start": None, "end": None, "slots": "[]"}, "slots: no slots"),
    "a list of slots and a start": ("", {"slots": '["10:00"]', "end": None}, "start: counts for nothing beside a list"),
    "a slot that is no time": (
        "",
        {"start": None, "end": None, "slots": '["ten"]'},
        'slots[1]: wants a time, not \'ten\' (write it as "10:00" or "10:00-10:20")',
    ),
    "a slot past midnight": (
        "",
        {"start": None, "end": None, "slots": '["23:50"]'},
        "slots[1]: 23:50-24:10 does not end later on the same day",
    ),
    "a slot that ends before it begins": (
        "",
        {"start": None, "end": None, "slots": '["11:00-10:00"]'},
        "slots[1]: 11:00-10:00 does not end later on the same day",
    ),
    "slots that overlap": (
        "",
        {"start": None, "end": None, "slots": '["10:00", "10:10"]'},
        "slots[2]: 10:10-10:30 overlaps 10:00-10:20 (see slots[1])",
    ),
    "too many slots listed": (
        "",
        {"start": None, "end": None, "slots": str([f"{i // 60:02}:{i % 60:02}" for i in range(301)]), "minutes": "1"},
        "slots: 301 slots, more than 300",
    ),
    "too many slots made": (
        "",
        {"start": '"10:00"', "end": '"20:00"', "minutes": "1"},
        "minutes: 600 slots, more than",
    ),
    "slots longer than the day": ("", {"minutes": "121"}, "minutes: no slot of 121 minutes fits"),
    "a length of nothing": ("", {"minutes": "0"}, "minutes: wants a whole number from 1 to 1,440, not 0"),
    "a length in quotes": ("", {"minutes": '"20"'}, "minutes: wants a whole number from 1 to 1,440, not '20' (without"),
    "half a minute": ("", {"minutes": "20.5"}, "minutes: wants a whole number from 1 to 1,440, not 20.5 (write it as"),
    "true for a number": ("", {"minutes": "true"}, "minutes: wants a whole number from 1 to 1,440, not true"),
    "a pause below nothing": ("", {"pause": "-1"}, "pause: wants a whole number from 0 to 1,440, not -1"),
    "an end before the start": ("", {"end": '"09:00"'}, "end: 09:00 is not after 10:00"),
    "an hour that is none": ("", {"end": '"25:00"'}, "end: wants a time, not '25:00' (write it as \"14:20\")"),
    "a minute that is none": ("", {"end": '"12:60"'}, "end: wants a time, not '12:60'"),
    "a break outside of the day": (
        "",
        {"breaks": '["12:00-13:00"]'},
        "breaks: 12:00-13:00 lies outside of 10:00-12:00 (leave it out)",
    ),
    "a break that ends before it begins": ("", {"breaks": '["11:00-10:30"]'}, "breaks[1]: 11:00-10:30 ends before it"),
    "a break that is no span": (
        "",
        {"breaks": '["11:00"]'},
        "breaks[1]: wants a span of time, not '11:00' (write it as \"13:00-14:00\")",
    ),
    "breaks that are no list": (
        "",
        {"breaks": "30"},
        'breaks: wants a list, not 30 (write it as breaks = ["13:00-14:00"])',
    ),
    "no tables": ("", {"tables": None}, 'tables: no tables (write tables = 30, or their names: tables = ["A1", "A2"])'),
    "0 tables": ("", {"tables": "0"}, "tables: wants a whole number from 1 to 2,000, not 0"),
    "a negative number of tables": ("", {"tables": "-3"}, "tables: wants a whole number from 1 to 2,000, not -3"),
    "too many tables": ("", {"tables": "2001"}, "tables: wants a whole number from 1 to 2,000, not 2001"),
    "too many names of tables": ("", {"tables": str(list(range(2001)))}, "tables: 2,001 tables (from 1 to 2,000 can"),
    "an empty list of tables": ("", {"tables": "[]"}, "tables: 0 tables"),
    "a table named twice": ("", {"tables": '["A1", "a1"]'}, "tables[2]: table 'a1' is named twice"),
    "a table without a name": ("", {"tables": '["A1", ""]'}, "tables[2]: it is blank"),
    "a table that is no text": ("", {"tables": '["A1", 1.5]'}, "tables[2]: wants a text, not 1.5"),
    "a name that is too long": ("", {"name": f'"{"x" * 201}"'}, "name: 201 characters, more than 200"),
    "a blank name": ("", {"name": '""'}, "name: it is blank"),
    "the most below the fewest": ("", {"fewest": "3", "most": "2"}, "most: 2 is less than the fewest, 3"),
    "more meetings for all than slots": ("", {"fewest": "7"}, "fewest: 7 meetings can't be had in 6 slots"),
    "a most of nothing": ("", {"most": "0"}, "most: wants a whole number from 1 to 300, not 0"),
    "an order nobody knows": ("", {"order": '"kotr"'}, "order: unknown order 'kotr' (did you mean 'kotra'?)"),
    "an order unlike all": ("", {"order": '"x"'}, "order: unknown order 'x' (known are kotra, ranked, score)"),
    "a language nobody knows": (
        "",
        {"languages": '["klingon"]'},
        'languages[1]: unknown language \'klingon\' (a code such as "ko", "zh" or "en" always works)',
    ),
    "a field nobody knows": ("", {"timezone": "1"}, "timezone: unknown field 'timezone' (did you mean 'time_zone'?)"),
    "a field unlike all": ("", {"qqqq": "1"}, "qqqq: unknown field 'qqqq' (known are name, date,"),
    "a field of a table without its table": (
        "slot = 1",
        {},
        "slot: unknown field 'slot' (it belongs below [[locked]])",
    ),
    "a field of the event inside of a table": (
        '[[participant]]\nid = "lumen"\norder = "score"',
        {},
        "participant[1].order: unknown field 'order' (it belongs to the event: write it above the first [[...]])",
    ),
    "a participant without a name": ("[[participant]]\nmost = 3", {}, "participant[1].id: nothing says who it is"),
    "a participant who is nobody here": (
        '[[participant]]\nid = "Lumen Diag"',
        {},
        "participant[1].id: nobody here is called 'Lumen Diag' (did you mean Lumen Diagnostics (lumen, startup, KR)?)",
    ),
    "a name that two have": (
        '[[participant]]\nid = "Grove"',
        {},
        "participant[1].id: 'Grove' is not clear: Grove (grove-a, startup, KR); Grove (grove-b, startup, JP) "
        "(give the id or the whole name)",
    ),
    "a name on both sides": (
        '[[participant]]\nid = "twin"',
        {},
        "participant[1].id: 'twin' is not clear: Twin (twin, investor, CN); Twin (twin, startup, KR) "
        "(give the side too, as in investor:twin)",
    ),
    "a participant named twice": (
        '[[participant]]\nid = "lumen"\n[[participant]]\nid = "루멘 진단"',
        {},
        "participant[2].id: Lumen Diagnostics (lumen, startup, KR) is named twice, first at day.toml:10",
    ),
    "a field of a participant nobody knows": (
        '[[participant]]\nid = "lumen"\nabscent = true',
        {},
        "participant[1].abscent: unknown field 'abscent' (did you mean 'absent'?)",
    ),
    "an absence that is a number": (
        '[[participant]]\nid = "lumen"\nabsent = 13',
        {},
        'participant[1].absent: wants a list, not 13 (write it as absent = ["13:00-14:00"])',
    ),
    "one who leaves before coming": (
        '[[participant]]\nid = "lumen"\nfrom = "11:00"\nuntil = "10:30"',
        {},
        "participant[1].until: 10:30 is not after 11:00",
    ),
    "an own most below the own fewest": (
        '[[participant]]\nid = "lumen"\nfewest = 3\nmost = 2',
        {},
        "participant[1].fewest: 3 is more than the most, 2",
    ),
    "an own fewest above the event's most": (
        '[[participant]]\nid = "lumen"\nfewest = 3',
        {"most": "2"},
        "participant[1].fewest: 3 is more than the event's most, 2",
    ),
    "an own fewest above the slots": (
        '[[participant]]\nid = "lumen"\nfewest = 9',
        {},
        "participant[1].fewest: 9 meetings can't be had in 6 slots",
    ),
    "participants that are no tables": (
        'participant = "lumen"',
        {},
        "participant: wants tables, not 'lumen' (write it as [[participant]] on a line of its own, its keys below)",
    ),
    "one participant that is no table": ('participant = ["lumen"]', {}, "participant[1]: wants a table, not 'lumen'"),
    "a closed table that is not there": (
        '[[closed]]\ntables = ["9"]',
        {},
        "closed[1].tables[1]: there is no table '9' (there are '1', '2', '3')",
    ),
    "nothing that is closed": ("[[closed]]\nwhen = true", {}, "closed[1].tables: nothing says which tables"),
    "an interpreter without languages": ("[[interpreter]]\ncount = 1", {}, "interpreter[1].languages: no languages"),
    "an interpreter of one language": (
        '[[interpreter]]\nlanguages = ["ko", "Korean"]',
        {},
        "interpreter[1].languages: ['ko', 'Korean'] are one language",
    ),
    "an interpreter of three languages": (
        '[[interpreter]]\nlanguages = ["ko", "zh", "en"]',
        {},
        "interpreter[1].languages: wants two languages, not ['ko', 'zh', 'en']",
    ),
    "an interpreter of a language nobody knows": (
        '[[interpreter]]\nlanguages = ["ko", "xx"]',
        {},
        "interpreter[1].languages[2]: unknown language 'xx'",
    ),
    "less than no interpreter": (
        '[[interpreter]]\nlanguages = ["ko", "zh"]\ncount = -1',
        {},
        "interpreter[1].count: wants a whole number from 0 to 2,000, not -1 (write it as count = 2)",
    ),
    "a lock without an investor": (
        '[[locked]]\nstartup = "lumen"',
        {},
        'locked[1].investor: no investor (write investor = "harbor")',
    ),
    "a lock with its sides swapped": (
        '[[locked]]\nstartup = "lumen"\ninvestor = "yulan"',
        {},
        "locked[1].investor: 玉兰电池 (yulan, startup, CN) is no investor",
    ),
    "a lock in a slot that is not there": (
        f'{LOCK}slot = "10:30"',
        {},
        "locked[1].slot: no slot begins at 10:30 (near it: 10:00, 10:20, 10:40)",
    ),
    "a lock at no time": (
        f'{LOCK}slot = "noon"',
        {},
        "locked[1].slot: wants the time at which a slot begins, not 'noon'",
    ),
    "a lock at a table that is not there": (f'{LOCK}table = "9"', {}, "locked[1].table: there is no table '9'"),
    "a lock while one of the two is away": (
        f'{AWAY}{LOCK}slot = "10:20"',
        {},
        "locked[1].startup: 'lumen' is away at 10:20 (lock another slot, or mend the absence)",
    ),
    "a lock of two who are never both there": (
        f'{AWAY}[[participant]]\nid = "harbor"\nfrom = "11:00"\n{LOCK}',
        {},
        "locked[1]: there is no slot in which both are there",
    ),
    "a lock at a table closed then": (
        f'[[closed]]\ntables = ["2"]\n{LOCK}slot = "10:20"\ntable = "2"',
        {},
        "locked[1].table: table '2' is closed at 10:20",
    ),
    "a lock while every table is closed": (
        f'[[closed]]\ntables = ["1", "2", "3"]\n{LOCK}slot = "10:20"',
        {},
        "locked[1].slot: every table is closed at 10:20",
    ),
    "a lock at a table closed whenever both are there": (
        f'[[closed]]\ntables = ["2"]\nwhen = ["10:00-10:20"]\n{AWAY}{LOCK}table = "2"',
        {},
        "locked[1].table: table '2' is closed whenever both are there",
    ),
    "two locks of one participant at one time": (
        f'{LOCK}slot = "10:20"\n{OTHER_LOCK}slot = "10:20"',
        {},
        "locked[2].startup: 'lumen' has a locked meeting at 10:20 already, at day.toml:9",
    ),
    "two locks of one table at one time": (
        f'{LOCK}slot = "10:20"\ntable = "1"\n{THIRD_LOCK}slot = "10:20"\ntable = "1"',
        {},
        "locked[2].table: table '1' has a locked meeting at 10:20 already, at day.toml:9",
    ),
    "one pair locked twice": (
        f"{LOCK}{LOCK}",
        {},
        "locked[2]: the same pair is locked at day.toml:9 already (keep one)",
    ),
    "more locks than somebody has slots": (
        f"{AWAY}{LOCK}{OTHER_LOCK}",
        {},
        "locked: the locked meetings of 'lumen' take 2 slots, and it is there for 1",
    ),
    "more locks at one time than tables": (
        f'{LOCK}slot = "10:20"\n{THIRD_LOCK}slot = "10:20"',
        {"tables": "1"},
        "locked: 2 meetings are locked at 10:20, and 1 table is open then",
    ),
    "a pair of one side": (
        'met = [["lumen", "yulan"]]',
        {},
        "met[1]: Lumen Diagnostics (lumen, startup, KR) and 玉兰电池 (yulan, startup, CN) are on one side",
    ),
    "a pair of one": (
        'met = [["lumen"]]',
        {},
        'met[1]: wants two names, not [\'lumen\'] (write it as ["startup", "investor"])',
    ),
    "a pair with a blank": ('met = [["lumen", ""]]', {}, "met[1]: a name is blank"),
    "a pair with somebody who is nobody here": ('met = [["lumen", "zzz"]]', {}, "met[1]: nobody here is called 'zzz'"),
    "pairs that are no list": ("met = 3", {}, 'met: wants a list, not 3 (write it as met = [["lumen", "harbor"]])'),
    "a double where no slot follows another": (
        'double = [["lumen", "harbor"]]',
        {"pause": "5"},
        "double: no slot begins just when another ends, so no meeting can take two",
    ),
    "a double locked in the last slot": (
        f'{LOCK}slot = "11:40"\n[[double]]\nstartup = "lumen"\ninvestor = "harbor"',
        {},
        "locked[1].slot: the pair takes two slots, and none follows that of 11:40",
    ),
    "a double for one who has no two slots in a row": (
        f'{AWAY}{LOCK}[[double]]\nstartup = "lumen"\ninvestor = "harbor"',
        {},
        "locked[1]: there are no two slots in a row in which both are there",
    ),
}


@pytest.mark.parametrize("slip", FAULTS)
def test_a_slip_is_a_fault_that_says_what_was_typed(slip: str) -> None:
    more, changed, expected = FAULTS[slip]

    event, problems = read_text(event_text(more, **changed))

    told = [str(one).removeprefix(one.place).removeprefix(": ") for one in problems]
    assert [one for one in told if one.startswith(expected)], told
    assert event is None
    assert all(one.severity == "fault" for one in problems)


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    _, problems = read_text(
        event_text(
            'met = 3\n[[participant]]\nid = "zzz"\n[[participant]]\nmost = -1', date=None, tables="0", minutes="0"
        )
    )

    assert [one.place for one in problems] == [
        "day.toml",
        "day.toml:6",
        "day.toml:7",
        "day.toml:8",
        "day.toml:10",
        "day.toml:11",
        "day.toml:12",
    ]


def test_what_is_typed_can_not_reach_the_terminal() -> None:
    told = told_of(
        '"\\u001b[31m" = 1\n[[participant]]\nid = "\\u001b[31mred"', order='"\\u001b[31m"', date='"\\u001b[31m"'
    )

    assert len(told) == 4
    assert all(one.isprintable() for one in told)


def test_an_event_alone_says_that_profiles_are_missing() -> None:
    from msgspec.structs import replace

    nobody = replace(small_market(), startups=(), investors=())

    _, (problem,) = read_event(row_of(event_text('[[participant]]\nid = "lumen"')), nobody)

    assert problem.cure == "no profiles were read: name their folder too"


def test_an_event_may_be_json() -> None:
    fields = {
        "date": "2026-01-07",
        "time_zone": "Asia/Seoul",
        "slots": [["10:00", "10:20"]],
        "tables": 1,
        "most": None,
        "met": [["lumen", "harbor"]],
    }

    event, problems = read_event(Row("", "day", fields, Origin("day.json")), small_market())

    assert event is not None, problems
    assert event.met == {("lumen", "harbor")}


def test_the_template_is_an_event_when_what_is_needed_is_filled_in(tmp_path: Path) -> None:
    path = new_profile("event", "Shanghai", tmp_path, "shanghai")
    text = path.read_text(encoding="utf-8")
    for key in ("date", "time_zone", "start", "end", "minutes", "tables"):
        text = re.sub(rf"^# {key} = ", f"{key} = ", text, count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")

    event, problems = read_event(read_paths([path]).events[0], small_market())

    assert event is not None
    assert (problems, event.name, len(event.slots), len(event.tables)) == ((), "Shanghai", 21, 30)


def test_every_line_of_the_template_may_be_taken_in_and_every_key_is_in_it(tmp_path: Path) -> None:
    path = new_profile("event", "Shanghai", tmp_path, "shanghai")
    text = path.read_text(encoding="utf-8").replace("summit-peak", "peak")
    # Two lines say in another way what others say.
    lines = [line for line in text.splitlines() if not line.startswith(("# slots = ", "# pause = "))]
    taken = "\n".join(re.sub(r"^# (?=\w+ = |\[\[)", "", line) for line in lines)

    event, problems = read_event(row_of(taken), small_market())

    assert [str(one) for one in problems] == []
    assert event is not None
    assert event.locked == (Lock(("lumen", "harbor"), 2, "3"),)
    keys = re.findall(r"^# (?:\[\[)?(\w+)(?: =|\]\])", text, flags=re.MULTILINE)
    assert {key for of_table in KEYS.values() for key in of_table} - {"name"} <= set(keys)


WORDS = st.sampled_from(
    [
        "lumen",
        "harbor",
        "Grove",
        "twin",
        "10:00",
        "10:20-11:00",
        "24:00",
        "Asia/Seoul",
        "Asia",
        "ko",
        "zh",
        "1",
        "kotra",
        "",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 400)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | WORDS
    | st.dates()
    | st.datetimes()
    | st.times()
)
INNER_KEYS = st.sampled_from(
    ["id", "absent", "from", "until", "most", "fewest", "tables", "when", "languages", "count", "startup", "investor",
     "slot", "table"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(INNER_KEYS | st.text(max_size=5), inner, max_size=5),
)
SOUND: Mapping[str, st.SearchStrategy[object]] = {
    "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    "time_zone": st.sampled_from(["Asia/Seoul", "Europe/Berlin", "America/Santiago"]),
    "start": st.just("00:10") | st.just(time(9)),
    "end": st.just("24:00") | st.just("12:00"),
    "minutes": st.integers(5, 90),
    "tables": st.integers(1, 3) | st.just(["1", "A"]),
}


@given(
    st.dictionaries(st.sampled_from(KEYS[""]) | st.text(max_size=8), VALUES, max_size=8),
    st.fixed_dictionaries({}, optional=dict(SOUND)),
)
@settings(max_examples=300)
def test_whatever_stands_in_an_event_gives_an_event_or_faults(
    wild: dict[str, object], sound: dict[str, object]
) -> None:
    event, problems = read_event(Row("", "day", {**wild, **sound}, Origin("day.toml")), small_market())

    faults = [problem for problem in problems if problem.severity == "fault"]
    assert (event is None) == bool(faults)
    assert all(isinstance(one, Problem) and str(one).isprintable() for one in problems)
    if event is not None:
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(event.slots))
        assert 0 < len(event.slots) <= 300
        assert len(set(event.tables)) == len(event.tables) > 0
        assert {slot for away in event.absent.values() for slot in away} <= set(range(len(event.slots)))
        assert all(len(one.counts) == len(event.slots) for one in event.interpreters)
