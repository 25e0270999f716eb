"""What each profile lacks, and how much of its score then rests on averages: data for `check` to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from dealport.market.asks import ask_of
from dealport.market.markets import Market
from dealport.model import Investor, Kind, Origin, Problem, Startup
from dealport.words.investor_kinds import resolve_investor_kinds

STEPS_PER_POINT = 10_000  # as in shares of weights: whole steps of 0.0001 point
_MARKET_FACETS = frozenset({"sector", "technology", "layer", "umbrella"})


class Lack(Struct, frozen=True):
    """The blank fields of one profile.

    Attributes:
        fields: In the order a file has them; never empty.
        points: How many of 100 points are estimates for want of them.
    """

    kind: Kind
    id: str
    name: str
    fields: tuple[str, ...]
    points: float
    origin: Origin

    def problem(self) -> Problem:
        """The same as a warning: ``lacks stages, ticket: 33.3 of 100 points are estimates``."""
        message = f"lacks {', '.join(self.fields)}: {self.points:.1f} of 100 points are estimates"
        return Problem(self.origin.place(), "", message, "", "warning")


class DealLinks(Struct, frozen=True):
    """How the deals met the profiles.

    Attributes:
        n_startups, n_investors: Named by deals; `joined_startups`, `joined_investors`: of them with a profile here.
        strangers: Names without a profile, most deals first, ties by name.
    """

    n_deals: int
    n_startups: int
    n_investors: int
    joined_startups: int
    joined_investors: int
    strangers: tuple[str, ...]


def find_deal_links(market: Market) -> DealLinks | None:
    """None where there are no deals."""
    startups = {deal.startup_key: bool(deal.startup_id) for deal in market.deals}
    investors = {deal.investor_key: bool(deal.investor_id) for deal in market.deals}
    counts = Counter(deal.startup for deal in market.deals if not deal.startup_id)
    counts.update(deal.investor for deal in market.deals if not deal.investor_id)
    if not market.deals:
        return None
    return DealLinks(
        n_deals=len(market.deals),
        n_startups=len(startups),
        n_investors=len(investors),
        joined_startups=sum(startups.values()),
        joined_investors=sum(investors.values()),
        strangers=tuple(sorted(counts, key=lambda name: (-counts[name], name))),
    )


def find_lacks(market: Market, share_steps: Mapping[str, int]) -> tuple[Lack, ...]:
    """Profiles with blank fields that count: startups first, each side in the order of the ids.

    `share_steps`: criterion to its share of the score, in steps of 0.0001 point. Half of what complement weighs hangs
    on `seeks`, half on `offers`; half of geography on `markets` or `invests_in`, the rest on the countries. A ticket
    tells capacity too.
    """
    lacks = []
    everyone: tuple[Startup | Investor, ...] = (*market.startups, *market.investors)
    for one in everyone:
        if blank := _blank_fields(one, market):
            kind: Kind = "startup" if isinstance(one, Startup) else "investor"
            steps = sum(share_steps.get(name, 0) / parts for criteria, parts in blank.values() for name in criteria)
            lacks.append(Lack(kind, one.id, one.name, tuple(blank), steps / STEPS_PER_POINT, one.origin))
    return tuple(lacks)


def _blank_fields(profile: Startup | Investor, market: Market) -> dict[str, tuple[tuple[str, ...], int]]:
    """Blank field to its criteria and into how many parts each is cut."""
    said: dict[str, tuple[bool, tuple[str, ...], int]] = {
        "sectors": (_names_a_sector(profile, market), ("sectors",), 1)
    }
    if isinstance(profile, Startup):
        said["stage"] = bool(profile.stage), ("stage",), 1
        said["raising"] = ask_of(profile) is not None, ("ticket",), 1  # an estimate will do
        said["markets"] = profile.markets is not None, ("geography",), 2
    else:
        said["stages"] = bool(profile.stages), ("stage",), 1
        said["ticket"] = profile.ticket_usd is not None, ("ticket", "capacity"), 1
        said["type"] = bool(resolve_investor_kinds(profile.type)), ("kind",), 1
        said["invests_in"] = bool(profile.invests_in or profile.must_invest_in), ("geography",), 2
    said["seeks"] = bool(profile.seeks), ("complement",), 2
    said["offers"] = bool(profile.offers), ("complement",), 2
    return {name: (criteria, parts) for name, (is_said, criteria, parts) in said.items() if not is_said}


def _names_a_sector(profile: Startup | Investor, market: Market) -> bool:
    """Whether it says anything of sectors: business models alone (SaaS, B2B) name no market."""
    facets = {market.graph.sectors[mention.sector].facet for mention in profile.sectors}
    return profile.agnostic or bool(facets & _MARKET_FACETS)
