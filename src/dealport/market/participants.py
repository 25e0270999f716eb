"""Who is meant by a name: one participant of the market, in any spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from msgspec import Struct

from dealport.market.markets import Market
from dealport.market.problems import quoted, shortened
from dealport.model import Investor, Kind, RequestError, Startup
from dealport.words.names import NameIndex

MOST_LISTED = 5
_SIDES: tuple[Kind, ...] = get_args(Kind)


class FoundParticipant(Struct, frozen=True):
    """A participant that a name meant: its side and its row in the market."""

    kind: Kind
    row: int
    profile: Startup | Investor

    @property
    def key(self) -> tuple[Kind, str]:
        """Its side and its id."""
        return self.kind, self.profile.id


class Meant(Struct, frozen=True):
    """What a name means.

    Attributes:
        found: Who it is; None where that is nobody, or not clear.
        is_slip: Whether the name is spelled nearly so, and nobody is called just that.
        message, cure: Why nobody is found, and what to type instead.
    """

    found: FoundParticipant | None = None
    is_slip: bool = False
    message: str = ""
    cure: str = ""


class Participants:
    """All of a market, made once to look up many names."""

    def __init__(self, market: Market) -> None:
        startups = [FoundParticipant("startup", row, one) for row, one in enumerate(market.startups)]
        investors = [FoundParticipant("investor", row, one) for row, one in enumerate(market.investors)]
        self._found = {f"{one.kind}:{one.profile.id}": one for one in (*startups, *investors)}
        self._indices: dict[Kind | None, NameIndex] = {}
        self._keys: dict[tuple[str, Kind | None, bool], tuple[str, ...]] = {}
        self._nobodies: dict[tuple[str, Kind | None], Meant] = {}

    def look_up(self, name: str, *, kind: Kind | None = None) -> Meant:
        """Who is meant; `kind` looks on one side only, as does a name that begins with ``startup:`` or ``investor:``.

        The very id, name or alias counts first, but for spelling and legal form; then one with a slip of the pen.
        """
        kind, name = _told_side(name, kind)
        exact = self._find(name, kind, slips=False)
        keys = exact or self._find(name, kind, slips=True)
        if len(keys) == 1:
            return Meant(self._found[keys[0]], is_slip=not exact)
        if keys:
            several = [self._found[key] for key in keys]
            listed = "; ".join(map(describe, several[:MOST_LISTED]))
            return Meant(message=f"{quoted(name)} is not clear: {listed}", cure=_how_to_choose(several))
        if (name, kind) not in self._nobodies:
            self._nobodies[name, kind] = self._nobody(name, kind)
        return self._nobodies[name, kind]

    def look_up_pair(self, a: str, b: str) -> tuple[Meant, Meant]:
        """Two of different sides; where one name is somebody on both sides, the other name decides.

        One name for both is the startup and the investor of that name.
        """
        for slips in (False, True):
            orders = [
                (self._on_side(a, kind, slips=slips), self._on_side(b, other, slips=slips))
                for kind, other in (_SIDES, _SIDES[::-1])
            ]
            fits = [(one[0], other[0]) for one, other in orders if len(one) == len(other) == 1]
            if fits and {*fits[0]} == {*fits[-1]}:
                one, other = (self._found[key] for key in fits[0])
                return self.look_up(a, kind=one.kind), self.look_up(b, kind=other.kind)
            if fits:
                message = f"{quoted(a)} and {quoted(b)} are each on both sides"
                return Meant(message=message, cure=_with_side(self._found[fits[0][0]])), Meant(self._found[fits[0][1]])
        meant_a, meant_b = self.look_up(a), self.look_up(b)
        if meant_a.found and meant_b.found:
            message = f"{describe(meant_a.found)} and {describe(meant_b.found)} are on one side"
            meant_b = Meant(message=message, cure="a pair is a startup and an investor")
        return meant_a, meant_b

    def _on_side(self, name: str, kind: Kind, *, slips: bool) -> tuple[str, ...]:
        told, name = _told_side(name, kind)
        return self._find(name, told, slips=slips)

    def _find(self, name: str, kind: Kind | None, *, slips: bool) -> tuple[str, ...]:
        """All that a name may mean, as ``startup:lumen``."""
        key = (name, kind, slips)
        if key not in self._keys:
            self._keys[key] = self._index(kind).find(name, typos=slips)
        return self._keys[key]

    def _nobody(self, name: str, kind: Kind | None) -> Meant:
        message = f"nobody here is called {quoted(name)}"
        if not self._found:
            return Meant(message=message, cure="no profiles were read: name their folder too")
        if kind and (others := self._index(None).find(name, typos=False)):
            return Meant(message=f"{describe(self._found[others[0]])} is no {kind}", cure="")
        near = " or ".join(describe(self._found[key]) for key in self._index(kind).suggest(name)[:MOST_LISTED])
        return Meant(message=message, cure=f"did you mean {near}?" if near else "`dealport match` lists who takes part")

    def _index(self, kind: Kind | None) -> NameIndex:
        if kind not in self._indices:
            called = {
                key: (one.profile.id, one.profile.name, *one.profile.aliases)
                for key, one in self._found.items()
                if kind in (None, one.kind)
            }
            self._indices[kind] = NameIndex(called)
        return self._indices[kind]


def find_participant(market: Market, name: str, *, kind: Kind | None = None) -> FoundParticipant:
    """Who is meant, as `Participants.look_up` tells it.

    Raises:
        RequestError: Nobody, or more than one, with their names.
    """
    return _require(Participants(market).look_up(name, kind=kind))


def find_pair(market: Market, a: str, b: str) -> tuple[FoundParticipant, FoundParticipant]:
    """One of each side, in either order, as `Participants.look_up_pair` tells them.

    Raises:
        RequestError: An unclear name, or two names of one side.
    """
    one, other = Participants(market).look_up_pair(a, b)
    return _require(one), _require(other)


def describe(found: FoundParticipant) -> str:
    """``Lunit (lunit, startup, KR)``."""
    profile = found.profile
    where = profile.country or "country unknown"
    return f"{shortened(profile.name)} ({shortened(profile.id)}, {found.kind}, {where})"


def _told_side(name: str, kind: Kind | None) -> tuple[Kind | None, str]:
    """The side and the name of ``startup:lumen``, which is a name like others where another side is asked for."""
    for side in _SIDES:
        if kind in (None, side) and name.startswith(f"{side}:"):
            return side, name.removeprefix(f"{side}:")
    return kind, name


def _require(meant: Meant) -> FoundParticipant:
    """Who is meant; raises RequestError where that is nobody."""
    if meant.found is None:
        raise RequestError(f"{meant.message} ({meant.cure})" if meant.cure else meant.message)
    return meant.found


def _how_to_choose(found: Sequence[FoundParticipant]) -> str:
    """What to type instead; an id that stands on both sides says nothing."""
    if len({one.profile.id for one in found}) == len(found):
        return "give the id or the whole name"
    return _with_side(found[0])


def _with_side(found: FoundParticipant) -> str:
    return f"give the side too, as in {found.kind}:{shortened(found.profile.id)}"
