"""An amount of money taken apart: its words, figures and units, and the number they make.

Units of Chinese, Japanese and Korean add up (1조 2000억 is 1.2 x 10^12, 五百万 is 5,000,000), those of other languages
multiply (1.5 million). Numbers are exact (`Decimal`) until the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, cast

from msgspec import Struct

from dealport.words.normalising import has_han, has_hangul, plain
from dealport.words.shipped import read_list, split_bars

Kind = Literal[
    "number", "unit", "big", "small", "digit", "upto", "from", "range", "many", "level", "filler", "currency"
]

MAN = Decimal(10_000)
"""万, 萬, 만."""

_NUMBER = re.compile(
    r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)*(?:e\+?\d{1,2}(?!\d))?|(?<![\d.])\.\d+"
)
_INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
# Where "mil" is a thousand, whatever the currency.
_IBERIAN_COUNTRIES = frozenset(
    ("AO", "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "MX", "MZ", "NI", "PA", "PE", "PT",
     "PY", "SV", "UY", "VE")
)  # fmt: skip
_IGNORED = re.compile(r"[\s,.:;!?\"'*()\[\]/=]+?(?!\.\.)")
_LETTER = re.compile("[a-z\u00df-\u024f\u0400-\u04ff\u1e00-\u1eff]")
_LETTERS = re.compile("[a-z\u00df-\u024f\u0400-\u04ff\u1e00-\u1eff]+")
_SINO_KOREAN_DIGIT = re.compile("[일이삼사오육칠팔구](?=[십백천만억조])")
_SINO_KOREAN = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}


class Token(NamedTuple):
    """One word or figure of an amount.

    Attributes:
        value: The number a figure or a unit stands for; 0 for others.
    """

    kind: Kind
    text: str
    value: Decimal = Decimal(0)


class Figure(Struct, frozen=True):
    """One amount without its currency.

    Attributes:
        value: In units of the currency.
        multiple: What its units multiply a bare figure by; 1 when it has no unit.
        big: Its last unit of 10,000 or more; 1 when it has none.
    """

    value: Decimal
    multiple: Decimal = Decimal(1)
    big: Decimal = Decimal(1)


def read_tokens(text: str) -> tuple[Token, ...] | None:
    """The words and figures of `text` (plain, see `normalising.plain`); None when a word is not known."""
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        if (ignored := _IGNORED.match(text, place)) and not _NUMBER.match(text, place):
            place = ignored.end()
            continue
        token = _token_at(text, place)
        if token is None:
            return None
        tokens.append(token)
        place += len(token.text)
    return tuple(tokens)


def _token_at(text: str, place: int) -> Token | None:
    """The figure or the longest known word that begins at `place`."""
    if figure := _NUMBER.match(text, place):
        return Token("number", figure[0])
    if _SINO_KOREAN_DIGIT.match(text, place):
        return Token("digit", text[place], Decimal(_SINO_KOREAN[text[place]]))
    words, sizes = _grammar()
    for size in sizes.get(text[place], ()):
        token = words.get(text[place : place + size])
        if token is not None and _ends_well(token, text[place + size :]):
            return token
    return None


def _ends_well(token: Token, rest: str) -> bool:
    """Whether a word may end before `rest`: not inside a longer word, but "5mUSD" is a unit and a code."""
    if token.text == "수":
        return rest[:1] in tuple("십백천만억조")
    if not _LETTER.match(token.text[-1]) or not _LETTER.match(rest):
        return True
    code = _LETTERS.match(rest)
    return token.kind == "unit" and code is not None and len(code[0]) == 3 and code[0] in currency_words()


def says_nothing(text: str) -> bool:
    """Whether `text` (plain) tells no amount: blank, a dash, "undisclosed", 未透露, 비공개."""
    return not text.strip(" -–—?.*/_~()[]") or text.strip(" .()[]") in _nothing()


def in_iberian(tokens: Sequence[Token], country: str) -> tuple[Token, ...]:
    """The tokens with "mil" as a thousand where the words beside it or the profile's country are of Spain or Portugal.

    "R$ 500 mil" and "500 mil €" are half a million; "$5 mil", as English tables have it, is five million.
    """
    thousands, telling = _iberian()
    tells = country in _IBERIAN_COUNTRIES or any(
        token.text in telling or currency_words().get(token.text) in telling for token in tokens
    )
    if not tells:
        return tuple(tokens)
    return tuple(Token("unit", one.text, thousands[one.text]) if one.text in thousands else one for one in tokens)


@cache
def _iberian() -> tuple[Mapping[str, Decimal], frozenset[str]]:
    """The words that are a thousand in Spanish and Portuguese, and the words and currency codes that tell these."""
    rows = {row["kind"]: row for row in read_list("amount_words.csv")}
    thousand = rows["thousand"]
    words = split_bars(rows["iberian"]["words"])
    telling = {word if word.isupper() else plain(word) for word in words}
    return dict.fromkeys(map(plain, split_bars(thousand["words"])), Decimal(thousand["value"])), frozenset(telling)


@cache
def _nothing() -> frozenset[str]:
    words = (
        word for row in read_list("amount_words.csv") if row["kind"] == "nothing" for word in split_bars(row["words"])
    )
    return frozenset(map(plain, words))


@cache
def currency_words() -> Mapping[str, str]:
    """Sign or word (plain) to the currency it means in every country."""
    return {plain(word): row["currency"] for row in read_list("currencies.csv") for word in split_bars(row["words"])}


@cache
def local_currencies() -> Mapping[tuple[str, str], str]:
    """(Sign or word, country or ``*``) to currency; "" where it is unclear."""
    return {(plain(row["word"]), row["country"]): row["currency"] for row in read_list("local_currencies.csv")}


@cache
def _grammar() -> tuple[Mapping[str, Token], Mapping[str, Sequence[int]]]:
    """The token of each known word, and by first character the lengths of such words, the longest first."""
    words: dict[str, Token] = {}
    for row in read_list("amount_words.csv"):
        if row["kind"] not in ("nothing", "thousand", "iberian"):
            kind = cast("Kind", row["kind"])
            for word in map(plain, split_bars(row["words"])):
                words.setdefault(word, Token(kind, word, Decimal(row["value"] or 0)))
    for word in (*currency_words(), *(word for word, _ in local_currencies())):
        words.setdefault(word, Token("currency", word))
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[0], set()).add(len(word))
    return words, {head: sorted(found, reverse=True) for head, found in sizes.items()}


def figure_of(tokens: Sequence[Token], *, group_dots: bool) -> Figure | None:
    """The amount that figures and units make; None when they don't make one.

    `group_dots`: in "1.250" without a unit the dot groups thousands: nobody raises $1.25.
    """
    parts = [token for token in tokens if token.kind in ("number", "digit", "unit", "big", "small")]
    if not parts or (parts[0].kind == "unit"):
        return None
    if any(token.kind in ("big", "small", "digit") for token in parts):
        return _cjk_figure(parts)
    if parts[0].kind != "number" or any(token.kind != "unit" for token in parts[1:]):
        return None
    multiple = Decimal(1)
    for token in parts[1:]:
        multiple *= token.value
    number = read_number(parts[0].text, group_dots=group_dots and multiple == 1)
    return None if number is None else Figure(number * multiple, multiple, multiple)


def _cjk_figure(parts: Sequence[Token]) -> Figure | None:
    """Units add up from large to small; a larger one behind a smaller one multiplies all before it (1万亿)."""
    total, section, number = Decimal(0), Decimal(0), None
    multiple, big, last_small = Decimal(1), Decimal(1), False
    for token in parts:
        if token.kind in ("number", "digit"):
            if number is not None:
                return None
            number = read_number(token.text, group_dots=False) if token.kind == "number" else token.value
            if number is None:
                return None
            multiple = Decimal(1)
            continue
        multiple *= token.value
        if token.kind == "small":
            section += (Decimal(1) if number is None else number) * token.value
        elif token.kind == "big":
            section += number or 0
            if section == 0 and total:
                total *= token.value
            else:
                total += (section or 1) * token.value
            section, big = Decimal(0), token.value
        else:
            total, section = (total + section + (number or 0)) * token.value, Decimal(0)
        number, last_small = None, token.kind == "small"
    return _rest(total, section, number, Figure(Decimal(0), multiple, big), last_small=last_small)


def _rest(
    total: Decimal, section: Decimal, number: Decimal | None, units: Figure, *, last_small: bool
) -> Figure | None:
    """Adds what stands behind the last big unit.

    "1억 5천" is said for 1억 5천만; "1억 5" and "3万5" are refused, "12만 5000" is not.
    """
    if units.big > MAN and last_small and number is None:
        section *= MAN
    if units.big > MAN and number is not None and not last_small:
        return None
    if units.big == MAN and number is not None and number < 100:
        return None
    return Figure(total + section + (number or 0), units.multiple, units.big)


def read_number(text: str, *, group_dots: bool) -> Decimal | None:
    """A figure with groups and decimals as written in Seoul, Berlin, Zürich or Mumbai; None when it is malformed.

    One comma before three digits groups thousands, before one or two it is the decimal mark; one dot is the decimal
    mark unless `group_dots` and three digits follow.
    """
    figure = text.replace(" ", "").replace("'", "")
    if "e" in figure or figure.replace(".", "", 1).isdigit():
        if group_dots and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure):
            figure = figure.replace(".", "")
        return Decimal(figure)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figure) or _INDIAN_GROUPS.fullmatch(figure):
        return Decimal(figure.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure):
        return Decimal(figure.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", figure):
        return Decimal(figure.replace(",", "."))
    return None


def unit_country(tokens: Sequence[Token]) -> str:
    """Where the units are at home: ``KR`` for Hangul, ``CN`` for Han, ``IN`` for lakh and 5,00,000, "" for others."""
    units = [token for token in tokens if token.kind in ("big", "small", "unit")]
    if any(has_hangul(token.text) for token in units):
        return "KR"
    if any(has_han(token.text) for token in units):
        return "CN"
    if any(token.value in (100_000, 10_000_000) for token in units):
        return "IN"
    return "IN" if any(_INDIAN_GROUPS.fullmatch(token.text) for token in tokens if token.kind == "number") else ""
