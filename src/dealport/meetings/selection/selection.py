"""Which pairs meet, without time: aim after aim to its proven best, then the fixed tie-break."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from dealport.meetings.day.aims import Aim, reached
from dealport.meetings.day.arcs import Arcs
from dealport.meetings.day.days import Day, Level, Mask
from dealport.meetings.day.solving import NEARLY, Answer, Floats, whole_bound
from dealport.meetings.selection.choosing import UNITS_PER_POINT, Choice, aim_bound
from dealport.meetings.selection.first_aims import raise_first

# Pairs this far from being worth it, in points, are left out of the search for whole numbers, which proves it right.
FIRST_MARGIN = 1.0
# Wider it takes minutes at 900 people, to prove 20 points of 100,000.
MOST_MARGIN = 10.0
# Crowds of a selection in whole numbers are sought so often: those that are left, the placing meets.
MOST_ROUNDS = 4
# Tie-breaks are programmed in parts of this, as scores are in points.
TIES_PER_POINT = 1024.0


class Selection(Struct, frozen=True, eq=False):
    """Pairs chosen without time.

    Attributes:
        arcs: How each chosen pair meets, by pair.
        levels: The aims with what was reached and what can't be passed.
        worth: (p,) points a pair would add at the prices of the best selection: below 0, what it would cost.
    """

    arcs: Arcs
    levels: tuple[Level, ...]
    worth: Floats


def select_pairs(day: Day, aims: tuple[Aim, ...], open_slots: Mask) -> Selection:
    """The best pairs for every aim in its order; among equals the greatest sum of tie-breaks.

    The first aims are raised with time and all. Each other is first raised in fractions, whose bound nearly always is
    reached in whole numbers. If it is not, every aim is raised in whole numbers from the first on.
    """
    if not len(day.pairs):
        values = reached(day, aims, np.empty(0, np.int64))
        told = tuple(Level(aim.name, value, value) for aim, value in zip(aims, values, strict=True))
        return Selection(Arcs.of(day.pairs), told, np.empty(0))
    known = raise_first(day, aims)
    for in_whole in (False, True):
        choice = Choice(day, aims, open_slots)
        if found := _raise_all(choice, known, in_whole=in_whole):
            return found
    raise AssertionError("nobody meeting anybody keeps every row")


def score_bound(day: Day, aims: tuple[Aim, ...], open_slots: Mask) -> int:
    """What the score can't pass where only the locked meetings, caps, tables and interpreters count."""
    if not len(day.pairs):
        return 0
    choice = Choice(day, aims, open_slots)
    _raise(choice, aims[0], in_whole=False)
    best = choice.best(aims[-1])
    return aim_bound(aims[-1], best) if best else 0


def _raise_all(choice: Choice, known: dict[str, int], *, in_whole: bool) -> Selection | None:
    """Raise every aim; None where bounds of fractions are not reached together."""
    bounds = []
    for aim in choice.aims[:-1]:
        bound = known.get(aim.name)
        if bound is None:
            bound = _raise(choice, aim, in_whole=in_whole)
        else:
            choice.keep(aim, bound)
        if bound is None:
            return None
        bounds.append(bound)
    return _finish(choice, bounds)


def _raise(choice: Choice, aim: Aim, *, in_whole: bool) -> int | None:
    """Raise one aim and keep what it reaches; its bound, None where there is no answer."""
    if not aim.fewest and not aim.gain.any():
        return 0
    had = reached(choice.day, (aim,), np.empty(0, np.int64))[0]
    answer = choice.best(aim)
    if answer is None:
        return None
    bound = aim_bound(aim, answer)
    if in_whole:
        exact = choice.program.solve(whole=choice.whole())
        for _ in range(MOST_ROUNDS):
            if exact is None or not choice.keep_apart(exact):
                break
            exact = choice.program.solve(whole=choice.whole())
        if exact is None:
            return None
        choice.keep(aim, whole_bound(exact.objective))
        # Of the pairs in the program none does better; that of all pairs none does, only fractions prove.
        return had + bound
    choice.keep(aim, bound)
    return had + bound


