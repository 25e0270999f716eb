"""The commands: each reads its options, makes one call and shows what came of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

import dealport
from dealport.cli.commands.plan_command import plan
from dealport.cli.commands.show_command import show
from dealport.cli.commands.tune_command import tune
from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.stories.request import Request, Sources

app = typer.Typer(
    name="dealport",
    help="Match startups with investors across borders, from plain profile files, and say why.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"dealport {dealport.__version__}")  # noqa: T201 - the result
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Match startups with investors across borders, from plain profile files, and say why."""


@app.command(epilog="Example: dealport match profiles --for lunit")
@filled(Request)
def match(
    paths: opt.Paths,
    *,
    top: opt.Top = 3,
    by: opt.By = "startup",
    request: Request,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
    weak: opt.Weak = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Rank cross-border pairs on the screen, with reasons."""
    from dealport.cli.commands.rank_commands import print_ranking
    from dealport.cli.terminal.waiting import waiting
    from dealport.stories.ranking_story import find_shortlist

    with waiting("ranking", quiet=quiet, unit="pairs") as advance:
        outcome = find_shortlist(paths, replace(request, by=by, k=top), advance=advance)
    print_ranking(outcome, language=language, json=json, weak=weak, quiet=quiet, verbose=verbose)


@app.command(epilog="Example: dealport shortlist profiles --out shortlist.xlsx --out shortlist.html")
@filled(Request)
def shortlist(
    paths: opt.Paths,
    *,
    out: opt.Out = None,
    top: opt.Top = 10,
    by: opt.ByEither = "startup",
    request: Request,
    cluster: opt.Cluster = "",
    language: opt.LanguageOption = "en",
    excel: opt.Excel = False,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Write the ranking to files."""
    from dealport.cli.commands.rank_commands import Writing, write_ranking

    writing = Writing(tuple(out or ()), language, cluster, excel=excel, force=force)
    write_ranking(paths, replace(request, by=by, k=top), writing, quiet=quiet, verbose=verbose)


@app.command(epilog="Example: dealport explain lunit 'CMB International'")
@filled(Sources, without={"strict"})
def explain(
    a: Annotated[str, typer.Argument(metavar="A", help="A startup or an investor, in any spelling.")],
    b: Annotated[str, typer.Argument(metavar="B", help="One of the other side.")],
    paths: opt.Paths,
    *,
    sources: Sources,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
) -> None:
    """Show every gate and part of one pair, or why it is never proposed."""
    from dealport.cli.terminal.waiting import waiting
    from dealport.cli.views.explain_view import print_explanation
    from dealport.stories.ranking_story import explain_pair

    with waiting("reading"):
        explanation = explain_pair(paths, a, b, sources)
    print_explanation(explanation, language=language, json=json)


app.command(epilog="Example: dealport plan profiles --event event.toml --out plan")(plan)


app.command(epilog="Example: dealport show profiles --for lunit")(show)


@app.command(epilog="Example: dealport check profiles")
@filled(Sources, without={"weights", "with_deal_investors", "only_stated_countries", "strict"})
def check(
    paths: opt.Paths,
    *,
    sources: Sources,
    columns: opt.Columns = False,
    out: opt.CheckOut = None,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
    force: opt.Force = False,
) -> int:
    """List every fault and warning in the files, with its place and cure; exits with code 3 when there are faults."""
    from dealport.cli.commands.check_command import CheckRequest, check_profiles

    request = CheckRequest(sources, columns=columns, out=out, force=force)
    return check_profiles(paths, request, language=language, json=json)


@app.command(epilog="Example: dealport backtest deals.csv --since 2024-01-01")
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
    from dealport.cli.commands.measure_commands import backtest_file
    from dealport.stories.backtest_story import BacktestRequest

    request = BacktestRequest(since, until, refresh, tuple(without or ()), weights, with_rows=rankings is not None)
    backtest_file(deals, request, out=out, rankings=rankings, json=json, force=force, quiet=quiet)


app.command(epilog="Example: dealport tune deals.csv --since 2024-01-01 --out weights.toml")(tune)


@app.command(epilog="Example: dealport convert profiles --out market.xlsx")
def convert(
    paths: opt.Inputs,
    *,
    out: opt.OutOne,
    side: opt.As = None,
    country: opt.Country = "",
    force: opt.Force = False,
    quiet: opt.Quiet = False,
) -> None:
    """Turn any list of startups or investors into profiles or one clean table."""
    from dealport.cli.commands.convert_command import convert_files

    convert_files(paths, out, side=side, country=country, force=force, quiet=quiet)


@app.command(epilog="Example: dealport sectors 'AI 반도체' fintec 二次電池")
def sectors(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Words as typed; - reads them from stdin, one per line.")
    ] = None,
    *,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
) -> None:
    """Show what words mean as sectors; without a word, the whole tree."""
    from dealport.cli.views.sectors_view import print_tree, print_words, read_words

    if words:
        print_words(read_words(sys.stdin.buffer) if words == ["-"] else words, language=language, json=json)
    else:
        print_tree(language=language, json=json)


@app.command(epilog="Example: dealport new startup 'Lumen Diagnostics'")
def new(
    kind: Annotated[
        opt.NewKind, typer.Argument(metavar="startup|investor|event", help="Which side, or a day of meetings.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, in its own script.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the profiles.")] = Path("profiles"),
    *,
    quiet: opt.Quiet = False,
) -> None:
    """Write a commented profile, or the file of an event, to fill in."""
    from dealport.cli.commands.new_command import write_template

    write_template(kind, name, path, quiet=quiet)


@app.command(epilog="Example: dealport schema")
def schema() -> None:
    """Print the JSON Schema of a profile, for editors to complete and check with."""
    from dealport.cli.terminal.screen import print_json
    from dealport.market.schema import profile_schema

    print_json(profile_schema())
