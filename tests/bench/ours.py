"""What is timed of ours: the best of every startup and of every investor, in one pass over all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from dealport.scoring.columns.arrays import Ints
from dealport.scoring.engine.best import EngineName, best_keys
from dealport.scoring.engine.engine import Engine
from dealport.scoring.engine.keys import Keys, unpack

KEPT = 20
LARGE = (70_000, 25_000)
MIDDLE = (20_000, 8_000)
ENGINES: tuple[EngineName, ...] = ("plain", "compiled")


@dataclass(frozen=True, slots=True)
class Best:
    """The best pairs of one side's participants.

    Attributes:
        places: (owners, k) rows of the other side, best first, ties by row; -1 behind the last.
        standing: (owners, k) as `fits` has it; 0 behind the last.
    """

    places: Ints
    standing: Ints

    @classmethod
    def of_keys(cls, keys: Keys) -> Self:
        """Unpacked."""
        return cls(*unpack(keys))


@dataclass(frozen=True, slots=True)
class BestPairs:
    """Both directions."""

    of_startups: Best
    of_investors: Best


def best(engine: Engine, using: EngineName | None = None) -> BestPairs:
    """The whole market, the stated score, on as many threads as the machine has processors."""
    keys = best_keys(engine, k=KEPT, using=using)
    return BestPairs(Best.of_keys(keys.of_startups), Best.of_keys(keys.of_investors))


def words(size: tuple[int, int]) -> str:
    """As "70,000 x 25,000"."""
    return f"{size[0]:,} x {size[1]:,}"