def _finish(choice: Choice, bounds: list[int]) -> Selection | None:
    """The score in whole numbers with all the aims before kept, then the tie-break among its equals."""
    aim = choice.aims[-1]
    last: tuple[_Search, Answer, int] | None = None
    for _ in range(MOST_ROUNDS):
        n_crowds = len(choice.crowds)
        choice.free()
        best = choice.best(aim)
        search = _Search(choice, best, choice.worth(aim, best)) if best else None
        found = search.best_in_whole() if search else None
        if search is None or found is None:
            choice.forget(n_crowds)  # kept apart, they don't reach the aims before: let time see to it
            break
        last = search, *found
        if not choice.keep_apart(found[0]):
            break
    if last is None:
        return None
    search, answer, beyond = last
    arcs = choice.chosen(search.break_ties(answer) or answer)
    values = reached(choice.day, choice.aims, arcs.pair)
    told = zip(choice.aims, values, [*bounds, values[-1] + beyond], strict=True)
    return Selection(arcs, tuple(Level(one.name, value, max(value, bound)) for one, value, bound in told), search.worth)


class _Search:
    """The search for whole numbers around the best in fractions, pairs that cost too much left out."""

    def __init__(self, choice: Choice, best: Answer, worth: Floats) -> None:
        self.choice, self.best, self.worth = choice, best, worth
        self.reduced = best.reduced  # grows with the pairs taken in

    def best_in_whole(self) -> tuple[Answer, int] | None:
        """The best, the margin widened until no pair left out could add to it; and the units that it may still lack."""
        margin, found = FIRST_MARGIN, self.within(FIRST_MARGIN)
        if found is None:
            self.choice.free()
            found = self.choice.program.solve(whole=self.choice.whole(), step=1 / UNITS_PER_POINT)
        if found is None:
            return None
        while (gap := self.best.objective - found.objective) > margin - NEARLY and not self.holds_all(margin):
            if gap > MOST_MARGIN:
                return found, whole_bound(gap * UNITS_PER_POINT)
            margin = gap + NEARLY + margin  # a pair left out could make up for what it costs
            found = self.within(margin) or found
        return found, whole_bound((found.bound - found.objective) * UNITS_PER_POINT)

    def holds_all(self, margin: float) -> bool:
        """Whether no pair is left out or fixed at this margin."""
        return bool((np.abs(self.reduced) <= margin).all() and (self.worth >= -margin).all())

    def within(self, margin: float) -> Answer | None:
        """The best in whole numbers among the pairs that cost at most a margin."""
        self._leave_out(margin)
        return self.choice.program.solve(whole=self.choice.whole(), step=1 / UNITS_PER_POINT)

    def break_ties(self, found: Answer) -> Answer | None:
        """Of the selections with this score the one with the greatest sum of tie-breaks.

        None where equals can't be told from the rest by what they cost.
        """
        choice, gap = self.choice, self.best.objective - found.objective
        if gap > FIRST_MARGIN:
            return None
        choice.keep(choice.aims[-1], round(found.objective * UNITS_PER_POINT))
        self._leave_out(gap + NEARLY)
        gains = np.zeros(choice.program.n_columns)
        gains[choice.arc_columns] = choice.ties[choice.arcs.pair] / TIES_PER_POINT
        choice.program.set_gains(gains)
        return choice.program.solve(whole=choice.whole(), step=1 / TIES_PER_POINT)

    def _leave_out(self, margin: float) -> None:
        """Take in what costs less than a margin, leave out what costs more, keep what it costs more to do without."""
        choice = self.choice
        more = ~choice.taken & (self.worth >= -margin)
        n_arcs = len(choice.arcs)
        if more.any():
            choice.take_in(more)
        self.reduced = np.concatenate([self.reduced, self.worth[choice.arcs.pair[n_arcs:]]])
        upper = np.where(self.reduced < -margin, 0.0, 1.0)
        lower = np.where(self.reduced > margin, 1.0, 0.0)
        choice.program.set_limits(lower, upper)
