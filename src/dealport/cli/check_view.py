"""What `check` found: every problem with its place and cure, what each profile lacks, then the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dealport.cli.screen import Screen
from dealport.model import Problem

if TYPE_CHECKING:
    from dealport.market.market import Market
    from dealport.market.report import Lack

STYLES = {"fault": "bold red", "warning": "yellow"}


def show_problems(market: Market, screen: Screen) -> None:
    """Print one line a problem in the order of the files, one a profile that lacks something, then the counts."""
    for problem in market.problems:
        screen.show_line(*_told(problem, screen.language))
    lacks = _lacks(market)
    if market.problems and lacks:
        screen.show()
    for lack in lacks:
        cost = f"  {lack.points:.1f} of 100 points rest on averages"
        screen.show_line((screen.cut(lack.name), "bold"), f" lacks {', '.join(lack.fields)}", (cost, "dim"))
    if market.problems or lacks:
        screen.show()
    n_faults, n_warnings = count_problems(market)
    screen.show_line(
        (f"{_count(n_faults, 'fault')}, {_count(n_warnings, 'warning')}", STYLES["fault"] if n_faults else "bold"),
        f" in {_count(len(market.startups), 'startup')} and {_count(len(market.investors), 'investor')}",
        f"; {_count(market.n_left_out, 'profile')} left out" if market.n_left_out else "",
        f", as of {market.as_of}",
    )


def _lacks(market: Market) -> tuple[Lack, ...]:
    """What profiles lack, by the weights to begin with; those that lose most by it first."""
    from dealport.market.report import find_lacks
    from dealport.scoring.weights import DEFAULT_WEIGHTS, Weights

    lacks = find_lacks(market, Weights(DEFAULT_WEIGHTS).share_units(DEFAULT_WEIGHTS))
    return tuple(sorted(lacks, key=lambda lack: -lack.points))


def count_problems(market: Market) -> tuple[int, int]:
    """How many faults, how many warnings."""
    n_faults = sum(problem.severity == "fault" for problem in market.problems)
    return n_faults, len(market.problems) - n_faults


def check_json(market: Market) -> dict[str, Any]:
    """What ``check --json`` prints.

    ``{"version": 1, "as_of", "startups", "investors", "left_out", "faults", "warnings", "problems": [{"severity",
    "place", "field", "message", "cure"}], "lacks": [{"kind", "id", "name", "fields", "points"}]}``: counts, then the
    problems in the order of the files, then who lacks what and how many of 100 points rest on averages for it.
    """
    n_faults, n_warnings = count_problems(market)
    return {
        "version": 1,
        "as_of": market.as_of.isoformat(),
        "startups": len(market.startups),
        "investors": len(market.investors),
        "left_out": market.n_left_out,
        "faults": n_faults,
        "warnings": n_warnings,
        "problems": [
            {
                "severity": problem.severity,
                "place": problem.place,
                "field": problem.field,
                "message": problem.message,
                "cure": problem.cure,
            }
            for problem in market.problems
        ],
        "lacks": [
            {
                "kind": lack.kind,
                "id": lack.id,
                "name": lack.name,
                "fields": list(lack.fields),
                "points": round(lack.points, 5),
            }
            for lack in _lacks(market)
        ],
    }


def left_out_line(market: Market, where: str) -> str:
    """The one line that says faults were found and where to read of them; "" when there are none."""
    n_faults, _ = count_problems(market)
    if not n_faults:
        return ""
    told = f"{_count(n_faults, 'fault')} in the profiles"
    if market.n_left_out:
        told = f"{_count(market.n_left_out, 'faulty profile')} left out"
    return f"{told}: see `dealport check {where}`"


def _told(problem: Problem, language: str) -> tuple[str | tuple[str, str], ...]:
    """A problem as `Problem.__str__` words it, after its severity."""
    from dealport.words.phrases import phrase

    kind = phrase(f"severity.{problem.severity}", language)
    place, field = f"{problem.place}: ", f"{problem.field}: " if problem.field else ""
    cure = f" ({problem.cure})" if problem.cure else ""
    return ((f"{kind}  ", STYLES[problem.severity]), (place, "bold"), field, problem.message, (cure, "green"))


def _count(count: int, noun: str) -> str:
    """``1 fault``, ``2 faults``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def print_check(market: Market, *, language: str, json: bool) -> None:
    """Print the problems, or JSON."""
    from dealport.cli.screen import make_screen, print_json

    if json:
        print_json(check_json(market))
    else:
        show_problems(market, make_screen(market.graph, language=language))
