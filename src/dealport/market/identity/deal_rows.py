"""Rows of a deals file -> deals joined to profiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dealport.market.meaning.market_words import MarketWords
from dealport.market.meaning.mentions import NAMED
from dealport.market.meaning.understanding import Understanding
from dealport.market.problems import Problems, quoted
from dealport.model import Deal, Origin, Row
from dealport.words.funding.stages import earliest_stage

if TYPE_CHECKING:
    from dealport.market.identity.naming import SideNames
    from dealport.market.profile_fields import DealFields

Typed = tuple["DealFields", Row]


def make_deals(
    typed: Iterable[Typed], sides: tuple[SideNames, SideNames], vocabulary: MarketWords, problems: Problems
) -> list[Deal]:
    """Deals joined to the profiles of both `sides`, in the order of their dates, then names.

    The same deal told twice is one, with a warning. A deal takes the countries of its profiles where it names none; a
    row with several investors is several deals. A row whose date is not understood is a fault and left out; other words
    not understood are warnings.
    """
    deals: list[Deal] = []
    seen: dict[Deal, Deal] = {}
    for fields, row in typed:
        for deal in _deals_of_row(fields, row, sides, Understanding(vocabulary, problems, row.origin)):
            first = seen.setdefault(replace(deal, origin=Origin("")), deal)
            if first is deal:
                deals.append(deal)
            else:
                message = f"the same deal as at {first.origin.place()}: counted once"
                problems.warn(row.origin, "", message, "keep one of them")
    return sorted(
        deals, key=lambda deal: (deal.made_on, deal.startup, deal.investor, deal.origin.path, deal.origin.line)
    )


def deals_until(deals: Sequence[Deal], as_of: date, problems: Problems) -> list[Deal]:
    """Deals made on or before a day; what comes later must not be known yet, and is told as one warning."""
    later = [deal for deal in deals if deal.made_on > as_of]
    if later:
        problems.warn(later[0].origin, "date", f"{len(later)} deals after {as_of} were not looked at")
    return [deal for deal in deals if deal.made_on <= as_of]


def _deals_of_row(fields: DealFields, row: Row, sides: tuple[SideNames, SideNames], known: Understanding) -> list[Deal]:
    startup, investors = known.text("startup", fields.startup), known.texts(fields.investor)
    if fields.investor_id and len(investors) > 1:  # one id is one investor, whatever marks its name holds
        investors = (" | ".join(investors),)
    if not isinstance(fields.date, date):
        known.problems.fault(row.origin, "date", f"unknown date {quoted(fields.date)}", "write it as 2026-01-07")
        return []
    if not startup or not investors:
        known.problems.fault(row.origin, "investor" if startup else "startup", "no name")
        return []
    country = known.country("startup_country", fields.startup_country)
    typed_id = known.vocabulary.clean(fields.startup_id)
    startup_id = _join(typed_id, startup, country, sides[0])
    country = country or sides[0].countries.get(startup_id, "")
    amount = known.usd("amount", fields.amount, country)
    deal = Deal(
        made_on=fields.date,
        startup=startup,
        investor="",
        startup_id=startup_id,
        startup_key=startup_id or typed_id or sides[0].key(startup),
        startup_country=country,
        startup_city=known.text("startup_city", fields.startup_city or _city_in(fields.startup_country)),
        startup_sectors=_sectors(fields.startup_sectors, known),
        sector_words=known.texts(fields.startup_sectors),
        founded_on=known.day("startup_founded", fields.startup_founded),
        stage=earliest_stage(known.stages("round", [fields.round] if fields.round else [])),
        amount_usd=sum(amount) / 2 if amount else None,
        origin=row.origin,
    )
    country = known.country("investor_country", fields.investor_country)
    typed_id = known.vocabulary.clean(fields.investor_id) if len(investors) == 1 else ""
    return [_with_investor(deal, typed_id, name, country, sides[1]) for name in investors]


def _with_investor(deal: Deal, typed_id: str, name: str, country: str, names: SideNames) -> Deal:
    investor_id = _join(typed_id, name, country, names)
    return replace(
        deal,
        investor=name,
        investor_id=investor_id,
        investor_key=investor_id or typed_id or names.key(name),
        investor_country=country or names.countries.get(investor_id, ""),
    )


def _sectors(words: Iterable[str], known: Understanding) -> tuple[str, ...]:
    """The sectors of a startup as a deals file states them; words not understood count for nothing here."""
    mentions = (known.vocabulary.sector_word(known.vocabulary.clean(word)).mentions for word in words)
    return tuple(dict.fromkeys(mention.sector for found in mentions for mention in found if mention.how in NAMED))


def _city_in(location: str) -> str:
    """The city of "City, Region, Country", as exports write where a startup is; "" of a country alone."""
    parts = [part.strip() for part in location.split(",") if part.strip()]
    return parts[0] if len(parts) > 2 else ""


def _join(typed_id: str, name: str, country: str, names: SideNames) -> str:
    """The profile of this id, else of this name, in the deal's country where several bear it; "" when nobody."""
    if typed_id in names.countries:
        return typed_id
    ids = names.exactly(name)
    return next((one for one in ids if names.countries[one] == country), ids[0] if ids else "")
