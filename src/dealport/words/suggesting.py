"""What an unknown word may have meant, by how its letters look: to ask about, never to take."""

from __future__ import annotations

from collections.abc import Mapping

MOST_SUGGESTED = 3


def suggest_meanings(key: str, meanings: Mapping[str, str], *, at_least: float) -> tuple[str, ...]:
    """What the known keys most like `key` mean: up to three different meanings, best first, ties by their keys.

    `meanings` is by key; none is given whose key is less than `at_least` per cent alike.
    """
    from rapidfuzz import fuzz

    alike = ((fuzz.ratio(key, known), known) for known in meanings)
    best = sorted((-percent, known) for percent, known in alike if percent >= at_least)
    return tuple(dict.fromkeys(meanings[known] for _, known in best))[:MOST_SUGGESTED]
