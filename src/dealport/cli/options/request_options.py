"""The options that fill a `Sources` or a `Request`: each field is declared here once, for every command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, TypeVar

from dealport.cli.options import shared_options as opt
from dealport.stories.request import Sources

Result = TypeVar("Result")

# Field to option, in the order of the help pages. `by` and `k` differ from command to command.
OPTIONS: Mapping[str, object] = {
    "for_name": opt.For,
    "from_country": opt.From,
    "to_country": opt.To,
    "sector": opt.SectorWord,
    "min_score": opt.MinScore,
    "weights": opt.Weights,
    "deals": opt.Deals,
    "with_deal_investors": opt.WithDealInvestors,
    "only_stated_countries": opt.OnlyStatedCountries,
    "as_of": opt.AsOf,
    "strict": opt.Strict,
    "side": opt.As,
    "country": opt.Country,
}


def filled(
    record: type[Sources], *, without: Collection[str] = ()
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Let a command take a record that is filled from options, one per field.

    With ``@filled(Sources, without={"strict"})`` over ``def explain(paths: Paths, *, sources: Sources)``, typer sees
    `paths`, `weights`, `deals` and so on, but no `strict`; `explain` gets `paths` and `sources`.
    """
    field_defaults = dict(zip(reversed(record.__struct_fields__), reversed(record.__struct_defaults__), strict=False))
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=field_defaults[name], annotation=option)
        for name, option in OPTIONS.items()
        if name in field_defaults and name not in without
    ]

    def give_options(command: Callable[..., Result]) -> Callable[..., Result]:
        signature = inspect.signature(command, eval_str=True)
        place = next(one.name for one in signature.parameters.values() if one.annotation is record)

        @wraps(command)
        def run(**values: Any) -> Result:  # noqa: ANN401 - whatever the command takes
            told = {one.name: values.pop(one.name) for one in options}
            return command(**values, **{place: record(**told)})

        shown: list[inspect.Parameter] = []
        for one in signature.parameters.values():
            shown += options if one.name == place else [one]
        run.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]  # where typer looks
        return run

    return give_options
