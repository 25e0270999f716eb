"""What a typed capability means: what startups and investors seek and offer besides money, in five languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from dealport.model import LANGUAGES
from dealport.words.normalising import clean, compact, has_cjk, has_han, has_hangul, has_kana, plain
from dealport.words.shipped import read_list, split_bars
from dealport.words.suggesting import suggest_meanings

CAPABILITIES: tuple[str, ...] = (
    "scale",
    "data",
    "clinical-data",
    "deployment-speed",
    "manufacturing",
    "distribution",
    "precision",
    "domain-expertise",
    "regulatory-experience",
    "research",
    "talent",
    "supply-chain",
    "ecosystem",
    "brand",
    "localisation",
    "customers",
    "technology",
    "go-to-market",
    "compute",
    "government-relations",
    "mentoring",
    "follow-on-capital",
)

# "brand" is two edits from "grant", "제조" one from "제주": only long words are forgiven a slip. Hangul and Han
# letters carry more each, but one letter is a whole syllable: they must be right.
TYPO_MIN_LENGTH = 7
TYPO_LONG_LENGTH = 12
LONGEST = 120

# Words around a capability that say nothing: "access to distribution in China", "유통망 지원", "提供供应链资源".
_BEFORE = re.compile(
    r"^(?:access to|looking for|help with|support (?:with|in|for)|strong|deep|local|global|our|their|a|an|the|more"
    r"|better|good|experience (?:in|with)|expertise (?:in|with)|provides?|providing|offers?|offering|seeking|needs?"
    r"|chinese|korean|japanese|asian|중국|한국|일본|글로벌|현지|해외|강력한|우수한"
    r"|提供|寻找|寻求|需要|中国|韩国|日本|海外|本地|全球|当地|尋找|尋求|中國|韓國|當地|現地|海外の|中国の|韓国の|日本の)\s*"
)
_AFTER = re.compile(
    r"\s*(?:\bin [\w\s]{2,30}|\bsupport|\bpartners?|\bpartnerships?|\bresources?|\bcapabilit(?:y|ies)|\baccess"
    r"|\bexperience|\bexpertise|\bnetworks?|\bcapacity|\bstrength|\bhelp"
    r"|지원|협력|역량|확보|자원|능력|경험|제공|연계|파트너"
    r"|资源|能力|支持|合作|优势|经验|对接|網路|資源|支援|優勢|經驗|提供|の提供|の支援|の確保|力)$"
)


@lru_cache(maxsize=4096)
def resolve_capability(word: str) -> str:
    """Id of the capability that `word` names, in any of the five languages; "" when it is not understood or unclear.

    Filler around it ("access to ...", "... 지원") is passed over, and what a compound says before its head; a slip is
    forgiven in long Latin words only.
    """
    text = plain(clean(word))
    if not compact(text) or len(text) > LONGEST:
        return ""
    for shorter in _shortenings(text):
        if found := _keys().get(compact(shorter)):
            return found
    return _by_head(text) or _by_typo(compact(text))


def suggest_capabilities(word: str) -> tuple[str, ...]:
    """Ids of up to three capabilities with a word like `word`, best first; empty when none is like it."""
    return suggest_meanings(compact(clean(word)[:LONGEST]), _keys(), at_least=65.0)


def capability_label(id: str, language: str = "en") -> str:  # noqa: A002
    """What a capability is called in one of the five languages, English for others; an unknown id stands as it is."""
    labels = _labels().get(id)
    return id if labels is None else labels.get(language) or labels["en"]


def _shortenings(text: str) -> list[str]:
    """The text, then without the filler before and behind it."""
    before = _BEFORE.sub("", text)
    return [text, before, _AFTER.sub("", text), _AFTER.sub("", before), _AFTER.sub("", _AFTER.sub("", before))]


def _by_head(text: str) -> str:
    """What a compound's head names, the longest first: "battery supply chain", 影像数据, 공장 데이터.

    In all five languages the head stands last; of unspaced text it must keep at least two letters.
    """
    words = text.split()
    heads = [" ".join(words[start:]) for start in range(1, len(words))]
    if len(words) == 1 and (has_han(text) or has_kana(text)) and not has_hangul(text):
        heads = [text[start:] for start in range(1, len(text) - 1)]
    return next((found for head in heads if (found := _keys().get(compact(head)))), "")


def _by_typo(key: str) -> str:
    """The one capability that has a word within one slip (two in very long words) of `key`."""
    if len(key) < TYPO_MIN_LENGTH or has_cjk(key):
        return ""
    from rapidfuzz.distance import OSA

    slips = 2 if len(key) >= TYPO_LONG_LENGTH else 1
    meant = {
        meaning
        for known, meaning in _keys().items()
        if len(known) >= TYPO_MIN_LENGTH and OSA.distance(key, known, score_cutoff=slips) <= slips
    }
    return meant.pop() if len(meant) == 1 else ""


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in read_list("capabilities.csv")}


@cache
def _keys() -> Mapping[str, str]:
    """Lookup key of every word to its capability; the first row wins where two have it, labels before all."""
    rows = read_list("capabilities.csv")
    keys: dict[str, str] = {}
    for row in rows:
        for word in split_bars(row["words"]):
            keys.setdefault(compact(word), row["id"])
    labels = {compact(row[column]): row["id"] for row in rows for column in ("id", *LANGUAGES)}
    return keys | labels
