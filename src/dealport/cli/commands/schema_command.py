"""The command `schema`: what a profile may hold, for editors."""

from __future__ import annotations

EXAMPLE = "dealport schema"


def schema() -> None:
    """Print the JSON Schema of a profile, for editors to complete and check with."""
    from dealport.cli.terminal.screen import print_json
    from dealport.market.schema import profile_schema

    print_json(profile_schema())
