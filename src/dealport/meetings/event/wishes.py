"""Whom each participant asks to meet: the rows of requests.csv first, then the `wants` of its profile."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

from dealport.market.markets import Market
from dealport.market.participants import FoundParticipant, Meant, Participants, describe
from dealport.market.problems import Problems, quoted
from dealport.meetings.event.events import Key, Wishes
from dealport.model import Kind, Problem, Row
from dealport.words.names import name_key

# Of "1", "1.0", "1st", "#1", "1순위" and 第1志望 the figure; "1-2" and "1.5" have no one figure.
_RANK = re.compile(r"[^\d.,-]*(\d{1,9})(?:\.0+)?[^\d.,-]*")
_UNRANKED = 10**9
_EITHER_SIDE = "a request goes from a startup to an investor, or the other way"


def read_wishes(market: Market, requests: Sequence[Row]) -> tuple[Wishes, tuple[Problem, ...]]:
    """Ids of those whom each participant asks for, best first, each once; and a warning for each row left out.

    Rows with a rank come first, by rank and then by id; those without follow in the order of the files, then what the
    profile wants in its own order.
    """
    problems = Problems()
    whom = Participants(market)
    asked: dict[Key, list[tuple[int, int, str]]] = {}
    first: dict[tuple[Key, str], Row] = {}
    rows = sorted(requests, key=lambda row: (row.origin.path, row.origin.sheet, row.origin.line))
    for place, row in enumerate(rows):
        pair = _asking_and_asked(row, whom, problems)
        if pair is None:
            continue
        asking, other = pair[0].key, pair[1].profile.id
        rank = _rank(row, problems)
        if (earlier := first.setdefault((asking, other), row)) is not row:
            problems.warn(row.origin, "", f"the same request as at {earlier.origin.place()}", "keep one")
        asked.setdefault(asking, []).append((rank, place if rank == _UNRANKED else 0, other))
    sides: tuple[tuple[Kind, Iterable[tuple[str, tuple[str, ...]]]], ...] = (
        ("startup", ((one.id, one.wants) for one in market.startups)),
        ("investor", ((one.id, one.wants) for one in market.investors)),
    )
    wishes = {
        (kind, name): tuple(dict.fromkeys(chain((other for *_, other in sorted(asked.get((kind, name), ()))), wants)))
        for kind, side in sides
        for name, wants in side
        if wants or (kind, name) in asked
    }
    return wishes, problems.in_order(list(dict.fromkeys(row.origin.path for row in rows)))


def _asking_and_asked(
    row: Row, whom: Participants, problems: Problems
) -> tuple[FoundParticipant, FoundParticipant] | None:
    """Who asks and who is asked for; None with a warning where that is not clear, or they are on one side."""
    typed = {key: _name(row.fields.get(key)) for key in ("from", "to")}
    for key, name in typed.items():
        if not name:
            value = row.fields.get(key)
            is_blank = value is None or isinstance(value, str)
            told = f"no {key}" if is_blank else f"a name is wanted, not {quoted(value)}"
            problems.warn(row.origin, key, f"{told}: left out", _EITHER_SIDE)
    if not all(typed.values()):
        return None
    if _key(typed["from"]) == _key(typed["to"]):
        problems.warn(row.origin, "to", f"{quoted(typed['to'])} asks for itself: left out", _EITHER_SIDE)
        return None
    pair = whom.look_up_pair(typed["from"], typed["to"])
    found = [
        who
        for (key, name), meant in zip(typed.items(), pair, strict=True)
        if (who := _take(row, key, name, meant, problems))
    ]
    return (found[0], found[1]) if len(found) == 2 else None


def _take(row: Row, key: str, typed: str, meant: Meant, problems: Problems) -> FoundParticipant | None:
    if meant.found is None:
        problems.warn(row.origin, key, f"{meant.message}: left out", meant.cure)
    elif meant.is_slip:
        problems.warn(row.origin, key, f"{quoted(typed)} is read as {describe(meant.found)}")
    return meant.found


def _name(value: object) -> str:
    """A name or id as typed, blank where there is none; ids may be whole numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _key(name: str) -> str:
    return name_key(name) or name


def _rank(row: Row, problems: Problems) -> int:
    """Which of the wishes it is; `_UNRANKED`, with a warning where the rank is not understood."""
    value = row.fields.get("rank")
    if value is None or (isinstance(value, str) and not value.strip()):
        return _UNRANKED
    text = unicodedata.normalize("NFKC", str(value)).strip()
    found = None if isinstance(value, bool) else _RANK.fullmatch(text)
    if found is None:
        problems.warn(row.origin, "rank", f"{quoted(value)} is no rank: the row counts as one without", "write 1, 2, 3")
        return _UNRANKED
    return int(found[1])
