"""Regions: which countries a region's name holds, in five languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from dealport.model import LANGUAGES
from dealport.words.normalising import compact
from dealport.words.places.countries import country_of_code, country_of_name
from dealport.words.shipped import read_list, split_bars

EVERYWHERE = "global"
DOMESTIC = "domestic"
"""The region that is the country of the profile that names it."""

_OPEN = (EVERYWHERE, DOMESTIC)
_OF_CHINA = re.compile(r"\bSAR\b|province|특별|特[别別]|省", re.IGNORECASE)
# "Korea only": how a list of countries says that it is all of them.
_ONLY_BEFORE = re.compile(
    r"^(?:(?:(?:we )?only invests? in|only|exclusively|solely|strictly) (?:in )?"
    r"|[仅僅](?:限于?|限於|投资?|投資|在)?|只(?:投资?|投資|限)?)\s*",
    re.IGNORECASE,
)
_ONLY_BEHIND = re.compile(
    r"\s*[(（]?\s*(?:\bonly|\bexclusively|(?:에|기업)?만(?: ?(?:투자|가능))?"
    r"|한정|に?限定|に限る|のみ(?:投資|対象)?|だけ)\s*[)）.!。]*$",
    re.IGNORECASE,
)
_NOWHERE = (frozenset[str](), frozenset[str]())
_MOST_SHORT_NAMES = 6  # 中日韩美欧; longer words are sentences


def region_of(word: str) -> str:
    """Id of the region `word` names (``asean``, ``europe`` ..., ``global``), in five languages; "" otherwise."""
    return _region_keys().get(compact(word), "")


def list_from_china(parts: Iterable[str]) -> frozenset[str]:
    """The codes of "China, Taiwan" and its like; none of "China, Hong Kong SAR", which is another name of one place."""
    first, *others = [*parts, ""]
    names = [country_of_name(other) for other in others[:-1] if not _OF_CHINA.search(other)]
    is_list = bool(names) and all(names) and len(names) == len(others) - 1 and country_of_name(first) == "CN"
    return frozenset({"CN", *names}) if is_list else frozenset()


def without_only(text: str) -> str:
    """The text without the words that say "only"; itself where there are none."""
    return _ONLY_BEHIND.sub("", _ONLY_BEFORE.sub("", text))


def members_of_short_names(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Countries, and countries of regions, of one-letter names put together: 日韩, 日米欧, 한미일; empty for others.

    To be asked last: 台中 is a city of Taiwan, 中东 a region.
    """
    letters = compact(word)
    if not 2 <= len(letters) <= _MOST_SHORT_NAMES or len(set(letters)) < len(letters):
        return _NOWHERE
    members = [_member_of(letter, letters) for letter in letters]
    if not all(members) or len(set(members)) < len(members):
        return _NOWHERE
    regions = [region_members()[member] for member in members if member in region_members()]
    return frozenset(members) - region_members().keys(), frozenset[str]().union(*regions)


def _member_of(letter: str, letters: str) -> str:
    rows = _short_names().get(letter, ())
    return next((member for member, beside in rows if not beside or beside in letters), "")


@cache
def _short_names() -> Mapping[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = {}
    for row in read_list("short_country_names.csv"):
        names.setdefault(row["letter"], []).append((row["members"], row["beside"]))
    return names


@cache
def region_members() -> Mapping[str, frozenset[str]]:
    """Region id to the codes of its countries; those of all countries and of the profile's own are not in it."""
    rows = {row["region"]: split_bars(row["members"]) for row in _rows() if row["region"] not in _OPEN}
    return {region: _members(rows, region) for region in rows}


def _members(rows: Mapping[str, list[str]], region: str) -> frozenset[str]:
    """Countries of a region, those of the regions in it too."""
    found: set[str] = set()
    for member in rows[region]:
        found |= _members(rows, member) if member in rows else {country_of_code(member)}
    return frozenset(found)


@cache
def _rows() -> list[dict[str, str]]:
    return read_list("regions.csv")


@cache
def _region_keys() -> Mapping[str, str]:
    columns = [language.replace("-", "_").lower() for language in LANGUAGES]
    return {
        compact(word): row["region"]
        for row in _rows()
        for column in columns
        for word in (row["region"], *split_bars(row[column]))
    }
