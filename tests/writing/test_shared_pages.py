"""The page: what stands on it, and what a real browser makes of it."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from dealport.model import LANGUAGES
from dealport.scoring.shortlist import Part, Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.pages import _few_parts, script_language, shortlist_page

BROWSER = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)
PNG_START = b"\x89PNG"


class Outline(HTMLParser):
    """Collects tags, attributes and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def browse(page: Path, *options: str) -> bytes:
    """What the browser prints for the page, with a profile of its own beside it."""
    profile = f"--user-data-dir={page.parent / 'browser'}"
    command = [*BROWSER, profile, *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_its_language_and_date(shortlist: Shortlist, graph: SectorLabels, language: str) -> None:
    outline = Outline(shortlist_page(shortlist, graph, language))

    assert ("lang", language) in outline.attributes
    assert any("2026-01-07" in text for text in outline.texts)


def test_the_page_shows_names_scores_parts_and_reasons(shortlist: Shortlist, graph: SectorLabels) -> None:
    texts = Outline(shortlist_page(shortlist, graph)).texts

    for shown in ("루멘 진단", "Lumen Diagnostics", "海港创投", "87.1", "38.7 of 44.4", "Medical imaging"):
        assert shown in texts
    assert "Unknown: Ticket" in texts
    assert "Both ask to meet" in texts
    assert "One of them excludes a sector of the other: 2" in texts


def test_no_name_breaks_out_and_nothing_comes_from_elsewhere(shortlist: Shortlist, graph: SectorLabels) -> None:
    outline = Outline(page := shortlist_page(shortlist, graph))

    assert "script" not in outline.tags
    assert "<script>alert(1)</script>" in outline.texts
    assert not {"link", "img", "iframe"} & set(outline.tags)
    assert not re.search(r"url\(|@import|https?://", page)
    assert not {"\x1b", "\u202e"} & set(page)


def test_a_participant_alone_gives_the_page_its_title_and_no_contents(
    shortlist: Shortlist, graph: SectorLabels
) -> None:
    alone = replace(shortlist, participants=shortlist.participants[1:2])

    page = shortlist_page(alone, graph, "ko")

    assert "<title>국경을 넘는 추천 목록: 루멘 진단</title>" in page
    assert "<nav" not in page


def test_an_empty_shortlist_says_so(nobody: Shortlist, graph: SectorLabels) -> None:
    assert "No participant is listed." in shortlist_page(nobody, graph)


def test_a_part_of_no_weight_has_an_empty_bar(shortlist: Shortlist, graph: SectorLabels) -> None:
    participant = shortlist.participants[1]
    pair = participant.pairs[0]
    parts = (*pair.parts[:4], replace(pair.parts[4], points_units=0, share_units=0, known_share_units=0))
    lighter = replace(participant, pairs=(replace(pair, parts=parts, shared_sectors=(), flags=()),))

    page = shortlist_page(replace(shortlist, participants=(lighter,)), graph)

    assert "0.0 of 0.0" in page


@pytest.mark.parametrize(
    ("name", "country", "language"),
    [
        ("루멘 진단", "KR", "ko"),
        ("ルーメン診断", "JP", "ja"),
        ("海港創投", "TW", "zh-Hant"),
        ("海港创投", "CN", "zh"),
        ("光診断", "JP", "ja"),
        ("Harbor", "CN", ""),
    ],
)
def test_a_name_gets_the_letter_shapes_of_its_language(name: str, country: str, language: str) -> None:
    assert script_language(name, country) == language


@pytest.mark.needs("chromium")
def test_a_real_browser_runs_nothing_from_a_name(shortlist: Shortlist, graph: SectorLabels, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(shortlist_page(shortlist, graph), encoding="utf-8")

    shown = browse(page, "--dump-dom").decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert shown.count('<article class="pair">') == 4


@pytest.mark.needs("chromium")
def test_a_real_browser_draws_and_prints_the_page(shortlist: Shortlist, graph: SectorLabels, tmp_path: Path) -> None:
    page, picture, print_out = tmp_path / "page.html", tmp_path / "page.png", tmp_path / "page.pdf"
    page.write_text(shortlist_page(shortlist, graph, "zh-Hant"), encoding="utf-8")

    browse(page, f"--screenshot={picture}", "--window-size=1000,1400")
    browse(page, f"--print-to-pdf={print_out}")

    assert picture.read_bytes()[:4] == PNG_START
    assert picture.stat().st_size > 20_000  # an empty page of this size has 6 kB
    assert print_out.read_bytes()[:4] == b"%PDF"


def test_the_track_record_is_one_bar_of_the_page() -> None:
    words, *deeds = (Part(name, 100, 300, 200) for name in ("sectors", "country_deals", "warm_path"))

    assert _few_parts([words, *deeds]) == [words, Part("track_record", 200, 600, 400)]
    assert _few_parts([words]) == [words]
