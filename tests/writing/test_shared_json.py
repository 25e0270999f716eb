"""The shapes of JSON are promises: they are pinned here."""

from __future__ import annotations

import json

from msgspec.structs import replace

from dealport.scoring.explaining.explanation import Explanation, GateFinding
from dealport.scoring.shortlist import Sentence, Shortlist
from dealport.words.sectors.graph import load_graph
from dealport.writing.json_text import json_text
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.ranking_json import explanation_json, shortlist_json

PAIR_KEYS = ["rank", "id", "name", "country", "score", "confidence", "shared_sectors", "points", "unknown", "reasons"]


def explain_first(shortlist: Shortlist) -> Explanation:
    """Everything about the best pair of LUMEN, with one gate shown."""
    pair = shortlist.participants[1].pairs[0]
    return Explanation(
        startup=pair.startup,
        investor=pair.investor,
        as_of=shortlist.as_of,
        gates=(GateFinding("same_country", passed=True, sentence=None),),
        parts=pair.parts,
        pair=pair,
        criteria_help={"sectors": "How much they share."},
        graph=load_graph(),
    )


def test_a_shortlist_has_the_shape_of_match_json(shortlist: Shortlist, graph: SectorLabels) -> None:
    value = json.loads(json_text(shortlist_json(shortlist, graph)))

    lumen = value["participants"][1]
    assert list(value) == ["version", "by", "as_of", "participants", "gates"]
    assert (value["version"], value["by"], value["as_of"]) == (2, "startup", "2026-01-07")
    assert value["gates"] == {"invests_elsewhere": 3, "excluded_sector": 2}
    assert [participant["id"] for participant in value["participants"]] == ["../../etc/passwd", "lumen", "minus"]
    assert list(lumen) == ["id", "name", "country", "pairs"]
    assert list(lumen["pairs"][0]) == [*PAIR_KEYS, "flags", "fit"]
    assert value["participants"][2]["pairs"] == []


def test_a_pair_names_the_other_side_and_its_points(shortlist: Shortlist, graph: SectorLabels) -> None:
    pair = shortlist_json(shortlist, graph, "ko")["participants"][1]["pairs"][0]

    assert (pair["id"], pair["name"], pair["country"], pair["rank"]) == ("harbor", "海港创投", "CN", 1)
    assert (pair["score"], pair["confidence"]) == (87.09997, 0.83333)
    assert pair["points"] == {
        "sectors": 38.71111,
        "stage": 14.51666,
        "ticket": 14.51666,
        "geography": 9.67777,
        "complement": 9.67777,
    }
    assert (pair["unknown"], pair["flags"]) == (["ticket"], ["low_confidence", "mutual_wish"])
    assert pair["shared_sectors"] == ["의료영상", "인공지능"]
    assert pair["reasons"][0] == "공통 분야: 의료영상, 인공지능"


def test_by_investor_a_pair_names_the_startup(other: Shortlist, graph: SectorLabels) -> None:
    value = shortlist_json(other, graph)

    assert value["by"] == "investor"
    assert [pair["id"] for pair in value["participants"][0]["pairs"]] == ["lumen", "../../etc/passwd"]


def test_terminal_escapes_do_not_reach_json(other: Shortlist, graph: SectorLabels) -> None:
    assert shortlist_json(other, graph)["participants"][0]["name"] == "Crimson Capital"


def test_an_explanation_has_its_documented_shape(shortlist: Shortlist, graph: SectorLabels) -> None:
    value = json.loads(json_text(explanation_json(explain_first(shortlist), graph)))

    assert list(value) == [
        *("version", "as_of", "startup", "investor", "gates", "parts"),
        *("score", "fit", "confidence", "shared_sectors", "flags", "differences"),
    ]
    assert value["startup"] == {"id": "lumen", "name": "루멘 진단", "country": "KR"}
    assert value["gates"] == [{"gate": "same_country", "passed": True, "reason": None}]
    assert value["parts"][0] == {
        "criterion": "sectors",
        "points": 38.71111,
        "share": 44.44445,
        "known": 1.0,
        "reason": "Shared sectors: Medical imaging, AI",
        "help": "How much they share.",
    }
    assert (value["parts"][2]["known"], value["parts"][2]["reason"]) == (0.0, None)
    assert (value["score"], value["fit"], value["flags"]) == (87.09997, "strong", ["low_confidence", "mutual_wish"])


def test_a_gated_pair_keeps_its_parts_and_has_no_score(shortlist: Shortlist, graph: SectorLabels) -> None:
    closed = GateFinding("avoids", passed=False, sentence=Sentence("gate.avoids", {}))
    explanation = replace(explain_first(shortlist), pair=None, gates=(closed,))

    value = explanation_json(explanation, graph)

    assert value["gates"] == [{"gate": "avoids", "passed": False, "reason": "One of them asks not to meet the other"}]
    assert len(value["parts"]) == 5
    assert (value["score"], value["fit"], value["confidence"]) == (None, None, None)
    assert (value["shared_sectors"], value["flags"]) == ([], [])


def test_a_criterion_of_no_weight_is_known_by_nobody(shortlist: Shortlist, graph: SectorLabels) -> None:
    explanation = explain_first(shortlist)
    weightless = replace(explanation.parts[0], share_units=0, points_units=0, known_share_units=0)

    value = explanation_json(replace(explanation, parts=(weightless,)), graph)

    assert value["parts"][0]["known"] == 0.0
