"""Words that stand for sets of sectors: what each states and holds, for an investor and for a startup.

After a change that is meant, rewrite the last run of the labelled cases and read its diff:

    DEALPORT_REWRITE_CASES=1 python -m pytest tests/words/test_wide_words.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dealport.market.meaning.market_words import MarketWords
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.lookup.wide_words import WIDE_WORDS_FILE, find_wide_word, wide_word, wide_words
from dealport.words.normalising import lookup_keys
from dealport.words.sectors.graph import load_graph
from dealport.words.shipped import read_rows, split_bars

if TYPE_CHECKING:
    from tests.words.conftest import Judge, Run

GRAPH = load_graph()
RESOLVER = SectorResolver(GRAPH)
VOCABULARY = MarketWords(GRAPH, date(2026, 1, 7))
OWN_WORDS = {"sectors": {"guild": {"labels": {"en": "Guilds"}, "words": {"exact": ["Enterprise"]}}}}


def meaning(row: dict[str, str]) -> tuple[str, str]:
    """What a side states by a word, which of `holds` it has, and which of `lacks` it has all the same."""
    meant = VOCABULARY.sector_word(row["word"])
    mentions = (*meant.mentions, *meant.members) if row["side"] == "investor" else meant.mentions
    had = {mention.sector for mention in mentions}
    stated = sorted({mention.sector for mention in mentions if mention.how == "stated"})

    def those_had(cell: str) -> list[str]:
        return [one for one in cell.split(";") if one and had & GRAPH.closure([one])]

    expected = f"{row['stated']} > {row['holds']} > "
    return expected, f"{';'.join(stated)} > {';'.join(those_had(row['holds']))} > {';'.join(those_had(row['lacks']))}"


def test_wide_words_state_and_hold_what_they_are_labelled_with(run_cases: Callable[[str, Judge], Run]) -> None:
    run = run_cases("wide_words", meaning)

    assert len(run.rows) > 100
    assert run.wrong == []


def test_every_spelling_states_what_its_row_says() -> None:
    wrong = []
    for *languages, stated, _, _, _ in read_rows(WIDE_WORDS_FILE):
        for word in (word for cell in languages for word in split_bars(cell)):
            found = {one.sector for one in RESOLVER.resolve(word).sectors}
            if found != set(split_bars(stated)):
                wrong.append((word, stated, sorted(found)))

    assert wrong == []


def test_a_spelling_stands_in_one_row_and_each_row_in_three_scripts() -> None:
    rows = read_rows(WIDE_WORDS_FILE)
    keys = [set(lookup_keys([word for cell in row[:5] for word in split_bars(cell)])) for row in rows]

    counts = Counter(key for row in keys for key in row)
    few = [row[0] for row in rows if not row[0] or sum(bool(cell) for cell in row[1:5]) < 2]

    assert ([key for key, n in counts.items() if n > 1], few) == ([], [])


def test_members_are_sectors_that_the_node_does_not_hold_anyway() -> None:
    wrong = []
    for wide in set(wide_words().values()):
        own = wide.stated.union(*(GRAPH.sectors[one].members for one in wide.stated))
        wrong += [(wide.name, one) for one in wide.members if GRAPH.closure([one]) & own]
        wrong += [(wide.name, one) for one in wide.members & GRAPH.closure(wide.stated)]
        wrong += [(wide.name, one) for one in wide.certain & wide.likely]

    assert wrong == []


def test_a_word_says_nothing_where_it_has_no_sectors_and_only_there() -> None:
    for wide in set(wide_words().values()):
        assert 0 <= wide.says <= 1
        assert (wide.says == 0) == (not wide.stated | wide.members), wide.name


@pytest.mark.parametrize(
    ("word", "name"), [("消費", "consumer"), ("大消费领域", "consumer"), ("Consumer sector", "consumer")]
)
def test_characters_and_fillers_do_not_matter(word: str, name: str) -> None:
    found = find_wide_word(word)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("word", ["consumer electronics", "beauty", "enterprise resource planning", "food tech", ""])
def test_a_word_of_its_own_is_not_wide(word: str) -> None:
    assert find_wide_word(word) is None
    assert RESOLVER.resolve(word).wide == ()


def test_a_key_is_asked_for_as_the_lexicon_has_it() -> None:
    enterprise = wide_word("enterprise")

    assert enterprise is not None
    assert enterprise.stated == {"enterprise-sw"}
    assert wide_word("crm") is None


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("Consumer / Enterprise", ["consumer", "enterprise"]),
        ("consumer, beauty", ["consumer"]),
        ("AI & healthcare", ["healthcare"]),
        ("AI / robotics", []),
    ],
)
def test_a_list_in_one_word_holds_the_wide_words_of_its_parts(word: str, names: list[str]) -> None:
    assert [wide.name for wide in RESOLVER.resolve(word).wide] == names


def test_a_word_that_the_user_gives_another_sector_is_no_longer_wide() -> None:
    resolution = SectorResolver(load_graph(OWN_WORDS)).resolve("Enterprise")

    assert [found.sector for found in resolution.sectors] == ["guild"]
    assert (resolution.wide, resolution.says) == ((), 1.0)


@pytest.mark.parametrize("word", ["Technology", "tech-enabled", "기술", "科技", "プラットフォーム", "Infrastructure"])
def test_words_that_state_nothing_are_known_to(word: str) -> None:
    resolution = RESOLVER.resolve(word)

    assert resolution.sectors == ()
    assert resolution.silent
    assert resolution.candidates == ()


def test_catch_alls_say_less_than_the_names_of_sectors() -> None:
    says = {word: VOCABULARY.says(word) for word in ("Technology", "IT & services", "Enterprise", "Consumer", "Beauty")}

    assert says["Technology"] == 0
    assert 0 < says["IT & services"] < says["Enterprise"] < says["Consumer"] < says["Beauty"] == 1
    assert VOCABULARY.says("Enterprise, beauty") == 1
    assert VOCABULARY.says("Consumer / Enterprise") == says["Consumer"]
    assert VOCABULARY.says("blorb") == 0


@pytest.mark.parametrize(
    "word",
    ["construction technology", "농업 기술", "教育科技", "digital health", "온라인 교육", "フードテック", "food tech"],
)
def test_a_catch_all_within_a_word_still_does_its_work(word: str) -> None:
    assert [found.sector for found in RESOLVER.resolve(word).sectors] != []
