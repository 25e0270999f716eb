"""Why a day has no meeting at all, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dealport.meetings.day.days import Timetable
from dealport.meetings.day.hindrances import CAUSES, find_hindrances
from dealport.meetings.day.open_pairs import Sides, are_there_together, needs_interpreter, served_by
from dealport.meetings.day.preparing import DAY_GATES, Prepared
from dealport.words.phrases import phrase


def why_no_pair(prepared: Prepared) -> str:
    """What took every pair, where nobody may meet."""
    return (
        f"nobody may meet: no pair is left of {prepared.first_gate.size:,}. {_told(_ruled_out(prepared))} "
        "(one pair in full: dealport explain STARTUP INVESTOR)"
    )


def why_no_meeting(prepared: Prepared, timetable: Timetable) -> str:
    """What stands in the way of all pairs, where none of those that may meet has a place."""
    pairs = np.arange(len(prepared.day.pairs))
    counts = np.bincount(find_hindrances(prepared.day, timetable, pairs).cause, minlength=len(CAUSES))
    causes = {f"cause.{cause}": int(count) for cause, count in zip(CAUSES, counts, strict=True)}
    may = "the one pair that may meet has no place" if len(pairs) == 1 else f"none of {len(pairs):,} pairs has a place"
    return f"no meeting can be held: {may}. {_told(causes)}"


def _ruled_out(prepared: Prepared) -> dict[str, int]:
    """How many pairs each thing rules out, by its phrase: the first closed gate, else the first of the rest."""
    event, gates = prepared.event, prepared.first_gate
    sides = Sides(prepared.attendees, prepared.day.n_startups, prepared.day.present)
    counts = {f"gate.{gate}": int((gates == number).sum()) for number, gate in enumerate(DAY_GATES, start=1)}
    left = gates == 0
    met, unserved = np.zeros_like(left), needs_interpreter(sides)
    met[sides.numbers(event.met)] = True
    for kind in event.interpreters:
        unserved &= ~served_by(sides, kind.languages)
    for cause, holds in (("met_before", met), ("absent", ~are_there_together(sides)), ("no_interpreter", unserved)):
        counts[f"cause.{cause}"] = int((left & holds).sum())
        left &= ~holds
    return counts


def _told(counts: Mapping[str, int]) -> str:
    """Phrases with their counts, the greatest first; those of nothing are left out."""
    most_first = sorted((key for key in counts if counts[key]), key=lambda key: -counts[key])
    return "; ".join(phrase("gate.count", gate=phrase(key), count=f"{counts[key]:,}") for key in most_first)
