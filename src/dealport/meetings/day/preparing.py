"""A day ready to be planned, with what its numbers stand for."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.meetings.day.days import NO_WISH, Day, Mask
from dealport.meetings.day.open_pairs import Sides, find_pairs
from dealport.meetings.day.plans import Attendee
from dealport.meetings.event.events import Event, IdPair, Wishes
from dealport.model import Kind, Profile, RequestError
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.weights import Weights
from dealport.scoring.engine.engine import Engine, whole_market

# 3,000 startups with 3,000 investors: a few arrays of the pairs take a GB, and no hall is as large.
MOST_PAIRS = 9_000_000


DAY_GATES = (*GATES, "last_resort")
"""The gates, then what a meeting day leaves out besides."""


class Prepared(Struct, frozen=True, eq=False):
    """A day ready to be planned, with what its numbers stand for."""

    event: Event
    wishes: Wishes
    attendees: tuple[Attendee, ...]  # startups, then investors, each by id: the participants' numbers in `day`
    day: Day
    score_units: NDArray[np.int64]  # (s, i)
    first_gate: NDArray[np.uint8]  # (s, i) 0 open, else 1 + index in DAY_GATES


def prepare(
    market: Market, weights: Weights, event: Event, wishes: Wishes, *, also: Collection[IdPair] = ()
) -> Prepared:
    """The day of an event: everybody of the market, and the pairs that may meet.

    These are the pairs with open gates that did not meet before, are there together at some time, and have interpreters
    where they need one; and the locked ones and those of `also`, whatever speaks against them. A last resort is left
    out, unless one of the two asks for it, or says nothing of its sectors: it came to meet somebody too.

    Raises:
        RequestError: There are too many pairs for one day.
    """
    n_startups, n_investors = len(market.startups), len(market.investors)
    if n_startups * n_investors > MOST_PAIRS:
        raise RequestError(
            f"{n_startups:,} startups and {n_investors:,} investors are too many for one day of meetings "
            f"(name the files of those who take part)"
        )
    sides: tuple[tuple[Kind, tuple[Profile, ...]], ...] = ("startup", market.startups), ("investor", market.investors)
    attendees = [
        Attendee((kind, one.id), one.name, one.country, one.languages or event.languages, 0, 0, contact=one.contact)
        for kind, side in sides
        for one in side
    ]
    by_startup, by_investor = Sides(attendees, n_startups, np.empty((len(attendees), 0), bool)).ranks(wishes)
    asked = (by_startup != NO_WISH) | (by_investor != NO_WISH)
    return _arranged(event, wishes, attendees, *_scores(market, weights, asked), also=also)


def with_event(prepared: Prepared, event: Event) -> Prepared:
    """The same people and pairs at an event whose slots, tables or interpreters are others.

    Pairs that may meet may also meet now, whatever the event says.
    """
    ids = [one.key[1] for one in prepared.attendees]
    pairs = prepared.day.pairs
    also = {(ids[one], ids[other]) for one, other in zip(pairs.startup.tolist(), pairs.investor.tolist(), strict=True)}
    scores = prepared.score_units, prepared.first_gate
    return _arranged(event, prepared.wishes, prepared.attendees, *scores, also=also)


def _scores(market: Market, weights: Weights, asked: Mask) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """(s, i) scores in units and first gates, those of `DAY_GATES`; `asked`: whether one of them asks for the other."""
    engine = Engine.of(market, weights)
    shape = len(market.startups), len(market.investors)
    units, gates = np.zeros(shape, np.int64), np.zeros(shape, np.uint8)
    if units.size:
        may_be_last = engine.startups.says_sectors[:, None] & engine.investors.says_sectors & ~asked
        for rows, block in engine.blocks(*map(whole_market, shape)):
            is_last_resort = (block.standing < 0) & (block.first_gate == 0) & may_be_last[rows]
            units[rows] = block.score_units
            gates[rows] = np.where(is_last_resort, len(DAY_GATES), block.first_gate)
    return units, gates


def _arranged(
    event: Event,
    wishes: Wishes,
    people: Collection[Attendee],
    score_units: NDArray[np.int64],
    first_gate: NDArray[np.uint8],
    *,
    also: Collection[IdPair],
) -> Prepared:
    attendees = tuple(_attending(one, event) for one in people)
    present = _present(attendees, len(event.slots))
    sides = Sides(attendees, len(score_units), present)
    day = Day(
        n_startups=len(score_units),
        present=present,
        most=np.array([one.most for one in attendees], np.int64),
        fewest=np.array([one.fewest for one in attendees], np.int64),
        tables=_tables(event),
        interpreters=np.array([one.counts for one in event.interpreters], np.int64).reshape(-1, len(event.slots)),
        follows=_follows(event),
        pairs=find_pairs(event, wishes, sides, score_units, first_gate, also=also),
        order=event.order,
    )
    return Prepared(event, wishes, attendees, day, score_units, first_gate)


def _attending(attendee: Attendee, event: Event) -> Attendee:
    """A participant with what the event says of it; whoever is never there should have no meetings."""
    key, n_slots = attendee.key, len(event.slots)
    most = event.own_most.get(key, event.most)
    most = n_slots if most is None else most
    absent = frozenset(slot for slot in event.absent.get(key, ()) if slot < n_slots)
    fewest = min(event.own_fewest.get(key, event.fewest), most) if len(absent) < n_slots else 0
    return Attendee(
        key, attendee.name, attendee.country, attendee.languages, fewest, most, absent, contact=attendee.contact
    )


def _present(attendees: tuple[Attendee, ...], n_slots: int) -> Mask:
    """(n, t) who is there when."""
    present = np.ones((len(attendees), n_slots), bool)
    for number, one in enumerate(attendees):
        present[number, sorted(one.absent)] = False
    return present


def _tables(event: Event) -> Mask:
    """(t, b) which table is to be had when."""
    number = {name: place for place, name in enumerate(event.tables)}
    tables = np.ones((len(event.slots), len(event.tables)), bool)
    for slot, name in event.closed:
        tables[slot, number[name]] = False
    return tables


def _follows(event: Event) -> Mask:
    """(t,) whether the next slot begins at the moment this one ends."""
    slots = event.slots
    ends, begins = [one.ends_at.timestamp() for one in slots], [one.starts_at.timestamp() for one in slots]
    follows: Mask = np.zeros(len(slots), bool)
    follows[:-1] = np.array(ends[:-1]) == np.array(begins[1:])
    return follows
