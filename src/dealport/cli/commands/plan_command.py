"""The command `plan` and the options that are its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.stories.request import Sources


def _refuse_blank_time(text: str | None) -> str | None:
    """``--at "$NOW"`` with nothing in NOW must not mean that no time is given."""
    if text is not None and not text.strip():
        raise typer.BadParameter("it is blank (write it as 10:40).")
    return text


EventFile = Annotated[
    Path | None,
    typer.Option(
        "--event",
        metavar="FILE",
        dir_okay=False,
        readable=False,
        help="The day: .toml .json; may be left out where PATH holds one event.",
        rich_help_panel=opt.WHOM,
    ),
]
PlanOut = Annotated[
    list[Path] | None,
    typer.Option(
        "--out",
        metavar="FOLDER|FILE",
        help="Folder for all files, or one: .xlsx .csv .json .html. Repeatable.",
        rich_help_panel=opt.WHAT_COMES_OUT,
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="FILE",
        dir_okay=False,
        readable=False,
        help="The plan.json to follow, with as few changes as can be.",
        rich_help_panel=opt.HOW,
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        callback=_refuse_blank_time,
        metavar="TIME",
        show_default=False,
        help="When things change: 10:40; what began before stays.",
        rich_help_panel=opt.HOW,
    ),
]
WhatIfs = Annotated[
    bool,
    typer.Option(
        "--what-if",
        metavar="",
        help="Tell what one more table, slot or interpreter would buy.",
        rich_help_panel=opt.WHAT_COMES_OUT,
    ),
]


@filled(Sources, without={"with_deal_investors", "country"})
def plan(
    paths: opt.Paths,
    *,
    event: EventFile = None,
    out: PlanOut = None,
    previous: Previous = None,
    at: At = None,
    what_if: WhatIfs = False,
    sources: Sources,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
    excel: opt.Excel = False,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Plan a day of meetings: who meets whom, when, at which table, with which interpreter."""
    from dealport.cli.commands.plan_results import PlanWriting, plan_and_show
    from dealport.stories.meeting_story import PlanRequest

    request = PlanRequest(event, previous, at or "", with_what_ifs=what_if, sources=sources)
    writing = PlanWriting(tuple(out or ()), language, json=json, excel=excel, force=force)
    plan_and_show(paths, request, writing, quiet=quiet, verbose=verbose)
