"""The command `shortlist`: rank pairs and write them to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dealport.cli.commands.ranking_talk import require_a_pair, talk_about_fast, talk_about_ranking
from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.cli.terminal.talking import talk
from dealport.stories.request import Request

if TYPE_CHECKING:
    from dealport.cli.terminal.waiting import ShowProgress
    from dealport.stories.ranking_story import Outcome

EXAMPLE = "dealport shortlist profiles --out shortlist.xlsx --out shortlist.html"


class Writing(Struct, frozen=True):
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
    writing = Writing(tuple(out or ()), language, cluster, excel=excel, force=force)
    write_ranking(paths, replace(request, by=by, k=top), writing, quiet=quiet, verbose=verbose)


def write_ranking(paths: Sequence[Path], request: Request, writing: Writing, *, quiet: bool, verbose: bool) -> None:
    """Write the ranking to each file, the other side's too where the format has room for it.

    Raises:
        UsageError: No file is named, or one twice; both sides are asked of a format that is no flat table.
        RequestError: There is no pair to write, a file exists, can't be written, or is one of those read.
    """
    from dealport.cli.terminal.waiting import waiting
    from dealport.model import UsageError
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
    talk_about_ranking(outcome, with_caption=len(flat) < len(out) or not outcome.n_pairs, quiet=quiet, verbose=verbose)
    if not writing.cluster:
        talk_about_fast(outcome, quiet=quiet)
    if not outcome.n_pairs:
        require_a_pair(outcome.shortlist)
    for path in out:
        with waiting(f"writing {path.name}", quiet=quiet, unit="rows") as advance:
            n_rows = (
                _write_flat(outcome, path, writing, advance) if path in flat else _write_whole(outcome, path, writing)
            )
        talk(f"wrote {path}{n_rows}", quiet=quiet)


def _rank(paths: Sequence[Path], request: Request, cluster: str, *, quiet: bool) -> Outcome:
    """Rank here, or where the cluster is."""
    from dealport.cli.terminal.waiting import waiting
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
        other=outcome.other if path.suffix.lower() == ".xlsx" else None,
    )
    return ""
