"""A plan on the screen: how good it is, who is short and why, what changed, what one more of something would buy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from dealport.cli.terminal.screen import Screen
from dealport.cli.terminal.text_columns import GAP, Piece
from dealport.words.phrases import phrase
from dealport.writing.locales import day_label
from dealport.writing.plans.plan_agendas import Agenda, agenda_of
from dealport.writing.plans.plan_figures import FigureRow, figure_rows, level_rows
from dealport.writing.plans.plan_tables import changes_table
from dealport.writing.plans.plan_words import heading, joined_causes, unmet_text, what_if_label

if TYPE_CHECKING:
    from dealport.meetings.day.plans import Plan, Short, WhatIf

MOST_LISTED = 10
WIDTHS = (12, 16, 15)  # "Reached", "At most possible", "최선으로 증명됨"
NARROWEST_LABEL = 12
FORMATS = {"whole": "{:,.0f}", "points": "{:,.1f}", "ratio": "{:.3f}", "share": "{:.1%}", "hours": "{:,.1f}"}
# A share that is no proof never reads as one.
NEARLY_ALL = 0.9999


def show_plan(plan: Plan, screen: Screen, where: str) -> None:
    """Print the plan; `where` is the file that lists in full what is only begun here."""
    _show_title(plan, screen)
    _show_levels(plan, screen)
    _show_figures(plan, screen)
    _show_short(plan, screen, where)
    _show_unmet(plan, screen)
    _show_changes(plan, screen, where)
    _show_what_ifs(plan, screen)


def _show_title(plan: Plan, screen: Screen) -> None:
    event, language = plan.event, screen.language
    told = phrase(
        "plan.screen.caption",
        language,
        day=day_label(event.day, language),
        zone=event.time_zone,
        participants=f"{len(plan.attendees):,}",
        slots=f"{len(event.slots):,}",
        tables=f"{len(event.tables):,}",
    )
    screen.show(screen.text((screen.cut(event.name), "bold")))
    screen.show(screen.text((told, "dim")))
    screen.show()


def _show_levels(plan: Plan, screen: Screen) -> None:
    """Each aim with what no plan can pass; proven best as long as every aim before is."""
    language = screen.language
    _show_row(heading("level", language), [heading("value", language), heading("bound", language), ""], screen, "dim")
    is_proven = True
    for level, row in zip(plan.levels, level_rows(plan.levels, language), strict=True):
        is_proven = is_proven and level.value >= level.bound
        proof = phrase("plan.screen.proven", language) if is_proven and level.bound else _share(row)
        _show_row(row[0], [_number(row[1], row[3]), _number(row[2], row[3]), proof], screen)
    screen.show()


def _show_figures(plan: Plan, screen: Screen) -> None:
    language = screen.language
    _show_row(heading("figure", language), [heading("value", language), heading("bound", language), ""], screen, "dim")
    for row in figure_rows(plan.figures, language):
        _show_row(row[0], [_number(row[1], row[3]), _number(row[2], row[3]), _share(row)], screen)


def _share(row: FigureRow) -> str:
    """``97.5 %`` of the bound; "" where there is none, or it is passed or nothing."""
    _, value, bound, _ = row
    if not bound or value > bound:
        return ""
    return f"{1.0 if value == bound else min(value / bound, NEARLY_ALL):.2%}"


def _number(value: float | None, kind: str) -> str:
    return "" if value is None else FORMATS[kind].format(value)


def _show_row(label: str, cells: Sequence[str], screen: Screen, style: str = "") -> None:
    """A label on what the columns leave of the screen, then columns flush right."""
    rest = max(screen.console.width - sum(WIDTHS) - GAP * (len(WIDTHS) + 1), NARROWEST_LABEL)
    styled = [(cell, style) for cell in (label, *cells)]
    screen.show_columns(*styled, widths=(rest, *WIDTHS), right=range(1, len(WIDTHS) + 1))


def _show_heading(name: str, count: int, screen: Screen, total: int = 0) -> None:
    """A blank line, then what is listed below, and how many of how many."""
    key = "plan.screen.of" if total else "plan.screen.count"
    numbers = {"n": f"{count:,}", "all": f"{total:,}"}
    screen.show()
    screen.show(screen.text((phrase(key, screen.language, name=name, **numbers), "bold")))


def _show_more(count: int, screen: Screen, where: str) -> None:
    """How many are not listed, and where all are."""
    if count > MOST_LISTED:
        told = phrase("plan.screen.more", screen.language, n=f"{count - MOST_LISTED:,}", where=where)
        screen.show(screen.text((f"  {told}", "dim")))


def _show_short(plan: Plan, screen: Screen, where: str) -> None:
    """Whoever has fewer meetings than it should, the fewest first, and what stood in the way."""
    if not plan.short:
        return
    name, agenda = phrase("plan.sheet.short", screen.language), agenda_of(plan)
    _show_heading(name, len(plan.short), screen, plan.figures.n_attending)
    worst = sorted(plan.short, key=lambda one: one.n_meetings)[:MOST_LISTED]
    _show_rows((_short_row(plan, agenda, one, screen) for one in worst), (2, screen.console.width // 4, 5), screen)
    _show_more(len(plan.short), screen, where)


def _short_row(plan: Plan, agenda: Agenda, short: Short, screen: Screen) -> tuple[Piece, ...]:
    """Country, name, meetings of those it should have, causes."""
    return (
        (agenda.country(short.key), "cyan"),
        (screen.cut(agenda.name(short.key)), ""),
        (f"{short.n_meetings} / {short.fewest}", "yellow"),
        (joined_causes(short.causes, plan.event, screen.language), "dim"),
    )


def _show_rows(rows: Iterable[Sequence[Piece]], widths: Sequence[int], screen: Screen) -> None:
    """Rows a little to the right, the last column on what the others leave of the screen."""
    rest = max(screen.console.width - sum(widths) - GAP * (len(widths) + 2), NARROWEST_LABEL)
    for row in rows:
        screen.show_columns("", *row, widths=(0, *widths, rest))


def _show_unmet(plan: Plan, screen: Screen) -> None:
    """How many wishes were not met, by the cause."""
    if not plan.unmet:
        return
    causes = Counter(unmet_text(one, screen.language) for one in plan.unmet)
    _show_heading(phrase("plan.sheet.unmet", screen.language), len(plan.unmet), screen, plan.figures.n_wishes)
    rows = [((f"{count:,}", ""), (cause, "dim")) for cause, count in causes.most_common()]
    _show_rows(rows, (max(len(count) for (count, _), _ in rows),), screen)


def _show_changes(plan: Plan, screen: Screen, where: str) -> None:
    """What became of the meetings of the plan before: how many of each kind, then one by one in the order of time."""
    if not plan.changes:
        return
    table = changes_table(plan, agenda_of(plan), screen.language)
    _show_heading(phrase("plan.sheet.changes", screen.language), len(plan.changes), screen)
    kinds = Counter(str(kind) for kind, *_ in table.rows)
    in_time = sorted(table.rows, key=lambda row: (str(row[3] or row[4]), str(row[1])))
    screen.show(screen.text(("  " + ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common()), "dim")))
    rows = [
        (
            (str(kind), "yellow"),
            (f"{screen.cut(str(startup))} x {screen.cut(str(investor))}", ""),
            (" -> ".join(str(one) for one in (before, after) if one), "dim"),
        )
        for kind, startup, investor, before, after in in_time[:MOST_LISTED]
    ]
    width = screen.console.width
    _show_rows(rows, (max(cell_len(kind) for (kind, _), *_ in rows), width * 2 // 5), screen)
    _show_more(len(plan.changes), screen, where)


def _show_what_ifs(plan: Plan, screen: Screen) -> None:
    """What one more of each would add: meetings, participants with their fewest, and the first aim that it raises."""
    if not plan.what_ifs:
        return
    screen.show()
    screen.show(screen.text((heading("what_if", screen.language), "bold")))
    nothing = phrase("plan.screen.nothing", screen.language)
    rows = [
        ((what_if_label(one, screen.language), ""), ("; ".join(_gains(plan, one, screen.language)) or nothing, "dim"))
        for one in plan.what_ifs
    ]
    widest = max(cell_len(label) for (label, _), _ in rows)
    _show_rows(rows, (min(widest, screen.console.width // 2),), screen)


def _gains(plan: Plan, what_if: WhatIf, language: str) -> list[str]:
    figures = plan.figures
    gains: list[tuple[str, float, str]] = [
        (phrase("figure.n_meetings", language), what_if.n_meetings - figures.n_meetings, "whole"),
        (phrase("figure.n_with_fewest", language), what_if.n_with_fewest - figures.n_with_fewest, "whole"),
    ]
    rows = zip(level_rows(plan.levels, language), level_rows(what_if.levels, language), strict=True)
    raised = [(now[0], now[1] - was[1], now[3]) for was, now in rows if now[1] != was[1]]
    told = [(label, FORMATS[kind].replace(":", ":+").format(by)) for label, by, kind in (*gains, *raised[:1])]
    return [f"{label} {by}" for label, by in told if by.strip("+-0.")]
