"""The kernel keeps what plain sorting of every pair keeps, whatever the blocks, tiles, tables and workers."""

from __future__ import annotations

import os
import signal
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dealport.market.market import Market
from dealport.model import RequestError
from dealport.scoring import kernel, passing, strips, terms, tiles
from dealport.scoring.blocks import Engine, whole_market
from dealport.scoring.keeping import NOBODY, best_of, pack, unpack
from dealport.scoring.passing import BestKeys, best_keys
from dealport.scoring.weights import ALL_WEIGHTS, Weights
from tests.bench.columns import draw_alike, draw_columns
from tests.scoring.random_markets import markets

Keys = NDArray[np.int64]
WEIGHTS = Weights(ALL_WEIGHTS)
SECTORS_ALONE = Weights({**dict.fromkeys(ALL_WEIGHTS, 0.0), "sectors": 1.0})


def plain_keys(engine: Engine, k: int, least_units: int = 0) -> BestKeys:
    """By scoring every pair by the criteria themselves, and sorting all of them."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    block = engine.score(whole_market(n_startups), whole_market(n_investors))
    is_open = (block.first_gate == 0) & (block.score_units >= least_units)
    scores = block.score_units + 1

    def best(scores: NDArray[np.float32], is_open: NDArray[np.bool_]) -> Keys:
        keys = np.where(is_open, pack(scores, np.arange(scores.shape[1])), NOBODY)
        return best_of(np.sort(keys, axis=1)[:, :k], k)

    return BestKeys(best(scores, is_open), best(scores.T, is_open.T))


def assert_same(found: BestKeys, expected: BestKeys) -> None:
    for mine, theirs in ((found.of_startups, expected.of_startups), (found.of_investors, expected.of_investors)):
        k = mine.shape[1]  # nobody has more pairs than there are others
        assert np.array_equal(mine, theirs[:, :k])
        assert (theirs[:, k:] == NOBODY).all()


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strips of two startups, tiles of four investors, and no room for tables of more than one class."""
    monkeypatch.setattr(strips, "STRIP_ROWS", 2)
    monkeypatch.setattr(kernel, "STRIP_ROWS", 2)
    monkeypatch.setattr(tiles, "TILE_WIDTH", 4)
    monkeypatch.setattr(tiles, "NARROWEST", 2)
    monkeypatch.setattr(terms, "TABLE_BYTES", 40)


@settings(max_examples=150)
@given(markets(most=9), st.integers(1, 12), st.sampled_from([WEIGHTS, SECTORS_ALONE]), st.sampled_from([0, 4_000_000]))
def test_random_markets_keep_what_sorting_every_pair_keeps(
    market: Market, k: int, weights: Weights, least_units: int
) -> None:
    engine = Engine.of(market, weights)

    assert_same(best_keys(engine, k=k, least_units=least_units), plain_keys(engine, k, least_units))


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.filterwarnings("ignore")
def test_blocks_tiles_and_tables_change_nothing() -> None:
    @settings(max_examples=100)
    @given(markets(most=9), st.integers(1, 4))
    def compare(market: Market, k: int) -> None:
        engine = Engine.of(market, WEIGHTS)
        assert_same(best_keys(engine, k=k), plain_keys(engine, k))

    compare()


@pytest.mark.parametrize("n_workers", [1, 2, 3])
def test_workers_change_nothing(n_workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = draw_columns(700, 1_300, seed=3).engine()
    monkeypatch.setattr(passing, "FEWEST_PAIRS", 0)

    assert_same(best_keys(engine, k=20, n_workers=n_workers), plain_keys(engine, 20))


@pytest.mark.parametrize("k", [1, 5, 3_000])
def test_a_list_may_be_longer_than_there_are_others(k: int) -> None:
    engine = draw_columns(300, 200, seed=4).engine()

    assert_same(best_keys(engine, k=k), plain_keys(engine, k))


def test_where_everybody_is_alike_the_earliest_ids_are_kept() -> None:
    engine = draw_alike(500, 400, seed=1).engine()

    best = best_keys(engine, k=20)

    assert_same(best, plain_keys(engine, 20))
    rows, scores = unpack(best.of_startups)
    kept = rows >= 0
    assert kept.any()
    assert len(np.unique(scores[kept])) == 1
    assert (np.diff(rows[kept.all(axis=1)], axis=1) > 0).all()


def test_a_profile_of_every_sector_has_no_more_than_all_points() -> None:
    from dealport.model import Investor, SectorMention, Startup
    from tests.scoring.random_markets import GRAPH

    everything = tuple(SectorMention(name, name) for name in GRAPH.sectors if GRAPH.information(name))
    startup = Startup(id="s", name="S", country="KR", sectors=everything)
    investor = Investor(id="i", name="I", country="CN", sectors=everything)
    market = Market((startup,), (investor,), (), date(2026, 1, 7), GRAPH)
    engine = Engine.of(market, SECTORS_ALONE)

    best = best_keys(engine, k=1)

    assert_same(best, plain_keys(engine, 1))
    assert 9_900_000 < unpack(best.of_startups)[1][0, 0] <= 10_000_001  # umbrella words are low themselves


@settings(max_examples=100)
@given(markets(most=7))
def test_pairs_one_by_one_have_the_points_of_the_block(market: Market) -> None:
    engine = Engine.of(market, WEIGHTS)
    rows, columns = whole_market(len(market.startups)), whole_market(len(market.investors))
    block = engine.score(rows, columns)
    s, i = (axis.ravel().astype(np.int32) for axis in np.meshgrid(rows, columns, indexing="ij"))

    points, known = engine.score_lines(s, i)

    assert np.array_equal(points, block.points_units.reshape(len(engine.halves), -1))
    assert np.array_equal(known, np.broadcast_to(block.known, block.points_units.shape).reshape(len(engine.halves), -1))


def test_a_killed_worker_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "FEWEST_PAIRS", 0)
    monkeypatch.setattr(passing, "_work_alone", lambda *_: os.kill(os.getpid(), signal.SIGKILL))

    with pytest.raises(RequestError, match="a worker was killed"):
        best_keys(draw_columns(50, 50, seed=2).engine(), k=3, n_workers=2)
