"""What a typed language means: codes and names of spoken languages, in many languages.

The code is what an interpreter needs: Mandarin in either script is ``zh``, Cantonese ``yue``; regions are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from dealport.words.normalising import clean, compact, plain
from dealport.words.shipped import read_list, split_bars

LONGEST = 80

# "English (fluent)", "영어-비즈니스", "Japanese: native": the language stands first.
_BEHIND = re.compile(r"\s*[(（\[:：\-–—/,].*$")
_LEVEL = re.compile(
    r"\s*(?:\b(?:fluent|native|business|basic|conversational|intermediate|advanced|language|speaking|speaker|only|level)\b"
    r"|유창|원어민|비즈니스|가능|능통|流利|母语|母語|可|能)\s*"
)
_TAG = re.compile(r"^([a-z]{2,3})[-_](?:[a-z]{4}[-_])?(?:[a-z]{2}|[a-z]{4}|\d{3})$")


@lru_cache(maxsize=1024)
def resolve_language(word: str) -> str:
    """Code of the language that `word` names: ``ko``, ``zh``, ``en`` ...; "" when it is not understood.

    Takes ISO 639 codes, tags (``zh-Hant-TW``), names in many languages, and a level behind it ("English (fluent)").
    """
    text = plain(clean(word))[:LONGEST]
    if tag := _TAG.match(text):
        return _keys().get(tag[1], "")
    for shorter in (text, _BEHIND.sub("", text), _LEVEL.sub(" ", _BEHIND.sub("", text))):
        if found := _keys().get(compact(shorter)):
            return found
    return ""


@cache
def _keys() -> Mapping[str, str]:
    """Lookup key of a word to its code; a code itself before any other word."""
    rows = read_list("languages.csv")
    words = {compact(word): row["code"] for row in reversed(rows) for word in split_bars(row["words"])}
    return words | {row["code"]: row["code"] for row in rows}
