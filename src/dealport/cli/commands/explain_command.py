"""The command `explain`: every gate and part of one pair."""

from __future__ import annotations

from typing import Annotated

import typer

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.stories.request import Sources

EXAMPLE = "dealport explain lunit 'CMB International'"


@filled(Sources, without={"strict"})
def explain(
    a: Annotated[str, typer.Argument(metavar="A", help="A startup or an investor, in any spelling.")],
    b: Annotated[str, typer.Argument(metavar="B", help="One of the other side.")],
    paths: opt.Paths,
    *,
    sources: Sources,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
) -> None:
    """Show every gate and part of one pair, or why it is never proposed."""
    from dealport.cli.terminal.waiting import waiting
    from dealport.cli.views.explain_view import print_explanation
    from dealport.stories.ranking_story import explain_pair

    with waiting("reading"):
        explanation = explain_pair(paths, a, b, sources)
    print_explanation(explanation, language=language, json=json)
