"""Why a day has no meeting at all."""

from __future__ import annotations

from dealport.meetings.planning_day import plan_day
from dealport.meetings.reporting.idle_causes import why_no_meeting, why_no_pair
from tests.meetings.small_market import event_of
from tests.meetings.test_preparing import prepared_of, speaking


def test_everything_that_took_pairs_is_told_with_its_count() -> None:
    market = speaking(lumen=("ko",), harbor=("zh",), peak=("zh",), twin=("zh",))
    apart = """
        met = [["grove-a", "peak"], ["yulan", "peak"]]
        [[participant]]
        id = "grove-b"
        until = "11:00"
        [[participant]]
        id = "startup:twin"
        until = "11:00"
        [[participant]]
        id = "yulan"
        until = "11:00"
        [[participant]]
        id = "grove-a"
        until = "11:00"
        [[participant]]
        id = "peak"
        from = "11:00"
        [[participant]]
        id = "harbor"
        from = "11:00"
        [[participant]]
        id = "investor:twin"
        absent = true
    """

    unneeded = '[[interpreter]]\nlanguages = ["ja", "vi"]'
    told = why_no_pair(prepared_of(event_of(f"{apart}\n{unneeded}"), market=market))

    assert told == (
        "nobody may meet: no pair is left of 15. Never there at the same time: 10; They met before: 2; "
        "No interpreter: 2; Both are in the same country: 1 (one pair in full: dealport explain STARTUP INVESTOR)"
    )


def test_what_stands_in_the_way_of_all_is_told_with_its_count() -> None:
    closed = event_of('[[closed]]\ntables = ["1", "2", "3"]')
    prepared = prepared_of(closed)

    told = why_no_meeting(prepared, plan_day(prepared.day))

    assert told == "no meeting can be held: none of 14 pairs has a place. No table free: 14"


def test_one_pair_is_told_as_one() -> None:
    market = speaking()
    only = [(one.id, "peak") for one in market.startups if one.id != "lumen"]
    met = ", ".join(f'["startup:{a}", "{b}"]' for a, b in only)
    away = '[[participant]]\nid = "harbor"\nabsent = true\n[[participant]]\nid = "investor:twin"\nabsent = true'
    prepared = prepared_of(event_of(f'met = [{met}]\n{away}\n[[closed]]\ntables = ["1", "2", "3"]'))

    told = why_no_meeting(prepared, plan_day(prepared.day))

    assert told == "no meeting can be held: the one pair that may meet has no place. No table free: 1"
