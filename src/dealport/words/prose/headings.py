"""What a heading in prose says of the list below it: "We do not invest in:", "投资方向：", "투자 제외"."""

from __future__ import annotations

from typing import Literal

from dealport.words.lookup.cues import has_cue
from dealport.words.prose.exclusions import opens_exclusions
from dealport.words.prose.sentences import TextSentence
from dealport.words.prose.zones import Speaks

Heading = Literal["wanted", "rule", "preference"]

LONGEST_HEADING = 30
"""Characters of a line without a colon that may be a heading."""
_WANTED = ("wanted", "wanted_zh", "wanted_ko", "wanted_ja")


def heading_of(sentence: TextSentence, *, has_mentions: bool, last: Speaks) -> Heading | None:
    """What a heading says of the sentences below it; None for a sentence that is no heading.

    A heading ends in a colon, or is a short line of its own with no sector in it. `last`: what its last part speaks of.
    """
    is_line = not has_mentions and sentence.ends_line and len(sentence.text.strip()) <= LONGEST_HEADING
    if not sentence.opens and not is_line:
        return None
    strength = opens_exclusions(sentence.text)
    if strength:
        return strength
    if sentence.opens:
        return "wanted" if last != "aside" else None
    return "wanted" if has_cue(sentence.text, *_WANTED) else None
