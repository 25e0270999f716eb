"""Where an investor's deals are not what it says it looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dealport.model import Investor, Reach
from dealport.scoring.columns.portfolios import Entry, Portfolios
from dealport.scoring.shortlist import Sentence
from dealport.words.funding.stage_words import LADDER

FEWEST_DEALS = 5
"""Fewer contradict nobody."""
MOST_SECTORS, MOST_COUNTRIES = 3, 6


def differences(investor: Investor, portfolios: Portfolios) -> tuple[Sentence, ...]:
    """One sentence each for stages, sectors and countries; none where few deals are known."""
    entries = portfolios.entries(investor.id)
    found = (
        _stages_differ(investor, entries),
        _sectors_differ(investor, entries, portfolios),
        _countries_differ(investor, entries),
    )
    return tuple(sentence for sentence in found if sentence)


def _stages_differ(investor: Investor, entries: Sequence[Entry]) -> Sentence | None:
    """At most a third of its rounds are at the stages it names."""
    stages = [entry.stage for entry in entries if entry.stage]
    if not investor.stages or len(stages) < FEWEST_DEALS:
        return None
    counts = Counter(stages)
    if 3 * sum(counts[stage] for stage in investor.stages) > len(stages):
        return None
    top = min(counts, key=lambda stage: (-counts[stage], LADDER.index(stage)))
    arguments: dict[str, str | tuple[str, ...]] = {
        "stated": ("stage", *sorted(investor.stages, key=LADDER.index)),
        "n": str(counts[top]),
        "all": str(len(stages)),
        "derived": ("stage", top),
    }
    return Sentence("differs.stages", arguments)


def _sectors_differ(investor: Investor, entries: Sequence[Entry], portfolios: Portfolios) -> Sentence | None:
    """At most a third of its startups are in a sector it names."""
    stated = frozenset(mention.sector for mention in investor.sectors if mention.how in ("stated", "umbrella"))
    held = [portfolios.past.deals.sectors_of(entry.startup) for entry in entries]
    held = [sectors for sectors in held if sectors]
    if not stated or investor.agnostic or len(held) < FEWEST_DEALS:
        return None
    inside = sum(not stated.isdisjoint(sectors) for sectors in held)
    graph = portfolios.graph
    counts = Counter(sector for sectors in held for sector in sectors if not graph.sectors[sector].parents)
    if 3 * inside > len(held) or not counts:
        return None
    top = min(counts, key=lambda sector: (-counts[sector], sector))
    arguments: dict[str, str | tuple[str, ...]] = {
        "stated": ("sector", *sorted(stated)[:MOST_SECTORS]),
        "derived": ("sector", top),
    }
    return Sentence("differs.sectors", arguments)


def _countries_differ(investor: Investor, entries: Sequence[Entry]) -> Sentence | None:
    """More than half of its deals abroad are outside of where it says it invests."""
    reach = investor.invests_in
    abroad = [entry.country for entry in entries if entry.country and entry.country != investor.country]
    if not reach or len(abroad) < FEWEST_DEALS:
        return None
    outside = sum(country not in reach for country in abroad)
    if 2 * outside <= len(abroad):
        return None
    arguments: dict[str, str | tuple[str, ...]] = {
        "stated": _countries(reach),
        "n": str(outside),
        "all": str(len(abroad)),
    }
    return Sentence("differs.countries", arguments)


def _countries(reach: Reach) -> tuple[str, ...]:
    """Codes it names, a handful at most."""
    return ("country", *sorted(reach.countries or reach.regional)[:MOST_COUNTRIES])
