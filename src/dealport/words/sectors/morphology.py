"""English endings and spellings that change nothing about the sector: plurals, British and American, -tech.

Light on purpose: a rule stands here only when it can't turn one sector word into another.
"""

from __future__ import annotations

import re
from functools import lru_cache

# (a part that must be there, pattern, replacement), applied in order, each once, to one folded Latin token; one that
# would become shorter than 3 letters stays. The part is looked for first: that halves the time.
_RULES = tuple(
    (part, re.compile(pattern), to)
    for part, pattern, to in (
        ("aluminium", r"aluminium", "aluminum"),
        ("defence", r"defence", "defense"),
        ("licence", r"licence", "license"),
        ("tyre", r"^tyre", "tire"),
        ("centre", r"centre(s?)$", r"center\1"),
        ("fibre", r"^(re)?fibre", r"\1fiber"),
        ("our", r"(col|flav|behavi|lab|vap|harb)our", r"\1or"),
        ("ell", r"(mod|lab|trav|cance|sign|fu)ell(ing|ed|er)", r"\1el\2"),
        ("catalogue", r"catalogue", "catalog"),
        ("programme", r"programme", "program"),
        ("plane", r"^aero?plane", "airplane"),
        ("ediatr", r"p(a)?ediatr", "pediatr"),
        ("em", r"^h(a)?em(o|a)", r"hem\2"),
        ("esth", r"an(a)?esth", "anesth"),
        ("orthop", r"orthop(a)?ed", "orthoped"),
        ("is", r"([a-z]{3})is(ation|ations|e|ed|er|ers|ing)$", r"\1iz\2"),
        ("analy", r"(analy)[sz](e|ed|er|ing)$", r"\1z\2"),
        ("technolog", r"technolog(y|ies|ical)$", "tech"),
        ("techs", r"(bio|nano|fin|med|agri|clean|climate|prop|ed|health|food|green)techs$", r"\1tech"),
        ("vehicular", r"vehicular$", "vehicle"),
        ("automobile", r"automobiles?$", "car"),
        (
            "ies",
            r"(batter|therap|compan|utilit|econom|facilit|factor|suppl|deliver|energ|galler|luxur|propert)ies$",
            r"\1y",
        ),
        ("es", r"(ch|sh|x|ss|zz)es$", r"\1"),
        ("s", r"([a-z]{2}[^sui])s$", r"\1"),
        # Nouns and adjectives of one field: robotics, robotic, robot; diagnostics, diagnostic.
        ("robot", r"^robot(ic|ics)?$", "robot"),
        (
            "s",
            r"^(diagnostic|semiconductor|cosmetic|genomic|therapeutic|biologic|electronic|photonic|analytic|optic|plastic|logistic|polymer|ceramic|proteomic|composite|graphic|esport|telematic|haptic|bionic|prosthetic|hydroponic)s$",
            r"\1",
        ),
        ("manufactur", r"^manufactur(e|er|ers|ing)$", "manufactur"),
        ("recycl", r"^recycl(e|er|ers|ing)$", "recycl"),
        ("gam", r"^gam(e|er|ers|ing)$", "gam"),
        ("advertis", r"^advertis(e|er|ers|ing)$", "advertis"),
        ("insur", r"^insur(ance|er|ers)$", "insur"),
        ("bank", r"^bank(ing|s)$", "bank"),
        ("farm", r"^farm(s|ing)$", "farm"),
        ("agricultural", r"^agricultural$", "agriculture"),
        ("medical", r"^medicals?$", "medical"),
        ("pharmaceutical", r"^pharmaceuticals?$", "pharma"),
        ("financial", r"^financial$", "finance"),
        ("educational", r"^educational$", "education"),
        ("environmental", r"^environmental$", "environment"),
        ("logistical", r"^logistical$", "logistic"),
        ("autonomously", r"^autonomously$", "autonomous"),
        ("electric", r"^electrical?$", "electric"),
    )
)
MIN_STEM = 3


@lru_cache(maxsize=8192)  # prose says the same words again and again
def stem(token: str) -> str:
    """What a folded English token shares with its plural and its other spelling: "batteries" and "battery"."""
    stemmed = token
    for part, rule, to in _RULES:
        if part in stemmed:
            stemmed = rule.sub(to, stemmed)
    return stemmed if len(stemmed) >= MIN_STEM else token
