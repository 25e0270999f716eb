"""Each criterion, one field of LUMEN or HARBOR at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.market.asks import ask_of
from dealport.model import How, Investor, Reach, SectorMention, Startup
from dealport.scoring.columns.sides import Axes
from dealport.scoring.criteria.fits import Fit, neutral_steps
from dealport.scoring.criteria.layouts import Grid
from dealport.scoring.criteria.stated.geography import InvestorPlaces, country_interest
from dealport.scoring.criteria.stated.sectors import AGNOSTIC, LEAST_SHARED, WORTH
from dealport.scoring.criteria.stated.stage import STAGE_POSITION
from dealport.scoring.criteria.table import CRITERIA
from dealport.scoring.encoding import investor_columns, startup_columns
from dealport.words.funding.stage_words import LADDER
from dealport.words.sectors.graph import load_graph

GRAPH = load_graph()
LUMEN = Startup(
    id="lumen",
    name="Lumen Diagnostics",
    country="KR",
    sectors=(SectorMention("ai-cancer-dx", "AI cancer diagnostics"),),
    stage="series-b",
    raising_usd=(20e6, 20e6),
    seeks=frozenset({"distribution", "clinical-data"}),
    offers=frozenset({"precision"}),
    markets=Reach(frozenset({"CN"}), frozenset({"SG", "VN"})),
)
HARBOR = Investor(
    id="harbor",
    name="Harbor Ventures",
    country="CN",
    sectors=(SectorMention("ai-cancer-dx", "AI癌症诊断"),),
    stages=frozenset({"series-b"}),
    ticket_usd=(5e6, 10e6),
    seeks=frozenset({"precision"}),
    offers=frozenset({"distribution"}),
    invests_in=Reach(frozenset({"KR"})),
)
# Made-up codes of as many countries as there are.
MANY = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXY"][:248]


def value(criterion: str, startup: Startup = LUMEN, investor: Investor = HARBOR, *, half: int = 0) -> float:
    axes = Axes.of([startup, investor], GRAPH)
    fit = CRITERIA[criterion].formula(Grid(startup_columns([startup], axes), investor_columns([investor], axes)))[half]
    return round(float((fit.gain / fit.whole)[0, 0]), 6) if fit.known[0, 0] else neutral(criterion, half)


def is_known(criterion: str, startup: Startup = LUMEN, investor: Investor = HARBOR) -> bool:
    axes = Axes.of([startup, investor], GRAPH)
    (fit,) = CRITERIA[criterion].formula(Grid(startup_columns([startup], axes), investor_columns([investor], axes)))
    return bool(fit.known[0, 0])


def neutral(criterion: str, half: int = 0) -> float:
    return CRITERIA[criterion].expected[half] / 1000


def named(*sectors: str) -> tuple[SectorMention, ...]:
    return tuple(SectorMention(sector, sector) for sector in sectors)


def test_the_same_sector_on_both_sides_is_a_whole_match() -> None:
    assert value("sectors") == 1


def test_a_rare_sector_in_common_counts_for_more_than_a_common_one() -> None:
    startup = replace(LUMEN, sectors=named("ai-cancer-dx", "ecommerce"))

    rare = value("sectors", startup, replace(HARBOR, sectors=named("ai-cancer-dx")))
    common = value("sectors", startup, replace(HARBOR, sectors=named("ecommerce")))

    assert rare > common > 0


def test_an_investor_is_hardly_punished_for_wanting_other_things_too() -> None:
    wide = replace(HARBOR, sectors=named("ai-cancer-dx", "robotics", "battery"))
    mixed = replace(LUMEN, sectors=named("ai-cancer-dx", "robotics", "battery"))

    assert value("sectors", investor=wide) > 0.98
    assert value("sectors", mixed) < 0.94


def test_a_value_chain_neighbour_counts_as_common_a_little() -> None:
    sector = next(name for name in sorted(GRAPH.sectors) if GRAPH.sectors[name].neighbours)
    neighbour = min(GRAPH.sectors[sector].neighbours)

    fit = value("sectors", replace(LUMEN, sectors=named(sector)), replace(HARBOR, sectors=named(neighbour)))

    assert 0 < fit < 1


def test_a_business_model_alone_is_no_sector_match() -> None:
    fit = value("sectors", replace(LUMEN, sectors=named("b2b")), replace(HARBOR, sectors=named("b2b")))

    assert fit == neutral("sectors")


@pytest.mark.parametrize("side", ["startup", "investor"])
def test_a_side_without_sectors_is_neutral(side: str) -> None:
    startup = replace(LUMEN, sectors=()) if side == "startup" else LUMEN
    investor = replace(HARBOR, sectors=()) if side == "investor" else HARBOR

    assert value("sectors", startup, investor) == neutral("sectors")


def test_an_agnostic_side_gives_a_little_less_than_a_sector_in_common_and_never_less_than_that() -> None:
    agnostic = replace(HARBOR, sectors=(), agnostic=True)
    leaning = replace(HARBOR, agnostic=True)
    leaning_elsewhere = replace(HARBOR, sectors=named("steel"), agnostic=True)

    assert value("sectors", investor=agnostic) == 0.38
    assert value("sectors", investor=leaning) == 1
    assert value("sectors", investor=leaning_elsewhere) == 0.38
    assert value("sectors", replace(LUMEN, agnostic=True), leaning_elsewhere) == 0.38


def test_what_an_agnostic_side_gives_is_known_also_of_who_says_nothing() -> None:
    agnostic = replace(HARBOR, sectors=(), agnostic=True)

    assert is_known("sectors", replace(LUMEN, sectors=()), agnostic)
    assert value("sectors", replace(LUMEN, sectors=()), agnostic) == 0.38


def test_a_sector_in_common_is_worth_more_than_an_agnostic_side_and_that_more_than_silence() -> None:
    hardly = value("sectors", LUMEN, replace(HARBOR, sectors=named("healthcare")))

    assert 1 > hardly >= 0.4 > AGNOSTIC / 1000 > neutral("sectors")


def test_each_doubling_of_the_overlap_is_worth_as_much_as_the_one_before() -> None:
    doublings = [float(WORTH[2 * t] - WORTH[t]) for t in (125, 250, 500)]

    assert WORTH[0] == 0
    assert WORTH[1] == LEAST_SHARED
    assert WORTH[1000] == 1000
    assert doublings == pytest.approx([177.2] * 3, abs=1)


@given(st.integers(1, 999))
def test_more_in_common_is_never_worth_less(thousandth: int) -> None:
    assert LEAST_SHARED <= WORTH[thousandth] <= WORTH[thousandth + 1]


def test_the_smallest_sector_in_common_is_worth_the_least_that_is_shared() -> None:
    everything = named(*(name for name in GRAPH.sectors if GRAPH.information(name)))
    far = replace(LUMEN, sectors=everything)

    assert value("sectors", far, replace(HARBOR, sectors=named("agtech"))) == 0.4


@pytest.mark.parametrize("how", ["listed", "inferred", "derived"])
def test_who_states_its_sectors_is_not_held_to_what_its_text_says_beside(how: How) -> None:
    told = SectorMention("steel", "steel", how)

    assert value("sectors", replace(LUMEN, sectors=(*LUMEN.sectors, told))) == 1
    assert value("sectors", investor=replace(HARBOR, sectors=(*HARBOR.sectors, told))) == 1


def test_who_states_no_sector_is_held_to_all_that_its_text_says() -> None:
    one = (SectorMention("ai-cancer-dx", "cancer", "listed"),)
    more = (*one, SectorMention("steel", "steel", "listed"))

    assert value("sectors", replace(LUMEN, sectors=more)) < value("sectors", replace(LUMEN, sectors=one))


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ({"series-b"}, 1),
        ({"series-a-plus", "seed"}, 0.93),
        ({"series-a"}, 0.8),
        ({"pre-a"}, 0.6),
        ({"seed"}, 0.37),
        ({"pre-seed"}, 0),
    ],
)
def test_stage_falls_with_the_distance_on_the_ladder(stages: set[str], expected: float) -> None:
    assert value("stage", investor=replace(HARBOR, stages=frozenset(stages))) == expected


def test_a_silent_side_is_neutral_on_stage_and_ticket() -> None:
    assert value("stage", investor=replace(HARBOR, stages=frozenset())) == neutral("stage")
    assert value("stage", replace(LUMEN, stage="")) == neutral("stage")
    assert value("ticket", investor=replace(HARBOR, ticket_usd=None)) == neutral("ticket")
    assert value("ticket", replace(LUMEN, raising_usd=None, stage="")) == neutral("ticket")


def test_a_stated_ask_counts_and_no_estimate_beside_it() -> None:
    stated = replace(LUMEN, raising_usd=(1e6, 2e6), total_raised_usd=(4e7, 4e7), stage="series-b")

    assert ask_of(stated) == (1e6, 2e6)


def test_an_ask_that_is_not_stated_is_estimated_by_what_was_raised_then_by_the_stage() -> None:
    raised = replace(LUMEN, raising_usd=None, total_raised_usd=(2e6, 4e6), stage="series-b")

    assert ask_of(raised) == (5e6, 1e7)
    assert ask_of(replace(raised, total_raised_usd=None)) == (2e7, 2e7)
    assert ask_of(replace(raised, total_raised_usd=(0.0, 0.0))) == (2e7, 2e7)
    assert ask_of(replace(raised, total_raised_usd=(4e3, 3e5))) == (5e5, 7.5e5)  # a prize is no measure of a round
    assert ask_of(replace(raised, total_raised_usd=None, stage="")) is None
    assert ask_of(replace(raised, total_raised_usd=None, stage="public")) is None  # no round is usual


def test_an_estimated_ask_counts_like_a_stated_one() -> None:
    raised = replace(LUMEN, raising_usd=None, total_raised_usd=(8e6, 8e6))
    by_stage = replace(LUMEN, raising_usd=None)
    small = replace(HARBOR, ticket_usd=(2e5, 1e6))

    for estimated in (raised, by_stage):
        assert is_known("ticket", estimated, small)
        assert value("ticket", estimated, small) == value("ticket", LUMEN, small) < 1


def test_later_rounds_are_usually_no_smaller() -> None:
    usual = [ask_of(Startup(id="s", name="S", stage=stage)) for stage in LADDER if stage != "public"]

    assert None not in usual
    assert usual == sorted(usual)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("typed", "gains"),
    [
        ("Solo angel", {"seed": 1, "series-a": 0.5, "series-b": 0.2, "series-c": 0}),
        ("VC", {"seed": 1, "series-a": 1, "series-c": 1, "pre-ipo": 0.8}),
        ("PE fund", {"seed": 0, "series-a": 0.15, "growth": 1}),
        ("Accelerator", {"pre-seed": 1, "series-a": 0.2, "series-c": 0}),
    ],
)
def test_a_kind_of_investor_is_at_home_in_some_rounds(typed: str, gains: dict[str, float]) -> None:
    investor = replace(HARBOR, type=typed)

    assert {stage: value("kind", replace(LUMEN, stage=stage), investor) for stage in gains} == gains


def test_an_investor_of_two_kinds_counts_as_the_better_one_at_each_stage() -> None:
    both = replace(HARBOR, type="VC / PE")

    assert value("kind", replace(LUMEN, stage="seed"), both) == 1
    assert value("kind", replace(LUMEN, stage="pre-ipo"), both) == 1


@pytest.mark.parametrize("typed", ["", "Other", "fund of funds", "qwert"])
def test_an_investor_whose_kind_is_unknown_or_says_nothing_of_stages_is_neutral(typed: str) -> None:
    assert value("kind", investor=replace(HARBOR, type=typed)) == neutral("kind")


def test_of_a_startup_whose_stage_is_unknown_a_kind_counts_as_in_the_mean() -> None:
    silent = replace(LUMEN, stage="")

    assert value("kind", silent, replace(HARBOR, type="angel")) == 0.333
    assert value("kind", silent, replace(HARBOR, type="VC")) == 0.9


@pytest.mark.parametrize("typed", ["angel", "accelerator", "seed fund"])
def test_who_does_early_rounds_never_fits_a_later_one_better(typed: str) -> None:
    gains = [value("kind", replace(LUMEN, stage=stage), replace(HARBOR, type=typed)) for stage in LADDER]

    assert gains == sorted(gains, reverse=True)


@pytest.mark.parametrize(("largest", "expected"), [(1e3, 0), (1e4, 0), (1e5, 0.5), (1e6, 1), (5e7, 1), (2.5e5, 0.7)])
def test_capacity_grows_with_the_largest_ticket_to_a_million_and_no_further(largest: float, expected: float) -> None:
    assert value("capacity", investor=replace(HARBOR, ticket_usd=(1e3, largest))) == expected


def test_the_smallest_ticket_and_the_startup_have_no_part_in_capacity() -> None:
    wide = replace(HARBOR, ticket_usd=(1e4, 2e5))
    narrow = replace(HARBOR, ticket_usd=(2e5, 2e5))

    assert value("capacity", investor=wide) == value("capacity", investor=narrow)
    assert value("capacity", replace(LUMEN, raising_usd=None, stage=""), wide) == value("capacity", investor=wide)


def test_an_investor_without_a_ticket_is_neutral_on_capacity() -> None:
    assert value("capacity", investor=replace(HARBOR, ticket_usd=None)) == neutral("capacity")


@pytest.mark.parametrize(
    ("ticket", "lead", "expected"),
    [
        ((4e6, 4e6), True, 1),  # 20 % of the ask
        ((20e6, 20e6), None, 1),
        ((0.4e6, 0.4e6), False, 1),  # 2 % will do for one that does not lead
        ((0.4e6, 0.4e6), None, 0),  # a factor of ten under 20 %
        ((200e6, 300e6), None, 0),  # a factor of ten over the ask
        ((40e6, 40e6), None, 0.699),  # twice the ask
        ((0, 4e6), True, 1),
    ],
)
def test_a_ticket_meets_the_ask_or_falls_with_the_gap(
    ticket: tuple[float, float], lead: bool | None, expected: float
) -> None:
    fit = value("ticket", investor=replace(HARBOR, ticket_usd=ticket, lead=lead))

    assert fit == pytest.approx(expected, abs=0.0011)


amounts = st.floats(1, 1e10)


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts), amounts, amounts)
def test_a_wider_ticket_never_lowers_the_fit(
    ask: tuple[float, float], ticket: tuple[float, float], down: float, up: float
) -> None:
    startup = replace(LUMEN, raising_usd=(min(ask), max(ask)))
    narrow = (min(ticket), max(ticket))
    wide = (min(narrow[0], down), max(narrow[1], up))

    assert value("ticket", startup, replace(HARBOR, ticket_usd=wide)) >= value(
        "ticket", startup, replace(HARBOR, ticket_usd=narrow)
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"must_invest_in": Reach(frozenset({"KR"}))}, 1),
        ({}, 0.98),
        ({"invests_in": Reach(frozenset({"KR", "JP"}))}, 0.93),
        ({"invests_in": Reach(regional=frozenset({"KR", "JP"}))}, 0.78),
        ({"invests_in": Reach(regional=frozenset({"KR", *MANY[:60]}))}, 0.682),
        ({"invests_in": Reach(everywhere=True)}, 0.6),
        ({"invests_in": Reach(frozenset({"US"}))}, 0),
        ({"invests_in": None}, neutral("geography")),
    ],
)
def test_an_obligation_beats_a_named_country_beats_a_region_beats_the_globe(
    change: dict[str, Reach | None], expected: float
) -> None:
    assert value("geography", investor=replace(HARBOR, **change)) == expected


@given(st.integers(1, 248), st.integers(1, 248))
def test_who_names_fewer_countries_wants_each_of_them_more(n: int, m: int) -> None:
    few, many = (interest_of_one_in(one) for one in sorted((n, m)))

    assert 980 >= few >= many >= 600
    assert few > many or min(n, m) > 0.98 * max(n, m) or min(n, m) >= 189


def interest_of_one_in(n: int) -> int:
    """Thousandths of interest in one of n countries named."""
    return country_interest(InvestorPlaces(Reach(frozenset(MANY[:n])), None, frozenset()), MANY[0])


@given(st.integers(1, 248), st.integers(0, 60), st.booleans(), st.booleans(), st.booleans())
def test_one_more_tie_to_a_country_never_lowers_the_interest(
    n: int, n_regional: int, is_named: bool, is_regional: bool, is_everywhere: bool
) -> None:
    says = Reach(
        frozenset(MANY[not is_named : n]), frozenset(MANY[not is_regional : n_regional]), everywhere=is_everywhere
    )

    def interest(reach: Reach, been: frozenset[str] = frozenset()) -> int:
        return country_interest(InvestorPlaces(reach, None, been), MANY[0])

    assert interest(replace(says, everywhere=True)) >= interest(says)
    assert interest(says, frozenset({MANY[0]})) >= interest(says)


@pytest.mark.parametrize(
    ("markets", "expected"),
    [
        (LUMEN.markets, 1),
        (Reach(regional=frozenset({"CN"})), 0.7),
        (Reach(everywhere=True), 0.5),
        (Reach(frozenset({"US"})), 0),
        (None, neutral("geography", 1)),
    ],
)
def test_the_startups_wish_for_a_market_counts_too(markets: Reach | None, expected: float) -> None:
    assert value("geography", replace(LUMEN, markets=markets), half=1) == expected


def test_needs_count_in_both_directions() -> None:
    assert value("complement") == 0.5  # of two needs one is offered
    assert value("complement", half=1) == 1
    assert value("complement", investor=replace(HARBOR, offers=frozenset())) == neutral("complement")


def one(number: int) -> np.typing.NDArray[np.float32]:
    return np.array([number], dtype=np.float32)


@given(st.integers(1, 2**24), st.floats(0, 1), st.integers(0, 10_000_000), st.booleans())
def test_points_are_the_share_times_the_value_to_the_nearest_unit(
    whole: int, part: float, share: int, is_known: bool
) -> None:
    gain = round(part * whole)
    fit = Fit(one(gain), one(whole), np.array([is_known]))

    points = float(fit.points_steps(share, 250)[0])

    exact = share * gain / whole if is_known else share / 4
    assert points == int(points)
    assert 0 <= points <= share
    assert abs(points - exact) <= 0.5 + share * 2.0**-24 * 1.5  # two roundings to single precision, one to a unit
    assert points == share or gain < whole or not is_known


@given(st.integers(0, 1000), st.integers(1, 10_000_000))
def test_a_neutral_value_makes_the_points_of_a_known_one(thousandths: int, share: int) -> None:
    known = Fit(one(thousandths), one(1000), np.array([True]))

    assert known.points_steps(share, 0)[0] == neutral_steps(share, thousandths)


def test_every_criterion_explains_itself_in_a_paragraph() -> None:
    for name in CRITERIA:
        assert 40 < len(CRITERIA[name].help) < 200, CRITERIA[name].help


def test_every_stage_of_the_ladder_has_its_place() -> None:
    assert tuple(STAGE_POSITION) == LADDER
    assert sorted(STAGE_POSITION.values()) == list(STAGE_POSITION.values())
