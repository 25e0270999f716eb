"""Rows -> a checked market, told in order: types, the day, words, ids, links, likely duplicates; every problem kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from dealport.market.identity.duplicates import possible_duplicates
from dealport.market.identity.profiles_of_sides import Taken, take_profiles
from dealport.market.markets import Account, Market, Typed, TypedProfiles
from dealport.market.problems import Problems, did_you_mean, quoted
from dealport.model import InputError, Investor, Kind, Origin, Row, Startup
from dealport.words.sectors.graph import SectorGraph, load_graph

if TYPE_CHECKING:
    from dealport.market.meaning.market_words import MarketWords
    from dealport.market.profile_fields import DealFields, InvestorFields, StartupFields
    from dealport.market.validating import TypedRow
    from dealport.reading.paths import Reading

# The day of the Shanghai summit: what money is valued at where no file gives a date. Never the clock.
DEFAULT_AS_OF = date(2026, 1, 7)
# A day so far ahead of the next, among so many, is mistyped.
MOST_AHEAD = timedelta(days=3 * 365)
FEWEST_DAYS = 5
_NO_PROFILES = frozenset({"deal", "request", "event"})


class TypedRows(Struct, frozen=True):
    """Rows whose fields have the right types, in the order of their places; those that have not, with the reason."""

    startups: list[TypedRow[StartupFields]]
    investors: list[TypedRow[InvestorFields]]
    deals: list[tuple[DealFields, Row]]
    refused: list[tuple[Row, str]]

    def days(self) -> list[tuple[date | str, str, Row]]:
        """Each day with the name of its field, and the row."""
        told: list[tuple[date | str, str, Row]] = [(fields.date, "date", row) for fields, row in self.deals]
        told += [(one.value("as_of"), "as_of", one.row) for one in self.startups]
        return told + [(one.value("as_of"), "as_of", one.row) for one in self.investors]


def build_market(reading: Reading, *, as_of: date | None = None, more_deals: Sequence[Row] = ()) -> Market:
    """Everything that was read, checked and understood; nothing the user did raises.

    `as_of` is the newest date in the files where it is not given; `more_deals` are rows beside those of `reading`.
    Faulty sectors of the user's own are a fault, and the package's are taken without them.
    """
    from dealport.market.identity.deal_rows import deals_until, make_deals
    from dealport.market.identity.linking import backing_pairs, derive_sectors, link_backers, link_wishes, tell_deals
    from dealport.market.meaning.market_words import MarketWords

    problems = Problems(reading.problems)
    rows = _typed_rows(reading.rows, [*reading.deals, *more_deals], problems)
    day = as_of or newest_day(rows, problems)
    graph = _load_graph(reading, problems)
    vocabulary = MarketWords(graph, day)
    _check_countries_of_lists(reading, vocabulary, problems)
    startups = take_profiles(Startup, rows.startups, vocabulary, problems)
    investors = take_profiles(Investor, rows.investors, vocabulary, problems)
    names = startups.names, investors.names
    refused = tuple(sorted([*rows.refused, *startups.refused, *investors.refused], key=lambda one: _place(one[0])))
    deals = tell_deals(
        deals_until(make_deals(rows.deals, names, vocabulary, problems), day, problems), startups.profiles
    )
    pairs = backing_pairs(startups.profiles, investors.profiles, deals, names)
    wishing = link_wishes(startups.profiles, startups.wishes, names[1], problems)
    account = make_account(reading, startups, investors, refused)
    return Market(
        startups=tuple(link_backers(wishing, pairs, names[1])),
        investors=tuple(
            link_wishes(
                derive_sectors(investors.profiles, wishing, deals, names[0]), investors.wishes, names[0], problems
            )
        ),
        deals=tuple(deals),
        as_of=day,
        graph=graph,
        possible_duplicates=possible_duplicates("startup", startups.profiles, names[0], problems)
        | possible_duplicates("investor", investors.profiles, names[1], problems),
        problems=problems.in_order(reading.files),
        n_left_out=account.n_refused - account.n_aside,
        account=account,
        merged=(*startups.merged, *investors.merged),
        refused=refused,
        typed=Typed(TypedProfiles({"startup": startups.told, "investor": investors.told}), tuple(rows.deals)),
    )


def _check_countries_of_lists(reading: Reading, vocabulary: MarketWords, problems: Problems) -> None:
    """A fault for each country in columns.toml that is none; each row of such a list is faulty too."""
    from dealport.reading.columns.overrides import told_countries

    for word in told_countries(reading.columns or {}):
        if not vocabulary.country(vocabulary.clean(word)):
            cure = did_you_mean(vocabulary.near_countries(word)) or 'a code such as "KR" always works'
            origin = reading.columns_origin or Origin("columns.toml")
            problems.fault(origin, "country", f"unknown country {quoted(word)}", cure)


def newest_day(rows: TypedRows, problems: Problems) -> date:
    """The newest day of profiles and deals; `DEFAULT_AS_OF` when there is none.

    One that lies years after all others is a slip of the pen ("2062"): told, and not taken.
    """
    days = sorted(
        ((day, field, row) for day, field, row in rows.days() if isinstance(day, date)),
        key=lambda one: (one[0], one[1]),
    )
    while len(days) > FEWEST_DAYS and days[-1][0] - days[-2][0] > MOST_AHEAD:
        day, field, row = days.pop()
        message = f"{day} lies years after every other day: it is not taken as the day of the ranking"
        problems.warn(row.origin, field, message, "mend it, or say --as-of")
    return days[-1][0] if days else DEFAULT_AS_OF


def _load_graph(reading: Reading, problems: Problems) -> SectorGraph:
    """The package's sectors with the user's own; a fault in those names its file."""
    try:
        return load_graph(reading.sectors)
    except InputError as error:
        path = reading.sectors_origin.path if reading.sectors_origin else "sectors.toml"
        problems.fault(Origin(path), "", str(error))
        return load_graph()


def _typed_rows(rows: Iterable[Row], deals: Iterable[Row], problems: Problems) -> TypedRows:
    """Rows with fields of the right types; whatever is wrong with the others is a fault."""
    from dealport.market.profile_fields import DealFields, InvestorFields, StartupFields
    from dealport.market.validating import read_kind, type_rows

    ordered = sorted(rows, key=_place)
    sides: dict[Kind | None, list[Row]] = {"startup": [], "investor": [], None: []}
    for row in ordered:
        sides[read_kind(row)].append(row)
    for row in sides[None]:
        _fault_of_kind(row, problems)
    startups, unsound_startups = type_rows(sides["startup"], StartupFields, problems)
    investors, unsound_investors = type_rows(sides["investor"], InvestorFields, problems)
    typed_deals, _ = type_rows(sorted(deals, key=_place), DealFields, problems)
    refused = [*unsound_startups, *unsound_investors, *((row, "neither startup nor investor") for row in sides[None])]
    if refused:
        order = {id(row): place for place, row in enumerate(ordered)}
        refused.sort(key=lambda one: order[id(one[0])])
    return TypedRows(startups, investors, [(one.fields, one.row) for one in typed_deals], refused)


def _fault_of_kind(row: Row, problems: Problems) -> None:
    word = row.kind or row.fields.get("kind")
    message = (
        f"neither startup nor investor: {quoted(word)}" if word else "it does not say if it is startup or investor"
    )
    cure = 'write kind = "startup" or "investor", or put it into a folder startups/ or investors/'
    problems.once_a_file(row.origin, "kind", message, cure, "fault")


def _place(row: Row) -> tuple[str, str, int]:
    return row.origin.path, row.origin.sheet, row.origin.line


def make_account(
    reading: Reading, startups: Taken[Startup], investors: Taken[Investor], refused: Sequence[tuple[Row, str]]
) -> Account:
    """The account of the rows that should be profiles, those of deals and requests left aside."""
    of_profiles = [one for one in reading.refused if reading.tables[one.table].kind not in _NO_PROFILES]
    n_refused = reading.n_refused - len(reading.refused) + len(of_profiles)
    n_merged = sum(table.n_merged for table in reading.tables if table.kind not in _NO_PROFILES)
    return Account(
        n_rows=len(reading.rows) + n_refused + n_merged,
        n_profiles=len(startups.profiles) + len(investors.profiles),
        n_merged=n_merged + len(startups.merged) + len(investors.merged),
        n_refused=n_refused + len(refused),
        n_aside=sum(not one.is_mendable for one in of_profiles),
    )
