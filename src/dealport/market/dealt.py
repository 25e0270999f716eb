"""Investors and startups that only deals tell of, as profiles: who they are, and what the deals say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dealport.market.market import Market
from dealport.market.mentions import strongest
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
    told = {name: _first_told(deals, name) for name in ("startup_country", "startup_city", "founded_on")}
    sectors = _first_told(deals, "startup_sectors") or ()
    assert isinstance(sectors, tuple)  # noqa: S101 - for the type checker
    founded_on = told["founded_on"]
    return Startup(
        id=key,
        name=deals[0].startup,
        country=str(told["startup_country"] or ""),
        sectors=strongest(SectorMention(sector, sector) for sector in sectors),
        raising_usd=raising_usd,
        city=str(told["startup_city"] or ""),
        founded_on=founded_on if isinstance(founded_on, date) else None,
    )


def add_deal_investors(market: Market) -> Market:
    """The market with the investors that only its deals tell of; who bears the id of a profile is that profile."""
    known = {one.id for one in market.investors}
    unknown = [deal for deal in market.deals if not deal.investor_id and deal.investor_key not in known]
    mentions: dict[str, list[SectorMention]] = {}
    for deal in unknown:
        told = (SectorMention(sector, deal.startup, "dealt") for sector in deal.startup_sectors)
        mentions.setdefault(deal.investor_key, []).extend(told)
    added = [replace(one, sectors=strongest(mentions[one.id])) for one in investors_of_deals(unknown)]
    investors = sorted([*market.investors, *added], key=lambda one: one.id)
    deals = tuple(
        deal if deal.investor_id or deal.investor_key in known else replace(deal, investor_id=deal.investor_key)
        for deal in market.deals
    )
    return replace(market, investors=tuple(investors), deals=deals)


def _by_day(deals: Iterable[Deal]) -> list[Deal]:
    return sorted(deals, key=lambda deal: (deal.made_on, deal.startup_key, deal.investor_key))


def _first_told(deals: Iterable[Deal], name: str) -> object:
    return next((value for deal in deals if (value := getattr(deal, name))), None)
