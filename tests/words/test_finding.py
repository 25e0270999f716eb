"""Sector words inside prose: every place where one stands, whatever it says there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.prose.boundaries import is_chinese
from dealport.words.prose.finding import find_words
from dealport.words.sectors.graph import load_graph
from tests.words.slow_finding import slow_find

RESOLVER = SectorResolver(load_graph())


def words_of(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.sectors, one.words) for one in find_words(text, RESOLVER, is_chinese=is_chinese(text))]


def test_the_words_are_given_as_they_stand() -> None:
    found = words_of("We build ROBOTS and Robots")

    assert found == [(("robotics",), "ROBOTS"), (("robotics",), "Robots")]


def test_traditional_characters_are_read_as_simplified() -> None:
    assert words_of("我們做機器人") == [(("robotics",), "機器人")]


def test_the_longest_word_wins() -> None:
    assert words_of("solid-state batteries") == [(("battery-solid",), "solid-state batteries")]


def test_a_phrase_of_everyday_prose_holds_no_sector_word() -> None:
    assert words_of("game-changing teams, skin in the game, 게임체인저") == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["AI", " ", "로봇", "을", "不投", "機器人", "not ", "ゲーム", ", ", "제외", ". ", "İ", "&"])
    )
)
def test_words_found_stand_in_the_text_where_they_say(parts: list[str]) -> None:
    text = " ".join("".join(parts).split()).replace("İ", "")

    found = list(find_words(text, RESOLVER, is_chinese=is_chinese(text)))

    assert all(text[one.start : one.end] == one.words for one in found)


KNOWN = sorted(RESOLVER.vocabulary.lexicon)
GLUE = (
    "",
    " ",
    ", ",
    "-",
    " and ",
    "and",
    "의 ",
    " 및 ",
    "와",
    "的",
    "和",
    "・",
    "、",
    "but ",
    "不投",
    "no ",
    "s ",
    "/",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.sampled_from(GLUE), st.booleans()), min_size=1, max_size=6))
def test_looking_in_one_pass_finds_what_trying_every_place_does(parts: list[tuple[str, str, bool]]) -> None:
    words = [(RESOLVER.vocabulary.lexicon.get(key), glue, upper) for key, glue, upper in parts]
    text = "".join((entry.word.upper() if upper else entry.word) + glue for entry, glue, upper in words if entry)

    chinese = is_chinese(text)

    assert list(find_words(text, RESOLVER, is_chinese=chinese)) == slow_find(text, RESOLVER, is_chinese=chinese)
