"""What a backtest found: every ranker's figures, how sure they are, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import numpy as np
from msgspec import Struct

from dealport.backtest.intervals import Interval, difference_intervals, mean_intervals
from dealport.backtest.metrics import Query, Ranks, metric_values

Figures = Mapping[str, Interval]
"""By the names of `metrics.METRICS`."""

SURE_METRICS = ("hit@10", "mrr")
"""Those that say whether a ranker beats another."""

Keeps = Callable[[Query], list[int]]
"""The places of a query's answers that a slice keeps."""

ASIA = frozenset({"KR", "CN", "HK", "TW", "JP", "SG"})  # the summit's side of the world, thin in most deals files
FEWEST_QUERIES = 30  # with 30 an interval of hit@10 is up to .36 wide already
MOST_COUNTRY_PAIRS = 10
CURVE_LENGTH = 100


class Run(Struct, frozen=True):
    """What was asked.

    Attributes:
        since: First day of the deals to be found; `until` the last.
        refresh: How often profiles were brought up to date; "" for frozen at the first of `as_of`.
        without: Names of the investors left out in a slice of their own.
        as_of: The days whose knowledge the ranking had, ascending.
        share_unanswerable: Of the startups with a deal abroad, those with none but investors never seen before (0-1):
            no query of theirs is in any figure.
    """

    since: date
    until: date
    refresh: str
    without: tuple[str, ...]
    as_of: tuple[date, ...]
    share_unanswerable: float


class Slice(Struct, frozen=True):
    """A part of the queries and answers.

    Attributes:
        n_pairs: Answers of all its queries.
        figures: Of every ranker, in the order of the report.
        differences: Of every other ranker: the first minus it, on the same queries.
    """

    name: str
    n_queries: int
    n_pairs: int
    figures: Mapping[str, Figures]
    differences: Mapping[str, Figures]


class Report(Struct, frozen=True):
    """A backtest's findings.

    Attributes:
        n_candidates: The most that a query had to choose from.
        rankers: Names; the first is the one under test.
        slices: "all" first, then those that hold any query.
        hit_curves: Of every ranker, see `hit_curve`.
    """

    run: Run
    n_queries: int
    n_pairs: int
    n_candidates: int
    rankers: tuple[str, ...]
    slices: tuple[Slice, ...]
    hit_curves: Mapping[str, tuple[float, ...]]


def make_report(
    run: Run, queries: Sequence[Query], ranks: Mapping[str, Ranks], *, without: frozenset[str] = frozenset()
) -> Report:
    """The report on at least one query; `ranks` of the ranker under test come first.

    `without`: the keys of `run.without`.
    """
    slices = (_make_slice(name, keeps, queries, ranks) for name, keeps in _parts(run, queries, without))
    return Report(
        run=run,
        n_queries=len(queries),
        n_pairs=sum(len(query.answers) for query in queries),
        n_candidates=max(query.n_candidates for query in queries),
        rankers=tuple(ranks),
        slices=tuple(one for one in slices if one),
        hit_curves={name: hit_curve(own) for name, own in ranks.items()},
    )


def unbeaten(report: Report) -> dict[str, str]:
    """Metric to the best of the other rankers, where the ranker under test is not surely above it.

    Surely: the whole 95 % interval of the difference is above 0. Of too few queries nothing is said.
    """
    everything, others = report.slices[0], report.rankers[1:]
    found: dict[str, str] = {}
    is_telling = bool(others) and report.n_queries >= FEWEST_QUERIES
    for metric in SURE_METRICS if is_telling else ():
        best = max(others, key=lambda ranker: everything.figures[ranker][metric].mean)
        if everything.differences[best][metric].low <= 0:
            found[metric] = best
    return found


def hit_curve(ranks: Ranks, k_max: int = CURVE_LENGTH) -> tuple[float, ...]:
    """Share of at least one query with an answer among the first k, for k from 1 to `k_max`."""
    best = np.array([min(one) for one in ranks], dtype=np.int64)
    hits = np.bincount(np.minimum(best, k_max + 1), minlength=k_max + 2)[1 : k_max + 1]
    return tuple((np.cumsum(hits) / len(best)).tolist())


def _parts(run: Run, queries: Sequence[Query], without: frozenset[str]) -> Iterator[tuple[str, Keeps]]:
    """Names of slices, each with which answers it keeps."""
    yield "all", lambda query: _every_answer(query, keep=True)
    yield "warm", lambda query: _every_answer(query, keep=query.is_warm)
    yield "cold", lambda query: _every_answer(query, keep=not query.is_warm)
    yield "Asia", _answers_in_asia
    for pair in _frequent_pairs(queries):
        yield pair, partial(_answers_of_pair, pair)
    if without:
        name = f"without {', '.join(run.without)}"
        yield name, lambda query: _every_answer(query, keep=without.isdisjoint(query.answers))


def _every_answer(query: Query, *, keep: bool) -> list[int]:
    return list(range(len(query.answers))) if keep else []


def _answers_in_asia(query: Query) -> list[int]:
    """Those with a side there: all of a startup there."""
    is_there = [country in ASIA for country in query.answer_countries]
    return [place for place, here in enumerate(is_there) if here or query.startup_country in ASIA]


def _answers_of_pair(pair: str, query: Query) -> list[int]:
    return [place for place, one in enumerate(_country_pairs(query)) if one == pair]


def _frequent_pairs(queries: Sequence[Query]) -> list[str]:
    """The country pairs with the most queries, ties by name."""
    counts = Counter(pair for query in queries for pair in set(_country_pairs(query)) - {""})
    often = [pair for pair, count in counts.items() if count >= FEWEST_QUERIES]
    return sorted(often, key=lambda pair: (-counts[pair], pair))[:MOST_COUNTRY_PAIRS]


def _country_pairs(query: Query) -> list[str]:
    """``KR-US`` of every answer, the startup's country first; "" where one is unknown."""
    ours = query.startup_country
    return [f"{ours}-{theirs}" if ours and theirs else "" for theirs in query.answer_countries]


def _make_slice(name: str, keeps: Keeps, queries: Sequence[Query], ranks: Mapping[str, Ranks]) -> Slice | None:
    """The slice, or None without any query. Candidates stay, so that ranks stay."""
    kept = [keeps(query) for query in queries]
    if not any(kept):
        return None
    values = {
        ranker: metric_values(
            [[one[place] for place in places] for one, places in zip(own, kept, strict=True) if places]
        )
        for ranker, own in ranks.items()
    }
    first, *others = values
    return Slice(
        name=name,
        n_queries=sum(map(bool, kept)),
        n_pairs=sum(map(len, kept)),
        figures={ranker: mean_intervals(own) for ranker, own in values.items()},
        differences={other: difference_intervals(values[first], values[other]) for other in others},
    )
