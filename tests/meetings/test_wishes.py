"""Whom each participant asks to meet, from requests.csv and the profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.meetings.event.events import Key, Wishes
from dealport.meetings.event.wishes import read_wishes
from dealport.model import Origin, Row
from tests.meetings.small_market import INVESTORS, STARTUPS, small_market

HARBOR: Key = ("investor", "harbor")
LUMEN: Key = ("startup", "lumen")
WANTED = {LUMEN: ("peak",), HARBOR: ("yulan", "lumen")}


def row(asking: object, asked: object, rank: object = None, *, line: int = 2) -> Row:
    return Row("", "", {"from": asking, "to": asked, "rank": rank}, Origin("requests.csv", line))


def rows(*typed: Sequence[object]) -> list[Row]:
    return [row(*one, line=line) for line, one in enumerate(typed, start=2)]


def wishes_of(*typed: Sequence[object]) -> Wishes:
    wishes, problems = read_wishes(small_market(), rows(*typed))
    assert problems == ()
    return wishes


def told_of(*typed: Sequence[object]) -> tuple[Wishes, list[str]]:
    wishes, problems = read_wishes(small_market(), rows(*typed))
    assert all(problem.severity == "warning" for problem in problems)
    return wishes, [str(problem) for problem in problems]


def test_without_requests_the_profiles_say_whom_they_want() -> None:
    assert wishes_of() == WANTED


def test_requests_come_before_what_the_profile_wants_and_each_once() -> None:
    wishes = wishes_of(("harbor", "twin"), ("Harbor Ventures", "루멘 진단"))

    assert wishes[HARBOR] == ("twin", "lumen", "yulan")


def test_ranks_order_and_rows_without_one_follow_in_the_order_of_the_file() -> None:
    wishes = wishes_of(
        ("peak", "yulan"), ("peak", "grove-b", "10"), ("peak", "grove-a"), ("peak", "lumen", 2), ("peak", "twin", "1")
    )

    assert wishes["investor", "peak"] == ("twin", "lumen", "grove-b", "yulan", "grove-a")


def test_requests_of_one_rank_are_in_the_order_of_the_ids() -> None:
    assert wishes_of(("peak", "yulan", 1), ("peak", "grove-a", 1))["investor", "peak"] == ("grove-a", "yulan")


@pytest.mark.parametrize("typed", ["1", "1.0", "1st", "#1", "1순위", "第１志望", 1, 1.0])
def test_a_rank_may_be_typed_in_many_ways(typed: object) -> None:
    assert wishes_of(("peak", "grove-a", 2), ("peak", "yulan", typed))["investor", "peak"] == ("yulan", "grove-a")


@pytest.mark.parametrize("typed", ["first", "1-2", "1.5", -1, True, "9" * 5000])
def test_a_rank_that_is_none_is_told_and_counts_for_nothing(typed: object) -> None:
    wishes, (told,) = told_of(("peak", "yulan", typed), ("peak", "grove-a", 7))

    assert wishes["investor", "peak"] == ("grove-a", "yulan")
    assert told.startswith("requests.csv:2: rank: ")
    assert told.endswith("is no rank: the row counts as one without (write 1, 2, 3)")


def test_who_asks_is_told_by_whom_it_asks() -> None:
    wishes = wishes_of(("twin", "yulan"), ("Twin", "peak"), ("lumen", "TWIN"))

    assert wishes["investor", "twin"] == ("yulan",)
    assert wishes["startup", "twin"] == ("peak",)
    assert wishes["startup", "lumen"] == ("twin", "peak")


def test_a_side_may_be_said() -> None:
    wishes = wishes_of(("startup:twin", "investor:Twin"))

    assert wishes["startup", "twin"] == ("twin",)


LEFT_OUT: Mapping[str, tuple[Sequence[object], str]] = {
    "nobody here": (
        ("Harbor Venturing", "lumen"),
        "from: nobody here is called 'Harbor Venturing': left out (did you mean Harbor Ventures (harbor, ",
    ),
    "a name of two": (("peak", "Grove"), "to: 'Grove' is not clear: Grove (grove-a, startup, KR); Grove (grove-b"),
    "two of one side": (
        ("lumen", "yulan"),
        "to: Lumen Diagnostics (lumen, startup, KR) and 玉兰电池 (yulan, startup, CN) are on one side: left out",
    ),
    "itself": (("lumen", "lumen"), "to: 'lumen' asks for itself: left out"),
    "itself on both sides": (("Twin", "twin"), "to: 'twin' asks for itself: left out"),
    "no name": (("lumen", None), "to: no to: left out"),
    "a blank": ((" ", "harbor"), "from: no from: left out"),
    "a list": (("lumen", ["harbor"]), "to: a name is wanted, not ['harbor']: left out"),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_a_row_that_is_not_clear_is_told_and_left_out(what: str) -> None:
    typed, expected = LEFT_OUT[what]

    wishes, (told,) = told_of(typed)

    assert told.startswith(f"requests.csv:2: {expected}")
    assert wishes == WANTED


def test_a_slip_of_the_pen_is_taken_and_told() -> None:
    wishes, told = told_of(("peak", "Lumen Diagnostix"))

    assert wishes["investor", "peak"] == ("lumen",)
    assert told == ["requests.csv:2: to: 'Lumen Diagnostix' is read as Lumen Diagnostics (lumen, startup, KR)"]


def test_one_request_typed_twice_counts_once_by_its_better_rank() -> None:
    wishes, told = told_of(("peak", "yulan"), ("peak", "lumen", 2), ("Summit Peak", "yulan", 1))

    assert wishes["investor", "peak"] == ("yulan", "lumen")
    assert told == ["requests.csv:4: the same request as at requests.csv:2 (keep one)"]


NAMES = st.sampled_from([one.id for one in (*STARTUPS, *INVESTORS)] + ["Lumen Diagnostics", "Grove", "", "nobody"])
ANY_ROW = st.tuples(NAMES, NAMES, st.none() | st.integers(0, 3) | st.text(max_size=3))


@given(st.lists(ANY_ROW, max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_given_changes_nothing(typed: list[tuple[object, ...]], random: object) -> None:
    given_rows = rows(*typed)
    shuffled = list(given_rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    wishes, problems = read_wishes(small_market(), given_rows)

    assert read_wishes(small_market(), shuffled) == (wishes, problems)
    assert list(wishes) == sorted(wishes, key=lambda key: (key[0] != "startup", key[1]))
    for (kind, _), asked in wishes.items():
        others = {one.id for one in (INVESTORS if kind == "startup" else STARTUPS)}
        assert len(set(asked)) == len(asked)
        assert set(asked) <= others


@given(st.lists(st.tuples(NAMES, NAMES, st.integers(0, 3)), max_size=12), st.randoms(use_true_random=False))
def test_where_every_row_has_a_rank_its_place_in_the_file_means_nothing(
    typed: list[tuple[object, ...]], random: object
) -> None:
    moved = list(typed)
    random.shuffle(moved)  # type: ignore[attr-defined]

    assert read_wishes(small_market(), rows(*typed))[0] == read_wishes(small_market(), rows(*moved))[0]
