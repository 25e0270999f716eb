"""Every baseline by hand, on four startups and three investors."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from dealport.backtest.baselines import BASELINES, Scene, find_entries
from dealport.model import Deal
from dealport.scoring.columns.deal_columns import DealColumns, day_number
from dealport.words.sectors.graph import load_graph

DAY = date(2012, 1, 1)
COUNTRIES = {"ant": "KR", "bee": "KR", "cat": "US", "dog": "", "harbor": "SG", "island": "KR", "jetty": "US"}
WORDS = (frozenset({"ai", "robots"}), frozenset({"ai"}), frozenset({"games"}), frozenset[str]())
ANT, BEE, CAT, DOG = 0, 1, 2, 3  # rows: in the order of the keys
HARBOR, ISLAND, JETTY = 0, 1, 2


def deal(made_on: date, startup: str, investor: str) -> Deal:
    return Deal(
        made_on=made_on,
        startup=startup,
        investor=investor,
        startup_key=startup,
        investor_key=investor,
        startup_country=COUNTRIES[startup],
        investor_country=COUNTRIES[investor],
    )


# Ages on 2012-01-01: 2008-01-01 1,461 days, about two half-lives of 730; 2010-01-01 730 days, one.
DEALS = (
    deal(date(2008, 1, 1), "ant", "harbor"),
    deal(date(2010, 1, 1), "ant", "harbor"),  # a second round: no entry
    deal(date(2010, 1, 1), "bee", "harbor"),
    deal(date(2010, 1, 1), "bee", "island"),  # both in KR
    deal(date(2010, 1, 1), "dog", "island"),  # dog's country is unknown
    deal(date(2008, 1, 1), "cat", "island"),
    deal(date(2012, 1, 1), "ant", "jetty"),  # on the day itself: not before it
    deal(date(2013, 1, 1), "cat", "harbor"),
)
QUARTER = 0.5 ** (1461 / 730)
HALF = 0.5


@pytest.fixture
def scene() -> Scene:
    return Scene(DealColumns.of(DEALS, load_graph()), day_number(DAY), WORDS)


def scores_of(name: str, scene: Scene, *startups: int) -> list[list[float]]:
    rows: list[list[float]] = BASELINES[name](scene, np.array(startups, dtype=np.int32)).tolist()
    return rows


def test_an_entry_is_a_first_deal_before_the_day(scene: Scene) -> None:
    entries = find_entries(scene)

    pairs = set(zip(entries.startup.tolist(), entries.investor.tolist(), entries.decayed.tolist(), strict=True))
    assert pairs == {
        (ANT, HARBOR, QUARTER),
        (BEE, HARBOR, HALF),
        (BEE, ISLAND, HALF),
        (DOG, ISLAND, HALF),
        (CAT, ISLAND, QUARTER),
    }


def test_entries_abroad_leave_out_one_country_and_unknown_ones(scene: Scene) -> None:
    entries = find_entries(scene, abroad=True)

    pairs = set(zip(entries.startup.tolist(), entries.investor.tolist(), strict=True))
    assert pairs == {(ANT, HARBOR), (BEE, HARBOR), (CAT, ISLAND)}


def test_popularity_counts_startups_entered(scene: Scene) -> None:
    # harbor: ant, bee; island: bee, dog, cat; jetty came on the day.
    assert scores_of("popularity", scene, ANT, CAT) == [[2, 3, 0], [2, 3, 0]]


def test_recent_popularity_adds_decayed_entries_abroad(scene: Scene) -> None:
    # harbor: ant 4 years ago and bee 2 years ago; island: cat 4 years ago.
    expected = [QUARTER + HALF, QUARTER, 0]

    assert scores_of("recent popularity", scene, DOG)[0] == pytest.approx(expected)


def test_popularity_in_the_country_adds_entries_there(scene: Scene) -> None:
    scores = scores_of("popular in the country", scene, ANT, CAT, DOG)

    # ant is in KR, where harbor entered ant and bee, island bee; cat in the US; dog's country is unknown.
    assert scores[0] == pytest.approx([QUARTER + HALF, HALF, 0])
    assert scores[1] == pytest.approx([0, QUARTER, 0])
    assert scores[2] == [0, 0, 0]


def test_popularity_in_the_sector_adds_entries_that_share_a_word(scene: Scene) -> None:
    scores = scores_of("popularity in the sector", scene, ANT, CAT, DOG)

    # ant says ai and robots: ant and bee share one. cat says games: only cat does. dog says nothing.
    assert scores[0] == pytest.approx([QUARTER + HALF, HALF, 0])
    assert scores[1] == pytest.approx([0, QUARTER, 0])
    assert scores[2] == [0, 0, 0]


def test_jaccard_is_words_in_common_of_words_of_both(scene: Scene) -> None:
    scores = scores_of("Jaccard of sector words", scene, ANT, BEE, DOG)

    # harbor's words: ai, robots; island's: ai, games; jetty has none.
    assert scores[0] == pytest.approx([2 / 2, 1 / 3, 0])
    assert scores[1] == pytest.approx([1 / 2, 1 / 2, 0])
    assert scores[2] == [0, 0, 0]


def test_cosine_weighs_rare_words_more(scene: Scene) -> None:
    scores = scores_of("TF-IDF cosine", scene, ANT, CAT, DOG)

    # Two texts: harbor "ai ai robots", island "ai games". ai is in both: ln(3/3) + 1 = 1; the others in one:
    rare = math.log(3 / 2) + 1
    ant, harbor, island = math.hypot(1, rare), math.hypot(2, rare), math.hypot(1, rare)
    assert scores[0] == pytest.approx([(2 + rare**2) / (ant * harbor), 1 / (ant * island), 0], abs=1e-5)
    assert scores[1] == pytest.approx([0, rare / island, 0], abs=1e-5)
    assert scores[2] == [0, 0, 0]


def test_random_scores_differ_between_startups_and_days_and_stay_the_same(scene: Scene) -> None:
    first = scores_of("random", scene, ANT, BEE)

    assert first == scores_of("random", scene, ANT, BEE)
    assert first[0] != first[1]
    assert first != scores_of("random", replace(scene, before=scene.before + 1), ANT, BEE)
    assert all(0 <= score < 1 for row in first for score in row)


@pytest.mark.parametrize("name", BASELINES)
def test_a_startups_scores_depend_on_no_other_asked_for(name: str, scene: Scene) -> None:
    together = scores_of(name, scene, ANT, BEE, CAT, DOG)

    assert together == [scores_of(name, scene, row)[0] for row in (ANT, BEE, CAT, DOG)]


@pytest.mark.parametrize("name", BASELINES)
def test_what_happens_on_the_day_or_later_changes_no_score(name: str, scene: Scene) -> None:
    known = scene.deals.made_on < scene.before
    earlier = replace(
        scene.deals,
        made_on=scene.deals.made_on[known],
        startup=scene.deals.startup[known],
        investor=scene.deals.investor[known],
    )

    assert scores_of(name, replace(scene, deals=earlier), ANT, CAT) == scores_of(name, scene, ANT, CAT)


@pytest.mark.parametrize("name", BASELINES)
def test_before_the_first_deal_nobody_is_better_for_a_reason(name: str, scene: Scene) -> None:
    scores = scores_of(name, replace(scene, before=day_number(date(2000, 1, 1))), ANT)

    assert len(scores[0]) == 3
    assert name == "random" or scores == [[0, 0, 0]]
