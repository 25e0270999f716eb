"""Which sector words of a sentence it rules out: "we do not invest in hardware", "하드웨어 제외", "不投硬件".

A cue speaks of the words listed right behind it (English, Chinese) or before it (Korean, Japanese), never beyond
the sentence or a contrast. "We don't care" and "outside of work" exclude nothing: a cue needs a sector word near it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from dealport.words.lookup.cues import find_cues, has_cue
from dealport.words.normalising import has_cjk

Strength = Literal["rule", "preference"]

_MAX_OPENING = 24  # characters between a cue and the colon: "we do not invest in the following:"
_MOST_LISTED = 24  # sectors that one cue rules out
_MAX_LIST_GAP = 28  # characters between two mentions of one list: " companies, or any kind of "
# Words that may stand between a cue and the first word it speaks of: "we avoid most kinds of", "such as".
_LEAD = re.compile(
    r"(?:[\s:\-–—,\"“”'(]|\b(?:in|into|with|at|for|any|the|a|an|all|most|many|some|certain|other|of|on|to|like|as|such|and|or|highly|heavily|regulated|pure|purely|kinds?|types?|these|following"
    r"|sectors?|industr(?:y|ies)|verticals?|areas?|fields?|companies|compan(?:y|ies)|startups?|start-ups?|business(?:es)?|deals?|ventures?|projects?|investments?|includ(?:e|es|ing)|related|especially|particularly|typically|capital|intensive|heavy|hardcore|early|stage)\b)*"
    r"|[：:\s]*(?:任何|以下|涉及|有关|的|项目|領域|领域|行业|与|和|類|类)*",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"(?:[\s,、，/\\&·・+()\-:]|\band\b|\bor\b|\bnor\b|\bthe\b|\bany\b|\bother\b|\bno\b|\bnot\b|\bin\b|\bare\b|\bis\b|\bonly\b|\bcompan(?:y|ies)\b|\bstartups?\b|\bstart-ups?\b|\bbusiness(?:es)?\b|\bsectors?\b|\bindustr(?:y|ies)\b"
    r"|\bprojects?\b|\bventures?\b|\bcapital\b|\bintensive\b|\brelated\b|\bheavy\b|및|업|와|과|이나|나|또는|혹은|은|는|이|가|을|를|도|등|분야|산업|스타트업|기업|업종|관련|섹터|에는|에|和|与|與|或|及|以及|等|类|類|项目|一律|均|恕|概|都|暂|暫|相关|相關|业务|業務|也|亦|则|領域|领域|や|と|および|または|など|関連|の|には|では|への|へ|に|は|が|を|も|領域|分野|事業|系|企業|会社|業界|業)*",
    re.IGNORECASE,
)
# "X is, since another fund does that, out of scope": a marker of the topic, then a reason.
_TOPIC = re.compile(
    r"[^、。,]{0,12}?(?:には|では|は|も|の|を|が|은|는|을|를|도|이|가)(?=\W|[^\W\d_]).{0,45}", re.DOTALL
)
# "We never invest in anything but X" wants X alone, and rules X out as little as 医療以外には投資しません does.
_ONLY = re.compile(
    r"(?:\b(?:never|not)\b|n['’]t\b)[^.;,]{0,30}\bany(?:thing|where|one)?\b[^.;,]{0,20}"
    r"\b(?:but|other than|outside|except)\b"
    r"|\bnothing (?:but|other than|outside|except)\b"
    r"|\banything (?:outside(?: of)?|other than|but)\b[^.;]{0,60}\b(?:out of scope|excluded|not considered)\b"
    r"|(?:以外|之外)(?:的?(?:领域|領域|行业|行業|项目))?(?:都|均|一律|概)?(?:不投|不看|不碰|不考虑|不考慮|不做)"
    r"|以外(?:の(?:分野|領域|業種))?(?:には|は|へは)?(?:投資|検討|対象と)し(?:ません|ない|ていません)"
    r"|(?:외|이외|아닌)의?\s*(?:분야|업종|영역|산업|곳)?(?:에는|에|은|는)?\s*(?:투자|검토|고려)하지\s*않",
    re.IGNORECASE,
)
# What a cue that stands behind its words may have behind itself, to speak of a list there: "투자 제외 업종: 게임".
_HEADING = re.compile(
    r"\s*(?:업종|분야|대상|영역|산업|領域|業種|分野|方向|领域|行业|行業|industries|sectors|areas)?\s*(?:\([^)]*\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|yes|instead|rather|while|though)\b|[)）]", re.IGNORECASE)
_KINDS = (
    *("rule", "rule_zh", "preference", "preference_zh", "no"),
    *("preference_before_zh", "preference_before_ko", "preference_before_ja"),
    *("rule_before", "rule_before_zh", "rule_before_ko", "rule_before_ja"),
)
_MARK = re.compile(r"[,、/]|\b(?:or|and|nor)\b")
_LIST_WORD = re.compile(r"\b(?:and|or|nor|the|any|other|no|not|in|are|is|only)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_NON = re.compile(r"non[\s-]*$", re.IGNORECASE)  # "non IT" rules out what is not IT
_SUBJECT = re.compile(
    r"\s+(?:funds?|investors?|firms?|vcs?|accelerators?|teams?|partners?|players?)\s+(?:is|are|was|has|have|had|can|could|will|would|does|do|did|knows?|comes?|offers?|matches|beats|like|better|more)\b",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A sector word in a sentence.

    Attributes:
        words: As they stand in the text.
        start: Where they begin in the sentence, in characters.
        end: Where they end, exclusive.
        key: The lookup key of the known word.
        is_narrower: Whether they are a kind of the sectors: "adult content" is no word for all of entertainment.
        is_generic: Whether they are too wide to count by themselves: "consumer", "enterprise".
        is_ambiguous: Whether only the words beside them tell what they mean: AR beside VR.
    """

    sectors: tuple[str, ...]
    words: str
    start: int
    end: int
    key: str = ""
    is_narrower: bool = False
    is_generic: bool = False
    is_ambiguous: bool = False


