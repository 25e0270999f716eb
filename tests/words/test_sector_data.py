"""The package's own sector data is sound: the graph, its labels in five languages, and the words that lead to it."""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from dealport.model import LANGUAGES
from dealport.words.chinese import simplify
from dealport.words.lookup.known_words import STEMS_FILE, Vocabulary
from dealport.words.lookup.spotting import BEGINNINGS_FILE, make_beginnings
from dealport.words.normalising import fold, has_han, squeeze
from dealport.words.sectors import lexicon
from dealport.words.sectors.graph import AGNOSTIC, FACETS, LAYERS, Sector, load_graph, read_sectors
from dealport.words.sectors.lexicon import WORD_FILES, keys_file, make_keys
from dealport.words.shipped import read_data

RELATIONS = {"exact", "narrower", "compound", "ambiguous", "generic"}
NO_SECTOR = {"umbrella", "business_model"}

# ISIC Rev.4: the section of each division.
SECTIONS = {
    **dict.fromkeys(range(1, 4), "A agriculture"),
    **dict.fromkeys(range(5, 10), "B mining"),
    **dict.fromkeys(range(10, 34), "C manufacturing"),
    35: "D electricity",
    **dict.fromkeys(range(36, 40), "E water and waste"),
    **dict.fromkeys(range(41, 44), "F construction"),
    **dict.fromkeys(range(45, 48), "G trade"),
    **dict.fromkeys(range(49, 54), "H transport"),
    **dict.fromkeys(range(55, 57), "I accommodation and food"),
    **dict.fromkeys(range(58, 64), "J information and communication"),
    **dict.fromkeys(range(64, 67), "K finance"),
    68: "L real estate",
    **dict.fromkeys(range(69, 76), "M professional and scientific"),
    **dict.fromkeys(range(77, 83), "N administrative"),
    84: "O public administration",
    85: "P education",
    **dict.fromkeys(range(86, 89), "Q health"),
    **dict.fromkeys(range(90, 94), "R arts and recreation"),
    **dict.fromkeys(range(94, 97), "S other services"),
}

# What was named at the summit of January 2026 (see the sample market), and some of what each implies.
NAMED_AT_THE_SUMMIT = {
    "ai", "ai-foundation", "ai-llm", "ai-cancer-dx", "bci", "robotics", "bio", "semi", "semi-memory", "semi-hbm",
    "battery", "battery-lfp", "battery-ncm", "battery-material", "li-resource", "co-resource", "graphite", "ev", "nev",
    "av", "adas", "vehicle-os", "sdv", "power-electronics", "electric-motor", "auto-parts", "steel", "petrochem",
    "manufacturing", "mobility", "internet", "content", "creator",
}  # fmt: skip


@cache
def rows() -> list[Sector]:
    return list(read_sectors(read_data("sectors.csv").splitlines()))


@cache
def words() -> list[tuple[str, str, tuple[str, ...], str]]:
    """Each line of the word files as (file, word, sector ids, relation)."""
    found = []
    for name in WORD_FILES:
        lines = csv.reader(read_data(name).splitlines())
        assert next(lines) == ["word", "sectors", "relation"], name
        for line in lines:
            assert len(line) == 3, (name, line)
            word, sectors, relation = line
            found.append((name, word, tuple(sectors.split("|")) if sectors else (), relation))
    return found


def test_there_are_some_600_sectors_each_once_under_some_30_tops() -> None:
    ids = [sector.id for sector in rows()]

    tops = [sector.id for sector in rows() if not sector.parents and sector.facet not in NO_SECTOR]

    assert 450 <= len(ids) <= 600
    assert len(ids) == len(set(ids))
    assert 25 <= len(tops) <= 32, tops


def test_ids_are_readable_slugs() -> None:
    plain = [sector.id for sector in rows() if fold(sector.id).replace(" ", "-") == sector.id and sector.id.isascii()]

    assert plain == [sector.id for sector in rows()]


