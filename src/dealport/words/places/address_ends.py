"""Addresses whose parts no comma tells apart: "33 rue du Mail 75002 Paris", "Docklands VIC 3008", "CH-1110 Morges".

What is decided here: only a text in which nothing else names a place comes here. The end of a part that is a place
decides, where a figure stands in the text and no other part ends in another country; else the country's mark before a
postal code, else the form of the code with the street words of a language. A street named after a city is none: "Calle
Roma 12" says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dealport.words.normalising import plain
from dealport.words.places.addresses import country_of_part, split_address
from dealport.words.places.countries import country_of_code, country_of_name
from dealport.words.places.formal_names import is_turning
from dealport.words.places.gazetteer import state_codes
from dealport.words.shipped import read_list, split_bars

# "San Francisco CA USA" and longer ends are read word by word; nothing longer is one place.
_END_WORDS = 6
_SHORTEST = 4

_SENTENCE = re.compile(r"(?<=\w{3})\.\s")
_POSTAL_WORD = re.compile(r"\d{4,7}|\d{3}-\d{4}")
_HOUSE = re.compile(r"#?\d+[a-z]?")
# The marks of countries on cars, before a postal code: "A-1010 Wien", "L-2449 Luxembourg".
_MARKED_CODE = re.compile(r"\b([A-Z]{1,3})-\d{4,6}\b")
_MARKS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "FIN": "FI", "FL": "LI", "H": "HU", "I": "IT", "L": "LU",
    "N": "NO", "P": "PT", "S": "SE",
}  # fmt: skip


class _Form(NamedTuple):
    country: str
    code: re.Pattern[str]
    words: re.Pattern[str] | None


def country_at_end(text: str) -> str:
    """Code of the country that the end of an address tells, or the form of its postal code; "" when neither does.

    Of a text without a figure it tells nothing: "Consumer Mobile" is not in Alabama.
    """
    if not any(map(str.isdecimal, text)):
        return ""
    parts = [piece for part in split_address(text) for piece in _SENTENCE.split(part)]
    found = {_country_of_end(part.split()) for part in parts} - {""}
    if found:
        return found.pop() if len(found) == 1 else ""
    return _country_of_form(text)


def _country_of_end(words: Sequence[str]) -> str:
    """The country of the longest end of a part that is a place and not all of it."""
    words = list(words)
    while words and (_POSTAL_WORD.fullmatch(words[-1]) or (len(words[-1]) == 1 and words[-1].isalpha())):
        words.pop()
    if words and _HOUSE.fullmatch(words[-1].casefold()) and not _has_street(words):
        words.pop()
    for size in range(min(len(words), _END_WORDS), 0, -1):
        end = " ".join(words[-size:])
        country = _country_of(end)
        if not country:
            continue
        before = words[-size - 1] if size < len(words) else ""
        is_part_of_name = bool(before) and bool(country_of_name(end)) and (is_turning(before) or before == "of")
        return "" if is_part_of_name else country
    return ""


def _country_of(end: str) -> str:
    if len(end) < _SHORTEST:
        states = state_codes().get(end, ()) if len(end) > 2 else ()
        return states[0] if len(states) == 1 else country_of_name(end) if end in ("USA", "UAE", "UK", "US") else ""
    behind = end.rpartition("-")[2] if " " not in end else ""  # "CH-Vaud"
    return country_of_part(end) or (country_of_part(behind) if len(behind) >= _SHORTEST and behind != end else "")


def _has_street(words: Sequence[str]) -> bool:
    text = plain(" ".join(words))
    return any(form.words.search(text) for form in _forms() if form.words) or "calle" in text


def _country_of_form(text: str) -> str:
    """The country of a postal code by its mark, or by its form and the street words beside it; "" where two may be."""
    if marked := _MARKED_CODE.search(text):
        return _MARKS.get(marked[1]) or country_of_code(marked[1])
    folded = plain(text)
    found = {
        form.country
        for form in _forms()
        if form.code.search(text) and (form.words is None or form.words.search(folded))
    }
    return found.pop() if len(found) == 1 else ""


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(row["country"], re.compile(row["code"]), _street_words(row["words"]))
        for row in read_list("address_forms.csv")
    )


def _street_words(cell: str) -> re.Pattern[str] | None:
    words = [plain(word) for word in split_bars(cell)]
    ends = "|".join(re.escape(word[1:]) for word in words if word.startswith("-"))
    whole = "|".join(re.escape(word) for word in words if not word.startswith("-"))
    patterns = [rf"\b(?:{whole})\b"] if whole else []
    patterns += [rf"\w[-]?(?:{ends})\b"] if ends else []
    return re.compile("|".join(patterns)) if patterns else None
