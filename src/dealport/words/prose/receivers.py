"""Sector words that only say for whom or where something is made: 家電メーカーに, 금융에, 在金融、零售等行业.

In English, cues say so ("customers include"): see `dealport.words.prose.zones`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from dealport.model import Kind
from dealport.words.normalising import has_cjk
from dealport.words.prose.boundaries import is_chinese
from dealport.words.prose.exclusions import Mention

# A marker of the receiver or the place behind a word and its like. に投資 and に特化 say what is wanted.
_GIVEN = re.compile(
    r"(?:メーカー|会社|企業|業界|事業者|各社|店|施設|機関|系|グループ|[約大手\d,社行院店名箇所]|など|等)*"
    r"(?:に(?!関|お|投資|特化|注力|集中|強|よ|フォーカス|取り組|挑|賭|出資|向け)|へ(?!の?投資)|から|と(?:提携|共同|連携|契約|の共同))"
    r"|(?:사|기업|업체|기관|현장|환경|공장|시설|매장|점|고객사|대기업|분야|\s)*"
    r"(?:에(?!\s*(?:투자|집중|관심|주력|특화))|에게|에서|와\s*함께|과\s*함께|쪽으로|출신|등\s*업종|\s*고객)"
)
# The house an investor belongs to, or where its people come from: 地方銀行系のVC, 금융지주 계열.
_HOUSE = re.compile(
    r"\s*(?:グループ|系(?:の|VC|CVC|ベンチャー|キャピタル|ファンド)|キャリア系|大手の|会社に\d+年|会社を|の会社を"
    r"|그룹|지주|계열|대기업|회사\s*(?:출신|대표|CTO|CEO))"
)
_ROW = re.compile(r"[\s・、·,/]*(?:와|과|및|や|と)?\s*(?:産業|業界|企業|大手)?")
# Fields where something is used: 在金融、零售等行业的应用.
_ZH_FIELDS = re.compile(
    r"(?:在|为|為|于|於|面向|覆盖|覆蓋|涉及|包括)[^，。；,;]{0,60}、[^，。；,;]{0,60}?等?(?:多个|不同|众多|诸多|各个|各|若干)?"
    r"(?:行业|行業|领域|領域|场景|場景)"
    r"(?:等?的?(?:应用|應用|使用|客户|客戶|深度|落地|拓展|场景|企业|公司|众多|使用|数百|用户|服务|$)|使用|，|。|$)"
)


def receivers(text: str, mentions: Sequence[Mention], side: Kind) -> frozenset[int]:
    """The starts of the mentions of a sentence that only say for whom or where, of an investor whose house it is."""
    if not has_cjk(text):
        return frozenset()
    if side == "investor":
        return frozenset(one.start for one in mentions if _HOUSE.match(text, one.end))
    return _chinese_receivers(text, mentions) if is_chinese(text) else _marked_receivers(text, mentions)


def _chinese_receivers(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    spans = [found.span() for found in _ZH_FIELDS.finditer(text)]
    ends = [end for _, end in spans]  # spans don't overlap
    within = (bisect_right(ends, one.start) for one in mentions)
    return frozenset(
        one.start for one, n in zip(mentions, within, strict=True) if n < len(spans) and spans[n][0] <= one.start
    )


def _marked_receivers(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Korean and Japanese: the marker stands behind the last word of a row and speaks of all of it."""
    marked: set[int] = set()
    is_marked, following = False, len(text)
    for one in reversed(mentions):
        in_row = is_marked and _ROW.fullmatch(text, one.end, following) is not None
        is_marked = in_row or _GIVEN.match(text, one.end) is not None
        if is_marked:
            marked.add(one.start)
        following = one.start
    return frozenset(marked)
