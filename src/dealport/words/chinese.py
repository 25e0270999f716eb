"""Traditional Chinese to Simplified, with Taiwan's words: 軟體 is 软件, 晶片 is 芯片."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from dealport.words.normalising import has_han

_FIRST_HAN = "\u3400"


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def simplify(text: str) -> tuple[str, ...]:
    """The Simplified forms of `text` that differ from it, likeliest first: by word as in Taiwan, then by character.

    Both are tried, since Hong Kong writes mainland words in Traditional characters. Text without Chinese characters has
    none, and costs nothing.
    """
    if not has_han(text):
        return ()
    forms = dict.fromkeys(_converter(name).convert(text) for name in ("tw2sp", "t2s"))
    return tuple(form for form in forms if form != text)


def simplify_characters(text: str) -> str:
    """`text` by character alone, for names; text in Simplified characters (GB 2312) loads nothing."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _converter("t2s").convert(text)
    return text


def character_table(text: str) -> dict[int, str]:
    """For `str.translate`: each Traditional character of `text` to its Simplified one, one by one."""
    pairs = ((character, _simple_character(character)) for character in set(text) if character >= _FIRST_HAN)
    return {ord(old): new for old, new in pairs if new}


@cache
def _simple_character(character: str) -> str:
    """Its Simplified form; "" where it has none but itself. There are no more characters than Unicode has."""
    simple = _converter("t2s").convert(character) if has_han(character) else character
    return simple if simple != character and len(simple) == 1 else ""


@cache
def _converter(name: str) -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC(name)
    return converter
