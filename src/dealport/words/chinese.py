"""Traditional Chinese to Simplified, with Taiwan's words: 軟體 is 软件, 晶片 is 芯片."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from dealport.words.normalising import has_han

_FIRST_HAN = 0x3400


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


def simplify_each(text: str) -> str:
    """`text` with each Traditional character as its Simplified one, one by one: places stay."""
    return text.translate(_SIMPLE_OF)


class _SimpleOf(dict[int, int]):
    """Code point to that of its Simplified form, looked up once; there are no more of them than Unicode has."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        simple = _converter("t2s").convert(character) if code >= _FIRST_HAN and has_han(character) else character
        self[code] = ord(simple) if len(simple) == 1 else code
        return self[code]


_SIMPLE_OF = _SimpleOf()


@cache
def _converter(name: str) -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC(name)
    return converter
