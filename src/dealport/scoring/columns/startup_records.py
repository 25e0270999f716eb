"""What a startup brings to the criteria of the track record: class of its ask, age, city, and who backs it.

Axes: s startups, q backers of the startup with the most, m countries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dealport.model import Startup
from dealport.scoring.columns.arrays import Ints
from dealport.scoring.columns.deal_columns import UNKNOWN, DealColumns, city_key, day_number
from dealport.scoring.columns.deal_sums import unit_rows
from dealport.scoring.columns.investor_records import age_class, size_class


class StartupRecord(Struct, frozen=True):
    """One row a startup; -1 is unknown throughout.

    Attributes:
        size: (s,) class of `records.SIZE_BOUNDS`. age: (s,) class of `records.AGE_BOUNDS`.
        city: (s,) index into the deals' cities.
        backers: (s, q) rows of its backers among the deals' investors, then -1.
        is_backed: (s,) whether it has any backer, known to the deals or not.
        compatriots: (s, m) share of its backers from each country, in thousandths; -1 where it has none.
        focus: (s, n) its sectors by information, of length 1000. has_focus: (s,) whether it has any.
    """

    size: Ints
    age: Ints
    city: Ints
    backers: Ints
    is_backed: NDArray[np.bool_]
    compatriots: Ints
    focus: NDArray[np.float32]
    has_focus: NDArray[np.bool_]

    def take(self, rows: slice | NDArray[np.signedinteger[Any]]) -> Self:
        """The same for some rows."""
        return type(self)(**{name: getattr(self, name)[rows] for name in self.__struct_fields__})


def startup_record(
    startups: Sequence[Startup],
    deals: DealColumns,
    before: int,
    *,
    informed: NDArray[np.float32],
    countries: Mapping[str, str],
) -> StartupRecord:
    """What is known of startups on a day (since 1970-01-01), in the order given; all deals are older.

    `informed`: (s, n) level x information of their sectors. `countries`: country of each investor by key.
    """
    place = {key: row for row, key in enumerate(deals.startups)}
    rows = [place.get(one.id, UNKNOWN) for one in startups]
    backing, row_of = _backing(startups, deals), {key: row for row, key in enumerate(deals.investors)}
    focus = unit_rows(informed.astype(np.float64))
    return StartupRecord(
        size=size_class(np.array([_middle(one.raising_usd) for one in startups], dtype=np.float64)),
        age=age_class(np.array(_founded_on(startups, rows, deals), dtype=np.float64), before),
        city=np.array(_cities(startups, rows, deals), dtype=np.int32),
        backers=_padded([[row_of[key] for key in keys if key in row_of] for keys in backing]),
        is_backed=np.array([bool(keys) for keys in backing], dtype=bool),
        compatriots=_compatriots(backing, countries, deals),
        focus=focus,
        has_focus=np.logical_or.reduce(focus, axis=1),
    )


def backers_of(deals: DealColumns) -> dict[str, set[str]]:
    """Startup's key to the keys of its investors."""
    backed: dict[str, set[str]] = {}
    for startup, investor in zip(deals.startup.tolist(), deals.investor.tolist(), strict=True):
        backed.setdefault(deals.startups[startup], set()).add(deals.investors[investor])
    return backed


def _backing(startups: Sequence[Startup], deals: DealColumns) -> list[list[str]]:
    """Sorted keys of the backers of each startup, by its profile and by deals."""
    dealt = backers_of(deals)
    return [sorted({*one.backer_keys, *dealt.get(one.id, ())}) for one in startups]


def _middle(raising_usd: tuple[float, float] | None) -> float:
    """The geometric middle of an ask; NaN unknown."""
    return math.sqrt(max(raising_usd[0], 1.0) * max(raising_usd[1], 1.0)) if raising_usd else math.nan


def _founded_on(startups: Sequence[Startup], rows: Sequence[int], deals: DealColumns) -> list[float]:
    told = deals.founded_on.tolist()
    return [
        day_number(one.founded_on) if one.founded_on else told[row] if row >= 0 else math.nan
        for one, row in zip(startups, rows, strict=True)
    ]


def _cities(startups: Sequence[Startup], rows: Sequence[int], deals: DealColumns) -> list[int]:
    place = {name: index for index, name in enumerate(deals.cities)}
    told = deals.startup_city.tolist()
    return [
        place.get(city_key(one.country, one.city), UNKNOWN) if one.city else told[row] if row >= 0 else UNKNOWN
        for one, row in zip(startups, rows, strict=True)
    ]


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    """(rows, most of any) with -1 behind the shorter ones."""
    padded = np.full((len(rows), max(map(len, rows), default=0)), UNKNOWN, dtype=np.int32)
    for row, values in enumerate(rows):
        padded[row, : len(values)] = values
    return padded


def _compatriots(backing: Sequence[Sequence[str]], countries: Mapping[str, str], deals: DealColumns) -> Ints:
    place = {code: index for index, code in enumerate(deals.countries)}
    shares = np.full((len(backing), len(deals.countries)), UNKNOWN, dtype=np.int32)
    for row, keys in enumerate(backing):
        codes = [place[code] for key in keys if (code := countries.get(key, "")) in place and code]
        if codes:
            shares[row] = np.rint(1000 * np.bincount(codes, minlength=len(deals.countries)) / len(codes))
    return shares
