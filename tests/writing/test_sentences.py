"""Sentences are told with labels in the reader's language."""

from __future__ import annotations

import pytest

from dealport.scoring.shortlist import Sentence
from dealport.words.capabilities import capability_label
from dealport.words.funding.stages import stage_label
from dealport.writing.phrasing import SectorLabels, flag_label, gate_count, joined, tell


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Shared sectors: Medical imaging, AI"),
        ("ko", "공통 분야: 의료영상, 인공지능"),
        ("zh", "共同领域：医学影像、人工智能"),
        ("zh-Hant", "共同領域：醫學影像、人工智慧"),
        ("ja", "共通の分野：医用画像、AI"),
    ],
)
def test_sectors_are_told_by_their_labels(graph: SectorLabels, language: str, told: str) -> None:
    sentence = Sentence("reason.sectors", {"sectors": ("sector", "medical-imaging", "ai")})

    assert tell(sentence, graph, language) == told


def test_stages_capabilities_and_countries_are_told(graph: SectorLabels) -> None:
    stage = tell(Sentence("reason.stage", {"stage": ("stage", "series-b")}), graph, "ko")
    needs = tell(Sentence("reason.needs_met", {"capabilities": ("capability", "scale", "data")}), graph)
    country = tell(Sentence("reason.invests_in", {"country": ("country", "KR")}), graph)

    assert stage.endswith(stage_label("series-b", "ko"))
    assert needs.endswith(f"{capability_label('scale')}, {capability_label('data')}")
    assert country == "The investor names KR as a place to invest"


def test_text_arguments_stand_as_they_are(graph: SectorLabels) -> None:
    sentence = Sentence("reason.ticket", {"ask": "USD 20M", "ticket": "USD 2-5M"})

    assert tell(sentence, graph) == "The ticket fits the ask: USD 2-5M for USD 20M"


def test_flags_and_gates_are_told_with_and_without_their_prefix() -> None:
    assert flag_label("mutual_wish") == flag_label("flag.mutual_wish") == "Both ask to meet"
    assert gate_count("same_country", 12) == gate_count("gate.same_country", 12)
    assert gate_count("same_country", 12, "ko") == "같은 국가에 있음: 12건"


def test_flags_and_gates_of_later_days_are_told_by_their_names() -> None:
    assert flag_label("brand_new", "ja") == "brand new"
    assert gate_count("too_far", 2) == "too far: 2"


def test_an_empty_list_is_told_as_nothing() -> None:
    assert joined([], "ja") == ""
