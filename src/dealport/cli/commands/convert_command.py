"""The command `convert`: any files to profiles or one clean table, refused rows beside them, and an account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.options import shared_options as opt
from dealport.cli.terminal.talking import talk

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.model import Kind
    from dealport.reading.paths import Reading
    from dealport.writing.profiles.refused_rows import RefusedTable

EXAMPLE = "dealport convert profiles --out market.xlsx"


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
    convert_files(paths, out, side=side, country=country, force=force, quiet=quiet)


def convert_files(
    paths: Sequence[Path], out: Path, *, side: Kind | None, country: str = "", force: bool, quiet: bool
) -> None:
    """Write profiles, deals and refused rows, and say on stderr what became of every row.

    Raises:
        RequestError: There is nothing to write, a file exists, can't be written, or is one of those read.
    """
    from dealport.cli.terminal.waiting import waiting
    from dealport.stories.ranking_story import read_market
    from dealport.stories.request import Sources
    from dealport.writing.profiles.profile_files import check_place
    from dealport.writing.profiles.refused_rows import errors_paths, refused_tables, write_refused
    from dealport.writing.whole_files import check_all_free, check_no_input

    check_place(out, force=force)  # before the long work
    with waiting("reading", quiet=quiet):
        reading, market = read_market(paths, Sources(side=side, country=country))
    refused = refused_tables(reading, market)
    errors = errors_paths(out, refused)
    check_no_input([out, *errors], reading.files)
    check_all_free(errors, force=force)
    with waiting("writing", quiet=quiet):
        written = _write_profiles(market, out, force=force)
        write_refused(refused, errors, force=force)
    talk(*_told(reading, market), quiet=quiet)
    talk(*(f"wrote {path}" for path in written), quiet=quiet)
    if len(written) > 1:
        talk(f"to read the market again give both: {' '.join(map(str, written))}", quiet=quiet)
    talk(*(_told_errors(path, table) for path, table in zip(errors, refused, strict=True)), quiet=quiet)


def _write_profiles(market: Market, out: Path, *, force: bool) -> list[Path]:
    from dealport.model import RequestError
    from dealport.writing.profiles.profile_files import is_folder, write_folder, write_table
    from dealport.writing.profiles.profile_records import deal_records, profile_records

    records, deals = profile_records(market), deal_records(market)
    if not records and not deals:
        raise RequestError("nothing to write: no row could be taken. `dealport check` says why")
    if is_folder(out):
        return write_folder(records, deals, out)
    return write_table(records, deals, out, force=force)


def _told(reading: Reading, market: Market) -> list[str]:
    from dealport.cli.views.check_view import account_line
    from dealport.writing.profiles.profile_records import deal_records
    from dealport.writing.profiles.refused_rows import late_refusals

    told = [account_line(market.account)]
    n_written = len(deal_records(market))
    if reading.deals or n_written:
        told.append(deals_line(reading, n_written=n_written))
    n_late = len(market.refused) + len(reading.deals) - n_written - len(late_refusals(reading, market))
    unwritten = reading.n_refused - len(reading.refused) + n_late
    if unwritten > 0:
        told.append(f"{_count(unwritten, 'refused record')} in files that are no tables: see `dealport check`")
    if reading.requests or reading.events:
        told.append("requests and events are not converted: keep their files")
    return told


def deals_line(reading: Reading, *, n_written: int) -> str:
    """``1,203 rows of deals = 1,200 written + 1 to mend + 2 left out``: those that name no investor."""
    refused = [one for one in reading.refused if reading.tables[one.table].kind == "deal"]
    n_aside = sum(not one.is_mendable for one in refused)
    n_rows = len(reading.deals) + len(refused)
    left_out = f" + {n_aside:,} left out" if n_aside else ""
    return (
        f"{_count(n_rows, 'row')} of deals = {n_written:,} written + {n_rows - n_written - n_aside:,} to mend{left_out}"
    )


def _told_errors(path: Path, table: RefusedTable) -> str:
    return f"wrote {path}: {_count(len(table.rows), 'row')} to mend, the reason in the last column"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
