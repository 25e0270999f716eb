"""A checked market as people write it: one record a profile, under the names of the fields, as `reading` reads it.

Values stand in the words everybody's file may use: the country's code, stages by their English names, days as
2026-01-07; sectors, money and names stay as typed, since what a word meant is found again when it is read. What was not
understood stays as typed too: it is not lost, and `check` still asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from dealport.model import Investor, Kind, Startup
from dealport.words.funding.money import MoneyError, Rates, home_currency, parse_money
from dealport.words.funding.stage_lists import find_stages
from dealport.words.funding.stage_words import LADDER
from dealport.words.funding.stages import resolve_stages, stage_label
from dealport.words.normalising import clean

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.market.profile_fields import DealFields, ProfileFields

Value = str | bool | date | tuple[str, ...]
Record = Mapping[str, Value]

# The order of columns and of lines in a file.
FIELDS = (
    "kind", "id", "name", "aliases", "country", "type", "sectors", "stage", "last_round", "raising", "total_raised",
    "stages", "ticket", "lead", "invests_in", "must_invest_in", "excludes", "seeks", "offers", "markets", "languages",
    "backers", "city", "founded", "portfolio", "wants", "avoids", "contact", "email", "website", "description",
    "sources", "as_of",
)  # fmt: skip
DEAL_COLUMNS = (
    "date", "startup", "startup_id", "startup_country", "startup_city", "startup_founded", "startup_sectors",
    "investor", "investor_id", "investor_country", "investor_sectors", "round", "amount",
)  # fmt: skip
_LISTS = (
    "sectors", "seeks", "offers", "languages", "wants", "avoids", "sources", "markets", "backers", "invests_in",
    "must_invest_in", "excludes", "portfolio",
)  # fmt: skip
# Words for growth with its neighbours, the narrowest first: an investor's "growth" means Series B to growth.
_WIDER_WORDS = ("Growth or later", "5. Growth", "Private equity")
_TEXTS = ("contact", "email", "type")

# Amount as typed, in US dollars, country, and the currency of an amount that names none.
_Money = Callable[[str | float, tuple[float, float] | None, str, str], str]


def profile_records(market: Market) -> list[Record]:
    """One record for each profile, startups first, each side in the order of the ids; blank fields are absent."""
    money = _money_writer(market)
    records: list[Record] = []
    everyone: tuple[Startup | Investor, ...] = (*market.startups, *market.investors)
    for profile in everyone:
        kind: Kind = "startup" if isinstance(profile, Startup) else "investor"
        fields = market.typed.profiles[kind, profile.id]
        found = _common(profile, fields) | {"kind": kind}
        found |= (
            _of_startup(profile, fields, money)
            if isinstance(profile, Startup)
            else _of_investor(profile, fields, money)
        )
        records.append({name: found[name] for name in FIELDS if found.get(name) not in ("", (), None)})
    return records


def deal_records(market: Market) -> list[Record]:
    """One record for each row of deals that was taken, in the order of the files."""
    records: list[Record] = []
    for fields, _ in market.typed.deals:
        if not why_no_deal(fields):
            found = {name: _deal_value(getattr(fields, name)) for name in DEAL_COLUMNS}
            found["amount"] = _text_of(fields.amount)
            records.append({name: value for name, value in found.items() if value not in ("", ())})
    return records


def why_no_deal(fields: DealFields) -> str:
    """Why a row of deals was left out; "" when it was taken."""
    if not isinstance(fields.date, date):
        return f"date: unknown date {fields.date!r}"
    if not clean(fields.startup):
        return "startup: no name"
    return "" if any(map(clean, fields.investor)) else "investor: no name"


def _common(profile: Startup | Investor, fields: ProfileFields) -> dict[str, Value]:
    found: dict[str, Value] = {name: _words(getattr(fields, name, ())) for name in _LISTS}
    found |= {name: clean(str(getattr(fields, name, ""))) for name in _TEXTS}
    return found | {
        "id": profile.id,
        "name": profile.name,
        "aliases": profile.aliases,
        "country": profile.country or clean(fields.country),
        "website": profile.website,
        "description": profile.description,
        "as_of": profile.as_of or clean(str(fields.as_of)),
    }


def _of_startup(startup: Startup, fields: ProfileFields, money: _Money) -> dict[str, Value]:
    stage, last_round = str(getattr(fields, "stage", "")), str(getattr(fields, "last_round", ""))
    return {
        "stage": _stage(stage, lambda found: found == startup.stage),
        "last_round": _stage(last_round, lambda found: found == startup.last_round),
        "raising": money(getattr(fields, "raising", ""), startup.raising_usd, startup.country, "USD"),
        "total_raised": money(
            getattr(fields, "total_raised", ""),
            startup.total_raised_usd,
            startup.country,
            home_currency(startup.country),
        ),
        "city": clean(str(getattr(fields, "city", ""))),
        "founded": startup.founded_on or clean(str(getattr(fields, "founded", ""))),
    }


def _of_investor(investor: Investor, fields: ProfileFields, money: _Money) -> dict[str, Value]:
    lead = getattr(fields, "lead", "")
    typed = tuple(getattr(fields, "stages", ()))
    unknown = [name for word in typed for name in find_stages(clean(word), of_investor=True).unknown]
    return {
        "stages": _words([*investor_stage_words(investor.stages), *unknown]),
        "ticket": money(getattr(fields, "ticket", ""), investor.ticket_usd, investor.country, "USD"),
        "lead": investor.lead if investor.lead is not None else clean(str(lead)),
    }


def _stage(typed: str, is_same: Callable[[str], bool]) -> str:
    """The name of the stage a word was understood as, else the word."""
    word = clean(typed)
    read = find_stages(word)
    if not word or read.unknown:
        return word
    meant = next((stage for stage in sorted(read.stages, key=LADDER.index) if is_same(stage)), "")
    label = stage_label(meant) if meant else word
    return meant if meant and resolve_stages(label) != frozenset({meant}) else label


def investor_stage_words(stages: frozenset[str]) -> list[str]:
    """Words that an investor may write to mean just these stages, in the order of the ladder.

    A stage has its English name, or its id where the name says more ("Series A+" means all later rounds too). Growth
    alone has neither: it has the narrowest word that says nothing beyond `stages`.
    """
    return list(dict.fromkeys(_word_within(stage, stages) for stage in sorted(stages, key=LADDER.index)))


def _word_within(stage: str, stages: frozenset[str]) -> str:
    named = stage_label(stage), stage
    meant = {word: resolve_stages(word, of_investor=True) or frozenset() for word in (*named, *_WIDER_WORDS)}
    exact = (word for word in named if meant[word] == {stage})
    wider = (word for word, found in meant.items() if stage in found and found <= stages)
    return next(exact, next(wider, stage))


def _money_writer(market: Market) -> _Money:
    """Writes money as typed where it will mean the same when it is read again, else in US dollars."""
    rates, same_day = Rates(market.as_of), _same_day(market)

    def write(typed: str | float, usd: tuple[float, float] | None, country: str, bare: str) -> str:
        text = _text_of(typed, bare)
        if usd is None:
            return text
        if same_day and isinstance(typed, str) and _meant(text, country, rates, bare) == usd:
            return text
        return usd_text(*usd)

    return write


def usd_text(low: float, high: float) -> str:
    """``USD 1000000``, ``USD 1000000-5000000`` or ``up to USD 500000``."""
    if low == high:
        return f"USD {_figure(low)}"
    return f"up to USD {_figure(high)}" if low == 0 else f"USD {_figure(low)}-{_figure(high)}"


def _figure(amount: float) -> str:
    return f"{amount:.2f}".removesuffix(".00")


def _text_of(typed: str | float, bare: str = "USD") -> str:
    if isinstance(typed, str):
        return clean(typed)
    return f"{bare} {_figure(typed)}"


def _meant(text: str, country: str, rates: Rates, bare: str) -> tuple[float, float] | None:
    try:
        money = parse_money(text, country=country, bare=bare)
        return None if money is None else rates.usd_range(money)
    except MoneyError:
        return None


def _same_day(market: Market) -> bool:
    """Whether the market will be valued at the same day when only what is written is read."""
    days = [profile.as_of for profile in (*market.startups, *market.investors) if profile.as_of]
    days += [fields.date for fields, _ in market.typed.deals if isinstance(fields.date, date)]
    return not days or max(days) == market.as_of


def _deal_value(value: object) -> Value:
    if isinstance(value, tuple):
        return _words(value)
    return value if isinstance(value, date) else clean(str(value))


def _words(words: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (clean(str(word)) for word in words))))