def may_exclude(text: str) -> bool:
    """Whether anything in a text may exclude: most texts need no further look."""
    return has_cue(text, *_KINDS)


def excluded_mentions(sentence: str, mentions: Sequence[Mention]) -> dict[Mention, Strength]:
    """Those of `mentions`, in the order of the text, that the sentence excludes, each with how strongly."""
    if not mentions:
        return {}
    excluded: dict[Mention, Strength] = {}
    soft = has_cue(sentence, "soft")
    starts = [mention.start for mention in mentions]
    only = [found.span() for found in _ONLY.finditer(sentence)]
    for cue in find_cues(sentence, "innocent", *_KINDS):
        n = bisect_right(starts, cue.start)  # of the first mention behind it
        inside = n and cue.start < mentions[n - 1].end
        if cue.kind == "innocent" or inside or any(start <= cue.start < end for start, end in only):
            continue
        before, after = mentions[max(0, n - _MOST_LISTED) : n], mentions[n : n + _MOST_LISTED]
        heading = _HEADING.match(sentence, cue.end) if "_before" in cue.kind else None
        if heading:
            found = tuple(_following(sentence, after, heading.end(), close=False))
        elif "_before" in cue.kind:
            found = tuple(_preceding(sentence, before, cue.start))
        else:
            found = tuple(_following(sentence, after, cue.end, close=cue.kind == "no"))
            if not found and cue.kind.endswith("_zh"):  # 棋牌、博彩一律不看
                found = tuple(_preceding(sentence, before, cue.start, close=True))
        strength: Strength = "preference" if cue.kind.startswith("preference") or soft else "rule"
        for mention in found:
            if mention.start >= cue.end:
                excluded[mention] = strength  # the last cue before it is the nearest: "never gambling, rarely crypto"
            else:
                excluded.setdefault(mention, strength)
    return excluded


def opens_exclusions(sentence: str) -> Strength | None:
    """How strongly a sentence that ends in a colon rules out what is listed below it; None where it does not."""
    last = None
    for cue in find_cues(sentence, "innocent", *_KINDS):
        last = cue
    if last is None or last.kind in ("innocent", "no") or len(sentence.rstrip(": ：")) - last.end > _MAX_OPENING:
        return None
    return "preference" if last.kind.startswith("preference") else "rule"


def _following(sentence: str, mentions: Sequence[Mention], position: int, *, close: bool) -> Iterator[Mention]:
    """The mentions behind a cue that ends at `position`, as far as it reaches; "no" and "not" reach the very next."""
    after = [mention for mention in mentions if mention.start >= position]
    if not after:
        return iter(())
    lead = sentence[position : after[0].start]
    if _NON.search(lead) or not (
        lead.strip() in ("", "any", "more", "a", "an", "the") if close else _LEAD.fullmatch(lead)
    ):
        return iter(())
    if close and _SUBJECT.match(sentence, after[0].end):  # "no fintech fund is like us" speaks of other funds
        return iter(())
    gaps = (sentence[one.end : other.start] for one, other in pairwise(after))
    return _listed(after, gaps)


def _preceding(sentence: str, mentions: Sequence[Mention], position: int, *, close: bool = False) -> Iterator[Mention]:
    """The mentions before a cue that begins at `position`, the nearest first; `close`: in the same clause only."""
    before = [mention for mention in reversed(mentions) if mention.end <= position]
    if not before:
        return iter(())
    gap = sentence[before[0].end : position]
    reaches = _TOPIC.fullmatch(gap) if has_cjk(gap) else len(gap) <= _MAX_LIST_GAP and "," not in gap
    near = reaches or _is_listed(gap)
    if not near or (close and re.search("[，,。]", gap)):
        return iter(())
    gaps = (sentence[other.end : one.start] for one, other in pairwise(before))
    return _listed(before, gaps)


def _listed(mentions: Sequence[Mention], gaps: Iterable[str]) -> Iterator[Mention]:
    """The first mention and those listed with it; `gaps`: the text between each and the next."""
    yield mentions[0]
    for mention, gap in zip(mentions[1:], gaps, strict=False):
        if not _is_listed(gap) or _NON.search(gap):
            return
        yield mention


def _is_listed(gap: str) -> bool:
    """Whether what stands between two mentions makes a list of them: marks, plain words and one word more at most."""
    if len(gap) > _MAX_LIST_GAP:
        return False
    if _TURN.search(gap):
        return False
    if _LIST_GAP.fullmatch(gap):
        return True
    parted = None if has_cjk(gap) else _MARK.search(gap)
    return parted is not None and len(_TOKEN.findall(_LIST_WORD.sub(" ", gap))) <= 1
