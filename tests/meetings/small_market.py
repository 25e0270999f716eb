"""A small market with an event: names in two scripts, one name on both sides, one name that two startups have."""

from __future__ import annotations

from datetime import date
from functools import cache

from dealport.market.markets import Market
from dealport.meetings.event.events import Event
from dealport.meetings.event.reading_events import read_event
from dealport.model import Investor, Origin, Problem, Row, Startup
from dealport.reading.formats.toml_files import read_toml_contents
from dealport.reading.tables.contents import Record
from dealport.words.sectors.graph import load_graph

STARTUPS = (
    Startup(id="grove-a", name="Grove", country="KR"),
    Startup(id="grove-b", name="Grove", country="JP"),
    Startup(id="lumen", name="Lumen Diagnostics", aliases=("루멘 진단",), country="KR", wants=("peak",)),
    Startup(id="twin", name="Twin", country="KR"),
    Startup(id="yulan", name="玉兰电池", country="CN"),
)
INVESTORS = (
    Investor(id="harbor", name="Harbor Ventures", country="SG", wants=("yulan", "lumen")),
    Investor(id="peak", name="Summit Peak", country="HK"),
    Investor(id="twin", name="Twin", country="CN"),
)
# Six slots, 10:00 to 12:00.
NEEDED = {
    "name": '"Day"',
    "date": "2026-01-07",
    "time_zone": '"Asia/Seoul"',
    "start": '"10:00"',
    "end": '"12:00"',
    "minutes": "20",
    "tables": "3",
}


@cache
def small_market() -> Market:
    """The market."""
    return Market(STARTUPS, INVESTORS, (), date(2026, 1, 7), load_graph())


def event_text(more: str = "", /, **changed: str | None) -> str:
    """A whole event file: what is needed, some keys changed or (None) left out, and more below."""
    lines = [f"{key} = {value}" for key, value in {**NEEDED, **changed}.items() if value is not None]
    return "\n".join(['kind = "event"', *lines, more])


def read_text(text: str) -> tuple[Event | None, tuple[Problem, ...]]:
    """What `read_event` makes of a file ``day.toml``."""
    return read_event(row_of(text), small_market())


def row_of(text: str) -> Row:
    """The row of an event file."""
    (group,) = read_toml_contents(text.encode(), "day.toml").groups
    record: Record = group.records[0]
    return Row(
        "", "day", {k: v for k, v in record.fields.items() if k != "kind"}, Origin("day.toml", lines=record.lines)
    )


def event_of(more: str = "", /, **changed: str | None) -> Event:
    """An event that has no faults."""
    event, problems = read_text(event_text(more, **changed))
    assert event is not None, problems
    return event


def told_of(more: str = "", /, **changed: str | None) -> list[str]:
    """The problems of an event as `check` prints them, without their place."""
    _, problems = read_text(event_text(more, **changed))
    return [str(one).removeprefix(one.place).removeprefix(": ") for one in problems]
