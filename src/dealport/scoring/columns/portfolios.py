"""What investors did: the deals of one at a time, for the reasons that name them."""

from __future__ import annotations

import numpy as np
from msgspec import Struct, field

from dealport.model import Investor, Startup
from dealport.scoring.columns.deal_columns import UNKNOWN
from dealport.scoring.columns.sides import Past
from dealport.words.funding.stage_words import LADDER
from dealport.words.sectors.graph import SectorGraph

HELD = 0.3  # of a sector's weight in a portfolio, to be named
MOST_SECTORS = 3


class Entry(Struct, frozen=True):
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


class Portfolios(Struct, frozen=True):
    """Reads the deals of one investor at a time; each is read once."""

    past: Past
    graph: SectorGraph
    _entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The investor's first deal in each startup, latest first."""
        if key not in self._entries:
            deals, found = self.past.deals, dict[int, Entry]()
            row = self.row(key)
            places = np.flatnonzero(deals.investor == row).tolist() if row >= 0 else []
            for place in places:
                startup, stage = int(deals.startup[place]), int(deals.stage[place])
                found.setdefault(
                    startup,
                    Entry(
                        startup=startup,
                        days_ago=self.past.before - int(deals.made_on[place]),
                        country=deals.countries[deals.startup_country[startup]],
                        city=int(deals.startup_city[startup]),
                        stage=LADDER[stage] if stage >= 0 else "",
                    ),
                )
            self._entries[key] = tuple(sorted(found.values(), key=lambda entry: entry.days_ago))
        return self._entries[key]

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
