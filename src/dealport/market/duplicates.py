"""Profiles that may be one: the same name in another script or legal form, the same alias, the same website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dealport.market.naming import NameIndex
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
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?(?:www\.)?([^/:?#\s]+\.[^/:?#\s]+)", re.IGNORECASE)


def website_host(website: str) -> str:
    """``lumen.example`` for ``https://www.Lumen.example/en``; "" where it tells nobody apart."""
    found = _HOST.match(website.strip())
    host = found[1].casefold().rstrip(".") if found else ""
    return "" if host in _SHARED_HOSTS else host


def possible_duplicates(
    kind: Kind, profiles: Sequence[Profile], names: NameIndex, problems: Problems
) -> frozenset[tuple[Kind, str]]:
    """Side and id of each profile that shares a name, an alias or a website with another of its side.

    A warning stands at every such profile but the first of its kin, and names the first. Works by keys: n profiles cost
    n look-ups, not n x n comparisons.
    """
    first_of_key: dict[str, Profile] = {}
    found: set[tuple[Kind, str]] = set()
    for one in sorted(profiles, key=lambda one: (one.origin.path, one.origin.sheet, one.origin.line, one.id)):
        keys = [*names.keys[one.id], *_website_keys(one)]
        earlier = [first_of_key[key] for key in keys if key in first_of_key]
        first = earlier[0] if earlier else one
        if earlier:
            _warn(kind, one, first, problems)
            found |= {(kind, one.id), *((kind, other.id) for other in earlier)}
        for key in keys:
            first_of_key.setdefault(key, first)
    return frozenset(found)


def _website_keys(profile: Profile) -> Iterable[str]:
    host = website_host(profile.website)
    return [f"//{host}"] if host else []


def _warn(kind: Kind, later: Profile, first: Profile, problems: Problems) -> None:
    message = f"{quoted(later.name)} may be the same {kind} as {quoted(first.name)} ({first.origin.place()})"
    problems.warn(later.origin, "name", message, "keep one of them")
