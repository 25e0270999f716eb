"""A meeting day as the organiser describes it, once its names and times are understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from dealport.model import Kind

Order = Literal["kotra", "ranked", "score"]
Key = tuple[Kind, str]  # a participant: its side and its id
IdPair = tuple[str, str]  # a pair: the startup's id and the investor's

FEWEST = 1  # meetings each participant should have, where the event does not say


class Slot(Struct, frozen=True):
    """A time in which each table holds one meeting; both ends have the event's time zone."""

    starts_at: datetime
    ends_at: datetime


class Interpreters(Struct, frozen=True):
    """Those of one pair of languages.

    Attributes:
        languages: Codes of the two, in the order of the alphabet.
        counts: (slots) how many there are at a time.
    """

    languages: tuple[str, str]
    counts: tuple[int, ...]

    @property
    def name(self) -> str:
        """``ko-zh``."""
        return "-".join(self.languages)


class Lock(Struct, frozen=True):
    """A meeting fixed by hand.

    Attributes:
        slot: Number of its (first) slot; None: any.
        table: Name of its table; "": any.
    """

    pair: IdPair
    slot: int | None = None
    table: str = ""


class Event(Struct, frozen=True):
    """The day and its rules. Numbers of slots count from 0, in the order of time.

    Attributes:
        time_zone: IANA name.
        tables: Their names, in the organiser's order.
        closed: Number of a slot and name of a table that is not to be had then.
        fewest: Meetings each participant should have; `own_fewest` holds those with a number of their own.
        most: Meetings each participant may have; None: as many as there are slots. `own_most` likewise.
        absent: Slots in which a participant is away; whoever is never there has all of them.
        locked: In the order of the file.
        met: Pairs that met before and shall not again.
        doubles: Pairs that take two slots in a row if they meet.
        languages: What whoever names no language is taken to speak; (): no interpreter is planned for them.
    """

    name: str
    day: date
    time_zone: str
    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    closed: frozenset[tuple[int, str]] = frozenset()
    fewest: int = FEWEST
    most: int | None = None
    own_fewest: Mapping[Key, int] = field(default_factory=dict)
    own_most: Mapping[Key, int] = field(default_factory=dict)
    absent: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    interpreters: tuple[Interpreters, ...] = ()
    locked: tuple[Lock, ...] = ()
    met: frozenset[IdPair] = frozenset()
    doubles: frozenset[IdPair] = frozenset()
    order: Order = "kotra"
    languages: tuple[str, ...] = ()


# Whom each participant asks to meet: ids of the other side, best first, each once.
Wishes = Mapping[Key, tuple[str, ...]]
