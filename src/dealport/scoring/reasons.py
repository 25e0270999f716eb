"""Why a pair has the points it has, as phrases; and what is to be minded about it, as flags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from dealport.model import Investor, Kind, Profile, Reach, Startup
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors import SectorGraph

# Under half of the weight known, a score says more about averages than about the pair.
LOW_CONFIDENCE = 0.5
MOST_SECTORS_TOLD = 3
STATED = ("stated", "umbrella")
UNINFERRED = (*STATED, "with")
NOWHERE = Reach()


@dataclass(frozen=True, slots=True)
class SectorSets:
    """A profile's sectors, closed upwards in the graph.

    Attributes:
        mentioned: All of them.
        named: Without those that only an umbrella word holds.
        stated: Those it states, members of its umbrella words too.
    """

    mentioned: frozenset[str]
    named: frozenset[str]
    stated: frozenset[str]


def wants(profile: Profile, graph: SectorGraph) -> Callable[[Iterable[str]], frozenset[str]]:
    """How the sectors of a profile are closed upwards: what an investor's are done with is not wanted by itself."""
    return graph.wanted_closure if isinstance(profile, Investor) else graph.closure


@dataclass(frozen=True, slots=True)
class Reasoner:
    """Puts into phrases what depends on the sector graph; each profile's sectors are closed upwards once."""

    graph: SectorGraph
    _sets: dict[tuple[type[Profile], str], SectorSets] = field(default_factory=dict, repr=False)

    def shared_sectors(self, startup: Startup, investor: Investor) -> tuple[str, ...]:
        """Sectors in common (parents count), most telling first, then by id.

        Ancestors of a shared sector are left out, and so is what only umbrella words of both sides hold.
        """
        mine, theirs = self._closed(startup), self._closed(investor)
        common = (mine.mentioned & theirs.named) | (mine.named & theirs.mentioned)
        covered = frozenset[str]().union(*map(self.graph.ancestors, common))
        information = self.graph.information
        return tuple(
            sorted((one for one in common - covered if information(one)), key=lambda one: (-information(one), one))
        )

    def sectors(self, startup: Startup, investor: Investor, shared: tuple[str, ...]) -> Sentence | None:
        """The sectors in common with the inferred marked, or the layers of one value chain that meet."""
        if not shared:
            return self._neighbours(startup, investor)
        told = ("sector", *shared[:MOST_SECTORS_TOLD])
        if not self._states(startup, investor, shared[0]):
            for side in (startup, investor):
                for mention in side.sectors:
                    if mention.how not in UNINFERRED and shared[0] in wants(side, self.graph)([mention.sector]):
                        return Sentence("reason.sectors_inferred", {"sectors": told, "word": mention.word})
        return Sentence("reason.sectors", {"sectors": told})

    def flags(
        self,
        startup: Startup,
        investor: Investor,
        shared: tuple[str, ...],
        *,
        confidence: float,
        duplicates: frozenset[tuple[Kind, str]],
        differs: bool = False,
    ) -> tuple[str, ...]:
        """Names of the flags, sorted."""
        asks, asked = investor.id in startup.wants, startup.id in investor.wants
        holds = {
            "asked_by_investor": asked and not asks,
            "asked_by_startup": asks and not asked,
            "inferred_sectors": bool(shared) and not self._states(startup, investor, shared[0]),
            "low_confidence": confidence < LOW_CONFIDENCE,
            "misread_exclusion": bool(startup.misread or investor.misread),
            "must_invest": startup.country in (investor.must_invest_in or NOWHERE),
            "mutual_wish": asks and asked,
            "says_otherwise": differs,
            "possible_duplicate": not duplicates.isdisjoint((("startup", startup.id), ("investor", investor.id))),
        }
        return tuple(sorted(flag for flag, held in holds.items() if held))

    def _neighbours(self, startup: Startup, investor: Investor) -> Sentence | None:
        """The first of the startup's sectors that stands beside one of the investor's in a value chain."""
        for mine in startup.sectors:
            near = self.graph.closure([mine.sector])
            for theirs in investor.sectors:
                if theirs.how == "stated" and near & self.graph.sectors[theirs.sector].neighbours:
                    sides = {"startup_sectors": ("sector", mine.sector), "investor_sectors": ("sector", theirs.sector)}
                    return Sentence("reason.neighbours", sides)
        return None

    def _closed(self, profile: Startup | Investor) -> SectorSets:
        key = (type(profile), profile.id)
        sets = self._sets.get(key)
        if sets is None:
            closure = wants(profile, self.graph)
            mentions = [mention for mention in profile.sectors if mention.how != "with"]
            sets = self._sets[key] = SectorSets(
                mentioned=closure(mention.sector for mention in mentions),
                named=closure(mention.sector for mention in mentions if mention.how != "umbrella"),
                stated=closure(mention.sector for mention in mentions if mention.how in STATED),
            )
        return sets

    def _states(self, startup: Startup, investor: Investor, sector: str) -> bool:
        """Both sides state the sector, a kind of it or an umbrella word over it."""
        return sector in self._closed(startup).stated and sector in self._closed(investor).stated


