"""What an investor's deals say for a pair, in phrases with their numbers, and where deeds and words differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dealport.model import Investor, Reach, Startup
from dealport.scoring.columns import Past
from dealport.scoring.histories import UNKNOWN
from dealport.scoring.reasons import dollars
from dealport.scoring.shortlist import Sentence
from dealport.words.sectors import SectorGraph
from dealport.words.stage_words import LADDER

# Below these a number says nothing worth a line.
FEWEST_TOLD = 2
OFTEN = 0.6  # a lift of 1.5: half as often again as others
OFTEN_ALONE = 0.6  # of its rounds
FEWEST_ROUNDS = 3  # before "often" is said
FEWEST_DEALS = 5  # before deeds are held against words
HELD = 0.3  # of a sector's weight in a portfolio, to be named
MOST_SECTORS = 3
TWO_YEARS_DAYS, YEAR_DAYS = 730, 365


@dataclass(frozen=True, slots=True)
class Entry:
    """An investor's first deal in a startup.

    Attributes:
        startup: Row among the deals' startups.
        days_ago: Before the day of the ranking.
        stage: Of the round; "" unknown.
    """

    startup: int
    days_ago: int
    country: str
    city: int
    stage: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """Reads the deals of one investor at a time; each is read once."""

    past: Past
    graph: SectorGraph
    _entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    _differences: dict[str, tuple[Sentence, ...]] = field(default_factory=dict, repr=False)
    _rows: dict[str, int] = field(default_factory=dict, repr=False)

    def reason(self, criterion: str, startup: Startup, investor: Investor, gain: float) -> Sentence | None:
        """Why a criterion of the track record gives what it gives; None where there is nothing to say."""
        return _REASONS[criterion](self, startup, investor, gain)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The investor's first deal in each startup, latest first."""
        if key not in self._entries:
            deals, found = self.past.deals, dict[int, Entry]()
            row = self.row(key)
            places = np.flatnonzero(deals.investor == row).tolist() if row >= 0 else []
            for place in places:
                one, stage = int(deals.startup[place]), int(deals.stage[place])
                found.setdefault(
                    one,
                    Entry(
                        startup=one,
                        days_ago=self.past.before - int(deals.made_on[place]),
                        country=deals.countries[deals.startup_country[one]],
                        city=int(deals.startup_city[one]),
                        stage=LADDER[stage] if stage >= 0 else "",
                    ),
                )
            self._entries[key] = tuple(sorted(found.values(), key=lambda entry: entry.days_ago))
        return self._entries[key]

    def differences(self, investor: Investor) -> tuple[Sentence, ...]:
        """Where most of its deals are not what it says it looks for; none where few are known."""
        if investor.id not in self._differences:
            entries = self.entries(investor.id)
            told = (
                _stages_differ(investor, entries),
                self._sectors_differ(investor),
                _countries_differ(investor, entries),
            )
            self._differences[investor.id] = tuple(one for one in told if one)
        return self._differences[investor.id]

    def city(self, startup: Startup) -> int:
        """The startup's city among the deals', by its profile or its own deals; -1 unknown."""
        deals = self.past.deals
        if startup.city:
            return deals.city_of(startup.country, startup.city)
        row = deals.startup_row(startup.id)
        return int(deals.startup_city[row]) if row >= 0 else UNKNOWN

    def warmest(self, startup: Startup, investor: Investor) -> tuple[str, int]:
        """The backer that shares the most startups with the investor, by name, and how many; ("", 0) without any."""
        mine = {entry.startup for entry in self.entries(investor.id)}
        backers = sorted({*startup.backer_keys, *self.past.deals.backers_of(startup.id)} - {investor.id})
        shared = [(len(mine & {entry.startup for entry in self.entries(key)}), key) for key in backers]
        n, key = max(shared, key=lambda pair: (pair[0], pair[1]), default=(0, ""))
        return (self.past.deals.investor_name(key), n) if n else ("", 0)

    def sectors(self, startup: Startup, investor: Investor) -> tuple[str, ...]:
        """The startup's stated sectors that the investor's portfolio surely holds, the most telling first."""
        levels = self.past.record.levels[self.row(investor.id)] if self.row(investor.id) >= 0 else None
        if levels is None:
            return ()
        node = {sector: place for place, sector in enumerate(self.past.deals.sectors)}
        stated = {one.sector for one in startup.sectors if one.how == "stated" and one.sector in node}
        held = [one for one in stated if levels[node[one]] >= 10 * HELD]
        return tuple(sorted(held, key=lambda one: (-self.graph.information(one), one))[:MOST_SECTORS])

    def row(self, key: str) -> int:
        """The row of an investor among the deals'; -1 where no deal is its."""
        if not self._rows:
            self._rows.update({name: row for row, name in enumerate(self.past.deals.investors)})
        return self._rows.get(key, UNKNOWN)

    def _sectors_differ(self, investor: Investor) -> Sentence | None:
        stated = frozenset(one.sector for one in investor.sectors if one.how in ("stated", "umbrella"))
        entries = self.entries(investor.id)
        deals = self.past.deals
        held = [deals.sectors_of(entry.startup) for entry in entries]
        held = [sectors for sectors in held if sectors]
        if not stated or investor.agnostic or len(held) < FEWEST_DEALS:
            return None
        inside = sum(not stated.isdisjoint(sectors) for sectors in held)
        counts = Counter(one for sectors in held for one in sectors if not self.graph.sectors[one].parents)
        if 3 * inside > len(held) or not counts:
            return None
        top = min(counts, key=lambda one: (-counts[one], one))
        arguments: dict[str, str | tuple[str, ...]] = {
            "stated": ("sector", *sorted(stated)[:MOST_SECTORS]),
            "derived": ("sector", top),
        }
        return Sentence("differs.sectors", arguments)


