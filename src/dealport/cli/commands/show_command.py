"""The command `show`: read a market, and print what was understood of it or of one profile."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.cli.terminal.talking import talk
from dealport.cli.terminal.terminal_text import can_encode, escape_controls
from dealport.stories.request import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dealport.market.markets import Market

EXAMPLE = "dealport show profiles --for lunit"


@filled(Sources, without={"weights", "with_deal_investors", "only_stated_countries"})
def show(
    paths: opt.Paths,
    *,
    for_name: opt.For = "",
    sources: Sources,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Show what was understood: one line per profile, or with --for one profile beside what was typed."""
    show_profiles(paths, sources, for_name, language=language, json=json, quiet=quiet, verbose=verbose)


def show_profiles(
    paths: Sequence[Path], sources: Sources, for_name: str, *, language: str, json: bool, quiet: bool, verbose: bool
) -> None:
    """Print the market, or the participant of a name, of either side and in any spelling; talk goes to stderr.

    Raises:
        RequestError: Nothing to show, or a name that is not clear.
        InputError: Faulty sectors; any fault in input when `strict`.
    """
    from dealport.cli.terminal.waiting import waiting
    from dealport.market.participants import describe, find_participant
    from dealport.stories.ranking_story import read_market, require_usable

    with waiting("reading", quiet=quiet):
        _, market = read_market(paths, sources)
    require_usable(market, paths, strict=sources.strict, both_sides=False)
    found = find_participant(market, for_name) if for_name else None
    if found and json:  # the screen says who it is
        talk(f"for {describe(found)}", quiet=quiet)
    _talk_about(market, paths, sources, quiet=quiet, verbose=verbose)
    if json:
        from dealport.writing.profiles.profile_json import market_json

        print_pieces(market_json(market, only=found.key if found else None))
        return
    from dealport.cli.terminal.screen import make_screen

    screen = make_screen(market.graph, language=language)
    if found:
        from dealport.cli.views.show_view import show_profile

        show_profile(found.profile, market, screen)
    else:
        from dealport.cli.views.market_view import show_market

        show_market(market, screen)


def print_pieces(pieces: Iterable[str]) -> None:
    """Print JSON that comes in pieces: names in their own script where the encoding holds them, else escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    for piece in pieces:
        sys.stdout.write(escape_controls(piece if can_encode(piece, encoding) else _in_ascii(piece)))


def _in_ascii(piece: str) -> str:
    r"""JSON with every other letter as ``\u``: two of them where UTF-16 has two."""
    escaped = []
    for character in piece:
        units = character.encode("utf-16-be", errors="surrogatepass")
        escaped.append(
            character
            if character.isascii()
            else "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
        )
    return "".join(escaped)


def _talk_about(market: Market, paths: Sequence[Path], sources: Sources, *, quiet: bool, verbose: bool) -> None:
    """What was left out, and with `verbose` every problem."""
    from dealport.cli.views.check_view import left_out_line
    from dealport.stories.ranking_story import where_of

    if line := left_out_line(market, where_of(paths, sources)):
        talk(line, quiet=quiet)
    if verbose:
        talk(*map(str, market.problems), quiet=quiet)
