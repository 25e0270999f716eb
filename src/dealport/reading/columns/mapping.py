"""Which column is which field: by its own name, a vendor's synonym, a likely slip, or the user's columns.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dealport.reading.columns.field_names import (
    COMMON_FIELDS,
    DEAL_FIELDS,
    INVESTOR_FIELDS,
    PROFILE_FIELDS,
    STARTUP_FIELDS,
    TELLS_INVESTOR,
    TELLS_STARTUP,
    field_of_header,
)
from dealport.reading.columns.synonyms import (
    HeaderMeaning,
    bare_header,
    header_key,
    header_meaning,
    header_unit,
    load_meanings,
    part_of_range,
    request_field,
    split_unit,
    without_unit,
)
from dealport.reading.tables.accounts import ColumnUse, HowTaken

_OWN_FIELDS: Mapping[str, frozenset[str]] = {
    "startup": COMMON_FIELDS | STARTUP_FIELDS,
    "investor": COMMON_FIELDS | INVESTOR_FIELDS,
    "deal": DEAL_FIELDS,
    "request": DEAL_FIELDS,
    "event": frozenset(),
}
# "Sector: AI", "Sectors [AI]", "Investment Type - Seed": a question and one of its answers.
_WIDE = re.compile(r"\s*(.+?)\s*(?::|：|\s[-–—]\s|\[|［)\s*(.+?)\s*[\]］]?\s*")
_WIDE_FIELDS = frozenset(
    {"sectors", "stages", "stage", "last_round", "invests_in", "markets", "seeks", "offers", "languages", "excludes"}
)
# What a yes/no sheet asks that has no column of its own in a plain list.
_MODELS = {"startup": "sectors", "investor": "sectors"}
_REGIONS = {"startup": "markets", "investor": "invests_in"}
_WIDE_QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "biztype": _MODELS,
    "businesstype": _MODELS,
    "businessmodel": _MODELS,
    "model": _MODELS,
    "region": _REGIONS,
    "regions": _REGIONS,
    "market": _REGIONS,
}
_AMOUNTS = frozenset(
    {"ticket", "raising", "total_raised", "amount", "ticket_min", "ticket_max", "raising_min", "raising_max"}
)
# Fields that a column stands for only together with another.
_PART_OF = {"ticket_min": "ticket", "ticket_max": "ticket", "raising_min": "raising", "raising_max": "raising"}
# "Organistion name" is a slip; "Investor" and "Invests in" are not. Below these, two headers are two things.
_FUZZY_LENGTH = 7
_FUZZY_PERCENT = 90


class MappedColumn(Struct, frozen=True):
    """What one column was taken for on one side.

    Attributes:
        index: From 0.
        target: A field, or a part of one (``ticket_min``); "" for a column that is left out.
        how: See `ColumnUse`.
        rank: Of several columns with one target the lowest goes first.
        unit: How a bare number is meant, as ``USD {}M``; "" where nothing says it.
        answer: The word that a "yes" in a yes/no column stands for; "" in any other.
        known: False for a column that is left out because nobody knows it.
        meant: For a slip, the header it was taken for.
        repeats: What a column left of it already stands for under the same name: this one is left out.
    """

    index: int
    header: str
    target: str
    how: HowTaken
    rank: int = 2
    unit: str = ""
    answer: str = ""
    known: bool = True
    meant: str = ""
    repeats: str = ""

    def use(self) -> ColumnUse:
        """What the account says of it."""
        return ColumnUse(self.header, _PART_OF.get(self.target, self.target), self.how)


def map_columns(headers: Sequence[str], kind: str, told: Mapping[str, str]) -> tuple[MappedColumn, ...]:
    """What each column means in a table of one kind; `told` is the user's columns.toml, by `header_key`."""
    columns = [_map_column(index, header, kind, told) for index, header in enumerate(headers)]
    taken = {column.target for column in columns}
    columns = [column if column.known or column.target else _without_slip(column, kind, taken) for column in columns]
    return _without_repeats(_settle_names(columns))


@lru_cache(maxsize=8192)  # the first rows of a table are looked at several times
def is_known_header(header: str) -> bool:
    """Whether a cell looks like the header of a column that is read or left out on purpose."""
    name = field_of_header(header)
    if name in PROFILE_FIELDS or name in DEAL_FIELDS or header_meaning(header) is not None or wide_parts(header):
        return True
    return any(_map_column(0, header, side, {}).target for side in ("startup", "investor"))


def is_name_header(header: str) -> bool:
    """Whether a cell looks like the header of the column with the names of startups, investors or both."""
    if field_of_header(header) in {"name", "startup", "investor", "startup_id", "investor_id", "from", "to"}:
        return True
    meaning = header_meaning(header)
    return meaning is not None and any(target.startswith("name") for target in meaning.targets.values())


def wide_parts(header: str) -> tuple[str, str] | None:
    """Question and answer of the header of a yes/no column, ``("Sector", "AI")``; None for any other."""
    found = _WIDE.fullmatch(header)
    asked = found and (_wide_target(found[1], "investor") or _wide_target(found[1], "startup"))
    return (found[1], found[2]) if found and asked else None


def can_have_answers(header: str) -> bool:
    """Whether a header may stand over several columns of answers, or over "min" and "max"."""
    meaning = header_meaning(header)
    targets = {field_of_header(header), *(meaning.targets.values() if meaning else ())}
    return bool(targets & (_WIDE_FIELDS | {"ticket", "raising"})) or header_key(header) in _WIDE_QUESTIONS


