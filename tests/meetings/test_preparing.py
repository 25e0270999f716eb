"""From the records of a market and an event to a day in numbers: who is there, who may meet whom, with whose help."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.markets import Market
from dealport.meetings.day.days import ANY, NO_WISH
from dealport.meetings.day.preparing import MOST_PAIRS, Prepared, prepare, with_event
from dealport.meetings.event.events import Event, IdPair, Key
from dealport.model import Investor, RequestError, SectorMention, Startup
from dealport.scoring.criteria.gates import GATES
from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights
from dealport.scoring.ranking import RowSelection, rank_market
from dealport.words.sectors.graph import load_graph
from tests.meetings.small_market import event_of, small_market

WEIGHTS = Weights(ALL_WEIGHTS)
LAST = 5  # the last of the six slots


def prepared_of(
    event: Event,
    *,
    market: Market | None = None,
    wishes: Mapping[Key, tuple[str, ...]] | None = None,
    also: Collection[IdPair] = (),
) -> Prepared:
    return prepare(market or small_market(), WEIGHTS, event, wishes or {}, also=also)


def speaking(**languages: tuple[str, ...]) -> Market:
    """The small market, some of its participants with languages; ``_`` stands for ``-`` in their ids."""
    spoken = {name.replace("_", "-"): codes for name, codes in languages.items()}
    market = small_market()
    return replace(
        market,
        startups=tuple(replace(one, languages=spoken.get(one.id, ())) for one in market.startups),
        investors=tuple(replace(one, languages=spoken.get(one.id, ())) for one in market.investors),
    )


@pytest.mark.parametrize("asking", ["startup", "investor", ""])
def test_a_last_resort_may_meet_only_where_one_of_them_asks_for_it(asking: str) -> None:
    steel, cancer = (SectorMention("steel", "steel"),), (SectorMention("ai-cancer-dx", "cancer"),)
    startups = (Startup(id="s", name="S", country="KR", sectors=steel),)
    investors = (
        Investor(id="i", name="I", country="CN", sectors=cancer),
        Investor(id="silent", name="Silent", country="CN"),
    )
    market = Market(startups, investors, (), date(2026, 1, 7), load_graph())
    wishes: dict[Key, tuple[str, ...]] = {
        "startup": {("startup", "s"): ("i",)},
        "investor": {("investor", "i"): ("s",)},
    }.get(asking, {})  # type: ignore[assignment]

    prepared = prepare(market, Weights(ALL_WEIGHTS), event_of(), wishes)

    assert pairs_of(prepared) == ([("s", "i"), ("s", "silent")] if asking else [("s", "silent")])


def pairs_of(prepared: Prepared) -> list[IdPair]:
    ids = [one.key[1] for one in prepared.attendees]
    pairs = prepared.day.pairs
    return [(ids[s], ids[i]) for s, i in zip(pairs.startup.tolist(), pairs.investor.tolist(), strict=True)]


def number_of(prepared: Prepared, startup: str, investor: str) -> int:
    return pairs_of(prepared).index((startup, investor))


def person(prepared: Prepared, kind: str, name: str) -> int:
    return [one.key for one in prepared.attendees].index((kind, name))  # type: ignore[arg-type]


OPEN = [
    (startup, investor)
    for startup in ("grove-a", "grove-b", "lumen", "twin", "yulan")
    for investor in ("harbor", "peak", "twin")
    if (startup, investor) != ("yulan", "twin")  # both in CN
]


def test_participants_are_startups_then_investors_each_by_id() -> None:
    prepared = prepared_of(event_of())

    assert [one.key[1] for one in prepared.attendees] == [
        *("grove-a", "grove-b", "lumen", "twin", "yulan"),
        *("harbor", "peak", "twin"),
    ]
    assert prepared.day.n_startups == 5


def test_pairs_with_open_gates_may_meet_by_startup_then_investor() -> None:
    prepared = prepared_of(event_of())

    assert pairs_of(prepared) == OPEN
    assert GATES[prepared.first_gate[4, 2] - 1] == "same_country"


def test_scores_are_those_of_the_ranking() -> None:
    market = small_market()
    rows, columns = np.arange(5, dtype=np.int32), np.arange(3, dtype=np.int32)

    prepared = prepared_of(event_of(), market=market)

    shortlist = rank_market(market, WEIGHTS, RowSelection(rows, columns, 0.0), k=10).shortlist("startup")
    ranked = {(one.startup.id, one.investor.id): one.score for each in shortlist.participants for one in each.pairs}
    units = dict(zip(pairs_of(prepared), prepared.day.pairs.score_units.tolist(), strict=True))
    assert {pair: score * 100_000 for pair, score in ranked.items()} == pytest.approx(units)
    assert prepared.score_units[0, 0] == units["grove-a", "harbor"]


def test_pairs_that_met_before_may_not_meet() -> None:
    prepared = prepared_of(event_of('met = [["lumen", "peak"]]'))

    assert ("lumen", "peak") not in pairs_of(prepared)
    assert len(prepared.day.pairs) == len(OPEN) - 1


def test_pairs_that_are_never_there_together_may_not_meet() -> None:
    early_and_late = """
        [[participant]]
        id = "lumen"
        until = "11:00"
        [[participant]]
        id = "peak"
        from = "11:00"
    """

    prepared = prepared_of(event_of(early_and_late))

    assert set(OPEN) - set(pairs_of(prepared)) == {("lumen", "peak")}
    assert prepared.day.present[person(prepared, "startup", "lumen")].tolist() == [True] * 3 + [False] * 3
    assert prepared.attendees[person(prepared, "startup", "lumen")].absent == {3, 4, 5}


def test_a_locked_pair_may_meet_whatever_its_gate() -> None:
    locked = """
        met = [["lumen", "peak"]]
        [[locked]]
        startup = "yulan"
        investor = "investor:twin"
        slot = "10:40"
        table = "3"
        [[locked]]
        startup = "lumen"
        investor = "peak"
    """

    prepared = prepared_of(event_of(locked))

    pairs, one, other = (
        prepared.day.pairs,
        number_of(prepared, "yulan", "twin"),
        number_of(prepared, "lumen", "peak"),
    )
    assert np.flatnonzero(pairs.is_locked).tolist() == sorted([one, other])
    assert (pairs.locked_slot[one], pairs.locked_table[one]) == (2, 2)
    assert (pairs.locked_slot[other], pairs.locked_table[other]) == (ANY, ANY)


def test_pairs_of_meetings_that_were_held_stay_whatever_speaks_against_them() -> None:
    also = [("yulan", "twin"), ("lumen", "peak"), ("gone", "peak")]

    prepared = prepared_of(event_of('met = [["lumen", "peak"]]'), also=also)

    assert set(pairs_of(prepared)) == {*OPEN, ("yulan", "twin")}
    assert not prepared.day.pairs.is_locked.any()


KO_ZH = '[[interpreter]]\nlanguages = ["zh", "ko"]\ncount = 2\nwhen = ["10:00-11:00"]'


def test_a_pair_without_a_common_language_needs_an_interpreter_of_its_languages() -> None:
    prepared = prepared_of(event_of(KO_ZH), market=speaking(lumen=("ko",), peak=("zh",), harbor=("en", "ko")))

    pairs, needing = prepared.day.pairs, number_of(prepared, "lumen", "peak")
    assert np.flatnonzero(pairs.needs_interpreter).tolist() == [needing]
    assert pairs.routes.tolist() == [[number == needing] for number in range(len(pairs))]
    assert prepared.day.interpreters.tolist() == [[2, 2, 2, 0, 0, 0]]


def test_without_such_interpreters_they_may_not_meet_unless_locked() -> None:
    market = speaking(lumen=("ko",), peak=("zh",), twin=("ja",))
    locked = '[[locked]]\nstartup = "grove-a"\ninvestor = "investor:twin"'

    without = prepared_of(event_of(), market=market)
    other_kind = prepared_of(event_of(KO_ZH.replace("zh", "vi")), market=market)
    with_lock = prepared_of(event_of(locked), market=replace(market, startups=speaking(grove_a=("ko",)).startups))

    assert set(OPEN) - set(pairs_of(without)) == {("lumen", "peak"), ("lumen", "twin"), ("twin", "peak")}
    assert pairs_of(other_kind) == pairs_of(without)
    number = number_of(with_lock, "grove-a", "twin")
    assert with_lock.day.pairs.needs_interpreter[number]
    assert with_lock.day.pairs.routes.shape == (len(with_lock.day.pairs), 0)


def test_of_whoever_says_no_language_no_interpreter_is_planned() -> None:
    prepared = prepared_of(event_of(KO_ZH), market=speaking(lumen=("ko",)))

    assert not prepared.day.pairs.needs_interpreter.any()
    assert len(prepared.day.pairs) == len(OPEN)


def test_whoever_says_no_language_speaks_those_of_the_event() -> None:
    prepared = prepared_of(event_of(f'languages = ["zh"]\n{KO_ZH}'), market=speaking(lumen=("ko",)))

    needing = {pairs_of(prepared)[number] for number in np.flatnonzero(prepared.day.pairs.needs_interpreter)}
    assert needing == {("lumen", "harbor"), ("lumen", "peak"), ("lumen", "twin")}
    spoken = {one.key[1]: one.languages for one in prepared.attendees}
    assert (spoken["lumen"], spoken["peak"]) == (("ko",), ("zh",))


def test_several_kinds_of_interpreters_may_serve_a_pair() -> None:
    kinds = "\n".join(
        f'[[interpreter]]\nlanguages = ["{one}", "{other}"]'
        for one, other in (("zh", "ko"), ("en", "ko"), ("ja", "vi"))
    )

    prepared = prepared_of(event_of(kinds), market=speaking(lumen=("ko",), peak=("zh", "en")))

    assert [one.name for one in prepared.event.interpreters] == ["en-ko", "ja-vi", "ko-zh"]
    assert prepared.day.pairs.routes[number_of(prepared, "lumen", "peak")].tolist() == [True, False, True]


def test_ranks_are_places_in_the_wishes_counted_from_one() -> None:
    wishes = {
        ("startup", "lumen"): ("peak", "nobody", "harbor"),
        ("investor", "harbor"): ("yulan", "lumen"),
        ("startup", "yulan"): ("twin",),  # gated: no pair
    }

    prepared = prepared_of(event_of(), wishes=wishes)  # type: ignore[arg-type]

    pairs = prepared.day.pairs
    by_startup = {
        pair: rank for pair, rank in zip(pairs_of(prepared), pairs.startup_rank.tolist(), strict=True) if rank
    }
    by_investor = {
        pair: rank for pair, rank in zip(pairs_of(prepared), pairs.investor_rank.tolist(), strict=True) if rank
    }
    assert by_startup == {("lumen", "peak"): 1, ("lumen", "harbor"): 3}
    assert by_investor == {("yulan", "harbor"): 1, ("lumen", "harbor"): 2}
    assert NO_WISH == 0


def test_a_double_takes_two_slots_where_one_follows_the_other() -> None:
    prepared = prepared_of(event_of('double = [["lumen", "peak"]]', end='"13:00"', breaks='["11:00-12:00"]'))

    n_slots = prepared.day.pairs.n_slots
    assert np.flatnonzero(n_slots == 2).tolist() == [number_of(prepared, "lumen", "peak")]
    assert n_slots.sum() == len(n_slots) + 1
    assert prepared.day.follows.tolist() == [True, True, False, True, True, False]


def test_tables_are_to_be_had_but_where_they_are_closed() -> None:
    prepared = prepared_of(event_of('[[closed]]\ntables = ["2"]\nwhen = ["10:00-10:40"]'))

    assert np.argwhere(~prepared.day.tables).tolist() == [[0, 1], [1, 1]]
    assert prepared.day.tables.shape == (6, 3)


def test_the_fewest_and_the_most_are_one_s_own_or_the_event_s() -> None:
    own = '[[participant]]\nid = "lumen"\nmost = 1\n[[participant]]\nid = "peak"\nfewest = 3\nmost = 4'

    prepared = prepared_of(event_of(own, fewest="2", most="5"))

    told = {one.key[1]: (one.fewest, one.most) for one in prepared.attendees}
    assert (told["lumen"], told["peak"], told["harbor"]) == ((1, 1), (3, 4), (2, 5))
    assert prepared.day.fewest.tolist() == [one.fewest for one in prepared.attendees]
    assert prepared.day.most.tolist() == [one.most for one in prepared.attendees]


def test_nobody_may_have_more_meetings_than_there_are_slots_where_no_most_is_told() -> None:
    prepared = prepared_of(event_of())

    assert set(prepared.day.most.tolist()) == {6}
    assert set(prepared.day.fewest.tolist()) == {1}


def test_the_fewest_are_never_above_the_most() -> None:
    event = replace(event_of(fewest="3"), own_most={("startup", "lumen"): 2})

    prepared = prepared_of(event)

    assert prepared.attendees[person(prepared, "startup", "lumen")].fewest == 2


def test_whoever_is_away_all_day_should_have_no_meetings_and_has_no_pairs() -> None:
    prepared = prepared_of(event_of('[[participant]]\nid = "lumen"\nabsent = true'))

    away = person(prepared, "startup", "lumen")
    assert prepared.attendees[away].fewest == 0
    assert away not in prepared.day.pairs.startup
    assert not prepared.day.present[away].any()


def test_names_countries_and_contacts_stand_with_the_participants() -> None:
    market = small_market()
    told = replace(market, startups=tuple(replace(one, contact=f"{one.id}@x.example") for one in market.startups))

    (lumen,) = (one for one in prepared_of(event_of(), market=told).attendees if one.key == ("startup", "lumen"))

    assert (lumen.name, lumen.country, lumen.contact) == ("Lumen Diagnostics", "KR", "lumen@x.example")


def test_a_side_with_nobody_makes_a_day_without_pairs() -> None:
    prepared = prepared_of(event_of(KO_ZH), market=replace(small_market(), investors=()))

    assert len(prepared.day.pairs) == 0
    assert prepared.score_units.shape == (5, 0)
    assert prepared.day.pairs.routes.shape == (0, 1)


def test_too_many_for_one_day_are_told_at_once() -> None:
    n = int(MOST_PAIRS**0.5) + 1
    startups = tuple(Startup(id=f"s{number}", name="S", country="KR") for number in range(n))
    investors = tuple(Investor(id=f"i{number}", name="I", country="CN") for number in range(n))

    with pytest.raises(RequestError, match=r"3,001 startups and 3,001 investors are too many for one day"):
        prepared_of(event_of(), market=Market(startups, investors, (), date(2026, 1, 7), load_graph()))


def test_another_event_has_the_same_people_and_all_the_pairs_there_were() -> None:
    event = event_of(KO_ZH, most="4")
    first = prepared_of(event, market=speaking(lumen=("ko",), peak=("zh",)), also=[("yulan", "twin")])

    other = with_event(first, replace(event, interpreters=(), tables=("A",), most=None))

    assert pairs_of(other) == pairs_of(first)
    assert other.day.tables.shape == (6, 1)
    assert set(other.day.most.tolist()) == {6}
    assert [one.languages for one in other.attendees] == [one.languages for one in first.attendees]
    assert (other.day.pairs.score_units == first.day.pairs.score_units).all()


@given(
    st.lists(st.sampled_from(["", "ko", "zh", "en", "ko zh", "ja"]), min_size=8, max_size=8),
    st.lists(st.sampled_from(["ko-zh", "en-ja", "en-ko"]), unique=True),
)
def test_interpreters_go_where_languages_differ_as_the_plain_rule_says(spoken: list[str], kinds: list[str]) -> None:
    names = ["grove_a", "grove_b", "lumen", "twin", "yulan", "harbor", "peak"]
    market = speaking(**{name: tuple(words.split()) for name, words in zip(names, spoken[:7], strict=True)})
    tables = [f'[[interpreter]]\nlanguages = ["{a}", "{b}"]' for a, b in (one.split("-") for one in kinds)]

    prepared = prepared_of(event_of("\n".join(tables)), market=market)

    people = {one.key: set(one.languages) for one in prepared.attendees}
    expected = {}
    for pair in OPEN:
        one, other = people["startup", pair[0]], people["investor", pair[1]]
        needs = bool(one and other and not one & other)
        served = [
            needs and ((a in one and b in other) or (b in one and a in other))
            for a, b in (kind.languages for kind in prepared.event.interpreters)
        ]
        if not needs or any(served):
            expected[pair] = (needs, served)
    pairs = prepared.day.pairs
    told = zip(pairs.needs_interpreter.tolist(), pairs.routes.tolist(), strict=True)
    assert dict(zip(pairs_of(prepared), told, strict=True)) == expected
