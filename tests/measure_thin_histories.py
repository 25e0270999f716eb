"""Measures tuning on thin histories: python tests/measure_thin_histories.py DEALS [SINCE] [PRIOR ...].

DEALS is cut ten times to so many of its startups that about 300 choices before SINCE (2012-01-01) are left to learn
from. On each cut, weights are tuned as `dealport tune --prior PRIOR` does. The cut's deals since that day are looked
for with the shipped weights, with the tuned ones, and by every simpler ranker. Printed is the mean hit@10 of the cuts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from dealport.backtest.choices import Choices, find_choices
from dealport.backtest.metrics import metric_values
from dealport.backtest.playing import DEALPORT, play
from dealport.backtest.questions import Period
from dealport.backtest.tuning import fit_weights
from dealport.cli.commands.tune_command import PRIOR_CHOICES
from dealport.model import Deal
from dealport.scoring.criteria.weights import ALL_WEIGHTS, TRACK_TOTAL, TRACK_WEIGHTS, Weights
from dealport.stories.backtest_story import YEARS_LEARNT, read_usable_deals, years_before
from dealport.words.sectors.graph import SectorGraph

N_CUTS, N_CHOICES = 10, 300
SINCE = date(2012, 1, 1)
N_TRIES = 6
SHIPPED = "shipped weights"


def cut(deals: Sequence[Deal], share: float, seed: int) -> tuple[Deal, ...]:
    """The deals of a share of the startups, always the same ones for a seed."""
    keys = sorted({deal.startup_key for deal in deals})
    drawn = np.random.default_rng(seed).random(len(keys)) < share
    kept = {key for key, is_kept in zip(keys, drawn.tolist(), strict=True) if is_kept}
    return tuple(deal for deal in deals if deal.startup_key in kept)


def cuts(deals: Sequence[Deal], since: date, graph: SectorGraph, n: int = N_CUTS) -> Iterator[tuple[Deal, ...]]:
    """Cuts to about `N_CHOICES`; they fall faster than the deals do, since fewer investors were seen before."""
    share, every = 1.0, deals
    for _ in range(N_TRIES):
        share = min(1.0, share * N_CHOICES / max(1, len(choices_before(every, since, graph).chosen)))
        every = cut(deals, share, 0)
    yield from (cut(deals, share, seed) for seed in range(n))


def choices_before(deals: Sequence[Deal], since: date, graph: SectorGraph) -> Choices:
    """What `dealport tune` learns from."""
    starts = [years_before(since, years) for years in range(YEARS_LEARNT, -1, -1)]
    every = [Period(first, first, after - timedelta(days=1)) for first, after in pairwise(starts)]
    return find_choices(deals, every, graph, tuple(TRACK_WEIGHTS))


def hits(deals: Sequence[Deal], since: date, graph: SectorGraph, priors: Sequence[int]) -> Mapping[str, float]:
    """Ranker to hit@10 of the deals since the day; the shipped weights first, then those tuned with each prior."""
    choices = choices_before(deals, since, graph)
    period = [Period(since, since, deals[-1].made_on)]
    every = {SHIPPED: dict(ALL_WEIGHTS)}
    for prior in priors:
        tuned = fit_weights(choices, TRACK_WEIGHTS, n_known=prior).points(TRACK_TOTAL)
        every[f"tuned, prior {prior:,}"] = {**ALL_WEIGHTS, **tuned}
    ranks: dict[str, Sequence[Sequence[int]]] = {}
    found = {"choices": float(len(choices.chosen))}
    for name, weights in every.items():
        played = play(deals, period, graph, Weights(weights), baselines=name == SHIPPED)
        ranks |= {name if ranker == DEALPORT else ranker: own for ranker, own in played.ranks.items()}
    return found | {name: float(metric_values(own)["hit@10"].mean()) for name, own in ranks.items()}


def measure(path: Path, since: date, priors: Sequence[int], n: int = N_CUTS) -> list[Mapping[str, float]]:
    """The hits of every cut."""
    read = read_usable_deals(path)
    return [hits(one, since, read.graph, priors) for one in cuts(read.usable, since, read.graph, n)]


def main(deals: str, since: str = str(SINCE), *priors: str) -> None:
    """Print each ranker's mean over the cuts."""
    measured = measure(Path(deals), date.fromisoformat(since), [int(one) for one in priors] or [PRIOR_CHOICES])
    for name in measured[0]:
        values = [one[name] for one in measured]
        print(f"{name}: {np.mean(values):.3f}  ({min(values):.3f} to {max(values):.3f})")  # noqa: T201 - its job


if __name__ == "__main__":
    main(*sys.argv[1:])
