"""Crowds: more meetings of one participant than there are slots in which they could be."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from dealport.meetings.day.days import Day, Ints, Mask
from dealport.meetings.day.solving import NEARLY, Floats

# All sets of so many slots are looked through, 65,536 in a millisecond; whoever is there longer is hardly ever crowded.
MOST_SLOTS = 16


class Crowd(Struct, frozen=True, eq=False):
    """Slots of a participant that hold no more meetings than there are slots (Hall's condition, 1935).

    Attributes:
        who: The participant's number.
        pairs: (p,) its pairs that could meet in these slots alone.
        n_slots: How many they are.
    """

    who: int
    pairs: Mask
    n_slots: int


def find_crowds(day: Day, open_slots: Mask, share: Floats) -> list[Crowd]:
    """The worst crowd of each participant who has one, by number.

    `open_slots`: (p, t) slots that a meeting of each pair could take some of; `share`: (p,) how much of each pair is
    chosen, 0-1.
    """
    n_open, load = open_slots.sum(axis=1), share * day.pairs.n_slots
    crowds = []
    for side in (day.pairs.startup, day.pairs.investor):
        loads = np.bincount(side, load, minlength=len(day.most))
        # A crowd's pairs have fewer slots than the participant has meetings: nearly nobody's have.
        narrow = np.flatnonzero((share > NEARLY) & (n_open < loads[side]))
        order = narrow[np.argsort(side[narrow], kind="stable")]
        for group in np.split(order, np.flatnonzero(np.diff(side[order])) + 1):
            if len(group) and load[group].sum() > n_open[group].min() + NEARLY:
                crowd = _worst_crowd(side, group, open_slots, load)
                crowds += [crowd] if crowd else []
    return sorted(crowds, key=lambda crowd: crowd.who)


def _worst_crowd(side: Ints, group: Ints, open_slots: Mask, load: Floats) -> Crowd | None:
    """The set of slots that some of a participant's pairs, all in `group`, overfill most."""
    slots = np.flatnonzero(open_slots[group].any(axis=0))
    if len(slots) > MOST_SLOTS:
        return None
    bits = open_slots[:, slots] @ (1 << np.arange(len(slots)))
    # Sums over all subsets, slot by slot (the zeta transform; Yates 1937).
    over = np.zeros(1 << len(slots))
    np.add.at(over, bits[group], load[group])
    sizes = np.zeros(1 << len(slots))
    for place in range(len(slots)):
        halves, counts = over.reshape(-1, 2, 1 << place), sizes.reshape(-1, 2, 1 << place)
        halves[:, 1] += halves[:, 0]
        counts[:, 1] += 1
    worst = int(np.argmax(over - sizes))
    if over[worst] - sizes[worst] <= NEARLY:
        return None
    chosen = np.zeros(open_slots.shape[1], bool)
    chosen[slots[(worst >> np.arange(len(slots))) & 1 > 0]] = True
    who = int(side[group[0]])
    return Crowd(who, (side == who) & ~(open_slots & ~chosen).any(axis=1), int(chosen.sum()))
