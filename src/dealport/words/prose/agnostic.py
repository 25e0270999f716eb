"""Whether an investor's prose says that any sector will do: "sector agnostic", "all industries", 不限行业, 전 분야.

"Geo-agnostic" and "agnostic to stage" speak of something else, and "training in all sectors" of no money.
"""

from __future__ import annotations

import re

_FIELD = r"(?:sectors?|industr(?:y|ies)|verticals?|categor(?:y|ies)|themes?|domains?|fields?|markets? segments?|lines? of business)"
_OTHER = r"(?:geo(?:graph(?:y|ies|ic|ically))?|stages?|location|region|countr(?:y|ies)|technolog(?:y|ies)|business[- ]models?|models?|gender|size|check[- ]size)"
_JOIN = r"(?:\s*[-/,&+]\s*|\s+(?:and|or|as well as)\s+|\s+)"
_ALL = r"(?:all|any|every|most|a (?:wide|broad|diverse) (?:range|variety|array|spectrum) of|(?:a )?(?:wide|broad|diverse)(?: range of)?)"
_PATTERNS = (
    # sector-agnostic; geo and sector agnostic; agnostic to sector; sector & stage agnostic
    rf"\b{_FIELD}(?:{_JOIN}{_OTHER})*[\s-]*(?:agnostic|neutral|independent|blind)\b",
    rf"\b(?:agnostic|neutral|indifferent|blind)\s+(?:to|about|on|as to|in terms of|regarding|towards?|with (?:regards?|respect) to|across|by|in)\s+(?:the\s+)?(?:{_OTHER}{_JOIN})*{_FIELD}\b",
    rf"\bsector[- ]?agnostics?\b|\bsectoragnostic\b|\bmulti[- ]?sector(?:al)? agnostic\b",
    r"(?<![\w-])(?:agnostic|generalist|opportunistic)\s+(?:vc|venture|fund|investors?|firm|investment|angel|accelerator|approach|strategy|thesis)\b",
    r"\b(?:we are|we're|we’re|i am|i'm|i’m|being|as|is|are|remain|mostly|broadly|largely|otherwise)\s+(?:an?\s+)?(?:\w+[\s-]){0,2}generalists?\b|\bgeneralist (?:in|across|by)\b|^\W*generalists?\W*$",
    rf"\b(?:(?:invest\w*|companies|startups|start-ups|founders|businesses|deals|open|active|entrepreneurs)\b[^.;]{{0,60}}\b(?:in|into|from|within|of|to)|across|through|throughout|support|consider)\s+(?:nearly |almost |virtually |basically |pretty much )?{_ALL}\s+(?:\w+[\s-]){{0,2}}{_FIELD}\b",
    rf"\binvest\w*\b[^.;:]{{0,90}},?\s+across\s+(?:\w+\s+)?{_FIELD}(?!\s*(?:such|includ|like|:))\b",
    rf"\b(?:invest\w*|globally|broadly|portfolio|companies|startups|start-ups|founders|businesses|models|technology|globe)\s+(?:\w+\s+){{0,3}}across\s+(?:\w+\s+)?{_FIELD}(?!\s*(?:such|includ|like|:))\b",
    rf"\b(?:regardless|irrespective|independent(?:ly)?)\s+of\s+(?:the\s+|their\s+|its\s+)?(?:{_OTHER}{_JOIN})*{_FIELD}\b|\bno matter (?:the|what|which) {_FIELD}\b|\b(?:anti|non|not)[- ]thematic\b",
    rf"\b(?:no|without(?: any)?|not have (?:a|any)|don'?t have (?:a|any)|have no)\s+(?:\w+\s+){{0,2}}{_FIELD}[\s-]+(?:focus|preferences?|restrictions?|limit(?:s|ations?)?|bias|constraints?|exclusions?|specific)\b",
    rf"\bnot\s+(?:limited|restricted|confined|tied|bound)\s+(?:by|to|in)\s+(?:(?:any|a|one|specific|particular|certain|the|single|by|or|nor|stage|geography|location|countr(?:y|ies)|region),?\s+)*{_FIELD}\b|\b{_FIELD}\s+(?:does not|doesn'?t|do not|don'?t) matter\b|\bisn[’']t limited by {_FIELD}",
    rf"\b(?:open to|consider|look at|interested in|welcome|accept)\s+{_ALL}\s+(?:\w+\s+)?{_FIELD}\b|\b(?:any|all|every) (?:and all )?(?:sectors?|industr(?:y|ies)|verticals?)(?:\s+(?:welcome|considered|accepted|are welcome))\b",
    rf"\binvest\w* (?:very )?(?:broadly|widely) across (?:industry|industries|sectors?|categor(?:y|ies))\b|\bwe invest in everything\b|\bnot (?:a )?(?:thesis|theme|sector)[- ](?:driven|specific|focused)\b|\b(?:industry|sector)[- ]wide\b",
    # Chinese
    r"不限(?:制|定)?(?:于|於)?(?:特定)?(?:行业|行業|领域|領域|赛道|賽道|产业|產業|板块)|(?:行业|行業|领域|領域|赛道|賽道|产业|產業)(?:上|方面|没有|沒有)?(?:不限|不设限|不設限|无限制|無限制|不作限制)|(?:全|各|所有|任何)(?:行业|行業|领域|領域|赛道|賽道|产业|產業)(?:均|都|皆)?(?:可投|投资|投資|可|覆盖|覆蓋|关注|關注)|全(?:行业|行業|赛道|賽道|领域|領域)|(?:投资|投資)(?:领域|領域|行业|行業)(?:广泛|廣泛|多元|不限)|综合(?:性|型)(?:投资|基金)|綜合(?:性|型)(?:投資|基金)|不分(?:行业|行業|领域|領域)|无(?:行业|领域)限制|無(?:產業|領域)限制",
    # Korean
    r"(?:전|모든|全)\s*(?:분야|산업|업종|섹터|영역|산업군)(?!에\s*(?:적용|활용|공급|납품|도입))|(?:분야|업종|섹터|산업|영역)(?:를|을|에|은|는|의)?\s*(?:무관|불문|상관\s*없|관계\s*없|구애\s*(?:받지|없)|제한\s*(?:없|을?\s*두지|하지\s*않)|가리지\s*않|구분\s*없|한정하지\s*않|한정\s*짓지|국한하지\s*않|따지지\s*않)|(?:섹터|산업|업종)\s*(?:애그노스틱|어그노스틱|agnostic)|제너럴리스트|(?:무엇이든|뭐든|어떤\s*(?:분야|업종|산업)(?:이든|든|라도))",
    # Japanese
    r"(?:全|すべての|全ての|あらゆる|幅広い)(?:業種|業界|分野|領域|セクター|産業)(?!に(?:導入|展開|提供|活用|対応))|(?:業種|業界|業態|分野|領域|セクター|ジャンル|産業|テーマ)(?:[・、/や](?:業種|業界|業態|分野|領域|ステージ|地域))*(?:を|は|に|の|も)?(?:特に|とくに|一切|あまり)?(?:問わ|問いま|問うて|不問|絞って(?:い)?(?:ない|ません)|絞らず|絞り込んで|とらわれ|捉われ|囚われ|限定せ|限定し(?:ない|ません)|限ら(?:ない|ず|れない)|制限(?:は|を)?(?:なし|ない|せず|設けない|設けず|設けて(?:い|お)(?:ない|ません|らず))|関わら|かかわら|関係なく|縛ら|こだわら)|オールジャンル|(?:セクター|業種|業界)・?(?:アグノスティック|agnostic)|ジェネラリスト",
)
_AGNOSTIC = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.MULTILINE)
_NOT = re.compile(r"(?:\bnot|n[’']t|\bno longer|\bnever|\bneither)\s+(?:\w+\s+){0,2}(?:an?\s+)?$", re.IGNORECASE)
# "Not limited by sectors" and "no sector focus" hold their own negation.
_DENIED = re.compile(r"agnostic|generalist|neutral|all|any|every", re.IGNORECASE)
# Words that only prose with any of them may be agnostic in: most texts need no further look.
_TRACES = re.compile(
    r"agnostic|generalist|sector|industr|vertical|categor|theme|everything|neutral|opportunistic|行业|行業|领域|領域|赛道|賽道|产业|產業|综合|綜合"
    r"|분야|업종|산업|섹터|영역|제너럴|무엇이든|뭐든|業種|業界|業態|分野|ジャンル|セクター|産業|ジェネラリスト|テーマ",
    re.IGNORECASE,
)
LONGEST = 400  # characters of a sentence that are looked at from each place on; a longer sentence is cut


def is_agnostic(sentence: str) -> bool:
    """Whether a sentence of an investor's prose says that it takes any sector."""
    if not _TRACES.search(sentence):
        return False
    return any(
        not (_DENIED.match(found[0]) and _NOT.search(sentence, max(0, found.start() - 40), found.start()))
        for found in _AGNOSTIC.finditer(sentence)
    )
