"""Names of fields and kinds as people type them: which column is which field, which word means startups.

What vendors and organisers call a field is data: see `synonyms`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

LIST_FIELDS = frozenset(
    {
        "aliases", "sectors", "seeks", "offers", "markets", "languages", "backers", "wants", "avoids", "stages",
        "invests_in", "must_invest_in", "excludes", "portfolio", "sources",
    }
)  # fmt: skip
_LIST_MARKS = re.compile(r"[;|\n]")
_BULLETS = re.compile(r"^\s*(?:[-*–—]\s+|[•·▪●◦○■]\s*|\(?\d{1,2}[.)]\s+)", re.MULTILINE)
COMMON_FIELDS = frozenset(
    {
        "id", "kind", "name", "aliases", "country", "sectors", "seeks", "offers", "languages", "wants", "avoids",
        "contact", "email", "description", "website", "sources", "as_of",
    }
)  # fmt: skip
STARTUP_FIELDS = frozenset({"stage", "last_round", "raising", "total_raised", "markets", "backers", "city", "founded"})
INVESTOR_FIELDS = frozenset(
    {"stages", "ticket", "lead", "type", "invests_in", "must_invest_in", "excludes", "portfolio"}
)
PROFILE_FIELDS = COMMON_FIELDS | STARTUP_FIELDS | INVESTOR_FIELDS
DEAL_FIELDS = frozenset(
    {
        "date", "startup", "investor", "round", "amount", "startup_id", "investor_id", "startup_country",
        "investor_country", "startup_city", "investor_city", "startup_founded", "startup_sectors", "investor_sectors",
        "from", "to", "rank",
    }
)  # fmt: skip
DATE_FIELDS = frozenset({"as_of", "date", "founded", "startup_founded"})
# Message and cure.
OWN_OUTPUT = ("Dealport's own output, not profiles: left out", "keep it in another folder")
NO_KIND = (
    "nothing tells whether this is a startup or an investor",
    'write kind = "startup" or "investor", or put the file in a folder startups/ or investors/',
)

# `type` and `lead` are left out: a list of startups may have them with another meaning.
TELLS_STARTUP = frozenset({"stage", "last_round", "raising", "total_raised", "backers", "markets"})
TELLS_INVESTOR = frozenset({"stages", "ticket", "invests_in", "must_invest_in", "portfolio"})

# Columns and keys that only files of ours have together: a shortlist, a plan as rows, its meetings for Meeting Mojo,
# the plan itself; how tables were read, what a word means, and the tree of sectors.
_OWN_MARKS = (
    frozenset({"startup_id", "investor_id", "rank", "score"}),
    frozenset({"startup_id", "investor_id", "uid", "sequence"}),
    frozenset({"booker_email", "requestee_email", "meeting_point"}),
    frozenset({"version", "stamped_at", "meetings"}),
    frozenset({"version", "tables", "problems"}),
    frozenset({"word", "sectors", "candidates"}),
    frozenset({"label", "facet", "ancestors"}),
)

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_KIND_WORDS = {
    "startup": (
        "startup startups 스타트업 창업기업 创业公司 创业企业 初创公司 初创企业 "
        "新創公司 新創企業 創業公司 スタートアップ"
    ),
    "investor": (
        "investor investors 투자자 투자사 투자기관 投资机构 投资人 投资者 投资方 投資機構 投資人 投資者 投資方 投資家"
    ),
    "deal": "deal deals",
    "request": "request requests",
    "event": "event events 행사 活动 活動 イベント",
}


def without_invisible(text: str) -> str:
    """A header without the marks that copying from the web leaves in it: zero-width spaces, byte order marks."""
    return text if text.isascii() else text.translate(_INVISIBLE)


@lru_cache(maxsize=4096)
def fold_header(header: str) -> str:
    """A header or kind word, its case, width, spaces and hyphens evened: ``invests_in`` for "Invests in"."""
    folded = unicodedata.normalize("NFKC", without_invisible(header)).casefold()
    return "_".join(folded.replace("-", " ").replace("_", " ").split())


@lru_cache(maxsize=4096)
def kind_of_word(word: str) -> str:
    """What a name of a file, folder, sheet or array stands for.

    ``startup``, ``investor``, ``deal``, ``request``, ``event``, or "" for any other name.
    """
    folded = fold_header(word).replace("_", "")
    return next((kind for kind, words in _KIND_WORDS.items() if folded in words.split()), "")


def loose_kind(name: str) -> str:
    """``startup`` or ``investor`` where a name holds a word of only one ("K-startups 2026", 투자사_목록); else ""."""
    folded = fold_header(name)
    parts = re.split(r"[\W_\d]+", folded)
    found = {
        kind
        for kind in ("startup", "investor")
        for word in _KIND_WORDS[kind].split()
        if (word in parts if word.isascii() else word in folded)
    }
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def field_of_header(header: str) -> str:
    """The field a header means; a header that means none stays as typed, without white space around it."""
    folded = fold_header(header)
    if folded in PROFILE_FIELDS or folded in DEAL_FIELDS:
        return folded
    if folded.replace("_", "") in _RUN_TOGETHER:
        return _RUN_TOGETHER[folded.replace("_", "")]
    return without_invisible(header).strip()


def tell_kind(names: Collection[str]) -> str:
    """``startup`` or ``investor`` where only one of the two has such fields; else ""."""
    startup = not TELLS_STARTUP.isdisjoint(names)
    investor = not TELLS_INVESTOR.isdisjoint(names)
    if startup == investor:
        return ""
    return "startup" if startup else "investor"


def split_list(text: str) -> list[str]:
    """The parts of a cell that holds a list, split at ``;``, ``|`` or a new line; blank parts are dropped.

    Where each stands on a line of its own, "1." and "- " before it are marks, not words.
    """
    return list(_list_parts(text))


@lru_cache(maxsize=4096)  # "ko; en" stands in thousands of rows, and "ko" in ten thousands: one object
def _list_parts(text: str) -> tuple[str, ...]:
    return tuple(sys.intern(part) for raw in _LIST_MARKS.split(without_bullets(text)) if (part := raw.strip()))


def without_bullets(cell: str) -> str:
    """A cell of several lines without the "1." and "- " that begin them."""
    return _BULLETS.sub("", cell) if "\n" in cell else cell


def is_own_output(names: Collection[str]) -> bool:
    """True for the columns of a shortlist or plan that Dealport wrote, and for the keys of any JSON that it prints."""
    found = set(names)
    return any(marks <= found for marks in _OWN_MARKS) or ({"version", "as_of"} <= found and "name" not in names)


def with_field_names(fields: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """The same values under their fields' names, and the names that came twice (the first stays)."""
    named: dict[str, object] = {}
    twice = []
    for key, value in fields.items():
        name = key if key in PROFILE_FIELDS else field_of_header(key)
        if name in named:
            twice.append(name)
        else:
            named[name] = value
    return named, tuple(twice)


_RUN_TOGETHER = {name.replace("_", ""): name for name in sorted(PROFILE_FIELDS | DEAL_FIELDS)}
