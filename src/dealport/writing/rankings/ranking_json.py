"""Shortlists and explanations as JSON. Keys never change with the language; a change of shape raises VERSION."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dealport.model import Investor, Startup
from dealport.scoring.shortlist import UNITS_PER_POINT, Pair, Part, Participant, Sentence, Shortlist
from dealport.writing.flat_tables import DECIMALS
from dealport.writing.phrasing import SectorLabels, flag_name, gate_name, sector_labels, tell
from dealport.writing.rankings.shortlists import pair_confidence, pair_points, pair_reasons
from dealport.writing.safety import safe_line

if TYPE_CHECKING:
    from dealport.scoring.explaining.explanation import Explanation
from dealport.writing.json_text import Json

VERSION = 2


def shortlist_json(shortlist: Shortlist, graph: SectorLabels, language: str = "en") -> Json:
    """What ``match --json`` prints.

    ``{"version": 2, "by", "as_of", "participants": [{"id", "name", "country", "pairs": [{"rank", "id", "name",
    "country", "score", "confidence", "shared_sectors", "points": {criterion: number}, "unknown", "reasons",
    "flags", "fit"}]}], "gates": {name: count}}``. A pair's id, name and country are the other side's.
    """
    return {
        "version": VERSION,
        "by": shortlist.by,
        "as_of": shortlist.as_of.isoformat(),
        "participants": [
            _participant_json(participant, shortlist, graph, language) for participant in shortlist.participants
        ],
        "gates": {gate_name(gate): count for gate, count in shortlist.gates.items()},
    }


def explanation_json(explanation: Explanation, graph: SectorLabels, language: str = "en") -> Json:
    """What ``explain --json`` prints.

    ``{"version": 2, "as_of", "startup": {"id", "name", "country"}, "investor": {"id", "name", "country"},
    "gates": [{"gate", "passed", "reason"}], "parts": [{"criterion", "points", "share", "known", "reason", "help"}],
    "score", "fit", "confidence", "shared_sectors", "flags", "differences"}``. `differences`: where the investor's
    deals are not what it says. `reason` is text or null; `points` and `share` (the most it could give) are of 100;
    `known` is the share of the part that rests on what both sides say, 0 to 1. A gated pair
    keeps its parts and has null as score, fit and confidence.
    """
    pair = explanation.pair
    return {
        "version": VERSION,
        "as_of": explanation.as_of.isoformat(),
        "startup": _profile_json(explanation.startup),
        "investor": _profile_json(explanation.investor),
        "gates": [
            {
                "gate": gate_name(finding.gate),
                "passed": finding.passed,
                "reason": _told(finding.sentence, graph, language),
            }
            for finding in explanation.gates
        ],
        "parts": [
            _part_json(part, explanation.criteria_help.get(part.criterion, ""), graph, language)
            for part in explanation.parts
        ],
        "score": pair.score if pair else None,
        "fit": pair.fit if pair else None,
        "confidence": pair_confidence(pair) if pair else None,
        "shared_sectors": sector_labels(pair.shared_sectors, graph, language) if pair else [],
        "flags": [flag_name(flag) for flag in pair.flags] if pair else [],
        "differences": [tell(one, graph, language) for one in explanation.differences],
    }


def _participant_json(participant: Participant, shortlist: Shortlist, graph: SectorLabels, language: str) -> Json:
    """A participant with its pairs."""
    return {
        **_profile_json(participant.profile),
        "pairs": [
            _pair_json(pair, pair.investor if shortlist.by == "startup" else pair.startup, graph, language)
            for pair in participant.pairs
        ],
    }


def _profile_json(profile: Startup | Investor) -> Json:
    """What identifies a participant."""
    return {"id": safe_line(profile.id), "name": safe_line(profile.name), "country": safe_line(profile.country)}


def _pair_json(pair: Pair, other: Startup | Investor, graph: SectorLabels, language: str) -> Json:
    """A pair as its participant sees it."""
    return {
        "rank": pair.rank,
        **_profile_json(other),
        "score": pair.score,
        "confidence": pair_confidence(pair),
        "shared_sectors": sector_labels(pair.shared_sectors, graph, language),
        "points": pair_points(pair),
        "unknown": list(pair.unknown),
        "reasons": pair_reasons(pair, graph, language),
        "flags": [flag_name(flag) for flag in pair.flags],
        "fit": pair.fit,
    }


def _part_json(part: Part, criterion_help: str, graph: SectorLabels, language: str) -> Json:
    """One criterion of an explained pair."""
    return {
        "criterion": part.criterion,
        "points": part.points_units / UNITS_PER_POINT,
        "share": part.share_units / UNITS_PER_POINT,
        "known": round(part.known_share_units / part.share_units, DECIMALS) if part.share_units else 0.0,
        "reason": _told(part.reason, graph, language),
        "help": criterion_help,
    }


def _told(sentence: Sentence | None, graph: SectorLabels, language: str) -> str | None:
    """The sentence in words, or None."""
    return None if sentence is None else safe_line(tell(sentence, graph, language))
