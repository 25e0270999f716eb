"""The command `plan`: plan a day of meetings, show the plan and write it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.cli.terminal.talking import talk
from dealport.stories.request import Sources

if TYPE_CHECKING:
    from dealport.stories.meeting_story import PlanOutcome, PlanRequest
    from dealport.writing.plans.plan_writing import WrittenPlan

EXAMPLE = "dealport plan profiles --event event.toml --out plan"
MOST_WARNINGS = 10  # of the event and the requests, told without --verbose
MOST_NAMED = 5


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


class PlanWriting(Struct, frozen=True):
    """How a plan is shown and written.

    Attributes:
        out: Folders and files.
        json: JSON in place of a summary.
        excel: A byte order mark before CSV.
        force: Files that exist are replaced.
    """

    out: tuple[Path, ...]
    language: str
    json: bool = False
    excel: bool = False
    force: bool = False


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
    from dealport.stories.meeting_story import PlanRequest

    request = PlanRequest(event, previous, at or "", with_what_ifs=what_if, sources=sources)
    writing = PlanWriting(tuple(out or ()), language, json=json, excel=excel, force=force)
    plan_and_show(paths, request, writing, quiet=quiet, verbose=verbose)


def plan_and_show(
    paths: Sequence[Path], request: PlanRequest, writing: PlanWriting, *, quiet: bool, verbose: bool
) -> None:
    """Plan a day, show the plan (CSV in a pipe, unless files are written) and write it.

    Raises:
        UsageError, RequestError, InputError: As `plan_meetings` and `write_plan` do.
    """
    from dealport.cli.terminal.screen import is_piped
    from dealport.cli.terminal.waiting import waiting
    from dealport.stories.meeting_story import check_request, plan_meetings

    check_request(request)  # both before the long work
    _check_out(writing)
    outcome = plan_meetings(paths, request, stage=partial(waiting, quiet=quiet))
    _talk_about(outcome, quiet=quiet, verbose=verbose)
    _show(outcome, writing)
    for path in writing.out:
        with waiting(f"writing {path.name}", quiet=quiet):
            written = _write(outcome, path, writing)
        talk(*_told(written, path), quiet=quiet)
    if not writing.out and not writing.json and not is_piped():
        talk("nothing is written: --out FOLDER gives timetable, cards, calendars and plan.json", quiet=quiet)


def _check_out(writing: PlanWriting) -> None:
    from dealport.model import UsageError
    from dealport.writing.plans.plan_writing import check_plan_out

    named: dict[str, Path] = {}
    for path in writing.out:
        check_plan_out(path, force=writing.force)
        first = named.setdefault(os.path.realpath(path), path)
        if first is not path:
            raise UsageError(f"{path}: named twice (as {first} before); give each --out a place of its own")


def _show(outcome: PlanOutcome, writing: PlanWriting) -> None:
    """The plan as JSON, for a person, or as CSV for a pipe."""
    from dealport.cli.terminal.screen import is_piped, make_screen, print_json

    plan = outcome.plan
    if writing.json:
        from dealport.writing.plan_json.plan_objects import plan_json

        print_json(plan_json(plan))
    elif writing.out or not is_piped():
        from dealport.cli.views.plan_view import show_plan

        show_plan(plan, make_screen(outcome.market.graph, language=writing.language), _where(writing.out))
    else:
        from dealport.writing.csv_files import write_csv
        from dealport.writing.plans.plan_tables import meetings_table

        write_csv(meetings_table(plan), sys.stdout)


def _where(out: Sequence[Path]) -> str:
    """The file that lists everything, for whoever reads the beginning of a list."""
    workbooks = [path if path.suffix else path / "plan.xlsx" for path in out if path.suffix.lower() in ("", ".xlsx")]
    return str(workbooks[0]) if workbooks else "`--out plan.xlsx`"


def _write(outcome: PlanOutcome, path: Path, writing: PlanWriting) -> WrittenPlan:
    from dealport.writing.plans.plan_writing import write_plan

    return write_plan(
        outcome.plan,
        path,
        language=writing.language,
        force=writing.force,
        excel=writing.excel,
        inputs=outcome.inputs,
    )


def _told(written: WrittenPlan, path: Path) -> list[str]:
    """What was written, what was removed, and whom the import leaves out."""
    names = [one.name for one in written.paths if one.is_file()]
    lines = [f"wrote {path}"]
    if written.n_calendars:
        lines = [f"wrote {path}: {', '.join(names)}, {_count(written.n_calendars, 'calendar')}"]
    if written.removed:
        lines.append(f"removed {_count(len(written.removed), 'calendar')} of whoever has no meeting any more")
    if written.without_email:
        named = ", ".join(written.without_email[:MOST_NAMED])
        more = len(written.without_email) - MOST_NAMED
        lines.append(
            f"meeting-mojo.csv lacks {_count(written.n_left_out, 'meeting')}: no e-mail address of their own in "
            f"`contact` have {named}{f' and {more:,} more' if more > 0 else ''}"
        )
    return lines


def _talk_about(outcome: PlanOutcome, *, quiet: bool, verbose: bool) -> None:
    """What was left out of the profiles, and the warnings of the event and the requests."""
    if any(problem.severity == "fault" for problem in outcome.market.problems):
        from dealport.cli.views.check_view import left_out_line

        talk(left_out_line(outcome.market, outcome.where), quiet=quiet)
    told = outcome.problems if verbose else outcome.problems[:MOST_WARNINGS]
    talk(*map(str, told), quiet=quiet)
    if len(outcome.problems) > len(told):
        talk(f"{len(outcome.problems) - len(told):,} more warnings: --verbose tells them", quiet=quiet)
    if verbose:
        talk(*map(str, outcome.market.problems), quiet=quiet)


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
