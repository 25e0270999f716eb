"""A plan that follows another: what became of each meeting, with UIDs and sequences that calendars take for news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from dealport.meetings.day.plans import Change, ChangeKind, Meeting, Plan
from dealport.meetings.event.events import Event, IdPair, Slot
from dealport.meetings.replanning.kept_labels import Stayed, keep_labels
from dealport.meetings.reporting.plan_totals import table_changes
from dealport.meetings.reporting.reporting import in_order, in_zone

_ByPair = Mapping[IdPair, Meeting]


def with_history(plan: Plan, previous: Plan, at: datetime) -> Plan:
    """The plan as it follows a `previous` one at a moment: table, interpreter, UID and sequence of each meeting.

    Meetings are the same if their pair is, and were moved if their times differ, whatever the slots are called: an
    event may have been put off. What has begun before `at` keeps table and interpreter; all others do, where these are
    to be had. Whatever is no more is in `dropped` as it stood last, but for meetings that had begun: those were held.
    A plan of an event with another name is no forerunner: nothing is taken from it.
    """
    event, moment = plan.event, in_zone(at, plan.event)
    if not is_same_event(event, previous.event):
        return replace(plan, stamped_at=moment)
    was = {one.pair: brought(one, previous.event, event) for one in previous.meetings}
    gone = {one.pair: brought(one, previous.event, event) for one in previous.dropped}
    stayed = {
        one.pair: Stayed(before, is_past=_begun(before, event, moment))
        for one in plan.meetings
        if (before := was.get(one.pair)) is not None and _moments(before, event) == _moments(one, event)
    }
    meetings = tuple(_followed(one, was, gone, event) for one in keep_labels(plan.meetings, event, stayed))
    is_here = {one.pair for one in meetings}
    dropped = [_raised(one) for one in was.values() if one.pair not in is_here and not _begun(one, event, moment)]
    earlier = [one for one in gone.values() if one.pair not in is_here and one.pair not in was]
    return replace(
        plan,
        meetings=in_order(meetings, event),
        figures=replace(plan.figures, n_table_changes=table_changes(meetings)),
        dropped=tuple(sorted([*dropped, *earlier], key=lambda one: one.uid)),
        changes=_changes(was, meetings, dropped, event),
        stamped_at=moment,
    )


def is_same_event(event: Event, other: Event) -> bool:
    """Whether two plans are of one event: its name tells it, as it may be put off to another day or place."""
    return event.name == other.name


def brought(meeting: Meeting, old: Event, event: Event) -> Meeting:
    """A meeting of a plan before with the slots of the event as it is now, or its old time where these are none."""
    begin, end = _moments(meeting, old)
    begins = {slot.starts_at.timestamp(): number for number, slot in enumerate(event.slots)}
    first = begins.get(begin, len(event.slots))
    for number in (first, first + 1):
        if number < len(event.slots) and event.slots[number].ends_at.timestamp() == end:
            return replace(meeting, slots=tuple(range(first, number + 1)), old_time=None)
    time = meeting.time(old)
    return replace(meeting, slots=(), old_time=Slot(in_zone(time.starts_at, event), in_zone(time.ends_at, event)))


def _followed(meeting: Meeting, was: _ByPair, gone: _ByPair, event: Event) -> Meeting:
    """The meeting with the UID it had, and a sequence that says whether it is other than it was."""
    before, last = was.get(meeting.pair), gone.get(meeting.pair)
    if before is not None:
        is_other = _difference(before, meeting, event) is not None
        return replace(meeting, uid=before.uid, sequence=before.sequence + is_other)
    return meeting if last is None else replace(meeting, uid=last.uid, sequence=last.sequence + 1)


def _changes(was: _ByPair, meetings: Iterable[Meeting], dropped: Iterable[Meeting], event: Event) -> tuple[Change, ...]:
    """Every meeting that is new, gone or other than it was, by UID."""
    changes = {one.uid: Change("dropped", was[one.pair], None) for one in dropped}
    for one in meetings:
        before = was.get(one.pair)
        if kind := "added" if before is None else _difference(before, one, event):
            changes[one.uid] = Change(kind, before, one)
    return tuple(changes[uid] for uid in sorted(changes))


def _difference(before: Meeting, after: Meeting, event: Event) -> ChangeKind | None:
    """The weightiest difference; None: calendars need no news."""
    if _moments(before, event) != _moments(after, event):
        return "moved"
    if before.table != after.table:
        return "table"
    return "interpreter" if before.interpreter != after.interpreter else None


def _raised(meeting: Meeting) -> Meeting:
    return replace(meeting, sequence=meeting.sequence + 1)


def _begun(meeting: Meeting, event: Event, moment: datetime) -> bool:
    return _moments(meeting, event)[0] < moment.timestamp()


def _moments(meeting: Meeting, event: Event) -> tuple[float, float]:
    """Beginning and end; clocks of one zone alone don't tell which is the later."""
    time = meeting.time(event)
    return time.starts_at.timestamp(), time.ends_at.timestamp()
