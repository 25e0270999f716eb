"""Ways for a pair to meet: without an interpreter, or with one of the kinds that can serve it."""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct

from dealport.meetings.day.days import ANY, Day, Ints, Mask, Pairs


class Arcs(Struct, frozen=True, eq=False):
    """Ways to meet, a of them, by pair.

    Attributes:
        pair: (a,) number of the pair; route: (a,) kind of interpreter, ANY without one.
    """

    pair: Ints
    route: Ints

    @classmethod
    def of(cls, pairs: Pairs) -> Self:
        """Every way of every pair; a locked one for which there is no interpreter meets without."""
        number, route = np.nonzero(pairs.routes)
        alone = np.flatnonzero(~pairs.routes.any(axis=1))
        pair, route = np.concatenate([number, alone]), np.concatenate([route, np.full(len(alone), ANY)])
        order = np.lexsort((route, pair))
        return cls(pair[order], route[order])

    def __len__(self) -> int:
        return len(self.pair)

    def take(self, chosen: Ints | Mask) -> Self:
        """Some of them."""
        return type(self)(self.pair[chosen], self.route[chosen])


def tie_breaks(day: Day) -> Ints:
    """(p,) fixed whole numbers below 2^20, scattered evenly: among equal plans the one with the greatest sum is taken.

    They rest on the places of both in the order of the ids alone (the finaliser of splitmix64, Steele et al. 2014).
    """
    mixed = (day.pairs.startup.astype(np.uint64) << np.uint64(32)) + day.pairs.investor.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(44)).astype(np.int64)
