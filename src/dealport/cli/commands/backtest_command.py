"""The command `backtest`: measure the ranking on past deals, show the figures and write them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.options import shared_options as opt
from dealport.cli.terminal.talking import talk

if TYPE_CHECKING:
    from dealport.stories.backtest_story import BacktestRequest, Deals

EXAMPLE = "dealport backtest deals.csv --since 2024-01-01"


def backtest(
    deals: opt.DealsFile,
    *,
    since: opt.Since,
    until: opt.Until = None,
    refresh: opt.Refresh = "never",
    without: opt.Without = None,
    weights: opt.Weights = None,
    rankings: opt.Rankings = None,
    out: opt.ReportOut = None,
    json: opt.Json = False,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
) -> None:
    """Measure how well the ranking finds deals that really happened, beside simpler rankers."""
    from dealport.stories.backtest_story import BacktestRequest

    request = BacktestRequest(since, until, refresh, tuple(without or ()), weights, with_rows=rankings is not None)
    backtest_file(deals, request, out=out, rankings=rankings, json=json, force=force, quiet=quiet)


def backtest_file(
    path: Path,
    request: BacktestRequest,
    *,
    out: Path | None,
    rankings: Path | None,
    json: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Run a backtest, show or print it, and write what was asked for."""
    from dealport.cli.terminal.waiting import waiting
    from dealport.stories.backtest_story import run_backtest
    from dealport.writing.backtests.backtests import check_rankings_out, report_json, write_rankings
    from dealport.writing.backtests.curves import check_report_out, write_report
    from dealport.writing.whole_files import check_no_input

    if out:
        check_report_out(out, force=force)  # before the long work
    if rankings:
        check_rankings_out(rankings, force=force)
    with waiting("backtest", quiet=quiet) as advance:
        measured = run_backtest(path, request, advance)
    check_no_input([one for one in (out, rankings) if one], measured.deals.files)
    talk_about_deals(path, measured.deals, quiet=quiet)
    if json:
        from dealport.cli.terminal.screen import print_json

        print_json(report_json(measured.report))
    else:
        from dealport.cli.terminal.screen import make_screen
        from dealport.cli.views.backtest_view import show_report
        from dealport.words.sectors.graph import load_graph

        show_report(measured.report, make_screen(load_graph(), language="en"))
    if out:
        write_report(measured.report, out, force=force)
        talk(f"wrote {out}", quiet=quiet)
    if rankings:
        write_rankings(measured.rows, rankings, force=force)
        talk(f"wrote {rankings}", quiet=quiet)


def talk_about_deals(path: Path, deals: Deals, *, quiet: bool) -> None:
    """What of the file says nothing here."""
    silent = deals.n_deals - len(deals.usable)
    if silent:
        verb = "deal does" if silent == 1 else "deals do"
        talk(f"{silent:,} {verb} not tell both countries: left out", quiet=quiet)
    if deals.n_faulty:
        faults = "1 fault" if deals.n_faulty == 1 else f"{deals.n_faulty:,} faults"
        talk(f"{faults} in the file: see `dealport check {shlex.quote(str(path))}`", quiet=quiet)
