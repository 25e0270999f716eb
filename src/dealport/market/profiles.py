"""Fields of the right types -> startups and investors, their words understood. Names of others are linked later."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dealport.market.mentions import excluded_in_text, inferred_sectors, read_exclusions, stated_sectors, strongest
from dealport.market.problems import quoted
from dealport.market.understanding import Understanding
from dealport.model import Investor, Row, SectorMention, Startup
from dealport.words.names import slug

if TYPE_CHECKING:
    from dealport.market.fields import InvestorFields, ProfileFields, StartupFields

# Hangul fillers and the empty Braille pattern: letters and a sign to Unicode, nothing to the eye.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def make_startup(fields: StartupFields, row: Row, known: Understanding) -> Startup | None:
    """A startup without links to investors; None, with a fault, when it has no name."""
    common = _common(fields, row, known)
    if not common["name"]:
        return None
    stated, common["agnostic"] = stated_sectors(fields.sectors, known)
    common["sectors"] = _all_sectors(stated, common["description"], known)
    backers = known.texts(fields.backers)
    markets, _ = known.reach("markets", fields.markets, home=common["country"])
    return Startup(
        **common,
        stage=known.stage(fields.stage, fields.last_round),
        raising_usd=known.usd("raising", fields.raising, common["country"]),
        markets=markets,
        backers=backers,
        backer_keys=tuple(sorted({known.vocabulary.name_key(name) or name for name in backers})),
        city=known.text("city", fields.city),
        founded_on=known.day("founded", fields.founded),
    )


def make_investor(fields: InvestorFields, row: Row, known: Understanding) -> Investor | None:
    """An investor without links to startups; None, with a fault, when it has no name."""
    common = _common(fields, row, known)
    if not common["name"]:
        return None
    stated, common["agnostic"] = stated_sectors(fields.sectors, known)
    common["sectors"] = _all_sectors(stated, common["description"], known)
    exclusions = read_exclusions(fields.excludes, known)
    invests_in, misread = known.reach("invests_in", fields.invests_in, home=common["country"], exclusive=True)
    must_invest_in, misread_must = known.reach(
        "must_invest_in", fields.must_invest_in, home=common["country"], exclusive=True
    )
    return Investor(
        **common,
        excluded_sectors=exclusions.sectors | excluded_in_text(common["description"], stated, known),
        excluded_countries=exclusions.countries,
        misread=tuple(sorted({*exclusions.misread, *misread, *misread_must})),
        stages=known.stages("stages", fields.stages, of_investor=True),
        ticket_usd=known.usd("ticket", fields.ticket, common["country"]),
        lead=known.lead(fields.lead),
        type=known.text("type", fields.type),
        invests_in=invests_in,
        must_invest_in=must_invest_in,
        portfolio=known.texts(fields.portfolio),
    )


def choose_id(fields: ProfileFields, row: Row, known: Understanding) -> str:
    """`id`, else the file's name, else a slug of the name; an `id` that looks like a path is a fault and made safe."""
    typed = known.vocabulary.clean(fields.id)
    if not typed:
        return known.vocabulary.clean(row.stem) or slug(known.vocabulary.clean(fields.name))
    if "/" in typed or "\\" in typed or typed.startswith("."):
        message = f"{quoted(typed)} looks like a path, {quoted(slug(typed))} is taken instead"
        known.problems.fault(known.origin, "id", message, "use letters, figures and hyphens")
        return slug(typed)
    return typed


def _common(fields: ProfileFields, row: Row, known: Understanding) -> dict[str, Any]:
    """What both sides have, as arguments of their record."""
    name = known.text("name", fields.name)
    if not _is_visible(name):
        what = f"nothing of {quoted(fields.name)} can be seen" if name else "no name"
        known.problems.fault(known.origin, "name", what, 'write it as name = "Lumen Diagnostics"')
        name = ""
    return {
        "id": choose_id(fields, row, known),
        "name": name,
        "country": known.country("country", fields.country, required=True),
        "aliases": known.texts(fields.aliases),
        "seeks": known.capabilities("seeks", fields.seeks),
        "offers": known.capabilities("offers", fields.offers),
        "languages": known.languages("languages", fields.languages),
        "contact": known.vocabulary.clean(fields.contact or fields.email),
        "description": known.text("description", fields.description),
        "website": known.text("website", fields.website),
        "sources": known.texts(fields.sources),
        "as_of": known.day("as_of", fields.as_of),
        "origin": row.origin,
    }


def _is_visible(name: str) -> bool:
    """Whether a reader sees anything: a letter, figure or sign that is not blank, not only marks to be put on one."""
    return any(unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_LETTERS for character in name)


def _all_sectors(stated: Sequence[SectorMention], description: str, known: Understanding) -> tuple[SectorMention, ...]:
    return strongest([*stated, *inferred_sectors(description, stated, known.vocabulary)])
