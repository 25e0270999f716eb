"""The program of a selection without time: which pairs meet, within everybody's most, tables and interpreters."""

from __future__ import annotations

import numpy as np

from dealport.meetings.day.aims import Aim, most_meetings
from dealport.meetings.day.arcs import Arcs, tie_breaks
from dealport.meetings.day.days import ANY, Day, Ints, Mask
from dealport.meetings.day.solving import NEARLY, SLACK, Answer, Floats, MatrixEntries, Program, whole_bound
from dealport.meetings.selection.crowding import Crowd, find_crowds

# Pairs to begin with: each participant's best few, beside all that are wished or locked. More are taken in as needed.
FIRST_PAIRS = 12
# Pairs taken in at a time, for each participant: enough for a few rounds to do.
MORE_PAIRS = 6
UNITS_PER_POINT = 100_000.0


class Choice:
    """A program that holds some of the pairs, and takes in others as soon as they could be worth it.

    Rows, in this order: the most of each participant; the slots in which each is there (they differ only where a
    meeting takes two); tables; interpreters; for whoever should have a number of meetings, a link from those to steps:
    columns that count the first, second, ... meeting; a row for each pair with several ways to meet, each crowd found,
    each aim reached.
    """

    def __init__(self, day: Day, aims: tuple[Aim, ...], open_slots: Mask) -> None:
        """The program of a day, nothing of its aims in it yet; `open_slots`: see `find_crowds`."""
        self.day, self.aims, self.ties = day, aims, tie_breaks(day)
        self.open_slots = open_slots
        self.crowds: list[tuple[Crowd, int]] = []  # each with the number of its row
        self.n, self.n_kinds = len(day.most), len(day.interpreters)
        self.program = Program(changes_gains=True)
        present = day.present.sum(axis=1)
        limits = [np.minimum(most_meetings(day), present), present, [day.tables.sum()], day.interpreters.sum(axis=1)]
        self.program.add_rows(*_at_most(np.concatenate(limits)))
        self.arcs = Arcs(np.empty(0, np.int64), np.empty(0, np.int64))
        self.arc_columns = np.empty(0, np.int64)
        self.taken = np.zeros(len(day.pairs), bool)
        self.all_arcs = Arcs.of(day.pairs)
        self._add_steps()
        self.take_in(self._first_pairs())

    def _add_steps(self) -> None:
        """Rows and columns that count first, second, ... meetings."""
        had = self.day.n_had
        missing = np.clip(self.day.fewest - had, 0, self.day.present.sum(axis=1))
        owner = np.flatnonzero(missing)
        self.link = np.full(self.n, ANY)
        self.link[owner] = self.program.n_rows + np.arange(len(owner))
        self.program.add_rows(*_at_most(np.zeros(len(owner))))
        who = np.repeat(owner, missing[owner])
        self.step = had[who] + np.arange(len(who)) - np.searchsorted(who, who) + 1
        self.step_columns = self.program.n_columns + np.arange(len(who))
        entries = MatrixEntries(self.link[who], np.arange(len(who)), np.ones(len(who)))
        self.program.add_columns(np.zeros(len(who)), np.ones(len(who)), entries)

    def _first_pairs(self) -> Mask:
        """Locked and wished ones, and the best few of each participant."""
        pairs, score = self.day.pairs, self.aims[-1].gain
        first = pairs.is_locked | (pairs.startup_rank > 0) | (pairs.investor_rank > 0)
        for side in (pairs.startup, pairs.investor):
            first |= best_of_each(side, score, FIRST_PAIRS)
        return first

    def take_in(self, chosen: Mask) -> None:
        """Put pairs into the program that are not in it yet."""
        self.taken |= chosen
        arcs = self.all_arcs.take(chosen[self.all_arcs.pair])
        several = np.flatnonzero(np.bincount(arcs.pair, minlength=len(chosen)) > 1)
        row_of = np.full(len(chosen), ANY)
        row_of[several] = self.program.n_rows + np.arange(len(several))
        self.program.add_rows(*_at_most(np.ones(len(several))))
        self.arc_columns = np.concatenate([self.arc_columns, self.program.n_columns + np.arange(len(arcs))])
        self.arcs = Arcs(np.concatenate([self.arcs.pair, arcs.pair]), np.concatenate([self.arcs.route, arcs.route]))
        parts = [self._entries(arcs), _where(row_of[arcs.pair], 1.0)]
        self.program.add_columns(np.zeros(len(arcs)), np.ones(len(arcs)), MatrixEntries.joined(parts))

    def _entries(self, arcs: Arcs) -> MatrixEntries:
        """What each way to meet takes of the rows."""
        day, n = self.day, self.n
        startup, investor = day.pairs.startup[arcs.pair], day.pairs.investor[arcs.pair]
        n_slots = day.pairs.n_slots[arcs.pair].astype(np.float64)
        tables = np.full(len(arcs), 2 * n)
        served = np.where(arcs.route == ANY, ANY, 2 * n + 1 + arcs.route)
        parts = [_where(side, 1.0) for side in (startup, investor)]
        parts += [_where(n + side, n_slots) for side in (startup, investor)]
        parts += [_where(tables, n_slots), _where(served, n_slots)]
        parts += [_where(self.link[side], -1.0) for side in (startup, investor)]
        parts += [_where(np.where(crowd.pairs[arcs.pair], row, ANY), n_slots) for crowd, row in self.crowds]
        return MatrixEntries.joined(parts)

    def gains(self, aim: Aim) -> Floats:
        """(c,) of an aim; scores in points, so that all numbers are of one size."""
        gains = np.zeros(self.program.n_columns)
        if aim.fewest:
            gains[self.step_columns[self.step == aim.fewest]] = 1.0
        else:
            gains[self.arc_columns] = aim.gain[self.arcs.pair] / aim_unit(aim)
        return gains

    def best(self, aim: Aim) -> Answer | None:
        """The best without whole numbers, no pair of the day left out that could add to it, and no crowd in it."""
        while True:
            self.program.set_gains(self.gains(aim))
            answer = self.program.solve()
            if answer is None:
                return None
            if self.keep_apart(answer):
                continue
            worth = np.where(self.taken, -np.inf, self.worth(aim, answer))
            if not (worth > NEARLY).any():
                return answer
            pairs = self.day.pairs
            more = best_of_each(pairs.startup, worth, MORE_PAIRS) | best_of_each(pairs.investor, worth, MORE_PAIRS)
            self.take_in(more & (worth > NEARLY))

    def keep_apart(self, answer: Answer) -> bool:
        """Add a row for each crowd of an answer; whether there was any."""
        found = False
        share = np.bincount(self.arcs.pair, answer.values[self.arc_columns], minlength=len(self.taken)).astype(
            np.float64
        )
        for crowd in find_crowds(self.day, self.open_slots, share):
            columns = np.flatnonzero(crowd.pairs[self.arcs.pair])
            n_slots = self.day.pairs.n_slots[self.arcs.pair[columns]].astype(np.float64)
            entries = MatrixEntries(np.zeros(len(columns), np.int64), self.arc_columns[columns], n_slots)
            self.crowds.append((crowd, self.program.n_rows))
            self.program.add_rows(*_at_most(np.array([crowd.n_slots])), entries)
            found = True
        return found

    def forget(self, n_crowds: int) -> None:
        """Let go of all crowds but the first."""
        for _, row in self.crowds[n_crowds:]:
            self.program.lift(row)
        del self.crowds[n_crowds:]

    def worth(self, aim: Aim, answer: Answer) -> Floats:
        """(p,) what each pair would add at the prices of the rows; one above 0 should be in the program."""
        arcs, price = self.all_arcs, answer.prices
        entries = self._entries(arcs)
        cost = np.bincount(entries.columns, entries.values * price[entries.rows], minlength=len(arcs))
        worth = np.full(len(self.taken), -np.inf)
        gain = np.zeros(len(arcs)) if aim.fewest else aim.gain[arcs.pair] / aim_unit(aim)
        np.maximum.at(worth, arcs.pair, gain - cost)
        worth[self.taken] = -np.inf  # theirs rest on rows that the others are not in
        np.maximum.at(worth, self.arcs.pair, answer.reduced[self.arc_columns])
        return worth

    def keep(self, aim: Aim, value: int) -> None:
        """From now on, an aim reaches at least a value."""
        gains = self.gains(aim)
        columns = np.flatnonzero(gains)
        entries = MatrixEntries(np.zeros(len(columns), np.int64), columns, gains[columns])
        slack = 0.5 / UNITS_PER_POINT if aim_unit(aim) > 1 else SLACK
        self.program.add_rows(np.array([value / aim_unit(aim) - slack]), np.array([np.inf]), entries)

    def free(self) -> None:
        """No column is fixed any more."""
        self.program.set_limits(np.zeros(self.program.n_columns), np.ones(self.program.n_columns))

    def whole(self) -> Mask:
        """(c,) ways to meet are taken or not; steps follow by themselves."""
        whole = np.zeros(self.program.n_columns, bool)
        whole[self.arc_columns] = True
        return whole

    def chosen(self, answer: Answer) -> Arcs:
        """The ways to meet that an answer in whole numbers takes, by pair."""
        arcs = self.arcs.take(answer.values[self.arc_columns] > 0.5)
        return arcs.take(np.argsort(arcs.pair, kind="stable"))


def aim_unit(aim: Aim) -> float:
    """How many units of an aim one unit of its program is: scores are programmed in points."""
    return UNITS_PER_POINT if aim.name == "score" else 1.0


def aim_bound(aim: Aim, answer: Answer) -> int:
    """What no selection can pass, by the best without whole numbers."""
    return whole_bound(answer.bound * aim_unit(aim))


def best_of_each(side: Ints, worth: Ints | Floats, k: int) -> Mask:
    """(p,) the k pairs worth most of each participant of a side; ties by number."""
    order = np.lexsort((-worth, side))
    starts = np.searchsorted(side[order], side[order])
    best = np.zeros(len(side), bool)
    best[order[np.arange(len(side)) - starts < k]] = True
    return best


def _at_most(limits: Floats | Ints) -> tuple[Floats, Floats]:
    """Limits of rows that have no lower one."""
    return np.full(len(limits), -np.inf), np.asarray(limits, dtype=np.float64)


def _where(rows: Ints, values: Floats | float) -> MatrixEntries:
    """An entry in each column, but where its row is ANY."""
    columns = np.flatnonzero(rows != ANY)
    return MatrixEntries(rows[columns], columns, np.broadcast_to(np.asarray(values, np.float64), rows.shape)[columns])