def test_parents_neighbours_and_members_are_known_and_another_sector() -> None:
    ids = {sector.id for sector in rows()}

    strange = [
        (sector.id, linked)
        for sector in rows()
        for linked in (*sector.parents, *sector.neighbours, *sector.members)
        if linked not in ids or linked == sector.id
    ]

    assert strange == []


def test_parents_never_run_in_a_circle_and_three_or_four_levels_are_enough() -> None:
    graph = load_graph()  # raises where they do

    levels = {name: _level(graph.sectors, name) for name in graph.sectors}

    assert max(levels.values()) <= 5
    assert sum(level <= 3 for level in levels.values()) >= 0.75 * len(levels)


def _level(sectors: object, name: str) -> int:
    """1 for a top, else one more than the main parent."""
    assert isinstance(sectors, type(load_graph().sectors))
    parents = sectors[name].parents
    return 1 + _level(sectors, parents[0]) if parents else 1


def test_no_second_parent_is_an_ancestor_of_another_parent() -> None:
    graph = load_graph()

    doubled = [
        (sector.id, parent)
        for sector in rows()
        for parent in sector.parents[1:]
        if any(parent in graph.ancestors(other) for other in sector.parents)
    ]

    assert doubled == []


def test_no_sector_is_an_orphan() -> None:
    """A top has kinds or is named often enough by public lists to stand alone; the rest have a parent."""
    graph = load_graph()
    with_kinds = {ancestor for name in graph.sectors for ancestor in graph.ancestors(name)}

    alone = [
        sector.id
        for sector in rows()
        if not sector.parents
        and sector.facet not in NO_SECTOR
        and sector.id not in with_kinds
        and sector.reference_count < 20
    ]

    assert alone == []


def test_only_umbrellas_have_members_and_each_has_some() -> None:
    without = [s.id for s in rows() if s.facet == "umbrella" and not s.members and s.id != AGNOSTIC]
    with_some = [s.id for s in rows() if s.facet != "umbrella" and s.members]

    assert (without, with_some) == ([], [])
    assert AGNOSTIC in load_graph().sectors


def test_neighbours_are_mutual_and_never_a_kind_of_each_other() -> None:
    graph = load_graph()

    one_way = [
        (a.id, b) for a in graph.sectors.values() for b in a.neighbours if a.id not in graph.sectors[b].neighbours
    ]
    kin = [(a.id, b) for a in graph.sectors.values() for b in sorted(a.neighbours) if b in graph.ancestors(a.id)]

    assert one_way == []
    assert kin == []


def test_facets_layers_and_counts_are_legal() -> None:
    assert [s.id for s in rows() if s.facet not in FACETS] == []
    assert [s.id for s in rows() if s.layer not in LAYERS] == []
    assert [s.id for s in rows() if s.reference_count < 1] == []


def test_isic_anchors_stand_in_a_section_and_the_sections_are_covered() -> None:
    wrong = [s.id for s in rows() if not (s.isic4.isdecimal() and 2 <= len(s.isic4) <= 4)]
    assert wrong == []

    outside = [(s.id, s.isic4) for s in rows() if int(s.isic4[:2]) not in SECTIONS]
    covered = {SECTIONS[int(s.isic4[:2])] for s in rows() if s.facet not in NO_SECTOR}

    assert outside == []
    assert set(SECTIONS.values()) - covered == set()


def test_every_sector_has_a_label_in_every_language() -> None:
    missing = [(s.id, language) for s in rows() for language in LANGUAGES if not s.labels[language].strip()]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_one_language_differ(language: str) -> None:
    counts = Counter(fold(sector.labels[language]) for sector in rows())

    assert [label for label, n in counts.items() if n > 1] == []


def test_every_sector_named_at_the_summit_has_a_node() -> None:
    assert {s.id for s in rows()} >= NAMED_AT_THE_SUMMIT


