"""What repeats in thousands of rows, told once with its count: the words nobody understood, the blanks of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dealport.market.missing_facts import Lack
from dealport.model import Problem, Severity

MOST_PROBLEMS = 200
"""Problems that are listed one by one; a screen of more is read by nobody."""
MOST_ALIKE = 5
"""Times that one file may say the same before it is told once."""
MOST_LACKS = 100

_PLACE_IN_LIST = re.compile(r"\[\d+\]")


class Repeated(Struct, frozen=True):
    """A problem and how often it came.

    Attributes:
        problem: The first of them; its field is without the place in a list.
    """

    problem: Problem
    count: int


class LackOfMany(Struct, frozen=True):
    """The blank fields that many profiles of one side have in common."""

    kind: str
    fields: tuple[str, ...]
    points: float
    count: int


def repeated_problems(problems: Iterable[Problem]) -> list[Repeated]:
    """Faults first, then the most frequent, then in the order they came."""
    counts: dict[tuple[Severity, str, str], int] = {}
    first: dict[tuple[Severity, str, str], Problem] = {}
    for one in problems:
        key = (one.severity, _PLACE_IN_LIST.sub("", one.field), one.message)
        counts[key] = counts.get(key, 0) + 1
        first.setdefault(key, one)
    ordered = sorted(counts, key=lambda key: (key[0] != "fault", -counts[key]))  # stable
    return [
        Repeated(Problem(first[key].place, key[1], key[2], first[key].cure, key[0]), counts[key]) for key in ordered
    ]


def told_problems(problems: Sequence[Problem]) -> list[Repeated]:
    """What a screen shows: what one file repeats once with its count, the most frequent first, then each other.

    A folder of profiles has a file for each and is told one by one; of more than `MOST_PROBLEMS` all are counted.
    """
    if len(problems) > MOST_PROBLEMS:
        return repeated_problems(problems)
    counts = Counter(map(_kind_in_file, problems))
    often = [one for one in problems if counts[_kind_in_file(one)] > MOST_ALIKE]
    others = [Repeated(one, 1) for one in problems if counts[_kind_in_file(one)] <= MOST_ALIKE]
    return [*repeated_problems(often), *others]


def _kind_in_file(problem: Problem) -> tuple[str, Severity, str, str]:
    path, _, place = problem.place.rpartition(":")
    is_place = place.isdigit() or "!" in place
    field = _PLACE_IN_LIST.sub("", problem.field)
    return (path if is_place else problem.place), problem.severity, field, problem.message


def lacks_of_many(lacks: Sequence[Lack]) -> list[LackOfMany]:
    """What costs most first, then what most profiles lack."""
    counts: dict[tuple[str, tuple[str, ...], float], int] = {}
    for one in lacks:
        key = (one.kind, one.fields, one.points)
        counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: (-key[2], -counts[key], key))
    return [LackOfMany(*key, counts[key]) for key in ordered]
