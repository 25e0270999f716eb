"""What `backtest` and `tune` do: measure, show, write."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.terminal.talking import talk
from dealport.cli.terminal.waiting import waiting

if TYPE_CHECKING:
    from datetime import date

    from dealport.stories.backtest_story import BacktestRequest, Deals


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
    _talk_about(path, measured.deals, quiet=quiet)
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


def tune_file(path: Path, since: date, out: Path, *, n_known: int, force: bool, quiet: bool) -> None:
    """Fit weights, show them, and write them as a file that ``--weights`` takes."""
    from dealport.cli.terminal.screen import make_screen
    from dealport.cli.views.tuning_view import show_tuning
    from dealport.scoring.criteria.weights import TRACK_TOTAL
    from dealport.stories.backtest_story import run_tuning
    from dealport.words.sectors.graph import load_graph
    from dealport.writing.backtests.weights_file import weights_text
    from dealport.writing.whole_files import check_free, check_no_input, write_whole

    check_free(out, force=force)
    with waiting("tuning", quiet=quiet):
        tuning, deals = run_tuning(path, since, n_known)
    check_no_input([out], deals.files)
    _talk_about(path, deals, quiet=quiet)
    points = tuning.points(TRACK_TOTAL)
    show_tuning(tuning, points, make_screen(load_graph(), language="en"))
    with write_whole(out, force=force) as stream:
        stream.write(weights_text(tuning, points, since).encode())
    talk(f"wrote {out}", quiet=quiet)


def _talk_about(path: Path, deals: Deals, *, quiet: bool) -> None:
    """What of the file says nothing here."""
    silent = deals.n_deals - len(deals.usable)
    if silent:
        verb = "deal does" if silent == 1 else "deals do"
        talk(f"{silent:,} {verb} not tell both countries: left out", quiet=quiet)
    if deals.n_faulty:
        faults = "1 fault" if deals.n_faulty == 1 else f"{deals.n_faulty:,} faults"
        talk(f"{faults} in the file: see `dealport check {shlex.quote(str(path))}`", quiet=quiet)
