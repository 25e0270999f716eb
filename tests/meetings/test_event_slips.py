"""Every slip in an event is told in the same words, at the line where it stands, with the way to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.meetings.small_market import event_text, read_text
from tests.meetings.test_events import AWAY, FAULTS, LOCK, OTHER_LOCK

TOLD = Path(__file__).parent.parent / "cases" / "event_slips.txt"
LISTED: Mapping[str, str | None] = {"start": None, "end": None}
GUEST = '[[participant]]\nid = "lumen"\n'
INTERPRETER = '[[interpreter]]\nlanguages = ["ko", "zh"]\n'
CLOSED = '[[closed]]\ntables = ["1"]\n'
DOUBLE = '[[double]]\nstartup = "lumen"\ninvestor = "harbor"\n'

MORE_SLIPS: Mapping[str, tuple[str, Mapping[str, str | None]]] = {
    # what is wrong: (more, changed)
    "an absence outside of the day": (f'{GUEST}absent = ["08:00-09:00"]', {}),
    "an absence that ends when the first slot begins": (f'{GUEST}absent = ["09:00-10:00"]', {}),
    "an absence of the whole day in parts": (f'{GUEST}absent = ["10:00-11:00", "11:00-12:00"]', {}),
    "an absence between two slots": (f'{GUEST}absent = ["10:20-10:25"]', {"pause": "5"}),
    "somebody who comes after the last slot": (f'{GUEST}from = "12:00"', {}),
    "somebody who comes when leaving": (f'{GUEST}from = "11:00"\nuntil = "11:00"', {}),
    "a most of somebody below nothing": (f"{GUEST}most = -1", {}),
    "one meeting more than a single slot": (f"{GUEST}fewest = 2", {"minutes": "120"}),
    "an own fewest above the own most of nothing": (f"{GUEST}fewest = 1\nmost = 0", {}),
    "a fewest of more than a day can hold": ("", {"fewest": "301"}),
    "a most of more than a day can hold": ("", {"most": "301"}),
    "a name with a slip of the pen": ('[[participant]]\nid = "Harbor Venturs"\nabsent = true', {}),
    "a blank participant": ('[[participant]]\nid = " "', {}),
    "a participant that is a list": ('[[participant]]\nid = ["lumen"]', {}),
    "a closed table at a time without slots": (f'{CLOSED}when = ["08:00-09:00"]', {}),
    "a closed table until the first slot": (f'{CLOSED}when = ["09:00-10:00"]', {}),
    "closed tables in one that are a number": ("[[closed]]\ntables = 1.5", {}),
    "a closed table like another": ('[[closed]]\ntables = ["hal"]', {"tables": '["hall", "yard"]'}),
    "a closed table of many": ('[[closed]]\ntables = ["zz"]', {"tables": "30"}),
    "a closed time that is no span": (f'{CLOSED}when = ["10:00"]', {}),
    "a field of a closed table nobody knows": (f'{CLOSED}wen = ["10:00-11:00"]', {}),
    "an interpreter at a time without a whole slot": (f'{INTERPRETER}when = ["10:05-10:35"]', {}),
    "interpreters of too many": (f"{INTERPRETER}count = 2001", {}),
    "an interpreter of a number": ('[[interpreter]]\nlanguages = ["ko", 3]', {}),
    "an interpreter of two in one word": ('[[interpreter]]\nlanguages = "ko, zh"', {}),
    "a field of an interpreter nobody knows": (f"{INTERPRETER}cout = 2", {}),
    "languages of the event in one word": ("", {"languages": '"english"'}),
    "a blank language": ("", {"languages": '[""]'}),
    "a language that is a number": ("", {"languages": "[1]"}),
    "a lock without a startup": ('[[locked]]\ninvestor = "harbor"', {}),
    "a lock of a blank": ('[[locked]]\nstartup = ""\ninvestor = "harbor"', {}),
    "a lock with a slip of the pen": ('[[locked]]\nstartup = "Lumen Diagnostic"\ninvestor = "harbor"', {}),
    "a lock at a blank table": (f'{LOCK}table = ""', {}),
    "a lock between two slots": (f'{LOCK}slot = "10:10"', {}),
    "a lock before the first slot": (f'{LOCK}slot = "07:00"', {}),
    "a lock where all tables are closed at every time": (f'[[closed]]\ntables = ["1", "2", "3"]\n{LOCK}', {}),
    "a lock where both are away": (
        f'{AWAY}[[participant]]\nid = "harbor"\nabsent = ["10:20-12:00"]\n{LOCK}slot = "10:20"',
        {},
    ),
    "a lock of a pair that met": (f'met = [["lumen", "harbor"]]\n{LOCK}', {}),
    "a field of a lock nobody knows": (f'{LOCK}tabel = "1"', {}),
    "a double beside the next lock": (f'{LOCK}slot = "10:00"\n{OTHER_LOCK}slot = "10:20"\n{DOUBLE}', {}),
    "a double that takes both slots of a day": (f"{LOCK}{OTHER_LOCK}{DOUBLE}", {"end": '"10:40"'}),
    "a double while one is away for its second half": (f'{AWAY}{LOCK}slot = "10:00"\n{DOUBLE}', {}),
    "two tables open and three locks at one time": (
        f'{CLOSED}{LOCK}slot = "10:20"\n'
        '[[locked]]\nstartup = "yulan"\ninvestor = "peak"\nslot = "10:20"\n'
        '[[locked]]\nstartup = "grove-a"\ninvestor = "investor:twin"\nslot = "10:20"',
        {},
    ),
    "a pair of three": ('met = [["lumen", "harbor", "peak"]]', {}),
    "a pair of two blanks": ('met = [["", ""]]', {}),
    "pairs in tables without an investor": ('[[met]]\nstartup = "lumen"', {}),
    "pairs in tables with a slip": ('[[double]]\nstartup = "lumen"\ninvestor = "harbor"\nslot = "10:00"', {}),
    "a table among pairs in a list": ('met = [{startup = "lumen", investor = "harbor"}, "peak"]', {}),
    "a slot between two others": ("", {**LISTED, "slots": '["10:00-11:00", "10:20-10:40"]'}),
    "a slot that ends with the day and one after it": ("", {**LISTED, "slots": '["23:40", "24:00"]'}),
    "a slot of nothing": ("", {**LISTED, "slots": '["10:00-10:00"]'}),
    "every key beside a list of slots": (
        "",
        {"slots": '["10:00"]', "pause": "5", "breaks": '["11:00-11:10"]'},
    ),
    "slots that are a number": ("", {**LISTED, "slots": "10"}),
    "one slot more than can be": ("", {"start": '"00:00"', "end": '"15:03"', "minutes": "3"}),
    "minutes of more than a day": ("", {"minutes": "1441"}),
    "a pause of more than a day": ("", {"pause": "1441"}),
    "a break that begins too early": ("", {"breaks": '["09:59-10:10"]'}),
    "a break that ends too late": ("", {"breaks": '["11:50-12:01"]'}),
    "a break of nothing": ("", {"breaks": '["11:00-11:00"]'}),
    "a start that is a number": ("", {"start": "10"}),
    "a time with seconds": ("", {"start": "10:00:30"}),
    "an end at the start": ("", {"end": '"10:00"'}),
    "a time past the day": ("", {"end": '"24:01"'}),
    "a year before all": ("", {"date": "1999-12-31"}),
    "a year after all": ("", {"date": "2101-01-01"}),
    "a date that is true": ("", {"date": "true"}),
    "a slot that the clocks skip": ("", {"date": "2026-03-29", "time_zone": '"Europe/Berlin"', "start": '"02:30"'}),
    "a slot that comes twice": ("", {"date": "2026-10-25", "time_zone": '"Europe/Berlin"', "start": '"02:00"'}),
    "a slot over a change of clocks": (
        "",
        {
            **LISTED,
            "date": "2026-10-25",
            "time_zone": '"Europe/Berlin"',
            "slots": '["01:50-03:10"]',
        },
    ),
    "a time zone in lower case": ("", {"time_zone": '"asia/shanghai"'}),
    "a time zone with a slip of the pen": ("", {"time_zone": '"Asia/Singapor"'}),
    "a name that is a number": ("", {"name": "3"}),
    "an order in capitals with a slip": ("", {"order": '"RANKD"'}),
    "an order that is a number": ("", {"order": "1"}),
    "a field in capitals and hyphens": ("", {"Time-Zone": "1"}),
    "a plural of a table": ("participants = 3", {}),
    "a key of two tables": ('when = "10:00"', {}),
    "tables that are true": ("", {"tables": "true"}),
    "a table named by a number twice": ("", {"tables": '[1, "1"]'}),
    "a table whose name is too long": ("", {"tables": f'["{"x" * 201}"]'}),
    "a double as a number": ("double = 1", {}),
}
SLIPS: Mapping[str, tuple[str, Mapping[str, str | None]]] = {
    **{name: (more, changed) for name, (more, changed, _) in FAULTS.items()},
    **MORE_SLIPS,
}


def told_of(slip: str) -> list[str]:
    """What is told of a slip, with its severity."""
    _, problems = read_text(event_text(SLIPS[slip][0], **SLIPS[slip][1]))
    return [f"{problem.severity} {problem}" for problem in problems]


def expected() -> Mapping[str, list[str]]:
    """The told lines of every slip, as the file lists them below its name."""
    listed: dict[str, list[str]] = {}
    name = ""
    for line in TOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            listed[name].append(line.strip())
        elif line:
            name = line
            listed[name] = []
    return listed


EXPECTED = expected()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_these_words_at_its_line(slip: str) -> None:
    assert told_of(slip) == EXPECTED[slip]


def test_every_listed_slip_is_tried() -> None:
    assert list(EXPECTED) == list(SLIPS)
