"""Random markets for property tests: every field, silent ones too, drawn from small pools so that pairs meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from dealport.market.market import Market
from dealport.model import Deal, How, Investor, Reach, SectorMention, Startup
from dealport.words.capabilities import CAPABILITIES
from dealport.words.sectors import load_graph
from dealport.words.stage_words import LADDER

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
MONEY = [0.0, 1.0, 5e4, 2e5, 1e6, 3.3e6, 1e7, 4.5e7, 2e8]

hows: st.SearchStrategy[How] = st.sampled_from(["stated", "stated", "umbrella", "listed", "inferred", "derived"])
wanted_hows: st.SearchStrategy[How] = hows | st.just("with")
means = st.sampled_from([False, False, False, True])
mentions = st.lists(st.builds(SectorMention, st.sampled_from(SECTORS), st.just("word"), hows, means), max_size=4).map(
    tuple
)
wishes = st.lists(st.builds(SectorMention, st.sampled_from(SECTORS), st.just("word"), wanted_hows), max_size=4).map(
    tuple
)
codes = st.frozensets(st.sampled_from(COUNTRIES[1:]), max_size=3)
reaches = st.none() | st.builds(Reach, codes, codes, st.booleans())
ranges = st.none() | st.lists(st.sampled_from(MONEY), min_size=2, max_size=2).map(lambda ends: (min(ends), max(ends)))
abilities = st.frozensets(st.sampled_from(CAPABILITIES[:6]), max_size=3)
n_ids = 6
startup_ids = st.frozensets(st.integers(0, n_ids).map("s{}".format), max_size=1)
investor_ids = st.frozensets(st.integers(0, n_ids).map("i{}".format), max_size=1)

startups = st.builds(
    Startup, id=st.just(""), name=st.just("S"), country=st.sampled_from(COUNTRIES), sectors=mentions,
    agnostic=st.sampled_from([False] * 7 + [True]), seeks=abilities, offers=abilities, avoids=investor_ids,
    stage=st.sampled_from(["", *LADDER]), raising_usd=ranges, markets=reaches, backed_by=investor_ids,
    backer_keys=st.lists(st.integers(0, 9).map("i{}".format), max_size=2, unique=True).map(sorted).map(tuple),
    city=st.sampled_from(["", "Seoul", "Koln", "Oslo"]),
    founded_on=st.none() | st.dates(date(2012, 1, 1), date(2026, 1, 1)),
)  # fmt: skip
investors = st.builds(
    Investor, id=st.just(""), name=st.just("I"), country=st.sampled_from(COUNTRIES), sectors=wishes,
    agnostic=st.sampled_from([False] * 7 + [True]), seeks=abilities, offers=abilities, avoids=startup_ids,
    excluded_sectors=st.frozensets(st.sampled_from(SECTORS), max_size=1),
    excluded_countries=codes.filter(lambda s: len(s) < 2),
    stages=st.frozensets(st.sampled_from(LADDER), max_size=3), ticket_usd=ranges,
    lead=st.sampled_from([True, False, None]), invests_in=reaches, must_invest_in=reaches,
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
).map(lambda deal: replace(deal, investor_id=deal.investor_key))  # fmt: skip


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
    )
