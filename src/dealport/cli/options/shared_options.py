"""The options commands share: one spelling, one help text, one check each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

# `model.Kind` and `model.LANGUAGES`; the model is not imported to print a help page.
Side = Literal["startup", "investor"]
NewKind = Literal["startup", "investor", "event"]
Language = Literal["en", "ko", "zh", "zh-Hant", "ja"]

WHOM = "Whom"  # panels of the help page
HOW = "How"
WHAT_COMES_OUT = "What comes out"


def profiles() -> list[Path]:
    """Where profiles lie when no PATH is given."""
    return [Path("profiles")]


def day_option(text: str) -> date:
    """A day as ``2026-01-07``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day (write it as 2026-01-07).") from error


def refuse_blank(context: typer.Context, parameter: typer.CallbackParam, text: str) -> str:
    """A filter as typed: ``--for "$WHO"`` with nothing in WHO must not mean everybody."""
    source = context.get_parameter_source(parameter.name or "")
    if not text.strip() and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter("it is blank (leave the option out, or say whom).")
    return text


def read_country(context: typer.Context, parameter: typer.CallbackParam, text: str) -> str:
    """The code of a country in any spelling; "" where the option is not given."""
    if not refuse_blank(context, parameter, text):
        return ""
    from dealport.words.places.place_words import resolve_country, suggest_countries

    code = resolve_country(text)
    if not code:
        near = " or ".join(map(repr, suggest_countries(text)))
        cure = f"did you mean {near}?" if near else "a code such as KR always works"
        raise typer.BadParameter(f"unknown country {text!r} ({cure}).")
    return code


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        readable=False,  # an unreadable one is a fault in input like any other
        help="Folders or files with profiles (profiles/ when left out).",
        default_factory=profiles,
        show_default=False,
    ),
]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, help="Pairs per participant.", rich_help_panel=HOW)]
By = Annotated[
    Side, typer.Option("--by", help="Whose list: investors for each startup, or the other way.", rich_help_panel=HOW)
]
ByEither = Annotated[
    Literal["startup", "investor", "both"],
    typer.Option("--by", help="Whose list; both: in one flat table, .csv .jsonl or .parquet.", rich_help_panel=HOW),
]
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        callback=refuse_blank,
        metavar="ADDRESS",
        help="Rank on a Dask cluster: tcp://host:8786, or local:4 for four workers here.",
        rich_help_panel=HOW,
    ),
]
For = Annotated[
    str,
    typer.Option(
        "--for",
        callback=refuse_blank,
        metavar="NAME",
        show_default=False,
        help="Only this participant, of either side, in any spelling.",
        rich_help_panel=WHOM,
    ),
]
From = Annotated[
    str,
    typer.Option(
        "--from",
        callback=refuse_blank,
        metavar="COUNTRY",
        show_default=False,
        help="Only startups of this country.",
        rich_help_panel=WHOM,
    ),
]
To = Annotated[
    str,
    typer.Option(
        "--to",
        callback=refuse_blank,
        metavar="COUNTRY",
        show_default=False,
        help="Only investors of this country.",
        rich_help_panel=WHOM,
    ),
]
SectorWord = Annotated[
    str,
    typer.Option(
        "--sector",
        callback=refuse_blank,
        metavar="WORD",
        show_default=False,
        help="Only startups in this sector.",
        rich_help_panel=WHOM,
    ),
]
MinScore = Annotated[
    float,
    typer.Option(
        "--min-score",
        metavar="N",
        min=0,
        max=100,
        show_default=False,
        help="Only pairs with this score or more.",
        rich_help_panel=WHOM,
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        dir_okay=False,
        readable=False,
        help="Weights of the criteria, in place of weights.toml.",
        rich_help_panel=HOW,
    ),
]
Deals = Annotated[
    Path | None,
    typer.Option(
        "--deals",
        metavar="FILE",
        dir_okay=False,
        readable=False,
        help="Past deals, beside any deals.csv.",
        rich_help_panel=HOW,
    ),
]
DealsFile = Annotated[
    Path,
    typer.Argument(metavar="DEALS", readable=False, help="A file of past deals, or a folder with profiles and deals."),
]
Since = Annotated[
    date,
    typer.Option(
        "--since", metavar="DATE", parser=day_option, help="First day of the deals to find; earlier ones are known."
    ),
]
Until = Annotated[
    date | None,
    typer.Option(
        "--until", metavar="DATE", parser=day_option, show_default=False, help="Last day; else that of the newest deal."
    ),
]
Refresh = Annotated[
    Literal["never", "quarter"], typer.Option("--refresh", help="How often what is known is brought up to date.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="NAME", help="Figures without the queries this investor answers too. Repeatable."
    ),
]
ReportOut = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Draw hit@k against k: .svg .html.", rich_help_panel=WHAT_COMES_OUT),
]
Rankings = Annotated[
    Path | None,
    typer.Option(
        "--rankings",
        metavar="FILE",
        help="The first 100 of each query: .csv .parquet.",
        rich_help_panel=WHAT_COMES_OUT,
    ),
]
WeightsOut = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="The weights to write.", rich_help_panel=WHAT_COMES_OUT)
]
WithDealInvestors = Annotated[
    bool,
    typer.Option("--with-deal-investors", metavar="", help="Propose investors of deals.", rich_help_panel=WHOM),
]
OnlyStatedCountries = Annotated[
    bool, typer.Option("--only-stated-countries", metavar="", help="Keep to named countries.", rich_help_panel=WHOM)
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=day_option,
        help="Day of exchange rates and activity; else the newest date in the files.",
        rich_help_panel=HOW,
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", metavar="", help="Exit with code 3 when any profile is faulty.", rich_help_panel=HOW)
]
Out = Annotated[
    list[Path] | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="File to write: .csv .xlsx .json .jsonl .md .html .parquet. Repeatable.",
        rich_help_panel=WHAT_COMES_OUT,
    ),
]
As = Annotated[
    Side | None,
    typer.Option(
        "--as",
        show_default=False,
        help="Whether table rows are startups or investors, if the table does not say.",
        rich_help_panel=HOW,
    ),
]
Country = Annotated[
    str,
    typer.Option(
        "--country",
        callback=read_country,
        metavar="COUNTRY",
        show_default=False,
        help="Country for table rows that name none.",
        rich_help_panel=HOW,
    ),
]
Columns = Annotated[
    bool, typer.Option("--columns", metavar="", help="Show how each table was read, column by column, and stop.")
]
CheckOut = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Write an Excel workbook instead (.xlsx): faults, readings, likely duplicates.",
        rich_help_panel=WHAT_COMES_OUT,
    ),
]
Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="IN...", readable=False, help="Folders or files, as a vendor or a colleague gave them."),
]
OutOne = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER|FILE",
        help="Folder for profiles, or one table: .csv .xlsx .json .jsonl .parquet.",
        rich_help_panel=WHAT_COMES_OUT,
    ),
]
Force = Annotated[
    bool, typer.Option("--force", metavar="", help="Replace files that exist.", rich_help_panel=WHAT_COMES_OUT)
]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel",
        metavar="",
        help="Start .csv with the mark that makes Excel read it as UTF-8.",
        rich_help_panel=WHAT_COMES_OUT,
    ),
]
LanguageOption = Annotated[
    Language, typer.Option("--language", help="Language of labels and headings.", rich_help_panel=WHAT_COMES_OUT)
]
Json = Annotated[bool, typer.Option("--json", metavar="", help="Print JSON.", rich_help_panel=WHAT_COMES_OUT)]
Quiet = Annotated[
    bool, typer.Option("--quiet", metavar="", help="Say nothing on stderr but errors.", rich_help_panel=WHAT_COMES_OUT)
]
Weak = Annotated[bool, typer.Option("--weak", metavar="", help="Show weak pairs too.", rich_help_panel=WHAT_COMES_OUT)]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", metavar="", help="Say on stderr what `check` would.", rich_help_panel=WHAT_COMES_OUT),
]
