"""What `match` and `shortlist` do with a ranking: show it, pass it on, or write it, and say what it rests on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.terminal.screen import is_piped, make_screen, print_json
from dealport.cli.terminal.talking import talk
from dealport.cli.terminal.waiting import ShowProgress, waiting
from dealport.cli.views.ranking_view import caption, show_ranking, why_nothing
from dealport.model import RequestError, UsageError

if TYPE_CHECKING:
    from dealport.scoring.shortlist import Shortlist
    from dealport.stories.ranking_story import Outcome
    from dealport.stories.request import Request


# Measured at 70,000 x 25,000: the scoring alone, both engines in turn.
FAST_TIP = "tip: pip install 'dealport[fast]' scores a market of this size in about a quarter of the time"


def print_ranking(outcome: Outcome, *, language: str, json: bool, weak: bool, quiet: bool, verbose: bool) -> None:
    """Print tables for a person, CSV for a pipe, or JSON; talk goes to stderr.

    Raises:
        RequestError: There is no pair to show; the message says what took them.
    """
    shortlist, graph = outcome.shortlist, outcome.market.graph
    on_screen = not json and not is_piped() and has_a_pair(shortlist)
    _talk_about(outcome, with_caption=not on_screen, quiet=quiet, verbose=verbose)
    _talk_about_fast(outcome, quiet=quiet)
    _require_a_pair(shortlist)
    if json:
        from dealport.writing.rankings.ranking_json import shortlist_json

        print_json(shortlist_json(shortlist, graph, language))
    elif on_screen:
        screen = make_screen(graph, language=language)
        screen.show_line((_caption(outcome, language), "dim"))
        show_ranking(shortlist, screen, weak=weak)
    else:
        from dealport.writing.csv_files import write_csv
        from dealport.writing.rankings.shortlists import shortlist_table

        write_csv(shortlist_table(shortlist, graph, language), sys.stdout)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a ranking is written.

    Attributes:
        out: The files.
        cluster: Address of the cluster that ranks; "" for this machine.
        excel: A byte order mark before CSV.
        force: Files that exist are replaced.
    """

    out: tuple[Path, ...]
    language: str
    cluster: str = ""
    excel: bool = False
    force: bool = False


def write_ranking(paths: Sequence[Path], request: Request, writing: Writing, *, quiet: bool, verbose: bool) -> None:
    """Write the ranking to each file, the other side's too where the format has room for it.

    Raises:
        UsageError: No file is named, or one twice; both sides are asked of a format that is no flat table.
        RequestError: There is no pair to write, a file exists, can't be written, or is one of those read.
    """
    from dealport.writing.rankings.ranking_files import FLAT_SUFFIXES, check_all_out
    from dealport.writing.whole_files import check_no_input

    out = writing.out
    if not out:
        raise UsageError("no file to write: name one or more, as in `dealport shortlist --out shortlist.xlsx`")
    check_all_out(out, force=writing.force)  # before the long work
    flat = [path for path in out if path.suffix.lower() in FLAT_SUFFIXES]
    if request.by == "both" and len(flat) < len(out):
        raise UsageError(f"--by both is for flat tables ({' '.join(FLAT_SUFFIXES)}); name one side for the others")
    outcome = _rank(paths, request, writing.cluster, quiet=quiet)
    check_no_input(out, outcome.inputs)
    _talk_about(outcome, with_caption=len(flat) < len(out) or not outcome.n_pairs, quiet=quiet, verbose=verbose)
    if not writing.cluster:
        _talk_about_fast(outcome, quiet=quiet)
    if not outcome.n_pairs:
        raise RequestError(why_nothing(outcome.shortlist))
    for path in out:
        with waiting(f"writing {path.name}", quiet=quiet, unit="rows") as advance:
            n_rows = (
                _write_flat(outcome, path, writing, advance) if path in flat else _write_whole(outcome, path, writing)
            )
        talk(f"wrote {path}{n_rows}", quiet=quiet)


def _rank(paths: Sequence[Path], request: Request, cluster: str, *, quiet: bool) -> Outcome:
    """Rank here, or where the cluster is."""
    from dealport.stories.ranking_story import find_shortlist

    if not cluster:
        with waiting("ranking", quiet=quiet, unit="pairs") as advance:
            return find_shortlist(paths, request, advance=advance)
    from dealport.cluster import ranker_on

    with ranker_on(cluster) as rank, waiting("ranking", quiet=quiet, unit="pairs") as advance:
        return find_shortlist(paths, request, rank=rank, advance=advance)


def _write_flat(outcome: Outcome, path: Path, writing: Writing, advance: ShowProgress) -> str:
    """Write the flat table as it comes; how many rows it has, in words."""
    from dealport.writing.rankings.streaming import write_pairs

    n_rows = write_pairs(
        outcome.ranked,
        path,
        sides=outcome.sides,
        language=writing.language,
        force=writing.force,
        excel=writing.excel,
        advance=advance,
    )
    return f": {n_rows:,} pairs as of {outcome.market.as_of}"


def _write_whole(outcome: Outcome, path: Path, writing: Writing) -> str:
    """Write the ranking as records; there is nothing to tell of it."""
    from dealport.writing.rankings.ranking_files import write_shortlist

    market = outcome.market
    write_shortlist(
        outcome.shortlist,
        path,
        market_problems=market.problems,
        graph=market.graph,
        language=writing.language,
        force=writing.force,
        excel=writing.excel,
        other=outcome.other if path.suffix.lower() == ".xlsx" else None,
    )
    return ""


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
    if any(problem.severity == "fault" for problem in outcome.market.problems):
        from dealport.cli.views.check_view import left_out_line

        talk(left_out_line(outcome.market, outcome.where), quiet=quiet)
    if verbose:
        talk(*map(str, outcome.market.problems), quiet=quiet)


def _talk_about_fast(outcome: Outcome, *, quiet: bool) -> None:
    """What the extra `fast` would save, where it is much and the extra is not installed."""
    from dealport.scoring.engine.best import has_fast, is_fast_worth

    if is_fast_worth(outcome.ranked.n_pairs, outcome.ranked.k) and not has_fast():
        talk(FAST_TIP, quiet=quiet)
