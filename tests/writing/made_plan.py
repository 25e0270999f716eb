"""A small made plan of a morning in Seoul, with names that try to break out of every format."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dealport.meetings.day.days import Level
from dealport.meetings.day.plans import Attendee, Blocked, Change, Figures, Meeting, Plan, Short, Unmet, WhatIf
from dealport.meetings.event.events import Event, Interpreters, Lock, Slot

ZONE = ZoneInfo("Asia/Seoul")
DAY = date(2026, 1, 7)


def make_slots(day: date = DAY, zone: ZoneInfo = ZONE, n: int = 6) -> tuple[Slot, ...]:
    """Twenty minutes each from ten o'clock, with a break after the third."""
    first = datetime(day.year, day.month, day.day, 10, tzinfo=zone)
    minutes = [20 * number + (30 if number >= 3 else 0) for number in range(n)]
    return tuple(Slot(first + timedelta(minutes=start), first + timedelta(minutes=start + 20)) for start in minutes)


def make_event() -> Event:
    return Event(
        name="한중 벤처·스타트업 서밋 <b>2026</b>",
        day=DAY,
        time_zone="Asia/Seoul",
        slots=make_slots(),
        tables=("1", "2", "VIP room"),
        closed=frozenset({(0, "VIP room"), (5, "2")}),
        fewest=2,
        most=4,
        own_fewest={("startup", "lumen"): 3},
        own_most={("investor", "harbor"): 5, ("startup", "lumen"): 4},
        absent={("investor", "sakura"): frozenset({0, 1}), ("investor", "gone"): frozenset(range(6))},
        interpreters=(Interpreters(("ja", "ko"), (1, 1, 0, 1, 1, 1)), Interpreters(("ko", "zh"), (2,) * 6)),
        locked=(Lock(("lumen", "harbor"), 0, "1"), Lock(("Ünïcode Ä/../x", "harbor"))),
        met=frozenset({("minus", "harbor")}),
        doubles=frozenset({("lumen", "sakura")}),
        languages=("en",),
    )


STARTUPS = (
    Attendee(("startup", "=HYPERLINK"), '=HYPERLINK("https://evil.example";"click")', "VN", ("vi", "en"), 2, 4),
    Attendee(("startup", "lumen"), "루멘 진단", "KR", ("ko",), 3, 4, contact="Kim <kim@lumen.example>"),
    Attendee(("startup", "minus"), "<script>alert(1)</script>\x1b[31m\u202eevil", "KR", ("ko", "en"), 2, 4),
    Attendee(("startup", "Ünïcode Ä/../x"), "\u200fشركة النور", "AE", (), 2, 4, contact="info@noor.example"),
)
INVESTORS = (
    Attendee(("investor", "crimson"), "Crimson Capital", "SG", ("en",), 2, 4, contact="deals@crimson.example"),
    Attendee(("investor", "gone"), "Gone Ventures", "SG", ("en",), 2, 4, frozenset(range(6))),
    Attendee(("investor", "harbor"), "海港创投", "CN", ("zh",), 2, 5, contact="harbor@example.cn"),
    Attendee(("investor", "jade"), "玉山創投", "TW", ("zh",), 2, 4),
    Attendee(("investor", "sakura"), "さくらキャピタル", "JP", ("ja",), 2, 4, frozenset({0, 1}), "not an address"),
)


def make_meetings() -> tuple[Meeting, ...]:
    """One locked, one over two slots, one moved, one nobody asked for."""
    return (
        Meeting("a1@dealport", ("lumen", "harbor"), (0,), "1", "ko-zh 1", 8_725_000, "both", True),
        Meeting("b2@dealport", ("=HYPERLINK", "crimson"), (1,), "2", "", 6_100_001, "", False),
        Meeting("c3@dealport", ("lumen", "sakura"), (3, 4), "1", "ja-ko 1", 7_012_345, "startup", False),
        Meeting("d4@dealport", ("Ünïcode Ä/../x", "crimson"), (3,), "VIP room", "", 5_000_000, "investor", False, 1),
    )


DROPPED = Meeting("e5@dealport", ("minus", "sakura"), (2,), "2", "ja-ko 1", 4_400_000, "investor", False, 1)


def make_plan() -> Plan:
    event, meetings = make_event(), make_meetings()
    levels = (
        Level("locked", 1, 2),
        Level("mutual", 1, 1),
        Level("fewest_1", 6, 7),
        Level("score", 26_837_346, 27_000_000),
    )
    return Plan(
        event=event,
        attendees=STARTUPS + INVESTORS,
        meetings=meetings,
        levels=levels,
        figures=Figures(4, 8, 6, 1, 1, 0.3125, 0.5, 0.3, 2, 1, 1.0, 6, 3, 26_837_346, 27_000_000, 28_000_000),
        short=(
            Short(
                ("startup", "minus"),
                0,
                2,
                (
                    Blocked("no_interpreter", 2, (0, 1, 2, 4), ("ja-ko",)),
                    Blocked("full", 1),
                    Blocked("no_candidate", 0),
                ),
            ),
            Short(("investor", "jade"), 0, 2, (Blocked("no_candidate", 0),)),
        ),
        unmet=(
            Unmet(("startup", "minus"), ("investor", "harbor"), 1, "met_before"),
            Unmet(("investor", "sakura"), ("startup", "minus"), 2, "no_interpreter"),
            Unmet(("investor", "crimson"), ("startup", "minus"), 1, "gate", "excluded_sector"),
        ),
        stamped_at=datetime(2026, 1, 7, 9, 30, tzinfo=ZONE),
        dropped=(DROPPED,),
        changes=(
            Change("moved", replace(meetings[3], slots=(5,), sequence=0), meetings[3]),
            Change("dropped", replace(DROPPED, sequence=0), None),
            Change("added", None, meetings[1]),
        ),
        what_ifs=(
            WhatIf("table", 5, 2, levels),
            WhatIf("ja-ko", 6, 3, (*levels[:2], Level("fewest_1", 7, 7), Level("score", 28_000_000, 29_000_000))),
        ),
    )
