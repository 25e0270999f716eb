from __future__ import annotations

import json
import unicodedata
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dealport.cli.terminal.terminal_text import (
    escape_controls,
    fit_encoding,
    prepare_stream,
    show_safely,
    strip_controls,
)

DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ENCODINGS = st.sampled_from(["ascii", "cp949", "gb18030", "utf-8", "latin-1"])


@given(st.text())
def test_no_control_or_direction_character_reaches_the_terminal(text: str) -> None:
    shown = strip_controls(text)

    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not set(shown) & DIRECTION_MARKS


@given(st.text(), ENCODINGS)
def test_fitted_text_can_always_be_written(text: str, encoding: str) -> None:
    fitted = fit_encoding(strip_controls(text), encoding)

    fitted.encode(encoding)


@given(st.text(alphabet="aé한漢テ", max_size=20), ENCODINGS)
def test_question_marks_are_as_wide_as_what_they_stand_for(text: str, encoding: str) -> None:
    fitted = fit_encoding(text, encoding)

    assert cell_len(fitted) == cell_len(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Lumen", "Lumen"),
        ("a\x1b[31mb", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("two\nlines\u2028more", "two lines more"),
        ("a\u202eb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_strangers_text_is_one_harmless_line(typed: str, shown: str) -> None:
    assert strip_controls(typed) == shown


def test_a_combining_mark_that_cannot_be_written_leaves_no_mark_of_its_own() -> None:
    assert fit_encoding("e\u0301", "ascii") == "e"


@given(st.text())
def test_escaped_json_means_the_same_and_holds_no_control(text: str) -> None:
    written = escape_controls(json.dumps(text, ensure_ascii=False))

    assert json.loads(written) == text
    assert not {unicodedata.category(character) for character in written} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(written) & DIRECTION_MARKS


def test_a_prepared_stream_takes_every_character() -> None:
    bottom = BytesIO()
    stream = TextIOWrapper(bottom, encoding="ascii")

    prepare_stream(stream)
    stream.write("한")
    stream.flush()

    assert bottom.getvalue() == b"\\ud55c"


def test_a_stream_that_cannot_be_prepared_is_left_alone() -> None:
    stream = StringIO()

    prepare_stream(stream)

    assert show_safely("한\x1b[1m", stream) == "한"
