"""Measures the neutral values on the sample market: python tests/measure_neutral.py [PROFILES].

The mean of each half of a criterion, where it is known, over the pairs that pass every gate or would but for a common
sector: a silent side is never gated on sectors. Gates don't depend on the neutral values, so once is enough.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from dealport.pipeline import load_market
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.engine.engine import Engine, whole_market


def measure_neutral(profiles: Path) -> dict[str, tuple[int, ...]]:
    """Criterion to thousandths, a number a half."""
    market = load_market([profiles])
    engine = Engine.of(market, Weights(ALL_WEIGHTS))
    block = engine.score(whole_market(len(market.startups)), whole_market(len(market.investors)))
    means: dict[str, tuple[int, ...]] = {}
    for name, criterion in CRITERIA.items():
        for fit in criterion.formula(Grid(engine.startups, engine.investors)):
            known = np.isin(block.first_gate, (0, 1 + GATES.index("no_common_sector"))) & fit.known
            mean = np.broadcast_to(fit.gain / fit.whole, known.shape)[known].mean()
            means[name] = (*means.get(name, ()), round(1000 * float(mean)))
    return means


if __name__ == "__main__":
    for criterion, thousandths in measure_neutral(Path(sys.argv[1] if len(sys.argv) > 1 else "profiles")).items():
        print(f'    "{criterion}": {thousandths},')  # noqa: T201 - its job
