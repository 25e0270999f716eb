"""What is lost when every startup asks in other words: another language's, or another word of the same sector.

python tests/bench/swapped_words.py deals.csv 2012-01-01 [2013-12-31]
Rows from the date on have each sector word swapped for a label of the same sector in another language; earlier ones,
from which investors are known, stay as they are. Prints hit@10 before and after.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from dealport.backtest.metrics import metric_values
from dealport.backtest.playing import play
from dealport.backtest.questions import periods
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.stories.backtest_story import read_usable_deals
from dealport.words.lookup.resolving import SectorResolver

LANGUAGES = ("ko", "zh", "zh-Hant", "ja")


def main(path: Path, since: date, until: date) -> None:
    """Print the figures of both."""
    read = read_usable_deals(path)
    graph, generator = read.graph, np.random.default_rng(1)
    resolver = SectorResolver(graph)

    @cache
    def meant(word: str) -> tuple[str, ...]:
        return tuple(found.sector for found in resolver.resolve(word).sectors)

    deals, swapped = read.usable, []
    other: dict[tuple[str, str], tuple[str, ...]] = {}
    for deal in deals:
        if deal.made_on < since:
            swapped.append(deal)
            continue
        said: list[str] = []
        for word in deal.sector_words:
            key = deal.startup_key, word
            if key not in other:
                language = LANGUAGES[int(generator.integers(len(LANGUAGES)))]
                labels = [graph.label(sector, language) for sector in meant(word)]
                other[key] = tuple(labels) or (word,)
            said += other[key]
        sectors = tuple(dict.fromkeys(sector for word in said for sector in meant(word)))
        swapped.append(replace(deal, startup_sectors=sectors, sector_words=tuple(said)))
    for name, some in (("as typed", deals), ("swapped", tuple(swapped))):
        played = play(some, list(periods(since, until)), graph, Weights(ALL_WEIGHTS), baselines=False)
        values = metric_values(played.ranks["Dealport"])
        print(f"{name:9} hit@10 {values['hit@10'].mean():.4f}  MRR {values['mrr'].mean():.4f}")  # noqa: T201


if __name__ == "__main__":
    last = date.fromisoformat(sys.argv[3]) if len(sys.argv) > 3 else date(2013, 12, 31)
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), last)
