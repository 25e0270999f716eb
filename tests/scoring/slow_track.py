"""The criteria of the track record in plain Python, pair by pair: what the columns must give exactly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dealport.model import Deal, Investor, Startup
from dealport.words.funding.stage_words import LADDER
from dealport.words.normalising import compact
from dealport.words.sectors.graph import SectorGraph

SIZES = (6e4, 2e5, 6e5, 2e6, 6e6, 2e7, 6e7)
AGES = (1.0, 2.5, 5.0, 9.0)
MIDDLES = (4540, 5040, 5540, 6040, 6540, 7040, 7540, 8040)

OF_HALVES = ("abroad_deals", "recent_deals", "round_sizes", "round_deals", "sector_focus")

Values = tuple[Fraction | None, ...]


def log_share(amount: float, full: int) -> float:
    return min(1, math.log1p(amount) / math.log1p(full))


def thousandth(gain: float) -> int:
    return round(1000 * min(1.0, max(0.0, gain)))


def class_of(value: float, bounds: Iterable[float]) -> int:
    return sum(value >= bound for bound in bounds)


@dataclass
class Track:
    """The deals made before a day, read by loops."""

    deals: list[Deal]
    day: date
    graph: SectorGraph
    countries: dict[str, str]

    def __post_init__(self) -> None:
        known = [deal for deal in self.deals if deal.made_on < self.day]
        self.deals = sorted(known, key=lambda deal: (deal.made_on, deal.startup_key, deal.investor_key))
        self.told: dict[str, dict[str, object]] = defaultdict(dict)
        for deal in self.deals:
            for name in ("startup_country", "startup_city", "founded_on", "startup_sectors"):
                if value := getattr(deal, name):
                    self.told[deal.startup_key].setdefault(
                        name, (deal.startup_country, value) if "city" in name else value
                    )
            if deal.investor_country:
                self.told[f"investor {deal.investor_key}"].setdefault("country", deal.investor_country)
        self.entries: list[Deal] = []
        seen: set[tuple[str, str]] = set()
        for deal in self.deals:
            if (deal.startup_key, deal.investor_key) not in seen:
                seen.add((deal.startup_key, deal.investor_key))
                self.entries.append(deal)

    def weight(self, deal: Deal) -> float:
        return float(0.5 ** ((self.day - deal.made_on).days / 730.0))

    def home(self, investor: str) -> str:
        return str(self.told[f"investor {investor}"].get("country", ""))

    def there(self, startup: str) -> str:
        return str(self.told[startup].get("startup_country", ""))

    def is_abroad(self, deal: Deal) -> bool:
        home, there = self.home(deal.investor_key), self.there(deal.startup_key)
        return bool(home and there and home != there)

    def city(self, startup: str) -> tuple[str, str] | None:
        told = self.told[startup].get("startup_city")
        return (told[0], compact(str(told[1]))) if isinstance(told, tuple) and compact(str(told[1])) else None

    def of(self, investor: str) -> list[Deal]:
        return [deal for deal in self.entries if deal.investor_key == investor]

    def lift(self, investor: str, rounds: list[tuple[str, int, float]], wanted: int, n: int) -> Fraction:
        market, mine = [1e-9] * n, [0.0] * n
        for who, kind, weight in rounds:
            if kind >= 0:
                market[kind] += weight
                mine[kind] += weight if who == investor else 0
        share = market[wanted] / sum(market)
        own = (mine[wanted] + 3 * share) / (sum(mine) + 3)
        return Fraction(thousandth((math.log2(own / share) + 3) / 6), 1000)

    def rounds(self, kind: str, *, abroad: bool = False) -> list[tuple[str, int, float]]:
        found = []
        for deal in self.deals:
            if abroad and not self.is_abroad(deal):
                continue
            founded = self.told[deal.startup_key].get("founded_on")
            if kind == "size":
                place = class_of(deal.amount_usd, SIZES) if deal.amount_usd else -1
            elif kind == "age":
                place = class_of((deal.made_on - founded).days / 365.25, AGES) if isinstance(founded, date) else -1
            else:
                place = LADDER.index(deal.stage) if deal.stage else -1
            found.append((deal.investor_key, place, self.weight(deal)))
        return found

    def held(self, investor: str, *, abroad: bool = False) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for deal in self.of(investor):
            if abroad and not self.is_abroad(deal):
                continue
            stated = self.told[deal.startup_key].get("startup_sectors", ())
            assert isinstance(stated, tuple)
            for sector in {one for name in stated for one in (name, *self.graph.ancestors(name))}:
                if self.graph.information(sector):
                    found[sector] += self.weight(deal)
        return found

    def backers(self, startup: Startup) -> set[str]:
        return {*startup.backer_keys, *(deal.investor_key for deal in self.deals if deal.startup_key == startup.id)}

    def values(self, name: str, startup: Startup, investor: Investor) -> Values:
        """The halves of one criterion, None where a side is silent."""
        if not self.of(investor.id) and name != "compatriots":
            return (None,) * (2 if name in OF_HALVES else 1)
        found: Values = getattr(self, name)(startup, investor)
        return found

    def country_deals(self, startup: Startup, investor: Investor) -> Values:
        abroad = [deal for deal in self.entries if self.is_abroad(deal)]
        every: dict[str, float] = defaultdict(float)
        flow: dict[str, float] = defaultdict(float)
        own: dict[str, float] = defaultdict(float)
        for deal in abroad:
            there, weight = self.there(deal.startup_key), self.weight(deal)
            every[there] += weight
            flow[there] += weight if self.home(deal.investor_key) == self.home(investor.id) else 0
            own[there] += weight if deal.investor_key == investor.id else 0
        total = sum(every.values()) + 0.5 * 249
        expected = (flow[startup.country] + 5 * (every[startup.country] + 0.5) / total) / (sum(flow.values()) + 5)
        share = (own[startup.country] + 3 * expected) / (sum(own.values()) + 3)
        return (Fraction(thousandth(1 + math.log10(share) / 3), 1000),)

    def abroad_deals(self, _: Startup, investor: Investor) -> Values:
        mass = sum(self.weight(deal) for deal in self.of(investor.id) if self.is_abroad(deal))
        return Fraction(thousandth(log_share(mass, 20)), 1000), Fraction(thousandth(log_share(mass, 200)), 1000)

    def abroad_breadth(self, _: Startup, investor: Investor) -> Values:
        been = {self.there(deal.startup_key) for deal in self.of(investor.id) if self.is_abroad(deal)}
        return (Fraction(thousandth(log_share(len(been), 15)), 1000),)

    def recent_deals(self, _: Startup, investor: Investor) -> Values:
        n = sum((self.day - deal.made_on).days <= 365 for deal in self.of(investor.id))
        latest = max((self.weight(deal) for deal in self.of(investor.id) if self.is_abroad(deal)), default=0.0)
        return Fraction(thousandth(log_share(n, 20)), 1000), Fraction(thousandth(latest), 1000)

    def size(self, startup: Startup) -> int:
        if startup.raising_usd is None:
            return -1
        low, high = (max(1.0, end) for end in startup.raising_usd)
        return class_of(math.sqrt(low * high), SIZES)

    def round_sizes(self, startup: Startup, investor: Investor) -> Values:
        size = self.size(startup)
        if size < 0:
            return None, None
        return (
            self.lift(investor.id, self.rounds("size"), size, 8),
            self.lift(investor.id, self.rounds("size", abroad=True), size, 8),
        )

    def usual_range(self, startup: Startup, investor: Investor) -> Values:
        logs = sorted(
            math.log10(deal.amount_usd) for deal in self.deals if deal.investor_key == investor.id and deal.amount_usd
        )
        size = self.size(startup)
        if not logs or size < 0:
            return (None,)

        def quantile(q: float) -> int:
            place = q * (len(logs) - 1)
            low = math.floor(place)
            high = min(low + 1, len(logs) - 1)
            return max(1, round(1000 * (logs[low] + (logs[high] - logs[low]) * (place - low))))

        gap = max(quantile(0.1) - MIDDLES[size], MIDDLES[size] - quantile(0.9))
        return (Fraction(1000 - min(1000, max(0, gap)), 1000),)

    def startup_ages(self, startup: Startup, investor: Investor) -> Values:
        founded = startup.founded_on or self.told[startup.id].get("founded_on")
        if isinstance(founded, date):
            wanted = class_of((self.day - founded).days / 365.25, AGES)
            return (self.lift(investor.id, self.rounds("age"), wanted, 5),)
        if startup.stage:
            return (self.lift(investor.id, self.rounds("stage"), LADDER.index(startup.stage), len(LADDER)),)
        return (None,)

    def round_deals(self, startup: Startup, investor: Investor) -> Values:
        if not startup.stage:
            return None, None
        wanted, rounds = LADDER.index(startup.stage), self.rounds("stage")
        mass = sum(weight for who, kind, weight in rounds if who == investor.id and kind == wanted)
        often = self.lift(investor.id, rounds, wanted, len(LADDER))
        return Fraction(thousandth(log_share(mass, 60)), 1000), often

    def warm_path(self, startup: Startup, investor: Investor) -> Values:
        known = {deal.investor_key for deal in self.deals}
        backers = sorted(self.backers(startup) & known)
        if not backers:
            return (None,)
        mine = {deal.startup_key: self.weight(deal) for deal in self.of(investor.id)}
        warmth = 0
        for key in backers:
            theirs = {deal.startup_key: self.weight(deal) for deal in self.of(key)}
            together = sum(math.sqrt(mine[one] * theirs[one]) for one in sorted(mine.keys() & theirs))
            if key != investor.id:
                warmth += round(4000 * together / math.sqrt(sum(mine.values()) * sum(theirs.values())))
        return (Fraction(min(1000, warmth), 1000),)

    def compatriots(self, startup: Startup, investor: Investor) -> Values:
        homes = [self.countries.get(key) or self.home(key) for key in sorted(self.backers(startup))]
        homes = [home for home in homes if home]
        if not homes:
            return (None,)
        return (Fraction(round(1000 * homes.count(investor.country) / len(homes)), 1000),)

    def city_deals(self, startup: Startup, investor: Investor) -> Values:
        city = (startup.country, compact(startup.city)) if startup.city else self.city(startup.id)
        if city is None or city not in {(deal.startup_country, compact(deal.startup_city)) for deal in self.deals}:
            return (None,)
        mass = sum(self.weight(deal) for deal in self.of(investor.id) if self.city(deal.startup_key) == city)
        return (Fraction(thousandth(log_share(mass, 5)), 1000),)

    def alone(self, startup: Startup, investor: Investor) -> Values:
        n_in_round: dict[tuple[str, date], int] = defaultdict(int)
        for deal in self.deals:
            n_in_round[deal.startup_key, deal.made_on] += 1
        alone, every, mine, own = 0.0, 0.0, 0.0, 0.0
        for deal in self.deals:
            is_alone, weight = n_in_round[deal.startup_key, deal.made_on] == 1, self.weight(deal)
            every, alone = every + weight, alone + weight * is_alone
            if deal.investor_key == investor.id:
                mine, own = mine + weight, own + weight * is_alone
        if self.backers(startup):
            return (Fraction(0),)
        return (Fraction(thousandth((own + 2 * alone / every) / (mine + 2)), 1000),)

    def sector_focus(self, startup: Startup, investor: Investor) -> Values:
        from tests.scoring.slow_twin import levels, mass, tversky

        information, held = self.graph.information, self.held(investor.id)
        mine = {one: ten for one, ten in levels(startup, self.graph, neighbours=False).items() if information(one)}
        theirs = {one: round(10 * (1 - 0.5**weight)) for one, weight in held.items()}
        masses = mass(startup, self.graph), sum(information(one) * ten for one, ten in theirs.items())
        overlap = None
        if all(masses):
            overlap = tversky(sum(information(one) * mine[one] * theirs.get(one, 0) for one in mine), *masses)
        a, b = (
            unit({one: information(one) * amount for one, amount in side.items()})
            for side in ({one: float(ten) for one, ten in mine.items()}, held)
        )
        cosine = sum(a[one] * b.get(one, 0) for one in a)
        return overlap, Fraction(min(1_000_000, cosine), 1_000_000) if any(a.values()) and any(b.values()) else None

    def sector_deals(self, startup: Startup, investor: Investor) -> Values:
        from tests.scoring.slow_twin import levels, mass

        information, whole = self.graph.information, 10 * mass(startup, self.graph)
        if not whole or not self.held(investor.id):
            return (None,)
        mine, entered = levels(startup, self.graph, neighbours=False), self.held(investor.id, abroad=True)
        gain = sum(
            information(one) * ten * round(100 * log_share(entered.get(one, 0.0), 5)) for one, ten in mine.items()
        )
        return (min(Fraction(1), Fraction(gain, 10 * whole)),)


def unit(vector: dict[str, float]) -> dict[str, int]:
    """Scaled to a length of 1000, in whole numbers."""
    length = math.sqrt(sum(amount**2 for amount in vector.values()))
    return {one: round(1000 * amount / length) for one, amount in vector.items()} if length else {}
