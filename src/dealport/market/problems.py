"""How faults and warnings are quoted, collected and put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dealport.model import Origin, Problem, Severity

# A pasted page must not fill the screen: what was typed is quoted up to this many characters.
QUOTED_LENGTH = 60
N_SUGGESTIONS = 3

_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]*)(?P<line>\d+)")


def quoted(value: object) -> str:
    """What was typed, in quotes, on one line, safe for a terminal: ``repr`` escapes whatever can't be printed."""
    shown = " ".join(value.split()) if isinstance(value, str) else value
    text = repr(shown)
    if len(text) <= QUOTED_LENGTH:
        return text
    if isinstance(shown, str):
        return repr(shown[: QUOTED_LENGTH - 3] + "...")
    return text[: QUOTED_LENGTH - 3] + "..."


def shortened(text: str) -> str:
    """`text`, cut with an ellipsis where it is longer than what is quoted."""
    return text if len(text) <= QUOTED_LENGTH else f"{text[: QUOTED_LENGTH - 1]}…"


def did_you_mean(words: Iterable[str]) -> str:
    """``did you mean 'fintech'?``; "" without suggestions."""
    shown = [quoted(word) for word in words][:N_SUGGESTIONS]
    return f"did you mean {' or '.join(shown)}?" if shown else ""


class Problems:
    """Collects problems; gives them in an order that does not depend on the order they were found in."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found = list(found)
        self._repeated: dict[tuple[str, str, str, str, str, Severity], list[Origin]] = {}

    def fault(self, origin: Origin, field: str, message: str, cure: str = "", *, word: str = "") -> None:
        """A fault: `check` exits 3; `word` is what was typed, where it leads to nothing."""
        self._found.append(Problem(origin.place(field), field, message, cure, "fault", word))

    def warn(self, origin: Origin, field: str, message: str, cure: str = "", *, word: str = "") -> None:
        """A warning: worth a look, and no more; `word` is what was typed, where it leads to nothing."""
        self._found.append(Problem(origin.place(field), field, message, cure, "warning", word))

    def add(self, found: Iterable[Problem]) -> None:
        """Problems that have their place."""
        self._found += found

    def mark(self) -> int:
        """How many were found so far, for what was found since."""
        return len(self._found)

    def since(self, mark: int) -> tuple[Problem, ...]:
        """The problems found since, in the order found."""
        return tuple(self._found[mark:])

    def once_a_file(self, origin: Origin, field: str, message: str, cure: str, severity: Severity) -> None:
        """A problem that a table repeats in every row, as a column nobody knows: told once a sheet, with a count."""
        key = (origin.path, origin.sheet, field, message, cure, severity)
        self._repeated.setdefault(key, []).append(origin)

    def in_order(self, files: Sequence[str]) -> tuple[Problem, ...]:
        """Each problem once, in the order of `files`, then of lines, then of fields."""
        ranks = {path: rank for rank, path in enumerate(files)}
        every = {*self._found, *self._told_once()}
        return tuple(sorted(every, key=lambda problem: (*place_order(problem.place, ranks), _text_order(problem))))

    def _told_once(self) -> Iterable[Problem]:
        for (_, _, field, message, cure, severity), origins in self._repeated.items():
            first = min(origins, key=lambda origin: origin.line)
            more = f", here and {len(origins) - 1} more times in this file" if len(origins) > 1 else ""
            yield Problem(first.place(field), field, message + more, cure, severity)


def placed(problems: Sequence[Problem], origin: Origin) -> tuple[Problem, ...]:
    """What is said of some values, at a row that holds them."""
    return tuple(
        [Problem(origin.place(one.field), one.field, one.message, one.cure, one.severity, one.word) for one in problems]
    )


def unknown_words(problems: Sequence[Problem]) -> tuple[tuple[str, str], ...]:
    """Field and word of each word that leads to nothing, once."""
    return tuple(dict.fromkeys((one.field, one.word) for one in problems if one.word)) if problems else ()


def faults_in_a_line(problems: Iterable[Problem]) -> str:
    """The faults among some problems, in one line."""
    faults = [problem for problem in problems if problem.severity == "fault"]
    return "; ".join(f"{one.field}: {one.message}" if one.field else one.message for one in faults)


def place_order(place: str, ranks: Mapping[str, int]) -> tuple[int, str, str, int, str]:
    """Rank of the file, its path, sheet, line and column: ``market.xlsx:Sheet1!C7`` comes before ``...!A10``."""
    path, _, rest = place.rpartition(":")
    if place in ranks or not path:
        return ranks.get(place, len(ranks)), place, "", 0, ""
    rank = ranks.get(path, len(ranks))
    if cell := _CELL.fullmatch(rest):
        return rank, path, cell["sheet"], int(cell["line"]), cell["column"]
    if rest.isdecimal():
        return rank, path, "", int(rest), ""
    return rank, path, rest, 0, ""


def _text_order(problem: Problem) -> tuple[str, str, str]:
    return problem.field, problem.message, problem.severity
