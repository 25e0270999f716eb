"""What a timetable must keep, looked at meeting by meeting in plain Python; the planner shares its records alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dealport.meetings.day.days import ANY, NO_WISH, Day, Ints, Timetable


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, with all the slots that it takes."""

    pair: int
    who: tuple[int, int]
    slots: tuple[int, ...]
    table: int
    route: int


def broken(day: Day, timetable: Timetable, bonus: Ints | None = None) -> list[str]:
    """What is wrong, a sentence each; the levels are looked at only where their `bonus` (p,) is given."""
    wrong = [*_malformed(day, timetable)]
    if wrong:
        return wrong
    held = meetings_of(day, timetable)
    wrong = [sentence for rule in RULES for sentence in rule(day, held)]
    return wrong if bonus is None else [*wrong, *_miscounted(day, timetable, bonus)]


def meetings_of(day: Day, timetable: Timetable) -> list[Held]:
    """The meetings as they stand in the timetable, which must be well formed."""
    columns = timetable.pair, timetable.slot, timetable.table, timetable.route
    return [
        Held(
            pair,
            (int(day.pairs.startup[pair]), int(day.pairs.investor[pair])),
            tuple(range(slot, slot + int(day.pairs.n_slots[pair]))),
            table,
            route,
        )
        for pair, slot, table, route in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _malformed(day: Day, timetable: Timetable) -> Iterator[str]:
    """Numbers that name nothing of the day; nothing else can be looked at then."""
    lengths = {len(getattr(timetable, name)) for name in ("pair", "slot", "table", "route")}
    if len(lengths) > 1:
        yield f"columns of different lengths {sorted(lengths)}"
        return
    n_tables, n_kinds = day.tables.shape[1], len(day.interpreters)
    for row in range(len(timetable)):
        pair, slot, table, route = (int(getattr(timetable, name)[row]) for name in ("pair", "slot", "table", "route"))
        if not 0 <= pair < len(day.pairs):
            yield f"meeting {row}: no pair {pair} on this day"
        elif not 0 <= slot <= day.n_slots - int(day.pairs.n_slots[pair]):
            yield f"meeting {row}: no slot {slot} on this day, or it does not end with the day"
        if not 0 <= table < n_tables:
            yield f"meeting {row}: no table {table} on this day"
        if route != ANY and not 0 <= route < n_kinds:
            yield f"meeting {row}: no kind {route} of interpreters on this day"


def _met_twice(day: Day, held: list[Held]) -> Iterator[str]:
    for pair, times in Counter(one.pair for one in held).items():
        if times > 1:
            yield f"pair {pair} meets {times} times"


def _away(day: Day, held: list[Held]) -> Iterator[str]:
    for one in held:
        for person in one.who:
            for slot in one.slots:
                if not day.present[person, slot]:
                    yield f"participant {person} is away in slot {slot} of pair {one.pair}"


def _in_two_places(day: Day, held: list[Held]) -> Iterator[str]:
    for (person, slot), times in Counter((p, s) for one in held for p in one.who for s in one.slots).items():
        if times > 1:
            yield f"participant {person} has {times} meetings in slot {slot}"


def _too_many(day: Day, held: list[Held]) -> Iterator[str]:
    """More than the most; whoever has more locked pairs than that may have those."""
    pairs = zip(day.pairs.startup.tolist(), day.pairs.investor.tolist(), day.pairs.is_locked.tolist(), strict=True)
    locked = Counter(person for startup, investor, is_locked in pairs if is_locked for person in (startup, investor))
    for person, times in Counter(p for one in held for p in one.who).items():
        if times > max(int(day.most[person]), locked[person]):
            yield f"participant {person} has {times} meetings, most {day.most[person]}, locked {locked[person]}"


def _tables(day: Day, held: list[Held]) -> Iterator[str]:
    for (slot, table), times in Counter((slot, one.table) for one in held for slot in one.slots).items():
        if not day.tables[slot, table]:
            yield f"table {table} is not to be had in slot {slot}"
        if times > 1:
            yield f"table {table} holds {times} meetings in slot {slot}"


def _torn(day: Day, held: list[Held]) -> Iterator[str]:
    """A double must not go over a break."""
    for one in held:
        for slot in one.slots[:-1]:
            if not day.follows[slot]:
                yield f"pair {one.pair} meets over the break after slot {slot}"


def _wrong_interpreter(day: Day, held: list[Held]) -> Iterator[str]:
    for one in held:
        routes = [route for route, serves in enumerate(day.pairs.routes[one.pair].tolist()) if serves]
        if not day.pairs.needs_interpreter[one.pair]:
            if one.route != ANY:
                yield f"pair {one.pair} has an interpreter without need"
        elif one.route == ANY:
            if routes or not day.pairs.is_locked[one.pair]:  # a locked pair that nobody can serve meets without
                yield f"pair {one.pair} lacks an interpreter"
        elif one.route not in routes:
            yield f"pair {one.pair} has an interpreter that can't serve it, of kind {one.route}"


def _interpreters(day: Day, held: list[Held]) -> Iterator[str]:
    at_work = Counter((one.route, slot) for one in held if one.route != ANY for slot in one.slots)
    for (route, slot), times in at_work.items():
        if times > day.interpreters[route, slot]:
            yield f"{times} interpreters of kind {route} in slot {slot}, there are {day.interpreters[route, slot]}"


def _unlocked(day: Day, held: list[Held]) -> Iterator[str]:
    for one in held:
        slot, table = int(day.pairs.locked_slot[one.pair]), int(day.pairs.locked_table[one.pair])
        if slot not in (ANY, one.slots[0]):
            yield f"pair {one.pair} is locked to slot {slot}, not {one.slots[0]}"
        if table not in (ANY, one.table):
            yield f"pair {one.pair} is locked to table {table}, not {one.table}"


def _out_of_order(day: Day, held: list[Held]) -> Iterator[str]:
    places = [(one.slots[0], one.pair) for one in held]
    if places != sorted(places):
        yield "meetings are not by slot, then pair"


Rule = Callable[[Day, list[Held]], Iterator[str]]
RULES: tuple[Rule, ...] = (
    _met_twice,
    _away,
    _in_two_places,
    _too_many,
    _tables,
    _torn,
    _wrong_interpreter,
    _interpreters,
    _unlocked,
    _out_of_order,
)


def level_values(day: Day, met: list[int], bonus: Ints) -> dict[str, int]:
    """Every level by its name, in the order of the levels, if the pairs of these numbers meet."""
    pairs = day.pairs
    by_startup = {pair for pair in met if pairs.startup_rank[pair] != NO_WISH}
    by_investor = {pair for pair in met if pairs.investor_rank[pair] != NO_WISH}
    n_meetings = Counter(person for pair in met for person in (int(pairs.startup[pair]), int(pairs.investor[pair])))
    values = {"locked": sum(bool(pairs.is_locked[pair]) for pair in met)}
    if day.order != "score":
        values["mutual"] = len(by_startup & by_investor)
    fewest = [int(k) for k in day.fewest]
    for k in range(1, max(fewest, default=0) + 1):
        values[f"fewest_{k}"] = sum(mine >= k and n_meetings[person] >= k for person, mine in enumerate(fewest))
    if day.order == "kotra":
        values |= {"investor_wishes": len(by_investor), "startup_wishes": len(by_startup)}
    elif day.order == "ranked":
        ranks = [int(pairs.startup_rank[pair]) for pair in by_startup]
        ranks += [int(pairs.investor_rank[pair]) for pair in by_investor]
        values["ranked_wishes"] = sum(max(1, 11 - rank) for rank in ranks)
    extra = 0 if day.order == "score" else sum(int(bonus[pair]) for pair in met)
    return values | {"score": sum(int(pairs.score_units[pair]) for pair in met) + extra}


def _miscounted(day: Day, timetable: Timetable, bonus: Ints) -> Iterator[str]:
    counted = level_values(day, timetable.pair.tolist(), bonus)
    names = [level.name for level in timetable.levels]
    if names != list(counted):
        yield f"levels {names} should be {list(counted)}"
    all_reached = True  # a later level may pass its own bound where an earlier one is below its bound
    for level in timetable.levels:
        if level.value != counted.get(level.name, level.value):
            yield f"level {level.name} says {level.value}, counted {counted[level.name]}"
        if all_reached and level.value > level.bound:
            yield f"level {level.name} passes its bound: {level.value} > {level.bound}"
        all_reached &= level.value >= level.bound
