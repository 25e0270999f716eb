"""Whom an event names: who is away when, who has numbers of their own, pairs of a startup and an investor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from dealport.market.participants import FoundParticipant, Meant, Participants, describe
from dealport.market.problems import quoted
from dealport.meetings.event.events import FEWEST, IdPair, Key
from dealport.meetings.event.slots import MOST_SLOTS, slots_touched
from dealport.meetings.event.times import WHOLE_DAY, Span, clock_text, read_clock, read_spans
from dealport.meetings.event.typed_tables import EventTable
from dealport.model import Kind

_PAIR_LIKE = 'write it as ["startup", "investor"]'


class Limits(Struct, frozen=True):
    """The fewest and the most meetings of whoever has no numbers of their own; None: as many as there are slots."""

    fewest: int
    most: int | None


class Guests(Struct, frozen=True):
    """What an event says of participants, each by its key; as `events.Event` holds it."""

    absent: dict[Key, frozenset[int]] = field(default_factory=dict)
    own_fewest: dict[Key, int] = field(default_factory=dict)
    own_most: dict[Key, int] = field(default_factory=dict)


def read_limits(table: EventTable, n_slots: int) -> Limits:
    """The event's own; more meetings for everyone than there are slots are a fault, where it is known how many."""
    fewest = table.whole("fewest", 0, MOST_SLOTS)
    most = table.whole("most", 1, MOST_SLOTS)
    _fault_of_fewest(table, fewest, n_slots)
    if fewest is not None and most is not None and most < fewest:
        table.fault("most", f"{most} is less than the fewest, {fewest}", "raise it, or lower the fewest")
    return Limits(FEWEST if fewest is None else fewest, most)


def read_guests(table: EventTable, whom: Participants, slots: Sequence[Span], limits: Limits) -> Guests:
    """What the ``[[participant]]`` tables say; one who is named twice is a fault."""
    guests = Guests()
    first: dict[Key, EventTable] = {}
    for one in table.tables("participant"):
        one.refuse_unknown()
        away = _away(one, slots)
        found = _named(one, whom)
        fewest, most = _own_limits(one, limits, len(slots))
        if found is None:
            continue
        if found.key in first:
            where = first[found.key].place("id")
            one.fault("id", f"{describe(found)} is named twice, first at {where}", "put both into one table")
            continue
        first[found.key] = one
        if away:
            guests.absent[found.key] = away
        if fewest is not None:
            guests.own_fewest[found.key] = fewest
        if most is not None:
            guests.own_most[found.key] = most
    return guests


def read_pairs(table: EventTable, key: str, whom: Participants) -> dict[IdPair, str]:
    """The pairs of a list, or of its tables with ``startup`` and ``investor``, with the key under which each stands."""
    value = table.values.get(key)
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
        pairs = {}
        for one in table.tables(key):
            one.refuse_unknown()
            if pair := read_named_pair(one, whom):
                pairs[pair] = one.name
        return pairs
    listed = table.listed(key, '[["lumen", "harbor"]]') or []
    if len(listed) == 2 and all(isinstance(one, str) for one in listed):
        listed = [listed]
    return {
        pair: f"{key}[{place}]"
        for place, one in enumerate(listed, start=1)
        if (pair := _listed_pair(table, f"{key}[{place}]", one, whom))
    }


def read_named_pair(table: EventTable, whom: Participants) -> IdPair | None:
    """The pair of a table with ``startup`` and ``investor``; None with a fault where one of the two is not clear."""
    startup = _side(table, "startup", "lumen", whom)
    investor = _side(table, "investor", "harbor", whom)
    return (startup.profile.id, investor.profile.id) if startup and investor else None


def take(table: EventTable, key: str, typed: str, meant: Meant) -> FoundParticipant | None:
    """Who is meant, with a warning for a slip of the pen; None with a fault where it is nobody in particular."""
    if meant.found is None:
        table.fault(key, meant.message, meant.cure)
    elif meant.is_slip:
        table.warn(key, f"{quoted(typed)} is read as {describe(meant.found)}")
    return meant.found


def _listed_pair(table: EventTable, key: str, value: object, whom: Participants) -> IdPair | None:
    if not isinstance(value, list) or len(value) != 2:
        table.wrong(key, "two names", value, _PAIR_LIKE)
        return None
    a, b = (table.text_of(key, one, _PAIR_LIKE, or_number=True) for one in value)
    if not a or not b:
        if a != b or value == ["", ""]:
            table.fault(key, "a name is blank", _PAIR_LIKE)
        return None
    one, other = whom.look_up_pair(a, b)
    found = [who for typed, meant in ((a, one), (b, other)) if (who := take(table, key, typed, meant))]
    ids = {who.kind: who.profile.id for who in found}
    return (ids["startup"], ids["investor"]) if len(ids) == 2 else None


def _side(table: EventTable, kind: Kind, example: str, whom: Participants) -> FoundParticipant | None:
    if kind not in table:
        table.fault(kind, f"no {kind}", f'write {kind} = "{example}"')
        return None
    typed = table.text(kind, f'"{example}"', or_number=True)
    return take(table, kind, typed, whom.look_up(typed, kind=kind)) if typed else None


def _named(table: EventTable, whom: Participants) -> FoundParticipant | None:
    if "id" not in table:
        table.fault("id", "nothing says who it is", 'write id = "lumen", an id or a name')
        return None
    typed = table.text("id", '"lumen"', or_number=True)
    return take(table, "id", typed, whom.look_up(typed)) if typed else None


def _away(table: EventTable, slots: Sequence[Span]) -> frozenset[int]:
    """The slots a participant can't come to: those an absence touches, or that lie outside of from and until."""
    absent = read_spans(table, "absent") or ()
    come, go = read_clock(table, "from"), read_clock(table, "until")
    if come is not None and go is not None and come >= go:
        table.fault("until", f"{clock_text(go)} is not after {clock_text(come)}", "leave after coming")
        come = go = None
    before = [(0, come)] if come else []
    after = [(go, WHOLE_DAY[1])] if go is not None else []
    away = slots_touched(slots, [*absent, *before, *after])
    if slots and absent and not slots_touched(slots, absent):
        table.warn("absent", "no slot lies in that time: it changes nothing", "see that the time is right")
    if slots and len(away) == len(slots) and WHOLE_DAY not in absent:
        table.warn("", "no slot is left: away all day", "write absent = true if that is meant")
    return away


def _own_limits(table: EventTable, limits: Limits, n_slots: int) -> tuple[int | None, int | None]:
    """Numbers of one's own; whoever may have fewer than the event's fewest should have no more than that."""
    fewest = table.whole("fewest", 0, MOST_SLOTS)
    most = table.whole("most", 0, MOST_SLOTS)
    _fault_of_fewest(table, fewest, n_slots)
    bound = limits.most if most is None else most
    if fewest is not None and bound is not None and bound < fewest:
        whose = "the event's most" if most is None else "the most"
        table.fault("fewest", f"{fewest} is more than {whose}, {bound}", "raise the most, or lower this")
    if fewest is None and most is not None and most < limits.fewest:
        fewest = most
    return fewest, most


def _fault_of_fewest(table: EventTable, fewest: int | None, n_slots: int) -> None:
    if fewest is not None and n_slots and fewest > n_slots:
        slots = "1 slot" if n_slots == 1 else f"{n_slots} slots"
        table.fault("fewest", f"{fewest} meetings can't be had in {slots}", "lower it, or add slots")
