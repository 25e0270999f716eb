"""Whether an investor's prose says that any sector will do: "sector agnostic", "all industries", 不限行业, 전 분야.

"Geo-agnostic" and "agnostic to stage" speak of something else, and "training in all sectors" of no money. The patterns
are data (``data/sectors/agnostic.csv``), each with a sentence that says so and with its traces: words of which whatever
it finds holds one.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dealport.words.shipped import read_rows, split_bars

# What the names in capitals stand for in the patterns; ZHFIELD and JAFIELD go before FIELD, a part of them.
_PIECES = {
    "ZHFIELD": "(?:行业|行業|领域|領域|赛道|賽道|产业|產業|板块)",
    "JAFIELD": "(?:業種|業界|業態|分野|領域|セクター|ジャンル|産業|テーマ)",
    "FIELD": r"(?:sectors?|industr(?:y|ies)|verticals?|categor(?:y|ies)|themes?|domains?|fields?|lines? of business)",
    "OTHER": r"(?:geo(?:graph(?:y|ies|ic|ically))?|stages?|location|region|countr(?:y|ies)|technolog(?:y|ies)"
    r"|business[- ]models?|models?|gender|size|check[- ]size)",
    "JOIN": r"(?:\s*[-/,&+]\s*|\s+(?:and|or|as well as)\s+|\s+)",
    "ALL": r"(?:all|any|every|most|a (?:wide|broad|diverse) (?:range|variety|array|spectrum) of"
    r"|(?:a )?(?:wide|broad|diverse)(?: range of)?)",
}
_NOT = re.compile(r"(?:\bnot|n[’']t|\bno longer|\bnever|\bneither)\s+(?:\w+\s+){0,2}(?:an?\s+)?$", re.IGNORECASE)
# "Not limited by sectors" and "no sector focus" hold their own negation; what begins like these does not.
_DENIABLE = re.compile(r"agnostic|generalist|neutral|all|any|every|sector|industry", re.IGNORECASE)
# Letters that a pattern takes for an i, whatever their case.
_DOTS = str.maketrans("\u0130\u0131", "ii")
_LOOK_BACK = 40  # characters in which a negation stands
# Only prose with one of these may say so: most sentences need no further look.
_TRACES = re.compile(
    r"agnostic|generalist|sector|industr|vertical|categor|themat|theme|everything|neutral|opportunistic|field|domain|business|都投|都看|均可投"
    r"|行业|行業|领域|領域|赛道|賽道|产业|產業|综合|綜合|분야|업종|산업|섹터|영역|제너럴|무엇이든|뭐든"
    r"|業種|業界|業態|分野|ジャンル|セクター|産業|ジェネラリスト|テーマ",
    re.IGNORECASE,
)


class Saying(Struct, frozen=True, eq=False):
    """One way to say it: a pattern, and words of which every text that it finds holds one."""

    pattern: str
    traces: tuple[str, ...]

    @cache  # noqa: B019 - the sayings stay as long as the process
    def compiled(self) -> re.Pattern[str]:
        """Made when a text may say so, as each takes as long as reading a profile."""
        return re.compile(self.pattern, re.IGNORECASE)

    def is_in(self, sentence: str, evened: str) -> bool:
        """Whether `sentence` holds it; `evened` is what `even` makes of the sentence."""
        return any(trace in evened for trace in self.traces) and self.compiled().search(sentence) is not None


def is_agnostic(sentence: str) -> bool:
    """Whether a sentence of an investor's prose says that it takes any sector."""
    if not _TRACES.search(sentence):
        return False
    evened = even(sentence)
    found_in = tuple(saying.pattern for saying in sayings() if saying.is_in(sentence, evened))
    return bool(found_in) and any(
        not (_DENIABLE.match(found[0]) and _NOT.search(sentence, max(0, found.start() - _LOOK_BACK), found.start()))
        for found in _any_of(found_in).finditer(sentence)
    )


def even(sentence: str) -> str:
    """The sentence with letters made one that the patterns take for one."""
    return sentence.translate(_DOTS).casefold()


@cache
def sayings() -> tuple[Saying, ...]:
    """All of the data, with what the names in capitals stand for."""
    sayings = []
    for pattern, _, traces in read_rows("agnostic.csv"):
        whole = pattern
        for name, piece in _PIECES.items():
            whole = whole.replace(name, piece)
        sayings.append(Saying(f"(?:{whole})", tuple(split_bars(traces))))
    return tuple(sayings)


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Several in one, so that where one ends the next begins."""
    return re.compile("|".join(patterns), re.IGNORECASE)
