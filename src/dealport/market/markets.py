"""The checked market: what every floor above looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from dealport.model import Deal, Investor, Kind, Problem, Row, Startup

if TYPE_CHECKING:
    from dealport.market.identity.joining import Merged, Told
    from dealport.market.profile_fields import DealFields, ProfileFields
    from dealport.words.sectors.graph import SectorGraph


class Account(Struct, frozen=True):
    """What became of every row that should be a profile: ``n_rows == n_profiles + n_merged + n_refused``.

    Attributes:
        n_rows: Rows of tables and profiles of other files, as they were read.
        n_profiles: Profiles of the market.
        n_merged: Rows that went into another row's profile: one organisation told twice, its several people.
        n_refused: Rows left out, each with a fault or a warning.
        n_aside: Those of them that were never profiles and can't be mended: notes, the press, the header again.
    """

    n_rows: int = 0
    n_profiles: int = 0
    n_merged: int = 0
    n_refused: int = 0
    n_aside: int = 0


class TypedProfiles(Mapping[tuple[Kind, str], "ProfileFields"]):
    """Side and id to the fields of each profile, which are made when asked for."""

    def __init__(self, sides: Mapping[Kind, Mapping[str, Told[Any]]]) -> None:
        self._sides = sides

    def __getitem__(self, key: tuple[Kind, str]) -> ProfileFields:
        return self._sides[key[0]][key[1]].fields

    def doubts(self, kind: Kind, id: str) -> tuple[Problem, ...]:  # noqa: A002 - an id is called id throughout
        """What was said of the words of a profile, in the order of its fields; of one that is not here nothing."""
        told = self._sides.get(kind, {}).get(id)
        return told.doubts if told is not None else ()

    def word(self, kind: Kind, id: str, field: str) -> str:  # noqa: A002
        """A field that holds one word, as typed; "" where it is blank. The others of its row are not read for it."""
        told = self._sides.get(kind, {}).get(id)
        if told is None:
            return ""
        return word_of(told.typed.value(field)) if field in told.typed.block.columns else ""

    def __iter__(self) -> Iterator[tuple[Kind, str]]:
        return ((kind, one) for kind, told in self._sides.items() for one in told)

    def __len__(self) -> int:
        return sum(map(len, self._sides.values()))


def word_of(typed: object) -> str:
    """A value as a person would type it: ``5500000`` for 5500000.0."""
    return str(int(typed)) if isinstance(typed, float) and typed.is_integer() else str(typed)


class Typed(Struct, frozen=True):
    """What was typed, for whoever writes it again.

    Attributes:
        profiles: Side and id to the fields of each profile, those of joined rows united.
        deals: The fields of each row of deals, and the row.
    """

    profiles: TypedProfiles = field(default_factory=lambda: TypedProfiles({}))
    deals: tuple[tuple[DealFields, Row], ...] = ()


class Market(Struct, frozen=True, eq=False):  # noqa: PLW1641 - a market is compared, but never a key
    """All profiles that could be taken, and every problem found on the way.

    Attributes:
        startups: In the order of their ids.
        investors: In the order of their ids.
        deals: Until `as_of`, in the order of their dates, then names.
        as_of: The day money is valued at.
        problems: The files' too, in the order of the files, then of lines.
        n_left_out: How many profiles (or files' records) had such faults that they are not in the market.
        possible_duplicates: Side and id of each profile that another of its side may repeat.
        account: What became of every row.
        merged: Every row that was joined to another here, in the order of the places.
        refused: Every row left out here, with its reason; those the files left out are the reading's.
        typed: What was typed; not compared.
    """

    startups: tuple[Startup, ...]
    investors: tuple[Investor, ...]
    deals: tuple[Deal, ...]
    as_of: date
    graph: SectorGraph
    problems: tuple[Problem, ...] = ()
    n_left_out: int = 0
    possible_duplicates: frozenset[tuple[Kind, str]] = frozenset()
    account: Account = Account()
    merged: tuple[Merged, ...] = ()
    refused: tuple[tuple[Row, str], ...] = ()
    typed: Typed = field(default_factory=Typed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Market) and all(
            getattr(self, name) == getattr(other, name) for name in self.__struct_fields__ if name != "typed"
        )

    @property
    def n_merged(self) -> int:
        """Rows that went into another row's profile."""
        return self.account.n_merged
