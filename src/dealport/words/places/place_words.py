"""What a typed place means: a country by code, name, city or address; the countries a list of places holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from dealport.model import Reach
from dealport.words.normalising import clean
from dealport.words.places import regions
from dealport.words.places.addresses import country_of_address, is_turned_otherwise, split_address
from dealport.words.places.countries import (
    country_codes,
    country_name,
    country_of_exact_name,
    country_of_name,
    suggest_countries,
)
from dealport.words.places.formal_names import is_turning, join_turned
from dealport.words.places.gazetteer import is_large_city, place_of

__all__ = [
    "country_name",
    "is_place",
    "is_place_name",
    "leaves_out",
    "resolve_country",
    "resolve_reach",
    "suggest_countries",
]

_DOMESTIC = Reach(frozenset({regions.DOMESTIC}))  # until the country of the profile is known

LONGEST = 200  # letters: the longest real ones are addresses

_FILLER = re.compile(
    r"^(?:the|all of|any\s?where in|everywhere in|across|throughout|within|all over|based in"
    r"|hq in|located in|only|mainly|primarily|companies in|startups in)\s+"
    r"|\s*(?:-based| based| only| companies| startups| markets?| regions?| area| economies| states| countries| first)$"
    r"|\s*(?:시장|지역|국가|권역|기업|소재|중심|전역|등)$|(?:市场|地区|企业|市場|地區|地域|企業|全境|等)$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"^(?P<held2>[^(（]+)[(（](?P<out2>[^()（）]+?)\s*(?:을 제외|를 제외|제외|を除く|を除いた|除く|除外)[)）]$"
    r"|^(?P<held>.+?)[\s,(（]*(?:\bex\.?[\s-]|\bexcl\.?\s|\bexcluding\s|\bexcept(?: for)?\s|\bwithout\s|\bother than\s"
    r"|\bbut not\s|\bapart from\s|\bminus\s|\bnot\s"
    r"|除了?(?![くい外])|不含)(?P<out>[^()（）]+?)(?:以?外|之外)?[)）]?$",
    re.IGNORECASE,
)
# "LATAM (Mexico, Colombia)" is the two, "中国（含港澳台）" all of them.
_CLOSER = re.compile(
    r"^(?P<held>[^(（]+?)\s*[(（]\s*(?P<more>含|包括|包含|포함|\+|(?:including|incl|plus|and)\b\.?)?\s*"
    r"(?P<inside>[^()（）]+?)\s*(?P<more2>포함|を含む|含む|included)?\s*[)）]$"
    r"|^(?P<held2>[^(（]+?)[\s,]+(?:including|incl\.)\s+(?P<inside2>[^()（）]+)$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s*(?:[,;|/&+、，；·・]|\band\b|\bor\b|\bplus\b|\s및\s|\s?[와과]\s|和|与|及|と|\n)\s*", re.IGNORECASE
)
_NEGATED = re.compile(r"(?:not|never|outside|anywhere but|everywhere but|excluding|except|without)\b", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,;|、，；\n]\s*")
# Where a list must be understood as a whole: "not in the US, Canada" wants neither.
_NEGATION = re.compile(
    r"\b(?:not?|except|excl\w*|ex|without|outside|other than|but|minus)\b|제외|아닌|除|不|以外|이외", re.IGNORECASE
)
# Between two places these can't stand in one address, a comma can: "Seoul / Tokyo" is two, "Paris, Texas" one.
_SEVERAL = re.compile(r"\s*(?:[/;&|+、·]|\s(?:and|or|및)\s|\s?[와과]\s)\s*", re.IGNORECASE)
_SEAT = r"(?:(?:global|world)\s+)?(?:hq|head ?quarter(?:s|ed)?|(?:head|main) office|본사|본점|总部|總部|本部|本社)"
_BEFORE_SEAT = re.compile(rf"^(?P<seat>[^(（]+?)\s*[(（]\s*{_SEAT}\s*[)）]", re.IGNORECASE)
_BEHIND_SEAT = re.compile(rf"^{_SEAT}\s*(?:[:：\-–]|\bin\b)\s*(?P<seat>.+)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def resolve_country(word: str) -> str:
    """Alpha-2 code of the country that `word` names: a code, a name in any big language, a flag, a city, an address.

    "" when it is not understood, when it is a region, or when it names two countries ("Korea / USA", "Germany, USA").
    """
    text = clean(word)
    if not text or len(text) > LONGEST:
        return ""
    if seat := _BEFORE_SEAT.match(text) or _BEHIND_SEAT.match(text):
        # "India, USA (HQ)": of a list the last stands beside the brackets.
        return resolve_country(seat["seat"]) or resolve_country(_LIST.split(seat["seat"])[-1])
    parts = _SEVERAL.split(text)
    if len(parts) > 1 and not any(map(_holds_several, (text, *split_address(text)))):
        named = {_country_of(part) for part in parts}
        if len(named) == 1:
            return named.pop()
        if len(named - {""}) > 1:
            return ""
    return _country_of(text) or _country_of(_FILLER.sub("", text).strip())


def _holds_several(part: str) -> bool:
    """Whether a name has a mark of a list in it that is none: "Antigua and Barbuda"."""
    return _SEVERAL.search(part) is not None and bool(country_of_name(part))


def _country_of(text: str) -> str:
    if named := country_of_name(text):
        return named
    found = country_of_address(text)
    if found is not None or not any(map(str.isdecimal, text)):
        return found or ""
    from dealport.words.places.address_ends import country_at_end

    return country_at_end(text)


def resolve_reach(words: Iterable[str], home: str = "") -> tuple[Reach, tuple[str, ...]]:
    """The countries that a list of countries, regions and cities holds, and the words that were not understood.

    "Europe (ex UK)" and "아시아(일본 제외)" leave a country out; "Korea and Japan" in one word counts as two. Of a list
    in one word what is understood counts, and its other parts are told: "Asia, Narnia".
    "Domestic" and 국내 are the country `home`; "" is none. "Korea only" says that no other country is meant.
    """
    countries: set[str] = set()
    regional: set[str] = set()
    everywhere = only = False
    misread: list[str] = []
    for word in _joined(list(words)):
        reaches, unknown, is_only = _said_of(clean(word))
        only |= is_only
        misread += [word] if unknown and not reaches else unknown
        for reach in reaches:
            countries |= reach.countries - {regions.DOMESTIC}
            if home and regions.DOMESTIC in reach.countries:
                countries.add(home)
            regional |= reach.regional
            everywhere |= reach.everywhere
    return _shared_reach(frozenset(countries), frozenset(regional - countries), everywhere, only), tuple(misread)


def _said_of(text: str) -> tuple[list[Reach], list[str], bool]:
    """What a word holds, the parts that nobody knows, and whether it says that it is that alone."""
    bare = ", ".join(map(regions.without_only, _COMMAS.split(text)))  # "Korea only, Japan" is both
    reaches, unknown = _reaches_in(text)
    held, left = _reaches_in(bare) if bare != text else (reaches, unknown)
    is_name = text.endswith("만") and bool(reaches) and not unknown  # 대만 and 암만 are names
    if is_name or regions.without_only(text) == text:
        sizes = [sum(len(one.countries | one.regional) for one in some) for some in (held, reaches)]
        return (held, left, False) if sizes[0] > sizes[1] else (reaches, unknown, False)
    return (held, left, True) if held else (reaches, unknown, False)


def is_place_name(word: str) -> bool:
    """Whether `word` is the name of one country or region, and no list or address: "Bosnia & Herzegovina"."""
    return _one_reach(clean(word)) is not None


def is_place(word: str) -> bool:
    """Whether `word` alone is or may be a place: a country, region, province or city, clear or not."""
    return is_place_name(word) or place_of(clean(word)) is not None or bool(resolve_country(word))


def leaves_out(text: str) -> bool:
    """Whether a text of places leaves something out: "Asia, except Japan"."""
    return _NEGATION.search(text) is not None


def _joined(words: list[str]) -> list[str]:
    """The words, "Sudan" and "South" as one; mostly there is nothing to join."""
    turning = (word for word in words if is_turning(word) and not country_of_name(word))
    return join_turned(words) if any(turning) else words


def _reaches_in(text: str) -> tuple[list[Reach], list[str]]:
    """What a word holds, and the parts of it that nobody knows; of one that leaves something out all or nothing."""
    if not text:
        return [], []
    reach = _reach_of(text)
    if reach is not None:
        return [reach], []
    parts = join_turned([part for part in _COMMAS.split(text) if part])
    if len(parts) < 2:
        parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) < 2 or _NEGATION.search(text) or is_turned_otherwise(parts):
        return [], [text]
    read = [_reaches_in(part) for part in parts]
    return [reach for reaches, _ in read for reach in reaches], [part for _, unknown in read for part in unknown]


@lru_cache(maxsize=4096)
def _shared_reach(countries: frozenset[str], regional: frozenset[str], everywhere: bool, only: bool) -> Reach:
    """One object for all that reach the same: of 25,000 investors few differ, and a region holds many countries."""
    return Reach(countries, regional, everywhere, only)


@lru_cache(maxsize=4096)
def _reach_of(text: str) -> Reach | None:
    """What one word holds; None when it, or a part of it, is not understood."""
    if not text or len(text) > LONGEST:
        return None
    if listed := regions.list_from_china(part for part in _LIST.split(text) if part):
        return Reach(listed)
    if (alone := _one_reach(text)) is not None:
        return alone
    if exception := _EXCEPT.match(text):
        held = _reach_of((exception["held"] or exception["held2"]).strip(" ,(（"))
        left_out = _reach_of((exception["out"] or exception["out2"]).strip())
        return _without(held, left_out) if held is not None and left_out is not None else None
    # "not in the US, Canada" is no address in Canada.
    return _closer(text) or (None if _NEGATED.match(text) else _listed(text))


def _listed(text: str) -> Reach | None:
    """What an address or a list of places holds."""
    parts = join_turned([part for part in _LIST.split(text) if part])
    named = [_region_or_country(part) for part in parts]
    if len(parts) > 1 and (several := _union_of(named)) is not None:
        return several
    # "Asia, Narnia, Kenya" is a list with an unknown part, "Narnia, Kenya" a place in Kenya.
    is_address = len({reach for reach in named if reach is not None}) < 2 and not _is_list(text, named)
    address = _city_reach(text) or _short_names(text) if is_address else None
    if address is not None or len(parts) < 2:
        return address
    known = frozenset[str]().union(*(reach.countries for reach in named if reach is not None))
    return _union_of([_one_reach(part) or _city_reach(part, known) or _short_names(part) for part in parts])


def _is_list(text: str, named: Sequence[Reach | None]) -> bool:
    """Whether parts are a list: marks no address has stand between them, or the country is in front ("US, Narnia").

    In the East an address begins with its country too: there every part must be known, or it is reported.
    """
    return len(named) > 1 and (_SEVERAL.search(text) is not None or (named[0] is not None and named[-1] is None))


def _city_reach(text: str, named: Collection[str] = ()) -> Reach | None:
    """The country of an address, or of a city that is large or in a country `named` beside it.

    Atlantis is a town in South Africa: who lists it among countries more likely means nothing of the kind.
    """
    code = resolve_country(text)
    place = place_of(text) if code and code not in named else None
    return None if place and place.kind == "city" and not is_large_city(text) else _country_reach(code)


def _short_names(text: str) -> Reach | None:
    countries, regional = regions.members_of_short_names(text)
    return Reach(countries, regional - countries) if countries or regional else None


def _closer(text: str) -> Reach | None:
    """What a region with a list in brackets holds: the list, which is closer; both where it says "including"."""
    found = _CLOSER.match(text)
    held = _one_reach(found["held"] or found["held2"]) if found else None
    if found is None or held is None:
        return None
    inside = _reach_of(found["inside"] or found["inside2"])
    if inside is None:
        return None
    if found["more"] or found["more2"] or found["inside2"]:
        return _union_of([held, inside])
    if held == _DOMESTIC:
        return inside
    # "미국(실리콘밸리)", "Korea (Seoul)": a country is close enough.
    return None if held.countries else inside


def _country_reach(code: str) -> Reach | None:
    return Reach(frozenset({code})) if code else None


def _one_reach(text: str) -> Reach | None:
    return _region_or_country(text) or _region_or_country(_FILLER.sub("", text).strip())


def _region_or_country(text: str) -> Reach | None:
    region = regions.region_of(text)
    if (country := _country_reach(country_of_exact_name(text) if region else country_of_name(text))) is not None:
        return country
    if region == regions.EVERYWHERE:
        return Reach(everywhere=True)
    if region == regions.DOMESTIC:
        return _DOMESTIC
    return Reach(regional=regions.region_members()[region]) if region else None


def _union_of(reaches: list[Reach | None]) -> Reach | None:
    """All of them together; None when one was not understood."""
    known = [reach for reach in reaches if reach is not None]
    if len(known) < len(reaches):
        return None
    return Reach(
        frozenset().union(*(reach.countries for reach in known)),
        frozenset().union(*(reach.regional for reach in known)),
        any(reach.everywhere for reach in known),
    )


def _without(held: Reach, left_out: Reach) -> Reach | None:
    """A region, or the world, without some countries; None for "... except global"."""
    if left_out.everywhere or not left_out:
        return None
    out = left_out.countries | left_out.regional
    return Reach(held.countries - out, (country_codes() if held.everywhere else held.regional) - out)
