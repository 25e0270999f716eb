"""Who is meant by a name typed on the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dealport.market.market import Market
from dealport.market.participants import find_participant
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

    with pytest.raises(RequestError, match="Give the id or the whole name"):
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
