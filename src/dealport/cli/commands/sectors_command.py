"""The command `sectors`: what words mean, or the whole tree."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dealport.cli.options import shared_options as opt

EXAMPLE = "dealport sectors 'AI 반도체' fintec 二次電池"


def sectors(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Words as typed; - reads them from stdin, one per line.")
    ] = None,
    *,
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
) -> None:
    """Show what words mean as sectors; without a word, the whole tree."""
    from dealport.cli.views.sectors_view import print_tree, print_words, read_words

    if words:
        print_words(read_words(sys.stdin.buffer) if words == ["-"] else words, language=language, json=json)
    else:
        print_tree(language=language, json=json)
