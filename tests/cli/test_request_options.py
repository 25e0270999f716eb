"""Options that fill a record: each lands in the field it is named for, whatever the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import asdict

from dealport.cli.options.request_options import OPTIONS
from dealport.model import RequestError
from dealport.stories.request import AS_FOUND, Request, Sources

Run = Callable[..., SimpleNamespace]

# Option to what is typed, and the field it fills with what.
TYPED: dict[str, tuple[tuple[str, ...], str, object]] = {
    "--top": (("7",), "k", 7),
    "--by": (("investor",), "by", "investor"),
    "--for": (("lunit",), "for_name", "lunit"),
    "--from": (("KR",), "from_country", "KR"),
    "--to": (("JP",), "to_country", "JP"),
    "--sector": (("AI",), "sector", "AI"),
    "--min-score": (("55",), "min_score", 55.0),
    "--weights": (("w.toml",), "weights", Path("w.toml")),
    "--deals": (("d.csv",), "deals", Path("d.csv")),
    "--with-deal-investors": ((), "with_deal_investors", True),
    "--only-stated-countries": ((), "only_stated_countries", True),
    "--as-of": (("2025-02-03",), "as_of", date(2025, 2, 3)),
    "--strict": ((), "strict", True),
    "--as": (("investor",), "side", "investor"),
    "--country": (("Korea",), "country", "KR"),
}
COMMANDS = {
    "match": list(TYPED),
    "shortlist --out new.csv": list(TYPED),
    "explain lunit harbor": [
        "--weights",
        "--deals",
        "--with-deal-investors",
        "--only-stated-countries",
        "--as-of",
        "--as",
        "--country",
    ],
    "show": ["--deals", "--as-of", "--strict", "--as", "--country"],
    "check": ["--deals", "--as-of", "--as", "--country"],
    "plan": ["--weights", "--deals", "--only-stated-countries", "--as-of", "--strict", "--as"],
    "convert profiles --out new": ["--as", "--country"],
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sources]:
    """What commands ask to be read, in place of reading it."""
    kept: list[Sources] = []

    def keep(paths: Sequence[Path], sources: Sources) -> None:
        kept.append(sources)
        raise RequestError("seen enough")

    monkeypatch.setattr("dealport.stories.ranking_story.read_market", keep)
    return kept


@pytest.mark.parametrize("command", COMMANDS)
def test_each_option_fills_the_field_it_is_named_for(
    run: Run, profiles: Path, asked: list[Sources], command: str
) -> None:
    for option in COMMANDS[command]:
        typed, field, value = TYPED[option]

        run(*command.split(), option, *typed)

        assert asdict(asked.pop())[field] == value, option


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_without_options_asks_for_the_files_as_they_are(
    run: Run, profiles: Path, asked: list[Sources], command: str
) -> None:
    run(*command.split())

    assert [getattr(asked[0], name) for name in Sources.__struct_fields__] == list(asdict(AS_FOUND).values())


def test_match_shows_3_of_each_list_and_shortlist_writes_10(run: Run, profiles: Path, asked: list[Sources]) -> None:
    run("match")
    run("shortlist", "--out", "new.csv")

    assert asked == [Request(by="startup", k=3), Request(by="startup", k=10)]


def test_both_sides_in_one_table_are_for_shortlist_only(run: Run, profiles: Path, asked: list[Sources]) -> None:
    assert run("match", "--by", "both").code == 2
    assert run("shortlist", "--by", "both", "--out", "new.csv").code == 1

    assert asked == [Request(by="both", k=10)]


def test_options_a_command_has_no_use_for_are_refused(run: Run, profiles: Path, asked: list[Sources]) -> None:
    for command, options in COMMANDS.items():
        for option in TYPED.keys() - set(options) - {"--for"}:  # `show` has a --for of its own
            typed = TYPED[option][0]

            assert run(*command.split(), option, *typed).code == 2, (command, option)

    assert asked == []


def test_every_field_of_a_request_has_an_option() -> None:
    own = {"by", "k"}  # of `match` and `shortlist`, each with its own default or choices

    assert OPTIONS.keys() | own == {*Request.__struct_fields__}
