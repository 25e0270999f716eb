"""What a backtest asks: which startup, on which day, found which investors abroad afterwards.

A question is a startup with at least one new pair abroad in a period, with an investor that had a deal before it. The
startup brings what a founder would state: country, city, sectors, founding day, backers, and of the first new round
abroad its name and the class of its size; never its new investors. Deals with a blank country on either side are left
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dealport.backtest.metrics import Query
from dealport.market.known_by_deals import startup_of_deals
from dealport.model import Deal, Startup
from dealport.scoring.columns.investor_records import SIZE_BOUNDS

# Ends given to the lowest and the highest class of round sizes, in US dollars.
LEAST_USD, MOST_USD = 2e4, 2e8


class Period(Struct, frozen=True):
    """Deals to be found, and the day whose knowledge the ranking has: deals on it or later are not known.

    Attributes:
        first, last: Both days included; `as_of` is not after `first`.
    """

    as_of: date
    first: date
    last: date


class Question(Struct, frozen=True):
    """A startup as it would tell of itself on a day, and the investors abroad that entered it afterwards.

    Attributes:
        answers: Keys, sorted, with their countries.
    """

    startup: Startup
    answers: tuple[tuple[str, str], ...]

    def as_query(self, as_of: date, n_candidates: int) -> Query:
        """The same for the report."""
        return Query(
            startup=self.startup.id,
            startup_country=self.startup.country,
            as_of=as_of,
            answers=tuple(key for key, _ in self.answers),
            answer_countries=tuple(country for _, country in self.answers),
            is_warm=bool(self.startup.backed_by),
            n_candidates=n_candidates,
        )


class Questions(Struct, frozen=True):
    """The questions of one period, in the order of the startups' keys.

    Attributes:
        deals: Those made before it: all that is known.
        n_unanswerable: Startups with new pairs abroad, none of them with an investor ever seen before.
    """

    period: Period
    deals: tuple[Deal, ...]
    questions: tuple[Question, ...]
    n_unanswerable: int


def usable_deals(deals: Sequence[Deal]) -> tuple[Deal, ...]:
    """Deals with both countries, in the order of their days.

    Those of a startup on one day by what they tell of it, the larger round first; by who invested only where they tell
    the same: what a query brings must not depend on its answers.
    """
    told = (deal for deal in deals if deal.startup_country and deal.investor_country)
    return tuple(sorted(told, key=_order))


def _order(deal: Deal) -> tuple[object, ...]:
    about = deal.startup_country, deal.startup_city, deal.startup_sectors, str(deal.founded_on or "")
    return deal.made_on, deal.startup_key, -(deal.amount_usd or 0.0), about, deal.investor_key


def periods(since: date, until: date, *, refresh: str = "") -> Iterator[Period]:
    """One period, or one for each quarter of the calendar where `refresh` is ``quarter``."""
    first = since
    while first < until:
        last = min(_quarter_end(first), until) if refresh == "quarter" else until
        yield Period(first, first, last)
        if last == until:
            return
        first = last + timedelta(days=1)
    if first == until:
        yield Period(first, first, until)


def ask(deals: Sequence[Deal], period: Period) -> Questions:
    """The questions of a period; `deals` are usable and in the order of their days."""
    before = tuple(deal for deal in deals if deal.made_on < period.as_of)
    backers: dict[str, set[str]] = {}
    for deal in before:
        backers.setdefault(deal.startup_key, set()).add(deal.investor_key)
    homes: dict[str, str] = {}  # as the engine knows them: the earliest told
    for deal in before:
        homes.setdefault(deal.investor_key, deal.investor_country)
    told: dict[str, list[Deal]] = {}
    for deal in deals:
        if period.first <= deal.made_on <= period.last:
            told.setdefault(deal.startup_key, []).append(deal)
    questions, n_unanswerable = [], 0
    for key in sorted(told):
        old, country = backers.get(key, set()), told[key][0].startup_country
        new = [
            deal
            for deal in told[key]
            if deal.investor_key not in old and homes.get(deal.investor_key, deal.investor_country) != country
        ]
        answers = {deal.investor_key: homes[deal.investor_key] for deal in new if deal.investor_key in homes}
        if answers:
            startup = startup_of_deals(key, told[key], raising_usd=_class_ends(new[0].amount_usd))
            backed = replace(startup, stage=new[0].stage, backed_by=frozenset(old), backer_keys=tuple(sorted(old)))
            questions.append(Question(backed, tuple(sorted(answers.items()))))
        else:
            n_unanswerable += bool(new)
    return Questions(period, before, tuple(questions), n_unanswerable)


def _class_ends(amount_usd: float | None) -> tuple[float, float] | None:
    """The class of a round's size as an ask: the exact amount would give some investors away."""
    if amount_usd is None:
        return None
    ends = (LEAST_USD, *SIZE_BOUNDS, MOST_USD)
    place = sum(amount_usd >= bound for bound in SIZE_BOUNDS)
    return ends[place], ends[place + 1]


def _quarter_end(day: date) -> date:
    following = 3 * ((day.month - 1) // 3) + 4
    return date(day.year + (following > 12), (following - 1) % 12 + 1, 1) - timedelta(days=1)
