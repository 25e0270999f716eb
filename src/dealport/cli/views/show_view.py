"""One profile on the screen: every field with what was understood, what was typed, and how words gave sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dealport.cli.terminal.screen import Screen
from dealport.cli.terminal.text_columns import GAP, Piece
from dealport.model import Startup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dealport.market.markets import Market
    from dealport.market.profile_fields import ProfileFields
    from dealport.model import Investor, Kind, Problem
    from dealport.writing.profiles.readings import FieldReading, ReadLine

FIELD_WIDTH = 14
NARROWEST_MEANING = 12
MOST_TYPED = 400  # characters of a description, the longest of the sample market has 300
NOTHING = "–"
# What everybody fills in and nobody needs explained: shown in the headline, or as it was typed.
_IN_HEADLINE = frozenset({"as_of"})


def show_profile(profile: Startup | Investor, market: Market, screen: Screen) -> None:
    """Print who it is, its fields in three columns, then every word that was not understood and what is to be checked.

    Fields that are blank are left out.
    """
    from dealport.words.phrases import phrase
    from dealport.writing.profiles.readings import field_readings

    kind: Kind = "startup" if isinstance(profile, Startup) else "investor"
    _show_headline(profile, kind, market, screen)
    understood, typed = (phrase(f"show.{name}", screen.language) for name in ("understood", "typed"))
    screen.show_columns("", (understood, "dim"), (typed, "dim"), widths=_widths(screen))
    fields = market.typed.profiles[kind, profile.id]
    for reading in field_readings(profile, fields, market.graph, screen.language):
        if reading.field not in _IN_HEADLINE:
            _show_reading(reading, screen)
    screen.show()
    _show_unknown(profile, market.typed.profiles.doubts(kind, profile.id), fields, screen)


def _show_headline(profile: Startup | Investor, kind: Kind, market: Market, screen: Screen) -> None:
    """Name, other names, id and side, then where it stands and of which day rates are."""
    from dealport.words.phrases import phrase

    side = phrase(f"side.{kind}", screen.language)
    others = f"  {screen.listed(map(screen.cut, profile.aliases))}" if profile.aliases else ""
    as_of = phrase("page.as_of", screen.language, date=str(market.as_of))
    screen.show_line((screen.name(profile), "bold cyan"), f" ({screen.cut(profile.id)}, {side})", (others, "dim"))
    also = [one.origin.place() for one in market.merged if (one.kind, one.id) == (kind, profile.id)]
    first = [one.first.place() for one in market.merged if (one.kind, one.id) == (kind, profile.id)]
    places = dict.fromkeys([profile.origin.place(), *first, *also])  # rows that were joined have one each
    screen.show_line((f"{', '.join(places)}  {as_of}", "dim"))
    screen.show()


def _show_reading(reading: FieldReading, screen: Screen) -> None:
    """A field's heading beside its first line; what gave nothing is shown as typed."""
    from dealport.words.phrases import phrase
    from dealport.writing.profiles.readings import ReadLine

    heading = phrase(f"field.{reading.field}", screen.language)
    if reading.field == "description":
        _show_description(reading, heading, screen)
        return
    for number, line in enumerate(reading.lines or (ReadLine("", (reading.typed,)),)):
        _show_line(heading if number == 0 else "", line, screen)


def _show_description(reading: FieldReading, heading: str, screen: Screen) -> None:
    """The text over both columns, then what was read in it."""
    text = reading.typed if len(reading.typed) <= MOST_TYPED else f"{reading.typed[: MOST_TYPED - 1]}…"
    width = max(screen.console.width - FIELD_WIDTH - GAP, NARROWEST_MEANING)
    screen.show_columns((heading, "bold"), (text, "dim"), widths=(FIELD_WIDTH, width))
    for line in reading.lines:
        _show_line("", line, screen)


def _show_line(heading: str, line: ReadLine, screen: Screen) -> None:
    from dealport.words.phrases import phrase
    from dealport.writing.profiles.readings import NEXT_ROUND, how_label

    words = screen.listed(_quoted(word, screen) for word in line.words)
    typed = f"{words}  {how_label(line.how, screen.language)}" if line.how else words
    if line.how == NEXT_ROUND:
        typed = phrase("show.after", screen.language, word=words)
    meaning: Piece = (line.text, "cyan") if line.text else (NOTHING, "yellow")
    screen.show_columns((heading, "bold"), meaning, typed, widths=_widths(screen))


def _show_unknown(
    profile: Startup | Investor, doubts: Sequence[Problem], fields: ProfileFields, screen: Screen
) -> None:
    """Every word that led to nothing with its cure, then what was understood with a doubt; or that there is neither."""
    from dealport.words.phrases import phrase
    from dealport.writing.profiles.readings import field_label

    cures = {(one.field, one.word): one.cure for one in doubts if one.word}
    others = [one for one in doubts if not one.word]
    if not profile.not_understood and not others:
        screen.show_line((phrase("show.nothing", screen.language), "green"))
    for number, (field, word) in enumerate(profile.not_understood):
        heading = phrase("show.not_understood", screen.language) if number == 0 else ""
        cure = cures.get((field, word), "")
        told: list[Piece] = [(_quoted(word, screen), "yellow"), *([(cure, "green")] if cure else [])]
        screen.show_columns(
            (heading, "bold yellow"), field_label(field, screen.language, fields), told, widths=_widths(screen)
        )
    for number, one in enumerate(others):
        heading = phrase("show.doubtful", screen.language) if number == 0 else ""
        told = [(one.message, "yellow"), *([(one.cure, "green")] if one.cure else [])]
        screen.show_columns(
            (heading, "bold yellow"), field_label(one.field, screen.language, fields), told, widths=_widths(screen)
        )


def _quoted(word: str, screen: Screen) -> str:
    from dealport.words.phrases import phrase

    return phrase("show.word", screen.language, word=screen.cut(word))


def _widths(screen: Screen) -> tuple[int, int, int]:
    """Heading, meaning, what was typed."""
    rest = max(screen.console.width - FIELD_WIDTH - 2 * GAP, 2 * NARROWEST_MEANING)
    return FIELD_WIDTH, rest // 2, rest - rest // 2
