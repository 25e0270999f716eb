"""Both engines keep what plain sorting of every pair keeps, whatever the blocks, tiles, tables and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.scoring.criteria.fits import LAST_RESORT, any_in, in_units
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine import best, compiled, plain, terms, tiles
from dealport.scoring.engine.best import EngineName, best_keys
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.scoring.engine.keys import NOBODY, BestKeys, best_of, pack, unpack
from tests.bench.columns import draw_alike, draw_columns
from tests.scoring.random_markets import markets

Keys = NDArray[np.int64]
ENGINES: tuple[EngineName, ...] = ("plain", "compiled")
WEIGHTS = Weights(ALL_WEIGHTS)
SECTORS_ALONE = Weights({**dict.fromkeys(ALL_WEIGHTS, 0.0), "sectors": 1.0})


def sorted_keys(engine: Engine, k: int, least: int = LAST_RESORT) -> BestKeys:
    """By scoring every pair by the criteria themselves, and sorting all of them."""
    n_startups, n_investors = len(engine.startups), len(engine.investors)
    block = engine.score(whole_market(n_startups), whole_market(n_investors))
    scores, is_open = block.standing, (block.first_gate == 0) & (block.standing >= least)

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
    """Blocks of two startups, tiles of four or eight investors, and no room for tables of more than one class."""
    monkeypatch.setattr(compiled, "FEW_ROWS", 3)
    for engine, width in ((plain, 4), (compiled, 8)):
        monkeypatch.setattr(engine, "BLOCK_ROWS", 2)
        monkeypatch.setattr(engine, "TILE_WIDTH", width)
    monkeypatch.setattr(tiles, "NARROWEST", 8)
    monkeypatch.setattr(terms, "MOST_CLASSES", 1)


@pytest.mark.parametrize("using", ENGINES)
@settings(max_examples=60)
@given(
    market=markets(most=9),
    k=st.integers(1, 12),
    weights=st.sampled_from([WEIGHTS, SECTORS_ALONE]),
    least=st.sampled_from([LAST_RESORT, 400_000]),
)
def test_random_markets_keep_what_sorting_every_pair_keeps(
    using: EngineName, market: Market, k: int, weights: Weights, least: int
) -> None:
    engine = Engine.of(market, weights)

    best = best_keys(engine, k=k, least=least, using=using)

    assert_same(best, sorted_keys(engine, k, least))


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("using", ENGINES)
def test_blocks_tiles_and_tables_change_nothing(using: EngineName) -> None:
    @settings(max_examples=50)
    @given(markets(most=12), st.integers(1, 4))
    def compare(market: Market, k: int) -> None:
        engine = Engine.of(market, WEIGHTS)
        assert_same(best_keys(engine, k=k, using=using), sorted_keys(engine, k))

    compare()


@pytest.mark.parametrize("using", ENGINES)
@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_threads_change_nothing(n_threads: int, using: EngineName) -> None:
    engine = draw_columns(2_500, 1_300, seed=3).engine()

    assert_same(best_keys(engine, k=20, n_threads=n_threads, using=using), sorted_keys(engine, 20))


@pytest.mark.parametrize("using", ENGINES)
@pytest.mark.parametrize("k", [1, 5, 3_000])
def test_a_list_may_be_longer_than_there_are_others(k: int, using: EngineName) -> None:
    engine = draw_columns(300, 200, seed=4).engine()

    assert_same(best_keys(engine, k=k, using=using), sorted_keys(engine, k))


@pytest.mark.parametrize("using", ENGINES)
def test_where_everybody_is_alike_the_earliest_ids_are_kept(using: EngineName) -> None:
    engine = draw_alike(500, 400, seed=1).engine()

    best = best_keys(engine, k=20, using=using)

    assert_same(best, sorted_keys(engine, 20))
    rows, scores = unpack(best.of_startups)
    kept = rows >= 0
    assert kept.any()
    assert len(np.unique(scores[kept])) == 1
    assert (np.diff(rows[kept.all(axis=1)], axis=1) > 0).all()


@pytest.mark.parametrize("using", ENGINES)
@pytest.mark.parametrize("silent_share", [0.0, 1.0])
def test_markets_of_talkers_and_of_the_silent_are_exact(silent_share: float, using: EngineName) -> None:
    engine = draw_columns(900, 700, seed=6, silent_share=silent_share).engine()

    assert_same(best_keys(engine, k=20, using=using), sorted_keys(engine, 20))


@pytest.mark.parametrize("using", ENGINES)
def test_a_profile_of_every_sector_has_no_more_than_all_points(using: EngineName) -> None:
    from dealport.model import Investor, SectorMention, Startup
    from tests.scoring.random_markets import GRAPH

    everything = tuple(SectorMention(name, name) for name in GRAPH.sectors if GRAPH.information(name))
    startup = Startup(id="s", name="S", country="KR", sectors=everything)
    investor = Investor(id="i", name="I", country="CN", sectors=everything)
    market = Market((startup,), (investor,), (), date(2026, 1, 7), GRAPH)
    engine = Engine.of(market, SECTORS_ALONE)

    best = best_keys(engine, k=1, using=using)

    assert_same(best, sorted_keys(engine, 1))
    assert 990_000 < unpack(best.of_startups)[1][0, 0] <= 1_000_000  # umbrella words are low themselves


@settings(max_examples=50)
@given(markets(most=7))
def test_pairs_one_by_one_have_the_points_of_the_block(market: Market) -> None:
    engine = Engine.of(market, WEIGHTS)
    rows, columns = whole_market(len(market.startups)), whole_market(len(market.investors))
    block = engine.score(rows, columns)
    s, i = (axis.ravel().astype(np.int32) for axis in np.meshgrid(rows, columns, indexing="ij"))

    lines = engine.score_lines(s, i)

    points = in_units(lines.points_steps, any_in(lines.resorts))
    assert np.array_equal(points, block.points_units.reshape(len(engine.halves), -1))
    known = np.broadcast_to(block.known, block.points_units.shape)
    assert np.array_equal(lines.known, known.reshape(len(engine.halves), -1))


def test_a_worker_that_fails_ends_the_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, block: slice, hope: int, kept: Keys) -> None:
        raise MemoryError

    monkeypatch.setattr(plain.PlainWorker, "run", fail)

    with pytest.raises(MemoryError):
        best_keys(draw_columns(2_000, 50, seed=2).engine(), k=3, n_threads=2, using="plain")


def test_whoever_watches_is_told_until_all_is_done() -> None:
    shares: list[float] = []

    def watch(share: float, n: int = 0, doing: str = "") -> None:
        shares.append(share)
        assert n == 300 * 200

    best_keys(draw_columns(300, 200).engine(), k=3, advance=watch, using="plain")

    assert shares == sorted(shares)
    assert shares[-1] == 1


def kind_chosen(monkeypatch: pytest.MonkeyPatch, *, k: int = 3) -> str:
    """Which engine is asked, of a market that is taken for a large one."""
    asked: list[str] = []

    def of_kind(kind: str) -> object:
        def workers(engine: Engine, limits: object, n: int, tell: object = None) -> list[plain.PlainWorker]:
            asked.append(kind)
            return plain.plain_workers(engine, limits, n)  # type: ignore[arg-type]

        return workers

    monkeypatch.setattr(best, "FAST_PAIRS", 1)
    monkeypatch.setattr(best, "plain_workers", of_kind("plain"))
    monkeypatch.setattr(compiled, "compiled_workers", of_kind("compiled"))
    best_keys(draw_columns(30, 20).engine(), k=k)
    return asked[0]


def test_a_large_market_is_for_the_compiled_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_chosen(monkeypatch) == "compiled"


def test_a_numba_that_can_not_be_imported_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ImportError("Numba needs NumPy 2.3 or less")

    engine = draw_columns(30, 20).engine()
    monkeypatch.setattr(best, "FAST_PAIRS", 1)
    monkeypatch.setattr(compiled, "compiled_workers", refuse)

    assert_same(best_keys(engine, k=3), sorted_keys(engine, 3))
    with pytest.raises(ImportError):
        best_keys(engine, k=3, using="compiled")


def test_long_lists_are_for_the_plain_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_chosen(monkeypatch, k=best.FAST_KEPT + 1) == "plain"


def test_without_the_extra_a_large_market_is_for_the_plain_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)

    assert kind_chosen(monkeypatch) == "plain"


COMPILE = """
from dealport.scoring.engine.best import best_keys
from tests.bench.columns import draw_columns
def watch(share, n=0, doing=""):
    if doing:
        print(doing)
