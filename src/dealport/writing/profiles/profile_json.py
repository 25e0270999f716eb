"""What was understood of profiles, as JSON. Keys never change with the language; a change of shape raises VERSION."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dealport.model import Kind, Profile, Reach, Startup
from dealport.words.funding.stage_words import LADDER
from dealport.writing.safety import safe_line

if TYPE_CHECKING:
    from dealport.market.markets import Market
    from dealport.model import Investor

VERSION = 1

Json = dict[str, Any]


def market_json(market: Market, *, only: tuple[Kind, str] | None = None) -> Iterator[str]:
    """The text that ``show --json`` prints, a line a profile, made as it is asked for: no market is held twice.

    ``{"version": 1, "as_of", "startups": [profile], "investors": [profile]}``, see `profile_json`; `only` is the side
    and id of one profile, and the other list is empty.
    """
    sides: Mapping[str, Iterable[Startup | Investor]] = {"startup": market.startups, "investor": market.investors}
    yield f'{{\n"version": {VERSION},\n"as_of": "{market.as_of.isoformat()}"'
    for kind, profiles in sides.items():
        meant = profiles if only is None else [one for one in profiles if (kind, one.id) == only]
        yield f',\n"{kind}s": ['
        for number, one in enumerate(meant):
            line = json.dumps(profile_json(one, market), ensure_ascii=False, allow_nan=False)
            yield f",\n{line}" if number else f"\n{line}"
        yield "\n]" if meant else "]"
    yield "\n}\n"


def profile_json(profile: Startup | Investor, market: Market) -> Json:
    """What was understood of one profile, and the words that gave it.

    ``{"id", "name", "aliases", "country", "place", "sectors": [{"id", "how", "word"}], "agnostic", "excluded_sectors",
    "excluded_countries", "languages", "seeks", "offers", "not_understood": [{"field", "word"}]}``; startups also
    ``{"stage", "raising_usd": [low, high] or null, "markets"}``, investors ``{"stages", "ticket_usd", "invests_in",
    "must_invest_in"}``; then ``{"exclusions": [{"sector", "word", "how"}], "wants", "avoids"}`` and of startups
    ``{"raising", "backers", "last_round", "total_raised_usd"}``, of investors ``{"ticket", "lead", "portfolio"}``. A
    reach is ``{"countries", "regions",
    "global"}`` or null: codes named one by one, regions as typed. "raising" and "ticket" are as typed. Lists are
    sorted, but for sectors (the surest first), stages (as on the ladder) and what stands as it was typed.
    """
    told = _common_json(profile)
    if isinstance(profile, Startup):
        told |= {
            "stage": profile.stage,
            "raising_usd": _range_json(profile.raising_usd),
            "markets": reach_json(profile.markets),
            **_more_json(profile),
            "raising": _typed(market, "startup", profile.id, "raising"),
            "backers": _plain(profile.backers),
            "last_round": profile.last_round,
            "total_raised_usd": _range_json(profile.total_raised_usd),
        }
    else:
        told |= {
            "stages": sorted(profile.stages, key=LADDER.index),
            "ticket_usd": _range_json(profile.ticket_usd),
            "invests_in": reach_json(profile.invests_in),
            "must_invest_in": reach_json(profile.must_invest_in),
            **_more_json(profile),
            "ticket": _typed(market, "investor", profile.id, "ticket"),
            "lead": profile.lead,
            "portfolio": _plain(profile.portfolio),
        }
    return told


def reach_json(reach: Reach | None) -> Json | None:
    """Codes named one by one, regions as typed, and whether it is everywhere; None where nothing is named."""
    if reach is None:
        return None
    return {
        "countries": sorted(reach.countries),
        "regions": _plain(reach.regions),
        "global": reach.everywhere,
    }


def _common_json(profile: Profile) -> Json:
    return {
        "id": safe_line(profile.id),
        "name": safe_line(profile.name),
        "aliases": _plain(profile.aliases),
        "country": profile.country,
        "place": profile.origin.place(),
        "sectors": [{"id": one.sector, "how": one.how, "word": safe_line(one.word)} for one in profile.sectors],
        "agnostic": profile.agnostic,
        "excluded_sectors": sorted(profile.excluded_sectors),
        "excluded_countries": sorted(profile.excluded_countries),
        "languages": sorted(profile.languages),
        "seeks": sorted(profile.seeks),
        "offers": sorted(profile.offers),
        "not_understood": [{"field": field, "word": safe_line(word)} for field, word in profile.not_understood],
    }


def _more_json(profile: Profile) -> Json:
    """What stands behind what the shape promises, of both sides."""
    exclusions = [{"sector": one.sector, "word": safe_line(one.word), "how": one.how} for one in profile.exclusions]
    return {"exclusions": exclusions, "wants": list(profile.wants), "avoids": sorted(profile.avoids)}


def _range_json(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else [float(end) for end in ends]


def _typed(market: Market, kind: Kind, id: str, field: str) -> str | None:  # noqa: A002 - an id is called id throughout
    typed = safe_line(market.typed.profiles.word(kind, id, field))
    return typed or None


def _plain(words: Iterable[str]) -> list[str]:
    return [safe_line(word) for word in words]
