"""The command `show`: its options."""

from __future__ import annotations

from dealport.cli.options import shared_options as opt
from dealport.cli.options.request_options import filled
from dealport.stories.request import Sources


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
    from dealport.cli.commands.show_results import show_profiles

    show_profiles(paths, sources, for_name, language=language, json=json, quiet=quiet, verbose=verbose)
