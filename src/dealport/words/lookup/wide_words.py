"""Words of investors that stand for sets of sectors, wider or narrower than the node of their name: "Consumer", 大消费.

``wide_words.csv`` has a row for each, with its spellings in five languages and four facts:

- ``stated``: what the word states, as other words do. "Technology" states nothing.
- ``certain``: what whoever says the word surely means as well. An exclusion by the word excludes it too.
- ``likely``: what it often means as well.
- ``says``: how much it says, from 0 (nothing: such a word has no members) to 1 (as much as the name of a sector).

Neither list holds kinds of what is stated, which hold anyway. Both are what an investor WANTS. A startup that says
"Consumer" states the node alone: nobody is all of consumer. In prose the node alone is read.

``says`` is what the word narrows a market down by, and members are sectors that lists name beside the word, or as its
kinds, more often than beside others. `python -m tests.bench.wide_words FILE#COLUMN...` counts both and says how; words
that no list names have their members by judgement. Counted on some 30,000 cells, of lists of investors and startups and
three years of Chinese deals: "Technology" is named by 43 % of one list, nearly always alone; "Enterprise" by 34 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from dealport.words.chinese import simplify
from dealport.words.normalising import fold, lookup_keys, squeeze
from dealport.words.sectors.compounds import fillers
from dealport.words.shipped import read_rows, split_bars

WIDE_WORDS_FILE = "wide_words.csv"
# 分野, 领域, 산업 ... after a word of a script without spaces.
_LONGEST_ENDING = 4

_LISTED = re.compile(r"[/／,，、;；|&＆+·・‧•･]|\s(?:and|und|y|et)\s", re.IGNORECASE)


class WideWord(Struct, frozen=True):
    """A set of sectors that one word stands for.

    Attributes:
        name: Its first English spelling.
        stated: Sectors it states; none where it says nothing certain.
        certain: Members surely meant.
        likely: Members often meant.
        says: How much it says, 0 to 1.
    """

    name: str
    stated: frozenset[str]
    certain: frozenset[str]
    likely: frozenset[str]
    says: float

    @property
    def members(self) -> frozenset[str]:
        """What it stands for beside what it states."""
        return self.certain | self.likely


def wide_word(key: str) -> WideWord | None:
    """The wide word with this lookup key (`dealport.words.normalising.squeeze`); None for all other words."""
    return wide_words().get(key)


def find_wide_word(text: str) -> WideWord | None:
    """The wide word that `text` is, in Traditional characters too, fillers around it left out ("消费领域")."""
    folded = fold(text)
    for form in (folded, *simplify(folded)):
        for key in _keys_without_fillers(form):
            if found := wide_word(key):
                return found
    return None


def parts_of_list(text: str) -> list[str]:
    """What a list in one word names: "Enterprise / SaaS"; empty where it is no list."""
    parts = [part.strip() for part in _LISTED.split(text)]
    return [part for part in parts if part] if len(parts) > 1 else []


@cache
def wide_words() -> Mapping[str, WideWord]:
    """All wide words by lookup key."""
    known: dict[str, WideWord] = {}
    for *languages, stated, certain, likely, says in read_rows(WIDE_WORDS_FILE):
        spellings = [word for cell in languages for word in split_bars(cell)]
        of_node, of_certain, of_likely = (frozenset(split_bars(cell)) for cell in (stated, certain, likely))
        wide = WideWord(spellings[0], of_node, of_certain, of_likely, float(says))
        known |= dict.fromkeys(lookup_keys(spellings), wide)
    return known


@cache
def stated_sets() -> frozenset[frozenset[str]]:
    """Every set of sectors that a wide word states: a word that means another is not wide."""
    return frozenset(wide.stated for wide in wide_words().values())


def _keys_without_fillers(folded: str) -> Iterator[str]:
    """The lookup key of a folded word, then without the fillers in it."""
    yield squeeze(folded)
    tokens = folded.split(" ")
    telling = [token for token in tokens if fillers().get(token) != "filler"]
    if 0 < len(telling) < len(tokens):
        yield squeeze(" ".join(telling))
    key = squeeze(folded)
    for length in range(1, min(_LONGEST_ENDING, len(key) - 1) + 1):
        if not key.isascii() and fillers().get(key[-length:]) == "filler":
            yield key[:-length]
