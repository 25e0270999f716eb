"""What each part of a sentence is about: what is wanted or made, the past, something else, or unknown.

"Before joining us she worked at a bank; we invest in biotech" wants biotech, and no bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from dealport.model import Kind
from dealport.words.lookup.cues import Cue, find_cues, has_cue
from dealport.words.normalising import has_cjk, has_hangul, has_kana
from dealport.words.prose.sentences import TextSentence

Speaks = Literal["wanted", "open", "past", "aside"]


class Zone(NamedTuple):
    """A part of a sentence, in characters, and what it speaks of.

    ``wanted``: what the investor wants or the startup does; ``open``: no cue tells; ``past``: what somebody has done,
    where only lists count; ``aside``: something else.
    """

    start: int
    end: int
    speaks: Speaks


# Where a Korean or Japanese clause ends inside a sentence: an ending that goes on, then a blank or comma.
_KO_CLAUSE = re.compile(r"(?<=[고며서데만])(?:,\s*|\s+)|,\s+(?=[가-힣]+(?:은|는|이|가)\s)")
_JA_CLAUSE = re.compile(r"(?<=[しきりてでがず])、|(?<=ほか)、?|(?<=一方)、?")
# A Chinese clause ends at a comma; an enumeration with 、 does not end it.
_ZH_CLAUSE = re.compile(r"[，,：:（()）“”]")
# "速腾聚创是一家...": what stands before is the name.
_ZH_NAME = re.compile(
    r"(?:是|作为|為|为)(?:一家|一个|一個|一款|国内|國內|全球|中国|中國|家|专业|專業)|成立于|成立於|创立于|，"
)
_LONGEST_NAME = 30  # characters of a Chinese firm's full name
_BEGINNING = 2000  # characters in which a biography says "he" or "she"
# Who is spoken of in a third person is a person: where no cue tells, the words are of a career.
_PERSON = re.compile(r"\b(?:he|she|his|her|himself|herself|I am|I was|I have|I've|I got|my)\b", re.IGNORECASE)


def zones(sentence: TextSentence, side: Kind, *, begun: bool, inherits: bool, personal: bool) -> tuple[Zone, ...]:
    """The zones of a sentence, one after the other.

    `begun`: it is not the first, in which a startup says what it does. `inherits`: the sentence before opened a list of
    what is wanted, and this goes on with it. `personal`: the text speaks of a person.
    """
    text = sentence.text
    if not has_cjk(text):
        return _forward(text, _first(side, begun=begun, inherits=inherits, personal=personal), side)
    if has_hangul(text):
        return _backward(text, "wanted" if inherits else "open", _KO_CLAUSE, _kinds(side, "_ko"))
    if has_kana(text):
        return _backward(text, "wanted" if inherits else "open", _JA_CLAUSE, _kinds(side, "_ja"))
    return _chinese(text, "wanted" if inherits or (side == "startup" and not begun) else "open", side)


def is_personal(text: str) -> bool:
    """Whether a text speaks of a person rather than a firm."""
    return len(_PERSON.findall(text[:_BEGINNING])) > 1 or re.match(r"\s*I (?:am|was|have)\b", text) is not None


def _first(side: Kind, *, begun: bool, inherits: bool, personal: bool) -> Speaks:
    if inherits:
        return "wanted"
    return "past" if personal else "wanted" if side == "startup" and not begun else "open"


def _forward(text: str, first: Speaks, side: Kind) -> tuple[Zone, ...]:
    """English: a cue speaks of what follows, up to the next."""
    return tuple(_between(text, list(find_cues(text, *_kinds(side, ""))), first))


def _between(text: str, cues: Sequence[Cue], first: Speaks) -> Iterator[Zone]:
    start, speaks = 0, first
    for cue in cues:
        yield Zone(start, cue.start, speaks)
        start, speaks = cue.end, _speaks(cue)
    yield Zone(start, len(text), speaks)


def _backward(text: str, first: Speaks, parts: re.Pattern[str], kinds: tuple[str, ...]) -> tuple[Zone, ...]:
    """Korean and Japanese: the verb stands last, so a cue speaks of its whole clause.

    But where a cue of what is wanted follows the last of a career, that speaks of what stands between:
    "반도체 회사 출신 파트너가 푸드테크에 투자" wants foodtech.
    """
    made = []
    start = 0
    for end in [*(found.start() for found in parts.finditer(text)), len(text)]:
        cues = list(find_cues(text[start:end], *kinds))
        asides = [cue for cue in cues if cue.kind.startswith("aside")]
        if asides and cues[-1].kind.startswith("wanted"):
            middle = start + asides[-1].end
            made += [Zone(start, middle, "aside"), Zone(middle, end, "wanted")]
        elif asides:
            made.append(Zone(start, end, "aside"))
        else:
            made.append(Zone(start, end, "wanted" if cues else first))
        start = end
    return tuple(made)


def _chinese(text: str, first: Speaks, side: Kind) -> tuple[Zone, ...]:
    """Chinese: a cue speaks of what follows in its clause; what stands before "是一家" is a name."""
    made = []
    start = 0
    name = _ZH_NAME.search(text, 0, _LONGEST_NAME)
    if side == "startup" and name and name.start() and not has_cue(text[: name.start()], "wanted_zh", "makes_zh"):
        made.append(Zone(0, name.start(), "aside"))
        start = name.start()
    for end in [*(found.start() for found in _ZH_CLAUSE.finditer(text, start)), len(text)]:
        cues = [
            Cue(cue.start + start, cue.end + start, cue.kind)
            for cue in find_cues(text[start:end], *_kinds(side, "_zh"))
        ]
        last: Speaks = first
        position = start
        for cue in cues:
            made.append(Zone(position, cue.start, last))
            position, last = cue.end, _speaks(cue)
        made.append(Zone(position, end, last))
        start = end
    return tuple(made)


def _speaks(cue: Cue) -> Speaks:
    if cue.kind == "past":
        return "past"
    return "aside" if cue.kind.startswith("aside") else "wanted"


@cache
def _kinds(side: Kind, language: str) -> tuple[str, ...]:
    """The kinds of cues that tell something on one side; the first holds where a cue is of two."""
    if side == "investor":
        return (f"wanted{language}", f"aside{language}", "aside_investor", "past")
    return (f"makes{language}", f"aside{language}", f"aside_startup{language}", "past")
