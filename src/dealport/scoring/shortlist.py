"""What a ranking gives: the pairs kept for each participant, with their points and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from dealport.model import Investor, Kind, Startup

UNITS_PER_POINT = 100_000  # a score is a whole number of 0.00001 points: exact in any order of summation

Fit = Literal["strong", "good", "possible", "weak"]
# From how many points on a score is called so: see the README for how often each was right.
FIT_FROM: Mapping[Fit, int] = {"strong": 78, "good": 72, "possible": 55, "weak": 0}


def fit_of(score_units: int) -> Fit:
    """What a score means, in a word: of the score as people see it, to a tenth of a point."""
    return next(fit for fit, points in FIT_FROM.items() if round(score_units / UNITS_PER_POINT, 1) >= points)


class Sentence(Struct, frozen=True):
    """A phrase of `words.phrases` with its arguments, put into words in the reader's language when it is shown.

    Attributes:
        key: Key of the phrase, as ``reason.sectors``.
        arguments: Placeholder to value. A value that is a tuple holds ids to be labelled: ``("sector", "ai", "ev")``,
            ``("capability", "scale")``, ``("country", "KR")``, ``("stage", "series-b")``; a text stands as it is.
    """

    key: str
    arguments: Mapping[str, str | tuple[str, ...]]


class Part(Struct, frozen=True):
    """One criterion of one pair.

    Attributes:
        criterion: ``sectors``, ``stage``, ``ticket``, ``geography``, ``complement`` ...
        points_units: Points it gives, in units of 0.00001 point.
        share_units: Points it could give at most, in the same units.
        known_share_units: How much of the share rests on what both sides say (the rest is neutral).
        reason: Why, in a phrase; None where there is nothing to say.
    """

    criterion: str
    points_units: int
    share_units: int
    known_share_units: int
    reason: Sentence | None = None


class Pair(Struct, frozen=True):
    """A cross-border pair that passed every gate.

    Attributes:
        rank: 1 for the best of its participant; ties by the other side's id.
        score_units: Sum of the parts' points, 0 to 10,000,000.
        parts: In the order of the criteria table.
        shared_sectors: Sector ids in common, most telling first, ancestors of a shared sector left out.
        flags: Keys of phrases ``flag.<name>``, sorted.
    """

    startup: Startup
    investor: Investor
    rank: int
    score_units: int
    parts: tuple[Part, ...]
    shared_sectors: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def score(self) -> float:
        """0 to 100, five decimals."""
        return self.score_units / UNITS_PER_POINT

    @property
    def fit(self) -> Fit:
        """The score in a word."""
        return fit_of(self.score_units)

    @property
    def confidence(self) -> float:
        """Share of the weight that was known, 0 to 1."""
        return sum(part.known_share_units for part in self.parts) / sum(part.share_units for part in self.parts)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Criteria that rest on a neutral value, wholly or in part."""
        return tuple(part.criterion for part in self.parts if part.known_share_units < part.share_units)

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Strongest first: by points, then in the order of the criteria; only what is known."""
        told = [part for part in self.parts if part.reason is not None and part.known_share_units]
        return tuple(part.reason for part in sorted(told, key=lambda part: -part.points_units) if part.reason)


class Participant(Struct, frozen=True):
    """One side's profile with its best pairs.

    Attributes:
        pairs: Best first.
        gates: Gate name to the number of its possible pairs that this gate took first; told only when `pairs` is empty.
    """

    profile: Startup | Investor
    pairs: tuple[Pair, ...]
    gates: Mapping[str, int]


class Shortlist(Struct, frozen=True):
    """A ranking of one side's participants.

    Attributes:
        by: The side whose participants are listed.
        participants: In the order of their ids; those without a pair too.
        gates: Gate name to the number of pairs it took first, in the whole market.
        n_pairs: How many pairs were looked at (startups x investors).
        criteria: Names of the criteria in force, in the order of their columns.
    """

    by: Kind
    as_of: date
    participants: tuple[Participant, ...]
    gates: Mapping[str, int]
    n_pairs: int
    criteria: tuple[str, ...]
