"""What the fields of startups and investors tell, a few at a time; names of others are linked later."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from dealport.market.meaning.mentions import (
    excluded_in_text,
    inferred_sectors,
    read_exclusions,
    stated_sectors,
    strongest,
    surest,
    wide_members,
)
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import quoted
from dealport.model import Exclusion, Kind, Reach, SectorMention
from dealport.words.names import slug

# Hangul fillers and the empty Braille pattern: letters and a sign to Unicode, nothing to the eye.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class FieldPart(Struct, frozen=True):
    """What a few fields of a profile tell, whatever its others hold: rows with the same in them share it.

    Attributes:
        attributes: Of the profile. ``misread``, which several parts tell, is all that they tell.
        fields: As they are typed.
        tell: What they mean, problems told to the `Understanding`; a tuple where there are several attributes.
    """

    attributes: tuple[str, ...]
    fields: tuple[str, ...]
    tell: Callable[..., Any]

    def told(self, known: Understanding, values: Sequence[object]) -> Sequence[object]:
        """A value for each attribute; `values` are those of the fields."""
        told = self.tell(known, *values)
        return told if len(self.attributes) > 1 else (told,)


def choose_id(known: Understanding, typed: str, name: str, stem: str) -> str:
    """`id`, else the file's name, else a slug of the name; an `id` that looks like a path is a fault and made safe."""
    typed = known.vocabulary.clean(typed)
    if not typed:
        return known.vocabulary.clean(stem) or slug(known.vocabulary.clean(name))
    if "/" in typed or "\\" in typed or typed.startswith("."):
        message = f"{quoted(typed)} looks like a path, {quoted(slug(typed))} is taken instead"
        known.problems.fault(known.origin, "id", message, "use letters, figures and hyphens")
        return slug(typed)
    return typed


def _name(known: Understanding, typed: str) -> str:
    """The name; "", with a fault, when there is nothing to see of it."""
    name = known.text("name", typed)
    if _is_visible(name):
        return name
    what = f"nothing of {quoted(typed)} can be seen" if name else "no name"
    known.problems.fault(known.origin, "name", what, 'write it as name = "Lumen Diagnostics"')
    return ""


def _is_visible(name: str) -> bool:
    """Whether a reader sees anything: a letter, figure or sign that is not blank, not only marks to be put on one."""
    if name[:1].isalnum() and name[0] not in _BLANK_LETTERS:  # nearly every name
        return True
    return any(unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_LETTERS for character in name)


def _sectors(side: Kind) -> FieldPart:
    def tell(known: Understanding, words: Sequence[str], description: str) -> tuple[tuple[SectorMention, ...], bool]:
        stated, agnostic = stated_sectors(words, known, side)
        members = wide_members(words, known) if side == "investor" else []
        read = known.vocabulary.prose(known.vocabulary.clean(description), side)
        inferred = inferred_sectors(read, stated, known.vocabulary)
        named = {mention.sector for mention in inferred}  # says more than that a wide word holds it
        members = [mention for mention in members if mention.sector not in named]
        return strongest([*stated, *members, *inferred]), agnostic or read.agnostic

    return FieldPart(("sectors", "agnostic"), ("sectors", "description"), tell)


def _backers(known: Understanding, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    backers = known.texts(names)
    return backers, tuple(sorted({known.vocabulary.name_key(name) or name for name in backers}))


def _exclusions(
    known: Understanding, words: Sequence[str], sectors: Sequence[str], description: str
) -> tuple[tuple[Exclusion, ...], frozenset[str], frozenset[str], tuple[str, ...]]:
    text = known.vocabulary.prose(known.vocabulary.clean(description), "investor")
    wanted = stated_sectors(sectors, known.quiet, "investor")[0] if text.excluded or words else []
    read = read_exclusions(words, known, wanted)
    exclusions = surest([*read.sectors, *excluded_in_text(text, wanted, known)])
    return exclusions, frozenset(one.sector for one in exclusions), read.countries, read.misread


def _invests_in(field: str) -> FieldPart:
    def tell(known: Understanding, words: Sequence[str], country: str) -> tuple[Reach | None, tuple[str, ...]]:
        reach, misread = known.reach(field, words, home=known.home(country), exclusive=True)
        return reach, tuple(misread)

    return FieldPart((field, "misread"), (field, "country"), tell)


def _markets(known: Understanding, words: Sequence[str], country: str) -> Reach | None:
    return known.reach("markets", words, home=known.home(country))[0]


def _money(attribute: str, field: str, *, is_at_home: bool = False) -> FieldPart:
    def tell(known: Understanding, value: str | float, country: str) -> tuple[float, float] | None:
        return known.usd(field, value, known.home(country), is_at_home=is_at_home)

    return FieldPart((attribute,), (field, "country"), tell)


def _alone(tell: Callable[..., Any], attribute: str, field: str = "") -> FieldPart:
    """A part of one attribute and one field, which have one name where no other is given; `tell` is told the field."""
    field = field or attribute
    return FieldPart((attribute,), (field,), lambda known, value: tell(known, field, value))


_Known = Understanding
COMMON_PARTS = (
    FieldPart(("name",), ("name",), _name),
    FieldPart(("id",), ("id", "name", "stem"), choose_id),
    FieldPart(("country",), ("country",), lambda known, word: known.country("country", word, required=True)),
    _alone(_Known.texts_of, "aliases"),
    _alone(_Known.capabilities, "seeks"),
    _alone(_Known.capabilities, "offers"),
    _alone(_Known.languages, "languages"),
    FieldPart(
        ("contact",), ("contact", "email"), lambda known, contact, email: known.vocabulary.clean(contact or email)
    ),
    _alone(_Known.text, "description"),
    _alone(_Known.text, "website"),
    _alone(_Known.texts_of, "sources"),
    _alone(_Known.day, "as_of"),
)
"""What both sides have, in the order in which it is told."""
STARTUP_PARTS = (
    _sectors("startup"),
    FieldPart(("markets",), ("markets", "country"), _markets),
    FieldPart(("stage", "last_round"), ("stage", "last_round"), _Known.rounds),
    _money("raising_usd", "raising"),
    _money("total_raised_usd", "total_raised", is_at_home=True),
    FieldPart(("backers", "backer_keys"), ("backers",), _backers),
    _alone(_Known.text, "city"),
    _alone(_Known.day, "founded_on", "founded"),
)
INVESTOR_PARTS = (
    _sectors("investor"),
    FieldPart(
        ("exclusions", "excluded_sectors", "excluded_countries", "misread"),
        ("excludes", "sectors", "description"),
        _exclusions,
    ),
    _invests_in("invests_in"),
    _invests_in("must_invest_in"),
    FieldPart(("stages",), ("stages",), lambda known, words: known.stages("stages", words, of_investor=True)),
    _money("ticket_usd", "ticket"),
    FieldPart(("lead",), ("lead",), _Known.lead),
    _alone(_Known.text, "type"),
    _alone(_Known.texts_of, "portfolio"),
)
