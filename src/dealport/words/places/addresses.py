"""Which country an address or a city means: cities, states and provinces, postal forms, the order of their parts.

What is decided here:

- The last part that is understood decides ("London, Ontario" is in Canada); a country's name beats a city's.
- Chinese, Japanese and Korean addresses go from large to small: there the first part decides ("陕西-西安").
- Hong Kong, Macao and Taiwan are codes of their own, also in "Hong Kong, China" and "中国香港".
- "Georgia" alone is the country; behind a city of the USA ("Atlanta, Georgia") it is the state. So with "CA", "DE",
  "IN", "IL", "CO", "MA" ... behind a city; "CA" alone is Canada, "CA 94025" is California, and "Foo, CA" with a city
  nobody knows is California too, while "Foo, DE" stays unknown.
- State codes of Brazil, Mexico, Argentina and India are mostly codes of countries as well ("PE", "RS", "NL"): they
  count only behind a city that is there ("Recife, PE", "Tijuana, BC").
- A city's name that several countries share ("Cambridge", "Valencia") means a country only where that one city is
  three times larger than all the others; "Cambridge, MA" and "Cambridge, England" are clear.
- A turned name is one part ("Seoul, Korea, Republic of"); one that nobody knows ("Vietnam, South") makes the address
  unknown: it is never shortened to another country.
- Two countries mean none of them ("Germany, USA", "New York, London", "USA, London"). "Berlin, USA" is a city and its
  country, "Puerto Rico, United States" a territory and its state, "Peru, Illinois, United States" a town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dealport.words.normalising import compact, has_cjk, plain
from dealport.words.places.countries import country_of_name
from dealport.words.places.formal_names import is_open, is_turning, join_turned
from dealport.words.places.gazetteer import Kind, city_countries, place_of, provinces, sovereigns, state_codes

OWN_CODES = ("HK", "TW", "MO")

# "CA" behind a town too small for the list is California; no other state code is that safe.
CALIFORNIA = "CA"
# Whose state codes are told from codes of countries where nobody knows the city in front ("Foo, NSW").
_USUAL_STATES = frozenset({"US", "CA", "AU"})

_SEPARATOR = re.compile(r"[,;、，；|()（）\[\]\n]+|\s[-–—]\s|\s*[·•・/]\s*")
_CJK_SEPARATOR = re.compile(r"[\s\-–—~_]+")
_POSTAL = re.compile(
    r"〒?\b\d{3}-\d{4}\b|\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|\b[a-z]\d[a-z]\s?\d[a-z]\d\b|\b(?:[a-z]{1,2}-)?\d{3,7}(?:-\d{4})?\b",
    re.IGNORECASE,
)
_STATE_AND_ZIP = re.compile(r"^(?:.*\s)?([A-Za-z]{2})\.?\s+\d{5}(?:-\d{4})?$")

# "Kigali, NA - Rwanda, Rwanda": a vendor's mark for a place without regions, and not Namibia.
_NO_REGION = re.compile(r",\s*NA\s+-\s+")

# What may stand in an address without saying where it is: "Greater London", "Seoul City", "Hangzhou Bay Area".
_GENERIC = frozenset((
    "greater", "metro", "metropolitan", "city", "area", "region", "district", "province", "state", "county", "downtown",
    "central", "north", "south", "east", "west", "the", "of", "special", "municipality", "prefecture", "hq", "office",
    "based",
))  # fmt: skip
# "北京以外" is not Beijing.
_OUTSIDE = re.compile("外|除|제외|주변|周|附近")
# What a Chinese, Japanese or Korean place ends in: 北京市海淀区, 東京都渋谷区, 서울시강남구.
_CJK_ENDINGS = "省市区區县縣州镇鎮乡村路街道号號楼都府県町丁目番地시도구군읍면동로길역"


def country_of_address(text: str) -> str | None:
    """Code of the country that an address, a city or a province lies in; "": unclear, None: nothing is known."""
    if found := _STATE_AND_ZIP.match(text):
        state = found[1].upper()
        if "US" in state_codes().get(state, ()):
            return "US"
    parts = split_address(text)
    if is_turned_otherwise(parts):
        return ""
    if len(parts) == 1:
        return country_of_part(parts[0]) or (None if place_of(parts[0]) is None else "")
    said = _what_parts_say(parts)
    return _country_said(said, from_large=any(map(has_cjk, parts))) if said else None


def split_address(text: str) -> list[str]:
    """The parts of an address between commas, brackets and the like, without postal codes; turned names are one."""
    text = _NO_REGION.sub(", ", text)
    return join_turned([part for part in (_bare(part) for part in _SEPARATOR.split(text)) if part])


def is_turned_otherwise(parts: Sequence[str]) -> bool:
    """Whether a part turns a name into one that nobody knows: "Korea, Unified", "Foo, Republic of"."""
    return any(
        is_open(part) or (is_turning(part) and bool(country_of_name(before)) and not country_of_name(part))
        for before, part in zip(["", *parts], parts, strict=False)
    )


class _Said(NamedTuple):
    """What one part of several says, and as what."""

    kind: Kind
    country: str
    part: str


def _bare(part: str) -> str:
    """The part without postal codes; as it is when nothing else is left."""
    return _POSTAL.sub(" ", part).strip(" .-") or ("" if _POSTAL.fullmatch(part.strip()) else part.strip())


def country_of_part(part: str) -> str:
    """Code of the country that one part means without its neighbours, its words parted by blanks; "" when unknown."""
    place = place_of(part)
    if place is not None:
        return place.country
    if has_cjk(part):
        return _country_of_cjk(part)
    return _country_of_words(part.split())


def _what_parts_say(parts: Sequence[str]) -> list[_Said]:
    """What those parts say that are understood."""
    said = [_Said(*_in_context(part, parts[:n]), part) for n, part in enumerate(parts)]
    return [one for one in said if one.country]


def _country_said(said: Sequence[_Said], *, from_large: bool) -> str:
    """The country that parts mean together; the last one decides, a country beats a city."""
    if not said:
        return ""
    meant = _meant(said, from_large=from_large)
    return "" if any(_is_another(one, n, said, meant) for n, one in enumerate(said)) else meant


def _meant(said: Sequence[_Said], *, from_large: bool) -> str:
    """The country of all parts where no other one stands beside it."""
    named = [one.country for one in said if one.kind == "country"]
    if named and named[-1] == "CN":
        return _own_code(one.country for one in said)
    if named and (said[-1].kind != "province" or said[0].kind != "country"):
        return named[-1]
    if said[-1].kind == "city" and from_large:
        return said[0].country
    return said[-1].country


def _is_another(one: _Said, place: int, said: Sequence[_Said], meant: str) -> bool:
    """Whether a part names a country beside the one `meant`, so that it is a list and no address."""
    if one.country == meant:
        return False
    if one.kind == "country":
        related = meant in sovereigns(one.country) or one.country in sovereigns(meant)
        return not related and not _is_inside(one, said[place + 1 :], meant)
    named = next((n for n, other in enumerate(said) if other.kind == "country"), None)
    if named is not None:
        return place > named
    # The lists of provinces hold the cities of the East too: "서울, 도쿄".
    return said[-1].kind == "city" or has_cjk(one.part)


def _is_inside(one: _Said, after: Sequence[_Said], meant: str) -> bool:
    """Whether a country's name is a state of the country `meant` ("Georgia, USA") or a town in it ("Peru, Indiana")."""
    if one.part.upper() == CALIFORNIA:
        return meant == "US"
    if meant in provinces().get(compact(one.part), ()):
        return True
    return len(one.part) > 3 and any(other.kind == "province" and other.country == meant for other in after)


