"""What a selection of pairs aims at, in strict order, and how far a choice reaches each aim."""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dealport.meetings.day.bonuses import bonus_units
from dealport.meetings.day.days import NO_WISH, Day, Ints, Mask

# Points of the wishes of one list: the first has 10, and from the tenth on each has 1.
RANK_POINTS = 10


class Aim(Struct, frozen=True, eq=False):
    """One aim, to be raised as far as it goes before the next is looked at.

    Attributes:
        gain: (p,) what each pair adds to it; zeros where it counts participants.
        fewest: Participants who should have this many meetings or more are counted, if they have them; 0: pairs count.
    """

    name: str
    gain: Ints
    fewest: int = 0

    def only(self, chosen: Ints) -> Self:
        """The aim for some of the pairs."""
        return replace(self, gain=self.gain[chosen])


def aims_of(day: Day) -> tuple[Aim, ...]:
    """Locked; mutual wishes; participants with at least 1, 2, ... meetings; wishes by precedence; score with bonus.

    ``order = "score"`` leaves out whatever rests on wishes.
    """
    pairs = day.pairs
    by_startup, by_investor = pairs.startup_rank != NO_WISH, pairs.investor_rank != NO_WISH
    first = [Aim("locked", pairs.is_locked.astype(np.int64))]
    if day.order != "score":
        first.append(Aim("mutual", (by_startup & by_investor).astype(np.int64)))
    none = np.zeros(len(pairs), np.int64)
    first += [Aim(f"fewest_{k}", none, k) for k in range(1, int(day.fewest.max(initial=0)) + 1)]
    if day.order == "kotra":
        first += [
            Aim("investor_wishes", by_investor.astype(np.int64)),
            Aim("startup_wishes", by_startup.astype(np.int64)),
        ]
    elif day.order == "ranked":
        first.append(Aim("ranked_wishes", rank_points(pairs.startup_rank) + rank_points(pairs.investor_rank)))
    return (*first, Aim("score", pairs.score_units + bonus_units(day)))


def rank_points(ranks: Ints) -> Ints:
    """Points of wishes by their place: 10 for the first, one less for each further, at least 1; 0 without a wish."""
    return np.where(ranks == NO_WISH, 0, np.maximum(1, RANK_POINTS + 1 - ranks))


def count_meetings(day: Day, chosen: Ints | Mask) -> Ints:
    """(n,) meetings of each participant, if the `chosen` pairs meet."""
    n = len(day.most)
    return np.bincount(day.pairs.startup[chosen], minlength=n) + np.bincount(day.pairs.investor[chosen], minlength=n)


def reached(day: Day, aims: tuple[Aim, ...], chosen: Ints | Mask) -> tuple[int, ...]:
    """How far the `chosen` pairs reach each aim; for the fewest, what participants have beside them counts too."""
    n_meetings = day.n_had + count_meetings(day, chosen)
    return tuple(
        int(((day.fewest >= aim.fewest) & (n_meetings >= aim.fewest)).sum())
        if aim.fewest
        else int(aim.gain[chosen].sum())
        for aim in aims
    )


def most_meetings(day: Day) -> Ints:
    """(n,) the most of each participant; whoever has more locked meetings may have those: they were fixed by hand."""
    return np.maximum(day.most, count_meetings(day, day.pairs.is_locked))
