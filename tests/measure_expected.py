"""Measures the expected values: python tests/measure_expected.py STARTUPS INVESTORS [CODE], or PROFILES.

STARTUPS and INVESTORS are real lists as `dealport match` reads them, CODE the country of startups that name none. For
each half of a criterion: its mean over all cross-border pairs where it is known. A pair that a rule of the same
criterion takes out counts as 0: who says what it wants, and wants something else, gives nothing.

PROFILES is one folder with both sides and deals, the sample market. Its profiles are made to meet, and say nothing of
how often strangers do: the means are over the pairs that pass every gate, or would but for a common sector.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from dealport.market.market_building import build_market
from dealport.market.markets import Market
from dealport.reading.paths import read_paths
from dealport.scoring.criteria.gates import GATES, outside_countries
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA, criteria_of
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market
from dealport.stories.ranking_story import load_market

# The rules that say of a criterion that it is not met at all.
RULES = {"sectors": ("excluded_sector",), "geography": ("excluded_country",)}
ABROAD = ("same_country", "unknown_country")

Means = Mapping[str, tuple[int | None, ...]]


def measure_expected(market: Market, *, open_only: bool = False) -> Means:
    """Criterion to thousandths, a number a half; None where it is never known.

    `open_only`: over pairs with open gates in countries the investor takes, not over all across borders.
    """
    engine = Engine.of(market, Weights(ALL_WEIGHTS))
    gates = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors))).first_gate
    is_inside = (gates == 0) & ~outside_countries(Grid(engine.startups, engine.investors))
    among = is_inside if open_only else ~closed_by(gates, ABROAD)
    means: dict[str, tuple[int | None, ...]] = {}
    for name in criteria_of(market):
        taken_out = closed_by(gates, RULES.get(name, ()))
        for place, fit in enumerate(CRITERIA[name].formula(Grid(engine.startups, engine.investors))):
            known = among & fit.known
            values = np.where(taken_out & (place == 0), 0, fit.gain / fit.whole)[known]
            means[name] = (*means.get(name, ()), round(1000 * float(values.mean())) if values.size else None)
    return means


def closed_by(gates: np.typing.NDArray[np.uint8], names: tuple[str, ...]) -> np.typing.NDArray[np.bool_]:
    """(s, i) whether one of these gates is the first that is closed."""
    return np.isin(gates, [1 + GATES.index(name) for name in names])


def read_lists(startups: Path, investors: Path, country: str = "") -> Market:
    """Two lists as one market."""
    mine, theirs = read_paths([startups], side="startup", country=country), read_paths([investors], side="investor")
    return build_market(replace(mine, rows=(*mine.rows, *theirs.rows)))


def measure(paths: list[str]) -> Means:
    """What the command line names."""
    if len(paths) == 1:
        return measure_expected(load_market([Path(paths[0])]), open_only=True)
    return measure_expected(read_lists(Path(paths[0]), Path(paths[1]), *paths[2:]))


if __name__ == "__main__":
    for criterion, thousandths in measure(sys.argv[1:]).items():
        print(f"{criterion}: {thousandths}")  # noqa: T201 - its job
