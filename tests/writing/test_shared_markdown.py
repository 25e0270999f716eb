"""Markdown as a reader of Markdown sees it."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from dealport.model import LANGUAGES
from dealport.scoring.shortlist import Shortlist
from dealport.writing.phrasing import SectorLabels
from dealport.writing.rankings.markdown import shortlist_markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_as_many_cells_as_the_header(shortlist: Shortlist, graph: SectorLabels, language: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(shortlist_markdown(shortlist, graph, language))

    kinds = [token.type for token in tokens]

    assert kinds.count("table_open") == 2
    assert kinds.count("th_open") == 20
    assert kinds.count("td_open") == 40


def test_names_are_shown_and_never_read_as_markup(other: Shortlist, graph: SectorLabels) -> None:
    html = MarkdownIt("commonmark").enable("table").render(shortlist_markdown(other, graph))

    assert "<h2>@Loner | [Fund](https://example.org) (AE)</h2>" in html
    assert "=cmd|' /C calc'!A0" in html
    assert "<a " not in html


def test_html_in_names_stays_text(shortlist: Shortlist, graph: SectorLabels) -> None:
    html = MarkdownIt("commonmark").enable("table").render(shortlist_markdown(shortlist, graph))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; (VN)" in html
    assert "One of them excludes a sector of the other: 2" in html


def test_an_empty_shortlist_says_so(nobody: Shortlist, graph: SectorLabels) -> None:
    text = shortlist_markdown(nobody, graph)

    assert "No participant is listed." in text
    assert "Pairs left out" not in text
