"""The same organisation in two tables: whether two rows are surely one, and the one profile that comes of them.

When they are one, in this order: by the same id of their own and a like name; by a website of their own and a like
name; by an equal name or alias (whatever its legal form and script) in one country. Rows of one table are never joined
but where they repeat each other to the letter, nor are two files that each hold one profile under ids of their own:
what somebody wrote as two stays two, and `duplicates` warns of it.

What becomes of their fields: the newer row (by `as_of`, else the first by file and line) is taken for what holds one
value, and what it leaves blank is filled from the others; lists are united; other names become aliases; of
descriptions with the same day the longer. What differs is told with both places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from dealport.market.identity.duplicates import website_host
from dealport.market.problems import Problems, quoted
from dealport.market.validating import TypedBlock, TypedRow
from dealport.model import Investor, Kind, Origin, Problem, Row, Startup
from dealport.words.names import name_keys
from dealport.words.normalising import clean, has_han, has_hangul, has_kana

if TYPE_CHECKING:
    from dealport.market.profile_fields import ProfileFields

AnySide = TypeVar("AnySide", Startup, Investor)

LIKE_PERCENT = 80
"""Likeness of two name keys that one website makes one: "lumenai" and "lumenlabs" are less, "lumeen" is more."""
SHORTEST_PART = 4
"""Letters of a name that stands whole at the beginning of the other: "Lunit" in "Lunit Oncology"."""
SHORTEST_KEY = 2

_LISTS = ("sectors", "seeks", "offers", "languages", "wants", "avoids", "sources")
_SIDE_LISTS = ("markets", "backers", "stages", "invests_in", "excludes", "must_invest_in", "portfolio")
_SINGLE = (
    "country", "contact", "email", "website", "as_of", "raising", "total_raised", "ticket", "lead", "type", "city",
    "founded",
)  # fmt: skip
# Field as typed to the attribute by which two rows differ: "KR" and "Korea" do not.
_TOLD = (
    ("country", "country"),
    ("stage", "stage"),
    ("raising", "raising_usd"),
    ("total_raised", "total_raised_usd"),
    ("ticket", "ticket_usd"),
    ("lead", "lead"),
)


class Told(Struct, Generic[AnySide], frozen=True):
    """One row, understood by itself.

    Attributes:
        doubts: What was said of its words.
    """

    profile: AnySide
    typed: TypedRow[ProfileFields]
    doubts: tuple[Problem, ...] = ()

    @property
    def fields(self) -> ProfileFields:
        """Its fields, made anew."""
        return self.typed.fields

    @property
    def row(self) -> Row:
        """As it was read."""
        return self.typed.row

    @property
    def table(self) -> tuple[str, str]:
        """The file and sheet it stands in."""
        return self.row.origin.path, self.row.origin.sheet

    @property
    def has_own_id(self) -> bool:
        """Whether somebody gave it an id, or a file of its own."""
        return bool(self.row.stem or self.typed.value("id"))


class Merged(Struct, frozen=True):
    """A row that went into another's profile.

    Attributes:
        id: Of the profile.
        origin: Where the row stands; `first` is where the profile's first row does.
        how: ``id``, ``website``, ``name`` or ``repeated``.
    """

    kind: Kind
    id: str
    origin: Origin
    first: Origin
    how: str


def join_rows(told: Sequence[Told[AnySide]]) -> Iterable[list[tuple[Told[AnySide], str]]]:
    """The rows in groups, one for each organisation, each row with how it was joined ("" for a group's first).

    Works by keys: n rows cost n look-ups. Groups and their rows are in the order of the places.
    """
    if len({one.table for one in told}) < 2:
        return ([(one, "")] for one in told)
    order = {id(one): place for place, one in enumerate(told)}
    groups: list[list[tuple[Told[AnySide], str]]] = []
    by_key: dict[tuple[str, str], list[int]] = {}
    # Who names no country comes last: it may join the one of its name, and only if there is but one.
    for one in sorted(told, key=lambda one: (not one.profile.country, order[id(one)])):
        keys = list(_keys(one))
        near = dict.fromkeys(place for key in keys for place in by_key.get(key, ()))
        found = [(place, how) for place in near if (how := _how_joined(one, [other for other, _ in groups[place]]))]
        if len(found) == 1 or (found and found[0][1] != "name"):
            place, how = found[0]
            groups[place].append((one, how))
        else:
            place = len(groups)
            groups.append([(one, "")])
        for key in keys:
            places = by_key.setdefault(key, [])
            if place not in places[-1:]:
                places.append(place)
    for group in groups:
        group.sort(key=lambda pair: order[id(pair[0])])
    return sorted(groups, key=lambda group: order[id(group[0][0])])


def is_repeated(one: Told[AnySide], other: Told[AnySide]) -> bool:
    """Whether a row repeats another of its table to the letter."""
    return one.table == other.table and not one.row.stem and one.fields == other.fields


def merge_rows(
    group: Sequence[Told[AnySide]],
    understand: Callable[[TypedRow[ProfileFields]], tuple[AnySide, tuple[Problem, ...]]],
    problems: Problems,
) -> Told[AnySide]:
    """One profile of several rows, see the module; what is said of its words was said of the rows'."""
    newest_first = sorted(group, key=_age)  # stable: rows of one day stay in the order of their places
    fields = _merged_fields(group, newest_first)
    row = Row(group[0].row.kind, "", {}, newest_first[0].row.origin)
    typed = TypedRow(row, TypedBlock.of(fields), 0)
    profile, said = understand(typed)
    doubts: tuple[Problem, ...] = said
    conflicts: tuple[Problem, ...] = _conflicts(newest_first)
    problems.add(conflicts)
    return Told(profile if profile.name else newest_first[0].profile, typed, (*doubts, *conflicts))


def _keys(one: Told[AnySide]) -> Iterator[tuple[str, str]]:
    profile: Startup | Investor = one.profile
    if one.has_own_id:
        yield "id", profile.id
    if host := website_host(profile.website):
        yield "website", host
    for name in (profile.name, *profile.aliases):
        for key in sorted(name_keys(name)):
            if len(key) >= SHORTEST_KEY:
                yield "name", key


def _how_joined(one: Told[AnySide], group: Sequence[Told[AnySide]]) -> str:
    """How surely a row is the organisation of a group: ``id``, ``website``, ``name``, or "" when it is not."""
    for other in group:
        if one.table == other.table or (one.row.stem and other.row.stem and one.profile.id != other.profile.id):
            return ""
        if one.profile.country and other.profile.country and one.profile.country != other.profile.country:
            return ""
    for other in group:
        host, other_host = website_host(one.profile.website), website_host(other.profile.website)
        alike = _is_like(one.profile, other.profile)
        if one.has_own_id and other.has_own_id and one.profile.id == other.profile.id and alike:
            return "id"
        if host and host == other_host and alike:
            return "website"
        sure_of_country = one.profile.country == other.profile.country != ""
        if _shares_name(one.profile, other.profile) and (sure_of_country or not (host and other_host)):
            return "name"
    return ""


def _names_of(profile: Startup | Investor) -> frozenset[str]:
    return frozenset(key for name in (profile.name, *profile.aliases) for key in name_keys(name))


def _shares_name(one: Startup | Investor, other: Startup | Investor) -> bool:
    return any(len(key) >= SHORTEST_KEY for key in _names_of(one) & _names_of(other))


def _is_like(one: Startup | Investor, other: Startup | Investor) -> bool:
    """Whether two names may be one organisation's, given that something else says so too: alike, or in two scripts."""
    from rapidfuzz import fuzz

    for a in _names_of(one):
        for b in _names_of(other):
            if _is_cjk(a) != _is_cjk(b) or fuzz.ratio(a, b) >= LIKE_PERCENT:
                return True
            if min(len(a), len(b)) >= (SHORTEST_KEY if _is_cjk(a) else SHORTEST_PART) and (
                a.startswith(b) or b.startswith(a)
            ):
                return True
    return False


def _is_cjk(key: str) -> bool:
    return has_han(key) or has_hangul(key) or has_kana(key)


def _age(one: Told[AnySide]) -> int:
    return -one.profile.as_of.toordinal() if one.profile.as_of else 0


def _merged_fields(group: Sequence[Told[AnySide]], newest_first: Sequence[Told[AnySide]]) -> ProfileFields:
    first = newest_first[0].fields
    has = type(first).declared
    every = [one.fields for one in newest_first]
    merged: dict[str, object] = {name: _united(every, name) for name in (*_LISTS, *_SIDE_LISTS) if name in has}
    merged |= {name: _first_filled(every, name) for name in _SINGLE if name in has}
    own_id = next((one for one in group if one.fields.id), None) or next(
        (one for one in group if one.row.stem), group[0]
    )
    merged["id"] = own_id.profile.id
    merged["aliases"] = _other_names([one.profile for one in newest_first])
    merged["description"] = _description(newest_first)
    if "stage" in has:  # the round being raised and the last one are told together
        rounds = next((one for one in every if _rounds(one) != ("", "")), first)
        merged["stage"], merged["last_round"] = _rounds(rounds)
    return type(first)(**{**vars(first), **merged})


def _rounds(fields: ProfileFields) -> tuple[str, str]:
    return getattr(fields, "stage", ""), getattr(fields, "last_round", "")


def _united(every: Sequence[ProfileFields], name: str) -> tuple[str, ...]:
    """All words of a list, each once, whatever its case."""
    words: dict[str, str] = {}
    for fields in every:
        for word in getattr(fields, name):
            words.setdefault(clean(word).casefold(), word)
    return tuple(words.values())


def _first_filled(every: Sequence[ProfileFields], name: str) -> object:
    return next((value for fields in every if (value := getattr(fields, name)) not in ("", None)), "")


def _other_names(profiles: Sequence[Startup | Investor]) -> tuple[str, ...]:
    names = [name for profile in profiles for name in (profile.name, *profile.aliases)]
    return tuple(name for name in dict.fromkeys(names) if name != profiles[0].name)


def _description(newest_first: Sequence[Told[AnySide]]) -> str:
    """The newest; of one day's the longest."""
    filled = [one for one in newest_first if one.fields.description.strip()]
    same_day = [one for one in filled if one.profile.as_of == filled[0].profile.as_of]
    return max((one.fields.description for one in same_day), key=len, default="")


def _conflicts(newest_first: Sequence[Told[AnySide]]) -> tuple[Problem, ...]:
    """A warning for each single value that differs, with both places."""
    problems = Problems()
    for field, attribute in _TOLD:
        filled = [one for one in newest_first if getattr(one.profile, attribute, None) not in ("", None)]
        for other in filled[1:]:
            taken = filled[0]
            if getattr(other.profile, attribute) == getattr(taken.profile, attribute):
                continue
            newer = _day(taken) > _day(other)
            there = taken.row.origin.place(field)
            message = f"{quoted(_typed(other, field))} here, {quoted(_typed(taken, field))} at {there}"
            told = f"{message}: the {'newer' if newer else 'latter'} is taken"
            problems.warn(other.row.origin, field, told, "make them agree, or give the right one a newer as_of")
    return problems.since(0)


def _day(one: Told[AnySide]) -> date:
    return one.profile.as_of or date.min


def _typed(one: Told[AnySide], field: str) -> object:
    typed = getattr(one.fields, field)
    return typed or (getattr(one.fields, "last_round", "") if field == "stage" else typed)
