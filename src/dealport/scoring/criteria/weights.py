"""What each criterion weighs: the weights to begin with, a user's weights read, and their shares of 100 points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from dealport.model import InputError, Origin, Problem
from dealport.scoring.criteria.fits import WHOLE_STEPS
from dealport.scoring.criteria.table import STATED_CRITERIA, TRACK_CRITERIA

TRACK_TOTAL = 20.0  # of the criteria of the track record together, see `table`

DEFAULT_WEIGHTS: Mapping[str, float] = {name: criterion.weight for name, criterion in STATED_CRITERIA.items()}
TRACK_WEIGHTS: Mapping[str, float] = {name: criterion.weight for name, criterion in TRACK_CRITERIA.items()}
ALL_WEIGHTS: Mapping[str, float] = {**DEFAULT_WEIGHTS, **TRACK_WEIGHTS}


class Weights(Struct, frozen=True):
    """What a score goes by.

    Attributes:
        by_criterion: Non-negative weights, in any unit; only their ratios count.
        only_stated_countries: The countries an investor names are a gate, and not only a last resort's reason.
    """

    by_criterion: Mapping[str, float]
    only_stated_countries: bool = False

    def share_steps(self, criteria: Iterable[str]) -> dict[str, int]:
        """Shares of 100 points for the criteria present, in whole steps of 0.0001 that sum to exactly 100.

        Largest remainder (Hamilton); ties in the order given. An absent criterion's weight is spread over the others.
        """
        names = tuple(criteria)
        total = sum(Fraction(self.by_criterion[name]) for name in names)
        if not total:
            raise InputError(f"all criteria in force have a weight of 0: {', '.join(names)}")
        quotas = {name: Fraction(self.by_criterion[name]) * WHOLE_STEPS / total for name in names}
        shares = {name: math.floor(quota) for name, quota in quotas.items()}
        by_remainder = sorted(names, key=lambda name: shares[name] - quotas[name])  # stable: ties keep the order
        for name in by_remainder[: WHOLE_STEPS - sum(shares.values())]:
            shares[name] += 1
        return shares


def read_weights(tables: Mapping[str, object], origin: Origin) -> Weights:
    """The ``[weights]`` table over the weights to begin with.

    Raises:
        InputError: For an unknown table or criterion (with the nearest name), a value that is no finite number of at
            least 0, or weights that are all 0; every fault at once.
    """
    problems = [
        Problem(origin.place(name), name, f"unknown table {name!r}", "weights stand under [weights]")
        for name in tables
        if name != "weights"
    ]
    table = tables.get("weights", {})
    if not isinstance(table, Mapping):
        problems.append(
            Problem(origin.place("weights"), "weights", "not a table", "write [weights], then sectors = 40")
        )
        table = {}
    problems += filter(None, (_problem_of(name, value, origin) for name, value in table.items()))
    weights = {**ALL_WEIGHTS, **table}
    if not problems and not any(weights.values()):
        problems.append(Problem(origin.place("weights"), "weights", "all weights are 0", "give one a number above 0"))
    if problems:
        raise InputError(f"{origin.path}: weights can't be used", problems)
    return Weights({name: float(weight) for name, weight in weights.items()})


def _problem_of(name: str, value: object, origin: Origin) -> Problem | None:
    """What is wrong with one line of the table; None when nothing is."""
    if name not in ALL_WEIGHTS:
        return Problem(origin.place(name), f"weights.{name}", f"unknown criterion {name!r}", _hint(name))
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        return Problem(origin.place(name), f"weights.{name}", f"{value!r} is no weight", "a number of 0 or more")
    return None


def _hint(name: str) -> str:
    """The nearest criterion, or all of them."""
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(name, list(ALL_WEIGHTS), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean '{nearest[0]}'?" if nearest else f"one of {', '.join(ALL_WEIGHTS)}"
