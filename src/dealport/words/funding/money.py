"""What a typed amount of money means: a range in one currency, however it is written.

What is decided here:

- A bare figure is in US dollars, or in the currency that the caller names.
- A local unit without a currency tells it: 억 is won, lakh and crore are rupees; 万
  and 亿 go by the country of the profile (CN yuan, JP yen, TW and HK dollars), yuan when it has none of these; so do
  ¥ and 元.
- "up to X" starts at 0. "from X", "X+" and 以上 end at ten times X: an open end needs a number, and ten is where the
  ticket criterion gives nothing any more. 数千万 and 千万级 run from 10 to 100 million in the same way.
- 近亿元, 约, about, ~5M: the figure itself. "~5억" and "〜30億円" are "up to".
- A range's unit may stand on its last figure only: "€1-5m", 300~500억원, "3천~5천만원"; "$500-1M" starts at 500,000.
  On its first figure only ("500k-2") it tells nothing.
- "mil" is a thousand in Spanish and Portuguese (R$ 500 mil, 500 mil €), a million elsewhere ($5 mil).
- Amounts by round, "Seed: $100k, Series A: $1M", run from the smallest to the largest.
- KK is a thousand thousands. A currency's code beats the dollar sign before it: "$INR 20 lacs" is in rupees.
- Of words without a figure or a unit ("some", "a few") no amount is made, nor of "$5-1m", which runs backwards.
- Zero says nothing. Negative amounts, percentages, NaN and infinities are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from dealport.words.funding.amounts import (
    MAN,
    Figure,
    Token,
    currency_words,
    figure_of,
    in_iberian,
    local_currencies,
    read_tokens,
    says_nothing,
    unit_country,
)
from dealport.words.funding.rates import Money, MoneyError, Rates, home_currency
from dealport.words.normalising import clean, plain

__all__ = ["Money", "MoneyError", "Rates", "home_currency", "parse_money"]

OPEN_END = 10
"""How many times its start an open range ends at; see above."""

LONGEST = 120
MILLION = Decimal(1_000_000)

# Signs that several currencies share: "$5M CAD" is Canadian, "RMB ¥5M" Chinese; "€5M - $6M" stays unclear.
_DOLLARS = frozenset({"USD", "CAD", "AUD", "SGD", "HKD", "TWD", "NZD", "BRL", "MXN", "CLP", "COP", "ARS", "MOP"})
_YUAN = frozenset({"CNY", "JPY", "TWD", "HKD", "MOP", "SGD", "KRW", "USD"})
SHARED_SIGNS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("$", "dollar", "dollars", "달러", "ドル"), _DOLLARS),
    **dict.fromkeys(("¥", "元", "圆", "圓"), _YUAN),
}

_CJK_CURRENCY = {"CN": "CNY", "JP": "JPY", "TW": "TWD", "HK": "HKD", "MO": "MOP", "KR": "KRW"}
_EVEN_SIGNS = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u301c\uff5e\u223c", "~"),
    "\u2019": "'",
})  # fmt: skip
_BRACKETS = re.compile(r"\(([^()]*)\)")
# Spellings made even first, each with what it becomes: "750.000,-", "million(s)", "$US100K", "US15 M", "$INR 20 lacs",
# "100K up - 15M", "1 à 5 M€", "500 TEUR", "5 mkr", and "for 7%", which is no part of the amount.
_EVEN_SPELLINGS = (
    (re.compile(r"(?<=\d)[,.]-+(?=\s|$)"), ""),
    (re.compile(r"(?<=[a-z])\(s\)"), "s"),
    (re.compile(r"\$\s?us(?=[\s\d])|(?<![a-z])us\s?\$?\s?(?=\d)"), "us$"),
    (re.compile(r"\$\s?(?=[a-z]{3}\b(?<!usd))(?!us\$)"), ""),
    (re.compile(r"(?<=\w)\s+up\s*(?=-)"), " "),
    (re.compile(r"(?<=[\d\w€])\s+(?:a|e|et|und|y)\s+(?=[^\d\s]{0,3}\s?\d)"), " - "),
    (re.compile(r"(?<![a-z])t(?=(?:eur|chf|usd|gbp)\b)"), "k "),
    (re.compile(r"(?<![a-z])mkr\b"), "m krona"),
    (re.compile(r"(?<![a-z])tkr\b"), "k krona"),
    (re.compile(r"\s+(?:in (?:return|exchange) )?(?:for|at)\s+(?:up to |about |~)?\d+(?:\.\d+)?\s?%"
                r"(?:\s+(?:of\s+)?(?:the\s+)?(?:equity|stake|company|shares?))?$"), ""),
)  # fmt: skip
# "usd 12500000" and "usd 250000-2500000", as tables have them by the ten thousand: nothing to take apart.
_CODE_AND_FIGURES = re.compile(r"([a-z]{3}) ?([1-9]\d{0,14})(?: ?- ?([1-9]\d{0,14}))?")


class _Side(Struct, frozen=True):
    """One end of a range: its figure before units are shared, and what its words say."""

    figure: Figure | None
    tokens: tuple[Token, ...]

    def says(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)


def parse_money(
    value: str | int | float, *, country: str = "", million: bool = False, bare: str = "USD"
) -> Money | None:
    """The amount that `value` means; None for blank, zero and undisclosed.

    Args:
        value: What was typed, or a number (US dollars).
        country: Alpha-2 code of the profile; decides what ¥, 元, 万 and kr mean.
        million: A figure without a unit counts in millions, as in some vendors' exports.
        bare: The currency of an amount that names none, neither by a word nor by a local unit such as 억.

    Raises:
        MoneyError: It is not understood, negative, or not finite; the message holds what was typed.
    """
    if isinstance(value, bool):
        raise MoneyError(f"money not understood: {value!r}")
    if isinstance(value, int | float):
        return _from_number(value, million=million, bare=bare)
    text = plain(clean(value).translate(_EVEN_SIGNS))
    if says_nothing(text):
        return None
    if len(text) > LONGEST:
        raise MoneyError(f"money not understood: {value[:40]!r}... is too long")
    money = (
        _read_plain(text, million=million)
        or _read(_made_even(text), country=country, million=million, bare=bare)
        or _read_by_stage(text, country=country, million=million, bare=bare)
    )
    if money is None:
        raise MoneyError(f"money not understood: {clean(value)!r}")
    return None if money.high == 0 else money


def _from_number(value: float, *, million: bool, bare: str) -> Money | None:
    if not math.isfinite(value) or value < 0:
        raise MoneyError(f"money must be a finite amount, not negative: {value}")
    amount = value * 1_000_000 if million else value
    return Money(float(amount), float(amount), bare) if amount else None


def _read_plain(text: str, *, million: bool) -> Money | None:
    """A currency's code and whole figures, one or two; None for any other text, though it may be an amount."""
    found = _CODE_AND_FIGURES.fullmatch(text)
    if found is None or currency_words().get(found[1]) != found[1].upper():
        return None
    low, high = sorted(float(figures) * (1_000_000 if million else 1) for figures in (found[2], found[3] or found[2]))
    return Money(low, high, found[1].upper())


