"""Sectors a profile mentions or excludes, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from dealport.market.markets import Market
from dealport.model import Exclusion, Row
from dealport.words.lookup.resolving import Found, Resolution
from dealport.words.prose.prose_reading import ProseReading, ReadSector
from dealport.words.sectors.graph import Sector, SectorGraph, build_graph

Build = Callable[..., Market]
MakeRow = Callable[..., Row]

GRAPH = build_graph(
    [
        Sector("ai", labels={"en": "Artificial intelligence"}),
        Sector("vision", ("ai",), labels={"en": "Computer vision"}),
        Sector("health", labels={"en": "Health"}),
        Sector("weapons", labels={"en": "Weapons"}),
        Sector("deeptech", facet="umbrella", members=frozenset({"ai", "weapons"}), labels={"en": "Deep tech"}),
        Sector("saas", facet="business_model", labels={"en": "SaaS"}),
    ]
)
WORDS: Mapping[str, tuple[Found, ...]] = {
    "AI": (Found("ai", "exact", 1.0),),
    "vision": (Found("vision", "exact", 1.0),),
    "health": (Found("health", "exact", 1.0),),
    "helth": (Found("health", "typo", 0.8),),
    "guns": (Found("weapons", "narrower", 1.0),),
    "AI weapons": (Found("ai", "compound", 0.9), Found("weapons", "compound", 0.9)),
    "deep tech": (Found("deeptech", "exact", 1.0),),
    "SaaS": (Found("saas", "exact", 1.0),),
}


class Resolver:
    """A handful of words, so that these tests hold whatever the sector data say."""

    def __init__(self, graph: SectorGraph) -> None:
        self.graph = graph

    def resolve(self, word: str) -> Resolution:
        candidates = ("vision", "TV") if word == "visio" else ()
        return Resolution(word, WORDS.get(word, ()), candidates, word == "any")


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "Sees with vision; AI; no weapons": ProseReading(
            (ReadSector("vision", "vision"), ReadSector("ai", "AI", "lone")),
            (Exclusion("weapons", "no weapons", "rule"),),
        ),
        "no AI": ProseReading((), (Exclusion("ai", "no AI", "rule"),)),
    }
    monkeypatch.setattr("dealport.market.meaning.market_words.SectorResolver", Resolver)
    monkeypatch.setattr("dealport.market.market_building.load_graph", lambda _: GRAPH)
    monkeypatch.setattr(
        "dealport.market.meaning.market_words.read_prose", lambda text, *_: texts.get(text, ProseReading())
    )


def told(market: Market) -> list[tuple[str, str]]:
    return [(problem.severity, str(problem).partition(": ")[2]) for problem in market.problems]


def mentions(market: Market, index: int = 0) -> list[tuple[str, str, str]]:
    profile = (*market.startups, *market.investors)[index]
    return [(one.sector, one.word, one.how) for one in profile.sectors]


def test_a_sector_is_mentioned_once_by_its_strongest_mention(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["vision", "deep tech", "AI"], description="Sees with vision; AI; no weapons"))

    assert mentions(market) == [
        ("ai", "AI", "stated"),
        ("deeptech", "deep tech", "stated"),
        ("vision", "vision", "stated"),
        ("weapons", "deep tech", "umbrella"),
    ]


def test_free_text_adds_what_the_sector_field_does_not_imply(build: Build, startup: MakeRow) -> None:
    market = build(
        startup(sectors=["vision"], description="Sees with vision; AI; no weapons"),
        startup(line=2, name="Silent", description="Sees with vision; AI; no weapons"),
    )

    assert mentions(market, 0) == [("vision", "vision", "stated")]
    assert mentions(market, 1) == [("vision", "vision", "listed"), ("ai", "AI", "inferred")]


def test_the_order_of_words_changes_nothing(build: Build, startup: MakeRow) -> None:
    words = ["vision", "AI", "deep tech", "health", "SaaS"]

    forward, backward = build(startup(sectors=words)), build(startup(sectors=words[::-1]))

    assert forward == backward


def test_any_sector_is_agnostic_and_no_sector(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["any"]))

    assert market.investors[0].agnostic
    assert market.investors[0].sectors == ()
    assert told(market) == []


def test_an_unknown_sector_word_is_a_warning_with_labels_to_choose_from(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["AI", "visio", "blorb"]))

    assert told(market) == [
        ("warning", "sectors[2]: unknown sector word 'visio' (did you mean 'Computer vision' or 'TV'?)"),
        ("warning", "sectors[3]: unknown sector word 'blorb' (`dealport sectors` lists them)"),
    ]
    assert mentions(market) == [("ai", "AI", "stated")]


def test_words_run_together_in_one_are_taken_apart_where_the_whole_means_nothing(
    build: Build, startup: MakeRow
) -> None:
    market = build(startup(sectors=["AI, health", "blorb/vision", "zip, zap"]))

    assert mentions(market) == [("ai", "AI", "stated"), ("health", "health", "stated"), ("vision", "vision", "stated")]
    assert [text.partition(" (")[0] for _, text in told(market)] == [
        "sectors[2]: unknown sector word 'blorb'",
        "sectors[3]: unknown sector word 'zip, zap'",
    ]


def test_a_slip_of_the_pen_is_taken_and_told(build: Build, startup: MakeRow) -> None:
    market = build(startup(sectors=["helth"]))

    assert mentions(market) == [("health", "helth", "stated")]
    assert told(market) == [("warning", "sectors[1]: 'helth' is read as 'Health'")]


def test_excludes_holds_countries_regions_and_sectors(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["US", "health", "deep tech"]))

    harbor = market.investors[0]
    assert harbor.excluded_countries == {"US"}
    assert harbor.excluded_sectors == {"health", "deeptech", "ai", "weapons"}
    assert harbor.misread == ()
    assert told(market) == [
        (
            "warning",
            "excludes[3]: 'deep tech' is read as excluding 'Artificial intelligence', 'Deep tech' and 'Weapons'"
            " (name the sectors themselves to exclude less)",
        )
    ]


def test_a_kind_of_a_sector_excludes_no_whole_sector(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["guns"]))

    assert market.investors[0].excluded_sectors == frozenset()
    assert market.investors[0].misread == ("guns",)
    assert told(market) == [
        (
            "warning",
            "excludes[1]: 'guns' is one kind of 'Weapons' only: nothing is excluded"
            " (name the whole sector, or give the word a sector of its own)",
        )
    ]


def test_an_exclusion_that_means_two_sectors_together_is_a_fault(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["AI weapons"]))

    assert market.investors[0].excluded_sectors == frozenset()
    assert market.investors[0].misread == ("AI weapons",)
    assert told(market) == [
        (
            "fault",
            "excludes[1]: 'AI weapons' means 'Artificial intelligence' and 'Weapons' together, which can't be excluded"
            " (name one sector)",
        )
    ]


def test_excluding_everything_is_not_understood(build: Build, investor: MakeRow) -> None:
    market = build(investor(excludes=["global"]))

    assert market.investors[0].misread == ("global",)
    assert [severity for severity, _ in told(market)] == ["fault"]


def test_an_investors_description_excludes_and_says_so(build: Build, investor: MakeRow) -> None:
    market = build(investor(description="Sees with vision; AI; no weapons"))

    assert market.investors[0].excluded_sectors == {"weapons"}
    assert told(market) == [
        (
            "warning",
            "description: 'no weapons' is read as excluding 'Weapons' (write it in excludes to make it plain)",
        )
    ]


def test_free_text_never_excludes_what_the_sector_field_states(build: Build, investor: MakeRow) -> None:
    market = build(investor(sectors=["vision"], description="no AI"))

    assert market.investors[0].excluded_sectors == frozenset()


def test_a_startups_description_excludes_nothing(build: Build, startup: MakeRow) -> None:
    market = build(startup(description="Sees with vision; AI; no weapons"))

    assert market.startups[0].excluded_sectors == frozenset()


def test_stated_sectors_of_the_portfolio_and_of_deals_are_derived(
    build: Build, startup: MakeRow, investor: MakeRow, deal: MakeRow
) -> None:
    market = build(
        startup(name="Lumen", sectors=["vision", "SaaS"]),
        startup(line=2, name="Brightline", sectors=["deep tech"], description="Sees with vision; AI; no weapons"),
        investor(sectors=["health"], portfolio=["Brightline", "Nobody here"]),
        deals=[deal()],
    )

    assert mentions(market, 2) == [
        ("health", "health", "stated"),
        ("deeptech", "Brightline", "derived"),
        ("saas", "Lumen", "dealt"),
        ("vision", "Lumen", "dealt"),
    ]
