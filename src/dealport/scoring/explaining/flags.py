"""What deserves a second look in a pair, as flags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.market.markets import Market
from dealport.model import Investor, Kind, Profile, Startup
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.columns.portfolios import Portfolios
from dealport.scoring.criteria.gates import LAST_RESORTS
from dealport.scoring.criteria.reasons import Coded, Codes, packed, same_causes
from dealport.scoring.explaining.differences import differences

LOW_CONFIDENCE = 0.5
"""Under half of the weight known, a score says more about averages than about the pair."""

Marks = NDArray[np.bool_]


class FlaggedProfiles(Struct, frozen=True):
    """What flags ask of a market's profiles.

    Attributes:
        asks, asked: Pairs, as startup row x investors + investor row, that the startup or the investor asks for.
        misread: (s,) and (i,) whether a word that rules pairs out was not understood.
        repeated: (s,) and (i,) whether the profile may be there twice.
        must: (i, m) the countries it must invest in; `country`: (s,) place of the startup's among them.
        differs: (i,) whether its deals are not what it says.
    """

    asks: Codes
    asked: Codes
    misread: tuple[Marks, Marks]
    repeated: tuple[Marks, Marks]
    must: Marks
    country: Ints
    differs: Marks

    @classmethod
    def of(cls, market: Market, country: Ints, countries: Sequence[str], portfolios: Portfolios | None) -> Self:
        """All profiles of the market; `country`: (s,) of the startups, places in `countries`."""
        startups, investors = market.startups, market.investors
        asks, asked = _wishes(startups, investors)
        return cls(
            asks=asks,
            asked=asked,
            misread=(_misread(startups), _misread(investors)),
            repeated=(_repeated("startup", startups, market), _repeated("investor", investors, market)),
            must=_must(investors, countries),
            country=country,
            differs=_marks([bool(portfolios and differences(one, portfolios)) for one in investors]),
        )

    def flags(
        self, s: Codes, i: Codes, *, confidence: NDArray[np.float64], is_inferred: Marks, resorts: Marks
    ) -> Coded[tuple[str, ...]]:
        """The flags of (p,) pairs, sorted by name.

        `confidence`: share of the weight that is known. `is_inferred`: sectors are in common, but the most telling is
        not stated by both sides. `resorts`: (p, 2) what makes a pair one of last resort.
        """
        pairs = s * len(self.differs) + i
        asks, asked = np.isin(pairs, self.asks), np.isin(pairs, self.asked)
        raised = {
            "asked_by_investor": asked & ~asks,
            "asked_by_startup": asks & ~asked,
            "inferred_sectors": is_inferred,
            "low_confidence": confidence < LOW_CONFIDENCE,
            "misread_exclusion": self.misread[0][s] | self.misread[1][i],
            "must_invest": self.must[i, self.country[s]],
            "mutual_wish": asks & asked,
            **dict(zip(LAST_RESORTS, resorts.T, strict=True)),
            "possible_duplicate": self.repeated[0][s] | self.repeated[1][i],
            "says_otherwise": self.differs[i],
        }
        return marked_names(np.stack(list(raised.values()), axis=1), list(raised))


def marked_names(marks: Marks, names: Sequence[str]) -> Coded[tuple[str, ...]]:
    """(p, names) marks as the names that are marked."""
    codes, firsts = same_causes([packed(marks)])
    found = [tuple(name for name, is_marked in zip(names, marks[pair], strict=True) if is_marked) for pair in firsts]
    return Coded(codes, found)


def _wishes(startups: Sequence[Startup], investors: Sequence[Investor]) -> tuple[Codes, Codes]:
    """Pairs that startups ask for, and that investors ask for."""
    row = {one.id: index for index, one in enumerate(startups)}
    column = {one.id: index for index, one in enumerate(investors)}
    n = len(investors)
    asks = [row[one.id] * n + column[name] for one in startups for name in one.wants if name in column]
    asked = [row[name] * n + column[one.id] for one in investors for name in one.wants if name in row]
    return np.array(asks, dtype=np.int64), np.array(asked, dtype=np.int64)


def _misread(profiles: Sequence[Profile]) -> Marks:
    return _marks([bool(one.misread) for one in profiles])


def _repeated(kind: Kind, profiles: Sequence[Profile], market: Market) -> Marks:
    return _marks([(kind, one.id) in market.possible_duplicates for one in profiles])


def _must(investors: Sequence[Investor], countries: Sequence[str]) -> Marks:
    must = np.zeros((len(investors), len(countries)), dtype=bool)
    for row, one in enumerate(investors):
        if one.must_invest_in:
            must[row] = [code != "" and code in one.must_invest_in for code in countries]
    return must


def _marks(values: Sequence[bool]) -> Marks:
    return np.array(values, dtype=bool)
