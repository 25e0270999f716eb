"""Profiles and deals joined by the names they give each other: wishes, avoidances, backers and portfolios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dealport.market.mentions import strongest
from dealport.market.naming import NameIndex
from dealport.market.problems import Problems, quoted
from dealport.model import Deal, Investor, SectorMention, Startup

if TYPE_CHECKING:
    from dealport.market.fields import ProfileFields

AnySide = TypeVar("AnySide", Startup, Investor)
Fields = Mapping[str, "ProfileFields"]


def link_wishes(profiles: Iterable[AnySide], fields: Fields, others: NameIndex, problems: Problems) -> list[AnySide]:
    """Profiles with `wants` and `avoids` as ids of the other side; `fields` by id holds the names as typed.

    A name that is nobody here is a warning; one that may be several is a fault where it is to be avoided.
    """
    return [
        _with_wishes(one, fields[one.id], others, problems) if fields[one.id].wants or fields[one.id].avoids else one
        for one in profiles
    ]


def backing_pairs(
    startups: Iterable[Startup],
    investors: Iterable[Investor],
    deals: Iterable[Deal],
    sides: tuple[NameIndex, NameIndex],
) -> set[tuple[str, str]]:
    """Startup id and investor id of everyone who already backs: by backers, portfolios and deals.

    Only exact names count here: "Harper Ventures" in a list of backers may well be another firm than "Harbor Ventures".
    """
    startup_names, investor_names = sides
    pairs = {(one.id, meant) for one in startups for name in one.backers for meant in investor_names.exactly(name)}
    pairs |= {(meant, one.id) for one in investors for name in one.portfolio for meant in startup_names.exactly(name)}
    return pairs | {(deal.startup_id, deal.investor_id) for deal in deals if deal.startup_id and deal.investor_id}


def link_backers(startups: Iterable[Startup], pairs: Iterable[tuple[str, str]]) -> list[Startup]:
    """Startups with `backed_by`."""
    backed_by: dict[str, set[str]] = {}
    for startup, investor in pairs:
        backed_by.setdefault(startup, set()).add(investor)
    return [replace(one, backed_by=frozenset(backed_by[one.id])) if one.id in backed_by else one for one in startups]


def derive_sectors(
    investors: Iterable[Investor], startups: Sequence[Startup], deals: Iterable[Deal], startup_names: NameIndex
) -> list[Investor]:
    """Investors with the stated sectors of the present startups in their portfolio and deals added as ``derived``."""
    id_to_startup = {one.id: one for one in startups}
    dealt: dict[str, set[str]] = {}
    for deal in deals:
        if deal.startup_id and deal.investor_id:
            dealt.setdefault(deal.investor_id, set()).add(deal.startup_id)
    derived = []
    for one in investors:
        held = dealt.get(one.id, set()).union(*map(startup_names.exactly, one.portfolio))
        mentions = [mention for held_id in held for mention in _derived_from(id_to_startup[held_id])]
        derived.append(replace(one, sectors=strongest([*one.sectors, *mentions])) if mentions else one)
    return derived


def _derived_from(startup: Startup) -> list[SectorMention]:
    return [SectorMention(one.sector, startup.name, "derived") for one in startup.sectors if one.how == "stated"]


def _with_wishes(profile: AnySide, fields: ProfileFields, others: NameIndex, problems: Problems) -> AnySide:
    wants: list[str] = []
    avoids: set[str] = set()
    misread = set(profile.misread)
    for place, word in enumerate(fields.wants, start=1):
        wants += _meant(profile, f"wants[{place}]", word, others, problems) or ()
    for place, word in enumerate(fields.avoids, start=1):
        meant = _meant(profile, f"avoids[{place}]", word, others, problems)
        avoids.update(meant or ())
        if meant is None:
            misread.add(word.strip())
    wants_once = tuple(dict.fromkeys(wants))
    return replace(profile, wants=wants_once, avoids=frozenset(avoids), misread=tuple(sorted(misread)))


def _meant(profile: AnySide, field: str, word: str, others: NameIndex, problems: Problems) -> tuple[str, ...] | None:
    """Ids that a name means, none when it is nobody here; None when it is not clear who is meant."""
    if exact := others.exactly(word.strip()):
        return exact
    near = others.nearly(word.strip())
    if not near:
        problems.warn(profile.origin, field, f"nobody on the other side is called {quoted(word)}")
        return ()
    shown = " or ".join(f"{quoted(others.name(one))} ({one})" for one in near[:3])
    if len(near) == 1:
        problems.warn(profile.origin, field, f"{quoted(word)} is read as {shown}")
        return near
    complain = problems.fault if field.startswith("avoids") else problems.warn
    complain(profile.origin, field, f"{quoted(word)} may be {shown}", "write the id")
    return None