def _read_by_stage(text: str, *, country: str, million: bool, bare: str) -> Money | None:
    """From the smallest to the largest of the amounts of several rounds; None where they are in several currencies."""
    from dealport.words.funding.staged_amounts import amounts_by_stage

    parts = amounts_by_stage(text) or []
    read = [_read(_made_even(part), country=country, million=million, bare=bare) for part in parts]
    known = [money for money in read if money is not None]
    if not known or len(known) < len(parts) or len({money.currency for money in known}) > 1:
        return None
    return Money(min(money.low for money in known), max(money.high for money in known), known[0].currency)


def _made_even(text: str) -> str:
    """`text` in one spelling of several, without brackets."""
    for spelling, even in _EVEN_SPELLINGS:
        text = spelling.sub(even, text)
    return _without_brackets(text)


def _without_brackets(text: str) -> str:
    """Drops a second amount in brackets, "1억 달러 (약 1,300억원)", and opens brackets round a unit, "5 (억원)"."""
    outside = _BRACKETS.sub(" ", text)
    if any(map(str.isdigit, outside)):
        return _BRACKETS.sub(lambda found: " " if any(map(str.isdigit, found[1])) else f" {found[1]} ", text)
    return text if text.startswith("(") else _BRACKETS.sub(r" \1 ", text)


def _read(text: str, *, country: str, million: bool, bare: str) -> Money | None:
    tokens = read_tokens(text)
    if tokens is None or text.startswith("("):
        return None
    tokens = in_iberian(tokens, country)
    currency = _currency(tokens, country, bare)
    sides = _sides(tokens)
    if not currency or sides is None:
        return None
    ends = _ends(sides)
    if ends is None:
        return None
    scale = MILLION if million and not any(token.kind in ("unit", "big", "small") for token in tokens) else Decimal(1)
    low, high = (float(end * scale) for end in sorted(ends))
    return Money(low, high, currency) if math.isfinite(high) else None


