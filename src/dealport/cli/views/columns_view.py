"""What `check --columns` shows: for each table what it is, what each column was taken for, what became of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dealport.cli.views.check_view import times
from dealport.cli.views.grouping import told_problems
from dealport.model import ExitCode

if TYPE_CHECKING:
    from dealport.cli.terminal.screen import Screen
    from dealport.reading.paths import Reading
    from dealport.reading.tables.accounts import Refused, TableAccount

_STYLES = {"name": "", "synonym": "", "columns.toml": "cyan", "fuzzy": "yellow", "left out": "dim"}


def print_columns(reading: Reading, *, json: bool) -> int:
    """Print the tables; the exit code: 3 where a table or a row of one can't be read."""
    from dealport.cli.terminal.screen import make_screen, print_json
    from dealport.market.market_building import build_market
    from dealport.words.sectors.graph import load_graph
    from dealport.writing.profiles.refused_rows import late_refusals

    late = late_refusals(reading, build_market(reading)) if reading.tables else []
    if json:
        print_json(columns_json(reading, late))
    else:
        show_columns(reading, make_screen(load_graph(), language="en"), late)
    return ExitCode.FAULTS if any(problem.severity == "fault" for problem in reading.problems) else ExitCode.DONE


def show_columns(reading: Reading, screen: Screen, late: Sequence[Refused] = ()) -> None:
    """Print each table, then what is to be said of the tables' columns and rows; `late` refused the market."""
    for index, table in enumerate(reading.tables):
        if index:
            screen.show()
        _show_table(table, [one for one in (*reading.refused, *late) if one.table == index], screen)
    if not reading.tables:
        screen.show_line("no tables: profiles in TOML and JSON have no columns")
    elif reading.problems:
        screen.show()
    for one in told_problems(reading.problems):
        style = "bold red" if one.problem.severity == "fault" else "yellow"
        screen.show_line((f"{one.problem.severity}  ", style), str(one.problem), (times(one.count), "dim"))


def _show_table(table: TableAccount, refused: Sequence[Refused], screen: Screen) -> None:
    where = f"{table.path}:{table.sheet}" if table.sheet else table.path
    header = f", header in row {table.header_line}" if table.header_line else ""
    kind = f"{table.kind}s" if table.kind else "each row tells its side"
    screen.show_line((where, "bold"), f"  {table.format}, {kind}{header}")
    for column in table.columns:
        if column.header:
            told = column.field or "left out"
            how = f" ({column.how})" if column.field and column.how != "name" else ""
            style = _STYLES[column.how]
            screen.show_line("  ", (column.header, "bold" if column.field else "dim"), " -> ", (told + how, style))
    screen.show_line("  " + rows_line(table, refused))


def rows_line(table: TableAccount, refused: Sequence[Refused]) -> str:
    """``15 rows: 10 taken, 1 merged, 1 refused, 3 left out``: those nobody can mend."""
    rows = "1 row" if table.n_rows == 1 else f"{table.n_rows:,} rows"
    n_aside = sum(not one.is_mendable for one in refused)
    n_taken = table.n_rows - table.n_merged - len(refused)
    left_out = f", {n_aside:,} left out" if n_aside else ""
    return f"{rows}: {n_taken:,} taken, {table.n_merged:,} merged, {len(refused) - n_aside:,} refused{left_out}"


def columns_json(reading: Reading, late: Sequence[Refused] = ()) -> dict[str, Any]:
    """What ``check --columns --json`` prints.

    ``{"version": 1, "tables": [{"path", "sheet", "format", "kind", "header_line", "columns": [{"header", "field",
    "how"}], "rows", "taken", "merged", "refused": [{"place", "reason", "to_mend"}]}], "problems": [{"severity",
    "place", "field", "message", "cure"}]}``: rows = taken + merged + the refused; "field" is "" for a column that was
    left out, "to_mend" false for a row that was never a profile or deal.
    """
    return {
        "version": 1,
        "tables": [
            {
                "path": table.path,
                "sheet": table.sheet,
                "format": table.format,
                "kind": table.kind,
                "header_line": table.header_line,
                "columns": [{"header": use.header, "field": use.field, "how": use.how} for use in table.columns],
                "rows": table.n_rows,
                "taken": table.n_taken - sum(one.table == index for one in late),
                "merged": table.n_merged,
                "refused": [
                    {"place": one.origin.place(), "reason": one.reason, "to_mend": one.is_mendable}
                    for one in (*reading.refused, *late)
                    if one.table == index
                ],
            }
            for index, table in enumerate(reading.tables)
        ],
        "problems": [
            {
                "severity": problem.severity,
                "place": problem.place,
                "field": problem.field,
                "message": problem.message,
                "cure": problem.cure,
            }
            for problem in reading.problems
        ],
    }
