"""Names of calendars: safe, each participant's own, the same in every plan."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dealport.writing.plans.plan_names import calendar_name

ANY_ID = st.text(st.characters(exclude_categories=()), min_size=1) | st.text("aA-_.ıİßſé", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("name", "file"),
    [("lumen", "startup-lumen.ics"), ("루멘-진단", "startup-루멘-진단.ics"), ("con-1", "startup-con-1.ics")],
)
def test_a_plain_id_is_the_name(name: str, file: str) -> None:
    assert calendar_name(("startup", name)) == file


@given(ANY_ID)
@example("../../etc/passwd")
@example("con")
@example("." * 300)
@example("\U00020000" * 80)
def test_no_id_leaves_the_folder_or_is_too_long(name: str) -> None:
    file = calendar_name(("startup", name))

    assert file.startswith("startup-") and file.endswith(".ics")
    assert not set(file) & set('/\\:*?"<>|\x00\n\t ')
    assert file.isprintable()
    assert len(file.encode()) <= 255


@given(ANY_ID, ANY_ID)
@example("Lumen", "lumen")
@example("é", "e\u0301")
@example("ı", "i")
@example("a b", "a-b")
def test_no_two_ids_share_a_file_on_any_system(one: str, other: str) -> None:
    files = {calendar_name(("startup", name)) for name in (one, other)}
    folded = {unicodedata.normalize("NFKD", file.casefold()) for file in files}

    assert len(folded) == len({file.upper() for file in files}) == len({one, other})


def test_sides_have_names_of_their_own() -> None:
    assert calendar_name(("startup", "x")) != calendar_name(("investor", "x"))
