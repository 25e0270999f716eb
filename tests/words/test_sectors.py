"""The graph of sectors and the user's own additions to it."""

from __future__ import annotations

import math

import pytest

from dealport.model import InputError
from dealport.words.lookup.resolving import SectorResolver
from dealport.words.sectors.graph import SMOOTHING, UNITS_PER_NAT, Sector, build_graph, load_graph, read_sectors

HEADER = (
    "id,parents,facet,layer,isic4,reference_count,neighbours,members,label_en,label_ko,label_zh,label_zh_hant,label_ja"
)
TINY = """
energy,,sector,,35,100,,,Energy,에너지,能源,能源,エネルギー
battery,energy,sector,,2720,40,ev,,Batteries,배터리,电池,電池,電池
bms,battery|software,technology,system,,5,,,BMS,BMS,电池管理系统,電池管理系統,電池管理
software,,sector,software,62,900,,,Software,소프트웨어,软件,軟體,ソフトウェア
ev,,sector,,29,60,,,EVs,전기차,电动汽车,電動車,EV
saas,software,business_model,,,300,,,SaaS,SaaS,SaaS,SaaS,SaaS
deep,,umbrella,,,3,,battery|bms,Deep tech,딥테크,硬科技,硬科技,ディープテック
agnostic,,umbrella,,,0,,,Any sector,섹터무관,行业不限,行業不限,業種不問
"""
GRAPH = build_graph(read_sectors([HEADER, *TINY.splitlines()[1:]]))


def test_a_row_gives_a_sector() -> None:
    sector = GRAPH.sectors["bms"]

    assert sector.parents == ("battery", "software")
    assert (sector.facet, sector.layer, sector.isic4, sector.reference_count) == ("technology", "system", "", 5)
    assert sector.labels["zh-Hant"] == "電池管理系統"
    assert GRAPH.sectors["deep"].members == {"battery", "bms"}


def test_ancestors_come_by_every_parent() -> None:
    assert GRAPH.ancestors("bms") == {"battery", "energy", "software"}
    assert GRAPH.ancestors("energy") == frozenset()
    assert GRAPH.closure(["bms", "ev"]) == {"bms", "battery", "energy", "software", "ev"}


def test_neighbours_are_mutual() -> None:
    assert GRAPH.sectors["ev"].neighbours == {"battery"}
    assert GRAPH.sectors["battery"].neighbours == {"ev"}


def test_labels_fall_back_to_english_then_to_the_id() -> None:
    graph = build_graph([Sector("bare"), Sector("half", labels={"en": "Half"})])

    assert GRAPH.label("battery", "ko") == "배터리"
    assert graph.label("half", "ja") == "Half"
    assert graph.label("bare") == "bare"


def test_information_counts_each_descendant_once() -> None:
    counts = {name: sector.reference_count + SMOOTHING for name, sector in GRAPH.sectors.items()}
    total = sum(counts.values())
    energy = counts["energy"] + counts["battery"] + counts["bms"]

    assert GRAPH.information("energy") == round(-math.log(energy / total) * UNITS_PER_NAT)
    assert GRAPH.information("bms") > GRAPH.information("battery") > GRAPH.information("energy")


def test_business_models_and_any_sector_say_nothing() -> None:
    assert GRAPH.information("saas") == 0
    assert GRAPH.information("agnostic") == 0
    assert GRAPH.information("deep") > 0


def test_a_diamond_is_counted_once() -> None:
    graph = build_graph(
        [
            Sector("top"),
            Sector("left", ("top",)),
            Sector("right", ("top",)),
            Sector("both", ("left", "right"), reference_count=50),
        ]
    )

    # top holds everything: -ln 1 is 0, and no sector says less than one unit.
    assert graph.information("top") == 1


def test_the_package_graph_is_loaded_once() -> None:
    assert load_graph() is load_graph({})


def test_own_sectors_extend_the_graph_and_its_words() -> None:
    own = {
        "sectors": {
            "farm-robots-own": {
                "parents": ["agtech", "robotics"],
                "facet": "technology",
                "labels": {"en": "Farm robots of our own"},
                "words": {"exact": ["agribots"], "narrower": ["weeding bots"]},
                "reference_count": 4,
            }
        }
    }

    graph = load_graph(own)
    resolver = SectorResolver(graph)

    assert {"agtech", "robotics", "agrifood"} <= graph.ancestors("farm-robots-own")
    assert [one.sector for one in resolver.resolve("Agri-bots").sectors] == ["farm-robots-own"]
    assert resolver.resolve("weeding bots").sectors[0].how == "narrower"
    assert [one.sector for one in resolver.resolve("Farm robots of our own").sectors] == ["farm-robots-own"]
    assert "farm-robots-own" not in load_graph().sectors


def test_own_sectors_override_only_what_they_give() -> None:
    graph = load_graph({"sectors": {"robotics": {"labels": {"en": "Robots of all kinds"}, "words": {"exact": ["AI"]}}}})

    assert graph.label("robotics") == "Robots of all kinds"
    assert graph.label("robotics", "ko") == load_graph().label("robotics", "ko")
    assert graph.sectors["robotics"].parents == load_graph().sectors["robotics"].parents
    assert [one.sector for one in SectorResolver(graph).resolve("AI").sectors] == ["robotics"]


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ({"sector": {}}, "sector"),
        ({"sectors": []}, "sectors"),
        ({"sectors": {"My Id": {}}}, "sectors.My Id"),
        ({"sectors": {"x": 1}}, "sectors.x"),
        ({"sectors": {"x": {"parent": ["ai"]}}}, "sectors.x.parent"),
        ({"sectors": {"x": {"parents": "ai"}}}, "sectors.x.parents"),
        ({"sectors": {"x": {"parents": [1]}}}, "sectors.x.parents[1]"),
        ({"sectors": {"x": {"parents": ["nowhere"]}}}, "sectors.x.parents"),
        ({"sectors": {"x": {"neighbours": ["nowhere"]}}}, "sectors.x.neighbours"),
        ({"sectors": {"x": {"members": ["nowhere"]}}}, "sectors.x.members"),
        ({"sectors": {"x": {"parents": ["ai"], "uses": ["robotics"]}}}, "sectors.x.uses"),
        ({"sectors": {"x": {"facet": "thing"}}}, "sectors.x.facet"),
        ({"sectors": {"x": {"layer": "thing"}}}, "sectors.x.layer"),
        ({"sectors": {"x": {"isic4": 62}}}, "sectors.x.isic4"),
        ({"sectors": {"x": {"reference_count": -1}}}, "sectors.x.reference_count"),
        ({"sectors": {"x": {"reference_count": True}}}, "sectors.x.reference_count"),
        ({"sectors": {"x": {"labels": {"fr": "x"}}}}, "sectors.x.labels.fr"),
        ({"sectors": {"x": {"labels": {"en": 1}}}}, "sectors.x.labels.en"),
        ({"sectors": {"x": {"words": {"exactly": ["x"]}}}}, "sectors.x.words.exactly"),
        ({"sectors": {"x": {"words": {"exact": "x"}}}}, "sectors.x.words.exact"),
        ({"sectors": {"ai": {"parents": ["ai-ml"]}}}, "parents"),
    ],
)
def test_a_fault_in_own_sectors_names_the_key(own: dict[str, object], key: str) -> None:
    with pytest.raises(InputError) as fault:
        load_graph(own)

    assert str(fault.value).startswith(key) or f".{key}: runs in a circle" in str(fault.value)
