"""A shortlist on the screen: one block a participant, one row a pair."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from dealport.cli.terminal.screen import Screen
from dealport.cli.terminal.text_columns import GAP, Piece
from dealport.model import Investor, Startup

if TYPE_CHECKING:
    from rich.text import Text

    from dealport.scoring.shortlist import Pair, Participant, Shortlist

N_REASONS = 2  # told a pair on the screen; files and `explain` tell all
N_SECTORS = 3  # named of each side or pair on the screen
FIT_WIDTH = 9  # "매우 높음"
SCORE_WIDTH = 6  # "スコア"
FIT_STYLES = {"strong": "bold green", "good": "green", "possible": "yellow", "weak": "dim"}
NUMBERS = (0, 1)  # columns flush right
NARROWEST_REST = 10  # for a name and its sectors, however small the window
INDENT = 2  # of what is told on lines below a row
# The sectors in common have a column of their own; told again as a reason they would push out another.
SHOWN_APART = frozenset({"reason.sectors"})


def show_ranking(shortlist: Shortlist, screen: Screen, *, weak: bool = False) -> None:
    """Print every participant that has a pair, then those that have none and why; weak pairs only when asked."""
    _show_headings(shortlist, screen)
    for participant in shortlist.participants:
        if participant.pairs:
            _show_participant(participant, shortlist, screen, weak=weak)
    alone = [participant for participant in shortlist.participants if not participant.pairs]
    if alone:
        _show_alone(alone, screen)


def caption(shortlist: Shortlist, *, n_startups: int, n_investors: int, language: str = "en") -> str:
    """What was ranked, in one line."""
    from dealport.words.phrases import phrase

    return phrase(
        "screen.caption",
        language,
        date=str(shortlist.as_of),
        startups=f"{n_startups:,}",
        investors=f"{n_investors:,}",
        gated=f"{sum(shortlist.gates.values()):,}",
        pairs=f"{shortlist.n_pairs:,}",
    )


def why_nothing(shortlist: Shortlist) -> str:
    """Why a shortlist is empty: what the gates took, and whether options took the rest."""
    from dealport.writing.rankings.shortlists import told_gates

    if not shortlist.n_pairs:
        return "no pair is left: the options leave no startup or no investor (widen --from, --to, --sector or --for)"
    told = f"no pair is left of {shortlist.n_pairs:,}. {'; '.join(told_gates(shortlist.gates)) or 'No gate took any'}"
    rest = shortlist.n_pairs - sum(shortlist.gates.values())
    if rest:
        return f"{told}; {rest:,} passed every gate but not --min-score or --sector (widen these)"
    return f"{told} (one pair in full: dealport explain STARTUP INVESTOR)"


def _show_participant(participant: Participant, shortlist: Shortlist, screen: Screen, *, weak: bool) -> None:
    from dealport.words.phrases import phrase

    screen.show(_headline(participant.profile, screen))
    shown = [pair for pair in participant.pairs if weak or pair.fit != "weak"]
    for pair in shown:
        other = pair.investor if shortlist.by == "startup" else pair.startup
        reasons, notes = _reasons(pair, screen), _notes(pair, screen)
        if screen.narrow:
            screen.show_columns(*_row_start(pair, other, screen), widths=_widths(screen), right=NUMBERS)
            told = [("; ".join(reasons), "")] if reasons else []
            screen.show_columns("", [*told, *notes], widths=(INDENT, screen.console.width - INDENT - GAP))
        else:
            told = [(reason, "") for reason in reasons]
            row = _row_start(pair, other, screen)
            screen.show_columns(*row, told, notes, widths=_widths(screen), right=NUMBERS)
    if n_hidden := len(participant.pairs) - len(shown):
        screen.show(screen.text((f"  {phrase('screen.weak_hidden', screen.language, n=str(n_hidden))}", "dim")))
    screen.show()


def _show_headings(shortlist: Shortlist, screen: Screen) -> None:
    """What the columns of the rows below hold, once."""
    from dealport.words.phrases import column_heading

    other = "investor" if shortlist.by == "startup" else "startup"
    score, fit, name, sectors, reasons, unknown, flags = (
        column_heading(heading, screen.language)
        for heading in ("score", "fit", other, "shared_sectors", "reasons", "unknown", "flags")
    )
    cells = ["#", score, fit, "", name, sectors, *([] if screen.narrow else [reasons, f"{unknown}, {flags}"])]
    screen.show_columns(*((cell, "dim") for cell in cells), widths=_widths(screen), right=NUMBERS)


def _widths(screen: Screen) -> tuple[int, ...]:
    """Rank, score, fit, country, name, sectors in common and, on a wide screen, reasons and notes: the whole width."""
    if screen.narrow:
        fixed = (2, SCORE_WIDTH, FIT_WIDTH, 2)
        rest = max(screen.console.width - sum(fixed) - GAP * 5, NARROWEST_REST)
        return (*fixed, rest // 2, rest - rest // 2)
    fixed = (2, SCORE_WIDTH, FIT_WIDTH, 2)
    rest = screen.console.width - sum(fixed) - GAP * 7
    name, sectors, notes = rest * 22 // 100, rest * 22 // 100, rest * 21 // 100
    return (*fixed, name, sectors, rest - name - sectors - notes, notes)


def _headline(profile: Startup | Investor, screen: Screen) -> Text:
    """Who it is and what it does or wants, in a line."""
    from dealport.words.funding.money_ranges import dollars

    about = [screen.listed(_labels((mention.sector for mention in profile.sectors if mention.how == "stated"), screen))]
    if isinstance(profile, Startup):
        stages, money = _stages([profile.stage], screen), profile.raising_usd
    else:
        stages, money = _stages(ends_of_ladder(profile.stages), screen), profile.ticket_usd
    about += [stages, dollars(money) if money else ""]
    told = " | ".join(part for part in about if part)
    return screen.text(
        (screen.name(profile), "bold cyan"), " ", (profile.country, "cyan"), ("  " + told if told else "", "dim")
    )


def ends_of_ladder(stages: Iterable[str]) -> list[str]:
    """First and last of `stages` on the ladder, or the only one."""
    from dealport.words.funding.stage_words import LADDER

    known = sorted(set(stages) & set(LADDER), key=LADDER.index)
    return known if len(known) < 2 else [known[0], known[-1]]


def _stages(stages: Iterable[str], screen: Screen) -> str:
    from dealport.words.funding.stages import stage_label

    return " - ".join(stage_label(stage, screen.language) for stage in stages if stage)


def _labels(sectors: Iterable[str], screen: Screen) -> list[str]:
    """Labels of the first few `sectors`."""
    return [screen.graph.label(sector, screen.language) for sector in islice(sectors, N_SECTORS)]


def _row_start(pair: Pair, other: Startup | Investor, screen: Screen) -> tuple[Piece, ...]:
    """Rank, score, fit, country, name, sectors in common."""
    from dealport.words.phrases import phrase

    return (
        (str(pair.rank), "dim"),
        (f"{pair.score:.1f}", "bold"),
        (phrase(f"fit.{pair.fit}", screen.language), FIT_STYLES[pair.fit]),
        (other.country, ""),
        (screen.name(other), "bold"),
        (screen.listed(_labels(pair.shared_sectors, screen)), ""),
    )


def _reasons(pair: Pair, screen: Screen) -> list[str]:
    """The strongest reasons, but for those that a column tells."""
    from dealport.writing.phrasing import tell

    told = (sentence for sentence in pair.reasons if sentence.key not in SHOWN_APART)
    return [tell(sentence, screen.graph, screen.language) for sentence in islice(told, N_REASONS)]


def _notes(pair: Pair, screen: Screen) -> list[Piece]:
    """What is unknown and what is flagged, each with its style."""
    from dealport.words.phrases import phrase
    from dealport.writing.phrasing import flag_label, unknown_labels

    notes = []
    if pair.unknown:
        names = screen.listed(unknown_labels(pair.unknown, screen.language))
        notes.append((phrase("page.unknown", screen.language, criteria=names), "dim"))
    if pair.flags:
        notes.append(("; ".join(flag_label(flag, screen.language) for flag in pair.flags), "yellow"))
    return notes


def _show_alone(alone: Iterable[Participant], screen: Screen) -> None:
    """Who is left without a pair, and which gates took theirs."""
    from dealport.words.phrases import phrase
    from dealport.writing.rankings.shortlists import gate_reasons

    screen.show(screen.text((phrase("sheet.left_without", screen.language), "bold")))
    for participant in alone:
        profile, why = participant.profile, "; ".join(gate_reasons(participant, screen.language))
        screen.show(screen.text(f"  {screen.name(profile)} ", (profile.country, "cyan"), (f"  {why}", "dim")))