def _stages_differ(investor: Investor, entries: Sequence[Entry]) -> Sentence | None:
    staged = [entry.stage for entry in entries if entry.stage]
    if not investor.stages or len(staged) < FEWEST_DEALS:
        return None
    counts = Counter(staged)
    if 3 * sum(counts[stage] for stage in investor.stages) > len(staged):
        return None
    top = min(counts, key=lambda stage: (-counts[stage], LADDER.index(stage)))
    arguments: dict[str, str | tuple[str, ...]] = {
        "stated": ("stage", *sorted(investor.stages, key=LADDER.index)),
        "n": str(counts[top]),
        "all": str(len(staged)),
        "derived": ("stage", top),
    }
    return Sentence("differs.stages", arguments)


def _countries_differ(investor: Investor, entries: Sequence[Entry]) -> Sentence | None:
    reach = investor.invests_in
    abroad = [entry.country for entry in entries if entry.country and entry.country != investor.country]
    if not reach or len(abroad) < FEWEST_DEALS:
        return None
    outside = sum(country not in reach for country in abroad)
    if 2 * outside <= len(abroad):
        return None
    arguments: dict[str, str | tuple[str, ...]] = {"stated": _named(reach), "n": str(outside), "all": str(len(abroad))}
    return Sentence("differs.countries", arguments)


def _named(reach: Reach) -> tuple[str, ...]:
    """Codes a reach names, at most a handful."""
    return ("country", *sorted(reach.countries or reach.regional)[:6])


def _country_deals(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    n = sum(entry.country == startup.country for entry in deeds.entries(investor.id))
    return _counted("reason.country_deal", n, {"country": ("country", startup.country)})


def _abroad_deals(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    entries = deeds.entries(investor.id)
    n = sum(entry.days_ago <= TWO_YEARS_DAYS and _is_abroad(entry, investor) for entry in entries)
    return Sentence("reason.abroad_deals", {"n": str(n)}) if n >= FEWEST_TOLD else None


def _abroad_breadth(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    n = len({entry.country for entry in deeds.entries(investor.id) if _is_abroad(entry, investor)})
    return Sentence("reason.abroad_breadth", {"n": str(n)}) if n >= FEWEST_TOLD else None


def _recent_deals(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    n = sum(entry.days_ago <= YEAR_DAYS for entry in deeds.entries(investor.id))
    return Sentence("reason.recent_deals", {"n": str(n)}) if n >= FEWEST_TOLD else None


def _usual_range(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    row = deeds.row(investor.id)
    if gain < 1 or row < 0:
        return None
    low, high = (10 ** (end / 1000) for end in deeds.past.record.usual[row].tolist())
    return Sentence("reason.usual_range", {"range": dollars((low, high))})


def _warm_path(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    backer, n = deeds.warmest(startup, investor)
    if not n:
        return None
    key = "reason.warm_path" if n > 1 else "reason.warm_path_once"
    return Sentence(key, {"backer": backer, "n": str(n)})


def _compatriots(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    return Sentence("reason.compatriots", {"country": ("country", investor.country)}) if gain > 0 else None


def _city_deals(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    city = deeds.city(startup)
    n = sum(entry.city == city for entry in deeds.entries(investor.id)) if city >= 0 else 0
    return _counted("reason.city_deal", n, {"city": deeds.past.deals.city_names[city]}) if n else None


def _alone(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    n = len(deeds.entries(investor.id))
    return Sentence("reason.alone", {}) if gain >= OFTEN_ALONE and n >= FEWEST_ROUNDS else None


def _sector_focus(deeds: Deeds, startup: Startup, investor: Investor, gain: float) -> Sentence | None:  # noqa: ARG001
    sectors = deeds.sectors(startup, investor)
    return Sentence("reason.sector_focus", {"sectors": ("sector", *sectors)}) if sectors else None


def _often(key: str) -> Callable[[Deeds, Startup, Investor, float], Sentence | None]:
    """Told where the investor does it much more often than others."""
    return lambda deeds, startup, investor, gain: Sentence(key, {}) if gain >= OFTEN else None  # noqa: ARG005


def _counted(key: str, n: int, arguments: Mapping[str, str | tuple[str, ...]]) -> Sentence | None:
    """``reason.country_deal`` for one, ``reason.country_deals`` with the number for more."""
    if not n:
        return None
    return Sentence(f"{key}s", {"n": str(n), **arguments}) if n > 1 else Sentence(key, arguments)


def _is_abroad(entry: Entry, investor: Investor) -> bool:
    return "" != entry.country != investor.country


_REASONS: Mapping[str, Callable[[Deeds, Startup, Investor, float], Sentence | None]] = {
    "country_deals": _country_deals,
    "abroad_deals": _abroad_deals,
    "abroad_breadth": _abroad_breadth,
    "recent_deals": _recent_deals,
    "round_sizes": _often("reason.round_sizes"),
    "usual_range": _usual_range,
    "startup_ages": _often("reason.startup_ages"),
    "warm_path": _warm_path,
    "compatriots": _compatriots,
    "city_deals": _city_deals,
    "alone": _alone,
    "sector_focus": _sector_focus,
}