def test_words_lead_to_known_sectors_in_a_known_way() -> None:
    ids = {sector.id for sector in rows()}

    wrong = [line for line in words() if line[3] not in RELATIONS or not set(line[2]) <= ids or not line[1].strip()]
    several = [line for line in words() if line[3] == "compound" and len(set(line[2])) < 2]
    one = [line for line in words() if line[3] in {"exact", "narrower"} and len(line[2]) != 1]

    assert (wrong, several, one) == ([], [], [])


def test_no_word_is_exact_for_two_sectors() -> None:
    """By its lookup key and that of its Simplified form, labels counted as exact words.

    Characters that mean one thing in Japan and another in China (動画 any video, 动画 animation) are exact for one.
    """
    exact = [(label, sector.id) for sector in rows() for label in sector.labels.values()]
    exact += [(word, sectors[0]) for _, word, sectors, relation in words() if relation == "exact"]
    key_to_sectors: dict[str, set[str]] = defaultdict(set)

    for word, sector in exact:
        for key in keys(word):
            key_to_sectors[key].add(sector)

    assert {key: sorted(ids) for key, ids in key_to_sectors.items() if len(ids) > 1} == {}


def keys(word: str) -> tuple[str, ...]:
    """The lookup keys of a word: as it is, and in Simplified characters."""
    key = squeeze(fold(word))
    return (key, *simplify(key)) if has_han(key) else (key,)


def test_a_file_says_each_word_once() -> None:
    counts = Counter((name, squeeze(fold(word))) for name, word, _, _ in words())

    assert [key for key, n in counts.items() if n > 1] == []


def test_every_sector_is_known_by_a_dozen_words_and_some_of_each_language() -> None:
    """Labels count. Three languages of the five may write a thing in the same letters ("MLOps")."""
    known: dict[str, set[str]] = {sector.id: {fold(label) for label in sector.labels.values()} for sector in rows()}
    files: dict[str, set[str]] = defaultdict(set)
    for name, word, sectors, relation in words():
        if relation in {"exact", "narrower"}:
            known[sectors[0]].add(fold(word))
            files[sectors[0]].add(name)

    few = [sector for sector, found in known.items() if len(found) < 12]
    one_sided = [s.id for s in rows() if len(files[s.id]) < 4]

    assert (few, one_sided) == ([], [])


@pytest.mark.parametrize("name", WORD_FILES)
def test_the_keys_that_are_shipped_are_those_of_the_words(name: str) -> None:
    """After a change of words: DEALPORT_REWRITE_CASES=1 python -m pytest tests/words/test_sector_data.py."""
    keys = make_keys(read_data(name).splitlines()[1:])

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        path = Path(lexicon.__file__).parents[2] / "data" / "sectors" / keys_file(name)
        path.write_text("\n".join(keys) + "\n", encoding="utf-8")

    assert read_data(keys_file(name)).splitlines() == keys


def test_the_stems_that_are_shipped_are_those_of_the_words() -> None:
    """After a change of words: the same."""
    stems = Vocabulary(load_graph()).make_stems()

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        path = Path(lexicon.__file__).parents[2] / "data" / "sectors" / STEMS_FILE
        path.write_text("".join(f"{stem}\t{key}\n" for stem, key in stems.items()), encoding="utf-8")

    assert dict(line.split("\t") for line in read_data(STEMS_FILE).splitlines()) == stems


def test_the_beginnings_that_are_shipped_are_those_of_the_words() -> None:
    """After a change of words: the same."""
    keys = {key for name in WORD_FILES for key in read_data(keys_file(name)).splitlines()}
    lines = list(make_beginnings(keys).values())

    if os.environ.get("DEALPORT_REWRITE_CASES"):
        path = Path(lexicon.__file__).parents[2] / "data" / "sectors" / BEGINNINGS_FILE
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    assert read_data(BEGINNINGS_FILE).splitlines() == lines
