"""The command `new`: a commented file to fill in, its place on stdout, and what to run then."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from dealport.cli.options import shared_options as opt
from dealport.cli.terminal.talking import talk

EXAMPLE = "dealport new startup 'Lumen Diagnostics'"


def new(
    kind: Annotated[
        opt.NewKind, typer.Argument(metavar="startup|investor|event", help="Which side, or a day of meetings.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, in its own script.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the profiles.")] = Path("profiles"),
    *,
    quiet: opt.Quiet = False,
) -> None:
    """Write a commented profile, or the file of an event, to fill in."""
    write_template(kind, name, path, quiet=quiet)


def write_template(kind: opt.NewKind, name: str, path: Path, *, quiet: bool) -> None:
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
