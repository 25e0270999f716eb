"""Promises kept from files to shortlist: order changes nothing, no country is special."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from dealport.stories.ranking_story import find_shortlist
from dealport.stories.request import Request
from dealport.writing.rankings.ranking_json import shortlist_json
from tests.bench.markets import make_rows

Rows = list[dict[str, str]]
LISTS = ("sectors", "seeks", "offers", "languages", "stages", "invests_in", "markets")


def write_table(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def rank(folder: Path, tables: Sequence[tuple[str, Rows]]) -> dict[str, object]:
    """The whole ranking, as JSON, of tables written to a folder."""
    folder.mkdir()
    for name, rows in tables:
        write_table(folder / name, rows)
    outcome = find_shortlist([folder], Request(k=50))
    return dict(shortlist_json(outcome.shortlist, outcome.market.graph, "en"))


def split(rows: Rows, side: str, generator: random.Random) -> list[tuple[str, Rows]]:
    """The rows shuffled over three files, words within a list shuffled too."""
    mixed: Rows = []
    for row in generator.sample(rows, len(rows)):
        turned = dict(row)
        for name in LISTS:
            words = turned.get(name, "").split("; ")
            if name in turned:
                turned[name] = "; ".join(generator.sample(words, len(words)))
        mixed.append(turned)
    cut = len(mixed) // 3
    parts = mixed[:cut], mixed[cut : 2 * cut], mixed[2 * cut :]
    names = generator.sample(["a", "m", "z"], 3)
    return [
        (f"{name}-{side}s.csv", [row | {"kind": side} for row in part]) for name, part in zip(names, parts, strict=True)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_profiles_and_words_changes_nothing(seed: int, tmp_path: Path) -> None:
    startups = make_rows(24, investors=False, seed=seed)
    investors = make_rows(18, investors=True, seed=seed + 100)
    generator = random.Random(seed)  # noqa: S311 - no secret

    first = rank(tmp_path / "one", [("startups.csv", startups), ("investors.csv", investors)])
    second = rank(tmp_path / "two", split(startups, "startup", generator) + split(investors, "investor", generator))

    assert json.dumps(second, ensure_ascii=False) == json.dumps(first, ensure_ascii=False)
    assert any(one["pairs"] for one in first["participants"])  # type: ignore[attr-defined]


def swap_codes(rows: Rows, one: str, other: str) -> Rows:
    """The two codes exchanged wherever they stand as a word of their own."""
    turn = {one: other, other: one}
    return [
        {name: "; ".join(turn.get(word, word) for word in text.split("; ")) for name, text in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("codes", [("KR", "CN"), ("KR", "JP"), ("DE", "FR"), ("SG", "VN")])
def test_swapping_two_countries_wherever_they_stand_changes_nothing_but_the_codes(
    codes: tuple[str, str], tmp_path: Path
) -> None:
    # Every region used holds both of the two or neither, and all money names its currency.
    startups = [row | {"raising": "USD 5M"} for row in make_rows(30, investors=False, seed=5)]
    investors = [row | {"ticket": "EUR 1-2M"} for row in make_rows(20, investors=True, seed=6)]

    before = rank(tmp_path / "one", [("startups.csv", startups), ("investors.csv", investors)])
    after = rank(
        tmp_path / "two",
        [("startups.csv", swap_codes(startups, *codes)), ("investors.csv", swap_codes(investors, *codes))],
    )

    marked = json.dumps(after).replace(codes[0], "@@").replace(codes[1], codes[0]).replace("@@", codes[1])
    assert json.loads(marked) == before
