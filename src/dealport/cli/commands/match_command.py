"""The command `match`: rank pairs and print them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dealport.cli.commands.ranking_talk import (
    has_a_pair,
    ranking_caption,
    require_a_pair,
    talk_about_fast,
    talk_about_ranking,
)
from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.stories.request import Request

if TYPE_CHECKING:
    from dealport.stories.ranking_story import Outcome

EXAMPLE = "dealport match profiles --for lunit"


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
    from dealport.cli.terminal.waiting import waiting
    from dealport.stories.ranking_story import find_shortlist

    with waiting("ranking", quiet=quiet, unit="pairs") as advance:
        outcome = find_shortlist(paths, replace(request, by=by, k=top), advance=advance)
    print_ranking(outcome, language=language, json=json, weak=weak, quiet=quiet, verbose=verbose)


def print_ranking(outcome: Outcome, *, language: str, json: bool, weak: bool, quiet: bool, verbose: bool) -> None:
    """Print tables for a person, CSV for a pipe, or JSON; talk goes to stderr.

    Raises:
        RequestError: There is no pair to show; the message says what took them.
    """
    from dealport.cli.terminal.screen import is_piped, make_screen, print_json

    shortlist, graph = outcome.shortlist, outcome.market.graph
    on_screen = not json and not is_piped() and has_a_pair(shortlist)
    talk_about_ranking(outcome, with_caption=not on_screen, quiet=quiet, verbose=verbose)
    talk_about_fast(outcome, quiet=quiet)
    require_a_pair(shortlist)
    if json:
        from dealport.writing.rankings.ranking_json import shortlist_json

        print_json(shortlist_json(shortlist, graph, language))
    elif on_screen:
        from dealport.cli.views.ranking_view import show_ranking

        screen = make_screen(graph, language=language)
        screen.show_line((ranking_caption(outcome, language), "dim"))
        show_ranking(shortlist, screen, weak=weak)
    else:
        from dealport.writing.csv_files import write_csv
        from dealport.writing.rankings.shortlists import shortlist_table

        write_csv(shortlist_table(shortlist, graph, language), sys.stdout)
