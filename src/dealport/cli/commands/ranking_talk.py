"""What `match` and `shortlist` say of a ranking beside the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dealport.cli.terminal.talking import talk

if TYPE_CHECKING:
    from dealport.scoring.shortlist import Shortlist
    from dealport.stories.ranking_story import Outcome

# Measured at 70,000 x 25,000: the scoring alone, both engines in turn.
FAST_TIP = "tip: pip install 'dealport[fast]' scores a market of this size in about a quarter of the time"


def has_a_pair(shortlist: Shortlist) -> bool:
    """False when the gates and options left nobody to propose."""
    return any(participant.pairs for participant in shortlist.participants)


def require_a_pair(shortlist: Shortlist) -> None:
    """Raise where there is no pair; the message says what left none."""
    from dealport.cli.views.ranking_view import why_nothing
    from dealport.model import RequestError

    if not has_a_pair(shortlist):
        raise RequestError(why_nothing(shortlist))


def ranking_caption(outcome: Outcome, language: str = "en") -> str:
    """The line over a ranking: the day, how many of each side, and how many pairs were ruled out."""
    from dealport.cli.views.ranking_view import caption

    market = outcome.market
    n_startups, n_investors = len(market.startups), len(market.investors)
    return caption(outcome.shortlist, n_startups=n_startups, n_investors=n_investors, language=language)


def talk_about_ranking(outcome: Outcome, *, with_caption: bool, quiet: bool, verbose: bool) -> None:
    """Whom `--for` took, what was ranked where the screen does not say it, and what was left out."""
    if outcome.taken:
        talk(f"for {', '.join(outcome.taken)}", quiet=quiet)
    if with_caption:
        talk(ranking_caption(outcome), quiet=quiet)
    if any(problem.severity == "fault" for problem in outcome.market.problems):
        from dealport.cli.views.check_view import left_out_line

        talk(left_out_line(outcome.market, outcome.where), quiet=quiet)
    if verbose:
        talk(*map(str, outcome.market.problems), quiet=quiet)


def talk_about_fast(outcome: Outcome, *, quiet: bool) -> None:
    """What the extra `fast` would save, where it is much and the extra is not installed."""
    from dealport.scoring.engine.best import has_fast, is_fast_worth

    if is_fast_worth(outcome.ranked.n_pairs, outcome.ranked.k) and not has_fast():
        talk(FAST_TIP, quiet=quiet)
