from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dealport.cli.terminal.text_columns import columns, wrap

WORDS = st.text(alphabet="ab é漢字한글テ。、 ", max_size=60)


@given(WORDS, st.integers(min_value=2, max_value=30))
def test_no_wrapped_line_is_wider_than_its_column(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(WORDS, st.integers(min_value=2, max_value=30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


def test_a_line_breaks_between_words_and_beside_han() -> None:
    assert wrap("The startup wants KR", 11) == ["The startup", "wants KR"]
    assert wrap("投资方投资该阶段：天使轮", 16) == ["投资方投资该阶", "段：天使轮"]
    assert wrap("Unbreakable", 4) == ["Unbr", "eaka", "ble"]


def test_a_cell_narrower_than_a_character_still_ends() -> None:
    assert wrap("漢字", 1) == ["漢", "字"]


def test_columns_line_up_and_end_without_blanks() -> None:
    cells = [[("1", "dim")], [("한국성장 투자", "bold")], [("first", ""), ("second", "")]]

    lines = ["".join(text for text, _ in line) for line in columns(cells, (2, 9, 8), right=(0,))]

    assert lines == [" 1  한국성장   first", "    투자       second"]
