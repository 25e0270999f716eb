"""The slots of a meeting day: listed one by one, or from when to when, how long, with which breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from dealport.meetings.event.events import Slot
from dealport.meetings.event.times import (
    WHOLE_DAY,
    Span,
    clock_fault,
    clock_of,
    clock_text,
    moment,
    read_clock,
    read_spans,
    span_of,
    span_text,
)
from dealport.meetings.event.typed_tables import EventTable

# A day of 24 hours has so many slots of five minutes; more are a slip of the pen.
MOST_SLOTS = 300
_MINUTES_MAX = WHOLE_DAY[1]
_FROM_TO = ("start", "end", "pause", "breaks")
_EXAMPLES = {"start": '"10:00"', "end": '"17:00"', "minutes": "20"}


def read_slots(table: EventTable) -> tuple[Span, ...]:
    """The slots in the order of time, none overlapping another; () with a fault where there are none."""
    if "slots" in table:
        for key in _FROM_TO:
            if key in table:
                table.fault(key, "counts for nothing beside a list of slots", "keep one of the two")
        return _listed_slots(table)
    return _made_slots(table)


def place_slots(table: EventTable, spans: Iterable[Span], day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The slots as moments; a fault for each that the clocks skip or go through twice, or change in."""
    slots = []
    key = "slots" if "slots" in table else "start"
    for span in spans:
        starts_at, ends_at = moment(day, span[0], zone), moment(day, span[1], zone)
        fault = clock_fault(day, span[0], zone) or clock_fault(day, span[1], zone)
        if not fault and starts_at.utcoffset() != ends_at.utcoffset():
            fault = f"the clocks change between {clock_text(span[0])} and {clock_text(span[1])} on {day} in {zone.key}"
        if fault:
            table.fault(key, fault, "leave the slot out")
        slots.append(Slot(starts_at, ends_at))
    return tuple(slots)


def slots_touched(slots: Sequence[Span], spans: Iterable[Span]) -> frozenset[int]:
    """Numbers of the slots of which a span takes any part."""
    return frozenset(i for span in spans for i, slot in enumerate(slots) if slot[0] < span[1] and span[0] < slot[1])


def slots_covered(slots: Sequence[Span], spans: Iterable[Span]) -> frozenset[int]:
    """Numbers of the slots that lie within a span as a whole; spans that touch count as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span[0] <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], span[1])
        else:
            joined.append(span)
    return frozenset(i for span in joined for i, slot in enumerate(slots) if span[0] <= slot[0] and slot[1] <= span[1])


def follows(slots: Sequence[Span]) -> tuple[bool, ...]:
    """Whether the next slot begins when this one ends, so that a meeting can take both."""
    return (*(one[1] == other[0] for one, other in pairwise(slots)), False)[: len(slots)]


def _listed_slots(table: EventTable) -> tuple[Span, ...]:
    example = '["10:00", "10:20"]'
    minutes = table.whole("minutes", 1, _MINUTES_MAX)
    spans: dict[Span, str] = {}
    lacks_minutes = []
    typed = table.listed("slots", example) or []
    if len(typed) > MOST_SLOTS:
        table.fault("slots", f"{len(typed):,} slots, more than {MOST_SLOTS}", "leave some out")
        return ()
    if table.values["slots"] == []:
        table.fault("slots", "no slots", f"write slots = {example}")
    for place, value in enumerate(typed, start=1):
        key, span, begin = f"slots[{place}]", span_of(value), clock_of(value)
        if span is None and begin is None:
            table.wrong(key, "a time", value, 'write it as "10:00" or "10:00-10:20"')
            continue
        if span is None and minutes is None:
            lacks_minutes.append(key)
            continue
        span = span or ((begin or 0), (begin or 0) + (minutes or 0))
        if span[0] >= span[1] or span[1] > WHOLE_DAY[1]:
            table.fault(key, f"{span_text(span)} does not end later on the same day")
        elif other := next((one for one in spans if one[0] < span[1] and span[0] < one[1]), None):
            table.fault(key, f"{span_text(span)} overlaps {span_text(other)}", f"see {spans[other]}")
        else:
            spans[span] = key
    if lacks_minutes and "minutes" not in table:
        table.fault("minutes", "nothing says how long a slot is", "write minutes = 20")
    return tuple(sorted(spans))


def _made_slots(table: EventTable) -> tuple[Span, ...]:
    given = [key for key in _EXAMPLES if key in table]
    if not given:
        cure = 'write start = "10:00", end = "17:00" and minutes = 20'
        table.fault("slots", "no slots", cure)
    else:
        for key in _EXAMPLES.keys() - set(given):
            table.fault(key, f"no {key}", f"write {key} = {_EXAMPLES[key]}")
    start, end = read_clock(table, "start"), read_clock(table, "end")
    minutes = table.whole("minutes", 1, _MINUTES_MAX)
    pause = table.whole("pause", 0, _MINUTES_MAX) or 0
    breaks = read_spans(table, "breaks") or ()
    if start is None or end is None:
        return ()
    if start >= end:
        table.fault("end", f"{clock_text(end)} is not after {clock_text(start)}", "end after the start")
        return ()
    for one in breaks:
        if one[0] < start or one[1] > end:
            table.fault("breaks", f"{span_text(one)} lies outside of {span_text((start, end))}", "leave it out")
    if minutes is None:
        return ()
    spans = _fill(start, end, minutes, pause, sorted(breaks))
    if not spans:
        table.fault("minutes", f"no slot of {minutes} minutes fits", "write shorter slots, or a later end")
    if len(spans) > MOST_SLOTS:
        table.fault("minutes", f"{len(spans):,} slots, more than {MOST_SLOTS}", "write longer slots")
        return ()
    return spans


def _fill(start: int, end: int, minutes: int, pause: int, breaks: Sequence[Span]) -> tuple[Span, ...]:
    """Slots one after the other; one that would run into a break begins after it."""
    spans = []
    while start + minutes <= end:
        ahead = next((one for one in breaks if one[0] < start + minutes and start < one[1]), None)
        if ahead:
            start = ahead[1]
            continue
        spans.append((start, start + minutes))
        start += minutes + pause
    return tuple(spans)
