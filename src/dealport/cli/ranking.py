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
from dealport.cli.waiting import Advance, waiting
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
        UsageError: No file is named, or one twice; both sides are asked of a format that is no flat table.
        RequestError: There is no pair to write, a file exists, can't be written, or is one of those read.
    """
    from dealport.pipeline import find_shortlist
    from dealport.sharing.writing import FLAT_SUFFIXES, check_all_out, check_no_input

    if not out:
        raise UsageError("no file to write: name one or more, as in `dealport shortlist --out shortlist.xlsx`")
    check_all_out(out, force=force)  # before the long work
    flat = [path for path in out if path.suffix.lower() in FLAT_SUFFIXES]
    if request.by == "both" and len(flat) < len(out):
        raise UsageError(f"--by both is for flat tables ({' '.join(FLAT_SUFFIXES)}); name one side for the others")
    with waiting("ranking", quiet=quiet, unit="pairs") as advance:
        outcome = find_shortlist(paths, request, advance=advance)
    check_no_input(out, outcome.inputs)
    if not outcome.n_pairs:
        _talk_about(outcome, with_caption=True, quiet=quiet, verbose=verbose)
        raise RequestError(why_nothing(outcome.shortlist))
    _talk_about(outcome, with_caption=len(flat) < len(out), quiet=quiet, verbose=verbose)
    for path in out:
        with waiting(f"writing {path.name}", quiet=quiet, unit="rows") as advance:
            if path in flat:
                n_rows = _write_flat(outcome, path, language, force=force, excel=excel, advance=advance)
                talk(f"wrote {path}: {n_rows:,} pairs as of {outcome.market.as_of}", quiet=quiet)
            else:
                _write_whole(outcome, path, language, force=force, excel=excel)
                talk(f"wrote {path}", quiet=quiet)


def _write_flat(
    outcome: Outcome,
    path: Path,
    language: str,
    *,
    force: bool,
    excel: bool,
    advance: Advance,
) -> int:
    """Write the flat table as it comes; how many rows it has."""
    from dealport.sharing.streaming import write_pairs

    ranked, sides = outcome.ranked, outcome.sides
    return write_pairs(ranked, path, sides=sides, language=language, force=force, excel=excel, advance=advance)


def _write_whole(outcome: Outcome, path: Path, language: str, *, force: bool, excel: bool) -> None:
    """Write the ranking as records."""
    from dealport.sharing.writing import write_shortlist

    market = outcome.market
    write_shortlist(
        outcome.shortlist,
        path,
        market_problems=market.problems,
        graph=market.graph,
        language=language,
        force=force,
        excel=excel,
        other=outcome.other if path.suffix.lower() == ".xlsx" else None,
    )


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
