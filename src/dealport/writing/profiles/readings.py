"""What was understood of the fields of a profile, in words, beside what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.market.markets import word_of
from dealport.model import Exclusion, Investor, Reach, SectorMention, Startup
from dealport.words.capabilities import capability_label
from dealport.words.funding.money import MoneyError, parse_money
from dealport.words.funding.money_ranges import money_range
from dealport.words.funding.stage_words import LADDER
from dealport.words.funding.stages import stage_label
from dealport.words.investor_kinds import investor_kind_label, resolve_investor_kinds
from dealport.words.normalising import clean
from dealport.words.phrases import load_phrases, phrase
from dealport.words.places.place_words import country_name
from dealport.writing.locales import languages_label
from dealport.writing.phrasing import SectorLabels, joined, sector_labels
from dealport.writing.safety import safe_line

if TYPE_CHECKING:
    from dealport.market.profile_fields import ProfileFields

MOST_CODES = 12  # of a region's countries that are named; Europe has 50
STATED = "stated"
NEXT_ROUND = "next_round"  # the round that is raised, known from the last one: a line of its own, and how it is known
# Where a mention comes from that no word of the profile itself gave.
_FROM_OTHERS = {"derived": "portfolio", "dealt": "deals"}


class ReadLine(Struct, frozen=True):
    """One thing that was understood.

    Attributes:
        text: In the reader's words; "" where nothing was understood.
        words: What was typed.
        how: How the words gave a sector, as in `SectorMention.how` and `Exclusion.how`; `NEXT_ROUND` of a stage that
            the last round gave; "" of everything else.
    """

    text: str
    words: tuple[str, ...] = ()
    how: str = ""


class FieldReading(Struct, frozen=True):
    """One field that is filled.

    Attributes:
        field: Its name in a file.
        typed: The whole of it, as typed.
        lines: What was understood, a word or a list of them each; none where nothing was.
    """

    field: str
    typed: str
    lines: tuple[ReadLine, ...] = ()


def field_readings(
    profile: Startup | Investor, typed: ProfileFields, graph: SectorLabels, language: str = "en"
) -> list[FieldReading]:
    """The filled fields of a profile, each with what was understood of it; ``deals`` stands for those of an investor.

    A sector is told under the field whose word gave it: an inferred sector under the description.
    """
    return [
        FieldReading(name, raw, tuple(lines))
        for name, raw, lines in _fields(profile, typed, graph, language)
        if raw or any(line.text for line in lines)
    ]


def field_label(name: str, language: str = "en", typed: ProfileFields | None = None) -> str:
    """``Sectors (2)`` for ``sectors[2]``: the heading, and the number in its list; what has no heading as it is.

    The number is left out where `typed` shows that the list has one word only. Without `typed` a first word has none.
    """
    field, _, rest = name.partition("[")
    number = rest.rstrip("]")
    key = f"field.{field}"
    if key not in load_phrases():
        return name
    heading = phrase(key, language)
    is_one_of_many = number not in ("", "1") if typed is None else number and len(getattr(typed, field, ())) > 1
    return phrase("show.place", language, field=heading, n=number) if is_one_of_many else heading


def how_label(how: str, language: str = "en") -> str:
    """``from deals`` for ``dealt``; a way without a phrase is called by its own name."""
    key = f"how.{how}"
    return phrase(key, language) if key in load_phrases() else how.replace("_", " ")


def mention_lines(mentions: Iterable[SectorMention], graph: SectorLabels, language: str = "en") -> list[ReadLine]:
    """A line for each word and way, in the order of the mentions, with the labels of all sectors it gave."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in mentions:
        groups.setdefault((one.how, one.word), []).append(one.sector)
    return [
        ReadLine(joined(sector_labels(sectors, graph, language), language), (safe_line(word),), how)
        for (how, word), sectors in groups.items()
    ]


