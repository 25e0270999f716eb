"""An event file, understood: the day, its slots and tables, whom it names; every fault of it collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from dealport.market.markets import Market
from dealport.market.participants import Participants
from dealport.market.problems import Problems, did_you_mean, quoted
from dealport.meetings.event.events import Event, IdPair, Order
from dealport.meetings.event.guests import read_guests, read_limits, read_pairs
from dealport.meetings.event.locking import Grounds, read_locks
from dealport.meetings.event.rooms import read_closed, read_interpreters, read_languages, read_table_names
from dealport.meetings.event.slots import follows, place_slots, read_slots
from dealport.meetings.event.times import Span, event_day, read_zone
from dealport.meetings.event.typed_tables import EventTable
from dealport.model import Problem, Row
from dealport.words.normalising import clean

UNNAMED = "event"
_ORDERS: tuple[Order, ...] = get_args(Order)
_NEAR_ORDER_PERCENT = 60


def read_event(row: Row, market: Market) -> tuple[Event | None, tuple[Problem, ...]]:
    """The event of a row of an event file, None where it has faults; and all faults and warnings, in their places.

    Whoever it names is looked up in the market, by id, name or alias.
    """
    problems = Problems()
    table = EventTable(row.fields, row.origin, problems)
    whom = Participants(market)
    table.refuse_unknown()
    day, zone = event_day(table), read_zone(table)
    spans, tables = read_slots(table), read_table_names(table)
    limits = read_limits(table, len(spans))
    guests = read_guests(table, whom, spans, limits)
    closed = read_closed(table, tables, spans)
    met, doubles = read_pairs(table, "met", whom), _read_doubles(table, whom, spans)
    locked = read_locks(table, whom, Grounds(spans, tables, closed, guests.absent, frozenset(doubles)))
    for lock in locked:
        if lock.pair in met:
            table.warn(
                met[lock.pair], "the pair met before, and is locked: it meets again", "unlock it, or leave it out"
            )
    slots = place_slots(table, spans, day, zone) if day and zone else ()
    event = Event(
        name=_name(table, row),
        day=day or market.as_of,
        time_zone=zone.key if zone else "",
        slots=slots,
        tables=tables,
        closed=closed,
        fewest=limits.fewest,
        most=limits.most,
        own_fewest=guests.own_fewest,
        own_most=guests.own_most,
        absent=guests.absent,
        interpreters=read_interpreters(table, spans),
        locked=locked,
        met=frozenset(met),
        doubles=frozenset(doubles),
        order=_read_order(table),
        languages=read_languages(table, "languages"),
    )
    found = problems.in_order([row.origin.path])
    has_faults = any(problem.severity == "fault" for problem in found)
    return None if has_faults else event, found


def _name(table: EventTable, row: Row) -> str:
    """The name, else that of the file."""
    typed = table.text("name", '"Shanghai summit"') if "name" in table else ""
    return typed or clean(row.stem) or UNNAMED


def _read_order(table: EventTable) -> Order:
    from rapidfuzz import fuzz, process

    typed = table.text("order", '"kotra"') if "order" in table else "kotra"
    for order in _ORDERS:
        if typed.casefold() == order:
            return order
    if typed:
        near = process.extractOne(typed.casefold(), _ORDERS, scorer=fuzz.ratio, score_cutoff=_NEAR_ORDER_PERCENT)
        cure = did_you_mean([near[0]]) if near else f"known are {', '.join(_ORDERS)}"
        table.fault("order", f"unknown order {quoted(typed)}", cure)
    return "kotra"


def _read_doubles(table: EventTable, whom: Participants, spans: Sequence[Span]) -> Mapping[IdPair, str]:
    """Pairs that take two slots in a row, which the day must have."""
    doubles = read_pairs(table, "double", whom)
    if doubles and spans and not any(follows(spans)):
        cure = "leave out the pause between slots, or the double meetings"
        table.fault("double", "no slot begins just when another ends, so no meeting can take two", cure)
    return doubles