def _currency(tokens: Sequence[Token], country: str, bare: str) -> str:
    """The one currency that the words mean; "" when there are several or it is unclear."""
    words = {token.text for token in tokens if token.kind == "currency"}
    clear = {_currency_of(word, country) for word in words if word not in SHARED_SIGNS}
    shared = {word for word in words if word in SHARED_SIGNS}
    codes = clear | {_currency_of(word, country) for word in shared if not clear & SHARED_SIGNS[word]}
    if len(codes) > 1:
        return ""
    if codes:
        return codes.pop()
    home = unit_country(tokens)
    if home == "CN":
        return _CJK_CURRENCY.get(country, "CNY")
    return {"KR": "KRW", "IN": "INR"}.get(home, bare)


def _currency_of(word: str, country: str) -> str:
    local = local_currencies()
    if (word, "*") in local:
        return local.get((word, country), local[word, "*"])
    return currency_words()[word]


def _sides(tokens: Sequence[Token]) -> list[_Side] | None:
    """The tokens apart at the range's sign; None when there are two signs or a minus."""
    places = [n for n, token in enumerate(tokens) if token.kind == "range"]
    if len(places) != 1:
        # "min 100k max 500k" has none, "1억부터 5억까지 -" two: the one between two amounts counts.
        between = [n for n, token in enumerate(tokens) if token.kind in ("range", "upto") and _is_between(tokens, n)]
        if len(between) > 1 or (places and not between):
            return None
        places = between
    if not places:
        return [_side(tokens)]
    sign, left, right = tokens[places[0]], tokens[: places[0]], tokens[places[0] + 1 :]
    if _has_amount(left) and _has_amount(right):
        return [_side(left), _side(right)]
    if _has_amount(right):
        if sign.text == "-":
            return None
        local = unit_country(right) in ("KR", "CN")
        return [_side([*right, Token("upto" if local or sign.text != "~" else "filler", sign.text)])]
    return [_side([*left, Token("from", sign.text)])]


def _is_between(tokens: Sequence[Token], place: int) -> bool:
    return _has_amount(tokens[:place]) and _has_amount(tokens[place + 1 :])


def _has_amount(tokens: Sequence[Token]) -> bool:
    return any(token.kind in ("number", "digit", "big", "small") for token in tokens)


def _side(tokens: Sequence[Token]) -> _Side:
    return _Side(figure_of(tokens, group_dots=True), tuple(tokens))


def _ends(sides: Sequence[_Side]) -> tuple[Decimal, Decimal] | None:
    """Both ends, in units of the currency."""
    if len(sides) == 1:
        return _open_or_single(sides[0])
    left, right = sides[0].figure, sides[1].figure
    if left is None or right is None:
        return None
    shared = _share_unit(left, right, signed=sides[0].says("currency"))
    return None if shared is None else (shared, right.value)


def _open_or_single(side: _Side) -> tuple[Decimal, Decimal] | None:
    tokens = side.tokens
    counted = any(token.kind == "number" for token in tokens)
    if counted and side.says("many"):
        return None
    if not counted and not any(side.says(kind) for kind in ("unit", "big", "small")):
        return None  # "some", "a few", 一
    if side.says("many") or (side.says("level") and not counted):
        figure = figure_of([Token("digit", "1", Decimal(1)), *tokens], group_dots=False)
        return None if figure is None else (figure.value, figure.value * OPEN_END)
    if side.figure is None:
        return None
    if side.says("upto"):
        return Decimal(0), side.figure.value
    return side.figure.value, side.figure.value * (OPEN_END if side.says("from") else 1)


def _share_unit(left: Figure, right: Figure, *, signed: bool) -> Decimal | None:
    """The lower end with the unit of the upper one where it has none of its own; None when that makes no range.

    "500-2M" is refused: 500 million is more than 2, and 500 dollars is no cheque. Behind a currency's sign it is said
    for 500k ("$500-1M"). "500k-2" is refused as well.
    """
    if left.multiple == 1 and right.multiple != 1:
        shared = left.value * right.multiple
        if shared <= right.value or left.value == right.value / right.multiple:
            return shared
        thousands = left.value * 1000
        return thousands if signed and right.multiple == MILLION and 100 <= left.value < 1000 else None
    if right.multiple == 1 and left.multiple != 1 and right.value < left.value:
        return None
    if left.big == 1 and left.multiple != 1 and right.big >= MAN:
        return next((left.value * unit for unit in (right.big, MAN) if left.value * unit <= right.value), left.value)
    return left.value
