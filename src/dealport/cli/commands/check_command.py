"""The command `check`: look at every file, then show the problems, or write them to a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.cli.terminal.talking import talk
from dealport.stories.request import Sources

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.reading.paths import Reading

EXAMPLE = "dealport check profiles"


class CheckRequest(Struct, frozen=True):
    """What a check is asked for.

    Attributes:
        columns: Only how tables were read.
        out: The workbook to write; None: the problems are shown.
        force: A workbook that exists is replaced.
    """

    sources: Sources
    columns: bool = False
    out: Path | None = None
    force: bool = False


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
    request = CheckRequest(sources, columns=columns, out=out, force=force)
    return check_profiles(paths, request, language=language, json=json)


def check_profiles(paths: Sequence[Path], request: CheckRequest, *, language: str, json: bool) -> int:
    """Show or write what is to be said of the files; the exit code: 3 where there are faults.

    Raises:
        UsageError: The file to write is no .xlsx, or is asked for with --columns.
        RequestError: It exists, can't be written, or is one of those read.
    """
    from dealport.cli.terminal.waiting import waiting
    from dealport.cli.views.check_view import count_problems, print_check
    from dealport.model import ExitCode
    from dealport.stories.meeting_story import read_checked

    _check_out(request)
    if request.columns:
        from dealport.cli.views.columns_view import print_columns
        from dealport.stories.ranking_story import read_tables

        return print_columns(read_tables(paths, request.sources), json=json)
    with waiting("reading"):
        reading, market = read_checked(paths, request.sources)
    if request.out is not None:
        _write(reading, market, request.out, language=language, force=request.force)
    if request.out is None or json:
        print_check(market, language=language, json=json)
    return ExitCode.FAULTS if count_problems(market)[0] else ExitCode.DONE


def _check_out(request: CheckRequest) -> None:
    """Raise where the file can't be written: before the long work."""
    from dealport.model import UsageError
    from dealport.writing.profiles.check_workbook import SUFFIX
    from dealport.writing.whole_files import check_free

    if request.out is None:
        return
    if request.columns:
        raise UsageError("--columns shows how tables were read and writes nothing: leave out --columns or --out")
    if request.out.suffix.lower() != SUFFIX:
        raise UsageError(f"{request.out}: check writes a workbook only: end its name in {SUFFIX}")
    check_free(request.out, force=request.force)


def _write(reading: Reading, market: Market, out: Path, *, language: str, force: bool) -> None:
    """Write the workbook and say on stderr what is in it."""
    from dealport.cli.terminal.waiting import waiting
    from dealport.cli.views.check_view import count_problems, counted
    from dealport.stories.ranking_story import inputs_of
    from dealport.writing.profiles.check_workbook import write_check
    from dealport.writing.whole_files import check_no_input

    check_no_input([out], inputs_of(reading))
    with waiting(f"writing {out.name}"):
        written = write_check(market, out, language=language, force=force)
    n_faults, n_warnings = count_problems(market)
    readings = counted(written.n_readings, "reading")
    pairs = counted(written.n_duplicates, "likely duplicate")
    talk(f"wrote {out}: {counted(n_faults, 'fault')}, {counted(n_warnings, 'warning')}, {readings}, {pairs}")
    if written.n_left_out:
        talk(f"{counted(written.n_left_out, 'more row')} have no room in it: those that are the most certain")
