"""The score in plain Python, pair by pair, values as fractions: what the engine must give exactly."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from dealport.market.markets import Market
from dealport.model import Deal, Investor, Profile, Reach, SectorMention, Startup
from dealport.words.investor_kinds import resolve_investor_kinds
from dealport.words.sectors.graph import SectorGraph
from tests.scoring.slow_track import Track

WHOLE = 1_000_000  # steps of 0.0001 point
LEVELS = {"stated": 10, "umbrella": 1, "listed": 8, "inferred": 5, "derived": 5, "dealt": 0, "with": 0}
LADDER = {
    "pre-seed": 0, "seed": 2, "pre-a": 3, "series-a": 4, "series-a-plus": 5, "series-b": 6, "series-b-plus": 7,
    "series-c": 8, "series-d-plus": 10, "growth": 11, "pre-ipo": 12, "public": 14,
}  # fmt: skip
# From pre-seed to public.
KINDS = {
    "angel": [1000, 1000, 800, 500, 400, 200, 100, 0, 0, 0, 0, 0],
    "accelerator": [1000, 800, 500, 200, 100, 0, 0, 0, 0, 0, 0, 0],
    "seed-fund": [1000, 1000, 1000, 700, 500, 300, 200, 0, 0, 0, 0, 0],
    "vc": [800, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 900, 800, 300],
    "corporate": [300, 600, 700, 800, 800, 900, 900, 900, 900, 900, 800, 500],
    "family-office": [500, 700, 700, 700, 700, 700, 700, 700, 700, 700, 700, 500],
    "private-equity": [0, 0, 50, 150, 250, 400, 550, 750, 900, 1000, 1000, 700],
    "institution": [50, 100, 150, 250, 350, 500, 600, 750, 850, 1000, 1000, 900],
    "public": [600, 700, 700, 700, 700, 700, 700, 700, 700, 700, 600, 400],
}
STEPS = [1000, 930, 800, 600, 370]
USUAL_ROUNDS = {
    "pre-seed": 500_000, "seed": 1_500_000, "pre-a": 3_000_000, "series-a": 8_000_000, "series-a-plus": 10_000_000,
    "series-b": 20_000_000, "series-b-plus": 25_000_000, "series-c": 40_000_000, "series-d-plus": 80_000_000,
    "growth": 80_000_000, "pre-ipo": 100_000_000,
}  # fmt: skip


def shares(weights: Mapping[str, float]) -> dict[str, int]:
    """Largest remainder, one unit at a time."""
    total = sum(Fraction(weight) for weight in weights.values())
    exact = {name: Fraction(weight) * WHOLE / total for name, weight in weights.items()}
    given = {name: int(quota) for name, quota in exact.items()}
    while sum(given.values()) < WHOLE:
        given[max(given, key=lambda name: exact[name] - given[name])] += 1
    return given


def score(
    startup: Startup,
    investor: Investor,
    graph: SectorGraph,
    weights: Mapping[str, float],
    neutral: Mapping[str, tuple[int, ...]],
    *,
    deals: tuple[Deal, ...] = (),
    track: Track | None = None,
) -> tuple[int, dict[str, int]]:
    """Score and points by criterion, in units of 0.00001 point; without `track` its criteria are absent.

    A step is ten units, or one in a pair of last resort.
    """
    points = {}
    in_force = {name: weight for name, weight in weights.items() if track or name in VALUES}
    for name, share in shares(in_force).items():
        values = values_of(name, startup, investor, graph, deals=deals, track=track)
        fallback = [Fraction(one, 1000) for one in neutral[name]]
        halves = [share] if len(values) == 1 else [share - share // 2, share // 2]
        points[name] = sum(
            units(half, blank if value is None else value)
            for half, value, blank in zip(halves, values, fallback, strict=True)
        )
    kept = 1 if last_resorts(startup, investor, graph, deals, track) else 10
    return kept * sum(points.values()), {name: kept * one for name, one in points.items()}


def values_of(
    name: str,
    startup: Startup,
    investor: Investor,
    graph: SectorGraph,
    *,
    deals: tuple[Deal, ...],
    track: Track | None,
) -> tuple[Fraction | None, ...]:
    """The halves of one criterion, None where a side is silent."""
    if name not in VALUES:
        assert track is not None
        return track.values(name, startup, investor)
    return VALUES[name](startup, investor, graph, deals)


def units(share: int, value: Fraction) -> int:
    """Share x value to the nearest unit, halves to even, after each step to single precision."""
    return round(single(single(float(value)) * share))


def single(number: float) -> float:
    """The nearest number of single precision."""
    return float(struct.unpack("f", struct.pack("f", number))[0])


def above(sector: str, graph: SectorGraph, *, wanting: bool) -> set[str]:
    """A sector and all above it; `wanting`, what an investor means by it: without what it uses."""
    node = graph.sectors[sector]
    parents = set(node.parents) - (node.uses if wanting else set())
    return {sector}.union(*(above(parent, graph, wanting=wanting) for parent in parents))


def levels(profile: Profile, graph: SectorGraph, *, neighbours: bool) -> dict[str, int]:
    """Sector to tenths, closed upwards."""
    found = closed_upwards(profile.sectors, graph, wanting=isinstance(profile, Investor))
    if neighbours:
        for mention in profile.sectors:
            for sector in graph.sectors[mention.sector].neighbours if mention.how == "stated" else ():
                found[sector] = max(found.get(sector, 0), 3)
    return found


def closed_upwards(mentions: Iterable[SectorMention], graph: SectorGraph, *, wanting: bool) -> dict[str, int]:
    """Sector to tenths, the highest that any of the mentions gives it or one below it."""
    found: dict[str, int] = {}
    for mention in mentions:
        level = 1 if graph.sectors[mention.sector].facet == "umbrella" else LEVELS[mention.how]
        for sector in above(mention.sector, graph, wanting=wanting):
            found[sector] = max(found.get(sector, 0), level)
    return found


def mass(profile: Profile, graph: SectorGraph) -> int:
    """What a side is held to, in tenths of information."""
    return sum(graph.information(one) * level for one, level in held_to(profile, graph).items())


def held_to(profile: Profile, graph: SectorGraph) -> dict[str, int]:
    """Sector to tenths: its stated sectors; else all it mentions; its means only where there is nothing else."""
    without_means = [one for one in profile.sectors if isinstance(profile, Investor) or not one.is_means]
    stated = [one for one in without_means if one.how in ("stated", "umbrella")]
    for held in (
        closed_upwards(stated, graph, wanting=True),
        closed_upwards(without_means, graph, wanting=True),
        levels(profile, graph, neighbours=False),
    ):
        if any(graph.information(one) * level for one, level in held.items()):
            return held
    return {}


def tversky(common: int, mine: int | Fraction, theirs: int) -> Fraction:
    """With a = .8, b = .1, from hundredths of what is common and tenths of what each side is held to."""
    shared, my_own, their_own = Fraction(common, 100), Fraction(mine, 10), Fraction(theirs, 10)
    whole = shared + Fraction(8, 10) * (my_own - shared) + Fraction(1, 10) * (their_own - shared)
    return min(Fraction(1), shared / whole)


def sectors(startup: Startup, investor: Investor, graph: SectorGraph, _: tuple[Deal, ...]) -> tuple[Fraction | None]:
    """What Tversky's index is worth; who takes any sector gives at least .38."""
    is_agnostic = startup.agnostic or investor.agnostic
    mine, theirs = levels(startup, graph, neighbours=False), levels(investor, graph, neighbours=True)
    masses = mass(startup, graph), mass(investor, graph)
    if 0 in masses:
        return (Fraction(380, 1000) if is_agnostic else None,)
    common = sum(graph.information(one) * mine[one] * theirs[one] for one in mine.keys() & theirs)
    held = held_to(startup, graph)
    free = sum(
        graph.information(one) * max(0, level - held.get(one, 0)) * theirs.get(one, 0) for one, level in mine.items()
    )
    found = worth(tversky(common, masses[0] + Fraction(free, 10), masses[1]))
    return (max(found, Fraction(380, 1000)) if is_agnostic else found,)


