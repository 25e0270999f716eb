"""English endings and spellings that change nothing about the sector: plurals, British and American, -tech.

Light on purpose: a rule stands here only when it can't turn one sector word into another.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Applied in order, each once, to one folded Latin token; a token that would become shorter than 3 letters stays.
_RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"aluminium", "aluminum"),
        (r"defence", "defense"),
        (r"licence", "license"),
        (r"^tyre", "tire"),
        (r"centre(s?)$", r"center\1"),
        (r"^(re)?fibre", r"\1fiber"),
        (r"(col|flav|behavi|lab|vap|harb)our", r"\1or"),
        (r"(mod|lab|trav|cance|sign|fu)ell(ing|ed|er)", r"\1el\2"),
        (r"catalogue", "catalog"),
        (r"programme", "program"),
        (r"^aero?plane", "airplane"),
        (r"p(a)?ediatr", "pediatr"),
        (r"^h(a)?em(o|a)", r"hem\2"),
        (r"an(a)?esth", "anesth"),
        (r"orthop(a)?ed", "orthoped"),
        (r"([a-z]{3})is(ation|ations|e|ed|er|ers|ing)$", r"\1iz\2"),
        (r"(analy)[sz](e|ed|er|ing)$", r"\1z\2"),
        (r"technolog(y|ies|ical)$", "tech"),
        (r"(bio|nano|fin|med|agri|clean|climate|prop|ed|health|food|green)techs$", r"\1tech"),
        (r"vehicular$", "vehicle"),
        (r"automobiles?$", "car"),
        (
            r"(batter|therap|compan|utilit|econom|facilit|factor|suppl|deliver|energ|galler|luxur|propert)ies$",
            r"\1y",
        ),
        (r"(ch|sh|x|ss|zz)es$", r"\1"),
        (r"([a-z]{2}[^sui])s$", r"\1"),
    )
)
# Nouns and adjectives of one field: robotics, robotic, robot; diagnostics, diagnostic.
_ENDINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^robot(ic|ics)?$", "robot"),
        (
            r"^(diagnostic|semiconductor|cosmetic|genomic|therapeutic|biologic|electronic|photonic|analytic|optic|plastic|logistic|polymer|ceramic|proteomic|composite|graphic|esport|telematic|haptic|bionic|prosthetic|hydroponic)s$",
            r"\1",
        ),
        (r"^manufactur(e|er|ers|ing)$", "manufactur"),
        (r"^recycl(e|er|ers|ing)$", "recycl"),
        (r"^(gam|advertis)(e|er|ers|ing)$", r"\1"),
        (r"^insur(ance|er|ers)$", "insur"),
        (r"^bank(ing|s)$", "bank"),
        (r"^farm(s|ing)$", "farm"),
        (r"^agricultural$", "agriculture"),
        (r"^medicals?$", "medical"),
        (r"^pharmaceutical$", "pharma"),
        (r"^pharmaceuticals$", "pharma"),
        (r"^financial$", "finance"),
        (r"^educational$", "education"),
        (r"^environmental$", "environment"),
        (r"^logistical$", "logistic"),
        (r"^autonomously$", "autonomous"),
        (r"^electrical?$", "electric"),
    )
)
MIN_STEM = 3
# Most tokens match no rule; one look tells.
_ANY_RULE = re.compile("|".join(re.sub(r"\((?!\?)", "(?:", rule.pattern) for rule, _ in (*_RULES, *_ENDINGS)))


@lru_cache(maxsize=8192)  # prose says the same words again and again
def stem(token: str) -> str:
    """What a folded English token shares with its plural and its other spelling: "batteries" and "battery"."""
    if _ANY_RULE.search(token) is None:
        return token
    stemmed = token
    for rule, to in _RULES:
        stemmed = rule.sub(to, stemmed)
    for rule, to in _ENDINGS:
        stemmed = rule.sub(to, stemmed)
    return stemmed if len(stemmed) >= MIN_STEM else token
