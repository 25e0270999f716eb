"""One pair on the screen: every gate, every part and what its criterion measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from dealport.cli.terminal.screen import Screen
from dealport.cli.terminal.text_columns import GAP

if TYPE_CHECKING:
    from dealport.model import Investor, Startup
    from dealport.scoring.explaining.explanation import Explanation
    from dealport.scoring.shortlist import Part

BAR_WIDTH = 10
CRITERION_WIDTH = 14
NARROWEST_REASON = 10
POINTS_WIDTH = 11  # "40.0 / 40.0"


def show_explanation(explanation: Explanation, screen: Screen) -> None:
    """Print the verdict, the gates, then the parts that make the score."""
    from dealport.words.phrases import phrase

    _show_verdict(explanation, screen)
    _show_differences(explanation, screen)
    _show_gates(explanation, screen)
    screen.show()
    for part in explanation.parts:
        _show_part(part, phrase(f"measure.{part.criterion}", screen.language), screen)
    screen.show()
    screen.show(screen.text((phrase("page.how_score", screen.language), "dim")))


def _show_verdict(explanation: Explanation, screen: Screen) -> None:
    """Who, as of when, and the score or why there is none."""
    from dealport.words.phrases import column_heading, phrase
    from dealport.writing.phrasing import flag_label

    startup, investor, pair = explanation.startup, explanation.investor, explanation.pair
    as_of = phrase("page.as_of", screen.language, date=str(explanation.as_of))
    screen.show(screen.text(*_named(startup, screen), "  x  ", *_named(investor, screen), (f"  {as_of}", "dim")))
    if pair is None:
        told = phrase("screen.never_proposed", screen.language, reasons=_why_not(explanation, screen))
        screen.show(screen.text((told, "bold red")))
        return
    headings = ("score", "fit", "rank", "confidence")
    score, fit, rank, confidence = (column_heading(name, screen.language) for name in headings)
    place = phrase("screen.rank_for", screen.language, rank=rank, n=str(pair.rank), name=screen.name(startup))
    told = f", {fit}: {phrase(f'fit.{pair.fit}', screen.language)}, {confidence} {pair.confidence:.0%}, {place}"
    screen.show(screen.text((f"{score} {pair.score:.5f}", "bold"), told))
    if pair.flags:
        screen.show(screen.text(("; ".join(flag_label(flag, screen.language) for flag in pair.flags), "yellow")))


def _show_differences(explanation: Explanation, screen: Screen) -> None:
    """Where the investor's deals are not what it says."""
    from dealport.words.phrases import phrase
    from dealport.writing.phrasing import tell

    if explanation.differences:
        screen.show()
        screen.show(screen.text((phrase("screen.differs", screen.language), "bold")))
    for sentence in explanation.differences:
        screen.show(screen.text("  ", (tell(sentence, screen.graph, screen.language), "yellow")))


def _named(profile: Startup | Investor, screen: Screen) -> tuple[tuple[str, str], str, tuple[str, str]]:
    return (screen.name(profile), "bold cyan"), " ", (profile.country, "cyan")


def _why_not(explanation: Explanation, screen: Screen) -> str:
    """Every closed gate in words."""
    from dealport.writing.phrasing import tell

    closed = [finding.sentence for finding in explanation.gates if finding.sentence and not finding.passed]
    return "; ".join(tell(sentence, screen.graph, screen.language) for sentence in closed)


def _show_gates(explanation: Explanation, screen: Screen) -> None:
    """One line a gate: does what it says hold of this pair?"""
    from dealport.words.phrases import phrase

    screen.show()
    yes, no = (phrase(f"screen.{word}", screen.language) for word in ("yes", "no"))
    width = max(cell_len(yes), cell_len(no))
    heading, note = (phrase(key, screen.language) for key in ("screen.gates", "screen.gates_note"))
    screen.show(screen.text((heading, "bold"), (f"  {note}", "dim")))
    for finding in explanation.gates:
        word, colour, style = (no, "green", "dim") if finding.passed else (yes, "bold red", "")
        state = (set_cell_size(word, width), colour)
        screen.show(screen.text("  ", state, "  ", (phrase(f"gate.{finding.gate}", screen.language), style)))


def _show_part(part: Part, criterion_help: str, screen: Screen) -> None:
    """Criterion, bar, points of its share, reason; below them what is unknown and what the criterion measures."""
    from dealport.scoring.shortlist import UNITS_PER_POINT
    from dealport.words.phrases import criterion_label, load_phrases, phrase
    from dealport.writing.phrasing import tell

    points, share = part.points_units / UNITS_PER_POINT, part.share_units / UNITS_PER_POINT
    widths = (CRITERION_WIDTH, BAR_WIDTH, POINTS_WIDTH)
    screen.show_columns(
        (criterion_label(part.criterion, screen.language), "bold"),
        (screen.bar(points / share if share else 0.0, BAR_WIDTH), "green"),
        f"{points:4.1f} / {share:4.1f}",
        tell(part.reason, screen.graph, screen.language) if part.reason else "",
        widths=(*widths, max(screen.console.width - sum(widths) - 3 * GAP, NARROWEST_REASON)),
    )
    below, key = [(criterion_help, "dim")], f"unknown.{part.criterion}"
    if part.known_share_units < part.share_units and key in load_phrases():
        below.insert(0, (phrase(key, screen.language), "yellow"))
    screen.show_columns("", below, widths=(0, screen.console.width - GAP))


def print_explanation(explanation: Explanation, *, language: str, json: bool) -> None:
    """Print the explanation, or JSON."""
    from dealport.cli.terminal.screen import make_screen, print_json
    from dealport.writing.rankings.ranking_json import explanation_json

    if json:
        print_json(explanation_json(explanation, explanation.graph, language))
    else:
        show_explanation(explanation, make_screen(explanation.graph, language=language))
