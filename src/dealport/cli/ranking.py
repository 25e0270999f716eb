"""What `match` and `shortlist` do with a ranking: show it, pass it on, or write it, and say what it rests on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.check_view import left_out_line
from dealport.cli.ranking_view import caption, show_ranking, why_nothing
from dealport.cli.screen import is_piped, make_screen, print_json
from dealport.cli.talking import talk
from dealport.cli.waiting import waiting
from dealport.model import RequestError, UsageError

if TYPE_CHECKING:
    from dealport.pipeline import Outcome, Request
    from dealport.scoring.shortlist import Shortlist


def print_ranking(outcome: Outcome, *, language: str, json: bool, quiet: bool, verbose: bool) -> None:
    """Print tables for a person, CSV for a pipe, or JSON; talk goes to stderr.

    Raises:
        RequestError: There is no pair to show; the message says what took them.
    """
    shortlist, graph = outcome.shortlist, outcome.market.graph
    on_screen = not json and not is_piped() and has_a_pair(shortlist)
    _talk_about(outcome, with_caption=not on_screen, quiet=quiet, verbose=verbose)
    _require_a_pair(shortlist)
    if json:
        from dealport.sharing.json_files import shortlist_json

        print_json(shortlist_json(shortlist, graph, language))
    elif on_screen:
        screen = make_screen(graph, language=language)
        screen.show_line((_caption(outcome, language), "dim"))
        show_ranking(shortlist, screen)
    else:
        from dealport.sharing.csv_files import write_csv
        from dealport.sharing.shortlists import shortlist_table

        write_csv(shortlist_table(shortlist, graph, language), sys.stdout)


def write_ranking(
    paths: Sequence[Path],
    request: Request,
    out: Sequence[Path],
    *,
    language: str,
    excel: bool,
    force: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the ranking to each file of `out`, the other side's too where the format has room for it.

    Raises:
        UsageError: No file is named, or one twice.
        RequestError: There is no pair to write, a file exists, can't be written, or is one of those read.
    """
    from dealport.pipeline import find_both
    from dealport.sharing.writing import check_all_out, check_no_input, write_shortlist

    if not out:
        raise UsageError("no file to write: name one or more, as in `dealport shortlist --out shortlist.xlsx`")
    check_all_out(out, force=force)  # before the long work
    with waiting("ranking", quiet=quiet):
        outcome, other = find_both(paths, request)
    check_no_input(out, outcome.inputs)
    _talk_about(outcome, with_caption=True, quiet=quiet, verbose=verbose)
    _require_a_pair(outcome.shortlist)
    market = outcome.market
    for path in out:
        write_shortlist(
            outcome.shortlist,
            path,
            market_problems=market.problems,
            graph=market.graph,
            language=language,
            force=force,
            excel=excel,
            other=other,
        )
        talk(f"wrote {path}", quiet=quiet)


def has_a_pair(shortlist: Shortlist) -> bool:
    """False when the gates and options left nobody to propose."""
    return any(participant.pairs for participant in shortlist.participants)


def _require_a_pair(shortlist: Shortlist) -> None:
    if not has_a_pair(shortlist):
        raise RequestError(why_nothing(shortlist))


def _caption(outcome: Outcome, language: str = "en") -> str:
    market = outcome.market
    n_startups, n_investors = len(market.startups), len(market.investors)
    return caption(outcome.shortlist, n_startups=n_startups, n_investors=n_investors, language=language)


def _talk_about(outcome: Outcome, *, with_caption: bool, quiet: bool, verbose: bool) -> None:
    """Whom `--for` took, what was ranked where the screen does not say it, and what was left out."""
    if outcome.taken:
        talk(f"for {', '.join(outcome.taken)}", quiet=quiet)
    if with_caption:
        talk(_caption(outcome), quiet=quiet)
    left_out = left_out_line(outcome.market, outcome.where)
    if left_out:
        talk(left_out, quiet=quiet)
    if verbose:
        talk(*map(str, outcome.market.problems), quiet=quiet)
