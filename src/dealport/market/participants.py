"""Who is meant by a name: one participant of the market, in any spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from dealport.market.market import Market
from dealport.market.problems import quoted, shortened
from dealport.model import Investor, Kind, RequestError, Startup
from dealport.words.names import find_names, suggest_names

MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A participant that a name meant: its side and its row in the market."""

    kind: Kind
    row: int
    profile: Startup | Investor


def find_participant(market: Market, name: str, *, kind: Kind | None = None) -> Found:
    """Who is meant; `kind` looks on one side only, as does a name that begins with ``startup:`` or ``investor:``.

    Raises:
        RequestError: Nobody, or more than one, with their names.
    """
    side, _, rest = name.partition(":")
    if kind is None and side in get_args(Kind):
        return find_participant(market, rest, kind="startup" if side == "startup" else "investor")
    rows: dict[str, Found] = {}
    if kind in (None, "startup"):
        rows |= {f"startup:{one.id}": Found("startup", row, one) for row, one in enumerate(market.startups)}
    if kind in (None, "investor"):
        rows |= {f"investor:{one.id}": Found("investor", row, one) for row, one in enumerate(market.investors)}
    called = {key: (one.profile.id, one.profile.name, *one.profile.aliases) for key, one in rows.items()}
    keys = find_names(name, called)
    if len(keys) == 1:
        return rows[keys[0]]
    if keys:
        listed = "; ".join(describe(rows[key]) for key in keys[:MOST_LISTED])
        raise RequestError(f"{quoted(name)} is not clear: {listed}. {_how_to_choose([rows[key] for key in keys])}")
    near = " or ".join(describe(rows[key]) for key in suggest_names(name, called)[:MOST_LISTED])
    cure = f"did you mean {near}?" if near else "`dealport match` lists who takes part"
    raise RequestError(f"nobody here is called {quoted(name)} ({cure})")


def find_pair(market: Market, a: str, b: str) -> tuple[Found, Found]:
    """One of each side, in either order; where a name is somebody on both sides, the other name decides.

    Raises:
        RequestError: An unclear name, or two names of one side.
    """
    orders: tuple[tuple[Kind, Kind], ...] = (("startup", "investor"), ("investor", "startup"))
    for first, second in orders:
        try:
            return find_participant(market, a, kind=first), find_participant(market, b, kind=second)
        except RequestError:
            continue
    one, other = find_participant(market, a), find_participant(market, b)  # says which name is not clear
    raise RequestError(f"{describe(one)} and {describe(other)} are on one side: a pair is a startup and an investor")


def describe(found: Found) -> str:
    """``Lunit (lunit, startup, KR)``."""
    profile = found.profile
    where = profile.country or "country unknown"
    return f"{shortened(profile.name)} ({shortened(profile.id)}, {found.kind}, {where})"


def _how_to_choose(found: Sequence[Found]) -> str:
    """What to type instead; an id that stands on both sides says nothing."""
    if len({one.profile.id for one in found}) == len(found):
        return "Give the id or the whole name"
    return f"Give the side too, as in {found[0].kind}:{shortened(found[0].profile.id)}"
