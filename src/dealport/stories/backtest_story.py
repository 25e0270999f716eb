"""The story of a backtest in one page: a deals file -> questions -> rankings -> figures; and of tuning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.model import Deal, InputError, RequestError, UsageError

if TYPE_CHECKING:
    from dealport.backtest.playing import RankedRow
    from dealport.backtest.report import Report
    from dealport.backtest.tuning import Tuning
    from dealport.scoring.criteria.weights import Weights
    from dealport.words.sectors.graph import SectorGraph

# Choices of so many years before the date are learnt from, each year with the knowledge of its first day.
YEARS_LEARNT = 4
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)


class BacktestRequest(Struct, frozen=True):
    """What a backtest is asked for.

    Attributes:
        until: Last day; None for that of the newest deal.
        refresh: ``quarter`` brings the profiles up to date each quarter, ``never`` leaves them as before `since`.
        without: Names of investors; a slice leaves out the queries that have one of them among their answers.
        with_rows: Whether the best of each query are asked for.
    """

    since: date
    until: date | None = None
    refresh: str = "never"
    without: tuple[str, ...] = ()
    weights: Path | None = None
    with_rows: bool = False


class Measured(Struct, frozen=True):
    """A report and the best of each query, with the deals they rest on."""

    report: Report
    rows: tuple[RankedRow, ...]
    deals: Deals


def run_backtest(path: Path, request: BacktestRequest, advance: Callable[[float], None]) -> Measured:
    """Rank what happened from a day on with what was known before; `advance` is told the share done, 0-1.

    Raises:
        RequestError: No question can be asked, or a name in `without` is nobody's.
        UsageError: Days that can't be.
        InputError: No deal in the file, or faulty weights or sectors.
    """
    from dealport.backtest.playing import play
    from dealport.backtest.questions import periods
    from dealport.backtest.report import Run, make_report

    until = request.until or date.max
    _check_days(request.since, until)
    read = read_usable_deals(path, request.weights)
    until = min(until, read.usable[-1].made_on)
    refresh = "" if request.refresh == "never" else request.refresh
    every = list(periods(request.since, until, refresh=refresh))
    without = _keys_of(request.without, read.usable)
    done = iter(range(1, len(every) + 1))
    played = play(
        read.usable,
        every,
        read.graph,
        read.weights,
        with_rows=request.with_rows,
        tick=lambda: advance(next(done) / len(every)),
    )
    if not played.queries:
        raise RequestError(
            f"nothing to look for: no startup found a new investor abroad from {request.since} on that had a deal "
            f"before (the deals run from {read.usable[0].made_on} to {read.usable[-1].made_on})"
        )
    run = Run(request.since, until, refresh, request.without, tuple(played.as_of), played.share_unanswerable)
    return Measured(make_report(run, played.queries, played.ranks, without=without), tuple(played.rows), read)


def run_tuning(path: Path, since: date, n_known: int) -> tuple[Tuning, Deals]:
    """Weights of the track record fitted on the choices of the years before a day, and the deals they rest on.

    The shipped weights count as `n_known` choices more.

    Raises:
        RequestError: Too few choices, or scipy is missing.
        InputError: No deal in the file.
    """
    from dealport.backtest.choices import find_choices
    from dealport.backtest.questions import Period
    from dealport.backtest.tuning import fit_weights, require_scipy
    from dealport.scoring.criteria.weights import TRACK_WEIGHTS

    _check_days(since, date.max)
    require_scipy()
    read = read_usable_deals(path)
    starts = [years_before(since, years) for years in range(YEARS_LEARNT, -1, -1)]
    every = [Period(first, first, after - timedelta(days=1)) for first, after in pairwise(starts)]
    choices = find_choices(read.usable, every, read.graph, tuple(TRACK_WEIGHTS))
    return fit_weights(choices, TRACK_WEIGHTS, n_known=n_known), read


class Deals(Struct, frozen=True):
    """What a backtest rests on.

    Attributes:
        usable: The deals that name both countries, in the order of their days; at least one.
        n_deals: All deals of the file. n_faulty: Rows that are none for a fault that `check` tells.
        files: Every file read.
    """

    usable: tuple[Deal, ...]
    graph: SectorGraph
    weights: Weights
    n_deals: int
    n_faulty: int
    files: tuple[str, ...]


def read_usable_deals(path: Path, weights: Path | None = None) -> Deals:
    """A market of deals, of which only these are kept: the rest of 55,000 rows takes 300 MB.

    Raises:
        RequestError: No deal names both countries.
        InputError: No deal in the file, or faulty weights or sectors.
    """
    from dealport.backtest.questions import usable_deals
    from dealport.market.market_building import build_market
    from dealport.reading.paths import garbage_left_alone
    from dealport.stories.ranking_story import read_deals
    from dealport.stories.settings import require_sectors, weights_of

    with garbage_left_alone():
        reading = read_deals(path)
        market = build_market(reading)
    require_sectors(market)
    faults = [problem for problem in market.problems if problem.severity == "fault"]
    if not market.deals:
        raise InputError(f"{path}: no deal in it can be read", faults)
    usable = usable_deals(market.deals)
    if not usable:
        cure = "add startup_country and investor_country, or put the profiles beside the deals and give the folder"
        raise RequestError(f"{path}: no deal tells the countries of both sides ({cure})")
    chosen = weights_of(reading, weights)
    return Deals(usable, market.graph, chosen, len(market.deals), len(faults), reading.files)


def _check_days(since: date, until: date) -> None:
    if not EARLIEST <= since <= LATEST:
        raise UsageError(f"--since {since}: no deals are known of that time")
    if until < since:
        raise UsageError(f"--until {until} is before --since {since}")


def years_before(day: date, years: int) -> date:
    """The same day some years before; 28 February for the 29th."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _keys_of(names: Sequence[str], deals: Sequence[Deal]) -> frozenset[str]:
    """The keys of investors by name or key."""
    from dealport.words.names import NameIndex

    called = {deal.investor_key: (deal.investor,) for deal in deals} if names else {}
    index = NameIndex(called)
    found: set[str] = set()
    for name in names:
        keys = index.find(name, typos=False)
        if len(keys) > 1 and name not in called:
            listed = ", ".join(f"{called[key][0]} ({key})" for key in keys)
            raise RequestError(f"--without: '{name}' is not clear: {listed} (give the id)")
        if not keys:
            near = ", ".join(called[key][0] for key in index.suggest(name))
            raise RequestError(
                f"--without: no investor is called '{name}'" + (f" (did you mean {near}?)" if near else "")
            )
        found.update(keys)
    return frozenset(found)
