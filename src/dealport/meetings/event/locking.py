"""Meetings fixed by hand, and whether they can be held: who is there then, which tables are to be had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dealport.market.participants import Participants
from dealport.market.problems import quoted
from dealport.meetings.event.events import IdPair, Key, Lock
from dealport.meetings.event.guests import read_named_pair
from dealport.meetings.event.rooms import find_table
from dealport.meetings.event.slots import follows
from dealport.meetings.event.times import Span, clock_of, clock_text, span_of
from dealport.meetings.event.typed_tables import EventTable

_N_NEAR_SLOTS = 3


class Grounds(Struct, frozen=True):
    """What locks stand on; numbers of slots as in `events.Event`.

    Attributes:
        slots, tables: () where they are faulty: then nothing is said of them.
        doubles: Pairs that take two slots in a row.
    """

    slots: Sequence[Span]
    tables: Sequence[str]
    closed: frozenset[tuple[int, str]]
    absent: Mapping[Key, frozenset[int]]
    doubles: frozenset[IdPair]

    def taken(self, pair: IdPair, slot: int) -> tuple[int, ...]:
        """Slots that a meeting takes from one on; () for two where the next does not follow."""
        if pair not in self.doubles:
            return (slot,)
        return (slot, slot + 1) if follows(self.slots)[slot] else ()

    def away(self, pair: IdPair, slots: Sequence[int]) -> tuple[Key, ...]:
        """Those of a pair who are not there all that time."""
        return tuple(key for key in _both(pair) if not self.absent.get(key, frozenset()).isdisjoint(slots))

    def is_open(self, table: str, slots: Sequence[int]) -> bool:
        """Whether a table is to be had all that time, "" for any; of faulty tables nothing is known."""
        named = [table] if table else self.tables
        return not self.tables or any(all((slot, one) not in self.closed for slot in slots) for one in named)


def read_locks(table: EventTable, whom: Participants, grounds: Grounds) -> tuple[Lock, ...]:
    """The ``[[locked]]`` tables in the order of the file; a fault for each that can't be held."""
    locks = _Locks(grounds)
    for one in table.tables("locked"):
        one.refuse_unknown()
        pair = read_named_pair(one, whom)
        slot = _slot_number(one, grounds.slots)
        name = one.text("table", '"3"', or_number=True)
        known = find_table(one, "table", name, grounds.tables) if name else ""
        if pair:
            locks.add(one, Lock(pair, slot, known))
    locks.check_sums(table)
    return tuple(locks.kept.values())


class _Locks:
    """Locks taken so far, to find those that clash. It grows: no frozen record."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self.kept: dict[IdPair, Lock] = {}
        self._tables: dict[IdPair, EventTable] = {}
        self._claims: dict[tuple[int, str, str], EventTable] = {}

    def add(self, table: EventTable, lock: Lock) -> None:
        """Take a lock, with a fault for whatever stands against it; a pair only once."""
        if lock.pair in self.kept:
            where = self._tables[lock.pair].place()
            table.fault("", f"the same pair is locked at {where} already", "keep one")
            return
        self.kept[lock.pair], self._tables[lock.pair] = lock, table
        if self.grounds.slots and lock.slot is None:
            self._check_any_slot(table, lock)
        elif lock.slot is not None:
            self._check_slot(table, lock, lock.slot)

    def check_sums(self, table: EventTable) -> None:
        """Faults of more locked meetings than somebody has slots, or than there are tables at one time."""
        grounds = self.grounds
        needed: Counter[Key] = Counter()
        at_once: Counter[int] = Counter()
        for pair, lock in self.kept.items():
            needed.update(dict.fromkeys(_both(pair), 2 if pair in grounds.doubles else 1))
            if lock.slot is not None:
                at_once.update(grounds.taken(pair, lock.slot))
        for key, count in sorted(needed.items()):
            there = len(grounds.slots) - len(grounds.absent.get(key, ()))
            if count > there > 0:  # with none at all each lock has its own fault
                told = f"the locked meetings of {quoted(key[1])} take {count} slots, and it is there for {there}"
                table.fault("locked", told, "unlock some")
        for slot, count in sorted(at_once.items()):
            n_open = sum((slot, one) not in grounds.closed for one in grounds.tables)
            if count > n_open > 0:
                at = clock_text(grounds.slots[slot][0])
                tables = "1 table is" if n_open == 1 else f"{n_open} tables are"
                told = f"{count} meetings are locked at {at}, and {tables} open then"
                table.fault("locked", told, "lock some at another time")

    def _check_slot(self, table: EventTable, lock: Lock, slot: int) -> None:
        at = clock_text(self.grounds.slots[slot][0])
        slots = self.grounds.taken(lock.pair, slot)
        if not slots:
            table.fault("slot", f"the pair takes two slots, and none follows that of {at}", "lock another slot")
        for kind, name in self.grounds.away(lock.pair, slots):
            table.fault(kind, f"{quoted(name)} is away at {at}", "lock another slot, or mend the absence")
        if slots and not self.grounds.is_open(lock.table, slots):
            told = f"table {quoted(lock.table)} is closed" if lock.table else "every table is closed"
            table.fault("table" if lock.table else "slot", f"{told} at {at}", "lock another table or slot")
        for one in slots:
            self._claim(table, lock, one)

    def _claim(self, table: EventTable, lock: Lock, slot: int) -> None:
        """Both and the table belong to this lock in this slot; a fault where another has them."""
        at = clock_text(self.grounds.slots[slot][0])
        claims = [*_both(lock.pair), *([("table", lock.table)] if lock.table else [])]
        for what, name in claims:
            other = self._claims.setdefault((slot, what, name), table)
            if other is not table:
                who = f"table {quoted(name)}" if what == "table" else quoted(name)
                told = f"{who} has a locked meeting at {at} already, at {other.place()}"
                table.fault(what, told, "lock one of them at another time")

    def _check_any_slot(self, table: EventTable, lock: Lock) -> None:
        ways = [self.grounds.taken(lock.pair, slot) for slot in range(len(self.grounds.slots))]
        both = [slots for slots in ways if slots and not self.grounds.away(lock.pair, slots)]
        if not both:
            how = "are no two slots in a row" if lock.pair in self.grounds.doubles else "is no slot"
            table.fault("", f"there {how} in which both are there", "mend their absences, or unlock them")
        elif not any(self.grounds.is_open(lock.table, slots) for slots in both):
            told = f"table {quoted(lock.table)} is" if lock.table else "all tables are"
            table.fault("table", f"{told} closed whenever both are there", "lock another table")


def _both(pair: IdPair) -> tuple[Key, Key]:
    return ("startup", pair[0]), ("investor", pair[1])


def _slot_number(table: EventTable, slots: Sequence[Span]) -> int | None:
    """Number of the slot that is named by its beginning; None where none is named, with a fault if it is not there."""
    value = table.values.get("slot")
    if value is None:
        return None
    span = span_of(value)
    begin = span[0] if span else clock_of(value)
    if begin is None:
        table.wrong("slot", "the time at which a slot begins", value, 'write it as slot = "10:20"')
        return None
    begins = [one[0] for one in slots]
    if begin in begins:
        return begins.index(begin)
    if slots:
        near = sorted(sorted(begins, key=lambda one: (abs(one - begin), one))[:_N_NEAR_SLOTS])
        table.fault("slot", f"no slot begins at {clock_text(begin)}", f"near it: {', '.join(map(clock_text, near))}")
    return None