def worth(index: Fraction) -> Fraction:
    """0 of nothing, else at least .4: the logarithm from .02 to 1, of the index rounded up to thousandths."""
    thousandths = math.ceil(single(single(float(index)) * 1000))
    if not thousandths:
        return Fraction(0)
    return Fraction(max(400, round(1000 * (1 - math.log(thousandths / 1000) / math.log(0.02)))), 1000)


def stage(startup: Startup, investor: Investor, _: SectorGraph, __: tuple[Deal, ...]) -> tuple[Fraction | None]:
    """By the nearest rung."""
    if not startup.stage or not investor.stages:
        return (None,)
    distance = min(abs(LADDER[startup.stage] - LADDER[one]) for one in investor.stages)
    return (Fraction(STEPS[distance] if distance < len(STEPS) else 0, 1000),)


def ask(startup: Startup) -> tuple[float, float] | None:
    """As stated, else 2.5 times what was raised so far, at least 500,000, else the usual round of the stage."""
    if startup.raising_usd is not None:
        return startup.raising_usd
    if startup.total_raised_usd is not None and startup.total_raised_usd[1] > 0:
        least, most = (max(500_000.0, 2.5 * end) for end in startup.total_raised_usd)
        return least, most
    if startup.stage in USUAL_ROUNDS:
        return USUAL_ROUNDS[startup.stage], USUAL_ROUNDS[startup.stage]
    return None


