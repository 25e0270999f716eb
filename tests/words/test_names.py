"""Names of organisations across scripts and legal forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.words.legal_forms import strip_legal_forms
from dealport.words.names import NameIndex, find_names, name_key, name_keys, slug, suggest_names

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]

MARKET = {
    "lunit": ["Lunit", "루닛"],
    "lumen": ["Lumen Diagnostics", "루멘 진단"],
    "harbor": ["Harbor Ventures"],
    "harbour-2": ["Harbour Capital"],
    "mirae-korea": ["미래에셋벤처투자"],
    "fund-1": ["Alpha Fund 1"],
    "fund-2": ["Alpha Fund 2"],
    "ohayo": ["オハヨウラボ"],
}


def same_name(a: str, b: str) -> bool:
    """Whether two names are spellings of one: they share a key."""
    return not name_keys(a).isdisjoint(name_keys(b))


def judged(row: Mapping[str, str]) -> tuple[str, str]:
    names = [row["a"], *filter(None, row["aliases_of_a"].split("|"))]
    same = any(same_name(name, row["b"]) for name in names)
    return row["same"], "yes" if same else "no"


def test_labelled_pairs_are_told_apart(run_cases: RunCases) -> None:
    run = run_cases("names", judged)

    pairs = list(zip(run.expected, run.found, strict=True))
    found_rightly = pairs.count(("yes", "yes"))
    assert len(pairs) >= 200
    assert pairs.count(("no", "yes")) == 0, run.wrong
    assert found_rightly >= 0.95 * run.expected.count("yes"), run.wrong
    assert run.expected.count("no") >= 100


@given(st.text(alphabet="abcde 삼성전자有限公司株式会社Co.,Ltd()&ü", max_size=25))
def test_the_key_of_a_name_is_one_of_its_keys(name: str) -> None:
    assert name_key(name) in (name_keys(name) or {""})


@given(st.text(max_size=60))
def test_a_slug_is_a_safe_file_name(name: str) -> None:
    made = slug(name)

    assert 0 < len(made) <= 82
    assert not set(made) & set('/\\:*?"<>|.\0 \n')
    assert made[0] not in ".-"
    assert slug(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Lumen Diagnostics", "lumen-diagnostics"),
        ("삼성전자 (주)", "삼성전자-주"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("", "unnamed"),
        ("***", "unnamed"),
        ("CON", "con-1"),
        ("日本 株式会社", "日本-株式会社"),
        ("\x1b[31mred", "red"),
    ],
)
def test_slugs(name: str, made: str) -> None:
    assert slug(name) == made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lunit", ("lunit",)),
        ("루닛", ("lunit",)),
        ("(주)루닛", ("lunit",)),
        ("Lunitt", ("lunit",)),
        ("LUNIT, Inc.", ("lunit",)),
        ("Harbor Venture", ("harbor",)),
        ("Harber Ventures", ("harbor",)),
        ("미래에셋벤쳐투자", ("mirae-korea",)),
        ("Alpha Fund 2", ("fund-2",)),
        ("Alpha Fund 3", ()),
        ("Alpha Fnd 1", ("fund-1",)),
        ("オハヨウラポ", ("ohayo",)),
        ("루닉", ()),
        ("Lumen Diag", ()),
        ("", ()),
    ],
)
def test_a_name_is_found_by_spelling_then_by_slip(query: str, found: tuple[str, ...]) -> None:
    assert find_names(query, MARKET) == found


def test_an_exact_name_beats_an_equal_key() -> None:
    names = {"one": ["Acme"], "two": ["Acme Inc."], "three": ["ACME GmbH"]}

    assert find_names("Acme", names) == ("one",)
    assert find_names("Acme Ltd", names) == ("one", "three", "two")


def test_two_names_as_near_are_both_given() -> None:
    names = {"a": ["Parallel One"], "b": ["Parallel Ode"]}

    assert find_names("Parallel Ole", names) == ("a", "b")


def test_a_nearer_slip_wins() -> None:
    names = {"far": ["Quantum Harbours"], "near": ["Quantum Harbor"]}

    assert find_names("Quantum Harbo", names) == ("near",)


def test_an_index_may_be_asked_without_slips() -> None:
    assert NameIndex(MARKET).find("Lunitt", typos=False) == ()


def test_beginnings_are_only_suggested() -> None:
    assert suggest_names("Lum", MARKET) == ("lumen",)
    assert suggest_names("Diagnostics", MARKET) == ("lumen",)
    assert suggest_names("harb", MARKET) == ("harbor", "harbour-2")
    assert suggest_names("", MARKET) == ()


def test_han_names_forgive_no_slip() -> None:
    assert find_names("三星电机", {"samsung": ["三星电子"]}) == ()


def test_something_is_always_left_of_a_name() -> None:
    assert strip_legal_forms("co., ltd.") == "co"
    assert strip_legal_forms("주식회사") == "주식회사"
    assert strip_legal_forms("the group") == "the"
