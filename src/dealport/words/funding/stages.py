"""What a typed stage means: rounds on the ladder, in five languages, as vendors' lists and founders write them.

What is decided here: "Series A+" is the A+ round when a startup says it, and A or any later private round when an
investor does; "A+轮" and "시리즈 A+" with their own word for round are the A+ round always. Pre-B lies where A+ does,
Pre-C where B+ does; C+ counts as C; D and all letters behind it are one rung. A bridge behind the seed round is seed.
"Series+" and "Series++" name no letter: A and every private round after it. "pre-Series" is the round before A.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from dealport.words.funding.stage_words import LADDER, stage_key, stage_labels, stage_words
from dealport.words.normalising import clean, compact, plain

# The round that follows; half rounds (Pre-A, A+, B+) are not expected, only told.
NEXT_STAGE: Mapping[str, str] = {
    "pre-seed": "seed",
    "seed": "series-a",
    "pre-a": "series-a",
    "series-a": "series-b",
    "series-a-plus": "series-b",
    "series-b": "series-c",
    "series-b-plus": "series-c",
    "series-c": "series-d-plus",
    "series-d-plus": "growth",
    "growth": "pre-ipo",
    "pre-ipo": "public",
    "public": "public",
}

LONGEST = 120
LAST_PRIVATE = "pre-ipo"
# Where "Series" without a letter begins.
FIRST_SERIES = "series-a"

_LETTER_ROUNDS = {
    "a": "series-a",
    "a+": "series-a-plus",
    "b": "series-b",
    "b+": "series-b-plus",
    "c": "series-c",
    "c+": "series-c",
    **{letter + plus: "series-d-plus" for letter in "defghijk" for plus in ("", "+")},
    "pre-a": "pre-a",
    "pre-b": "series-a-plus",
    "pre-c": "series-b-plus",
    "pre-d": "series-c",
}

# How a round is called around its letter; the letter is what is left: "A轮融资", "시리즈 B 라운드", "Series C-1", "B2".
_ROUND_WORDS = re.compile(
    r"series?|class|rounds?|stages?|funding|financing|investments?|venture|preferred|shares|equity|시리즈|라운드|단계|투자유치|투자|유치|融资|融資|轮次|轮|輪|阶段|階段"
    r"|シリーズ|ラウンド|ステージ|調達|级|ronda|rodada|tour de table|runde|раунд|серия|ser\.?(?=\s)"
)
_LOCAL_ROUND = re.compile("[轮輪]|시리즈|라운드|シリーズ|ラウンド")
_LETTER = re.compile(
    r"(?P<pre>pre|프리|プレ|准)?(?P<letter>[a-k])(?P<number>\d{0,2})(?P<plus>\+{0,3}|plus|prime|플러스)"
)
_LATE_A = re.compile(r"(?:bridge|extension|ext|브릿지|브리지|연장|ブリッジ|過橋|过桥)")
_HANGUL_LETTERS = {"에이": "a", "비": "b", "씨": "c", "디": "d"}

_RANGE = re.compile(
    r"\s+(?:(?:all the way |right )?(?:up )?to|through|until|till|thru)\s+|\s*[~〜～–—→]\s*|\s+-\s+|\s*-*>\s*"
    r"|\s*(?:至|到|から|부터|에서)\s*"
)
_HYPHEN = re.compile(r"\s*-\s*")
LIST_MARKS = re.compile(
    r"\s*(?:[,;|/·・•、，；&\n]|\band\b|\bor\b|\s및\s|\s또는\s|和|与|及(?!以)|或|\s와\s|と|または)\s*", re.IGNORECASE
)
# "early, growth" is two words, though "early growth" is one: where such a mark stands, its sides are tried first.
_MARKED = re.compile(r"[~〜～→,;|、，；\n]|\sto\s|[–—](?!$)")
_PLUS = re.compile(r"\s*\+\s*(?=\w)")
_SERIES = re.compile(
    r"(?P<pre>pre|프리|プレ|准)?(?:series|시리즈|シリーズ|系列)(?P<plus>\+{0,3})(?:rounds?|라운드|ラウンド|轮|輪)?"
)
_TAIL = re.compile(r"(?:까지|まで|为止|為止)$")
_LATER = re.compile(
    r"\s*(?:\(?\s*(?:and|or|&)?\s*(?:later|beyond|above|onwards?|onward|up|after|higher|older)\)?|이상|이후|부터|及以后|及以後|及以上|以后|以後|以上|之后|之後|起|以降|より後)$"
)
_EARLIER = re.compile(
    r"\s*(?:\(?\s*(?:and|or|&)\s*(?:earlier|below|before|prior|younger)\)?|이하|이전|까지|及以前|及之前|及以下|以前|以下|之前|まで)$"
)
_ANY_UP_TO = re.compile(r"^(?:any|all|every) (?:stages? |rounds? )?(?=up to |until |from )")
_UP_TO = re.compile(r"^(?:up to|until|before|no later than|pre- and|max\.?)\s+")
_FROM = re.compile(r"^(?:>=?|≥|from|starting (?:at|from)|at least|min\.?|post-|post )\s*(?=\S)")
# What is said of a round beside its name: "Raising Seed", "시리즈 A 진행중", "完成B轮".
_PROGRESS = re.compile(
    r"^(?:(?:currently|now|actively)\s+)?(?:fund)?rais(?:ing|ed)\s+(?:(?:a|an|our|its|the|for)\s+)?|^(?:closing|closed|completed)\s+"
    r"|\s+(?:in progress|ongoing|(?:is\s+)?open|closed|completed|raised)$"
    r"|\s*(?:투자\s*)?(?:유치|모집|진행)\s*(?:중|완료|예정)?$|\s*완료$|^(?:已|正在|目前)?(?:完成|进行|進行)\s*|\s*(?:已)?(?:完成|进行中|進行中|融资中|募資中|調達中|調達済み?)$"
)
# "Seed - $2M": what stands behind the mark must be money.
_WITH_AMOUNT = re.compile(r"^(?P<round>.*?[^\s\d])\s*[-–—:,@]\s*(?P<amount>[^-–—:,@]{0,4}\d.*)$")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s*")
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")


@lru_cache(maxsize=4096)
def resolve_stages(word: str, *, of_investor: bool = False) -> frozenset[str] | None:
    """The rounds of the ladder that `word` means.

    One word may hold a list ("Seed/Series A") or a range ("Seed to Series B"). `of_investor` reads words as an investor
    means them: "Series A+" is A and later, "growth" more than the growth round.

    Returns:
        None when it is not understood; empty when it says nothing of a stage: unknown, a strategic investment, debt.
    """
    text = plain(clean(word))
    if len(text) > LONGEST:
        return None
    text = _ANY_UP_TO.sub("", text)
    if not compact(text) and "+" not in text:
        return frozenset()
    return _resolve(text, of_investor=of_investor)


def next_stage(last: str) -> str:
    """The round that usually follows `last`; public follows itself, and so does "" or an id that is no stage."""
    return NEXT_STAGE.get(last, last)


def earliest_stage(stages: Iterable[str]) -> str:
    """The lowest of the stages on the ladder; "" of none."""
    return min(stages, key=LADDER.index, default="")


@lru_cache(maxsize=4096)
def last_stage(word: str) -> str:
    """The round that a startup's last round was, as far as `word` tells; "" when it does not.

    Of a word that may mean several rounds ("early stage", "Series C or later") the earliest, so that nothing is claimed
    too much; of a list ("Seed, Series A") the last.
    """
    text = plain(clean(word))
    whole = _one(text, of_investor=False) if len(text) <= LONGEST else None
    parts = (
        [text] if whole is not None and not _MARKED.search(text) else [part for part in LIST_MARKS.split(text) if part]
    )
    earliest = [earliest_stage(resolve_stages(part) or ()) for part in parts]
    if not any(earliest):
        return earliest_stage(resolve_stages(word) or ())
    return max(filter(None, earliest), key=LADDER.index)


def stage_label(id: str, language: str = "en") -> str:  # noqa: A002
    """What a stage is called in one of the five languages, English for others; an unknown id stands as it is."""
    labels = stage_labels().get(id)
    return id if labels is None else labels.get(language) or labels["en"]


def _resolve(text: str, *, of_investor: bool) -> frozenset[str] | None:
    if _MARKED.search(text):
        for reading in (_range, _list):
            if (found := reading(text, of_investor=of_investor)) is not None:
                return found
    for whole in (text, _NUMBERED.sub("", text)):
        found = _one(whole, of_investor=of_investor)
        if found is not None:
            return found
    for reading in (_range, _list, _joined_by_plus, _bracketed, _with_amount):
        found = reading(text, of_investor=of_investor)
        if found is not None:
            return found
    return None


def _one(text: str, *, of_investor: bool) -> frozenset[str] | None:
    """A word of the list, a round by its letter, or one of them with "and later"."""
    if of_investor and text.endswith("+") and (base := stage_words().get(stage_key(text.rstrip("+")))):
        return _open(base.of_startup, later=True) if base.of_startup else frozenset()
    if found := stage_words().get(stage_key(text)):
        return found.said(of_investor=of_investor)
    if (letter := _letter_round(text, of_investor=of_investor) or _series(text)) is not None:
        return letter
    for pattern, later in ((_LATER, True), (_FROM, True), (_EARLIER, False), (_UP_TO, False)):
        rest = pattern.sub("", text).strip()
        if rest and rest != text:
            ends = _one(rest, of_investor=False)
            return _open(ends, later=later) if ends else None
    for pattern in (_ROUND_WORDS, _LATE_A):
        shorter = pattern.sub(" ", text).strip()
        if shorter != text and (found := stage_words().get(stage_key(shorter))):
            return found.said(of_investor=of_investor)
    named = _PROGRESS.sub("", text).strip()
    return _one(named, of_investor=of_investor) if named and named != text else None


def _series(text: str) -> frozenset[str] | None:
    """What "Series+" and "pre-Series" mean, whose letter is not said; None of any other word."""
    found = _SERIES.fullmatch(re.sub(r"[\s\-_.]+", "", text))
    if found is None or not (found["pre"] or found["plus"]):
        return None
    first = frozenset({LADDER[LADDER.index(FIRST_SERIES) - 1] if found["pre"] else FIRST_SERIES})
    return _open(first, later=True) if found["plus"] else first


def _open(stages: frozenset[str], *, later: bool) -> frozenset[str]:
    """The stages and all private ones after them, or all before them."""
    places = [LADDER.index(stage) for stage in stages]
    if later:
        return frozenset(LADDER[min(places) : max(*places, LADDER.index(LAST_PRIVATE)) + 1])
    return frozenset(LADDER[: max(places) + 1])


def _letter_round(text: str, *, of_investor: bool) -> frozenset[str] | None:
    late = _LATE_A.search(text) is not None
    bare = _LATE_A.sub(" ", text) if late else text
    key = re.sub(r"[\s\-_.()]+", "", _ROUND_WORDS.sub(" ", bare))
    key = _HANGUL_LETTERS.get(key, key)
    found = _LETTER.fullmatch(key)
    if found is None:
        return None
    letter = found["letter"]
    if found["pre"]:
        stage = _LETTER_ROUNDS.get(f"pre-{letter}", "series-d-plus")
        return frozenset({stage})
    if found["plus"][-1:] in ("+", "s", "스") and of_investor and not _LOCAL_ROUND.search(text):
        return _open(frozenset({_LETTER_ROUNDS[letter]}), later=True)
    return frozenset({_LETTER_ROUNDS[letter + ("+" if found["plus"] or late or found["number"] > "1" else "")]})


def _range(text: str, *, of_investor: bool) -> frozenset[str] | None:
    for pattern in (_RANGE, _HYPHEN):
        ends = [end for end in pattern.split(_TAIL.sub("", text.removeprefix("from "))) if end]
        if len(ends) == 2 and (stages := _between(ends[0], ends[1], of_investor=of_investor)):
            return stages
    # "Pre-A - Series-B": of several hyphens the one between two known words counts.
    for place in (found.start() for found in re.finditer("-", text)):
        if stages := _between(text[:place].strip(), text[place + 1 :].strip(), of_investor=of_investor):
            return stages
    return None


def _between(left: str, right: str, *, of_investor: bool) -> frozenset[str] | None:
    """All stages from one end to the other, both included; None when an end is not a stage."""
    first, last = (_one(end, of_investor=of_investor) for end in (left, right)) if left and right else (None, None)
    if not first or not last:
        return None
    places = [LADDER.index(stage) for stage in first | last]
    return frozenset(LADDER[min(places) : max(places) + 1])


def _list(text: str, *, of_investor: bool) -> frozenset[str] | None:
    return _all_of([part for part in LIST_MARKS.split(text) if part], of_investor=of_investor)


def _joined_by_plus(text: str, *, of_investor: bool) -> frozenset[str] | None:
    """What "A+B轮" and "Seed + Series A" mean: a plus between two rounds is an "and"."""
    return _all_of([part for part in _PLUS.split(text) if part], of_investor=of_investor)


def _all_of(parts: Sequence[str], *, of_investor: bool) -> frozenset[str] | None:
    """What several parts mean together; None of one part, or where one is not understood."""
    if len(parts) < 2:
        return None
    resolved = [_resolve(part, of_investor=of_investor) for part in parts]
    if any(stages is None for stages in resolved):
        return None
    return frozenset().union(*(stages for stages in resolved if stages is not None))


def _bracketed(text: str, *, of_investor: bool) -> frozenset[str] | None:
    """What stands in brackets, which is the more exact ("Early stage (Seed, Series A)"), else what stands outside."""
    found = _BRACKETS.search(text)
    if found is None:
        return None
    inside = _resolve(found[1].strip(), of_investor=of_investor) if found[1].strip() else None
    rest = _BRACKETS.sub(" ", text).strip()
    outside = _resolve(rest, of_investor=of_investor) if rest else None
    return inside or outside


def _with_amount(text: str, *, of_investor: bool) -> frozenset[str] | None:
    """The round of "Seed - $2M"; None where what follows is no amount in a currency or unit."""
    from dealport.words.funding.amounts import read_tokens

    found = _WITH_AMOUNT.match(text)
    if found is None or not found["amount"].strip("0123456789.,' ") or not read_tokens(found["amount"]):
        return None
    return _resolve(found["round"], of_investor=of_investor)
