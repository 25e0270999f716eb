"""User text can't break out of where it is put."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dealport.writing.safety import LONGEST_CELL, csv_cell, markdown_text, safe_line, workbook_cell


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("루멘 진단", "루멘 진단"),
        ("\x1b[31mRed\x1b[0m Capital", "Red Capital"),
        ("\x1b]0;title\x07Bell", "Bell"),
        ("\x9b2JGone", "Gone"),
        ("Har\u202ebor", "Harbor"),
        ("two\nlines\tand  spaces\u3000", "two lines and spaces"),
        ("nul\x00 half \ud83d", "nul half"),
        ("family 👨\u200d👩", "family 👨\u200d👩"),
    ],
)
def test_control_characters_never_get_out(typed: str, shown: str) -> None:
    assert safe_line(typed) == shown


@given(st.text(st.characters() | st.sampled_from("\x1b[]m \t\u202e\ud800\ufeff")))
def test_plain_text_is_one_harmless_line_and_stays_as_it_is(text: str) -> None:
    shown = safe_line(text)

    assert safe_line(shown) == shown
    assert not [character for character in shown if unicodedata.category(character) in ("Cc", "Cs")]
    shown.encode("utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+82 2", "-5", "@name", "\tx", "\rx", "'=1", "''@x"])
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Lumen", "a=b", "'tis", "’t Harde", "1-2"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


@given(st.text(st.sampled_from("'=+-@ab")))
def test_taking_one_apostrophe_off_a_guarded_cell_gives_back_the_text(text: str) -> None:
    written = csv_cell(text)

    read = written[1:] if written[:1] == "'" and written.lstrip("'")[:1] in tuple("=+-@") else written

    assert read == text
    assert written[:1] not in tuple("=+-@")


def test_a_cell_of_a_workbook_is_cut_where_it_is_too_long() -> None:
    assert workbook_cell("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    assert len(workbook_cell("a" * 40_000)) == LONGEST_CELL


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("*_`[]()<>|~#!&\\-+=:@/ .w$")))
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    document = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    inline = document.parse(f"## {markdown_text(text)} (KR)")[1]

    assert {token.type for token in inline.children or []} <= {"text", "text_special"}
    assert "".join(token.content for token in inline.children or []) == f"{safe_line(text)} (KR)".strip()


@pytest.mark.parametrize("text", ["https://example.org", "www.example.org", "@lumen", "#12"])
def test_markdown_makes_no_links_and_no_mentions(text: str) -> None:
    assert "\\" in markdown_text(text)
