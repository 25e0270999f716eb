"""The command `show`: its options."""

from __future__ import annotations

from dealport.cli import options as opt


def show(
    paths: opt.Paths,
    *,
    for_name: opt.For = "",
    deals: opt.Deals = None,
    as_of: opt.AsOf = None,
    strict: opt.Strict = False,
    side: opt.As = None,
    country: opt.Country = "",
    language: opt.LanguageOption = "en",
    json: opt.Json = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Show what was understood: one line per profile, or with --for one profile beside what was typed."""
    from dealport.cli.showing import ShowRequest, show_profiles

    request = ShowRequest(for_name, deals, as_of, side, country, strict)
    show_profiles(paths, request, language=language, json=json, quiet=quiet, verbose=verbose)
