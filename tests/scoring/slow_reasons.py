"""Reasons and flags in plain Python, pair by pair, from what people are promised: what must be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dealport.market.markets import Market
from dealport.model import Deal, Investor, Profile, Reach, Startup
from dealport.scoring.shortlist import Sentence
from dealport.words.funding.money_ranges import dollars
from dealport.words.funding.stage_words import LADDER
from dealport.words.investor_kinds import resolve_investor_kinds
from dealport.words.normalising import compact
from dealport.words.sectors.graph import SectorGraph
from tests.scoring.slow_track import Values
from tests.scoring.slow_twin import KINDS, VALUES, WHOLE, above, ask, last_resorts, shares, track_of, values_of

EVERY_HOW = frozenset({"stated", "umbrella", "listed", "inferred", "derived", "dealt"})
NOWHERE = Reach()


def closed(profile: Profile, graph: SectorGraph, hows: frozenset[str]) -> set[str]:
    """The sectors of some mentions and all above them."""
    wanting = isinstance(profile, Investor)
    mentions = [one.sector for one in profile.sectors if one.how in hows]
    return {one for name in mentions for one in above(name, graph, wanting=wanting)}


def common_sectors(startup: Startup, investor: Investor, graph: SectorGraph) -> tuple[str, ...]:
    """The sectors of both that no umbrella word alone holds on both sides, without those above another."""
    mine, theirs = (closed(side, graph, EVERY_HOW) for side in (startup, investor))
    my_named, their_named = (closed(side, graph, EVERY_HOW - {"umbrella"}) for side in (startup, investor))
    common = (mine & their_named) | (my_named & theirs)
    covered = {one for name in common for one in graph.ancestors(name)}
    return tuple(
        sorted(
            (one for one in common - covered if graph.information(one)), key=lambda one: (-graph.information(one), one)
        )
    )


def both_state(startup: Startup, investor: Investor, graph: SectorGraph, sector: str) -> bool:
    """Whether a sector, or what is above one, is in the sector fields of both."""
    return all(sector in closed(side, graph, frozenset({"stated", "umbrella"})) for side in (startup, investor))


@dataclass(frozen=True)
class Explained:
    """What is to be said of one pair; a reason for each criterion, None where there is none."""

    reasons: dict[str, Sentence | None]
    flags: tuple[str, ...]
    unknown: tuple[str, ...]
    shared: tuple[str, ...]


class SlowReasons:
    """Says what is to be said of any pair of a market."""

    def __init__(self, market: Market, weights: dict[str, float]) -> None:
        self.market, self.graph, self.track = market, market.graph, track_of(market)
        in_force = {name: weight for name, weight in weights.items() if self.track or name in VALUES}
        self.shares = shares(in_force)
        self.deals: list[Deal] = self.track.deals if self.track else []

    def explained(self, startup: Startup, investor: Investor) -> Explained:
        known, unknown = 0, []
        reasons: dict[str, Sentence | None] = {}
        for name, share in self.shares.items():
            found = values_of(name, startup, investor, self.graph, deals=self.market.deals, track=self.track)
            halves = [share] if len(found) == 1 else [share - share // 2, share // 2]
            here = sum(half for half, value in zip(halves, found, strict=True) if value is not None)
            known += here
            if here < share:
                unknown.append(name)
            reasons[name] = getattr(self, name)(startup, investor, found) if here else None
        shared = common_sectors(startup, investor, self.graph)
        flags = self.flags(startup, investor, known, shared)
        return Explained(reasons, flags, tuple(sorted(unknown, key=list(self.shares).index)), shared)

    def flags(self, startup: Startup, investor: Investor, known: int, shared: Sequence[str]) -> tuple[str, ...]:
        asks, asked = investor.id in startup.wants, startup.id in investor.wants
        repeated = {one for kind, one in self.market.possible_duplicates if kind == "startup"} & {startup.id}
        repeated |= {one for kind, one in self.market.possible_duplicates if kind == "investor"} & {investor.id}
        raised = {
            "asked_by_startup": asks and not asked,
            "asked_by_investor": asked and not asks,
            "mutual_wish": asks and asked,
            "inferred_sectors": bool(shared) and not both_state(startup, investor, self.graph, shared[0]),
            "low_confidence": known < WHOLE / 2,
            "misread_exclusion": bool(startup.misread or investor.misread),
            "must_invest": bool(startup.country) and startup.country in (investor.must_invest_in or NOWHERE),
            "says_otherwise": bool(self.differences(investor)),
            "possible_duplicate": bool(repeated),
        }
        raised |= dict.fromkeys(last_resorts(startup, investor, self.graph, self.market.deals, self.track), True)
        return tuple(sorted(name for name, is_raised in raised.items() if is_raised))

    # What both sides say.

    def sectors(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        shared = common_sectors(startup, investor, self.graph)
        if not shared:
            return self._neighbours(startup, investor)
        names = ("sector", *shared[:3])
        if not both_state(startup, investor, self.graph, shared[0]):
            words = [
                mention.word
                for side in (startup, investor)
                for mention in side.sectors
                if mention.how in ("listed", "inferred", "derived", "dealt")
                and shared[0] in above(mention.sector, self.graph, wanting=isinstance(side, Investor))
            ]
            if words:
                return Sentence("reason.sectors_inferred", {"sectors": names, "word": words[0]})
        return Sentence("reason.sectors", {"sectors": names})

    def _neighbours(self, startup: Startup, investor: Investor) -> Sentence | None:
        for mine in startup.sectors:
            for theirs in investor.sectors:
                beside = self.graph.sectors[theirs.sector].neighbours if theirs.how == "stated" else frozenset()
                if above(mine.sector, self.graph, wanting=False) & beside:
                    return Sentence(
                        "reason.neighbours",
                        {"startup_sectors": ("sector", mine.sector), "investor_sectors": ("sector", theirs.sector)},
                    )
        return None

    def stage(self, startup: Startup, investor: Investor, values: Values) -> Sentence | None:
        if startup.stage in investor.stages:
            return Sentence("reason.stage", {"stage": ("stage", startup.stage)})
        arguments = {"stage": ("stage", startup.stage), "stages": ("stage", *sorted(investor.stages))}
        return Sentence("reason.stage_near", arguments) if values[0] else None

    def ticket(self, startup: Startup, investor: Investor, values: Values) -> Sentence | None:
        asked, tickets = ask(startup), investor.ticket_usd
        assert asked is not None
        assert tickets is not None
        key = "reason.ticket" if values[0] == 1 else "reason.ticket_share"
        arguments = {"ask": dollars(asked), "ticket": dollars(tickets)}
        if values[0] != 1:
            is_small = tickets[1] < asked[0]
            mine, whole = (tickets[1], asked[0]) if is_small else (tickets[0], asked[1])
            arguments["share"] = percent(mine / max(1.0, whole))
        return Sentence(key if startup.raising_usd else f"{key}_estimated", arguments)

    def kind(self, startup: Startup, investor: Investor, values: Values) -> Sentence | None:
        value = values[0]
        assert value is not None
        names = sorted(resolve_investor_kinds(investor.type))
        best = [max(KINDS[name][place] for name in names) for place in range(len(LADDER))]
        arguments = {"stage": ("stage", startup.stage), "kinds": ("investor_kind", *names)}
        if startup.stage and value < Fraction(4, 10):
            return Sentence("reason.kind_unusual", arguments)
        is_news = startup.stage and value >= Fraction(8, 10) and round(sum(best) / len(best)) < 800
        return Sentence("reason.kind", arguments) if is_news else None

    def capacity(self, _: Startup, investor: Investor, values: Values) -> Sentence | None:
        value = values[0]
        assert value is not None
        assert investor.ticket_usd is not None
        key = "reason.capacity_small" if value < Fraction(1, 2) else "reason.capacity"
        is_news = value < Fraction(1, 2) or investor.ticket_usd[1] >= 50_000_000
        return Sentence(key, {"ticket": dollars(investor.ticket_usd)}) if is_news else None

    def geography(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        home, away = startup.country, investor.country
        reach, markets = investor.invests_in or NOWHERE, startup.markets or NOWHERE
        ties = [
            ("must_invest", home, home in (investor.must_invest_in or NOWHERE)),
            ("invests_in", home, home in reach.countries),
            ("wants_market", away, away in markets.countries),
            ("invests_in_region", home, home in reach.regional),
            ("wants_region", away, away in markets.regional),
        ]
        for key, country, is_tied in ties:
            if country and is_tied:
                return Sentence(f"reason.{key}", {"country": ("country", country)})
        return Sentence("reason.invests_everywhere", {"country": ("country", home)}) if reach.everywhere else None

    def complement(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        there = [one for one in sorted(startup.seeks) if one in investor.offers]
        back = [one for one in sorted(investor.seeks) if one in startup.offers]
        if there and back:
            arguments = {"capabilities": ("capability", *there), "back": ("capability", *back)}
            return Sentence("reason.needs_met_both", arguments)
        if there:
            return Sentence("reason.needs_met", {"capabilities": ("capability", *there)})
        return Sentence("reason.needs_met_back", {"capabilities": ("capability", *back)}) if back else None

    # What the investor did.

    def entries(self, key: str) -> list[Deal]:
        """The first deal in each startup."""
        return self.track.of(key) if self.track else []

    def there(self, deal: Deal) -> str:
        return self.track.there(deal.startup_key) if self.track else ""

    def days_ago(self, deal: Deal) -> int:
        return (self.market.as_of - deal.made_on).days

    def abroad(self, investor: Investor) -> list[Deal]:
        home = investor.country
        return [deal for deal in self.entries(investor.id) if home and self.there(deal) not in ("", home)]

    def country_deals(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        n = len([deal for deal in self.entries(investor.id) if startup.country and self.there(deal) == startup.country])
        return counted("reason.country_deal", n, country=("country", startup.country))

    def abroad_deals(self, _: Startup, investor: Investor, __: Values) -> Sentence | None:
        n = len([deal for deal in self.abroad(investor) if self.days_ago(deal) <= 2 * 365])
        return Sentence("reason.abroad_deals", {"n": str(n)}) if n > 1 else None

    def abroad_breadth(self, _: Startup, investor: Investor, __: Values) -> Sentence | None:
        n = len({self.there(deal) for deal in self.abroad(investor)})
        return Sentence("reason.abroad_breadth", {"n": str(n)}) if n > 1 else None

    def recent_deals(self, _: Startup, investor: Investor, __: Values) -> Sentence | None:
        n = len([deal for deal in self.entries(investor.id) if self.days_ago(deal) <= 365])
        return Sentence("reason.recent_deals", {"n": str(n)}) if n > 1 else None

    def city_deals(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        assert self.track is not None
        city = (startup.country, compact(startup.city)) if startup.city else self.track.city(startup.id)
        typed = [deal.startup_city for deal in self.deals if (deal.startup_country, compact(deal.startup_city)) == city]
        n = len([deal for deal in self.entries(investor.id) if self.track.city(deal.startup_key) == city])
        return counted("reason.city_deal", n, city=typed[0])

    def round_sizes(self, _: Startup, __: Investor, values: Values) -> Sentence | None:
        return Sentence("reason.round_sizes", {}) if mean(values) >= Fraction(6, 10) else None

    def startup_ages(self, _: Startup, __: Investor, values: Values) -> Sentence | None:
        return Sentence("reason.startup_ages", {}) if mean(values) >= Fraction(6, 10) else None

    def alone(self, _: Startup, investor: Investor, values: Values) -> Sentence | None:
        is_often = mean(values) >= Fraction(6, 10) and len(self.entries(investor.id)) >= 3
        return Sentence("reason.alone", {}) if is_often else None

    def usual_range(self, startup: Startup, investor: Investor, values: Values) -> Sentence | None:
        assert startup.raising_usd is not None
        logs = sorted(
            math.log10(deal.amount_usd) for deal in self.deals if deal.investor_key == investor.id and deal.amount_usd
        )
        ends = [max(1, round(1000 * quantile(logs, share))) for share in (0.1, 0.9)]
        ask = [round(1000 * math.log10(max(end, 1.0))) for end in startup.raising_usd]
        if values[0] != 1 or not ends[0] <= ask[0] <= ask[1] <= ends[1]:
            return None
        return Sentence("reason.usual_range", {"range": dollars((10 ** (ends[0] / 1000), 10 ** (ends[1] / 1000)))})

    def warm_path(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        assert self.track is not None
        mine = {deal.startup_key for deal in self.entries(investor.id)}
        most, warmest = 0, ""
        for key in sorted(self.track.backers(startup) - {investor.id}):
            n = len(mine & {deal.startup_key for deal in self.entries(key)})
            if n and n >= most:  # of those that share as many, the last
                most, warmest = n, key
        if not most:
            return None
        backer = next(deal.investor for deal in self.deals if deal.investor_key == warmest)
        key = "reason.warm_path" if most > 1 else "reason.warm_path_once"
        return Sentence(key, {"backer": backer, "n": str(most)})

    def compatriots(self, _: Startup, investor: Investor, values: Values) -> Sentence | None:
        return Sentence("reason.compatriots", {"country": ("country", investor.country)}) if values[0] else None

    def sector_focus(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        assert self.track is not None
        held = {one for one, weight in self.track.held(investor.id).items() if round(10 * (1 - 0.5**weight)) >= 3}
        stated = {one.sector for one in startup.sectors if one.how == "stated"}
        named = sorted(stated & held, key=lambda one: (-self.graph.information(one), one))[:3]
        return Sentence("reason.sector_focus", {"sectors": ("sector", *named)}) if named else None

    def round_deals(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        n = len([deal for deal in self.entries(investor.id) if deal.stage == startup.stage])
        return Sentence("reason.round_deals", {"n": str(n), "stage": ("stage", startup.stage)}) if n > 1 else None

    def sector_deals(self, startup: Startup, investor: Investor, _: Values) -> Sentence | None:
        stated = {one.sector for one in startup.sectors if one.how == "stated"}
        for sector in sorted(stated, key=lambda one: (-self.graph.information(one), one)):
            n = len([deal for deal in self.abroad(investor) if sector in self._told_sectors(deal)])
            if n > 1:
                return Sentence("reason.sector_deals", {"n": str(n), "sectors": ("sector", sector)})
        return None

    # Where its deals are not what it says.

    def differences(self, investor: Investor) -> list[Sentence]:
        found = [self._stages_differ(investor), self._sectors_differ(investor), self._countries_differ(investor)]
        return [one for one in found if one is not None]

    def _stages_differ(self, investor: Investor) -> Sentence | None:
        stages = [deal.stage for deal in self.entries(investor.id) if deal.stage]
        as_stated = [stage for stage in stages if stage in investor.stages]
        if not investor.stages or len(stages) < 5 or Fraction(len(as_stated), len(stages)) > Fraction(1, 3):
            return None
        top = max(LADDER, key=stages.count)  # the earliest of those that are as frequent
        stated = ("stage", *(stage for stage in LADDER if stage in investor.stages))
        numbers = {"n": str(stages.count(top)), "all": str(len(stages))}
        return Sentence("differs.stages", {"stated": stated, **numbers, "derived": ("stage", top)})

    def _sectors_differ(self, investor: Investor) -> Sentence | None:
        stated = {one.sector for one in investor.sectors if one.how in ("stated", "umbrella")}
        held = [self._told_sectors(deal) for deal in self.entries(investor.id)]
        held = [sectors for sectors in held if sectors]
        inside = [sectors for sectors in held if sectors & stated]
        if not stated or investor.agnostic or len(held) < 5 or Fraction(len(inside), len(held)) > Fraction(1, 3):
            return None
        roots = sorted(one for sectors in held for one in sectors if not self.graph.sectors[one].parents)
        top = max(roots, key=roots.count)
        return Sentence("differs.sectors", {"stated": ("sector", *sorted(stated)[:3]), "derived": ("sector", top)})

    def _told_sectors(self, deal: Deal) -> set[str]:
        assert self.track is not None
        told = self.track.told[deal.startup_key].get("startup_sectors", ())
        assert isinstance(told, tuple)
        upwards = {one for name in told for one in above(name, self.graph, wanting=False)}
        return {one for one in upwards if self.graph.information(one)}

    def _countries_differ(self, investor: Investor) -> Sentence | None:
        reach = investor.invests_in or NOWHERE
        abroad = [country for deal in self.entries(investor.id) if (country := self.there(deal)) != investor.country]
        abroad = [country for country in abroad if country]
        outside = [country for country in abroad if country not in reach]
        if not reach or len(abroad) < 5 or len(outside) <= len(abroad) / 2:
            return None
        stated = ("country", *sorted(reach.countries or reach.regional)[:6])
        return Sentence("differs.countries", {"stated": stated, "n": str(len(outside)), "all": str(len(abroad))})


def percent(share: float) -> str:
    """Whole ones; tenths below one."""
    thousandths = round(1000 * share)
    return f"{thousandths / 10:.0f} %" if thousandths >= 10 else f"{thousandths / 10:.1f} %"


def mean(values: Values) -> Fraction:
    """Of halves that are all known."""
    return sum((value for value in values if value is not None), Fraction(0)) / len(values)


def quantile(ascending: Sequence[float], share: float) -> float:
    """Between the two nearest, in proportion."""
    place = share * (len(ascending) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ascending) - 1)
    return ascending[low] + (ascending[high] - ascending[low]) * (place - low)


def counted(key: str, n: int, **arguments: str | tuple[str, ...]) -> Sentence | None:
    """One sentence for one, another with the number for more."""
    if n == 0:
        return None
    return Sentence(key, arguments) if n == 1 else Sentence(f"{key}s", {"n": str(n), **arguments})
