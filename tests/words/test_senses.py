"""Words with a second sense: labelled homonyms, words in a text, and entries of the lists that should be marked."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dealport.words.lookup.resolving import SectorResolver
from dealport.words.normalising import fold, squeeze
from dealport.words.prose.text_senses import standing_in_text
from dealport.words.sectors.graph import load_graph
from dealport.words.sectors.lexicon import WORD_FILES, WordEntry
from dealport.words.sectors.senses import senses
from dealport.words.shipped import read_data, read_rows, split_bars

if TYPE_CHECKING:
    from tests.words.conftest import Run

RESOLVER = SectorResolver(load_graph())
LOOKED_AT = Path(__file__).parents[1] / "cases" / "senses_looked_at.txt"

# A bare word in so many terms of other sectors is likely to have another sense there.
MANY_TERMS = 5
_BARE_LATIN = re.compile("[a-z]+")
_BARE_OTHER = re.compile("[\u3400-\u9fff\uac00-\ud7a3]{1,3}|[\u30a1-\u30fc]{2,6}")


def test_a_homonym_never_holds_the_sector_of_its_other_sense(run_cases: Callable[..., Run]) -> None:
    run = run_cases("homonyms", _judge_homonym)

    assert len(run.rows) >= 400
    assert len(run.wrong) <= 0.02 * len(run.rows), run.wrong


def _judge_homonym(row: dict[str, str]) -> tuple[str, str]:
    """What it means; labelled otherwise where that holds what it must not."""
    found = sorted(one.sector for one in RESOLVER.resolve(row["word"]).sectors)
    holds = RESOLVER.graph.closure(found) & set(row["must_not"].split("|"))
    meaning = " ".join(found) or "not understood"
    return f"not {' '.join(sorted(holds))}" if holds else meaning, meaning


def test_homonyms_of_a_known_field_are_understood() -> None:
    with (LOOKED_AT.parent / "homonyms.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["must"]]

    missed = [row["word"] for row in rows if row["must"] not in RESOLVER.graph.closure(_sectors(row["word"]))]

    assert len(missed) <= 0.15 * len(rows), missed  # words not known at all


def _sectors(word: str) -> set[str]:
    return {one.sector for one in RESOLVER.resolve(word).sectors}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("nuclear power", {"nuclear"}),
        ("nuclear engineering", {"nuclear"}),
        ("electric motors", {"electric-motor"}),
        ("community banks", {"banking"}),
        ("gold mining", {"metals"}),
        ("AI chips", {"semi-ai"}),
        ("automotive memory", {"automotive", "semi-memory"}),
        ("oil & gas", {"oilgas"}),
        ("network security", {"network-security"}),
        ("자동차 모터", {"automotive", "electric-motor"}),
    ],
)
def test_a_word_keeps_its_sense_beside_its_own_field(word: str, meant: set[str]) -> None:
    assert meant <= RESOLVER.graph.closure(_sectors(word)) | _sectors(word)


def test_a_word_whose_sense_does_not_stand_is_offered_as_a_meaning() -> None:
    resolution = RESOLVER.resolve("memory foam")

    assert resolution.sectors == ()
    assert resolution.candidates == ("Memory chips",)


@pytest.mark.parametrize(
    ("before", "words", "after", "stands"),
    [
        ("we back ", "motor", " insurance and pet care", "no"),
        ("makers of ", "motors", " for robots", "yes"),
        ("a local food ", "bank", " in need", "no"),
        ("invests in ", "mining", ", data and energy", "open"),
        ("text ", "mining", " tools", "no"),
        ("lithium ", "mining", " in Chile", "yes"),
        ("a family ", "game", " plan", "no"),
        ("", "은행", " 산업", "open"),
        ("job ", "security", "", "no"),
        ("cyber ", "security", " firms", "yes"),
        ("in ", "robotics", " and beyond", "yes"),
    ],
)
def test_a_word_in_a_text_stands_by_what_adjoins_it(before: str, words: str, after: str, stands: str) -> None:
    entry = RESOLVER.vocabulary.lexicon.get(squeeze(fold(words))) or WordEntry("banking", ("banking",), "exact")

    assert standing_in_text(words, entry, before, after, RESOLVER) == stands


def test_a_mark_parts_a_word_from_what_stands_behind_it() -> None:
    entry = WordEntry("motor", ("electric-motor",), "exact")

    assert standing_in_text("motor", entry, "", "; insurance", RESOLVER) == "open"


def test_marked_words_are_known_and_name_known_sectors() -> None:
    rows = read_rows("senses.csv")
    sectors = RESOLVER.graph.sectors.keys()

    strange = [row for row in rows if row[1] not in sectors or not set(split_bars(row[2])) <= sectors]

    assert strange == []
    assert len(senses()) == len(rows)


def test_a_bare_word_of_many_other_terms_is_marked_or_was_looked_at() -> None:
    """After looking at a new word, write it into senses.csv or, where it has one sense, rewrite the list.

    DEALPORT_REWRITE_CASES=1 python -m pytest tests/words/test_senses.py
    """
    candidates = sorted(word for word, terms in _others().items() if len(terms) >= MANY_TERMS)
    unmarked = [word for word in candidates if squeeze(word) not in senses()]
    if os.environ.get("DEALPORT_REWRITE_CASES") == "1":
        LOOKED_AT.write_text("\n".join(unmarked) + "\n", encoding="utf-8")

    looked_at = LOOKED_AT.read_text(encoding="utf-8").splitlines()

    assert set(unmarked) - set(looked_at) == set()


@cache
def _terms() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Folded word, sectors and relation of every line of the word files, and the labels."""
    rows = [row for name in WORD_FILES for row in csv.reader(read_data(name).splitlines()[1:])]
    labels = [(label, one.id, "exact") for one in load_graph().sectors.values() for label in one.labels.values()]
    return tuple((fold(word), tuple(split_bars(sectors)), relation) for word, sectors, relation in (*rows, *labels))


def _others() -> Mapping[str, set[str]]:
    """Each bare word that is exact for one sector, and the terms it is part of that mean nothing of its kind."""
    graph = load_graph()
    bare = {word: sectors[0] for word, sectors, relation in _terms() if relation == "exact" and _is_bare(word)}
    others: dict[str, set[str]] = defaultdict(set)
    for term, sectors, _ in _terms():
        for word in _parts(term):
            if word in bare and sectors and graph.closure(sectors).isdisjoint(graph.closure([bare[word]])):
                others[word].add(term)
    return others


def _is_bare(word: str) -> bool:
    return bool(_BARE_LATIN.fullmatch(word) or _BARE_OTHER.fullmatch(word))


def _parts(term: str) -> Iterator[str]:
    """What a term holds that may be a bare word: its Latin words, and every short run of other letters."""
    tokens = set(_BARE_LATIN.findall(term))
    yield from tokens if len(tokens) > 1 else ()
    key = squeeze(term)
    yield from {
        key[start : start + n] for n in range(1, 7) for start in range(len(key) - n + 1) if n < len(key)
    } - tokens