def ticket(startup: Startup, investor: Investor, _: SectorGraph, __: tuple[Deal, ...]) -> tuple[Fraction | None]:
    """By the gap in log10, in hundredths."""
    asked = ask(startup)
    if asked is None or investor.ticket_usd is None:
        return (None,)
    low, high = (max(1, round(100 * math.log10(max(1.0, end)))) for end in asked)
    least, most = (max(1, round(100 * math.log10(max(1.0, end)))) for end in investor.ticket_usd)
    low += -170 if investor.lead is False else -70
    gap = max(0, low - most, least - high)
    return (Fraction(max(0, 100 - gap), 100),)


def kind(startup: Startup, investor: Investor, _: SectorGraph, __: tuple[Deal, ...]) -> tuple[Fraction | None]:
    """The best of its kinds at the stage; the mean of the best where the stage is unknown."""
    kinds = resolve_investor_kinds(investor.type)
    if not kinds:
        return (None,)
    best = [max(KINDS[one][place] for one in kinds) for place in range(len(LADDER))]
    if startup.stage:
        return (Fraction(best[list(LADDER).index(startup.stage)], 1000),)
    return (Fraction(round(sum(best) / len(best)), 1000),)


def capacity(_: Startup, investor: Investor, __: SectorGraph, ___: tuple[Deal, ...]) -> tuple[Fraction | None]:
    """Two powers of ten from 10,000, in hundredths of log10."""
    if investor.ticket_usd is None:
        return (None,)
    hundredths = round(100 * math.log10(max(1.0, investor.ticket_usd[1])))
    return (Fraction(min(200, max(0, hundredths - 400)), 200),)


def geography(
    startup: Startup, investor: Investor, _: SectorGraph, deals: tuple[Deal, ...]
) -> tuple[Fraction | None, Fraction | None]:
    """Interest, by the surest tie, and wish."""
    interest = None
    reach, home = investor.invests_in, startup.country
    been = {deal.startup_country for deal in deals if deal.investor_id == investor.id}
    if home in (investor.must_invest_in or Reach()) and home:
        interest = 1000
    elif reach and home:
        named = among(len(reach.countries)) if home in reach.countries else 0
        is_regional = home in reach.regional and home not in reach.countries
        regional = min(780, among(len(reach.countries) + len(reach.regional))) if is_regional else 0
        interest = max(named, regional, 700 if home in been else 0, 600 if reach.everywhere else 0)
    wish = None
    if startup.markets:
        regional = 700 if investor.country in startup.markets.regional else 0
        wish = 1000 if investor.country in startup.markets.countries else regional
        wish = wish or (500 if startup.markets.everywhere else 0)
    return (
        None if interest is None else Fraction(interest, 1000),
        None if wish is None else Fraction(wish, 1000),
    )


