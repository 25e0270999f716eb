"""Whether drawn columns are what the benches take them for: python -m pytest -o addopts= tests/bench/test_columns.py"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import fields
from numpy.typing import NDArray

from dealport.scoring.criteria.weights import DEFAULT_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.stories.ranking_story import load_market
from tests.bench.columns import Columns, draw_alike, draw_columns
from tests.bench.markets import write_market

N = 1_500
RARE = ("excluded_country", "excluded_sector", "free")  # `make_rows` excludes nothing, and few texts say more


def columns_of(market: Columns | Engine) -> dict[str, NDArray[np.generic]]:
    sides = {"startups": market.startups, "investors": market.investors}
    named = {f"{side}.{field.name}": getattr(one, field.name) for side, one in sides.items() for field in fields(one)}
    return {name: column for name, column in named.items() if column is not None}


def test_drawn_columns_are_like_those_of_rows(tmp_path: Path) -> None:
    write_market(tmp_path, N, N)
    rows = columns_of(Engine.of(load_market([tmp_path]), Weights(DEFAULT_WEIGHTS)))

    drawn = columns_of(draw_columns(N, N))

    assert drawn.keys() == rows.keys()
    for name, column in rows.items():
        assert drawn[name].dtype == column.dtype
        if not name.endswith(RARE):
            assert drawn[name].mean() == pytest.approx(column.mean(), rel=0.15), name


def test_a_seed_draws_the_same_columns_again_and_loading_gives_what_was_saved(tmp_path: Path) -> None:
    drawn = draw_columns(300, 200, seed=3)
    drawn.save(tmp_path)

    again, loaded = draw_columns(300, 200, seed=3), Columns.load(tmp_path)

    for other in (again, loaded):
        for name, column in columns_of(other).items():
            np.testing.assert_array_equal(column, columns_of(drawn)[name])


def test_alike_means_open_gates_and_one_score() -> None:
    block = draw_alike(30, 20).engine().score(whole_market(30), whole_market(20))

    assert not block.first_gate.any()
    assert len(np.unique(block.score_units)) == 1


def test_where_nobody_says_anything_only_countries_differ() -> None:
    block = draw_columns(90, 80, silent_share=1.0).engine().score(whole_market(90), whole_market(80))

    assert set(np.unique(block.first_gate)) == {0, 1}
    assert len(np.unique(block.score_units)) == 1
