"""The story of a meeting day in one page: paths -> market -> the event and the wishes -> a plan."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dealport.model import InputError, Problem, RequestError, Row, UsageError
from dealport.stories.request import AS_FOUND, Sources

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.meetings.day.days import Timetable
    from dealport.meetings.day.plans import Plan
    from dealport.meetings.day.preparing import Prepared
    from dealport.meetings.event.events import Event, Wishes
    from dealport.meetings.replanning.resuming import Before
    from dealport.meetings.reporting.what_ifs import Planner
    from dealport.reading.paths import Reading

# Shows what is being done while a block runs, and gives whom to tell the share done, 0-1.
Stage = Callable[[str], AbstractContextManager[Callable[[float], None]]]

MOST_NAMED = 5
_NEW_EVENT = "`dealport new event NAME` writes one to fill in"


class PlanRequest(Struct, frozen=True):
    """What a plan is asked for, in the user's words.

    Attributes:
        event: The event's file; None: the one among the profiles.
        previous: The ``plan.json`` that the plan follows, `at` the time at which it does: ``10:40``.
        with_what_ifs: What one more table, slot or interpreter would buy is asked too.
    """

    event: Path | None = None
    previous: Path | None = None
    at: str = ""
    with_what_ifs: bool = False
    sources: Sources = AS_FOUND


class PlanOutcome(Struct, frozen=True):
    """A plan and what it rests on.

    Attributes:
        problems: Warnings of the event and the requests.
        inputs: Every file read, but our own outputs. where: Arguments with which `check` looks at the same files.
    """

    plan: Plan
    market: Market
    problems: tuple[Problem, ...] = ()
    inputs: tuple[str, ...] = ()
    where: str = ""


@contextmanager
def _in_silence(doing: str) -> Iterator[Callable[[float], None]]:  # noqa: ARG001 - what a stage is called with
    yield lambda _: None


def plan_meetings(paths: Sequence[Path], request: PlanRequest, *, stage: Stage = _in_silence) -> PlanOutcome:
    """Who meets whom, when, where and with which interpreter.

    Raises:
        UsageError: A missing file, or --previous and --at not together.
        RequestError: No event, nobody may meet, or the plan before is of another event.
        InputError: Faults of the event, the plan before or the weights; any fault in the profiles when `strict`.
    """
    from dealport.meetings.day.preparing import prepare
    from dealport.meetings.planning_day import free_bound
    from dealport.meetings.replanning.history import with_history
    from dealport.meetings.reporting.reporting import make_plan
    from dealport.meetings.reporting.what_ifs import plan_afresh, what_ifs
    from dealport.stories.ranking_story import inputs_of, read_market, require_usable, where_of
    from dealport.stories.settings import weights_of
    from dealport.writing.plan_json.plan_reading import read_plan

    check_request(request)
    previous = read_plan(request.previous) if request.previous else None
    with stage("reading"):
        reading, market = read_market(paths, request.sources)
        require_usable(market, paths, strict=request.sources.strict)
        day = load_day(reading, market, request.event)
        weights = weights_of(
            reading, request.sources.weights, only_stated_countries=request.sources.only_stated_countries
        )
        before = _before(previous, day.event, request)
        event = before.bound(day.event) if before else day.event
    with stage("scoring"):
        also = before.begun_pairs(event) if before else frozenset()
        prepared = prepare(market, weights, event, day.wishes, also=also)
    planner = before.follow if before else plan_afresh
    with stage("planning"):
        timetable = _timetable(prepared, planner, may_be_empty=before is not None)
        plan = make_plan(prepared, timetable, free_bound_units=free_bound(prepared.day))
    if before:
        plan = with_history(plan, before.plan, before.at)
    if request.with_what_ifs:
        with stage("asking what one more would buy") as advance:
            plan = replace(plan, what_ifs=what_ifs(prepared, timetable, planner, advance=advance))
    inputs = *inputs_of(reading), *(str(path) for path in (request.event, request.sources.weights) if path)
    problems = *day.problems, *_warn_of_gone(before, day.event, request)
    return PlanOutcome(plan, market, problems, inputs, where_of(paths, request.sources))


def check_request(request: PlanRequest) -> None:
    """Raise UsageError where one of --previous and --at lacks the other."""
    if request.at and request.previous is None:
        raise UsageError("--at says when a plan is made again: name that plan too, as in --previous plan/plan.json")
    if request.previous is not None and not request.at:
        raise UsageError("--previous needs --at, the time from which things may change, as in --at 10:40")


def _before(plan: Plan | None, event: Event, request: PlanRequest) -> Before | None:
    """The plan before with its moment, if there is one."""
    from dealport.market.problems import quoted
    from dealport.meetings.replanning.history import is_same_event
    from dealport.meetings.replanning.resuming import Before, read_moment

    if plan is None:
        return None
    if not is_same_event(event, plan.event):
        names = f"{quoted(plan.event.name)}, not {quoted(event.name)}"
        raise RequestError(f"{request.previous}: the plan is of {names} (give this event's, or the name it had)")
    return Before(plan, read_moment(request.at, event))


def _warn_of_gone(before: Before | None, event: Event, request: PlanRequest) -> Sequence[Problem]:
    """A warning where meetings have begun in slots that the event lacks now: the plan can't show them any more."""
    n_gone = len(before.gone_pairs(event)) if before else 0
    if not n_gone:
        return ()
    meetings = "1 meeting has" if n_gone == 1 else f"{n_gone:,} meetings have"
    message = f"{meetings} begun in slots that the event lacks now: counted as met before, not shown"
    return (Problem(str(request.previous), "", message, "leave slots that have begun as they were", "warning"),)


