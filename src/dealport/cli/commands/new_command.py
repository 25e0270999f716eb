"""What `new` does: a commented file to fill in, its place on stdout, and what to run then."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from dealport.cli.terminal.talking import talk

if TYPE_CHECKING:
    from dealport.cli.options.shared_options import NewKind


def write_template(kind: NewKind, name: str, path: Path, *, quiet: bool) -> None:
    """Write the file of a profile or an event.

    Raises:
        RequestError: It exists already, or can't be written.
    """
    from dealport.reading.templates import new_profile
    from dealport.words.names import slug

    written = new_profile(kind, name, path if kind == "event" else path / f"{kind}s", slug(name))
    print(written)  # noqa: T201 - the result
    then = ["plan", path, "--event", written, "--out", "plan"] if kind == "event" else ["check", path]
    talk(f"fill it in, then run: dealport {shlex.join(map(str, then))}", quiet=quiet)
