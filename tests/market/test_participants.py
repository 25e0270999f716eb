"""Who is meant by a name typed on the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dealport.market.markets import Market
from dealport.market.participants import Participants, find_pair, find_participant
from dealport.model import RequestError, Row

Build = Callable[..., Market]
MakeRow = Callable[..., Row]


def test_an_id_on_both_sides_is_told_apart_by_its_side(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(startup(id="both", name="Both"), investor(line=2, id="both", name="Both"))

    with pytest.raises(RequestError, match="as in investor:both"):
        find_participant(market, "both")

    assert find_participant(market, "investor:both").kind == "investor"
    assert find_participant(market, "startup:both").kind == "startup"


def test_ids_that_differ_are_asked_for(build: Build, startup: MakeRow) -> None:
    market = build(startup(id="a"), startup(line=2, id="b"))

    with pytest.raises(RequestError, match="give the id or the whole name"):
        find_participant(market, "Lumen")


@pytest.mark.parametrize("typed", ["x" * 10_000, "\x1b[31mred"])
def test_what_nobody_is_called_is_told_in_one_short_line(build: Build, startup: MakeRow, typed: str) -> None:
    with pytest.raises(RequestError) as refused:
        find_participant(build(startup()), typed)

    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


def test_long_names_are_told_short(build: Build, startup: MakeRow) -> None:
    market = build(startup(id="a", name="x" * 10_000), startup(line=2, id="b", name="x" * 10_000))

    with pytest.raises(RequestError) as refused:
        find_participant(market, "x" * 10_000)

    assert len(str(refused.value)) < 400


def test_a_side_may_stand_before_a_name_in_a_pair(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(startup(id="a", name="Twin"), investor(line=2, id="b", name="Twin"))

    pair = find_pair(market, "investor:TWIN", "startup:twin")

    assert [one.key for one in pair] == [("investor", "b"), ("startup", "a")]


def test_of_a_pair_the_other_name_decides(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    market = build(
        startup(id="twin", name="Twin"), investor(line=2, id="twin", name="Twin"), startup(line=3, id="lumen")
    )

    assert [one.key for one in find_pair(market, "Twin", "lumen")] == [("investor", "twin"), ("startup", "lumen")]
    assert [one.key for one in find_pair(market, "twin", "Twin")] == [("startup", "twin"), ("investor", "twin")]


def test_two_names_that_are_each_on_both_sides_are_asked_for(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    both = [
        (make(line=line, id=name, name=name)) for name in ("ab", "cd") for line, make in ((1, startup), (2, investor))
    ]

    with pytest.raises(RequestError, match=r"are each on both sides \(give the side too, as in startup:ab\)"):
        find_pair(build(*both), "ab", "cd")


def test_two_of_one_side_are_no_pair(build: Build, startup: MakeRow) -> None:
    market = build(startup(id="a", name="Aspen"), startup(line=2, id="b", name="Birch"))

    with pytest.raises(RequestError, match="are on one side"):
        find_pair(market, "Aspen", "Birch")


def test_who_is_on_the_other_side_is_told(build: Build, startup: MakeRow, investor: MakeRow) -> None:
    meant = Participants(build(startup(), investor(line=2))).look_up("Harbor", kind="startup")

    assert (meant.found, meant.message) == (None, "Harbor (harbor, investor, CN) is no startup")


def test_a_slip_of_the_pen_is_said_to_be_one(build: Build, startup: MakeRow) -> None:
    whom = Participants(build(startup()))

    assert [whom.look_up(name).is_slip for name in ("lumen", "LUMEN Inc.", "Lumne")] == [False, False, True]