def among(n: int) -> int:
    """.98 alone, .6 among 190 and more, by the logarithm."""
    return max(600, round(980 - 380 * math.log(n) / math.log(190)))


def complement(
    startup: Startup, investor: Investor, _: SectorGraph, __: tuple[Deal, ...]
) -> tuple[Fraction | None, Fraction | None]:
    """Needs met, both ways."""
    there = Fraction(len(startup.seeks & investor.offers), len(startup.seeks) or 1)
    back = Fraction(len(investor.seeks & startup.offers), len(investor.seeks) or 1)
    return (
        there if startup.seeks and investor.offers else None,
        back if investor.seeks and startup.offers else None,
    )


VALUES: Mapping[str, Callable[[Startup, Investor, SectorGraph, tuple[Deal, ...]], tuple[Fraction | None, ...]]] = {
    "sectors": sectors,
    "stage": stage,
    "ticket": ticket,
    "geography": geography,
    "complement": complement,
    "kind": kind,
    "capacity": capacity,
}


def gate(
    startup: Startup, investor: Investor, graph: SectorGraph, deals: tuple[Deal, ...], track: Track | None = None
) -> str:
    """The first closed gate, "" when all are open."""
    return next(iter(closed_gates(startup, investor, graph, deals, track)), "")


def closed_gates(
    startup: Startup, investor: Investor, graph: SectorGraph, deals: tuple[Deal, ...], track: Track | None = None
) -> list[str]:
    """Every closed gate, in the order they are asked."""
    stated = {one.sector for one in startup.sectors if one.how in ("stated", "umbrella")}
    stated = {one for name in stated for one in above(name, graph, wanting=False)}
    resorts = last_resorts(startup, investor, graph, deals, track)
    is_fence = investor.must_invest_in is not None or (investor.invests_in or Reach()).only
    is_obliged = is_fence and "outside_stated_countries" in resorts
    findings = {
        "same_country": startup.country == investor.country != "",
        "unknown_country": "" in (startup.country, investor.country),
        "already_backed": investor.id in startup.backed_by,
        "avoids": investor.id in startup.avoids or startup.id in investor.avoids,
        "excluded_country": startup.country in investor.excluded_countries,
        "excluded_sector": bool({one for one in stated if graph.information(one)} & investor.excluded_sectors),
        "invests_elsewhere": is_obliged or len(resorts) == 2,
    }
    return [name for name, is_closed in findings.items() if is_closed]


def last_resorts(
    startup: Startup, investor: Investor, graph: SectorGraph, deals: tuple[Deal, ...], track: Track | None
) -> set[str]:
    """What makes the pair a last resort."""
    been = {deal.startup_country for deal in deals if deal.investor_id == investor.id}
    reach, must, home = investor.invests_in, investor.must_invest_in or Reach(), startup.country
    mine, theirs = levels(startup, graph, neighbours=False), levels(investor, graph, neighbours=True)
    wanted = {one for one, level in theirs.items() if level}
    held = {one for one, weight in track.held(investor.id).items() if round(10 * (1 - 0.5**weight))} if track else set()
    shared = any(graph.information(one) for one, level in mine.items() if level and one in wanted | held)
    by_deals = not mass(investor, graph) and any(graph.information(one) for one in held)
    is_outside = bool(reach and home) and not any(home in some for some in (reach or Reach(), must, been))
    found = {
        "nothing_in_common": not (shared or startup.agnostic or investor.agnostic or by_deals),
        "outside_stated_countries": is_outside,
    }
    return {name for name, holds in found.items() if holds}


def track_of(market: Market) -> Track | None:
    """The deals of a market; None without any before its day."""
    homes = {one.id: one.country for one in market.investors if one.country}
    knows_deals = any(deal.made_on < market.as_of for deal in market.deals)
    return Track(list(market.deals), market.as_of, market.graph, homes) if knows_deals else None