def tells_of(header: str) -> str:
    """The side whose lists have such a column, with ``?`` where it is only likely; else ""."""
    name = field_of_header(header)
    if name == "stage":  # many lists of investors call theirs so
        return "startup?"
    if name in TELLS_STARTUP or name in TELLS_INVESTOR:
        return "startup" if name in TELLS_STARTUP else "investor"
    if name in PROFILE_FIELDS:
        return ""
    meaning = header_meaning(header)
    return meaning.tells if meaning else ""


def _map_column(index: int, header: str, kind: str, told: Mapping[str, str]) -> MappedColumn:
    header = " ".join(header.split())
    key = header_key(header)
    if header and key in told:
        how: HowTaken = "columns.toml" if told[key] else "left out"
        return MappedColumn(index, header, told[key], how, rank=-1, unit=header_unit(header))
    meaning, name = header_meaning(header), field_of_header(header)
    if name not in _OWN_FIELDS[kind] and meaning is None:
        name = field_of_header(bare_header(header))  # "raising (USD m)"
    asked = request_field(header) if kind == "request" else ""
    if asked or name in _OWN_FIELDS[kind]:
        return MappedColumn(index, header, asked or name, "synonym" if asked else "name", unit=header_unit(header))
    if meaning is not None and (kind in meaning.targets or name not in DEAL_FIELDS):
        return _meant(index, header, meaning, kind)
    if name in PROFILE_FIELDS or name in DEAL_FIELDS:
        return MappedColumn(index, header, name, "name")
    if parts := wide_parts(header):
        target = _wide_target(parts[0], kind)
        return MappedColumn(
            index, header, target, "synonym" if target else "left out", answer=parts[1] if target else ""
        )
    return (
        _range_part(index, header, kind)
        or _with_unit(index, header, kind)
        or MappedColumn(index, header, "", "left out", known=not header)
    )


def _meant(index: int, header: str, meaning: HeaderMeaning, kind: str) -> MappedColumn:
    """A column whose header is known."""
    target = meaning.targets.get(kind, "-")
    rank = 1 if target.endswith("!") else 2 + target.count("~")
    target = "" if target.startswith("-") else target.rstrip("!~")
    return MappedColumn(index, header, target, "synonym" if target else "left out", rank, header_unit(header))


def _with_unit(index: int, header: str, kind: str) -> MappedColumn | None:
    """The column of an amount whose header names its unit: "Ticket k€"; None for any other."""
    rest, unit = split_unit(header)
    column = _map_column(index, rest, kind, {}) if unit else None
    return replace(column, header=header, unit=unit) if column and column.target in _AMOUNTS else None


def _wide_target(question: str, kind: str) -> str:
    name = field_of_header(question)
    meaning = header_meaning(question)
    if name not in _OWN_FIELDS.get(kind, ()) and meaning:
        name = meaning.targets.get(kind, "").rstrip("!~")
    name = name if name in _WIDE_FIELDS else _WIDE_QUESTIONS.get(header_key(question), {}).get(kind, "")
    return name if name in _WIDE_FIELDS else ""


def _range_part(index: int, header: str, kind: str) -> MappedColumn | None:
    """``ticket_min`` for "Ticket size, min"; None where the header is no end of a range."""
    words = [word for word in re.split(r"[\s,_/:-]+|(?<=[a-z])(?=[A-Z])", without_unit(header)) if word] or [""]
    for part, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        end = part_of_range(part)
        meaning = header_meaning(" ".join(rest)) if end and rest else None
        target = meaning.targets.get(kind, "") if meaning else field_of_header(" ".join(rest))
        if end and target in {"ticket", "raising"}:
            target = f"{target}_{'min' if end == 'low' else 'max'}"
            return MappedColumn(index, header, target, "synonym", unit=header_unit(header))
    return None


def _without_slip(column: MappedColumn, kind: str, taken: set[str]) -> MappedColumn:
    """A column nobody knows, taken for the one its header nearly spells, unless there is such a column already."""
    from rapidfuzz import fuzz, process

    key = header_key(column.header)
    if len(key) < _FUZZY_LENGTH or not key.isascii() or kind not in {"startup", "investor", "deal"}:
        return column
    found = process.extractOne(key, load_meanings().keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY_PERCENT)
    if found is None:
        return column
    meaning = load_meanings()[found[0]]
    meant = _meant(column.index, column.header, meaning, kind)
    if not meant.target or meant.target in taken:
        return column
    return replace(meant, how="fuzzy", meant=meaning.header)


def _settle_names(columns: Sequence[MappedColumn]) -> list[MappedColumn]:
    """A plain "Name" beside "Company name" is a person's: whom to write to; a "Participant" may be one."""
    best = min((column.rank for column in columns if column.target == "name"), default=0)
    columns = [
        replace(column, target="", how="left out") if column.target == "name" and column.rank > max(best, 2) else column
        for column in columns
    ]
    if best > 1 or not best:
        return columns
    has_contact = any(column.target == "contact" for column in columns)
    return [
        replace(column, target="" if has_contact else "contact", how="left out" if has_contact else "synonym")
        if column.target == "name" and column.how == "name"
        else column
        for column in columns
    ]


def _without_repeats(columns: Sequence[MappedColumn]) -> tuple[MappedColumn, ...]:
    """The columns, those left out that have the very name of an earlier one."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        name = column.target if column.how == "name" else "" if column.known else column.header
        is_twice = bool(name) and name in seen
        seen.add(name)
        kept.append(replace(column, target="", how="left out", known=True, repeats=name) if is_twice else column)
    return tuple(kept)
