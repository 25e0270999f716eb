"""The command `tune`: its options."""

from __future__ import annotations

from typing import Annotated

import typer

from dealport.cli.options import shared_options as opt

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
    from dealport.cli.commands.measure_commands import tune_file

    tune_file(deals, since, out, n_known=prior, force=force, quiet=quiet)
