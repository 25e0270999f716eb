"""The terminal: how wide it is, what its encoding holds, and the pieces every view is made of."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TextIO

from msgspec import Struct

from dealport.cli.terminal.terminal_text import can_encode, escape_controls, fit_encoding, strip_controls
from dealport.cli.terminal.text_columns import Piece, columns

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from dealport.model import Profile
    from dealport.words.sectors.graph import SectorGraph

EIGHTHS = " ▏▎▍▌▋▊▉█"  # how full a bar's last cell is
NAME_LENGTH = 120  # a pasted page must not fill the screen; the longest name of the sample market has 27 characters
NARROW = 100  # under so many columns, what a row has to say goes on lines below it


class Screen(Struct, frozen=True):
    """A terminal, or the file that stands in for one, and the language to speak on it.

    Attributes:
        console: Knows width and colours.
        encoding: What the stream under it can hold.
        language: Code of labels and headings.
    """

    console: Console
    encoding: str
    graph: SectorGraph
    language: str = "en"

    @property
    def narrow(self) -> bool:
        """True when reasons belong on a line of their own."""
        return self.console.width < NARROW

    def fit(self, text: str) -> str:
        """A stranger's `text` made fit for this terminal: one line, no controls, nothing its encoding lacks."""
        return fit_encoding(strip_controls(text), self.encoding)

    def name(self, profile: Profile) -> str:
        """Its name in its own script; where the encoding lacks that, an alias it holds, else the id."""
        names = (profile.name, *profile.aliases, profile.id)
        name = next((name for name in names if can_encode(strip_controls(name), self.encoding)), profile.name)
        return self.cut(name)

    def cut(self, name: str) -> str:
        """A name as long as a screen can bear."""
        return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"

    def text(self, *pieces: str | tuple[str, str], fold: bool = True) -> Text:
        """Words, each alone or with its style, as one text; `fold` off cuts it at the edge."""
        from rich.text import Text

        styled = [
            (self.fit(piece), "") if isinstance(piece, str) else (self.fit(piece[0]), piece[1]) for piece in pieces
        ]
        overflow: Literal["fold", "ellipsis"] = "fold" if fold else "ellipsis"
        return Text.assemble(*styled, overflow=overflow, no_wrap=not fold, end="\n")

    def listed(self, labels: Iterable[str]) -> str:
        """Labels as a list in a sentence of the screen's language."""
        from dealport.writing.phrasing import joined

        return joined(labels, self.language)

    def bar(self, share: float, width: int) -> str:
        """A bar of `width` cells, `share` (0 to 1) of it filled; number signs where blocks can't be written."""
        if not can_encode(EIGHTHS, self.encoding):
            filled = round(share * width)
            return "#" * filled + "." * (width - filled)
        full, rest = divmod(round(share * width * 8), 8)
        return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(width)

    def show(self, renderable: RenderableType = "") -> None:
        """Print one thing."""
        self.console.print(renderable)

    def show_columns(
        self, *cells: str | Piece | Sequence[Piece], widths: Sequence[int], right: Collection[int] = ()
    ) -> None:
        """Print one row: each cell a text, a text with its style, or several below each other."""
        from rich.segment import Segment, Segments

        paragraphs = [[(self.fit(text), style) for text, style in _paragraphs(cell)] for cell in cells]
        segments = [
            Segment(text, self.console.get_style(style) if style else None)
            for line in columns(paragraphs, widths, right=right)
            for text, style in (*line, ("\n", ""))
        ]
        self.console.print(Segments(segments), end="", soft_wrap=True)

    def show_line(self, *pieces: str | tuple[str, str]) -> None:
        """Print one line; in a pipe it is never folded, so that a line stays a line."""
        self.console.print(self.text(*pieces), soft_wrap=not self.console.is_terminal)


def _paragraphs(cell: str | Piece | Sequence[Piece]) -> Sequence[Piece]:
    if isinstance(cell, str):
        return [(cell, "")]
    return [cell] if isinstance(cell, tuple) else cell


def make_screen(
    graph: SectorGraph, *, language: str = "en", stream: TextIO | None = None, width: int | None = None
) -> Screen:
    """The screen on `stream` (stdout when left out), as wide as the terminal unless told."""
    from rich.console import Console

    file = stream or sys.stdout
    console = Console(file=file, width=width, markup=False, emoji=False, highlight=False)
    return Screen(console, file.encoding or "utf-8", graph, language)


def is_piped() -> bool:
    """True when stdout goes to a program or a file, not to a person."""
    return not sys.stdout.isatty()


def print_json(value: object) -> None:
    """Print JSON to stdout: names in their own script where the encoding holds them, else escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    if not can_encode(text, sys.stdout.encoding or "utf-8"):
        text = json.dumps(value, indent=2, allow_nan=False)
    print(escape_controls(text))  # noqa: T201 - the result
