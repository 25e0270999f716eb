"""A gradient-boosted ranker on the same columns, to see what a black box would add; no dependency of Dealport.

pip install lightgbm scikit-learn, then: python tests/bench/lambdamart.py deals.csv 2012-01-01 [2013-12-31]
Learns from the choices that `dealport tune` learns from, and is asked what `dealport backtest` asks.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from dealport.backtest.choices import _values, find_choices, halves_of
from dealport.backtest.metrics import metric_values, ranks_of
from dealport.backtest.playing import ReadyPeriod, play
from dealport.backtest.questions import Period, ask, periods
from dealport.scoring.criteria.table import TRACK_CRITERIA
from dealport.scoring.engine.engine import whole_market
from dealport.stories.backtest_story import YEARS_LEARNT, read_usable_deals, years_before

CRITERIA = tuple(TRACK_CRITERIA)


def main(path: Path, since: date, until: date) -> None:
    """Print the figures of both."""
    import lightgbm

    read = read_usable_deals(path)
    deals, weights = read.usable, read.weights
    starts = [years_before(since, years) for years in range(YEARS_LEARNT, -1, -1)]
    learnt = [Period(first, first, after - timedelta(days=1)) for first, after in pairwise(starts)]
    choices = find_choices(deals, learnt, read.graph, CRITERIA)
    groups = choices.filled.sum(axis=1) + 1
    rows = [np.vstack([one[None], rest[filled]]) for one, rest, filled in zip(choices.chosen, choices.others, choices.filled, strict=True)]  # fmt: skip  # noqa: E501
    labels = np.concatenate([np.r_[1, np.zeros(size - 1)] for size in groups])
    ranker = lightgbm.LGBMRanker(
        n_estimators=300, num_leaves=15, learning_rate=0.05, min_child_samples=50, random_state=1, n_jobs=2, verbose=-1,
        deterministic=True, force_row_wise=True, lambdarank_truncation_level=50,
    )  # fmt: skip
    ranker.fit(np.vstack(rows), labels, group=groups)
    ours: dict[str, list[float]] = {}
    theirs: list[tuple[int, ...]] = []
    for period in periods(since, until):
        asked = ask(deals, period)
        stage = ReadyPeriod.of(asked, read.graph, weights)
        place = {key: column for column, key in enumerate(stage.investors)}
        everybody = whole_market(len(stage.investors))
        for part, block in stage.blocks():
            for row, mask in zip(part.tolist(), block.first_gate == 0, strict=True):
                told, known = halves_of(stage, row, everybody, CRITERIA)
                scores = ranker.predict(_values(told, known, CRITERIA))
                answers = [place[key] for key, _ in asked.questions[row].answers]
                theirs += ranks_of(np.array([scores]), np.array([mask]), [answers])
    played = play(deals, list(periods(since, until)), read.graph, weights, baselines=False)
    for name, ranks in (("Dealport", played.ranks["Dealport"]), ("LambdaMART", theirs)):
        values = metric_values(ranks)
        ours[name] = [float(values[one].mean()) for one in ("hit@10", "recall@100", "mrr")]
        print(f"{name:12} hit@10 {ours[name][0]:.4f}  recall@100 {ours[name][1]:.4f}  MRR {ours[name][2]:.4f}")  # noqa: T201


if __name__ == "__main__":
    last = date.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else date(2013, 12, 31)
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), last)
