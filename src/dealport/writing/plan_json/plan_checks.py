"""What the parts of a ``plan.json`` say of each other: slots that are there, nobody in two places, times that agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dealport.market.problems import quoted
from dealport.model import Problem

if TYPE_CHECKING:
    from dealport.writing.plan_json import plan_shapes as shapes
    from dealport.writing.plan_json.event_shapes import EventShape

Fault = tuple[str, str, str]  # field, message, cure
AGAIN = "mend it, or write the plan again with `dealport plan`"
# Of the kinds of changes: whether the meeting stands in the plan before, and in this one.
SIDES_OF_CHANGE = {"added": (False, True), "dropped": (True, False)}


def plan_faults(shape: shapes.PlanShape, path: str) -> list[Problem]:
    """Every fault, in the order of the file."""
    checks: tuple[Callable[[shapes.PlanShape], Iterator[Fault]], ...] = (
        _event_faults,
        _attendee_faults,
        _meeting_faults,
        _clash_faults,
        _other_faults,
    )
    return [Problem(path, *fault) for check in checks for fault in check(shape)]


def _event_faults(shape: shapes.PlanShape) -> Iterator[Fault]:
    event = shape.event
    n_slots = len(event.slots)
    try:
        ZoneInfo(event.time_zone)
    except (KeyError, ValueError, OSError):
        yield "event.time_zone", f"unknown time zone {quoted(event.time_zone)}", "write an IANA name, like Asia/Seoul"
    for number, slot in enumerate(event.slots):
        where = f"event.slots[{number + 1}]"
        if slot.ends_at <= slot.starts_at:
            yield where, "ends before it begins", AGAIN
        if number and slot.starts_at <= event.slots[number - 1].starts_at:
            yield where, "does not begin after the slot before", AGAIN
    for number, closed in enumerate(event.closed):
        yield from _slot_faults(f"event.closed[{number + 1}].slot", (closed.slot,), n_slots)
    for number, absent in enumerate(event.absent):
        yield from _slot_faults(f"event.absent[{number + 1}].slots", absent.slots, n_slots)
    for number, lock in enumerate(event.locked):
        yield from _slot_faults(f"event.locked[{number + 1}].slot", () if lock.slot is None else (lock.slot,), n_slots)
    for number, one in enumerate(event.interpreters):
        if len(one.counts) != n_slots:
            message = f"has {len(one.counts)} numbers for {n_slots} slots"
            yield f"event.interpreters[{number + 1}].counts", message, "write one for each slot"
    for name in ("own_fewest", "own_most", "absent"):
        yield from _twice(f"event.{name}", ((one.side, one.id) for one in getattr(event, name)))
    yield from _twice("event.tables", event.tables)


def _attendee_faults(shape: shapes.PlanShape) -> Iterator[Fault]:
    yield from _twice("attendees", ((one.side, one.id) for one in shape.attendees))
    for number, one in enumerate(shape.attendees):
        yield from _slot_faults(f"attendees[{number + 1}].absent", one.absent, len(shape.event.slots))


def _meeting_faults(shape: shapes.PlanShape) -> Iterator[Fault]:
    event = shape.event
    known = {(one.side, one.id) for one in shape.attendees}
    for number, one in enumerate(shape.meetings):
        where = f"meetings[{number + 1}]"
        yield from _time_faults(where, one, event)
        if one.table not in event.tables:
            yield f"{where}.table", f"no table is called {quoted(one.table)}", "write one of event.tables"
        for side, person in (("startup", one.startup), ("investor", one.investor)):
            if (side, person.id) not in known:
                message = f"{quoted(person.id)} is no {side} among the attendees"
                yield f"{where}.{side}.id", message, "write the id of one of the attendees"
    for number, one in enumerate(shape.dropped):
        yield from _time_faults(f"dropped[{number + 1}]", one, event, is_old=True)
    for number, change in enumerate(shape.changes):
        where = f"changes[{number + 1}]"
        expected = SIDES_OF_CHANGE.get(change.kind, (True, True))
        if (change.before is not None, change.after is not None) != expected:
            yield where, f"before and after don't go with {quoted(change.kind)}", AGAIN
        for name, meeting in (("before", change.before), ("after", change.after)):
            if meeting is not None:
                yield from _time_faults(f"{where}.{name}", meeting, event, is_old=name == "before")


def _clash_faults(shape: shapes.PlanShape) -> Iterator[Fault]:
    """The same meeting twice, and who or what would be in two places at a time."""
    yield from _twice("meetings", (one.uid for one in shape.meetings))
    yield from _twice("dropped", (one.uid for one in shape.dropped))
    live = {one.uid for one in shape.meetings}
    for number, one in enumerate(shape.dropped):
        if one.uid in live:
            yield f"dropped[{number + 1}].uid", f"{quoted(one.uid)} is among the meetings too", "keep one"
    yield from _twice("meetings", ((one.startup.id, one.investor.id) for one in shape.meetings))
    taken: dict[tuple[str, str, int], int] = {}
    for number, one in enumerate(shape.meetings):
        uses = [("startup", one.startup.id), ("investor", one.investor.id), ("table", one.table)]
        uses += [("interpreter", one.interpreter)] if one.interpreter else []
        for kind, name in uses:
            for slot in dict.fromkeys(one.slots):
                first = taken.setdefault((kind, name, slot), number)
                if first != number:
                    message = f"{kind} {quoted(name)} is in meetings[{first + 1}] in slot {slot} already"
                    yield f"meetings[{number + 1}]", message, "move one of the two"


def _other_faults(shape: shapes.PlanShape) -> Iterator[Fault]:
    for number, short in enumerate(shape.short):
        for place, cause in enumerate(short.causes):
            where = f"short[{number + 1}].causes[{place + 1}].slots"
            yield from _slot_faults(where, cause.slots, len(shape.event.slots))
    for number, wish in enumerate(shape.unmet):
        if wish.asking.side == wish.asked.side:
            yield f"unmet[{number + 1}]", "a wish is between a startup and an investor", AGAIN


def _time_faults(where: str, one: shapes.MeetingShape, event: EventShape, *, is_old: bool = False) -> Iterator[Fault]:
    """Slots that are not there or don't follow each other, and times that are not those of the slots.

    What is old may have no slots: its time was one of the event as it stood before.
    """
    if not one.slots:
        if not is_old:
            yield f"{where}.slots", "no slot", "write the number of its slot"
        elif one.ends_at <= one.starts_at:
            yield f"{where}.ends_at", "ends before it begins", AGAIN
        return
    if faults := list(_slot_faults(f"{where}.slots", one.slots, len(event.slots))):
        yield from faults
        return
    if len(one.slots) == 2 and one.slots[1] != one.slots[0] + 1:
        yield f"{where}.slots", "two slots must follow each other", AGAIN
    times = event.slots[one.slots[0]].starts_at, event.slots[one.slots[-1]].ends_at
    for name, written, meant in zip(("starts_at", "ends_at"), (one.starts_at, one.ends_at), times, strict=True):
        if written != meant:
            message = f"says {written.isoformat()}, but its slots say {meant.isoformat()}"
            yield f"{where}.{name}", message, "to move a meeting, change its slots and both times"


def _slot_faults(where: str, slots: Iterable[int], n_slots: int) -> Iterator[Fault]:
    for slot in slots:
        if slot >= n_slots:
            yield where, f"there is no slot {slot}", f"the event has {n_slots} slots; they count from 0"


def _twice(where: str, names: Iterable[object]) -> Iterator[Fault]:
    """Faults of what may stand only once."""
    seen: dict[object, int] = {}
    for number, name in enumerate(names, start=1):
        if (first := seen.setdefault(name, number)) != number:
            yield f"{where}[{number}]", f"{quoted(name)} stands in {where}[{first}] already", "keep one"
