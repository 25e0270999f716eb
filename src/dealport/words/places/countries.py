"""Names and codes of countries in any language: what a name means, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dealport.model import LANGUAGES
from dealport.words.normalising import compact, plain
from dealport.words.places.formal_names import DECIDED_BY_FORM, country_of_formal_name, without_form_of_state
from dealport.words.shipped import read_data, read_list, split_bars
from dealport.words.suggesting import MOST_SUGGESTED

FLAG_LETTER_A = 0x1F1E6  # the flag of Korea is two letters: U+1F1F0 (K), U+1F1F7 (R)

# Codes that are no ISO 3166-1 alpha-2 code but that everybody writes.
OTHER_CODES = {"UK": "GB", "EL": "GR"}

# What is suggested may be one slip away in names of this length, two in longer ones: an unlike name helps nobody.
_SHORTEST_SLIP = 4
_TWO_SLIPS = 9

# A single word has no other order.
_SEVERAL_WORDS = re.compile(r"\w\W+\w")


def country_name(code: str, language: str = "en") -> str:
    """The country's usual name in one of the five languages, English for others; an unknown code stands as it is."""
    labels = _labels().get(code)
    if labels is None:
        return code
    return labels.get(language) or labels["en"]


def country_of_name(word: str) -> str:
    """Code of the country that `word` names by code, name or flag, in any language; "" otherwise (cities too).

    Formal and turned names count: "Kingdom of Belgium", "Korea, Republic of", "Netherlands (Kingdom of the)".
    """
    found = country_of_exact_name(word)
    if found or word.isascii():
        return found or (country_of_formal_name(word) if _SEVERAL_WORDS.search(word) else "")
    return _without_form(word) or country_of_formal_name(word)


def country_of_exact_name(word: str) -> str:
    """`country_of_name` for the names that stand in the lists, in the order of their words."""
    word = word.strip()
    if len(word) == 2:
        code = country_of_code(word) or _country_of_flag(word)
        if code:
            return code
    return country_keys().get(compact(word), "") or _country_beside_flag(word)


def _without_form(word: str) -> str:
    """The country of a name in Chinese, Japanese or Korean with its form of state; "" where that may be another's."""
    short = without_form_of_state(word)
    code = country_keys().get(compact(short), "") if short != word else ""
    return "" if code in DECIDED_BY_FORM else code


def _country_beside_flag(word: str) -> str:
    """The country of a flag and its own name or code together: "🇺🇸 USA"; "" where the two are not one."""
    for flag, rest in ((word[:2], word[2:]), (word[-2:], word[:-2])):
        if rest.strip() and (code := _country_of_flag(flag)):
            return code if country_of_name(rest) == code else ""
    return ""


def country_of_code(word: str) -> str:
    """Alpha-2 code for an alpha-2 code in any case and width, and for UK and EL; "" otherwise."""
    code = plain(word.strip()).upper()
    return OTHER_CODES.get(code) or (code if code in _labels() else "")


def suggest_countries(word: str) -> tuple[str, ...]:
    """Labels of up to three countries that `word` may be a slip of, best first; empty when none is.

    A slip is a letter, or two in names of nine letters and more, and not the first: "Wakanda" is no Ruanda.
    """
    from rapidfuzz.distance import OSA

    key = compact(word)
    limit = 0 if len(key) < _SHORTEST_SLIP else 1 if len(key) < _TWO_SLIPS else 2
    near = sorted(
        (distance, known != key, known)
        for known in country_keys()
        if limit and abs(len(known) - len(key)) <= limit and _begin_alike(key, known) and not _is_code(known)
        if (distance := OSA.distance(key, known, score_cutoff=limit)) <= limit
    )
    return tuple(dict.fromkeys(country_name(country_keys()[known]) for *_, known in near))[:MOST_SUGGESTED]


def _is_code(key: str) -> bool:
    return len(key) <= 3 and key.isascii()  # "Mars" is no slip of MAR


def _begin_alike(key: str, known: str) -> bool:
    """Whether the first letter is the same, or swapped with the second: "Pjan" for "Japan" is not, "Ajpan" is."""
    return key[0] == known[0] or key[:2] == known[1::-1]


def country_codes() -> frozenset[str]:
    """The codes of all countries."""
    return frozenset(_labels())


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: {language: row[language] for language in LANGUAGES} for row in read_list("countries.csv")}


@cache
def country_keys() -> Mapping[str, str]:
    """Lookup key of every known name, three-letter codes too, to the alpha-2 code."""
    keys: dict[str, str] = {}
    for line in read_data("country_keys.csv", folder="words").splitlines()[2:]:
        code, _, names = line.partition(",")
        keys.update(dict.fromkeys(names.split("|"), code))
    for row in read_list("countries.csv"):
        keys |= {compact(row[column]): row["code"] for column in ("alpha3", *LANGUAGES) if row[column]}
    for row in read_list("country_words.csv"):
        keys.update(dict.fromkeys(map(compact, split_bars(row["words"])), row["country"]))
    return keys


def _country_of_flag(word: str) -> str:
    letters = [ord(letter) - FLAG_LETTER_A for letter in word]
    if not all(0 <= letter < 26 for letter in letters):
        return ""
    return country_of_code("".join(chr(ord("A") + letter) for letter in letters))