best_keys(draw_columns(30, 20).engine(), k=3, advance=watch, using="compiled")
"""


def test_only_the_first_run_compiles_and_says_so(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", COMPILE]

    def run() -> tuple[str, str]:
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return ran.stdout.strip(), ran.stderr

    assert [run(), run()] == [(best.COMPILING, ""), ("", "")]
    for kept in tmp_path.rglob("*.nbi"):
        kept.write_bytes(b"of another version")
    assert [run(), run()] == [(best.COMPILING, ""), ("", "")]


def test_where_nothing_may_be_written_the_loop_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from numba.core.caching import FunctionCache

    from dealport.scoring.engine.loop import compiled as compile_it

    def refuse(self: object, function: object) -> None:
        raise RuntimeError("cannot cache function: no locator available")

    def double(n: int) -> int:
        return 2 * n

    monkeypatch.setattr(FunctionCache, "__init__", refuse)

    assert compile_it(double)(3) == 6


def test_where_the_disk_is_full_the_loop_is_used_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, run, failed = draw_columns(30, 20).engine(), compiled.CompiledWorker.run, list[bool]()

    def full_once(self: compiled.CompiledWorker, block: slice, hope: int, kept: Keys) -> Keys:
        if not failed:
            failed.append(True)
            raise OSError(28, "No space left on device")
        return run(self, block, hope, kept)

    monkeypatch.setattr(compiled.CompiledWorker, "run", full_once)

    assert_same(best_keys(engine, k=3, using="compiled"), sorted_keys(engine, 3))
