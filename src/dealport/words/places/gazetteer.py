"""Cities, provinces, state codes and territories: the package's lists, each read once, and what a name in them is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from dealport.words.normalising import compact
from dealport.words.places.countries import country_of_code, country_of_name
from dealport.words.places.formal_names import is_turning
from dealport.words.shipped import read_data, read_list, split_bars

Kind = Literal["country", "province", "city"]


class Place(NamedTuple):
    """What one part of an address may be.

    Attributes:
        countries: The likeliest first.
        clear: Whether the first is meant where nothing stands beside it.
    """

    kind: Kind
    countries: tuple[str, ...]
    clear: bool

    @property
    def country(self) -> str:
        """The country it means by itself; "" when that is unclear."""
        return self.countries[0] if self.clear else ""


def place_of(part: str) -> Place | None:
    """What a part is by itself: a country before a province before a city."""
    if country := country_of_name(part):
        return Place("country", (country,), clear=True)
    key = compact(part)
    if within := provinces().get(key):
        return Place("province", within, clear=len(within) == 1)
    if not is_turning(part) and (city := city_countries(key)):  # Republic, Missouri, is no "People's Republic"
        return Place("city", *city)
    return None


def city_countries(key: str) -> tuple[tuple[str, ...], bool] | None:
    """Countries that have a city of this key, the largest city's first, and whether the name is clear alone."""
    line = _line_of_city(key)
    if line is None:
        return None
    country, _, all_countries = line.partition(",")
    return tuple(all_countries.split()) or (country,), country != ""


def is_large_city(name: str) -> bool:
    """Whether a city has 100,000 people or more; names of the East are listed of these alone."""
    key = compact(name)
    return not key.isascii() or key in _large_cities()


@cache
def _large_cities() -> frozenset[str]:
    return frozenset(read_data("large_cities.txt", folder="words").split())


def _line_of_city(key: str) -> str | None:
    """The rest of the line of a city: the lines are in order, and halving 31,000 of them is quicker than a dict of all.

    A dict takes 10 ms to make, a look into the text 7 us.
    """
    text = _cities()
    low, high = text.index("\n", text.index("\n") + 1) + 1, len(text)
    while low < high:
        start = text.rfind("\n", low, (low + high) // 2) + 1 or low
        comma = text.find(",", start)
        found = text[start:comma]
        if found == key:
            return text[comma + 1 : text.find("\n", comma)]
        if found < key:
            low = text.find("\n", comma) + 1
        else:
            high = start
    return None


@cache
def _cities() -> str:
    text = read_data("cities.csv", folder="words")
    return text if text.endswith("\n") else f"{text}\n"


@cache
def provinces() -> Mapping[str, tuple[str, ...]]:
    """Lookup key of a state or province to the countries that have one of the name."""
    provinces: dict[str, tuple[str, ...]] = {}
    for row in read_list("provinces.csv"):
        for key in map(compact, split_bars(row["words"])):
            if row["country"] not in provinces.get(key, ()):
                provinces[key] = (*provinces.get(key, ()), row["country"])
    return provinces


@cache
def sovereigns(country: str) -> tuple[str, ...]:
    """The state that a territory with a code of its own belongs to; empty for others."""
    return tuple(row["country"] for row in read_list("territories.csv") if country in split_bars(row["territories"]))


@cache
def state_codes() -> Mapping[str, tuple[str, ...]]:
    """``MA`` to the countries that write a state so."""
    codes: dict[str, tuple[str, ...]] = {}
    for row in read_list("state_codes.csv"):
        for code in split_bars(row["codes"]):
            codes[code] = (*codes.get(code, ()), country_of_code(row["country"]))
    return codes
