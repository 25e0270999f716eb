"""An amount for each round in one cell, "Seed: $100k, Series A: $1M": the amounts without the rounds beside them."""

from __future__ import annotations

import re

from dealport.words.funding.amounts import Token, read_tokens
from dealport.words.funding.stages import resolve_stages

# A comma before a figure groups thousands ("1,000,000"), one before a blank or a letter parts a list.
_LIST = re.compile(r"\s*(?:[;；\n、，/／|]|,(?!\d)|(?<=\))\s*[-–—~]|\band\b|및|和)\s*")
# Where a round may end and its amount begin, or the other way: "A轮1000万", "Seed ($1M)", "$3M at Series A".
_BORDER = re.compile(r"(?<=[\s:：@()（）–=-])(?=\S)|(?<=[^\W\d])(?=[\d$€£¥₩₹])|(?<=[万億亿억원元円])(?=\S)")
_BESIDE = " \t:：@()（）–=-"
# A round has no such thing in its name: "€250k (pre-seed)" is none.
_NO_ROUND = re.compile(r"[$€£¥₩₹]|\d\s*[\dkm万億亿억만천]")
_PREPOSITION = re.compile(r"^(?:at|for|in|on|as|during)\s+(?:the\s+)?")


def amounts_by_stage(text: str) -> list[str] | None:
    """The amounts of the parts of `text` (plain), each of which names a round; None where it is not such a list.

    A part that names no currency gets that of the others: "Seed: €100k, Series A: 1M" is in euros throughout.
    """
    parts = [part for part in _LIST.split(text) if part]
    pairs = [_round_and_amount(part) for part in parts]
    found = [amount for _, amount in pairs if amount]
    # "5 a" is no five dollars for a Series A, but "Seed $1M, A $3M" is told by the seed.
    if not found or len(found) < len(parts) or all(len(stage) < 2 for stage, _ in pairs):
        return None
    words = [_currency_words(amount) for amount in found]
    named = next(filter(None, words), "")
    return [amount if word else f"{amount} {named}".rstrip() for amount, word in zip(found, words, strict=True)]


def _round_and_amount(part: str) -> tuple[str, str]:
    """The round and the amount of a part that is both, in either order; two "" of any other."""
    for border in _BORDER.finditer(part):
        sides = part[: border.start()].strip(_BESIDE), part[border.start() :].strip(_BESIDE)
        for stage, amount in (sides, sides[::-1]):
            name = _PREPOSITION.sub("", stage)
            if _is_amount(amount) and not _NO_ROUND.search(name) and resolve_stages(name):
                return name, amount
    return "", ""


def _is_amount(text: str) -> bool:
    kinds = {token.kind for token in _tokens(text)}
    return "number" in kinds or ("digit" in kinds and bool(kinds & {"unit", "big", "small"}))


def _currency_words(text: str) -> str:
    return next((token.text for token in _tokens(text) if token.kind == "currency"), "")


def _tokens(text: str) -> tuple[Token, ...]:
    return read_tokens(text) or ()