def exclusion_lines(exclusions: Iterable[Exclusion], graph: SectorLabels, language: str = "en") -> list[ReadLine]:
    """The same of what an investor rules out."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in exclusions:
        groups.setdefault((one.how, one.word), []).append(one.sector)
    return [
        ReadLine(joined(sector_labels(sectors, graph, language), language), (safe_line(word),), how)
        for (how, word), sectors in groups.items()
    ]


def reach_lines(reach: Reach | None, words: Sequence[str], language: str = "en") -> list[ReadLine]:
    """Countries named one by one, then those of regions, then whether it is everywhere."""
    if reach is None:
        return []
    lines = []
    regions = tuple(map(safe_line, reach.regions))
    others = tuple(word for word in map(safe_line, words) if word not in regions)
    if reach.countries:
        lines.append(ReadLine(joined(sorted(reach.countries), language), others))
    if reach.regional:
        codes = sorted(reach.regional)
        lines.append(ReadLine(_codes_text(codes, language), regions))
    if reach.everywhere:
        lines.append(ReadLine(phrase("show.everywhere", language), others if not reach.countries else ()))
    return lines


def _codes_text(codes: Sequence[str], language: str) -> str:
    """The first codes, and how many more there are."""
    shown = joined(codes[:MOST_CODES], language)
    n_more = len(codes) - MOST_CODES
    return phrase("show.more", language, codes=shown, n=str(n_more)) if n_more > 0 else shown


def money_text(typed: str | float, usd: tuple[float, float] | None, country: str) -> str:
    """``KRW 30B = USD 20.8M``: in the currency typed and in US dollars; "" where it says nothing."""
    if usd is None:
        return ""
    try:
        money = parse_money(typed, country=country)
    except MoneyError:
        money = None
    dollars = money_range(usd)
    if money is None or money.currency == "USD":
        return dollars
    return f"{money_range((money.low, money.high), money.currency)} = {dollars}"


def stages_text(stages: Iterable[str], language: str = "en") -> str:
    """The stages in the order of the ladder."""
    return joined([stage_label(one, language) for one in sorted(stages, key=LADDER.index)], language)


def country_text(code: str, language: str = "en") -> str:
    """``KR South Korea``."""
    return f"{code} {country_name(code, language)}" if code else ""


_Field = tuple[str, str, Sequence[ReadLine]]


def _fields(profile: Startup | Investor, typed: ProfileFields, graph: SectorLabels, language: str) -> Iterator[_Field]:
    yield _single("country", typed.country, country_text(profile.country, language))
    yield "sectors", _raw(typed.sectors), _sector_lines(profile, typed, "sectors", graph, language)
    if isinstance(profile, Startup):
        yield from _fields_of_startup(profile, typed, language)
    else:
        yield from _fields_of_investor(profile, typed, graph, language)
    for name, ids in (("seeks", profile.seeks), ("offers", profile.offers)):
        words = getattr(typed, name)
        meaning = joined([capability_label(one, language) for one in sorted(ids)], language)
        yield name, _raw(words), [ReadLine(meaning, _words(words))] if meaning else []
    languages = joined([languages_label(code, language) for code in profile.languages], language)
    yield "languages", _raw(typed.languages), [ReadLine(languages, _words(typed.languages))] if languages else []
    for name, meant in (("wants", profile.wants), ("avoids", sorted(profile.avoids))):
        words = getattr(typed, name)
        yield name, _raw(words), [ReadLine(joined(map(safe_line, meant), language), _words(words))] if meant else []
    told = [*_sector_lines(profile, typed, "description", graph, language)]
    told += exclusion_lines((one for one in profile.exclusions if one.how != STATED), graph, language)
    yield "description", safe_line(typed.description), told
    yield _single("as_of", typed.as_of, profile.as_of.isoformat() if profile.as_of else "")


def _fields_of_startup(startup: Startup, typed: ProfileFields, language: str) -> Iterator[_Field]:
    stage, last = str(getattr(typed, "stage", "")), str(getattr(typed, "last_round", ""))
    told = stage_label(startup.stage, language) if startup.stage else ""
    yield _single("stage", stage, told if stage else "")
    yield _single("last_round", last, stage_label(startup.last_round, language) if startup.last_round else "")
    if told and last and not stage:
        yield NEXT_ROUND, safe_line(last), [ReadLine(told, (safe_line(last),), NEXT_ROUND)]
    for field in ("raising", "total_raised"):
        amount = getattr(typed, field, "")
        yield _single(field, amount, money_text(amount, getattr(startup, f"{field}_usd"), startup.country))
    words = getattr(typed, "markets", ())
    yield "markets", _raw(words), reach_lines(startup.markets, words, language)
    backers = [ReadLine(joined(map(safe_line, startup.backers), language))] if startup.backers else []
    yield "backers", _raw(startup.backers), backers
    founded = startup.founded_on.isoformat() if startup.founded_on else ""
    yield "founded", safe_line(str(getattr(typed, "founded", ""))), [ReadLine(founded)] if founded else []


def _fields_of_investor(
    investor: Investor, typed: ProfileFields, graph: SectorLabels, language: str
) -> Iterator[_Field]:
    excluded = exclusion_lines((one for one in investor.exclusions if one.how == STATED), graph, language)
    words = getattr(typed, "excludes", ())
    if investor.excluded_countries:
        heard = {one.word for one in investor.exclusions} | {word for _, word in investor.not_understood}
        places = tuple(safe_line(word) for word in map(clean, words) if word and word not in heard)
        excluded.append(ReadLine(joined(sorted(investor.excluded_countries), language), places))
    yield "excludes", _raw(words), excluded
    kinds = [investor_kind_label(one, language) for one in sorted(resolve_investor_kinds(investor.type))]
    yield _single("type", investor.type, joined(kinds, language))
    words = getattr(typed, "stages", ())
    stages = stages_text(investor.stages, language)
    yield "stages", _raw(words), [ReadLine(stages, _words(words))] if stages else []
    ticket = getattr(typed, "ticket", "")
    yield _single("ticket", ticket, money_text(ticket, investor.ticket_usd, investor.country))
    lead = "" if investor.lead is None else phrase("screen.yes" if investor.lead else "screen.no", language)
    yield _single("lead", str(getattr(typed, "lead", "")).lower(), lead)
    for name, reach in (("invests_in", investor.invests_in), ("must_invest_in", investor.must_invest_in)):
        words = getattr(typed, name, ())
        yield name, _raw(words), reach_lines(reach, words, language)
    held = [ReadLine(joined(map(safe_line, investor.portfolio), language))] if investor.portfolio else []
    derived = _sector_lines(investor, typed, "portfolio", graph, language)
    yield "portfolio", _raw(investor.portfolio), [*held, *derived]
    yield "deals", "", _sector_lines(investor, typed, "deals", graph, language)


def _sector_lines(
    profile: Startup | Investor, typed: ProfileFields, cell: str, graph: SectorLabels, language: str
) -> list[ReadLine]:
    """The sectors that the words of one cell gave."""
    words = list(filter(None, map(clean, typed.sectors)))
    mentions = [one for one in profile.sectors if _cell_of(one, words) == cell]
    lines = mention_lines(mentions, graph, language)
    rest = _silent_words(words, profile) if cell == "sectors" else ()
    if profile.agnostic and cell == ("sectors" if words else "description"):
        lines.insert(0, ReadLine(phrase("show.agnostic", language), rest))
    elif rest:
        lines.append(ReadLine(phrase("show.nothing_more", language), rest))
    return lines


def _silent_words(words: Sequence[str], profile: Startup | Investor) -> tuple[str, ...]:
    """The sector words that neither gave a sector nor were found unknown: "any", and what repeats another."""
    heard = {one.word for one in profile.sectors} | {word for _, word in profile.not_understood}
    return tuple(safe_line(word) for word in words if not any(one and one in word for one in heard))


def _cell_of(mention: SectorMention, sector_words: Sequence[str]) -> str:
    """The field whose words gave a sector: the sector field's own, else those of the description."""
    if mention.how in _FROM_OTHERS:
        return _FROM_OTHERS[mention.how]
    is_stated = mention.how == STATED or any(mention.word in word for word in sector_words)
    return "sectors" if is_stated else "description"


def _single(name: str, typed: object, meaning: str) -> _Field:
    raw = safe_line(word_of(typed))
    return name, raw, [ReadLine(meaning, (raw,) if raw else ())] if meaning else []


def _raw(words: Iterable[object]) -> str:
    return "; ".join(_words(words))


def _words(words: Iterable[object]) -> tuple[str, ...]:
    return tuple(safe_line(str(word)) for word in words)
