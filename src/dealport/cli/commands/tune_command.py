"""The command `tune`: fit weights on past choices, show them and write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dealport.cli.commands.backtest_command import talk_about_deals
from dealport.cli.options import shared_options as opt
from dealport.cli.terminal.talking import talk

EXAMPLE = "dealport tune deals.csv --since 2024-01-01 --out weights.toml"

# On ten cuts of 55,000 real deals to some 350 choices, 0, 300 and 1,000 did as well as the shipped weights; on ten cuts
# to single deals, 0 lost .012, these .004 and .002 (`tests/measure_thin_histories.py`). The larger is the safer.
PRIOR_CHOICES = 1000
Prior = Annotated[
    int,
    typer.Option(
        "--prior",
        metavar="N",
        min=0,
        help="As how many choices more the shipped weights count; 0: not at all.",
        rich_help_panel=opt.HOW,
    ),
]


def tune(
    deals: opt.DealsFile,
    *,
    since: opt.Since,
    out: opt.WeightsOut,
    prior: Prior = PRIOR_CHOICES,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
) -> None:
    """Fit the weights of the track record on past choices, as a file --weights takes."""
    tune_file(deals, since, out, n_known=prior, force=force, quiet=quiet)


def tune_file(path: Path, since: date, out: Path, *, n_known: int, force: bool, quiet: bool) -> None:
    """Fit weights, show them, and write them as a file that ``--weights`` takes."""
    from dealport.cli.terminal.screen import make_screen
    from dealport.cli.terminal.waiting import waiting
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
    talk_about_deals(path, deals, quiet=quiet)
    points = tuning.points(TRACK_TOTAL)
    show_tuning(tuning, points, make_screen(load_graph(), language="en"))
    with write_whole(out, force=force) as stream:
        stream.write(weights_text(tuning, points, since).encode())
    talk(f"wrote {out}", quiet=quiet)
