"""The story of a backtest in one page: a deals file -> questions -> rankings -> figures; and of tuning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.model import Deal, RequestError

if TYPE_CHECKING:
    from dealport.backtest.playing import RankedRow
    from dealport.backtest.report import Report
    from dealport.backtest.tuning import Tuning
    from dealport.words.sectors import SectorGraph

# Choices of so many years before the date are learnt from, each year with the knowledge of its first day.
YEARS_LEARNT = 4


@dataclass(frozen=True, slots=True)
class BacktestRequest:
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


@dataclass(frozen=True, slots=True)
class Measured:
    """A report, the best of each query, and how many rows of the file said nothing."""

    report: Report
    rows: tuple[RankedRow, ...]
    n_deals: int
    n_left_out: int


def run_backtest(path: Path, request: BacktestRequest, advance: Callable[[float], None]) -> Measured:
    """Rank what happened from a day on with what was known before; `advance` is told the share done, 0-1.

    Raises:
        RequestError: No question can be asked, or a name in `without` is nobody's.
        InputError: No deal in the file, or faulty weights.
    """
    from dealport.backtest.playing import play
    from dealport.backtest.questions import periods
    from dealport.backtest.report import Run, make_report
    from dealport.pipeline import choose_weights

    read = read_usable_deals(path)
    deals = read.usable
    until = request.until or (deals[-1].made_on if deals else request.since)
    every = list(periods(request.since, until, refresh=request.refresh if request.refresh != "never" else ""))
    without = _keys_of(request.without, deals)
    done = iter(range(1, len(every) + 1))
    played = play(
        deals,
        every,
        read.graph,
        choose_weights(request.weights),
        with_rows=request.with_rows,
        tick=lambda: advance(next(done) / len(every)),
    )
    if not played.queries:
        raise RequestError(
            f"nothing to look for: no startup found a new investor abroad from {request.since} to {until} that had a "
            f"deal before (the file's deals run from {deals[0].made_on} to {deals[-1].made_on})"
            if deals
            else f"{path}: no deal names the countries of both sides"
        )
    refresh = "" if request.refresh == "never" else request.refresh
    run = Run(request.since, until, refresh, request.without, tuple(played.as_of), played.share_unanswerable)
    report = make_report(run, played.queries, played.ranks, without=without)
    return Measured(report, tuple(played.rows), len(deals), read.n_rows - len(deals))


def run_tuning(path: Path, since: date) -> Tuning:
    """Weights of the track record fitted on the choices of the years before a day.

    Raises:
        RequestError: Too few choices, or scipy is missing.
        InputError: No deal in the file.
    """
    from dealport.backtest.choices import find_choices
    from dealport.backtest.questions import Period
    from dealport.backtest.tuning import fit_weights
    from dealport.scoring.weights import TRACK_WEIGHTS

    read = read_usable_deals(path)
    starts = [years_before(since, years) for years in range(YEARS_LEARNT, -1, -1)]
    every = [Period(first, first, after - timedelta(days=1)) for first, after in pairwise(starts)]
    return fit_weights(find_choices(read.usable, every, read.graph, tuple(TRACK_WEIGHTS)))


@dataclass(frozen=True, slots=True)
class Deals:
    """The deals of a file that name both countries, in the order of their days, and how many rows it has."""

    usable: tuple[Deal, ...]
    graph: SectorGraph
    n_rows: int


def read_usable_deals(path: Path) -> Deals:
    """A market of deals, of which only these are kept: the rest of 55,000 rows takes 300 MB.

    Raises:
        InputError: No deal in the file.
    """
    from dealport.backtest.questions import usable_deals
    from dealport.files.reading import garbage_left_alone
    from dealport.market.checking import build_market
    from dealport.pipeline import read_deals

    with garbage_left_alone():
        reading = read_deals(path)
        market = build_market(reading)
        return Deals(usable_deals(market.deals), market.graph, len(reading.deals))


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
        if not keys:
            near = ", ".join(called[key][0] for key in index.suggest(name))
            raise RequestError(
                f"--without: no investor is called '{name}'" + (f" (did you mean {near}?)" if near else "")
            )
        found.update(keys)
    return frozenset(found)
