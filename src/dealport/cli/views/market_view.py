"""A whole market on the screen: one line per profile, with what is known and how many words were not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.cli.terminal.screen import Screen, is_piped
from dealport.cli.terminal.text_columns import GAP
from dealport.cli.views.ranking_view import ends_of_ladder
from dealport.model import Startup

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.model import Investor, Reach

COUNTRY_WIDTH, STAGE_WIDTH, MONEY_WIDTH, COUNT_WIDTH = 2, 16, 11, 2
WHERE_WIDTH, LANGUAGES_WIDTH = 16, 8  # of a wide screen
N_LINES = 500  # lines that are printed together
_LETTER_ROUND = re.compile(r"(?P<head>.*?)(?P<letter>[A-Z]\+?)")  # "Series A", シリーズA
STYLES = ("cyan", "bold", "", "", "", "", "", "yellow")


class _Form(Struct, frozen=True):
    """How lines are laid out.

    Attributes:
        widths: Of the columns; empty in a pipe, where nothing is cut.
        is_wide: Whether there is room for places and languages.
    """

    widths: tuple[int, ...]
    is_wide: bool


def show_market(market: Market, screen: Screen) -> None:
    """Print how many there are, a line each, and how many words were not understood."""
    from dealport.words.phrases import phrase

    counts = {"startups": f"{len(market.startups):,}", "investors": f"{len(market.investors):,}"}
    screen.show_line((phrase("show.caption", screen.language, date=str(market.as_of), **counts), "dim"))
    screen.show_line((phrase("show.legend", screen.language), "dim"))
    form = _form_of(screen)
    for kind, profiles in (("startup", market.startups), ("investor", market.investors)):
        if profiles:
            screen.show()
            _show_rows(_rows(kind, profiles, screen, form), form, screen)
    everyone: tuple[Startup | Investor, ...] = (*market.startups, *market.investors)
    unknown = [len(one.not_understood) for one in everyone if one.not_understood]
    screen.show()
    if unknown:
        counts = {"words": f"{sum(unknown):,}", "profiles": f"{len(unknown):,}", "all": f"{len(everyone):,}"}
        told = phrase("show.count", screen.language, **counts)
        screen.show_line((told, "yellow"))
    else:
        screen.show_line((phrase("show.nothing", screen.language), "green"))


def _rows(
    kind: str, profiles: Iterable[Startup | Investor], screen: Screen, form: _Form
) -> Iterator[tuple[Sequence[str], bool]]:
    """The cells of each line, the headings first, and whether they are headings."""
    yield _cells(_headings(kind, screen), form), True
    for one in profiles:
        yield _cells(_known(one, screen, form), form), False


def _cells(cells: Sequence[str], form: _Form) -> Sequence[str]:
    """Country, name, sectors, stage, money, place, languages and count; a narrow screen has no room for all."""
    return cells if form.is_wide else (*cells[:5], cells[7])


def _headings(kind: str, screen: Screen) -> tuple[str, ...]:
    from dealport.words.phrases import phrase

    names = ("stage", "markets") if kind == "startup" else ("stages", "invests_in")
    stage, where, languages, sectors = (
        phrase(f"field.{name}", screen.language) for name in (*names, "languages", "sectors")
    )
    return "", phrase(f"heading.{kind}", screen.language), sectors, stage, "USD", where, languages, "?"


def _known(profile: Startup | Investor, screen: Screen, form: _Form) -> tuple[str, ...]:
    """What is known of a profile, in few words."""
    from dealport.words.funding.money_ranges import dollars
    from dealport.words.funding.stages import stage_label

    if isinstance(profile, Startup):
        stages, money, reach = [profile.stage], profile.raising_usd, profile.markets
    else:
        stages, money, reach = ends_of_ladder(profile.stages), profile.ticket_usd, _both(profile)
    return (
        profile.country or "??",
        screen.name(profile),
        _fitted(_sectors(profile, screen), form.widths[2] if form.widths else 0, screen),
        _span([stage_label(stage, screen.language) for stage in stages if stage]),
        dollars(money).removeprefix("USD ") if money else "",
        _where(reach, screen) if form.is_wide else "",
        ", ".join(profile.languages),
        str(len(profile.not_understood) or ""),
    )


def _sectors(profile: Startup | Investor, screen: Screen) -> list[str]:
    """Labels of what it states, and in brackets of what was only inferred."""
    from dealport.words.phrases import phrase

    told = [phrase("show.agnostic", screen.language)] if profile.agnostic else []
    for one in profile.sectors:
        label = screen.graph.label(one.sector, screen.language)
        told.append(label if one.how == "stated" else f"({label})")
    return told


def _fitted(labels: Sequence[str], width: int, screen: Screen) -> str:
    """As many labels as a width holds, and how many more there are: ``Medical devices +3``; all where it is 0."""
    from rich.cells import cell_len

    told = screen.listed(labels)
    n_shown = len(labels)
    while width and cell_len(told) > width and n_shown > 1:
        n_shown -= 1
        told = f"{screen.listed(labels[:n_shown])} +{len(labels) - n_shown}"
    more = f" +{len(labels) - 1}" if n_shown == 1 and len(labels) > 1 else ""
    return f"{_cut(labels[0], width - cell_len(more))}{more}" if width and n_shown == 1 else told


def _span(stages: Sequence[str]) -> str:
    """``Series A–C`` for the first and last stage."""
    if len(stages) < 2:
        return "".join(stages)
    first, last = map(_LETTER_ROUND.fullmatch, stages)
    is_shared = first and last and first["head"] == last["head"]
    return f"{stages[0]}–{last['letter']}" if is_shared and last else "–".join(stages)


def _both(investor: Investor) -> Reach | None:
    return investor.must_invest_in or investor.invests_in


def _where(reach: Reach | None, screen: Screen) -> str:
    from dealport.words.phrases import phrase

    if reach is None:
        return ""
    everywhere = [phrase("show.everywhere", screen.language)] if reach.everywhere else []
    return screen.listed([*sorted(reach.countries), *reach.regions, *everywhere])


def _form_of(screen: Screen) -> _Form:
    """The columns fill the screen; what is left goes to names and sectors."""
    if is_piped():
        return _Form((), is_wide=True)
    fixed = (COUNTRY_WIDTH, STAGE_WIDTH, MONEY_WIDTH, COUNT_WIDTH)
    more = () if screen.narrow else (WHERE_WIDTH, LANGUAGES_WIDTH)
    rest = screen.console.width - sum(fixed) - sum(more) - GAP * (len(fixed) + len(more) + 1)
    name = max(rest * 2 // 5, 8)
    widths = (COUNTRY_WIDTH, name, max(rest - name, 8), STAGE_WIDTH, MONEY_WIDTH, *more, COUNT_WIDTH)
    return _Form(widths, is_wide=not screen.narrow)


def _show_rows(rows: Iterable[tuple[Sequence[str], bool]], form: _Form, screen: Screen) -> None:
    """Print the lines, many at a time: a market of 70,000 waits for each print."""
    from rich.segment import Segment, Segments

    segments: list[Segment] = []
    styles = [screen.console.get_style(style) if style else None for style in STYLES]
    dim = screen.console.get_style("dim")
    if not form.is_wide:
        styles = [*styles[:5], styles[7]]
    for number, (cells, is_heading) in enumerate(rows, start=1):
        for place, text in enumerate(_laid_out(cells, form, screen)):
            segments.append(Segment(text, dim if is_heading else styles[place]))
        segments.append(Segment("\n"))
        if number % N_LINES == 0:
            screen.console.print(Segments(segments), end="", soft_wrap=True)
            segments = []
    screen.console.print(Segments(segments), end="", soft_wrap=True)


def _laid_out(cells: Sequence[str], form: _Form, screen: Screen) -> Iterator[str]:
    """The cells of a line, each as wide as its column and cut where it is longer; in a pipe between tabs."""
    from rich.cells import set_cell_size

    last = len(cells) - 1
    for place, cell in enumerate(cells):
        text = screen.fit(cell)
        if not form.widths:
            yield text if place == last else f"{text}\t"
            continue
        text = _cut(text, form.widths[place])
        if place < last:
            yield set_cell_size(text, form.widths[place] + GAP)
        else:
            yield text.rjust(form.widths[place]) if text else ""


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"