def _in_context(part: str, before: Sequence[str]) -> tuple[Kind, str]:
    """What `part` is behind the parts `before` it, which tell "Atlanta, Georgia" from "Tbilisi, Georgia"."""
    place = place_of(part)
    states = _states(part, before, named=place is not None and place.kind == "country") if before else []
    within = provinces().get(compact(part), ()) if before else ()
    rivals = [*states, *within]
    if place is None and not rivals:
        return "city", country_of_part(part)
    if place is not None and (not rivals or (place.kind == "city" and not states)):
        near = (country for country in _countries_around(before) if country in place.countries)
        return place.kind, place.country or next(near, "")
    named = place.countries[0] if place is not None and place.kind == "country" else ""
    choices = [country for country in (named, *rivals) if country]
    around = _countries_around(before)
    chosen = next((country for country in around if country in choices), "")
    if not chosen:
        chosen = _without_context(part, named, rivals, known=bool(around))
    return ("country" if chosen == named else "province"), chosen


def _states(part: str, before: Sequence[str], *, named: bool) -> list[str]:
    """Countries of which `part` is a state's code behind the parts `before` it."""
    code = part.replace(".", "").upper()
    codes = state_codes().get(code, ())
    if not codes:
        return []
    around = _countries_around(before)
    # "Barueri, SP": no country, and no other state.
    alone = len(codes) == 1 and len(code) == 2 and not named
    return [country for country in codes if country in _USUAL_STATES or country in around or alone]


