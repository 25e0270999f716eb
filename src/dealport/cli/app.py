"""The app: its commands by name, each built when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import dealport
from dealport.cli.options.plain_values import PlainCommand, spare_coercion

# In the order of the help page. A command is the function of that name in `dealport.cli.commands.<name>_command`.
COMMANDS = (
    "match",
    "shortlist",
    "explain",
    "plan",
    "show",
    "check",
    "backtest",
    "tune",
    "convert",
    "sectors",
    "new",
    "schema",
)
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class LazyCommands(TyperGroup):
    """Builds the command that runs only: the parameters of all twelve take 15 ms."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever typer hands on
        super().__init__(**settings)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)  # typer suggests the nearest of these names

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401
        """Its own options, which take plain values as they stand."""
        parameters = super().get_params(ctx)
        spare_coercion(parameters)
        return parameters

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - typer's own context and command
        """The command of a name, None where there is none."""
        return build_command(cmd_name) if cmd_name in COMMANDS else None


def build_command(name: str) -> Any:  # noqa: ANN401 - typer's own command
    """The command of a name with its options."""
    module = import_module(f"dealport.cli.commands.{name}_command")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, context_settings=_SETTINGS)
    alone.command(name, cls=PlainCommand, epilog=f"Example: {module.EXAMPLE}")(getattr(module, name))
    return typer.main.get_command(alone)


app = typer.Typer(
    name="dealport",
    cls=LazyCommands,
    help="Match startups with investors across borders, from plain profile files, and say why.",
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"dealport {dealport.__version__}")  # noqa: T201 - the result
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Match startups with investors across borders, from plain profile files, and say why."""