def stage_reason(startup: Startup, investor: Investor, gain: float) -> Sentence | None:
    """On its ladder, near it, or nothing to say."""
    stage = ("stage", startup.stage)
    if gain == 1:
        return Sentence("reason.stage", {"stage": stage})
    if gain > 0:
        return Sentence("reason.stage_near", {"stage": stage, "stages": ("stage", *sorted(investor.stages))})
    return None


# Where the ticket is out of reach, near the ask, and where it meets it.
TICKET_KEYS = ("reason.ticket_far", "reason.ticket_near", "reason.ticket")


def ticket_reason(startup: Startup, investor: Investor, gain: float) -> Sentence | None:
    """How the ticket meets the ask, with both in US dollars."""
    if startup.raising_usd is None or investor.ticket_usd is None:
        return None
    arguments = {"ask": dollars(startup.raising_usd), "ticket": dollars(investor.ticket_usd)}
    return Sentence(TICKET_KEYS[(gain > 0) + (gain == 1)], arguments)


def geography_reason(startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001 - one shape for all
    """The strongest tie of the two countries."""
    must, reach, markets = (one or NOWHERE for one in (investor.must_invest_in, investor.invests_in, startup.markets))
    home, away = startup.country, investor.country
    if home in must:
        return _country_sentence("reason.must_invest", home)
    if home in reach.countries:
        return _country_sentence("reason.invests_in", home)
    if away in markets.countries:
        return _country_sentence("reason.wants_market", away)
    if home in reach.regional:
        return _country_sentence("reason.invests_in_region", home)
    if away in markets.regional:
        return _country_sentence("reason.wants_region", away)
    return _country_sentence("reason.invests_everywhere", home) if reach.everywhere else None


@cache
def _country_sentence(key: str, country: str) -> Sentence:
    return Sentence(key, {"country": ("country", country)})


def complement_reason(startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001 - one shape for all
    """What each side brings that the other seeks."""
    there = ("capability", *sorted(startup.seeks & investor.offers))
    back = ("capability", *sorted(investor.seeks & startup.offers))
    if len(there) > 1 and len(back) > 1:
        return Sentence("reason.needs_met_both", {"capabilities": there, "back": back})
    if len(there) > 1:
        return Sentence("reason.needs_met", {"capabilities": there})
    return Sentence("reason.needs_met_back", {"capabilities": back}) if len(back) > 1 else None


# `sectors` needs the graph and is a method of Reasoner.
REASONS: Mapping[str, Callable[[Startup, Investor, float], Sentence | None]] = {
    "stage": stage_reason,
    "ticket": ticket_reason,
    "geography": geography_reason,
    "complement": complement_reason,
}


@cache  # a range is told once for each of a participant's pairs
def dollars(ends: tuple[float, float]) -> str:
    """``USD 2-5M``, ``USD 500k``, ``up to USD 5M``: three figures at most."""
    low, high = (_short(end) for end in ends)
    if low == high:
        return f"USD {high}"
    return f"USD 0-{high}" if ends[0] == 0 else f"USD {low}-{high}"


def _short(amount: float) -> str:
    """2,500,000 as 2.5M."""
    for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if amount >= unit * 0.9995:
            return f"{amount / unit:.3g}{letter}"
    return f"{amount:.3g}"
