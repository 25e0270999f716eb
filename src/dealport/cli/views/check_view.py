"""What `check` found: every problem with its place and cure, what each profile lacks, then the counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.grouping import MOST_LACKS, lacks_of_many, told_problems
from dealport.model import Problem

if TYPE_CHECKING:
    from dealport.market.identity.joining import Merged
    from dealport.market.markets import Account, Market
    from dealport.market.missing_facts import Lack

MOST_STRANGERS = 5
STYLES = {"fault": "bold red", "warning": "yellow"}


def show_problems(market: Market, screen: Screen) -> None:
    """Print one line a problem in the order of the files, one a profile that lacks something, then the counts.

    What a file repeats is told once with its count, the most frequent first.
    """
    for one in told_problems(market.problems):
        screen.show_line(*_told(one.problem, screen.language), (times(one.count), "dim"))
    _show_merged(market.merged, screen)
    lacks = _lacks(market)
    if (market.problems or market.merged) and lacks:
        screen.show()
    _show_lacks(lacks, screen)
    if market.problems or market.merged or lacks:
        screen.show()
    _show_deals(market, screen)
    if market.account.n_rows > market.account.n_profiles:
        screen.show_line(account_line(market.account))
    n_faults, n_warnings = count_problems(market)
    screen.show_line(
        (
            f"{counted(n_faults, 'fault')}, {counted(n_warnings, 'warning')}",
            STYLES["fault"] if n_faults else "bold",
        ),
        f" in {counted(len(market.startups), 'startup')} and {counted(len(market.investors), 'investor')}",
        f"; {counted(market.n_left_out, 'profile')} left out" if market.n_left_out else "",
        f", as of {market.as_of}",
    )


def _show_deals(market: Market, screen: Screen) -> None:
    """How many of those that the deals name are here, and who is not."""
    from dealport.market.missing_facts import find_deal_links

    links = find_deal_links(market)
    if links is None:
        return
    here = (
        f"{counted(links.n_deals, 'deal')}: {links.joined_startups:,} of {counted(links.n_startups, 'startup')} and "
        f"{links.joined_investors:,} of {counted(links.n_investors, 'investor')} have a profile here"
    )
    named = ", ".join(screen.cut(name) for name in links.strangers[:MOST_STRANGERS])
    more = f" and {len(links.strangers) - MOST_STRANGERS:,} more" if len(links.strangers) > MOST_STRANGERS else ""
    screen.show_line(here, (f"; not {named}{more}" if named else "", "dim"))


def times(count: int) -> str:
    """How often a problem came, behind the first of them."""
    return f"  {count:,} times, first here" if count > 1 else ""


def account_line(account: Account) -> str:
    """``1,538 rows = 1,500 profiles + 20 merged + 15 refused + 3 left out``: notes, the press, the header again."""
    left_out = f" + {account.n_aside:,} left out" if account.n_aside else ""
    return (
        f"{counted(account.n_rows, 'row')} = {counted(account.n_profiles, 'profile')}"
        f" + {account.n_merged:,} merged + {account.n_refused - account.n_aside:,} refused{left_out}"
    )


def _show_merged(merged: Sequence[Merged], screen: Screen) -> None:
    """Which rows are one organisation, and by what; where there are too many to read, the account counts them."""
    if len(merged) <= MOST_LACKS:
        for one in merged:
            why = "repeats it" if one.how == "repeated" else f"the same {one.how}"
            screen.show_line(("joined  ", "bold"), f"{one.origin.place()} with {one.first.place()}", f" ({why})")


def _show_lacks(lacks: Sequence[Lack], screen: Screen) -> None:
    if len(lacks) <= MOST_LACKS:
        for lack in lacks:
            cost = f"  {lack.points:.1f} of 100 points are estimates"
            screen.show_line((screen.cut(lack.name), "bold"), f" lacks {', '.join(lack.fields)}", (cost, "dim"))
        return
    for many in lacks_of_many(lacks):
        cost = f"  {many.points:.1f} of 100 points are estimates"
        verb = "lacks" if many.count == 1 else "lack"
        screen.show_line((counted(many.count, many.kind), "bold"), f" {verb} {', '.join(many.fields)}", (cost, "dim"))


def _lacks(market: Market) -> tuple[Lack, ...]:
    """What profiles lack, by the weights to begin with; those that lose most by it first."""
    from dealport.market.missing_facts import find_lacks
    from dealport.scoring.criteria.table import criteria_of
    from dealport.scoring.criteria.weights import ALL_WEIGHTS, Weights

    lacks = find_lacks(market, Weights(ALL_WEIGHTS).share_steps(criteria_of(market)))
    return tuple(sorted(lacks, key=lambda lack: -lack.points))


def count_problems(market: Market) -> tuple[int, int]:
    """How many faults, how many warnings."""
    n_faults = sum(problem.severity == "fault" for problem in market.problems)
    return n_faults, len(market.problems) - n_faults


def check_json(market: Market) -> dict[str, Any]:
    """What ``check --json`` prints.

    ``{"version": 1, "as_of", "startups", "investors", "left_out", "account": {"rows",
    "profiles", "merged", "refused", "left_out"}, "merged": [{"kind", "id", "place",
    "with", "by"}], "deals": {"n", "startups", "startups_joined", "investors",
    "investors_joined", "not_joined": []} or null, "faults", "warnings", "problems": [{"severity",
    "place", "field", "message", "cure"}], "lacks": [{"kind", "id", "name", "fields", "points"}]}``: counts, then the
    problems in the order of the files, then who lacks what and how many of 100 points are estimates for it.
    """
    n_faults, n_warnings = count_problems(market)
    return {
        "version": 1,
        "as_of": market.as_of.isoformat(),
        "startups": len(market.startups),
        "investors": len(market.investors),
        "left_out": market.n_left_out,
        **_account_json(market),
        **_deals_json(market),
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


def _deals_json(market: Market) -> dict[str, Any]:
    """How the deals met the profiles; null without deals."""
    from dealport.market.missing_facts import find_deal_links

    links = find_deal_links(market)
    told = None
    if links is not None:
        told = {
            "n": links.n_deals,
            "startups": links.n_startups,
            "startups_joined": links.joined_startups,
            "investors": links.n_investors,
            "investors_joined": links.joined_investors,
            "not_joined": list(links.strangers),
        }
    return {"deals": told}


def _account_json(market: Market) -> dict[str, Any]:
    """What became of every row, and which were joined to which."""
    return {
        "account": {
            "rows": market.account.n_rows,
            "profiles": market.account.n_profiles,
            "merged": market.account.n_merged,
            "refused": market.account.n_refused - market.account.n_aside,
            "left_out": market.account.n_aside,
        },
        "merged": [
            {"kind": one.kind, "id": one.id, "place": one.origin.place(), "with": one.first.place(), "by": one.how}
            for one in market.merged
        ],
    }


def left_out_line(market: Market, where: str) -> str:
    """The one line that says faults were found and where to read of them; "" when there are none."""
    n_faults, _ = count_problems(market)
    if not n_faults:
        return ""
    told = f"{counted(n_faults, 'fault')} in the profiles"
    if market.n_left_out:
        told = f"{counted(market.n_left_out, 'faulty profile')} left out"
    return f"{told}: see `dealport check {where}`"


def _told(problem: Problem, language: str) -> tuple[str | tuple[str, str], ...]:
    """A problem as `Problem.__str__` words it, after its severity."""
    from dealport.words.phrases import phrase

    kind = phrase(f"severity.{problem.severity}", language)
    place, field = f"{problem.place}: ", f"{problem.field}: " if problem.field else ""
    cure = f" ({problem.cure})" if problem.cure else ""
    return ((f"{kind}  ", STYLES[problem.severity]), (place, "bold"), field, problem.message, (cure, "green"))


def counted(count: int, noun: str) -> str:
    """``1 fault``, ``2 faults``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def print_check(market: Market, *, language: str, json: bool) -> None:
    """Print the problems, or JSON."""
    from dealport.cli.terminal.screen import make_screen, print_json

    if json:
        print_json(check_json(market))
    else:
        show_problems(market, make_screen(market.graph, language=language))