def _timetable(prepared: Prepared, planner: Planner, *, may_be_empty: bool) -> Timetable:
    """The timetable; raises RequestError, with the reasons, where it would be empty and may not."""
    from dealport.meetings.reporting.idle_causes import why_no_meeting, why_no_pair

    if not len(prepared.day.pairs) and not may_be_empty:
        raise RequestError(why_no_pair(prepared))
    timetable = planner(prepared)
    if not len(timetable) and not may_be_empty:
        raise RequestError(why_no_meeting(prepared, timetable))
    return timetable


class DayInput(Struct, frozen=True):
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
    from dealport.meetings.event.reading_events import read_event
    from dealport.meetings.event.wishes import read_wishes
    from dealport.reading.event_files import read_event_file

    row = read_event_file(path) if path is not None else _only_event(reading)
    event, of_event = read_event(row, market)
    wishes, of_requests = read_wishes(market, reading.requests)
    if event is None:
        faults = [problem for problem in of_event if problem.severity == "fault"]
        raise InputError(f"{row.origin.path}: this event can't be planned", faults)
    return DayInput(event, wishes, (*of_event, *of_requests))


def read_checked(paths: Sequence[Path], sources: Sources = AS_FOUND) -> tuple[Reading, Market]:
    """The reading and its market, with the problems of weights, events and requests among the market's own."""
    from dealport.stories.ranking_story import read_market, with_weights_faults

    reading, market = read_market(paths, sources)
    market = with_weights_faults(reading, market)
    if not reading.events and not reading.requests:
        return reading, market
    from dealport.market.problems import Problems

    problems = Problems([*market.problems, *_problems_of_day(reading, market)])
    return reading, replace(market, problems=problems.in_order(reading.files))


def _problems_of_day(reading: Reading, market: Market) -> Sequence[Problem]:
    """Those of every event and of the requests, and a warning for each sheet of events, which is none."""
    from dealport.market.problems import Problems
    from dealport.meetings.event.reading_events import read_event
    from dealport.meetings.event.wishes import read_wishes
    from dealport.reading.event_files import is_event_file

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
    from dealport.reading.event_files import is_event_file

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
