"""What is told to the person at the terminal beside the result: on stderr, and never in the result's way."""

from __future__ import annotations

import sys
from contextlib import suppress

from dealport.cli.terminal.terminal_text import show_safely


def talk(*lines: str, quiet: bool = False) -> None:
    """Tell something that is not the result: on stderr, not when `quiet`; where stderr takes nothing, to nobody."""
    if quiet:
        return
    with suppress(OSError):  # a full disk or a closed pipe under stderr
        for line in lines:
            print(show_safely(line, sys.stderr), file=sys.stderr)  # noqa: T201 - talk
