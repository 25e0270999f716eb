"""Profiles that may be one: the same name in another script or legal form, the same alias, the same website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dealport.market.identity.naming import SideNames
from dealport.market.problems import Problems, quoted
from dealport.model import Kind, Profile

# On these hosts many organisations have a page each; a path on them is no proof either.
_SHARED_HOSTS = frozenset(
    {
        "36kr.com", "blog.naver.com", "crunchbase.com", "facebook.com", "github.com", "github.io", "instagram.com",
        "linkedin.com", "linktr.ee", "medium.com", "mp.weixin.qq.com", "naver.com", "notion.site", "notion.so",
        "rocketpunch.com", "sites.google.com", "twitter.com", "weixin.qq.com", "wixsite.com", "wordpress.com", "x.com",
        "youtube.com",
    }
)  # fmt: skip
_WEBSITE = "//"  # before a website's key: no name's key has slashes
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]+)", re.IGNORECASE)


def website_host(website: str) -> str:
    """``lumen.example`` for ``https://www.Lumen.example/en``; "" where it tells nobody apart."""
    found = _HOST.match(website.strip())
    host = found[1].casefold().rstrip(".") if found else ""
    return "" if host in _SHARED_HOSTS else host


class LikePair(Struct, frozen=True):
    """Two profiles of one side that may be one.

    Attributes:
        first: The first of its kin by place; `later` stands behind it.
        by_name, by_website: What they share; a name or an alias, whatever its script and legal form.
    """

    first: Profile
    later: Profile
    by_name: bool
    by_website: bool


def like_pairs(profiles: Iterable[Profile], names: SideNames) -> Iterator[LikePair]:
    """Each profile with the first of its kin: those it shares a name, an alias or a website with; in order of places.

    Works by keys: n profiles cost n look-ups, not n x n comparisons.
    """
    first_of_key: dict[str, Profile] = {}
    for one in sorted(profiles, key=lambda one: (one.origin.path, one.origin.sheet, one.origin.line, one.id)):
        keys = [*names.keys[one.id], *_website_keys(one)]
        shared: dict[str, list[str]] = {}
        for key in keys:
            if key in first_of_key:
                shared.setdefault(first_of_key[key].id, []).append(key)
        firsts = [first_of_key[found[0]] for found in shared.values()]
        for first in firsts:
            websites = sum(key.startswith(_WEBSITE) for key in shared[first.id])
            yield LikePair(first, one, len(shared[first.id]) > websites, websites > 0)
        for key in keys:
            first_of_key.setdefault(key, firsts[0] if firsts else one)


def possible_duplicates(
    kind: Kind, profiles: Sequence[Profile], names: SideNames, problems: Problems
) -> frozenset[tuple[Kind, str]]:
    """Side and id of each profile that another of its side may be, see `like_pairs`.

    A warning stands at every such profile but the first of its kin, and names the first.
    """
    found: set[tuple[Kind, str]] = set()
    for pair in like_pairs(profiles, names):
        if (kind, pair.later.id) not in found:
            _warn(kind, pair.later, pair.first, problems)
        found |= {(kind, pair.first.id), (kind, pair.later.id)}
    return frozenset(found)


def _website_keys(profile: Profile) -> Iterable[str]:
    host = website_host(profile.website)
    return [_WEBSITE + host] if host else []


def _warn(kind: Kind, later: Profile, first: Profile, problems: Problems) -> None:
    message = f"{quoted(later.name)} may be the same {kind} as {quoted(first.name)} ({first.origin.place()})"
    problems.warn(later.origin, "name", message, "keep one of them")
