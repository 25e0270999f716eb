"""A meeting day as arrays: who is there when, what the house has, which pairs may meet and how much they are wanted."""

from __future__ import annotations

from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dealport.meetings.event.events import Order

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

ANY = -1  # no slot, table or interpreter in particular
NO_WISH = 0


class Pairs(Struct, frozen=True, eq=False):
    """Pairs that may meet, p of them, by startup, then investor.

    Attributes:
        startup, investor: (p,) numbers of the participants; those of investors follow those of startups.
        score_units: (p,) in units of 0.00001 point.
        startup_rank, investor_rank: (p,) the other's place in the startup's and the investor's wishes, from 1; NO_WISH.
        n_slots: (p,) slots in a row that a meeting takes: 1 or 2.
        needs_interpreter: (p,) whether they share no language.
        routes: (p, l) which interpreters can serve the pair; none where it needs none.
        is_locked: (p,) fixed by hand; locked_slot, locked_table: (p,) where and when, else ANY.
    """

    startup: Ints
    investor: Ints
    score_units: Ints
    startup_rank: Ints
    investor_rank: Ints
    n_slots: Ints
    needs_interpreter: Mask
    routes: Mask
    is_locked: Mask
    locked_slot: Ints
    locked_table: Ints

    def __len__(self) -> int:
        return len(self.startup)

    def take(self, chosen: Ints | Mask) -> Self:
        """Some of them."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in self.__struct_fields__})


class Day(Struct, frozen=True, eq=False):
    """n participants, startups first, each side by id; t slots, b tables, l kinds of interpreters, p pairs.

    Attributes:
        present: (n, t) who is there when.
        most, fewest: (n,) meetings a participant may have and should have.
        tables: (t, b) which table is to be had when.
        interpreters: (l, t) how many there are at a time.
        follows: (t,) whether the next slot comes right after this one, so that a meeting can take both.
        pairs: Those that may meet: open, not met before, with an interpreter where they need one; and the locked ones.
        had: (n,) meetings each participant has beside these, counted for the fewest but not for the most; None: none.
    """

    n_startups: int
    present: Mask
    most: Ints
    fewest: Ints
    tables: Mask
    interpreters: Ints
    follows: Mask
    pairs: Pairs
    order: Order = "kotra"
    had: Ints | None = None

    @property
    def n_had(self) -> Ints:
        """(n,) what each participant has beside these pairs."""
        return np.zeros(len(self.most), np.int64) if self.had is None else self.had

    @property
    def n_slots(self) -> int:
        """How many slots the day has (t)."""
        return int(self.present.shape[1])


class Level(Struct, frozen=True):
    """One aim of the selection, in its order, and how far it was reached.

    Attributes:
        name: ``kept`` and ``unmoved`` (meetings of a plan before), ``locked``, ``mutual``, ``fewest_<k>``,
            ``investor_wishes``, ``startup_wishes``, ``ranked_wishes`` or ``score``.
        value: What the plan reaches: meetings, participants, points of ranks; ``score`` in units of 0.00001 point,
            the bonus for redirected wishes included.
        bound: What no plan can pass that reaches the bounds of the levels before. Most bounds are without time and may
            be out of reach; where one is, a later level may pass its own.
    """

    name: str
    value: int
    bound: int


class Timetable(Struct, frozen=True, eq=False):
    """Meetings, m of them, by slot, then pair.

    Attributes:
        pair: (m,) numbers of pairs of the day.
        slot: (m,) number of the (first) slot.
        table: (m,) number of the table.
        route: (m,) number of the kind of interpreter, ANY where none is needed.
        levels: The aims, in their order.
    """

    pair: Ints
    slot: Ints
    table: Ints
    route: Ints
    levels: tuple[Level, ...] = ()

    def __len__(self) -> int:
        return len(self.pair)