def _without_context(part: str, named: str, rivals: Sequence[str], *, known: bool) -> str:
    """What a part means when the city before it tells nothing."""
    if len(part) > 2 or not named:
        return named or rivals[0]
    if part.upper() == CALIFORNIA:
        return "US"
    return named if known else ""


def _countries_around(parts: Sequence[str]) -> list[str]:
    """Countries that the parts may lie in, the nearest part's likeliest first."""
    around: list[str] = []
    for part in reversed(parts):
        key = compact(part)
        around += provinces().get(key, ())
        if city := city_countries(key):
            around += city[0]
        if not around and (country := country_of_part(part)):
            around.append(country)
    return around


def _country_of_words(words: Sequence[str]) -> str:
    """The country of a part without commas ("San Francisco CA", "London UK"), every word of which is known."""
    if len(words) < 2 or len(words) > 8:
        return ""
    words = [word for word in words if plain(word) not in _GENERIC] or words
    pieces: list[str] = []
    while words:
        size = next((n for n in range(len(words), 0, -1) if _is_known(words[:n], first=not pieces)), 0)
        if not size:
            return ""
        pieces.append(" ".join(words[:size]))
        words = words[size:]
    return _country_said(_what_parts_say(pieces), from_large=False) if len(pieces) > 1 else country_of_part(pieces[0])


def _is_known(words: Sequence[str], *, first: bool) -> bool:
    part = " ".join(words)
    if len(part) == 2 and (first or not part.isupper()):
        return False
    return place_of(part) is not None or (not first and part in state_codes())


def _country_of_cjk(part: str) -> str:
    """The country of an address that goes from large to small, with or without blanks between its parts."""
    tokens = [token for token in _CJK_SEPARATOR.split(part) if token]
    found = [country for country in map(_country_of_token, tokens) if country]
    if not found:
        return ""
    return _own_code(found) if found[0] == "CN" else found[0]


def _own_code(found: Iterable[str]) -> str:
    """Of an address in China: Hong Kong, Taiwan or Macao where a part of it is there."""
    return next((country for country in found if country in OWN_CODES), "CN")


def _country_of_token(token: str) -> str:
    """The country of an unbroken address: its longest known beginning, when the rest looks like a place too."""
    whole = place_of(token)
    if whole is not None:
        return whole.country
    for size in range(min(len(token) - 1, 12), 1, -1):
        place, rest = place_of(token[:size]), token[size:]
        if place is None or not place.country or not has_cjk(token[:size]):
            continue
        inner = _country_of_token(rest) if len(rest) > 1 else ""
        if inner in OWN_CODES and place.country == "CN":
            return inner
        if place.kind != "country" and 2 <= len(rest) <= 3 and not _OUTSIDE.search(rest):  # 深圳南山, 成都高新
            return place.country
        if inner == place.country or rest[-1] in _CJK_ENDINGS or (size > 2 and token[size - 1] in _CJK_ENDINGS):
            return place.country
    return ""
