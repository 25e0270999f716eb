"""Profiles and deals joined by the names they give each other: wishes, avoidances, backers and portfolios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from dealport.market.identity.naming import SideNames
from dealport.market.meaning.mentions import strongest
from dealport.market.problems import Problems, quoted, unknown_words
from dealport.model import Deal, Investor, SectorMention, Startup
from dealport.words.normalising import clean

if TYPE_CHECKING:
    from dealport.market.profile_fields import ProfileFields

AnySide = TypeVar("AnySide", Startup, Investor)
Fields = Mapping[str, "ProfileFields"]


def link_wishes(profiles: Iterable[AnySide], fields: Fields, others: SideNames, problems: Problems) -> list[AnySide]:
    """Profiles with `wants` and `avoids` as ids of the other side; `fields` by id holds the names as typed, if any.

    A name that is nobody here is a warning; one that may be several is a fault where it is to be avoided.
    """
    return [
        _with_wishes(one, told, others, problems)
        if (told := fields.get(one.id)) is not None and (told.wants or told.avoids)
        else one
        for one in profiles
    ]


def backing_pairs(
    startups: Iterable[Startup],
    investors: Iterable[Investor],
    deals: Iterable[Deal],
    sides: tuple[SideNames, SideNames],
) -> set[tuple[str, str]]:
    """Startup id and investor id of everyone who already backs: by backers, portfolios and deals.

    Only exact names count here: "Harper Ventures" in a list of backers may well be another firm than "Harbor Ventures".
    """
    startup_names, investor_names = sides
    pairs = {(one.id, meant) for one in startups for name in one.backers for meant in investor_names.exactly(name)}
    pairs |= {(meant, one.id) for one in investors for name in one.portfolio for meant in startup_names.exactly(name)}
    return pairs | {(deal.startup_id, deal.investor_id) for deal in deals if deal.startup_id and deal.investor_id}


def link_backers(
    startups: Iterable[Startup], pairs: Iterable[tuple[str, str]], investor_names: SideNames
) -> list[Startup]:
    """Startups with `backed_by`, and the keys of all their backers."""
    backed_by: dict[str, set[str]] = {}
    for startup, investor in pairs:
        backed_by.setdefault(startup, set()).add(investor)
    linked = []
    for one in startups:
        ids = backed_by.get(one.id)
        if ids is None:  # nobody of them is here: their keys are those of their names
            linked.append(one)
            continue
        others = {investor_names.key(name) for name in one.backers if not investor_names.exactly(name)}
        linked.append(replace(one, backed_by=frozenset(ids), backer_keys=tuple(sorted(ids | others))))
    return linked


def tell_deals(deals: Iterable[Deal], startups: Iterable[Startup]) -> list[Deal]:
    """Deals with what the profile of their startup says of its sectors, city and founding, where they are silent."""
    id_to_startup = {one.id: one for one in startups}
    told = []
    for deal in deals:
        one = id_to_startup.get(deal.startup_id)
        if one is not None:
            sectors = tuple(mention.sector for mention in one.sectors if mention.how == "stated")
            deal = replace(  # noqa: PLW2901 - the same deal, told more fully
                deal,
                startup_sectors=deal.startup_sectors or sectors,
                startup_city=deal.startup_city or one.city,
                founded_on=deal.founded_on or one.founded_on,
            )
        told.append(deal)
    return told


def derive_sectors(
    investors: Iterable[Investor], startups: Sequence[Startup], deals: Iterable[Deal], startup_names: SideNames
) -> list[Investor]:
    """Investors with the stated sectors of the present startups in their portfolio added as ``derived``.

    Those of their deals' startups are added as ``dealt``, whether these are here or not.
    """
    id_to_startup = {one.id: one for one in startups}
    dealt: dict[str, list[SectorMention]] = {}
    for deal in deals:
        if deal.investor_id:
            told = (SectorMention(one, deal.startup, "dealt") for one in deal.startup_sectors)
            dealt.setdefault(deal.investor_id, []).extend(told)
    derived = []
    for one in investors:
        held = {held_id for name in one.portfolio for held_id in startup_names.exactly(name)}
        mentions = [mention for held_id in held for mention in _stated_by(id_to_startup[held_id])]
        mentions += dealt.get(one.id, ())
        derived.append(replace(one, sectors=strongest([*one.sectors, *mentions])) if mentions else one)
    return derived


def _stated_by(startup: Startup) -> list[SectorMention]:
    return [SectorMention(one.sector, startup.name, "derived") for one in startup.sectors if one.how == "stated"]


def _with_wishes(profile: AnySide, fields: ProfileFields, others: SideNames, problems: Problems) -> AnySide:
    wants: list[str] = []
    avoids: set[str] = set()
    misread = set(profile.misread)
    mark: int = problems.mark()
    for place, word in enumerate(fields.wants, start=1):
        wants += _meant(profile, f"wants[{place}]", word, others, problems) or ()
    for place, word in enumerate(fields.avoids, start=1):
        meant = _meant(profile, f"avoids[{place}]", word, others, problems)
        avoids.update(meant or ())
        if meant is None:
            misread.add(word.strip())
    wants_once = tuple(dict.fromkeys(wants))
    return replace(
        profile,
        wants=wants_once,
        avoids=frozenset(avoids),
        misread=tuple(sorted(misread)),
        not_understood=(*profile.not_understood, *unknown_words(problems.since(mark))),
    )


def _meant(profile: AnySide, field: str, word: str, others: SideNames, problems: Problems) -> tuple[str, ...] | None:
    """Ids that a name means, none when it is nobody here; None when it is not clear who is meant."""
    if exact := others.exactly(word.strip()):
        return exact
    near = others.nearly(word.strip())
    if not near:
        problems.warn(profile.origin, field, f"nobody on the other side is called {quoted(word)}", word=clean(word))
        return ()
    shown = " or ".join(f"{quoted(others.name(one))} ({one})" for one in near[:3])
    if len(near) == 1:
        problems.warn(profile.origin, field, f"{quoted(word)} is read as {shown}")
        return near
    complain = problems.fault if field.startswith("avoids") else problems.warn
    complain(profile.origin, field, f"{quoted(word)} may be {shown}", "write the id", word=clean(word))
    return None
