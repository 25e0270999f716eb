"""The criteria of where and how lately an investor did deals: countries, abroad, cities, of late.

How deals become gains stands in `columns.investor_records`; the formulas are those of a study of 55,000 real deals.
"""

from __future__ import annotations

from collections.abc import Mapping

from dealport.model import Investor
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.columns.portfolios import Entry
from dealport.scoring.criteria.criterion import FITTED, Criterion
from dealport.scoring.criteria.fits import THOUSAND, Fit, thousandth_fit
from dealport.scoring.criteria.layouts import PairLayout, record_of, round_of, same_for_all
from dealport.scoring.criteria.reasons import Case, Codes, PairFacts, by_cause
from dealport.scoring.shortlist import Sentence

FEWEST_NAMED = 2
"""Below it a number says nothing worth a line."""
TWO_YEARS_DAYS, YEAR_DAYS = 730, 365


def country_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """How large a share of the investor’s deals abroad is in the startup’s country, smoothed by how much its own country invests there."""  # noqa: E501 - one paragraph, as the phrases have it
    record = record_of(pairs)
    return (thousandth_fit(pairs.their_gain(record.countries, pairs.startups.country), pairs.theirs(record.known)),)


def abroad_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """How many startups abroad the investor has entered of late: a deal counts half after two years."""
    record = record_of(pairs)
    return *_alike(record.abroad, pairs), *_alike(record.abroad_long, pairs)


def abroad_breadth(pairs: PairLayout) -> tuple[Fit, ...]:
    """In how many foreign countries the investor has deals."""
    return _alike(record_of(pairs).breadth, pairs)


def recent_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """Half is how many startups the investor entered in the last year, half how lately it entered one abroad."""
    record = record_of(pairs)
    return *_alike(record.recent, pairs), *_alike(record.latest, pairs)


def city_deals(pairs: PairLayout) -> tuple[Fit, ...]:
    """How many startups in the startup’s city the investor has entered of late."""
    record, city = record_of(pairs), round_of(pairs).city
    gain = pairs.added(record.cities, city[:, None], record.places)
    return (Fit(gain, THOUSAND, (pairs.mine(city) >= 0) & pairs.theirs(record.known)),)


def _alike(gain: Ints, pairs: PairLayout) -> tuple[Fit, ...]:
    """One gain of each investor, for whatever startup."""
    return (thousandth_fit(same_for_all(pairs, gain), pairs.theirs(record_of(pairs).known)),)


def _country_sentence(case: Case) -> Sentence | None:
    country = case.startup.country
    n = sum(entry.country == country for entry in _entries(case)) if country else 0
    return _counted("reason.country_deal", n, {"country": ("country", country)})


def _abroad_sentence(case: Case) -> Sentence | None:
    entries = _entries(case)
    n = sum(entry.days_ago <= TWO_YEARS_DAYS and is_abroad(entry, case.investor) for entry in entries)
    return Sentence("reason.abroad_deals", {"n": str(n)}) if n >= FEWEST_NAMED else None


def _breadth_sentence(case: Case) -> Sentence | None:
    n = len({entry.country for entry in _entries(case) if is_abroad(entry, case.investor)})
    return Sentence("reason.abroad_breadth", {"n": str(n)}) if n >= FEWEST_NAMED else None


def _recent_sentence(case: Case) -> Sentence | None:
    n = sum(entry.days_ago <= YEAR_DAYS for entry in _entries(case))
    return Sentence("reason.recent_deals", {"n": str(n)}) if n >= FEWEST_NAMED else None


def _city_sentence(case: Case) -> Sentence | None:
    if case.portfolios is None:
        return None
    city = case.portfolios.city(case.startup)
    n = sum(entry.city == city for entry in _entries(case)) if city >= 0 else 0
    return _counted("reason.city_deal", n, {"city": case.portfolios.past.deals.city_names[city]}) if n else None


def _counted(key: str, n: int, arguments: Mapping[str, str | tuple[str, ...]]) -> Sentence | None:
    """``reason.country_deal`` for one, ``reason.country_deals`` with the number for more."""
    if not n:
        return None
    return Sentence(f"{key}s", {"n": str(n), **arguments}) if n > 1 else Sentence(key, arguments)


def _entries(case: Case) -> tuple[Entry, ...]:
    return case.portfolios.entries(case.investor.id) if case.portfolios else ()


def is_abroad(entry: Entry, investor: Investor) -> bool:
    """Between two known countries that differ."""
    return "" != entry.country != investor.country != ""


def _investor(facts: PairFacts) -> tuple[Codes, ...]:
    return (facts.i,)


def _country_and_investor(facts: PairFacts) -> tuple[Codes, ...]:
    return facts.of_market.startups.country[facts.s], facts.i


def _city_and_investor(facts: PairFacts) -> tuple[Codes, ...]:
    record = facts.of_market.startups.record
    return (record.city[facts.s] if record else facts.s, facts.i)


COUNTRY_DEALS = Criterion(
    name="country_deals",
    weight=3.714,
    expected=(582,),
    reads=(("country",),),
    value=(
        "share of its deals abroad in the startup's country, smoothed by what its own country does: 1 + log10 of it / 3"
    ),
    formula=country_deals,
    reasons=by_cause(_country_sentence, _country_and_investor),
    weighed=FITTED,
)
ABROAD_DEALS = Criterion(
    name="abroad_deals",
    weight=1.729,
    expected=(109, 62),
    reads=((), ()),
    value="startups abroad it entered, decayed: half on a log scale full at 20, half on one full at 200",
    formula=abroad_deals,
    reasons=by_cause(_abroad_sentence, _investor),
    weighed=FITTED,
)
ABROAD_BREADTH = Criterion(
    name="abroad_breadth",
    weight=0.797,
    expected=(151,),
    reads=((),),
    value="foreign countries with a deal, on a log scale full at 15",
    formula=abroad_breadth,
    reasons=by_cause(_breadth_sentence, _investor),
    weighed=FITTED,
)
RECENT_DEALS = Criterion(
    name="recent_deals",
    weight=1.594,
    expected=(100, 405),
    reads=((), ()),
    value="half: startups entered in the last year; half: how lately it entered one abroad",
    formula=recent_deals,
    reasons=by_cause(_recent_sentence, _investor),
    weighed=FITTED,
)
CITY_DEALS = Criterion(
    name="city_deals",
    weight=1.081,
    expected=(30,),
    reads=(("record.city",),),
    value="startups in the startup's city it entered, decayed, on a log scale full at 5",
    formula=city_deals,
    reasons=by_cause(_city_sentence, _city_and_investor),
    weighed=FITTED,
)
