"""Where a sector word stands among the words beside it: alone, in a list, as the thing meant or inside another word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from dealport.model import Kind
from dealport.words.chinese import simplify_each
from dealport.words.normalising import fold, has_cjk, has_han, has_hangul, has_kana, squeeze
from dealport.words.prose.boundaries import Boundaries
from dealport.words.prose.cues import cue_words
from dealport.words.prose.exclusions import Mention
from dealport.words.prose.zones import Speaks, Zone
from dealport.words.resolving import SectorResolver
from dealport.words.splitting import fillers

_DELIMITER = re.compile(r"[,;/|•·・、，()（）\[\]&+:：\"“”「」]|\b(?:and|or|und|et)\b")
_TOKEN = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_HAN_BEFORE = re.compile("[\u3400-\u9fff]+$")
_JA_HEADS = frozenset(
    ("次世代", "最先端", "世界初", "国内初", "世界最小", "産業用", "家庭用", "業務用", "独自開発", "大学発")
)
_JA_OTHERS = "者車員人士師家感面力"  # make another thing of what they follow
_JA_TAILS = (
    "業",
    "系",
    "用",
    "向",
    "等",
    "分野",
    "領域",
    "関連",
    "会社",
    "企業",
    "事業",
    "開発",
    "製造",
    "技術",
    "装置",
    "機器",
    "製品",
    "市場",
    "産業",
    "専門",
    "専業",
    "特化",
    "支援",
    "運営",
    "設計",
    "販売",
    "導入",
    "投資",
    "全般",
    "周辺",
    "向け",
    "基盤",
    "部品",
    "部材",
    "材料",
)
_LONGEST_REST = 16
_LONGEST_LEAD = 60
MOST_OTHER_WORDS = 1  # "community-led energy": so many unknown words may stand before a plain one
LEAST_LISTED = 3
# For whom or where something is made, not what: a marker of the receiver or the place behind a word and its like.
_GIVEN = re.compile(
    r"(?:メーカー|会社|企業|業界|事業者|各社|店|施設|機関|系|グループ|[約大手\d,社行院店名箇所]|など|等)*(?:に(?!関|お|投資|特化|注力|集中|強|よ|フォーカス|取り組|挑|賭|出資|向け)|へ(?!の?投資)|から|と(?:提携|共同|連携|契約|の共同))"
    r"|(?:사|기업|업체|기관|현장|환경|공장|시설|매장|점|고객사|대기업|분야|\s)*(?:에(?!\s*(?:투자|집중|관심|주력|특화))|에게|에서|와\s*함께|과\s*함께|쪽으로|출신|등\s*업종|\s*고객)"
)
_HOUSE = re.compile(
    r"\s*(?:グループ|系(?:の|VC|CVC|ベンチャー|キャピタル|ファンド)|キャリア系|大手の|그룹|지주|계열|대기업|会社に\d+年|会社を|の会社を|회사\s*(?:출신|대표|CTO|CEO))"
)
_ROW = re.compile(r"[\s・、·,/]*(?:와|과|및|や|と)?\s*(?:産業|業界|企業|大手)?")
# "在金融、零售等行业的应用": fields where something is used.
_ZH_FIELDS = re.compile(
    r"(?:在|为|為|于|於|面向|覆盖|覆蓋|涉及|包括)[^，。；,;]{0,60}、[^，。；,;]{0,60}?等?(?:多个|不同|众多|诸多|各个|各|若干)?(?:行业|行業|领域|領域|场景|場景)(?:等?的?(?:应用|應用|使用|客户|客戶|深度|落地|拓展|场景|企业|公司|众多|使用|数百|用户|服务|$)|使用|，|。|$)"
)


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese: Han characters, no kana, no Hangul."""
    return has_han(text) and not has_kana(text) and not has_hangul(text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands.

    Attributes:
        speaks: What the zone it stands in speaks of.
        is_word: Whether it is a word or several, and not cut out of one.
        leads: Whether little but plain words stands between the beginning of its part of the sentence and it.
        heads: Whether it is not only the beginning of a longer word: "data" in "data entry".
        is_listed: Whether it stands in a list of `LEAST_LISTED` sectors or more.
    """

    speaks: Speaks
    is_word: bool
    leads: bool
    heads: bool
    is_listed: bool


class Surroundings:
    """Says of the mentions of one sentence where they stand; `zones` one after the other."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        zones: Sequence[Zone],
        resolver: SectorResolver,
        side: Kind,
        *,
        begun: bool,
    ) -> None:
        self._text = text
        self._mentions = mentions
        self._zones = zones
        self._zone_starts = [zone.start for zone in zones]
        self._is_chinese = is_chinese(text)
        self._has_cjk = has_cjk(text)
        self._starts = {mention.start: n for n, mention in enumerate(mentions)}
        self._mention_ends = {mention.end for mention in mentions}
        self._graph = resolver.graph
        self._covers = resolver.vocabulary.covers
        self._side = side
        self._begun = begun
        self._ends = [0, *(found.end() for found in _DELIMITER.finditer(text))]

    def place(self, mention: Mention) -> Place:
        """Where a mention stands."""
        zone = self._zones[max(0, bisect_right(self._zone_starts, mention.start) - 1)]
        speaks = zone.speaks
        if speaks == "open" and self._begun and self._side == "startup":
            speaks = "past"  # after the first sentence, which says what it does, only lists tell where no cue does
        return Place(
            "aside" if mention.start in self._customers else speaks,
            self._is_word(mention),
            self._leads(mention, zone.start),
            self._heads(mention),
            mention.start in self._listed,
        )

    def beside(self, mention: Mention) -> tuple[str, str]:
        """The text before and behind a mention, a few words of it."""
        return (
            self._text[max(0, mention.start - _LONGEST_LEAD) : mention.start],
            self._text[mention.end : mention.end + _LONGEST_LEAD],
        )

    def is_weak(self, mention: Mention) -> bool:
        """Whether a word is so plain that any text may use it for something else."""
        if mention.is_generic or mention.key in _weak() or mention.key in fillers():
            return True
        return self._is_chinese and len(mention.key) <= 2 and not mention.key.isascii()

    def told_by_others(self, mention: Mention) -> tuple[str, ...]:
        """The meaning of an ambiguous word that a word in a row with it shares: AR beside VR, not "the AR of"."""
        graph = self._graph
        n = self._starts[mention.start]
        beside: list[str] = []
        for other in (*self._mentions[max(0, n - 1) : n], *self._mentions[n + 1 : n + 2]):
            first, last = sorted((mention, other), key=lambda one: one.start)
            if not other.is_ambiguous and self._is_gap(first.end, last.start):
                beside += other.sectors
        context = graph.closure(beside)
        fits = tuple(sector for sector in mention.sectors if graph.closure([sector]) & context)
        return fits if len(fits) == 1 else ()

    def _is_word(self, mention: Mention) -> bool:
        """Whether a Chinese mention begins and ends where words do."""
        before = self._text[max(0, mention.start - 2) : mention.start]
        if before[-1:] in ("-", "\u2010", "\u2011") and before[:1].isalpha() and mention.words[0].isascii():
            return False  # "new-age tech" is no age tech
        if mention.words.isascii():
            return True
        if not self._is_chinese:
            return self._is_japanese_word(mention)
        if mention.start not in self._boundaries and mention.start not in self._mention_ends:
            return False
        if mention.end in self._boundaries:
            return True
        rest = self._text[mention.end : self._boundaries.word_end(mention.end + 1)]
        return self._covers(rest[:_LONGEST_REST])

    def _is_japanese_word(self, mention: Mention) -> bool:
        """Whether known words and fillers cover the run of kanji that a mention stands in."""
        text, words = self._text, mention.words
        before = _HAN_BEFORE.search(text, max(0, mention.start - _LONGEST_REST), mention.start)
        if before and _HAN.match(words) and mention.start not in self._mention_ends:
            long = len(before[0]) > (1 if len(words) < 3 else 2)
            if long and before[0] not in _JA_HEADS and not self._covers(before[0]):
                return False
        after = _HAN_RUN.match(text, mention.end)
        if after and _HAN.match(words[-1]) and mention.end not in self._starts:
            if len(after[0]) <= 2:
                return after[0][0] not in _JA_OTHERS
            return after[0].startswith(_JA_TAILS) or self._covers(after[0][:_LONGEST_REST])
        return True

    def _leads(self, mention: Mention, zone_start: int) -> bool:
        """Whether at most one word that is not plain stands before it in its part."""
        if self._has_cjk:
            return True
        start = max(zone_start, self._ends[bisect_right(self._ends, mention.start) - 1])
        before = self._text[start : mention.start]
        if len(before) > _LONGEST_LEAD or before.endswith("-"):
            return not before.strip() if len(before) <= _LONGEST_LEAD else False
        others = [word for word in _TOKEN.findall(before) if not _is_plain(word, "lead")]
        return len(others) <= MOST_OTHER_WORDS

    def _heads(self, mention: Mention) -> bool:
        """Whether no word follows that makes another thing of it."""
        after = self._text[mention.end : mention.end + _LONGEST_REST * 2]
        if not self._has_cjk or not _HAN.match(after[:1] or " "):
            if re.match(r"[-–][a-z]", after) and not re.match(
                r"[-–](?:focused|driven|based|related|first|tech|enabled|led)", after
            ):
                return False
            found = re.match(r"\s+([^\W\d_][\w'’-]*)", after)
            return found is None or _is_plain(found[1], "head") or mention.end + found.start(1) in self._starts
        if not self._is_chinese:
            return True
        if mention.end in self._starts:
            return True
        rest = (
            self._text[mention.end : self._boundaries.word_end(mention.end + 1)]
            if mention.end in self._boundaries
            else ""
        )
        return (
            not rest
            or rest[0] in "的和与及等或之在以为是、并将与領领"
            or self._covers(rest[:_LONGEST_REST])
            or rest in _zh_heads()
        )

    @cached_property
    def _listed(self) -> frozenset[int]:
        """The starts of the mentions that stand in a list."""
        listed: set[int] = set()
        run: list[Mention] = []
        for mention in (*self._mentions, None):
            if mention is not None and (not run or self._is_gap(run[-1].end, mention.start)):
                run.append(mention)
                continue
            if len(run) >= LEAST_LISTED:
                listed |= {one.start for one in run}
            run = [mention] if mention is not None else []
        return frozenset(listed)

    @cached_property
    def _customers(self) -> frozenset[int]:
        """The starts of the mentions that only say for whom or where: 家電メーカーに, 금융에, 在金融、零售等行业."""
        if not self._has_cjk:
            return frozenset()
        if self._side == "investor":  # "地方銀行系のVC", "금융지주 계열"
            return frozenset(one.start for one in self._mentions if _HOUSE.match(self._text, one.end))
        if self._is_chinese:
            spans = [found.span() for found in _ZH_FIELDS.finditer(self._text)]
            ends = [end for _, end in spans]  # spans don't overlap
            within = (bisect_right(ends, one.start) for one in self._mentions)
            return frozenset(
                one.start
                for one, n in zip(self._mentions, within, strict=True)
                if n < len(spans) and spans[n][0] <= one.start
            )
        customers: set[int] = set()
        behind = False
        for n in range(len(self._mentions) - 1, -1, -1):
            one = self._mentions[n]
            listed = n + 1 < len(self._mentions) and _ROW.fullmatch(self._text[one.end : self._mentions[n + 1].start])
            behind = bool(_GIVEN.match(self._text, one.end)) or bool(listed and behind)
            if behind:
                customers.add(one.start)
        return frozenset(customers)

    def _is_gap(self, start: int, end: int) -> bool:
        """Whether what stands between two mentions is a mark of a list with a plain word or two."""
        between = self._text[start:end]
        if len(between) > _LONGEST_REST * 2 or not _DELIMITER.search(between):
            return False
        return sum(not _is_plain(word, "lead") and not _is_plain(word, "head") for word in _TOKEN.findall(between)) <= 2

    @cached_property
    def _boundaries(self) -> Boundaries:
        return Boundaries(simplify_each(self._text))


def _is_plain(word: str, kind: str) -> bool:
    """Whether a word says nothing of its own beside a sector: known so, a name of a place, a number, "US-based"."""
    if word[:1].isupper() and kind == "lead":
        return True
    lower = word.lower().strip(".")
    return lower in _plain(kind) or lower.endswith(
        ("-based", "-driven", "-enabled", "-focused", "-stage", "-led", "-first")
    )


@cache
def _plain(kind: str) -> frozenset[str]:
    return frozenset(cue_words()[kind]) | frozenset(fillers()) | {"and", "&"}


@cache
def _weak() -> frozenset[str]:
    return frozenset(squeeze(fold(word)) for word in cue_words()["weak"])


@cache
def _zh_heads() -> frozenset[str]:
    """Chinese words that may follow a sector word and leave it what it is."""
    return frozenset(cue_words().get("head_zh", ()))
