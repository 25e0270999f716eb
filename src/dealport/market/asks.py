"""What a startup raises: its ask as stated, or an estimate."""

from __future__ import annotations

from dealport.model import Startup

# What is raised next, against all that was raised before; a prize or a grant of some thousand dollars is no measure of
# it, so that no estimate is less than the smallest usual round.
NEXT_TO_RAISED = 2.5
# US dollars of a usual round, where neither an ask nor what was raised is known.
USUAL_ROUND_USD = {
    "pre-seed": 5e5,
    "seed": 1.5e6,
    "pre-a": 3e6,
    "series-a": 8e6,
    "series-a-plus": 1e7,
    "series-b": 2e7,
    "series-b-plus": 2.5e7,
    "series-c": 4e7,
    "series-d-plus": 8e7,
    "growth": 8e7,
    "pre-ipo": 1e8,
}


def ask_of(startup: Startup) -> tuple[float, float] | None:
    """What it raises in US dollars: as stated, else by what it has raised, else by its round; None unknown."""
    if startup.raising_usd:
        return startup.raising_usd
    if startup.total_raised_usd and startup.total_raised_usd[1] > 0:
        least, most = startup.total_raised_usd
        smallest = min(USUAL_ROUND_USD.values())
        return max(smallest, NEXT_TO_RAISED * least), max(smallest, NEXT_TO_RAISED * most)
    usual = USUAL_ROUND_USD.get(startup.stage)
    return (usual, usual) if usual else None
