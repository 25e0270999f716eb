"""Shortlists as one self-contained page, to send to a participant or to print: no script, no network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from typing import Any

from dealport.model import Investor, Startup
from dealport.scoring.criteria.table import TRACK_CRITERIA
from dealport.scoring.shortlist import UNITS_PER_POINT, Pair, Part, Participant, Shortlist
from dealport.words.phrases import criterion_label, phrase
from dealport.writing.phrasing import SectorLabels, flag_label, joined, sector_labels, unknown_labels
from dealport.writing.rankings.shortlists import gate_reasons, pair_confidence, pair_reasons, told_gates
from dealport.writing.safety import safe_line

# A page of one participant needs no table of contents; from this many on there is one.
CONTENTS_FROM = 3
MOST_ALIASES = 2


def shortlist_page(shortlist: Shortlist, graph: SectorLabels, language: str = "en") -> str:
    """The page. Every text of a profile is escaped by the template engine; sizes of bars are numbers of ours."""
    import jinja2

    folder = files("dealport").joinpath("data", "page")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(folder.joinpath("page.html").read_text(encoding="utf-8"))
    return template.render(
        language=language,
        style=folder.joinpath("page.css").read_text(encoding="utf-8"),
        say=partial(_say, language),
        shortlist=shortlist,
        title=_title(shortlist, language),
        participants=[_participant(participant, shortlist, graph, language) for participant in shortlist.participants],
        gates=told_gates(shortlist.gates, language),
        contents_from=CONTENTS_FROM,
    )


def script_language(text: str, country: str = "") -> str:
    """The language whose letter shapes a name wants, by its script and country; "" for other scripts.

    Chinese characters have shapes of their own in Japan, Taiwan and Hong Kong: without a language a browser may draw
    a Tokyo name with Beijing's shapes.
    """
    if any("\uac00" <= letter <= "\ud7a3" for letter in text):
        return "ko"
    if any("\u3040" <= letter <= "\u30ff" for letter in text):
        return "ja"
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return {"JP": "ja", "KR": "ko", "TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant"}.get(country, "zh")
    return ""


def _say(language: str, key: str, **arguments: object) -> str:
    """A phrase in the page's language."""
    return phrase(key, language, **{name: str(value) for name, value in arguments.items()})


def _title(shortlist: Shortlist, language: str) -> str:
    """The page's title, with the name when it is about one participant."""
    if len(shortlist.participants) == 1:
        return phrase("page.title_for", language, name=safe_line(shortlist.participants[0].profile.name))
    return phrase("page.title", language)


def _participant(participant: Participant, shortlist: Shortlist, graph: SectorLabels, language: str) -> dict[str, Any]:
    """What the template shows of a participant."""
    shown = _name(participant.profile)
    shown["pairs"] = [_pair(pair, by=shortlist.by, graph=graph, language=language) for pair in participant.pairs]
    shown["gates"] = [] if participant.pairs else gate_reasons(participant, language)
    return shown


def _name(profile: Startup | Investor) -> dict[str, Any]:
    """A profile's name, the first names it has in other scripts, and its country."""
    own = script_language(profile.name)
    aliases = [safe_line(alias) for alias in profile.aliases if script_language(alias) != own]
    country = safe_line(profile.country)
    return {
        "name": safe_line(profile.name),
        "lang": script_language(profile.name, country),
        "country": country,
        "aliases": [{"name": alias, "lang": script_language(alias, country)} for alias in aliases[:MOST_ALIASES]],
    }


def _pair(pair: Pair, *, by: str, graph: SectorLabels, language: str) -> dict[str, Any]:
    """What the template shows of a pair, from the other side's name on."""
    shown = _name(pair.investor if by == "startup" else pair.startup)
    shown |= {
        "rank": pair.rank,
        "score": f"{pair.score:.1f}",
        "score_width": f"{pair.score:.2f}",
        "fit": phrase(f"fit.{pair.fit}", language),
        "confidence": f"{pair_confidence(pair):.0%}",
        "sectors": sector_labels(pair.shared_sectors, graph, language),
        "parts": [_part(part, language) for part in _few_parts(pair.parts)],
        "reasons": pair_reasons(pair, graph, language),
        "unknown": joined(unknown_labels(pair.unknown, language), language),
        "flags": [flag_label(flag, language) for flag in pair.flags],
    }
    return shown


def _few_parts(parts: Sequence[Part]) -> list[Part]:
    """The parts with those of the track record as one: a reader sees at a glance what counts."""
    words = [part for part in parts if part.criterion not in TRACK_CRITERIA]
    deeds = [part for part in parts if part.criterion in TRACK_CRITERIA]
    if not deeds:
        return words
    points, share, known = (
        sum(getattr(part, name) for part in deeds) for name in ("points_units", "share_units", "known_share_units")
    )
    return [*words, Part("track_record", points, share, known)]


def _part(part: Part, language: str) -> dict[str, Any]:
    """A criterion's label, its points of its share, and its bar's width in percent."""
    return {
        "label": criterion_label(part.criterion, language),
        "points": f"{part.points_units / UNITS_PER_POINT:.1f}",
        "share": f"{part.share_units / UNITS_PER_POINT:.1f}",
        "width": f"{100 * part.points_units / part.share_units if part.share_units else 0:.2f}",
        "is_known": part.known_share_units == part.share_units,
    }
