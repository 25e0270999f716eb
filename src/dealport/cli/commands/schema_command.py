"""The command `schema`: what a profile or a plan.json may hold, for editors."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

EXAMPLE = "dealport schema"


class Described(Enum):
    """What a schema is of."""

    PROFILE = "profile"
    PLAN = "plan"


def schema(
    of: Annotated[Described, typer.Argument(help="Of a profile, or of plan.json.")] = Described.PROFILE,
) -> None:
    """Print the JSON Schema of a profile, for editors to complete and check with."""
    from dealport.cli.terminal.screen import print_json

    if of is Described.PLAN:
        from dealport.writing.plan_json.plan_objects import plan_schema

        print_json(plan_schema())
    else:
        from dealport.market.schema import profile_schema

        print_json(profile_schema())
