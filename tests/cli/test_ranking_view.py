from __future__ import annotations

from collections.abc import Callable, Mapping
from io import StringIO

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.ranking_view import caption, ends_of_ladder, show_ranking, why_nothing
from dealport.scoring.shortlist import Shortlist

ScreenOf = Callable[..., tuple[Screen, StringIO]]
Rank = Callable[..., Shortlist]
LANGUAGES = ("en", "ko", "zh", "zh-Hant", "ja")


def printed(shortlist: Shortlist, screen_of: ScreenOf, width: int, language: str = "en", *, weak: bool = True) -> str:
    screen, stream = screen_of(width, language)
    show_ranking(shortlist, screen, weak=weak)
    return str(stream.getvalue())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 99, 100, 140])
def test_no_line_is_wider_than_the_screen(rank: Rank, screen_of: ScreenOf, width: int, language: str) -> None:
    text = printed(rank(), screen_of, width, language)

    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [80, 140])
def test_a_row_tells_rank_score_country_name_sectors_reasons_and_what_is_unknown(
    rank: Rank,
    screen_of: ScreenOf,
    width: int,
) -> None:
    shortlist = rank()
    score = f"{shortlist.participants[0].pairs[0].score:.1f}"

    text = " ".join(printed(shortlist, screen_of, width).split())

    for told in ("루닛", score, "HK", "招商局资本", "Artificial intelligence", "invests at this stage", "Unknown: "):
        assert told in text


def test_weak_pairs_are_shown_only_when_asked_for_and_counted_otherwise(rank: Rank, screen_of: ScreenOf) -> None:
    shortlist = rank("investor")
    weak = [pair.startup.name for one in shortlist.participants for pair in one.pairs if pair.fit == "weak"]

    without, every = (printed(shortlist, screen_of, 300, weak=shown) for shown in (False, True))

    assert weak
    assert len(every.splitlines()) > len(without.splitlines())
    assert "1 weak, not shown (add --weak)" in without
    assert "--weak" not in every


def test_columns_line_up_behind_east_asian_names(rank: Rank, screen_of: ScreenOf) -> None:
    text = printed(rank("investor"), screen_of, 140)

    rows = [line for line in text.splitlines() if " KR  " in line or " JP  " in line]
    starts = {cell_len(line[: line.index(" KR " if " KR  " in line else " JP ")]) for line in rows}
    assert len(rows) >= 2
    assert len(starts) == 1


def test_a_row_with_nothing_unknown_and_no_flag_has_no_notes(rank: Rank, screen_of: ScreenOf) -> None:
    shortlist = rank()
    first = shortlist.participants[0]
    bare = replace(first, pairs=tuple(replace(pair, flags=()) for pair in first.pairs[:1]))

    text = printed(replace(shortlist, participants=(bare,)), screen_of, 80)

    assert not first.pairs[0].unknown
    assert "Unknown" not in text


def test_flags_are_told_in_words(rank: Rank, screen_of: ScreenOf) -> None:
    text = " ".join(printed(rank(), screen_of, 300).split())

    assert "mandate calls for this country" in text


def test_only_what_is_said_is_a_headline(rank: Rank, screen_of: ScreenOf) -> None:
    lines = printed(rank(), screen_of, 140).splitlines()

    assert any(line.startswith("루닛 KR  Computer vision | ") and line.endswith("USD 20M-30M") for line in lines)
    assert any(line == "Grebewater Shipping JP" for line in lines)


def test_who_is_left_without_a_pair_stands_below_with_the_gates(rank: Rank, screen_of: ScreenOf) -> None:
    text = printed(rank(), screen_of, 140)

    left = text.partition("Left without")[2]
    assert "배터리셀랩 KR" in left
    assert "One of them asks not to meet the other: 2" in left


def test_escape_sequences_in_names_do_not_reach_the_screen(rank: Rank, screen_of: ScreenOf) -> None:
    text = printed(rank("investor"), screen_of, 80)

    assert not set(text) & set("\x1b\x07\u202e")
    assert "Grebewater" in text


def test_markup_in_names_is_no_markup(rank: Rank, screen_of: ScreenOf) -> None:
    shortlist = rank()
    first = shortlist.participants[0]
    named = replace(first, profile=replace(first.profile, name="[bold]Lumen[/bold] :smile:"))

    text = printed(replace(shortlist, participants=(named,)), screen_of, 140)

    assert "[bold]Lumen[/bold] :smile:" in text


def test_the_caption_says_when_what_and_how_many_fell(rank: Rank) -> None:
    shortlist = rank()

    line = caption(shortlist, n_startups=3, n_investors=2)

    assert line == "as of 2026-01-07: 3 startups x 2 investors, 2 of 6 pairs gated"


@pytest.mark.parametrize(
    ("gates", "n_pairs", "told"),
    [
        ({}, 0, "the options leave no startup or no investor"),
        ({"same_country": 4}, 4, "Both are in the same country: 4 (one pair in full"),
        ({"same_country": 3, "avoids": 0}, 4, "Both are in the same country: 3; 1 passed every gate but not"),
        ({}, 4, "No gate took any; 4 passed every gate but not"),
    ],
)
def test_an_empty_shortlist_says_what_took_the_pairs(
    rank: Rank, gates: Mapping[str, int], n_pairs: int, told: str
) -> None:
    shortlist = replace(rank(), gates=gates, n_pairs=n_pairs, participants=())

    assert told in why_nothing(shortlist)


def test_stages_are_told_by_their_ends() -> None:
    assert ends_of_ladder({"series-b", "seed", "series-a"}) == ["seed", "series-b"]
    assert ends_of_ladder({"seed"}) == ["seed"]
    assert ends_of_ladder(set()) == []
