"""The story of a meeting day in one page: paths -> market -> the event and the wishes -> a plan."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.model import InputError, Kind, Problem, RequestError, Row

if TYPE_CHECKING:
    from dealport.files.reading import Reading
    from dealport.market.market import Market
    from dealport.meetings.events import Event, Wishes

MOST_NAMED = 5
_NEW_EVENT = "`dealport new event NAME` writes one to fill in"


@dataclass(frozen=True, slots=True)
class DayInput:
    """All that a day is planned from, beside the scores.

    Attributes:
        problems: Warnings of the event and the requests.
    """

    event: Event
    wishes: Wishes
    problems: tuple[Problem, ...] = ()


def load_day(reading: Reading, market: Market, path: Path | None = None) -> DayInput:
    """The event, that of a file if one is named, and the wishes; the reading is that of the market.

    Raises:
        UsageError: There is no such file.
        RequestError: There is no event, or several and none is named.
        InputError: Faults of the event, all of them.
    """
    from dealport.files.event_files import read_event_file
    from dealport.meetings.reading_events import read_event
    from dealport.meetings.wishes import read_wishes

    row = read_event_file(path) if path is not None else _only_event(reading)
    event, of_event = read_event(row, market)
    wishes, of_requests = read_wishes(market, reading.requests)
    if event is None:
        faults = [problem for problem in of_event if problem.severity == "fault"]
        raise InputError(f"{row.origin.path}: this event can't be planned", faults)
    return DayInput(event, wishes, (*of_event, *of_requests))


def check_files(
    paths: Sequence[Path], *, deals: Path | None = None, as_of: date | None = None, side: Kind | None = None
) -> Market:
    """Everything that `check` tells: the market, with the problems of weights, events and requests among its own."""
    from dealport.pipeline import read_market, with_weights_faults

    reading, market = read_market(paths, deals=deals, as_of=as_of, side=side)
    market = with_weights_faults(reading, market)
    if not reading.events and not reading.requests:
        return market
    from dealport.market.problems import Problems

    problems = Problems([*market.problems, *_problems_of_day(reading, market)])
    return replace(market, problems=problems.in_order(reading.files))


def _problems_of_day(reading: Reading, market: Market) -> Sequence[Problem]:
    """Those of every event and of the requests, and a warning for each sheet of events, which is none."""
    from dealport.files.event_files import is_event_file
    from dealport.market.problems import Problems
    from dealport.meetings.reading_events import read_event
    from dealport.meetings.wishes import read_wishes

    events = _events(reading)
    passed = Problems()
    for row in reading.events:
        if not is_event_file(row.origin.path):
            message, cure = "no meeting day can be read from a table: left out", _NEW_EVENT
            passed.once_a_file(row.origin, "", message, cure, "warning")
    problems = [problem for row in events for problem in read_event(row, market)[1]]
    return [*passed.in_order(reading.files), *problems, *read_wishes(market, reading.requests)[1]]


def _events(reading: Reading) -> Sequence[Row]:
    """The events that can be planned: a row of a sheet "Events" is none."""
    from dealport.files.event_files import is_event_file

    return [row for row in reading.events if is_event_file(row.origin.path)]


def _only_event(reading: Reading) -> Row:
    events = _events(reading)
    if len(events) == 1:
        return events[0]
    if events:
        named = ", ".join(row.origin.path for row in events[:MOST_NAMED])
        more = f" and {len(events) - MOST_NAMED} more" if len(events) > MOST_NAMED else ""
        raise RequestError(
            f"{len(events)} events: {named}{more} (say which, as in --event {shlex.quote(events[0].origin.path)})"
        )
    n_faults = sum(problem.severity == "fault" for problem in reading.problems)
    faults = "1 fault" if n_faults == 1 else f"{n_faults} faults"
    told = f"; {faults} in the files, see `dealport check`" if n_faults else ""
    raise RequestError(f"no event found ({_NEW_EVENT}{told})")
