"""A small backtest made up by hand: queries, ranks and their report."""

from __future__ import annotations

from datetime import date

from dealport.backtest.metrics import Query
from dealport.backtest.report import Report, Run, make_report

RUN = Run(
    since=date(2012, 1, 1),
    until=date(2013, 12, 31),
    refresh="",
    without=("Start-Up Chile", "Wayra"),
    as_of=(date(2012, 1, 1),),
    share_unanswerable=0.16,
)


def query(startup: str, country: str, *answers: tuple[str, str], is_warm: bool = True) -> Query:
    """A query by its answers, each a key and a country."""
    keys, countries = zip(*answers, strict=True)
    return Query(startup, country, date(2012, 1, 1), keys, countries, is_warm, 500)


QUERIES = (
    query("ant", "KR", ("harbor", "SG"), ("island", "US")),
    query("bee", "US", ("jetty", "CN"), ("island", "GB"), is_warm=False),
    query("cat", "CL", ("chile", "US"), ("jetty", "DE")),
)
RANKS = {"Dealport": [(2, 30), (1, 4), (15, 3)], "popularity": [(40, 8), (60, 2), (1, 200)]}


def small_report(run: Run = RUN) -> Report:
    """The report on `QUERIES`."""
    return make_report(run, QUERIES, RANKS, without=frozenset({"chile"}))
