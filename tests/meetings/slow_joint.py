"""The best any timetable of a small day reaches: one exact program of all meetings at all times, level by level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import highspy
import numpy as np

from dealport.meetings.day.days import ANY, NO_WISH, Day, Ints

UNITS = 100  # scores are programmed in steps of 0.001 point: HiGHS keeps its rows within 1e-6 of numbers near 1
Terms = dict[int, float]  # column to factor


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hold a meeting; `tables` is a class of tables, ANY where any table that is left will do."""

    pair: int
    slot: int
    route: int
    tables: int


@dataclass(slots=True)
class Program:
    """Columns of 0 or 1 and rows over them."""

    n_columns: int = 0
    rows: list[tuple[float, Terms, float]] = field(default_factory=list)

    def at_most(self, terms: Terms, limit: float) -> None:
        """A row with an upper limit."""
        if terms:
            self.rows.append((-highspy.kHighsInf, terms, limit))

    def at_least(self, terms: Terms, limit: float) -> None:
        """A row with a lower limit."""
        if terms:
            self.rows.append((limit, terms, highspy.kHighsInf))

    def best(self, gains: Terms) -> list[int]:
        """The columns that are 1 where the gains, whole numbers of 1 / UNITS, sum up to the most.

        No start is given: HiGHS 1.16 may then say "optimal" and give the start itself, though it found a better one.
        """
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5 / UNITS}
        for name, value in options.items():
            _must(highs.setOptionValue(name, value))
        _must(highs.passModel(self._model(gains)))
        _must(highs.run())
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {highs.getModelStatus()}")
        chosen = [column for column, value in enumerate(highs.getSolution().col_value) if value > 0.5]
        self._check(chosen, sum(gains.get(column, 0.0) for column in chosen), highs.getInfo().objective_function_value)
        return chosen

    def _check(self, chosen: list[int], objective: float, said: float) -> None:
        """Count again what HiGHS says, in whole numbers."""
        ones = set(chosen)
        sums = [sum(factor for column, factor in terms.items() if column in ones) for _, terms, _ in self.rows]
        keeps = all(low <= total <= high for (low, _, high), total in zip(self.rows, sums, strict=True))
        if not keeps or abs(objective - said) > 0.5 / UNITS:
            raise RuntimeError(f"HiGHS says {said}, its columns give {objective} or break a row")

    def _model(self, gains: Terms) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.n_columns, len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.array([gains.get(column, 0.0) for column in range(self.n_columns)])
        model.col_lower_, model.col_upper_ = np.zeros(self.n_columns), np.ones(self.n_columns)
        model.integrality_ = [highspy.HighsVarType.kInteger] * self.n_columns
        model.row_lower_ = np.array([low for low, _, _ in self.rows])
        model.row_upper_ = np.array([high for _, _, high in self.rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = self.n_columns, len(self.rows)
        matrix.start_ = np.cumsum([0, *(len(terms) for _, terms, _ in self.rows)])
        matrix.index_ = np.array([column for _, terms, _ in self.rows for column in terms], np.int32)
        matrix.value_ = np.array([factor for _, terms, _ in self.rows for factor in terms.values()])
        return model


def best_levels(day: Day, bonus: Ints) -> dict[str, int]:
    """Every level by its name in their order, each as high as any timetable gets that keeps those before."""
    ways = list(_ways(day, _table_classes(day)))
    program = Program(n_columns=len(ways))
    _add_house(program, day, ways)
    steps = _add_steps(program, day, ways)
    values = {}
    for name, units in _levels(day, bonus).items():
        if name.startswith("fewest_"):
            k = int(name.removeprefix("fewest_"))
            gains = {column: 1.0 for (_, step), column in steps.items() if step == k}
        else:
            gains = {c: float(units[way.pair]) for c, way in enumerate(ways) if units.get(way.pair)}
        scale = UNITS if name == "score" else 1
        chosen = program.best({column: gain / scale for column, gain in gains.items()}) if gains else []
        values[name] = round(sum(gains.get(column, 0.0) for column in chosen))
        program.at_least(gains, values[name] - 0.5)
    return values


def _levels(day: Day, bonus: Ints) -> dict[str, dict[int, int]]:
    """What each pair adds to each level; nothing where participants are counted."""
    pairs, numbers = day.pairs, range(len(day.pairs))
    startup_rank, investor_rank = pairs.startup_rank.tolist(), pairs.investor_rank.tolist()
    is_locked, score = pairs.is_locked.tolist(), pairs.score_units.tolist()
    by_startup = {pair: 1 for pair in numbers if startup_rank[pair] != NO_WISH}
    by_investor = {pair: 1 for pair in numbers if investor_rank[pair] != NO_WISH}
    levels: dict[str, dict[int, int]] = {"locked": {pair: 1 for pair in numbers if is_locked[pair]}}
    if day.order != "score":
        levels["mutual"] = {pair: 1 for pair in by_startup if pair in by_investor}
    levels |= {f"fewest_{k}": {} for k in range(1, max(day.fewest.tolist(), default=0) + 1)}
    if day.order == "kotra":
        levels |= {"investor_wishes": by_investor, "startup_wishes": by_startup}
    if day.order == "ranked":
        ranks = ([rank for rank in one if rank != NO_WISH] for one in zip(startup_rank, investor_rank, strict=True))
        levels["ranked_wishes"] = {pair: sum(max(1, 11 - rank) for rank in mine) for pair, mine in enumerate(ranks)}
    extra = [0] * len(pairs) if day.order == "score" else bonus.tolist()
    levels["score"] = {pair: score[pair] + extra[pair] for pair in numbers}
    return levels


def _table_classes(day: Day) -> list[list[int]]:
    """Tables with the same hours together, one that a meeting is locked to alone.

    A meeting that keeps a table for two slots, or is locked to one, takes from a class with room; the class can then be
    shared out by table, as its meetings are intervals. All others take what is left in their slot.
    """
    locked = set(day.pairs.locked_table.tolist()) - {ANY}
    classes: dict[object, list[int]] = defaultdict(list)
    for table in range(day.tables.shape[1]):
        hours = tuple(day.tables[:, table].tolist())
        classes[table if table in locked else hours].append(table)
    return list(classes.values())


def _ways(day: Day, classes: list[list[int]]) -> Iterator[Way]:
    """All ways to hold each meeting that people and tables allow."""
    pairs = day.pairs
    for pair in range(len(pairs)):
        people, length = [int(pairs.startup[pair]), int(pairs.investor[pair])], int(pairs.n_slots[pair])
        routes = np.flatnonzero(pairs.routes[pair]).tolist() or [ANY]
        locked_slot, locked_table = int(pairs.locked_slot[pair]), int(pairs.locked_table[pair])
        for slot in range(day.n_slots - length + 1):
            slots = list(range(slot, slot + length))
            if not day.present[np.ix_(people, slots)].all() or not day.follows[slots[:-1]].all():
                continue
            if locked_slot not in (ANY, slot):
                continue
            kinds = [number for number, tables in enumerate(classes) if day.tables[slots, tables[0]].all()]
            if locked_table != ANY:
                kinds = [number for number in kinds if classes[number] == [locked_table]]
            elif length == 1:
                kinds = [ANY]
            yield from (Way(pair, slot, route, kind) for route in routes for kind in kinds)


def _add_house(program: Program, day: Day, ways: list[Way]) -> None:
    """Rows: each pair once, nobody in two places, the most of each, tables, interpreters."""
    pairs, classes = day.pairs, _table_classes(day)
    taken: dict[tuple[str, int, int], Terms] = defaultdict(dict)
    for column, way in enumerate(ways):
        people = int(pairs.startup[way.pair]), int(pairs.investor[way.pair])
        taken["pair", way.pair, 0][column] = 1
        for person in people:
            taken["most", person, 0][column] = 1
        for slot in range(way.slot, way.slot + int(pairs.n_slots[way.pair])):
            for person in people:
                taken["person", person, slot][column] = 1
            taken["table", 0, slot][column] = 1
            if way.tables != ANY:
                taken["class", way.tables, slot][column] = 1
            if way.route != ANY:
                taken["interpreter", way.route, slot][column] = 1
    for (what, which, slot), terms in taken.items():
        limit = 1
        if what == "most":
            n_locked = int(pairs.is_locked[(pairs.startup == which) | (pairs.investor == which)].sum())
            limit = max(int(day.most[which]), n_locked)
        elif what == "table":
            limit = int(day.tables[slot].sum())
        elif what == "class":
            limit = len(classes[which])
        elif what == "interpreter":
            limit = int(day.interpreters[which, slot])
        program.at_most(terms, limit)


def _add_steps(program: Program, day: Day, ways: list[Way]) -> dict[tuple[int, int], int]:
    """Columns that are 1 if a participant has at least k meetings, by participant and k, up to its fewest."""
    steps = {}
    for person, fewest in enumerate(day.fewest.tolist()):
        own = [
            column
            for column, way in enumerate(ways)
            if person in (day.pairs.startup[way.pair], day.pairs.investor[way.pair])
        ]
        for k in range(1, fewest + 1 if own else 1):
            steps[person, k] = program.n_columns
            program.n_columns += 1
            if k > 1:
                program.at_most({steps[person, k]: 1, steps[person, k - 1]: -1}, 0)
        mine = [column for (who, _), column in steps.items() if who == person]
        program.at_most(_joined((mine, 1), (own, -1)) if mine else {}, 0)
    return steps


def _joined(*parts: tuple[Iterable[int], float]) -> Terms:
    return {column: factor for columns, factor in parts for column in columns}


def _must(status: highspy.HighsStatus) -> None:
    """Every call can fail, and then leaves an empty answer; a warning counts as a failure too."""
    if status != highspy.HighsStatus.kOk:
        raise RuntimeError(f"HiGHS said {status}")
