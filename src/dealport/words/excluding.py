"""Which of the sector words of a text it excludes: "we do not invest in hardware", "하드웨어 제외", "不投硬件".

A cue reaches the nearest mention on its side and those listed with it ("except crypto, gaming and media"), never beyond
the clause: a sentence's end or a contrast ("but", "지만", "但") ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dealport.words.normalising import has_latin
from dealport.words.shipped import read_rows

MAX_REACH = 40
"""Characters between a cue and the first mention it may speak of."""
_MAX_LIST_GAP = 24  # characters between two mentions of one list: " companies, or "

_WORD = re.compile("[a-z]+")
# A full stop inside "A.I." or "3.5" ends nothing.
_SENTENCE_END = re.compile(r"[;；。！？!?]|\.(?=\s|$)|,\s+(?=(?:we|our|they|it|the fund)\b)", re.IGNORECASE)
# "No fintech fund is like us" speaks of other funds.
_NO = re.compile(r"no\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\s+(?:funds?|investors?|firms?|vcs?|accelerators?|teams?|partners?|players?)\s+(?:is|are|was|has|have|had|can|could|will|would|does|do|did|knows?|comes?|offers?|matches|beats|like|better|more)\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"(?:[\s,、，/&·・+()\-]|\band\b|\bor\b|\bnor\b|\bthe\b|\bany\b|\bother\b|\bcompan(?:y|ies)\b|\bstartups?\b|\bbusiness(?:es)?\b"
    r"|\bprojects?\b|및|와|과|이나|나|또는|혹은|은|는|이|가|을|를|도|등|분야|산업|스타트업|기업|和|与|與|或|及|以及|等|类|類|や|と|および|または|など|関連|の)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sector word in a clause.

    Attributes:
        words: As they stand in the text.
        start: Where they begin in the clause, in characters.
        end: Where they end, exclusive.
        is_narrower: Whether they are a kind of the sectors: "adult content" is no word for all of entertainment.
    """

    sectors: tuple[str, ...]
    words: str
    start: int
    end: int
    is_narrower: bool = False


def has_cues(text: str) -> bool:
    """Whether anything in a text may exclude, or part a sentence in two: most texts need no further look."""
    words, other = _traces()
    return not words.isdisjoint(_WORD.findall(text.lower())) or (not text.isascii() and other.search(text) is not None)


def clauses(text: str) -> Iterator[str]:
    """The clauses of a text: what stands between ends of sentences and contrasts."""
    for sentence in _SENTENCE_END.split(text):
        start = 0
        for contrast in _cue_pattern("contrast").finditer(sentence):
            # "anything but healthcare" is a cue and no contrast.
            held = _is_innocent(sentence, contrast.start()) or _stands_in("forward", sentence, contrast.start())
            if contrast.start() > start and not held:
                yield sentence[start : contrast.start()]
                start = contrast.end()
        if sentence[start:].strip():
            yield sentence[start:]


def excluded_mentions(clause: str, mentions: Sequence[Mention]) -> frozenset[Mention]:
    """Those of `mentions`, in the order of the text, that the clause excludes."""
    if not mentions:
        return frozenset()
    excluded: set[Mention] = set()
    reached = [cue.span() for cue in _cue_pattern("forward").finditer(clause) if _is_cue(clause, mentions, cue.start())]
    for _, end in reached:
        excluded.update(_following(clause, mentions, end))
    for cue in _cue_pattern("backward").finditer(clause):
        spoken = any(start <= cue.start() < end for start, end in reached)
        if _is_cue(clause, mentions, cue.start()) and not (spoken and excluded):
            excluded.update(_preceding(clause, mentions, cue.start()))
    return frozenset(excluded)


def _following(clause: str, mentions: Sequence[Mention], position: int) -> Iterator[Mention]:
    """The mentions behind a cue that ends at `position`, as far as it reaches."""
    after = [mention for mention in mentions if mention.start >= position]
    starts = [position, *(mention.end for mention in after)]
    return _reached(after, (clause[start : mention.start] for start, mention in zip(starts, after, strict=False)))


def _preceding(clause: str, mentions: Sequence[Mention], position: int) -> Iterator[Mention]:
    """The mentions before a cue that begins at `position`, the nearest first, as far as it reaches."""
    before = [mention for mention in reversed(mentions) if mention.end <= position]
    ends = [position, *(mention.start for mention in before)]
    return _reached(before, (clause[mention.end : end] for mention, end in zip(before, ends, strict=False)))


def _reached(mentions: Sequence[Mention], gaps: Iterable[str]) -> Iterator[Mention]:
    """The first mention, when it is near, and those listed with it; `gaps`: the text on the cue's side of each."""
    for n, (mention, gap) in enumerate(zip(mentions, gaps, strict=True)):
        near = len(gap) <= MAX_REACH if n == 0 else len(gap) <= _MAX_LIST_GAP and _LIST_GAP.fullmatch(gap)
        if not near:
            return
        yield mention


def _is_cue(clause: str, mentions: Sequence[Mention], position: int) -> bool:
    """Not inside a mention ("no-code"), not part of an innocent phrase ("not only"), no praise ("no AI fund is")."""
    inside = any(mention.start <= position < mention.end for mention in mentions)
    if inside or _is_innocent(clause, position):
        return False
    ends = {mention.end for mention in mentions if mention.start - position <= len("no any ")}
    return not (_NO.match(clause, position) and any(_SUBJECT.match(clause, end) for end in ends if end > position))


def _is_innocent(clause: str, position: int) -> bool:
    return _stands_in("innocent", clause, position)


def _stands_in(kind: str, clause: str, position: int) -> bool:
    """Whether a phrase of this kind covers the place."""
    return any(
        found.start() <= position < found.end()
        for found in _cue_pattern(kind).finditer(clause, max(0, position - MAX_REACH), position + MAX_REACH)
    )


@cache
def _traces() -> tuple[frozenset[str], re.Pattern[str]]:
    """A word of each Latin cue and a pattern of the other cues: looking for all of them is ten times dearer."""
    cues = {cue.lower() for kind in ("forward", "backward", "contrast") for cue in text_words()[kind]}
    words = frozenset(max(_WORD.findall(cue), key=len) for cue in cues if has_latin(cue))
    other = sorted(cue.split()[0] for cue in cues if not has_latin(cue))
    return words, re.compile("|".join(map(re.escape, other)))


@cache
def _cue_pattern(kind: str) -> re.Pattern[str]:
    """All cues of a kind, the longest first; Latin ones as whole words."""
    cues = sorted(text_words()[kind], key=lambda cue: (-len(cue), cue))
    latin = "|".join(re.escape(cue) for cue in cues if has_latin(cue))
    other = "|".join(re.escape(cue).replace(r"\ ", r"\s*") for cue in cues if not has_latin(cue))
    return re.compile(rf"(?<!\w)(?:{latin})(?!\w)|{other}", re.IGNORECASE)


@cache
def text_words() -> Mapping[str, tuple[str, ...]]:
    """The words of ``text_words.csv`` by kind: cues, contrasts, particles and prose."""
    kinds: dict[str, list[str]] = {}
    for word, kind in read_rows("text_words.csv"):
        kinds.setdefault(kind, []).append(word)
    return {kind: tuple(words) for kind, words in kinds.items()}
