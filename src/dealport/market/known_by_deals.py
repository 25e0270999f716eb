"""Investors and startups that only deals tell of, as profiles: who they are, and what the deals say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.market.meaning.mentions import strongest
from dealport.model import Deal, Investor, SectorMention, Startup


def investors_of_deals(deals: Iterable[Deal]) -> list[Investor]:
    """One investor for each key, in the order of the keys, silent but for its country: the earliest told."""
    first: dict[str, Deal] = {}
    countries: dict[str, str] = {}
    for deal in _by_day(deals):
        first.setdefault(deal.investor_key, deal)
        if deal.investor_country:
            countries.setdefault(deal.investor_key, deal.investor_country)
    return [
        Investor(id=key, name=first[key].investor, country=countries.get(key, ""), origin=first[key].origin)
        for key in sorted(first)
    ]


def startup_of_deals(key: str, deals: Sequence[Deal], *, raising_usd: tuple[float, float] | None) -> Startup:
    """The startup of some deals as it would tell of itself: what is told of it is taken from the earliest of them."""
    sectors = next((deal.startup_sectors for deal in deals if deal.startup_sectors), ())
    return Startup(
        id=key,
        name=deals[0].startup,
        country=next((deal.startup_country for deal in deals if deal.startup_country), ""),
        sectors=strongest(SectorMention(sector, sector) for sector in sectors),
        raising_usd=raising_usd,
        city=next((deal.startup_city for deal in deals if deal.startup_city), ""),
        founded_on=next((deal.founded_on for deal in deals if deal.founded_on), None),
    )


def add_deal_investors(market: Market) -> Market:
    """The market with the investors that only its deals tell of, who back the startups of these deals.

    Who bears the id of a profile is that profile.
    """
    known = {one.id for one in market.investors}
    unknown = [deal for deal in market.deals if not deal.investor_id and deal.investor_key not in known]
    mentions: dict[str, list[SectorMention]] = {}
    for deal in unknown:
        told = (SectorMention(sector, deal.startup, "dealt") for sector in deal.startup_sectors)
        mentions.setdefault(deal.investor_key, []).extend(told)
    added = [replace(one, sectors=strongest(mentions[one.id])) for one in investors_of_deals(unknown)]
    investors = sorted([*market.investors, *added], key=lambda one: one.id)
    backed: dict[str, set[str]] = {}
    for deal in unknown:
        backed.setdefault(deal.startup_id, set()).add(deal.investor_key)
    startups = tuple(
        replace(one, backed_by=one.backed_by | backed[one.id]) if one.id in backed else one for one in market.startups
    )
    deals = tuple(
        deal if deal.investor_id or deal.investor_key in known else replace(deal, investor_id=deal.investor_key)
        for deal in market.deals
    )
    return replace(market, startups=startups, investors=tuple(investors), deals=deals)


def _by_day(deals: Iterable[Deal]) -> list[Deal]:
    return sorted(deals, key=lambda deal: (deal.made_on, deal.startup_key, deal.investor_key))
