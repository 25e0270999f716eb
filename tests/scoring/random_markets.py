"""Random markets for property tests: every field, silent ones too, drawn from small pools so that pairs meet."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.model import Deal, How, Investor, Kind, Reach, SectorMention, Startup
from dealport.words.capabilities import CAPABILITIES
from dealport.words.funding.stage_words import LADDER
from dealport.words.sectors.graph import load_graph

COUNTRIES = ["", "KR", "CN", "JP", "SG", "US"]
GRAPH = load_graph()
# A pool with parents, children, neighbours, an umbrella and a business model in it.
SECTORS = [
    name
    for name in (
        "ai",
        "ai-llm",
        "ai-cancer-dx",
        "robotics",
        "robot-humanoid",
        "battery",
        "semi",
        "semi-memory",
        "semi-equip",
        "bio",
        "healthcare",
        "deeptech",
        "b2b",
        "ev",
        "av",
        "steel",
        "ai-health",
        "ai-cancer-dx",
        "robot-surgical",
    )
    if name in GRAPH.sectors
]
KINDS_TYPED = ["", "VC", "Solo angel", "Family office", "VC / PE", "엔젤, 액셀러레이터", "fund of funds"]
MONEY = [0.0, 1.0, 5e4, 2e5, 1e6, 3.3e6, 1e7, 4.5e7, 2e8, 3e9]

hows: st.SearchStrategy[How] = st.sampled_from(["stated", "stated", "umbrella", "listed", "inferred", "derived"])
wanted_hows: st.SearchStrategy[How] = hows | st.sampled_from(["with", "dealt"])
means = st.sampled_from([False, False, False, True])
mentions = st.lists(st.builds(SectorMention, st.sampled_from(SECTORS), st.just("word"), hows, means), max_size=4).map(
    tuple
)
wishes = st.lists(st.builds(SectorMention, st.sampled_from(SECTORS), st.just("word"), wanted_hows), max_size=4).map(
    tuple
)
codes = st.frozensets(st.sampled_from(COUNTRIES[1:]), max_size=3)
reaches = st.none() | st.builds(Reach, codes, codes, st.booleans(), st.booleans())
ranges = st.none() | st.lists(st.sampled_from(MONEY), min_size=2, max_size=2).map(lambda ends: (min(ends), max(ends)))
abilities = st.frozensets(st.sampled_from(CAPABILITIES[:6]), max_size=3)
n_ids = 6
startup_ids = st.frozensets(st.integers(0, n_ids).map("s{}".format), max_size=1)
investor_ids = st.frozensets(st.integers(0, n_ids).map("i{}".format), max_size=1)
asked_startups = st.lists(st.integers(0, n_ids).map("s{}".format), max_size=2, unique=True).map(tuple)
asked_investors = st.lists(st.integers(0, n_ids).map("i{}".format), max_size=2, unique=True).map(tuple)
misread = st.sampled_from([(), (), (), ("qwert",)])

startups = st.builds(
    Startup, id=st.just(""), name=st.just("S"), country=st.sampled_from(COUNTRIES), sectors=mentions,
    agnostic=st.sampled_from([False] * 7 + [True]), seeks=abilities, offers=abilities, avoids=investor_ids,
    wants=asked_investors, misread=misread,
    stage=st.sampled_from(["", *LADDER]), raising_usd=ranges, total_raised_usd=ranges, markets=reaches,
    backed_by=investor_ids,
    backer_keys=st.lists(st.integers(0, 9).map("i{}".format), max_size=2, unique=True).map(sorted).map(tuple),
    city=st.sampled_from(["", "Seoul", "Koln", "Oslo"]),
    founded_on=st.none() | st.dates(date(2012, 1, 1), date(2026, 1, 1)),
)  # fmt: skip
investors = st.builds(
    Investor, id=st.just(""), name=st.just("I"), country=st.sampled_from(COUNTRIES), sectors=wishes,
    agnostic=st.sampled_from([False] * 7 + [True]), seeks=abilities, offers=abilities, avoids=startup_ids,
    wants=asked_startups, misread=misread,
    excluded_sectors=st.frozensets(st.sampled_from(SECTORS), max_size=1),
    excluded_countries=codes.filter(lambda s: len(s) < 2),
    stages=st.frozensets(st.sampled_from(LADDER), max_size=3), ticket_usd=ranges,
    type=st.sampled_from(KINDS_TYPED), lead=st.sampled_from([True, False, None]),
    invests_in=reaches, must_invest_in=reaches,
)  # fmt: skip
cities = st.sampled_from(["", "Seoul", "seoul", "Köln"])
days = st.dates(date(2018, 1, 1), date(2026, 3, 1))
deals = st.builds(
    Deal, made_on=days, startup=st.just("x"), investor=st.just("y"),
    startup_key=st.integers(0, 12).map("s{}".format), investor_key=st.integers(0, 9).map("i{}".format),
    startup_country=st.sampled_from(COUNTRIES), investor_country=st.sampled_from(COUNTRIES), startup_city=cities,
    startup_sectors=st.lists(st.sampled_from(SECTORS), max_size=2, unique=True).map(tuple),
    founded_on=st.none() | st.dates(date(2010, 1, 1), date(2025, 1, 1)), stage=st.sampled_from(["", *LADDER]),
    amount_usd=st.none() | st.sampled_from(MONEY[1:]),
).map(lambda deal: replace(deal, investor_id=deal.investor_key, investor=f"Fund {deal.investor_key}"))  # fmt: skip

duplicates: st.SearchStrategy[frozenset[tuple[Kind, str]]] = st.frozensets(
    st.sampled_from([("startup", "s0"), ("startup", "i1"), ("investor", "i0"), ("investor", "s1")]), max_size=2
)


@st.composite
def markets(draw: st.DrawFn, most: int = 6) -> Market:
    """Up to `most` a side."""
    mine = draw(st.lists(startups, min_size=1, max_size=most))
    theirs = draw(st.lists(investors, min_size=1, max_size=most))
    return Market(
        startups=tuple(replace(one, id=f"s{row}") for row, one in enumerate(mine)),
        investors=tuple(replace(one, id=f"i{row}") for row, one in enumerate(theirs)),
        deals=tuple(draw(st.lists(deals, max_size=12))),
        as_of=date(2026, 1, 7),
        graph=GRAPH,
        possible_duplicates=draw(duplicates),
    )


def busy_market(seed: int) -> Market:
    """Six a side, three of the investors with habits and some ten deals each, so that every reason and flag occurs."""
    r = random.Random(seed)  # noqa: S311 - no secret
    sectors, codes_known = sorted(set(SECTORS)), COUNTRIES[1:]

    def some(pool: Sequence[str], most: int) -> frozenset[str]:
        return frozenset(r.sample(list(pool), r.randint(0, most)))

    def reach() -> Reach | None:
        return r.choice([None, Reach(some(codes_known, 2), some(codes_known, 2), r.random() < 0.2, r.random() < 0.2)])

    def money() -> tuple[float, float] | None:
        low, high = sorted(r.choices([0.0, 5e4, 2e5, 7e5, 1e6, 3.3e6, 1e7, 4.5e7, 2e8], k=2))
        return r.choice([None, (low, high), (high, high), (high, high)])

    def profile(side: str, other: str, row: int) -> dict[str, Any]:
        hows_here: list[How] = ["stated", "stated", "stated", "umbrella", "listed", "inferred", "derived"]
        mentioned = r.sample(sectors, r.randint(0, 3))
        return {
            "id": f"{side}{row}", "name": f"{side}{row}", "country": r.choice([*codes_known, *COUNTRIES]),
            "sectors": tuple(SectorMention(one, f"word of {side}{row}", r.choice(hows_here)) for one in mentioned),
            "agnostic": r.random() < 0.1, "seeks": some(CAPABILITIES[:6], 3), "offers": some(CAPABILITIES[:6], 3),
            "wants": tuple(r.sample([f"{other}{place}" for place in range(8)], r.randint(0, 2))),
            "misread": r.choice([(), (), (), ("qwert",)]),
        }  # fmt: skip

    def startup(row: int) -> Startup:
        return Startup(
            **profile("s", "i", row), stage=r.choice(["", *LADDER]), raising_usd=money(), markets=reach(),
            total_raised_usd=money(),
            city=r.choice(["", "Seoul", "Koln"]), founded_on=r.choice([None, date(2016, 5, 1), date(2024, 5, 1)]),
            backer_keys=tuple(sorted(some([f"i{place}" for place in range(5)], 2))) if r.random() < 0.7 else (),
        )  # fmt: skip

    def investor(row: int) -> Investor:
        return Investor(
            **profile("i", "s", row), stages=some(LADDER, 3), ticket_usd=money(), lead=r.choice([True, False, None]),
            type=r.choice(KINDS_TYPED),
            invests_in=reach(), must_invest_in=reach() if r.random() < 0.3 else None,
        )  # fmt: skip

    def habitual_deals(row: int) -> Iterator[Deal]:
        usual: dict[str, Any] = {
            "startup_country": r.choice(codes_known), "startup_city": r.choice(["Seoul", "Köln"]),
            "stage": r.choice(LADDER), "amount_usd": r.choice(MONEY[2:]), "startup_sectors": (r.choice(sectors),),
            "founded_on": r.choice([date(2013, 1, 1), date(2023, 1, 1)]), "investor_country": r.choice(codes_known),
        }  # fmt: skip
        other: dict[str, Any] = {
            "startup_country": r.choice(COUNTRIES), "startup_city": r.choice(["", "seoul"]), "stage": "",
            "amount_usd": r.choice([None, *MONEY[2:]]), "startup_sectors": (), "founded_on": None,
        }  # fmt: skip
        for _ in range(r.randint(3, 14)):
            told = usual | {name: value for name, value in other.items() if r.random() < 0.2}
            yield Deal(
                **told, made_on=date(2026, 1, 10) - timedelta(days=round(r.random() ** 2 * 1500)), startup="x",
                investor=f"Fund i{row}", investor_key=f"i{row}", investor_id=f"i{row}",
                startup_key=f"s{r.randrange(16 if row else 40)}",
            )  # fmt: skip

    deals_made = [deal for row in range(r.choice([0, 3, 3, 3, 3, 3])) for deal in habitual_deals(row)]
    return Market(
        startups=tuple(startup(row) for row in range(6)),
        investors=tuple(investor(row) for row in range(6)),
        deals=tuple(deals_made),
        as_of=date(2026, 1, 7),
        graph=GRAPH,
        possible_duplicates=frozenset({("startup", "s1"), ("investor", "i2"), ("investor", "s3")}),
    )
