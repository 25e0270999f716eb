"""Traditional Chinese to Simplified, with Taiwan's words: 軟體 is 软件, 晶片 is 芯片."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from dealport.words.normalising import has_han


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
    characters = sorted({character for character in text if has_han(character)})
    simple = _converter("t2s").convert("\n".join(characters)).split("\n") if characters else []
    return {ord(old): new for old, new in zip(characters, simple, strict=True) if old != new and len(new) == 1}


@cache
def _converter(name: str) -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC(name)
    return converter
